"""The writes of investigations. Each locks its case, adds rows, writes one event of the log, and reckons the ledger."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from lodestar.casework.cases.models import Case, CaseMember, Person
from lodestar.casework.cases.queries import named_alone
from lodestar.casework.investigations.models import Allocation, Crime, Review
from lodestar.casework.investigations.queries import DIRECTIONS, skills_of
from lodestar.casework.investigations.rules.policies import (
    AUTHORITY_HOURS,
    gives_directions,
    highest,
    is_pip2,
    of_review,
    policies_met,
)
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation, ObligationAnswer
from lodestar.casework.referrals import actions as referrals
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.notices.actions import notify
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.text.text_normalise import one_line, several_lines
from lodestar.platform.time.days import after_hours, london_date


class NotAllowed(Exception):
    """Something that Lodestar does not authorise, or cannot take as it stands; the words say what would be taken."""


class BelowPip2(NotAllowed):
    """The person chosen was not recorded as PIP2 on that day."""


class NotNamed(NotAllowed):
    """The case is sealed, perhaps since a moment ago, and the person chosen is none of its named owners."""


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


def allocate(*, by: Member, at: datetime, case: Case, owner: UUID, seen: int, words: str = "", reason: str = "") -> Allocation:
    """Gives the case to a detective who is accredited PIP2 or higher on the day of `at`.

    Raises BelowPip2 for anybody else (College of Policing APP supervisors), NotNamed for who may not see a sealed case,
    and Meanwhile when there are more allocations than the `seen` that the writer had before them.
    """
    with ledger.acting_on(case.id, by=by.user, at=at, code="investigations.allocated") as (locked,):
        skills = skills_of(owner, london_date(at))
        if not is_pip2(skills, london_date(at)):
            raise BelowPip2("Not recorded as PIP2 on that day.")
        _may_know(locked, owner)
        row = _add(locked, seen, "pip2", owner, skills, by, at=at, words=words, reason=reason)
        _log(row, by, "investigations.allocated")
    return row


def record_happened_without(
    *, by: Member, at: datetime, case: Case, owner: UUID, seen: int, words: str = "", reason: str = ""
) -> Allocation:
    """Records that somebody below PIP2 has had the case since `at`, without an authority. It is never refused: it opens
    an overdue obligation at once and is counted. Somebody who was PIP2 that day is recorded as given the case. A sealed case
    they still see as one of its named owners only. Raises Meanwhile."""
    with ledger.acting_on(case.id, by=by.user, at=at, code="investigations.allocated") as (locked,):
        skills = skills_of(owner, london_date(at))
        kind = "pip2" if is_pip2(skills, london_date(at)) else "happened_without"
        row = _add(locked, seen, kind, owner, skills, by, at=at, words=words, reason=reason)
        _log(row, by, "investigations.allocated" if kind == "pip2" else "investigations.happened_without")
    return row


def give_authority(
    *, by: Member, at: datetime, case: Case, owner: UUID, seen: int, reason: str, supervised_by: UUID | None = None,
    words: str = "",
) -> Allocation:  # fmt: skip
    """A detective inspector's reasoned authority for somebody below PIP2 to have the case for 24 hours from `at`.

    The obligation is answered until then and stands open again at that moment. Raises NotYet without a reason, for somebody who
    needs no authority, and for a supervisor who is not PIP2; NotNamed; Meanwhile. Who may call it is checked in `access.py`.
    """
    if not reason.strip():
        raise NotAllowed("Write why. The authority is kept with its reason.")
    day = london_date(at)
    with ledger.acting_on(case.id, by=by.user, at=at, code="investigations.authority_given") as (locked,):
        _may_know(locked, owner, *filter(None, [supervised_by]))
        skills = skills_of(owner, day)
        if is_pip2(skills, day):
            raise NotAllowed("They are recorded as PIP2 on that day, so no authority is needed: crime allocation can give it.")
        if supervised_by and not is_pip2(skills_of(supervised_by, day), day):
            raise NotAllowed("The supervisor is not recorded as PIP2 on that day. Choose another, or leave it blank.")
        row = _add(locked, seen, "authority", owner, skills, by, at=at, words=words, reason=reason, supervised_by=supervised_by)
        _log(row, by, "investigations.authority_given")
    return row


def _may_know(case: Case, *users: UUID) -> None:
    """Raises NotNamed for somebody who may not see the locked case: they would have it and never hear of it."""
    named_owners = named_alone(case)
    if named_owners is not None and not named_owners.issuperset(users):
        raise NotNamed(f"{case.reference} is sealed: only its named owners can have it or supervise it.")


def _add(
    case: Case, seen: int, kind: str, owner: UUID, skills: Collection[str], by: Member, *, at: datetime, words: str, reason: str,
    supervised_by: UUID | None = None,
) -> Allocation:  # fmt: skip
    """Adds the row and makes whoever has the case by the latest of all rows its owner."""
    earlier = list(Allocation.objects.select_related("owner", "by").filter(case=case).order_by("at", "number"))
    if len(earlier) > seen:
        raise ConcurrentEdit(max(earlier, key=lambda row: row.number))
    is_authority = kind == "authority"
    now = timezone.now()
    row = Allocation.objects.create(
        case=case, number=len(earlier) + 1, kind=kind, owner_id=owner, skill=highest(skills),
        meets=list(policies_met(skills, london_date(at), under_pip2=supervised_by is not None)),
        supervised_by_id=supervised_by, at=at, at_words=words[:40], reason=several_lines(reason)[:1000],
        authorised_by_id=by.user if is_authority else None,
        expires_at=after_hours(at, AUTHORITY_HOURS) if is_authority else None, recorded_at=now, by_id=by.user,
    )  # fmt: skip
    if not earlier or earlier[-1].at <= row.at:
        _becomes_owner(case, owner, now)
        notify(to=[owner], kind="case_allocated", by=by, at=now, case=case.id)
    return row


def _becomes_owner(case: Case, owner: UUID, now: datetime) -> None:
    """The owner sees the case from now; whoever owned it before sees it only as far as they otherwise may."""
    case.owner_id = owner
    case.save(update_fields=["owner"])
    CaseMember.objects.filter(case=case, how="owner", to_at__isnull=True).exclude(user_id=owner).update(to_at=now)
    CaseMember.objects.update_or_create(
        case=case, user_id=owner, how="owner", defaults={"to_at": None}, create_defaults={"from_at": now}
    )


def _log(row: Allocation, by: Member, code: str) -> None:
    who = str(row.owner_id)
    audit(code, by=by, at=row.at, case=row.case_id, subject=str(row.id), fields=["owner", "reason"], recipient=who)


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
