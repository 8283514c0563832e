"""Named reads of what has gone to the Home Office: of a person, of a period, and its references."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from lodestar.casework.referrals.models import Referral, ReferralReference


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


MADE, RECEIVED = "made_by_us", "received_for_investigation"


def sent_in(begins: datetime, ends: datetime) -> QuerySet[Referral]:
    """Those that were sent, by us or by others, from `begins` up to `ends`."""
    return Referral.objects.filter(person__case__sealed=False, sent_at__gte=begins, sent_at__lt=ends)
