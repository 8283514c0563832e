"""More comes to be known of who somebody is: an age, a day of birth, an address, a telephone. It is recorded, and in the same
transaction they are compared anew with everybody recorded before, as when they were first written down (ADR 36)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from lodestar.accounts.access import Member
from lodestar.cases import ledger
from lodestar.cases.actions.met_before import compare_people
from lodestar.cases.actions.papers import record_address
from lodestar.cases.actions.people import change_person
from lodestar.cases.models import Person


def learn_of_person(*, by: Member, at: datetime, person: Person, version: int, facts: Mapping[str, Any]) -> bool:
    """Changes what is recorded of a person and compares them. Whether anything new is to be told to the writer: what, the page
    of the concern says. Raises StaleVersion, as `change_person`."""
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="cases.person_changed") as (case,):
        changed = change_person(by=by, at=at, person=person, version=version, facts=facts)
        return compare_people(by=by, at=at, case=case, people=[changed])


def learn_where(
    *, by: Member, at: datetime, person: Person, address: str, contact: str, viewers: Iterable[UUID], seen: int | None = None
) -> bool:
    """Records where a person is and how to contact them, and compares them. Whether anything new is to be told to the writer.
    Raises AddressMeanwhile, as `record_address`."""
    people: list[Person] = []
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="cases.address_recorded", people=people) as (case,):
        now, reach = record_address(
            by=by, at=at, person=person, address=address, contact=contact, viewers=viewers, seen=seen, people=people
        )
        return compare_people(by=by, at=at, case=case, people=[now], reach={now.id: reach})
