"""What somebody else said of a referral on looking it over. Rows are only ever added; none is ever waited for."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Index, Q

from lodestar.referrals.models.writing import Writing
from lodestar.tenancy.models import OtherTenantRow, TenantModel


class Review(TenantModel):
    """One comment on the text of a referral while it is written: about the form, and no part of what goes."""

    writing = OtherTenantRow(Writing)
    comment = models.CharField(max_length=2000)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        sensitive = frozenset({"comment"})
        none = frozenset({"id", "tenant", "writing", "said_at", "said_by"})

    class Meta:
        constraints = [CheckConstraint(condition=~Q(comment=""), name="review_says_something")]
        indexes = [Index(fields=["tenant", "writing", "said_at", "id"], name="review_writing")]
