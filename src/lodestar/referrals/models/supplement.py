"""What went to the Home Office after a referral, to complete it. Rows are only ever added."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Index

from lodestar.referrals.models.sent import Referral
from lodestar.tenancy.models import OtherTenantRow, TenantModel


class Supplement(TenantModel):
    """Supplementary information on a referral: when it was sent, how, and which answers it held (their codes alone)."""

    referral = OtherTenantRow(Referral, related_name="supplements", db_index=False)
    sent_at = models.DateTimeField()
    sent_words = models.CharField(max_length=40, blank=True)  # what was typed, when that was no whole instant
    how = models.CharField(max_length=200, blank=True)  # by which way, to whom
    codes = ArrayField(models.CharField(max_length=90), default=list, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        personal = frozenset({"how"})
        none = frozenset({"id", "tenant", "referral", "sent_at", "sent_words", "codes", "recorded_at", "recorded_by"})

    class Meta:
        indexes = [Index(fields=["tenant", "referral", "sent_at"], name="supplement_latest")]
