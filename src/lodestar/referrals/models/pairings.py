"""Referrals beside crimes: who has the one without the other, and why."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from lodestar.cases.models import Person
from lodestar.tenancy.models import OtherTenantRow, TenantModel

SIDES = (
    ("no_crime", "A referral or notification, and no crime"),
    ("no_referral", "A crime, and no referral or notification"),
)
# Who has the one without the other, and somebody said why.
SETTLED = Q(settled=True) & (
    Q(referral_at__isnull=False, crime_at__isnull=True) | Q(crime_at__isnull=False, referral_at__isnull=True)
)


class Pairing(TenantModel):
    """When the last referral or notification, and the last crime number, of one person was recorded.

    `settled`: somebody said why the one is there without the other. It follows from other rows and is written with them.
    """

    person = OtherTenantRow(Person)
    referral_at = models.DateTimeField(null=True)
    crime_at = models.DateTimeField(null=True)
    settled = models.BooleanField(default=False)

    class Classified:
        none = frozenset({"id", "tenant", "person", "referral_at", "crime_at", "settled"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "person"], name="pairing_once")]
        indexes = [
            Index(
                fields=["tenant", "-referral_at", "-id"],
                name="pairing_no_crime",
                condition=Q(referral_at__isnull=False, crime_at__isnull=True, settled=False),
            ),
            Index(
                fields=["tenant", "-crime_at", "-id"],
                name="pairing_no_referral",
                condition=Q(crime_at__isnull=False, referral_at__isnull=True, settled=False),
            ),
            Index(fields=["tenant", "-id"], name="pairing_settled_alone", condition=SETTLED),
        ]


class PairingSettled(TenantModel):
    """A named person's reason why there is the one without the other. A later one stands beside the earlier."""

    person = OtherTenantRow(Person)
    side = models.CharField(max_length=12, choices=SIDES)
    reason = models.CharField(max_length=1000)
    settled_at = models.DateTimeField()
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        personal = frozenset({"reason"})
        none = frozenset({"id", "tenant", "person", "side", "settled_at", "settled_by"})

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(side__in=[code for code, _ in SIDES]), name="pairing_side_known"),
            CheckConstraint(condition=~Q(reason=""), name="pairing_settled_with_reason"),
        ]
        indexes = [Index(fields=["tenant", "person", "settled_at"], name="pairing_settled_person")]
