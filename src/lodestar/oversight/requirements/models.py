"""Requirements by edition, what is linked to each as evidence, and dated words of officers."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Index, Q, UniqueConstraint

from lodestar.oversight.requirements.rules import REQUIREMENT_KINDS
from lodestar.platform.approvals.models import checks
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, TenantModel, all_or_none


def _user(**options: Any) -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **options)


class Requirement(TenantModel):
    """One thing that the force has to be able to do, by its standard and code there, from the day of its edition until the next
    edition ends it. `is_verified`: the text was compared with its source."""

    standard = models.CharField(max_length=40)
    code = models.CharField(max_length=20)
    edition = models.DateField()
    until = models.DateField(null=True)
    kind = models.CharField(max_length=20)
    text = models.TextField()
    is_verified = models.BooleanField(default=False)
    source = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()
    recorded_by = _user()

    class Classified:
        none = frozenset({"id", "tenant", "standard", "code", "edition", "until", "kind", "text", "is_verified", "source",
                          "recorded_at", "recorded_by"})  # fmt: skip

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "standard", "code", "edition"], name="requirement_edition_once"),
            UniqueConstraint(
                fields=["tenant", "standard", "code"], condition=Q(until__isnull=True), name="requirement_in_force_once"
            ),
            *checks(
                "requirement",
                kind_known=Q(kind__in=[*REQUIREMENT_KINDS]),
                days_in_order=Q(until__isnull=True) | Q(until__gte=F("edition")),
            ),
        ]


class RequirementLink(TenantModel):
    """That something is evidence for a requirement, from when until when; by its kind and key (`evidence.Reference`)."""

    requirement = OtherTenantRow(Requirement, related_name="links")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=100)
    reason = SealedTextField(blank=True, default=b"")
    added_at = models.DateTimeField()
    added_by = _user()
    removed_at = models.DateTimeField(null=True)
    removed_by = _user(null=True)
    removed_because = SealedTextField(blank=True, default=b"")

    class Classified:
        none = frozenset({"id", "tenant", "requirement", "kind", "key", "added_at", "added_by", "removed_at", "removed_by"})
        personal = frozenset({"reason", "removed_because"})

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["tenant", "requirement", "kind", "key"],
                condition=Q(removed_at__isnull=True),
                name="requirement_link_once",
            ),
            *checks("requirement_link", removed_whole=all_or_none("removed_at", "removed_by")),
        ]
        indexes = [Index(fields=["tenant", "kind", "key"], name="requirement_link_key")]


class Statement(TenantModel):
    """What an officer says of a requirement, in words that may be published, and on which day. Only ever added."""

    words = models.TextField()
    said_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = _user()

    class Classified:
        none = frozenset({"id", "tenant", "words", "said_on", "recorded_at", "recorded_by"})
