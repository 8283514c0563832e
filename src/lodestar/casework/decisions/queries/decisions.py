"""Named reads of decisions: those of a referral, what follows them, and the newest for who waits for them; and of letters of the
competent authority, and the referrals whose references they name."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from lodestar.casework.cases.access import sees_cases, visible
from lodestar.casework.cases.models import Case, Person
from lodestar.casework.decisions.models import Decision, Letter, LetterFiled
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.referrals.models import Referral, ReferralReference
from lodestar.casework.referrals.rules import found_by
from lodestar.platform.accounts.access import Member
from lodestar.platform.text.paging import Place

FOLLOWS = (
    "recovery_period_minimum", "consider_reconsideration", "plan_before_support_ends", "tell_cps",
    "section45_full_record", "tell_decision_safely", "answer_further_information", "watch_reconsideration_reply",
    "watch_reasonable_grounds_decision", "refer_nrm",
)  # fmt: skip


def decisions_of(referral: Referral) -> list[Decision]:
    """Every decision filed for a referral, in the order in which they were, the mistaken ones among them."""
    rows = Decision.objects.select_related("filed_by").filter(referral=referral)
    return list(rows.order_by("number"))


def following(person: Person) -> list[Obligation]:
    """What is open for a person that decisions bring or end, the soonest first, also what opens later."""
    rows = Obligation.objects.filter(person=person, code__in=FOLLOWS, state="open").exclude(
        code="tell_cps", moment__startswith="arrest"
    )
    return list(rows.order_by(F("due_at").asc(nulls_last=True), "code", "moment", "id"))


LOOKED_BACK = timedelta(days=60)
LATEST = 30  # of their cases, and of what they recorded
TOLD = ("rg_positive", "rg_negative", "cg_positive", "cg_negative", "info_asked", "disqualified", "cg_revoked")


def outcomes(member: Member, now: datetime, most: int = 3) -> Sequence[Decision]:
    """The newest that others filed, where the member still sees the case. What was put right is not told, and what is
    sealed is told nobody here. By the latest of theirs alone, so that it reads no more in a large force."""
    if not sees_cases(member):
        return []
    opened = Case.objects.filter(opened_by=member.user, sealed=False).order_by("-recorded_at").values("id")[:LATEST]
    recorded = Referral.objects.filter(recorded_by=member.user).order_by("-recorded_at").values("id")[:LATEST]
    rows = Decision.objects.filter(visible(member, "referral__person__case__"), kind__in=TOLD, filed_at__gte=now - LOOKED_BACK)
    rows = rows.exclude(Exists(Decision.objects.filter(replaces=OuterRef("id")))).exclude(filed_by=member.user)
    decisions = rows.exclude(referral__person__case__sealed=True).values_list("id", "filed_at")
    theirs = decisions.filter(referral__in=recorded).union(decisions.filter(referral__person__case__in=opened))
    newest = theirs.order_by("-filed_at", "-id")[:most]
    shown = Decision.objects.select_related("referral__person__case").filter(id__in=[row for row, _ in newest])
    return list(shown.order_by("-filed_at", "-id")) if newest else []


MOST_NAMED = 20  # referrals that one letter can name before it is nobody's in particular


def named_in(references: Iterable[str]) -> list[UUID]:
    """The referrals whose reference, as it was last written, is one of these. A mistaken one names nothing."""
    asked = list(references)
    rows = list(ReferralReference.objects.filter(found_by__in=asked).values_list("referral", flat=True)[:MOST_NAMED])
    standing: dict[UUID, str] = {}
    for row in ReferralReference.objects.filter(referral__in=rows).order_by("recorded_at", "id"):
        standing[row.referral_id] = row.found_by
    return [referral for referral, written in standing.items() if written in set(asked)]


def seen_of(member: Member, referrals: Iterable[UUID]) -> list[Referral]:
    """Those of these referrals whose cases the member sees."""
    rows = Referral.objects.select_related("person__case").filter(visible(member, "person__case__"), id__in=list(referrals))
    return list(rows.order_by("sent_at", "id"))


def referrals_written(member: Member, words: str) -> list[Referral]:
    """The referrals that somebody means by a reference, or by the number of a case; of those the member sees."""
    case = Q(person__case__reference=words.strip().upper(), route="nrm")
    rows = Referral.objects.select_related("person__case").filter(visible(member, "person__case__"))
    return list(rows.filter(Q(id__in=named_in([found_by(words)])) | case).order_by("sent_at", "id")[:MOST_NAMED])


def waiting(most: int, after: Place | None) -> list[Letter]:
    """What nobody has filed, the latest first, after a place."""
    rows = Letter.objects.select_related("added_by").filter(waits=True)
    if after is not None and after.at is not None:
        rows = rows.filter(added_at__lte=after.at).filter(Q(added_at__lt=after.at) | Q(id__lt=after.id))
    return list(rows.order_by("-added_at", "-id")[:most])


def letters_of(referral: Referral) -> list[Letter]:
    """The letters filed to a referral, the latest first."""
    rows = LetterFiled.objects.select_related("letter").filter(referral=referral).order_by("-filed_at", "-id")
    return [row.letter for row in rows]


def filings_of(member: Member, letter: Letter) -> list[LetterFiled]:
    """Where a letter was filed, of what the member sees; and that it was put aside."""
    rows = LetterFiled.objects.select_related("referral__person__case", "filed_by").filter(letter=letter)
    return list(rows.filter(Q(referral__isnull=True) | visible(member, "referral__person__case__")).order_by("filed_at", "id"))
