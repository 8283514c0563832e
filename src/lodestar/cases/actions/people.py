"""Recording people and what is known of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.forms.models import model_to_dict
from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.cases import ledger
from lodestar.cases.models import (
    AllegedOffence,
    Case,
    ConsentAnswer,
    EarlierReferral,
    Exploitation,
    Person,
    PersonVersion,
)
from lodestar.kernel.ids import new_id
from lodestar.kernel.names import sort_key
from lodestar.record import actions as record

# Reported of a person, in the order in which it decides their category (Data Protection Act 2018 section 38(3)).
CATEGORIES = (("possible_victim", "victim"), ("suspect", "suspect"), ("exploiter", "suspect"), ("witness", "witness"))


class StaleVersion(Exception):
    """Someone saved the same row meanwhile: `theirs` is what it says now."""

    def __init__(self, theirs: Person) -> None:
        super().__init__("changed meanwhile")
        self.theirs = theirs


def category_of(roles: list[str]) -> str:
    """The category that a person's parts in the case give; a possible victim is a victim first, whatever else."""
    return next((category for role, category in CATEGORIES if role in roles), "other")


def add_person(
    *, by: Member, at: datetime, case: Case, facts: Mapping[str, Any], person_id: UUID | None = None
) -> Person:
    """Records a person in the case. `facts` are columns that are known; all may be missing."""
    with ledger.acting_on(case.id, by=by.user, at=at, code="cases.person_recorded") as (locked,):
        last = Person.objects.filter(case=locked).order_by("-number").values_list("number", flat=True).first()
        person = Person(
            id=person_id or new_id(),
            case=locked,
            number=(last or 0) + 1,
            recorded_at=timezone.now(),
            recorded_by_id=by.user,
            **_with_derived(facts),
        )
        person.save(force_insert=True)
        record.append(
            "cases.person_recorded", by=by.user, role=by.role, at=at, case=case.id, people=[person.id], fields=list(facts)
        )
    return person


def _with_derived(facts: Mapping[str, Any]) -> dict[str, Any]:
    derived = dict(facts)
    if "name" in facts:
        derived["sort_key"] = sort_key(facts["name"])[:400]
    if "roles" in facts:
        derived["category"] = category_of(list(facts["roles"]))
    return derived


def change_person(*, by: Member, at: datetime, person: Person, version: int, facts: Mapping[str, Any]) -> Person:
    """Changes what is recorded of a person and keeps what it said before.

    Raises StaleVersion when the row is no longer the `version` that the writer had before them.
    """
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="cases.person_changed"):
        row = Person.objects.select_for_update().get(id=person.id)
        if row.version != version:
            raise StaleVersion(row)
        before = {name: value for name, value in model_to_dict(row).items() if name not in ("id", "case")}
        PersonVersion.objects.create(
            person=row,
            version=row.version,
            said=_plain(before),
            changed_at=timezone.now(),
            changed_by_id=by.user,
        )
        derived = _with_derived(facts)
        for name, value in derived.items():
            setattr(row, name, value)
        row.version += 1
        row.save(update_fields=[*derived, "version"])
        record.append(
            "cases.person_changed",
            by=by.user,
            role=by.role,
            at=at,
            case=person.case_id,
            people=[person.id],
            fields=list(facts),
        )
    return row


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value if isinstance(value, (str, int, bool, list, type(None))) else str(value)
        for name, value in values.items()
    }


def record_consent(
    *, by: Member, at: datetime, person: Person, answer: Mapping[str, Any], answer_id: UUID | None = None
) -> ConsentAnswer:
    """Records one conversation about referral, asked at `at`. A change of mind is a new one; nothing is overwritten."""
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="cases.consent_recorded"):
        row = ConsentAnswer(
            id=answer_id or new_id(),
            person=person,
            asked_at=at,
            recorded_at=timezone.now(),
            recorded_by_id=by.user,
            **answer,
        )
        row.save(force_insert=True)
        record.append(
            "cases.consent_recorded",
            by=by.user,
            role=by.role,
            at=at,
            case=person.case_id,
            people=[person.id],
            subject=str(row.id),
            fields=list(answer),
        )
    return row


def _child_row(model: Any, *, by: Member, at: datetime, person: Person, facts: Mapping[str, Any]) -> Any:
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="cases.person_changed"):
        row = model(id=new_id(), person=person, **facts)
        row.save(force_insert=True)
        record.append(
            "cases.person_changed",
            by=by.user,
            role=by.role,
            at=at,
            case=person.case_id,
            people=[person.id],
            subject=str(row.id),
            fields=[model.__name__.lower()],
        )
    return row


def record_exploitation(*, by: Member, at: datetime, person: Person, facts: Mapping[str, Any]) -> Exploitation:
    """Records one exploitation of a person."""
    return _child_row(Exploitation, by=by, at=at, person=person, facts=facts)


def record_offence(*, by: Member, at: datetime, person: Person, facts: Mapping[str, Any]) -> AllegedOffence:
    """Records an act that a person is suspected of."""
    return _child_row(AllegedOffence, by=by, at=at, person=person, facts=facts)


def record_earlier_referral(*, by: Member, at: datetime, person: Person, facts: Mapping[str, Any]) -> EarlierReferral:
    """Records a referral that somebody made before."""
    return _child_row(EarlierReferral, by=by, at=at, person=person, facts=facts)
