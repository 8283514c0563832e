"""What was given out for a period, kept as it was: a later table cannot be taken away from an earlier one."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from lodestar.platform.tenancy.models import OtherTenantRow, TenantModel

IN_DOCUMENTS = (("response", "Response to a report"), ("pack", "Board pack"))  # what left in a document, by its own period
KINDS = (("aggregate", "Figures for partners"), ("figure", "The six failings"), ("return", "Monthly return"), *IN_DOCUMENTS)


class Release(TenantModel):
    """One table of one period, made once: asking for the same again gives the same."""

    kind = models.CharField(max_length=10, choices=KINDS)
    period = models.CharField(max_length=40)  # 2026-Q3, or 2026-10; of a document its id
    content = models.JSONField()  # counts without anybody in them, small ones hidden
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        none = frozenset({"id", "tenant", "kind", "period", "content", "made_at", "made_by"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "kind", "period"], name="release_once"),
            CheckConstraint(condition=Q(kind__in=[code for code, _ in KINDS]), name="release_kind_known"),
        ]


class ReleaseGiven(TenantModel):
    """That a table went to somebody, why, and in whose hands it was: the register of what left. Only ever added."""

    release = OtherTenantRow(Release, related_name="given")
    recipient = models.CharField(max_length=200)
    reason = models.CharField(max_length=400)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        personal = frozenset({"recipient", "reason"})
        none = frozenset({"id", "tenant", "release", "given_at", "given_by"})

    class Meta:
        constraints = [
            CheckConstraint(condition=~Q(recipient="") & ~Q(reason=""), name="release_given_to_somebody_for_something")
        ]
        indexes = [Index(fields=["tenant", "release", "-given_at", "-id"], name="release_given_latest")]
