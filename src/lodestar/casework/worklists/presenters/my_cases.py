"""One's own cases as cards: who it is about, what is next and by when, what is late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.cases.presenters import with_age
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.presenters import place_words, title_of, where_answered
from lodestar.casework.ledger.queries.worklists import Steps
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.presenters import capital
from lodestar.platform.design.when import clock, short_day
from lodestar.platform.design.words import listed
from lodestar.platform.reference.queries import exploitation_names
from lodestar.platform.time.days import london_date

PEOPLE = 3


@dataclass(frozen=True)
class OwnCases:
    """What is read of some cases of one's own."""

    people: Mapping[UUID, Sequence[Person]]
    kinds: Mapping[UUID, Sequence[str]]
    steps: Mapping[UUID, Steps]
    next: Mapping[UUID, Obligation]


def cards(cases: Sequence[Case], read: OwnCases, member: Member, now: datetime) -> list[dict[str, Any]]:
    """A card for each case, in their order."""
    return [_card(case, read, member, now) for case in cases]


def shown_people(people: Sequence[Person]) -> list[Person]:
    """Whom a card names: possible victims first, at most three."""
    return sorted(people, key=lambda person: "possible_victim" not in person.roles)[:PEOPLE]


def _card(case: Case, read: OwnCases, member: Member, now: datetime) -> dict[str, Any]:
    everybody, steps = read.people.get(case.id, ()), read.steps.get(case.id)
    row = read.next.get(steps.next) if steps else None
    named = [with_age(person, london_date(case.encountered_at)) for person in shown_people(everybody)]
    more = len(everybody) - len(named)
    names = exploitation_names()
    kinds = [names.get(kind, kind) for kind in read.kinds.get(case.id, ())]
    met = case.encountered_as or f"{short_day(case.encountered_at, now)}, {clock(case.encountered_at)}"
    return {
        "reference": case.reference,
        "is_sealed": case.sealed,
        "people": "; ".join(named) + (f" and {more} more" if more > 0 else ""),
        "kinds": capital(listed(kinds)) if kinds else "Kind of exploitation not recorded",
        "where": ". ".join(part for part in (place_words(case), met) if part),
        "owner": case.owner.name if case.owner else f"{case.interim_owner.name}, until a detective has it",
        "late": steps.late if steps else 0,
        "next": {"words": title_of(row), "href": where_answered(row, case.reference, member), "due": row.due_at} if row else None,
    }
