"""The writes of investigations. Each locks its case, adds rows, writes one event of the log, and reckons the ledger."""

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.investigations.models import Crime, Review
from lodestar.casework.investigations.queries import DIRECTIONS
from lodestar.casework.investigations.rules.duties import gives_directions, of_review
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation, ObligationAnswer
from lodestar.casework.referrals import actions as referrals
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.notices.actions import notify
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.text.text_normalise import one_line, several_lines


class NotAllowed(Exception):
    """Something that Lodestar does not authorise, or cannot take as it is; the words say what would be taken."""


class SharedNumber(Exception):
    """Another person of the case has this crime number: `theirs` is the row that says so."""

    def __init__(self, theirs: Crime) -> None:
        super().__init__("another's number")
        self.theirs = theirs


def as_number(words: str) -> str:
    """A crime number as it is kept: one line, capital letters, so that the same number is known again."""
    return one_line(words).upper()[:40]


def record_crime(
    *, by: Member, at: datetime, person: Person, kind: str, number: str = "", why_not: str = "", words: str = "",
    may_share: bool = False,
) -> Crime:  # fmt: skip
    """Records the number of the crime recorded for a victim at `at`, or why there is none (`not_needed`) or none yet
    (`not_possible`). The same number again is the same row. Home Office Counting Rules: one for each victim; raises
    SharedNumber where another person of the case has it and nobody said that it is right (`may_share`). In the same transaction
    the person's referral has its crime, or needs none."""
    number = as_number(number)
    code = "investigations.crime_recorded" if kind == "recorded" else "investigations.no_crime_number"
    with ledger.acting_on(person.case_id, by=by.user, at=at, code=code):
        existing = Crime.objects.filter(person=person, number=number).first() if number else None
        if existing:
            referrals.crime_recorded(person, existing.at)
            return existing
        others = Crime.objects.filter(person__case=person.case_id, number=number).exclude(person=person)
        if number and not may_share and (theirs := others.order_by("recorded_at", "id").first()):
            raise SharedNumber(theirs)
        row = Crime.objects.create(
            person=person, kind=kind, number=number if kind == "recorded" else "",
            why_not="" if kind == "recorded" else several_lines(why_not)[:1000], at=at, at_words=words[:40],
            recorded_at=timezone.now(), by_id=by.user,
        )  # fmt: skip
        audit(
            code, by=by, at=at, case=person.case_id, people=[person.id], subject=str(row.id),
            fields=["number" if kind == "recorded" else "why_not"],
        )  # fmt: skip
        if kind == "recorded":
            referrals.crime_recorded(person, row.at)
        elif kind == "not_needed":
            referrals.no_crime_needed(person)
    return row


def review(*, by: Member, at: datetime, case: Case, directions: str, seen: int, words: str = "") -> Review:
    """Records a review of the investigation with what it directs, done at `at`.

    It answers every review that was overdue by then, each as late, and otherwise the next one that is open. Raises
    NotYet for words that direct nothing, and Meanwhile.
    """
    if not gives_directions(directions):
        raise NotAllowed("Say what is to be done, by who and by when. “Noted” is not a direction.")
    with ledger.acting_on(case.id, by=by.user, at=at, code="investigations.reviewed") as (locked,):
        earlier = list(Review.objects.select_related("by").filter(case=locked).order_by("number"))
        if len(earlier) > seen:
            raise ConcurrentEdit(earlier[-1])
        row = Review.objects.create(
            case=locked, number=len(earlier) + 1, moments=answered_by(locked, at), at=at, at_words=words[:40],
            directions=several_lines(directions)[:4000], to_id=locked.owner_id or locked.interim_owner_id,
            recorded_at=timezone.now(), by_id=by.user,
        )  # fmt: skip
        audit("investigations.reviewed", by=by, at=at, case=case.id, subject=str(row.id), fields=["directions"])
        if row.to_id:
            notify(to=[row.to_id], kind="directions_given", by=by, at=row.recorded_at, case=case.id)
    return row


def directions_answered(*, by: Member, at: datetime, case: Case, answers: Collection[ObligationAnswer]) -> None:
    """Gives notice of answers to the directions of reviews to those who gave them."""
    moments = {answer.moment for answer in answers if answer.code == DIRECTIONS}
    reviews = Review.objects.filter(case=case) if moments else ()
    to = {row.by_id for row in reviews if of_review(row.number) in moments}
    notify(to=to, kind="directions_answered", by=by, at=at, case=case.id)


def answered_by(case: Case, at: datetime) -> list[str]:
    """The moments of `supervise_investigation` that a review at `at` answers; none when the next is not open yet."""
    rows = Obligation.objects.filter(case=case, code="supervise_investigation", state="open", opens_at__lte=at)
    waiting = sorted(rows, key=lambda row: (row.due_at is None, row.due_at or at, row.opens_at))
    late = [row.moment for row in waiting if row.due_at and row.due_at < at]
    return late or [row.moment for row in waiting[:1]]
