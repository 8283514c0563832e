"""Where one referral is, in a row that follows from what was decided."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from lodestar.referrals.models.sent import Referral
from lodestar.tenancy.models import OtherTenantRow, TenantModel

STATES = (
    ("waiting", "Waiting for a first decision"),
    ("rg_positive", "Reasonable grounds: positive"),
    ("rg_negative", "Reasonable grounds: negative"),
    ("cg_positive", "Conclusive grounds: positive"),
    ("cg_negative", "Conclusive grounds: negative"),
    ("reconsidered", "Reconsideration asked for"),
    ("suspended", "Suspended"),
    ("withdrawn", "Withdrawn"),
    ("disqualified", "Disqualified"),
    ("cg_revoked", "Conclusive grounds: revoked"),
    ("told", "Duty to Notify: sent, no decision follows"),
)


class ReferralStatus(TenantModel):
    """Where one referral stands. `returned`: further information is asked for and has not been sent.

    `first` is what was decided first of it, empty while nothing is. `open_checks` are those of the referral, kept beside it so
    that counting reads one table; null where it was not written here.
    """

    referral = OtherTenantRow(Referral, related_name="now")
    direction = models.CharField(max_length=30)
    unit = OtherTenantRow("accounts.Unit")
    sent_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=STATES)
    returned = models.BooleanField(default=False)
    first = models.CharField(max_length=12, blank=True, default="", db_default="")
    open_checks = ArrayField(models.CharField(max_length=8), null=True)

    class Classified:
        sensitive = frozenset({"state", "returned", "first"})
        none = frozenset({"id", "tenant", "referral", "direction", "unit", "sent_at", "open_checks"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "referral"], name="referral_now_once"),
            CheckConstraint(condition=Q(state__in=[code for code, _ in STATES]), name="referral_now_state_known"),
            CheckConstraint(condition=Q(first__in=["", "rg_positive", "rg_negative"]), name="referral_now_first_known"),
        ]
        indexes = [
            Index(fields=["tenant", "direction", "-sent_at", "-id"], name="referral_now_all"),
            Index(fields=["tenant", "direction", "state", "-sent_at", "-id"], name="referral_now_state"),
            Index(fields=["tenant", "direction", "unit", "-sent_at", "-id"], name="referral_now_unit"),
            Index(fields=["tenant", "direction", "unit", "state", "-sent_at", "-id"], name="referral_now_unit_state"),
            Index(
                fields=["tenant", "direction", "-sent_at", "-id"], name="referral_now_returned", condition=Q(returned=True)
            ),
        ]
