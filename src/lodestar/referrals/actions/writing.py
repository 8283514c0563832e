"""The writes of a referral while it is written: its answers, and that it was compared or taken along."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.http import QueryDict

from lodestar.accounts import actions as accounts
from lodestar.accounts.access import Member
from lodestar.cases import ledger
from lodestar.cases.models import Person
from lodestar.kernel.ids import new_id
from lodestar.referrals.actions.sent import logged
from lodestar.referrals.models.drafts import Answer, ReferralDraft, Review
from lodestar.referrals.queries.writing import writing_of


class WrittenMeanwhile(Exception):
    """Somebody wrote answers of the same referral after the writer's were compared with what stood."""

def begin_writing(*, by: Member, at: datetime, person: Person, version: str) -> ReferralDraft:
    """Begins to write about this person on a version of the form; what was begun before is gone on with."""
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="referrals.writing_begun"):
        standing = writing_of(person, version)
        if standing is not None:
            return standing
        row = ReferralDraft(person=person, form_version=version, begun_at=at, begun_by_id=by.user)
        row.save(force_insert=True)
        logged(code="referrals.writing_begun", row=row, about=row.person, by=by, at=at)
    return row


def write_answers(
    *, by: Member, at: datetime, writing: ReferralDraft, answers: Mapping[str, str], rows: int, taken_from: Sequence[Person] = ()
) -> None:
    """Adds these answers, by question; what stood before stays to be read. `rows` is how many the writer's were compared
    with: raises WrittenMeanwhile where there are more by now. `taken_from` are the people whose referrals they were read in
    and taken from, one by one."""
    with ledger.acting_on(writing.person.case_id, by=by.user, at=at, code="referrals.answers_written"):
        numbers = list(Answer.objects.filter(writing=writing).values_list("code", "number"))
        if len(numbers) != rows:
            raise WrittenMeanwhile
        last = dict(sorted(numbers, key=lambda pair: pair[1]))
        Answer.objects.bulk_create(
            Answer(
                writing=writing,
                code=code,
                number=last.get(code, 0) + 1,
                words=words,
                written_at=at,
                written_by_id=by.user,
            )
            for code, words in answers.items()
        )
        code = "referrals.common_taken" if taken_from else "referrals.answers_written"
        others = [person.id for person in taken_from]
        logged(code=code, row=writing, about=writing.person, by=by, at=at, fields=list(answers), others=others)


def put_by(
    *, by: Member, at: datetime, writing: ReferralDraft, answers: Mapping[str, str], rows: int, drafts: Mapping[str, QueryDict]
) -> None:
    """Of a section that was refused and is too long to be shown whole: keeps the answers that nothing is wrong with, and each of
    the others as a draft of the page it waits on, by its address. Raises WrittenMeanwhile as `write_answers` does."""
    if answers:
        write_answers(by=by, at=at, writing=writing, answers=answers, rows=rows)
    for path, typed in drafts.items():
        accounts.keep_draft(user=by.user, path=path, key=new_id(), typed=typed)


def look_over(*, by: Member, at: datetime, writing: ReferralDraft, comment: str) -> None:
    """Keeps what somebody saw on looking a referral over. It changes nothing of it, and nothing waits for it."""
    with ledger.acting_on(writing.person.case_id, by=by.user, at=at, code="referrals.looked_over"):
        Review(writing=writing, comment=comment, said_at=at, said_by_id=by.user).save(force_insert=True)
        logged(code="referrals.looked_over", row=writing, about=writing.person, by=by, at=at)


def text_compared(*, by: Member, at: datetime, writing: ReferralDraft) -> None:
    """Writes down that the text was compared with that of other referrals: a combination, whatever came of it. Neither
    the others nor what was found are kept."""
    logged(code="referrals.compared", row=writing, about=writing.person, by=by, at=at)


def pack_taken(*, by: Member, at: datetime, writing: ReferralDraft, kind: str) -> None:
    """Writes down that what would go was taken along as a file of this kind (pdf or docx). The file is not kept."""
    logged(code="referrals.pack_taken", row=writing, about=writing.person, by=by, at=at, fields=[kind])
