"""Recording a talk about referral, and what a child was told and wants."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.cases import ledger
from lodestar.cases.actions.duties import answer_duty
from lodestar.cases.models import ConsentAnswer, Obligation, Person
from lodestar.kernel.ids import new_id
from lodestar.record import actions as record

TOLD_AND_HEARD = "child_told_and_heard"


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
            "cases.consent_recorded", by=by, at=at, case=person.case_id, people=[person.id], subject=str(row.id),
            fields=list(answer),
        )  # fmt: skip
    return row


class TalkMeanwhile(Exception):
    """Somebody recorded another talk with the person meanwhile: `theirs` is the one recorded last."""

    def __init__(self, theirs: ConsentAnswer) -> None:
        super().__init__("recorded meanwhile")
        self.theirs = theirs


def record_talk(
    *,
    by: Member,
    at: datetime,
    person: Person,
    answer: Mapping[str, Any],
    is_heard: bool = False,
    wants: str = "",
    seen: int | None = None,
) -> ConsentAnswer:
    """Records one talk, asked at `at`. With `is_heard` a child was told what happens, and `wants` is what they want
    (statutory guidance 2020, 5.45): that closes the line which says so. `seen`: how many talks were recorded when the writer
    began, None where nobody looked. Raises TalkMeanwhile when there are more by now: the last answer decides the route."""
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="cases.consent_recorded") as (case,):
        talks = ConsentAnswer.objects.filter(person=person)
        if seen is not None and talks.count() > seen:
            raise TalkMeanwhile(talks.select_related("recorded_by").latest("recorded_at", "id"))
        row = record_consent(by=by, at=at, person=person, answer=answer)
        owed = list(Obligation.objects.filter(case=case, person=person, code=TOLD_AND_HEARD, state="open"))
        if is_heard and owed:
            answer_duty(by=by, at=at, case=case, obligations=owed, kind="done", because=wants)
    return row
