"""Who has read what: so that a reader of an older version is told what changed, and a team's reading can be counted."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from lodestar.accounts.models import Unit
from lodestar.guidance.models.library import Version
from lodestar.tenancy.models import OtherTenantRow, TenantModel


class Reading(TenantModel):
    """Somebody opened a version, for the first time at `opened_at`; `understood_at` is when they said they understood it.

    It is shown to nobody by name: a team sees counts. `unit` is where they were at work when they opened it.
    """

    version = OtherTenantRow(Version)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    unit = OtherTenantRow(Unit)
    opened_at = models.DateTimeField()
    understood_at = models.DateTimeField(null=True)
    withdrawal_seen_at = models.DateTimeField(null=True)  # when they opened it after it was withdrawn, with the reason

    class Classified:
        personal = frozenset({"user", "opened_at", "understood_at", "withdrawal_seen_at"})
        none = frozenset({"id", "tenant", "version", "unit"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "user", "version"], name="guidance_reading_once"),
            CheckConstraint(
                condition=Q(understood_at__isnull=True) | Q(understood_at__gte=models.F("opened_at")),
                name="guidance_reading_opened_before_understood",
            ),
        ]
        indexes = [Index(fields=["tenant", "version"], name="guidance_reading_version")]
