"""The custody desk in words."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from lodestar.casework.cases.models import Person
from lodestar.casework.cases.presenters import label, with_age
from lodestar.casework.cases.rules import LONGEST_HELD
from lodestar.casework.custody.queries import QUESTION, Detainee
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.presenters import title_of, where_answered
from lodestar.platform.accounts.access import Member
from lodestar.platform.design.when import ago, due, elapsed, is_late, moment
from lodestar.platform.design.words import listed
from lodestar.platform.obligations.closing_records import BY_REASON
from lodestar.platform.time.days import london_date

HELPERS = {
    "interpreter": "an interpreter", "solicitor": "a solicitor", "appropriate_adult": "an appropriate adult",
    "companion": "a companion",
}  # fmt: skip


def desk_cards(rows: Sequence[Detainee], member: Member, now: datetime) -> list[dict[str, Any]]:
    """A card for each person: the clock, whose case it is, what the desk does, done and open. `is_long`: longer than anybody is
    held without charge (Police and Criminal Evidence Act 1984 s44), so was their release recorded?"""
    return [
        {
            "row": row,
            "name": label(row.person),
            "title": with_age(row.person, london_date(row.person.case.encountered_at)),
            "clock": since(row.person, now),
            "is_long": row.person.held_from is not None and elapsed(row.person.held_from, now) >= LONGEST_HELD,
            "tasks": [_task(code, list(some), row, member, now) for code, some in groupby(row.owed, key=attrgetter("code"))],
            "not_helpers": _not_helpers(row),
        }
        for row in rows
    ]


def since(person: Person, now: datetime) -> str:
    """The clock since the arrest, and when they arrived; or when they were released. Empty where nothing is recorded."""
    if person.released_at is not None:
        return f"Released {moment(person.released_at, now)}"
    if person.held_from is None:
        return ""
    words = f"Arrested or held since {moment(person.held_from, now)}, {ago(person.held_from, now)}"
    arrived = person.in_custody_from
    return f"{words}. {'Arrived in custody ' + moment(arrived, now) if arrived else 'Arrival in custody not recorded'}"


def _task(code: str, rows: Sequence[Obligation], row: Detainee, member: Member, now: datetime) -> dict[str, Any]:
    still_open = [obligation for obligation in rows if obligation.state == "open"]
    first = (still_open or rows)[0]
    late = bool(still_open and first.due_at and is_late(first.due_at, now))
    hint = due(first.due_at, now) if still_open and first.due_at else ""
    reference, href = row.person.case.reference, ""
    if code == QUESTION:
        href = f"/people/{row.person.id}/section-45-question"
        answer = row.answer
        hint = f"{answer.get_answer_display()}: {answer.by.name}, {moment(answer.happened_at, now)}" if answer else hint
    closed = "Not needed" if first.closed_with == BY_REASON else "Done"
    status, colour = (closed, "") if not still_open else ("Late", "red") if late else ("To do", "yellow")
    return {
        "code": code,
        "label": title_of(first),
        "href": href or where_answered(first, reference, member),
        "hint": f"{hint[0].upper()}{hint[1:]}" if hint else "",
        "status": status,
        "colour": colour,
    }


def _not_helpers(row: Detainee) -> str:
    """Who may not help or be told, by what is recorded: who came with them until it is known who sent them, and suspects."""
    parts = [f"{label(suspect)}, a suspected exploiter in this case" for suspect in row.not_helpers]
    if came := [HELPERS[helper] for helper in row.person.helpers if helper in HELPERS]:
        parts.append(f"{listed(came)} who came or was sent, until you know who sent them")
    return "; ".join(parts)


def counted(people: Sequence[tuple[UUID, bool]]) -> str:
    """How many are at the desk, and how many of them children."""
    children = sum(is_child for _, is_child in people)
    number = f"{len(people)} {'person' if len(people) == 1 else 'people'}"
    return f"{number} arrested or in custody, {children or 'none'} of them treated as a child."
