"""What was recorded for one purpose and used for another."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Index, Q

from lodestar.cases.models.person import Person
from lodestar.cases.rules.purposes import RECORDED_FOR, USES
from lodestar.tenancy.fields import SealedTextField
from lodestar.tenancy.models import OtherTenantRow, TenantModel


class Crossing(TenantModel):
    """That something recorded for one purpose was used outside it: by whom it was received, under what power, and why. What was
    used stands nowhere here. Only ever added."""

    person = OtherTenantRow(Person)
    recorded_for = models.CharField(max_length=16)
    used_for = models.CharField(max_length=16)
    recipient = models.CharField(max_length=120)
    power = models.CharField(max_length=120)
    reason = SealedTextField()
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        sensitive = frozenset({"reason"})
        none = frozenset(
            {
                "id", "tenant", "person", "recorded_for", "used_for", "recipient", "power", "happened_at", "recorded_at",
                "recorded_by",
            }
        )  # fmt: skip

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(recorded_for__in=RECORDED_FOR) & Q(used_for__in=USES), name="crossing_purposes_known"
            ),
            CheckConstraint(condition=~Q(recipient="") & ~Q(power=""), name="crossing_says_to_whom_and_by_what"),
        ]
        indexes = [
            Index(fields=["tenant", "-happened_at", "-id"], name="crossing_latest"),
            Index(fields=["tenant", "person", "-happened_at"], name="crossing_person"),
        ]
