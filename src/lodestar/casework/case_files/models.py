"""Photographs and papers of a case."""

from django.conf import settings
from django.db import models
from django.db.models import Index, UniqueConstraint

from lodestar.casework.cases.models import Case
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, TenantModel


class CaseFile(TenantModel):
    """A photograph or paper on a case. Its bytes lie encrypted in the one store, under the keyed hash of what they were.

    `original` is where a picture lies byte for byte as it was added, where `sha256` holds what is handed out of it; empty
    where both are one, and for pictures of before it was kept. `fingerprint` is the plain SHA-256 of what was added.
    """

    case = OtherTenantRow(Case)
    sha256 = models.CharField(max_length=64)
    original = models.CharField(max_length=64, blank=True, default="", db_default="")
    fingerprint = models.CharField(max_length=64, blank=True, default="", db_default="")
    name = SealedTextField()
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        sensitive = frozenset({"name"})
        none = frozenset(
            {
                "id", "tenant", "case", "sha256", "original", "fingerprint", "media_type", "size", "added_at",
                "added_by",
            }
        )  # fmt: skip

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "case", "sha256"], name="case_file_once")]
        indexes = [Index(fields=["tenant", "case", "-added_at"], name="case_file_case")]
