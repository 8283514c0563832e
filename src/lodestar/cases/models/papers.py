"""What is kept apart: safe addresses, and files."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint

from lodestar.cases.models.case import Case
from lodestar.cases.models.person import Person
from lodestar.cases.rules.disclosures import USES
from lodestar.tenancy.fields import SealedTextField
from lodestar.tenancy.models import OtherTenantRow, TenantModel, all_or_none


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


class AddressDisclosure(TenantModel):
    """That somebody outside is to be told a safe address, or was: asked by one, decided by a detective inspector who did not
    ask, then told. `happened_without`: it had been told before anybody decided; it stays counted; where that was approved
    for another time, `first_asked_by` is who had asked, and `told_outside` of what they asked says it. The address stands
    nowhere here."""

    person = OtherTenantRow(Person)
    recipient = models.CharField(max_length=120)
    power = models.CharField(max_length=120)  # the purpose and the power under which it is told
    use = models.CharField(max_length=16, blank=True, default="", db_default="")  # empty: told before it was asked
    reason = SealedTextField()
    crossing = SealedTextField(blank=True, default=b"")  # why, where that is outside the purpose it was recorded for
    happened_without = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved = models.BooleanField(null=True)
    because = SealedTextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    told_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    first_asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    told_outside = models.BooleanField(default=False, db_default=False)

    class Classified:
        sensitive = frozenset({"reason", "crossing", "because"})
        none = frozenset(
            {
                "id", "tenant", "person", "recipient", "power", "use", "happened_without", "asked_at", "asked_by", "approved",
                "decided_at", "decided_by", "told_at", "told_by", "first_asked_by", "told_outside",
            }
        )  # fmt: skip

    class Meta:
        indexes = [
            Index(fields=["tenant", "person", "-asked_at", "id"], name="address_telling_person"),
            Index(fields=["tenant", "asked_at", "id"], name="address_telling_waits", condition=Q(decided_at__isnull=True)),
            Index(fields=["tenant", "told_at"], name="address_telling_without", condition=Q(happened_without=True)),
        ]
        constraints = [
            CheckConstraint(condition=Q(use__in=["", *USES]), name="address_telling_use_known"),
            CheckConstraint(condition=~Q(recipient="") & ~Q(power=""), name="address_telling_says_to_whom_and_why"),
            CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, approved__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False, approved__isnull=False),
                name="address_telling_decided_at_and_by",
            ),
            CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name="address_telling_by_two"
            ),
            CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(first_asked_by__isnull=True) | ~Q(decided_by=F("first_asked_by")),
                name="address_telling_not_by_who_asked_first",
            ),
            CheckConstraint(
                condition=Q(told_outside=False) | Q(happened_without=False, told_at__isnull=True),
                name="address_telling_outside_is_not_as_approved",
            ),
            CheckConstraint(condition=all_or_none("told_at", "told_by"), name="address_telling_told_at_and_by"),
            CheckConstraint(
                condition=Q(told_at__isnull=True) | Q(happened_without=True) | Q(approved=True, approved__isnull=False),
                name="address_telling_told_as_decided",
            ),
        ]


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
