"""Where a person may be reached safely, and who may see it."""

from django.conf import settings
from django.db import models
from django.db.models import Index, UniqueConstraint

from lodestar.casework.cases.models import Person
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, TenantModel


class SafeAddress(TenantModel):
    """Where a person is now, and how they may be contacted. Encrypted; on a page of its own; each showing is logged."""

    person = OtherTenantRow(Person)
    address = SealedTextField()
    contact = SealedTextField()
    is_reported = models.BooleanField(default=False, db_default=False)  # by another system or at the scene: nobody checked it
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        sensitive = frozenset({"address", "contact"})
        none = frozenset({"id", "tenant", "person", "is_reported", "recorded_at", "recorded_by"})

    class Meta:
        indexes = [Index(fields=["tenant", "person", "-recorded_at"], name="safe_address_latest")]


class SafeAddressViewer(TenantModel):
    """One of the named people who may be shown a person's safe address."""

    person = OtherTenantRow(Person)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        none = frozenset({"id", "tenant", "person", "user"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "person", "user"], name="safe_address_viewer_once")]
