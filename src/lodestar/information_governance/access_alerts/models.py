"""What professional standards is alerted to: who looked at what, by counts and numbers, never by what stood there."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint

from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import RecordedRow, TenantModel

KINDS = (
    ("own_name", "Opened someone with their own family name"),
    ("colleague", "Opened someone with a colleague’s name"),
    ("address", "Opened or recorded someone at their own address"),
    ("night", "Many people in one night"),
    ("day", "Many people in one day"),
    ("refused", "Many refused look-ups in one hour"),
    ("leaving", "Exported or disclosed shortly before leaving"),
    ("emergency", "Emergency access"),
)


class StandardsAlert(TenantModel):
    """One alert about one member of staff. `cases` and `people` are numbers of the log; a later reckoning of the same night
    raises its count and nothing else. Taken up or of no concern: decided by a named person, with a reason."""

    kind = models.CharField(max_length=10, choices=KINDS)
    about = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    subject = models.CharField(max_length=60, blank=True)  # tells two of one day apart: a person's number, or which count
    number = models.PositiveIntegerField()
    cases = ArrayField(models.UUIDField(), default=list)
    people = ArrayField(models.UUIDField(), default=list)
    raised_at = models.DateTimeField()
    outcome = models.CharField(
        max_length=10, blank=True, choices=[("taken_up", "Under investigation"), ("no_concern", "No concern")]
    )
    because = SealedTextField(blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Classified:
        sensitive = frozenset({"because"})
        none = frozenset(
            {
                "id", "tenant", "kind", "about", "day", "subject", "number", "cases", "people", "raised_at", "outcome",
                "settled_at", "settled_by",
            }
        )  # fmt: skip

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "kind", "about", "day", "subject"], name="standards_alert_once"),
            CheckConstraint(condition=Q(kind__in=[code for code, _ in KINDS]), name="standards_alert_kind_known"),
            CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, outcome="")
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(outcome="")),
                name="standards_alert_settled_at_and_by",
            ),
            CheckConstraint(
                condition=Q(settled_by__isnull=True) | ~Q(settled_by=F("about")), name="standards_alert_settled_by_another"
            ),
        ]
        indexes = [Index(fields=["tenant", "-raised_at", "-id"], name="standards_alert_latest")]


class StaffAddress(RecordedRow):
    """By what the address of a member of staff would be known again: keyed hashes, as those of a person. The address itself is
    kept nowhere, and nothing is read back from these but that two are the same."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    marks = ArrayField(models.BigIntegerField())

    class Classified:
        sensitive = frozenset({"marks"})
        none = frozenset({"id", "tenant", "user", "recorded_at", "recorded_by"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "user"], name="staff_address_once")]
