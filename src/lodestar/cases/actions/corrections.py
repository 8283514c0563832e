"""Putting right what was recorded of a person: the act was another, or it was somebody else. Each is one event of the log."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import ProtectedError
from django.forms.models import model_to_dict

from lodestar.accounts.access import Member
from lodestar.cases import ledger
from lodestar.cases.models import AllegedOffence, Case, Exploitation, Person
from lodestar.record import actions as record


class OffenceMeanwhile(Exception):
    """Somebody changed an act, or took it off the person, a moment before."""


def change_offence(
    *, by: Member, at: datetime, person: Person, offence: AllegedOffence, facts: Mapping[str, Any]
) -> AllegedOffence:
    """Changes what an act is said to be, or how far the case against the person has gone. Raises OffenceMeanwhile where
    anything of it is no longer as `offence` says."""
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="cases.person_changed"):
        theirs = AllegedOffence.objects.filter(id=offence.id).first()
        if theirs is None or model_to_dict(theirs) != model_to_dict(offence):
            raise OffenceMeanwhile
        for name, value in facts.items():
            setattr(offence, name, value)
        offence.save(update_fields=list(facts))
        _note(by, at, person, offence.id, list(facts))
    return offence


def take_back_offence(*, by: Member, at: datetime, person: Person, offence: AllegedOffence) -> bool:
    """Takes an act off a person. Returns False, and leaves it, where a decision already rests on it."""
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="cases.person_changed"):
        offence_id = offence.id
        try:
            offence.delete()
        except ProtectedError:
            return False
        _note(by, at, person, offence_id, ["allegedoffence"])
    return True


def take_back_exploitations(*, by: Member, at: datetime, case: Case, exploitations: Sequence[Exploitation]) -> None:
    """Takes exploitation off people of a case. One event names them all."""
    with ledger.acting_on(case.id, by=by.user, at=at, code="cases.person_changed"):
        Exploitation.objects.filter(id__in=[row.id for row in exploitations]).delete()
        people = sorted({row.person_id for row in exploitations})
        record.append("cases.person_changed", by=by, at=at, case=case.id, people=people, fields=["exploitation"])


def _note(by: Member, at: datetime, person: Person, row: UUID, fields: list[str]) -> None:
    record.append(
        "cases.person_changed", by=by, at=at, case=person.case_id, people=[person.id], subject=str(row), fields=fields
    )
