"""The first account on video, and with it what of the first hour was kept."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.cases import ledger
from lodestar.cases.actions.duties import answer_duty
from lodestar.cases.models import FirstAccount, Obligation, Person
from lodestar.cases.rules.first_accounts import KEPT, is_a_list, kept_words
from lodestar.kernel.typed import one_line, several_lines
from lodestar.record import actions as record

EVIDENCE = "golden_hour_evidence"


def record_first_account(
    *,
    by: Member,
    at: datetime,
    people: Sequence[Person],
    reference: str,
    officer: str = "",
    words: str = "",
    kept: Collection[str] = (),
    more: str = "",
) -> list[FirstAccount]:
    """Records that the first account of these people of one case is on a video taken at `at`, and what else was kept.

    With a list of what was kept it answers what is owed of them as `golden_hour_evidence`.
    """
    (case_id,) = {person.case_id for person in people}
    codes = [code for code in KEPT if code in kept]
    with ledger.acting_on(case_id, by=by.user, at=at, code="cases.first_account_recorded") as (case,):
        now = timezone.now()
        rows = FirstAccount.objects.bulk_create(
            FirstAccount(
                person=person,
                reference=one_line(reference)[:60],
                officer=one_line(officer)[:40],
                taken_at=at,
                taken_words=words[:40],
                kept=codes,
                more=several_lines(more)[:400],
                recorded_at=now,
                recorded_by_id=by.user,
            )
            for person in people
        )
        record.append(
            "cases.first_account_recorded", by=by, at=at, case=case_id, people=sorted(person.id for person in people),
            fields=["reference", *(["kept"] if codes or more else [])],
        )  # fmt: skip
        owed = Obligation.objects.filter(case=case, person__in=people, code=EVIDENCE, state="open")
        if is_a_list(codes, more) and (open_ones := list(owed)):
            because = f"Video {rows[0].reference}. {kept_words(codes, more)}"
            answer_duty(by=by, at=at, case=case, obligations=open_ones, kind="done", because=because)
    return rows
