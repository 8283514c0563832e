"""How much is to do in the units of a supervisor: by team, by kind and by officer, each in one grouped query.

Sealed cases are in no number, for nobody: a count that is another one for a named owner would tell that there is such a case.
Whether a task is late is read from the index of a unit's worklist alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from lodestar.casework.cases.access import sees_cases, units_of
from lodestar.casework.ledger.models import Obligation
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import Unit
from lodestar.platform.accounts.permissions import Reach
from lodestar.platform.obligations.gravity import CHILD, CUSTODY, WITH_CUSTODY


@dataclass(frozen=True)
class Tally:
    """What is to do of one team, kind or officer (`key`): how much, how much of it late, and since when the first of that is.
    `children` and `in_custody` are the people it is about."""

    key: Any
    open: int
    late: int
    oldest: datetime | None
    children: int = 0
    in_custody: int = 0


def units_on_board(member: Member) -> list[Unit]:
    """The units that the member's board may show, by name: theirs and those below it, or all for who serves the force."""
    if not sees_cases(member) or not member.reaches & {Reach.TENANT, Reach.UNIT}:
        return []
    rows = Unit.objects.order_by("name", "id")
    return list(rows if Reach.TENANT in member.reaches else rows.filter(id__in=units_of(member)))


def by_team(units: Sequence[UUID], now: datetime) -> list[Tally]:
    """What is to do in each of these units."""
    return _tallies(_open(units, now), "unit_id", now)


def by_kind(units: Sequence[UUID], now: datetime) -> list[Tally]:
    """What is to do in these units by its kind, the most late first."""
    return sorted(_tallies(_open(units, now), "code", now), key=lambda tally: (-tally.late, -tally.open, tally.key))


def by_officer(units: Sequence[UUID], now: datetime) -> list[Tally]:
    """What officers have by name in these units, in no order, with the children and the people in custody it is about."""
    rows = _open(units, now).filter(holder__isnull=False)
    marks = {holder: (children, custody) for holder, children, custody in _marked(rows)}
    return [
        Tally(tally.key, tally.open, tally.late, tally.oldest, *marks.get(tally.key, (0, 0)))
        for tally in _tallies(rows, "holder_id", now)
    ]


def _open(units: Sequence[UUID], now: datetime) -> QuerySet[Obligation]:
    return Obligation.objects.filter(unit__in=units, state="open", sealed=False, opens_at__lte=now).order_by()


def _tallies(rows: QuerySet[Obligation], key: str, now: datetime) -> list[Tally]:
    late = Q(due_at__lt=now)
    counted = rows.values(key).annotate(many=Count("id"), late=Count("id", filter=late), oldest=Min("due_at", filter=late))
    return [Tally(*row) for row in counted.values_list(key, "many", "late", "oldest")]


def _marked(rows: QuerySet[Obligation]) -> Any:
    """How many children and people in custody each officer has, by the gravity of what is to do for them."""
    marked = rows.filter(gravity__gte=CUSTODY).values("holder_id").annotate(
        children=Count("person", filter=Q(gravity__gte=CHILD), distinct=True),
        custody=Count("person", filter=Q(gravity__in=WITH_CUSTODY), distinct=True),
    )  # fmt: skip
    return marked.values_list("holder_id", "children", "custody")
