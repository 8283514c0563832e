"""Named reads of decisions: those of a referral, what follows them, and the newest for who waits for them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from lodestar.casework.cases.access import sees_cases, visible
from lodestar.casework.cases.models import Case, Person
from lodestar.casework.decisions.models import Decision
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.referrals.models import Referral
from lodestar.platform.accounts.access import Member

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
    decisions = _newest_decisions(member, now)
    theirs = decisions.filter(referral__in=recorded).union(decisions.filter(referral__person__case__in=opened))
    newest = theirs.order_by("-filed_at", "-id")[:most]
    rows = Decision.objects.select_related("referral__person__case").filter(id__in=[row for row, _ in newest])
    return list(rows.order_by("-filed_at", "-id")) if newest else []


def _newest_decisions(member: Member, now: datetime) -> QuerySet[Decision, Any]:
    rows = Decision.objects.filter(visible(member, "referral__person__case__"), kind__in=TOLD, filed_at__gte=now - LOOKED_BACK)
    rows = rows.exclude(Exists(Decision.objects.filter(replaces=OuterRef("id"))))
    return rows.exclude(filed_by=member.user).exclude(referral__person__case__sealed=True).values_list("id", "filed_at")
