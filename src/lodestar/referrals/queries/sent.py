"""Named reads of what has gone to the Home Office: the route of a person, referrals of a period, what was decided, and letters of
the competent authority.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from lodestar.accounts.access import Member
from lodestar.cases.access import sees_cases, visible
from lodestar.cases.models import Case, Obligation, Person
from lodestar.cases.queries.facts import Parts, encounters
from lodestar.cases.queries.settings import settings_in_force
from lodestar.cases.rules.encounter_reading import PersonReading, reading
from lodestar.kernel.paging import Place
from lodestar.referrals.models import Decision, Letter, LetterFiled, Referral, ReferralReference
from lodestar.referrals.rules import Route, route
from lodestar.referrals.rules.letters import found_by


def read_now(person: Person, people: Sequence[Person] | None = None, parts: Parts | None = None) -> PersonReading:
    """The person as the rules read what is recorded now: their route, and whether they are treated as a child. `people` are
    all those of the case and `parts` what hangs on them, from a caller who has them already."""
    encounter = encounters([person.case], persons=people, parts=parts)[person.case_id]
    return next(subject for subject in reading(encounter, settings_in_force()).people if subject.id == str(person.id))


def referrals_of(people: Sequence[UUID]) -> list[Referral]:
    """Referrals and notifications about these people, the earliest first, with their references."""
    rows = Referral.objects.select_related("recorded_by", "consent").prefetch_related("references")
    return list(rows.filter(person__in=people).order_by("sent_at", "number"))


def references_in(case: UUID) -> QuerySet[ReferralReference, Any]:
    """Every reference that the Home Office gave of the people of a case, and whose it is."""
    return ReferralReference.objects.filter(referral__person__case=case).values_list("referral__person", "reference")


def reference_of(referral: Referral) -> str:
    """The reference as it was last written; empty when none has come."""
    written = sorted(referral.references.all(), key=lambda row: (row.recorded_at, row.id))
    return written[-1].reference if written else ""


def route_now(person: Person) -> Route:
    """The route of a person by what is recorded now."""
    return route(encounters([person.case])[person.case_id], str(person.id), settings_in_force())


def is_age_owed(person: Person) -> bool:
    """Whether it is still to be found out how old the person may be."""
    return Obligation.objects.filter(person=person, code="establish_age", state="open").exists()


def long_stop(person: Person) -> datetime | None:
    """When the long-stop for a valid answer is, while one is owed (force policy, not law)."""
    rows = Obligation.objects.filter(person=person, code="reach_nrm_or_dtn", state="open", due_at__isnull=False)
    return rows.order_by("due_at").values_list("due_at", flat=True).first()


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


MADE, RECEIVED = "made_by_us", "received_for_investigation"


def sent_in(begins: datetime, ends: datetime) -> QuerySet[Referral]:
    """Those that were sent, by us or by others, from `begins` up to `ends`."""
    return Referral.objects.filter(person__case__sealed=False, sent_at__gte=begins, sent_at__lt=ends)


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
    decisions = _newest_decisions(member, now)
    theirs = decisions.filter(referral__in=recorded).union(decisions.filter(referral__person__case__in=opened))
    newest = theirs.order_by("-filed_at", "-id")[:most]
    rows = Decision.objects.select_related("referral__person__case").filter(id__in=[row for row, _ in newest])
    return list(rows.order_by("-filed_at", "-id")) if newest else []


def _newest_decisions(member: Member, now: datetime) -> QuerySet[Decision, Any]:
    rows = Decision.objects.filter(visible(member, "referral__person__case__"), kind__in=TOLD, filed_at__gte=now - LOOKED_BACK)
    rows = rows.exclude(Exists(Decision.objects.filter(replaces=OuterRef("id"))))
    return rows.exclude(filed_by=member.user).exclude(referral__person__case__sealed=True).values_list("id", "filed_at")


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


def is_review_offered(day: date) -> bool:
    """Whether the force's setting of that day offers it."""
    return settings_in_force().on(day)["gatekeeper_review"] == "offered"
