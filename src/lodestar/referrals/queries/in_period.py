"""Referrals and notifications of a period, of cases that are not sealed: one definition for whatever counts them. What we made
and what we received to investigate are told apart by `direction`, and never counted together."""

from datetime import datetime

from django.db.models import QuerySet

from lodestar.referrals.models import Referral

MADE, RECEIVED = "made_by_us", "received_for_investigation"


def sent_in(begins: datetime, ends: datetime) -> QuerySet[Referral]:
    """Those that were sent, by us or by others, from `begins` up to `ends`."""
    return Referral.objects.filter(person__case__sealed=False, sent_at__gte=begins, sent_at__lt=ends)
