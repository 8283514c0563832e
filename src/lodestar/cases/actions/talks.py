"""Recording a talk about referral, and what a child was told and wants."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from lodestar.accounts.access import Member
from lodestar.cases import ledger
from lodestar.cases.actions.duties import answer_duty
from lodestar.cases.actions.people import record_consent
from lodestar.cases.models import ConsentAnswer, Obligation, Person

TOLD_AND_HEARD = "child_told_and_heard"


def record_talk(
    *, by: Member, at: datetime, person: Person, answer: Mapping[str, Any], is_heard: bool = False, wants: str = ""
) -> ConsentAnswer:
    """Records one talk, asked at `at`. With `is_heard` a child was told what happens, and `wants` is what they want
    (statutory guidance 2020, 5.45): that closes the line which says so."""
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="cases.consent_recorded") as (case,):
        row = record_consent(by=by, at=at, person=person, answer=answer)
        owed = list(Obligation.objects.filter(case=case, person=person, code=TOLD_AND_HEARD, state="open"))
        if is_heard and owed:
            answer_duty(by=by, at=at, case=case, obligations=owed, kind="done", because=wants)
    return row
