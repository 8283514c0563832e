"""The thin hub: a case, the operation it belongs to, and who may see it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from lodestar.tenancy.models import OtherTenantRow, TenantModel


class OperationGroup(TenantModel):
    """An operation: it groups cases."""

    name = models.CharField(max_length=120)

    class Classified:
        none = frozenset({"id", "tenant", "name"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "name"], name="operation_name_once")]


class CaseNumber(TenantModel):
    """The last number given to a case of a year."""

    year = models.SmallIntegerField()
    last = models.IntegerField(default=0)

    class Classified:
        none = frozenset({"id", "tenant", "year", "last"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "year"], name="case_number_year")]


class Case(TenantModel):
    """What groups concerns, people and everything that follows. Each app keeps its own rows beside it."""

    reference = models.CharField(max_length=20)
    unit = OtherTenantRow("accounts.Unit")
    operation = OtherTenantRow(OperationGroup, null=True, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    interim_owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    encountered_at = models.DateTimeField()  # chooses the rules
    encountered_as = models.CharField(max_length=40, blank=True)  # the words typed, when they were not a whole instant
    recorded_at = models.DateTimeField()
    what = models.CharField(max_length=2000, blank=True)
    place = models.CharField(max_length=300, blank=True)
    nation = models.CharField(max_length=20, default="england")
    police_areas = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    controller_there = models.CharField(max_length=10, blank=True)  # yes, no, not_sure, or not answered
    organised_group = models.BooleanField(null=True)
    people_out_of_force = models.BooleanField(null=True)
    links_abroad = models.BooleanField(null=True)
    deaths = models.PositiveSmallIntegerField(default=0)
    diplomat = models.BooleanField(null=True)
    sealed = models.BooleanField(default=False)
    seal_reason = models.CharField(max_length=400, blank=True)
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    imported_as = models.CharField(max_length=120, null=True)  # the sender's own reference, so that a repeat is known
    version = models.PositiveIntegerField(default=1)

    class Classified:
        none = frozenset(
            {
                "id", "tenant", "reference", "unit", "operation", "opened_by", "interim_owner", "owner", "encountered_at",
                "encountered_as", "recorded_at", "nation", "police_areas", "controller_there", "organised_group",
                "people_out_of_force", "links_abroad", "deaths", "diplomat", "sealed", "sealed_by", "version",
            }
        )  # fmt: skip
        personal = frozenset({"what", "place", "imported_as"})
        sensitive = frozenset({"seal_reason"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "reference"], name="case_reference_once"),
            UniqueConstraint(
                fields=["tenant", "imported_as"], name="case_imported_once", condition=Q(imported_as__isnull=False)
            ),
            CheckConstraint(condition=Q(controller_there__in=["", "yes", "no", "not_sure"]), name="case_controller_answer"),
            CheckConstraint(
                condition=Q(sealed=False, sealed_by__isnull=True) | Q(sealed=True), name="case_sealed_by_while_sealed"
            ),
        ]
        indexes = [
            Index(fields=["tenant", "-recorded_at", "id"], name="case_latest"),
            Index(fields=["tenant", "unit", "-recorded_at", "id"], name="case_unit"),
            Index(fields=["tenant", "opened_by", "-recorded_at", "id"], name="case_opened_by"),
        ]


class CaseMember(TenantModel):
    """Someone who may see a case because they opened it, were given it, own it, or used emergency access."""

    case = OtherTenantRow(Case)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(
        max_length=12,
        choices=[("opened", "opened it"), ("given", "was given it"), ("owner", "owns it"), ("emergency", "emergency access")],
    )
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)

    class Classified:
        none = frozenset({"id", "tenant", "case", "user", "how", "from_at", "to_at"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "case", "user", "how"], name="case_member_once")]
        indexes = [Index(fields=["tenant", "user", "case"], name="case_member_user")]


class SealOwner(TenantModel):
    """One of the named owners of a sealed case: they alone know that it exists."""

    case = OtherTenantRow(Case)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        none = frozenset({"id", "tenant", "case", "user"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "case", "user"], name="seal_owner_once")]
        indexes = [Index(fields=["tenant", "user", "case"], name="seal_owner_user")]
