"""What was used for another purpose, what immigration is told, and what was decided of texts before they left."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, F, Index, Q

from lodestar.casework.cases.models import Person
from lodestar.casework.disclosures.rules import PURPOSES, RECORDED_FOR, USES, WAYS
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, TenantModel, all_or_none


class PurposeChange(TenantModel):
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


def _codes() -> ArrayField:
    return ArrayField(models.CharField(max_length=16))


class ImmigrationDisclosure(TenantModel):
    """That Immigration Enforcement is to be told of a person, or was: proposed by one, decided by a detective inspector who did
    not ask, then told. `happened_without`: it had been told before anybody approved it, and stays counted; where that was of a
    proposal, `proposed_by` is whose, and `told_outside` of the proposal says that it was told, but at no time for which it was
    approved."""

    person = OtherTenantRow(Person)
    way = models.CharField(max_length=16)
    recipient = models.CharField(max_length=120)
    power = models.CharField(max_length=120)
    purposes = _codes()
    parts = _codes()  # for which purposes that was recorded which is told
    what = SealedTextField(blank=True, default=b"")  # what is told; of another use alone its reason says it
    reason = SealedTextField()
    happened_without = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved = models.BooleanField(null=True)
    because = SealedTextField(blank=True, default=b"")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    told_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    told_outside = models.BooleanField(default=False, db_default=False)

    class Classified:
        sensitive = frozenset({"what", "reason", "because"})
        none = frozenset(
            {
                "id", "tenant", "person", "way", "recipient", "power", "purposes", "parts", "happened_without", "asked_at",
                "asked_by", "approved", "decided_at", "decided_by", "told_at", "told_by", "proposed_by", "told_outside",
            }
        )  # fmt: skip

    class Meta:
        indexes = [
            Index(fields=["tenant", "person", "-asked_at", "id"], name="immigration_person"),
            Index(fields=["tenant", "asked_at", "id"], name="immigration_waits", condition=Q(decided_at__isnull=True)),
            Index(fields=["tenant", "told_at"], name="immigration_without", condition=Q(happened_without=True)),
        ]
        constraints = [
            CheckConstraint(condition=Q(way__in=WAYS), name="immigration_way_known"),
            CheckConstraint(
                condition=Q(purposes__contained_by=list(PURPOSES), purposes__len__gt=0), name="immigration_purposes_known"
            ),
            CheckConstraint(
                condition=Q(parts__contained_by=list(RECORDED_FOR), parts__len__gt=0), name="immigration_parts_known"
            ),
            CheckConstraint(
                condition=Q(happened_without=True) | ~Q(purposes=["safeguarding"]), name="immigration_not_safeguarding_alone"
            ),
            CheckConstraint(condition=~Q(recipient="") & ~Q(power=""), name="immigration_says_to_whom_and_by_what"),
            CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, approved__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False, approved__isnull=False),
                name="immigration_decided_at_and_by",
            ),
            CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name="immigration_by_two"
            ),
            CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(proposed_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="immigration_not_by_who_proposed",
            ),
            CheckConstraint(
                condition=Q(told_outside=False) | Q(happened_without=False, told_at__isnull=True),
                name="immigration_told_outside_is_not_as_approved",
            ),
            CheckConstraint(condition=all_or_none("told_at", "told_by"), name="immigration_told_at_and_by"),
            CheckConstraint(
                condition=Q(told_at__isnull=True) | Q(happened_without=True) | Q(approved=True, approved__isnull=False),
                name="immigration_told_as_decided",
            ),
            CheckConstraint(
                condition=Q(happened_without=False) | Q(told_at__isnull=False), name="immigration_without_is_told"
            ),
        ]


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
