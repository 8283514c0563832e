"""Recording the answer to the short question of section 45 of the Modern Slavery Act 2015, and telling who must know."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.cases import actions as cases
from lodestar.cases import ledger
from lodestar.cases.models import CaseMember, Obligation, Person
from lodestar.record import actions as record
from lodestar.section45.models import FirstAnswer
from lodestar.section45.queries import to_be_told

TOLD_OF = frozenset({"yes", "cannot_rule_out"})


def answer_first_question(
    *, by: Member, at: datetime, person: Person, answer: str, why: str, questions: Sequence[Obligation]
) -> list[FirstAnswer]:
    """Records one answer, for the person and all offences together, at `at`. It is kept for each of the `questions`.

    *Yes* and *cannot rule out* give the case to those who must know: the duty supervisor, the owner, custody. A sealed
    case stays its named owners' own.
    """
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="section45.question_answered") as (locked,):
        now = timezone.now()
        rows = FirstAnswer.objects.bulk_create(
            FirstAnswer(
                person=person,
                moment=moment,
                answer=answer,
                why=why.strip()[:1000],
                rests_on=rests_on,
                happened_at=at,
                recorded_at=now,
                by_id=by.user,
            )
            for moment, rests_on in [(row.moment, row.rests_on) for row in questions] or [("", "")]
        )
        record.append(
            "section45.question_answered", by=by, at=at, case=person.case_id, people=[person.id],
            fields=["answer", "why"],
        )  # fmt: skip
        if answer in TOLD_OF and not locked.sealed:
            _tell(by, now, person)
    return rows


def _tell(by: Member, now: datetime, person: Person) -> None:
    """Lets those who must know see the case, where they do not already by having been given it."""
    told = {user.id for _, user in to_be_told(person, now)} - {by.user}
    known = CaseMember.objects.filter(case=person.case_id, user__in=told, to_at__isnull=True).values_list(
        "user_id", flat=True
    )
    for user in sorted(told - set(known)):
        cases.give_case(by=by, at=now, case=person.case, to=user)
