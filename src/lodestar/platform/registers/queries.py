"""Named reads of a register: its rows as a member sees them, narrowed and paged; the history of one; what is due."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from lodestar.platform.accounts.access import Member
from lodestar.platform.registers.models import Register, RegisterRow
from lodestar.platform.text.paging import Place

OPEN, LATE, ALL = "", "late", "all"


def narrowed(register: Register, member: Member, show: str, values: Mapping[str, Any], now: datetime) -> QuerySet[Any]:
    """The rows that a member sees, of one state, or open, late or all of them; and by the values of filters, by their columns."""
    rows = register.visible(member)
    if show in register.model.rules.states:
        rows = rows.filter(state=show)
    elif show != ALL:
        rows = rows.exclude(state__in=register.model.rules.closed)
    if show == LATE:
        rows = rows.filter(due_at__lt=now)
    return rows.filter(**{column: value for column, value in values.items() if value})


def in_order(register: Register, rows: QuerySet[Any], after: Place | None = None) -> QuerySet[Any]:
    """These rows in the order of the register, those after a place."""
    column = register.order.removeprefix("-")
    is_latest_first = register.order.startswith("-")
    if after is not None:
        later = Q(**{column: after.at}) & Q(id__gt=after.id) if after.at else Q(**{f"{column}__isnull": True}, id__gt=after.id)
        if after.at:
            later |= Q(**{f"{column}__{'lt' if is_latest_first else 'gt'}": after.at}) | Q(**{f"{column}__isnull": True})
        rows = rows.filter(later)
    by_time = F(column).desc(nulls_last=True) if is_latest_first else F(column).asc(nulls_last=True)
    return rows.order_by(by_time, "id")


def place_of(register: Register, row: RegisterRow) -> Place:
    """Where a row is in the list."""
    return Place(getattr(row, register.order.removeprefix("-")), row.id)


def history_of(row: RegisterRow) -> list[Any]:
    """Every move of a row, the latest first."""
    return list(row.moves.select_related("mover").order_by("-moved_at", "-recorded_at", "-id"))


def due_rows(rows: QuerySet[Any], until: datetime) -> QuerySet[Any]:
    """Of these rows those that are open and due by a moment, the earliest first."""
    return rows.filter(due_at__lte=until).exclude(state__in=rows.model.rules.closed).order_by("due_at", "id")
