"""What the competent authority decided on a referral. Rows are only ever added: a mistake is put right by another."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from lodestar.referrals.models.sent import Referral
from lodestar.tenancy.models import OtherTenantRow, TenantModel

KINDS = (
    ("rg_positive", "Reasonable grounds: positive"),
    ("rg_negative", "Reasonable grounds: negative"),
    ("cg_positive", "Conclusive grounds: positive"),
    ("cg_negative", "Conclusive grounds: negative"),
    ("withdrawn", "Withdrawn"),
    ("suspended", "Suspended"),
)


class Decision(TenantModel):
    """One decision on one referral: which, on what day, and the day of its notice where that is known.

    `replaces` is the earlier row that this one puts right; what was replaced no longer counts, and stays to be read.
    """

    referral = OtherTenantRow(Referral, related_name="decisions")
    number = models.PositiveSmallIntegerField()  # of that referral; two written at once cannot both be the next
    kind = models.CharField(max_length=12, choices=KINDS)
    decided_on = models.DateField()
    notice_on = models.DateField(null=True)
    replaces = OtherTenantRow("self", null=True)
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        sensitive = frozenset({"kind", "decided_on", "notice_on"})
        none = frozenset({"id", "tenant", "referral", "number", "replaces", "filed_at", "filed_by"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "referral", "number"], name="decision_number_once"),
            UniqueConstraint(
                fields=["tenant", "replaces"], name="decision_replaced_once", condition=Q(replaces__isnull=False)
            ),
            CheckConstraint(condition=Q(kind__in=[code for code, _ in KINDS]), name="decision_kind_known"),
            CheckConstraint(
                condition=Q(notice_on__isnull=True) | Q(notice_on__gte=F("decided_on")),
                name="decision_notice_not_before",
            ),
        ]
