"""Court orders in words: their register, the lines of a case, and what is due."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from lodestar.casework.case_files.casefile import Row
from lodestar.casework.cases.access import people_shown
from lodestar.casework.cases.models import Case
from lodestar.casework.cases.presenters import label
from lodestar.casework.court_orders import queries
from lodestar.casework.court_orders.models import CourtOrder, OrderBreach
from lodestar.casework.court_orders.rules import IN_FORCE, INFORMED, KINDS, ORDER, kinds_on, length_words
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.design.when import day, on
from lodestar.platform.notices.due_items import DueItem, Kind
from lodestar.platform.registers.models import Column, Filter, Register
from lodestar.platform.registers.presenters import due_cell
from lodestar.platform.registers.queries import due_rows


def order_words(row: CourtOrder, now: datetime) -> list[dict[str, Any]]:
    """All that is recorded of an order, but for its conditions and breaches."""
    kind, is_in_force = kinds_on(row.made_on or on(now)).get(row.kind, {}), row.state in IN_FORCE
    pairs = (
        ("Against", label(row.person)),
        ("Protects", label(row.protects) if row.protects else ""),
        ("Court", row.court),
        ("Made", day(row.made_on) if row.made_on else ""),
        ("In force", f"{day(row.from_on)} to {day(row.to_on) if row.to_on else 'further order'}" if row.from_on else ""),
        ("Check", length_words(kind, row.from_on, row.to_on)),
        ("Served", day(row.served_on) if row.served_on else "Not served yet" if is_in_force else ""),
        ("Law", f"{kind['statute']} (unconfirmed)" if kind else ""),
        ("Owner", row.owner.name),
        ("Look again", due_cell(row, now).get("words", "") if row.due_at else ""),
    )
    return [{"key": key, "value": value} for key, value in pairs if value]


def _status(row: CourtOrder, now: datetime) -> Any:
    return {"words": ORDER.states[row.state], **({"tag": "Breached", "colour": "red"} if row.breach_waits else {})}


ORDERS = Register(
    name="orders",
    title="Court orders",
    model=CourtOrder,
    columns=(
        Column("Order", lambda row, now: {"words": KINDS[row.kind], "href": f"/orders/{row.id}"}),
        Column("Against", lambda row, now: label(row.person), is_exported=False),
        Column("Case", lambda row, now: f"{row.person.case.reference}, person {row.person.number}", is_of_person=True),
        Column("Status", _status),
        Column("Last day", lambda row, now: day(row.to_on) if row.to_on else ""),
        Column("Look again", due_cell),
        Column("Owner", lambda row, now: row.owner.name),
    ),
    filters=(Filter("order_kind", "Order", "kind", tuple(KINDS.items())),),
    visible=queries.orders_seen,
    changes=Permission.INVESTIGATION_RECORD,
    words=order_words,
    shown=lambda member, rows: people_shown(member, [row.person_id for row in rows]),
    exports=Permission.EXPORT,
    exported="orders.exported",
)


def breach_lines(rows: Iterable[OrderBreach]) -> list[dict[str, Any]]:
    """The breaches of an order, as the macro `timeline` takes them."""
    return [
        {
            "title": f"Breach of condition {row.condition.number}" if row.condition else "Breach",
            "by": row.recorded_by.name,
            "at": row.happened_at,
            "words": f"{f'Crime {row.crime_number}' if row.crime_number else 'No crime number yet'}. {row.what_was_done!s}. "
            f"Protected person informed: {INFORMED[row.victim_informed].lower()}",
        }
        for row in rows
    ]


def case_lines(case: Case, member: Member, now: datetime) -> list[Row]:
    """The orders of a case for the page of its investigation: how many there are, a breach, and the next to end."""
    rows = queries.orders_of(case)
    current = [row for row in rows if row.state in IN_FORCE]
    about = f"{len(current)} in force, {len(rows)} recorded" if rows else "None considered yet"
    breached = [row for row in rows if row.breach_waits][:1]
    ending = sorted((row for row in current if row.to_on), key=lambda row: row.to_on or now.date())[:1]
    return [
        Row("Court orders", f"/cases/{case.reference}/orders", about),
        *(Row(f"{KINDS[row.kind]} breached", f"/orders/{row.id}", tag="To look at", colour="red") for row in breached),
        *(Row(f"{KINDS[row.kind]} ends", f"/orders/{row.id}", day(row.to_on)) for row in ending if row.to_on),
    ]


def _due(member: Member, until: datetime) -> Iterator[DueItem]:
    """The orders that are the member's, with a breach or an end to look at."""
    for row in due_rows(queries.orders_seen(member).filter(owner=member.user), until):
        yield DueItem("order", f"{KINDS[row.kind]}, {row.person.case.reference}", f"/orders/{row.id}", row.due_at)


DUE = Kind("order", "Court orders to look at", "/orders", Permission.INVESTIGATION_RECORD, _due)
