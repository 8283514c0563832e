"""When something answered had happened: a further answer that says the same of another time. No row is changed."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.cases import ledger
from lodestar.cases.models import Case, DutyAnswer
from lodestar.record import actions as record


def answer_with_times(*, by: Member, case: Case, answers: Sequence[tuple[DutyAnswer, datetime]]) -> list[DutyAnswer]:
    """Records each of these answers of one's own again, with the time at which it happened."""
    if not answers:
        return []
    latest = max(at for _, at in answers)
    with ledger.acting_on(case.id, by=by.user, at=latest, code="cases.duty_answered"):
        now = timezone.now()
        rows = DutyAnswer.objects.bulk_create(
            DutyAnswer(
                case=case,
                person_id=before.person_id,
                code=before.code,
                subject=before.subject,
                moment=before.moment,
                kind=before.kind,
                because=before.because,
                told=before.told,
                rests_on=before.rests_on,
                happened_at=at,
                recorded_at=now,
                by_id=by.user,
            )
            for before, at in answers
        )
        record.append(
            "cases.duty_answered", by=by, at=latest, case=case.id,
            people=sorted({before.person_id for before, _ in answers if before.person_id}), subject="time",
            fields=["happened_at"],
        )  # fmt: skip
    return rows
