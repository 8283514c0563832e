"""What was decided on the referrals of somebody: of those that they recorded, and of the cases that they opened."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from lodestar.accounts.access import Member
from lodestar.cases.access import sees_cases, visible
from lodestar.cases.models import Case
from lodestar.referrals.models import Decision, Referral

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
    theirs = [_told(member, now).filter(referral__in=recorded), _told(member, now).filter(referral__person__case__in=opened)]
    newest = theirs[0].union(theirs[1]).order_by("-filed_at", "-id")[:most]
    rows = Decision.objects.select_related("referral__person__case").filter(id__in=[row for row, _ in newest])
    return list(rows.order_by("-filed_at", "-id")) if newest else []


def _told(member: Member, now: datetime) -> QuerySet[Decision, Any]:
    rows = Decision.objects.filter(visible(member, "referral__person__case__"), kind__in=TOLD, filed_at__gte=now - LOOKED_BACK)
    rows = rows.exclude(Exists(Decision.objects.filter(replaces=OuterRef("id"))))
    return rows.exclude(filed_by=member.user).exclude(referral__person__case__sealed=True).values_list("id", "filed_at")
