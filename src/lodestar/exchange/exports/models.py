"""How packs for the force's own systems are made up, and the references that came back from there."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from lodestar.casework.cases.models import Case
from lodestar.platform.tenancy.models import OtherTenantRow, RecordedRow, TenantModel, all_or_none

CAME_BACK = (("incident_log", "Incident log"), ("intelligence", "Intelligence system"))


class PackOrder(TenantModel):
    """The order and the labels of a force's own crime system, from the day on which they were filed. The latest filed holds;
    none is ever removed, so that it can be told in which order a pack of a day was made."""

    system = models.CharField(max_length=80)  # what the force's crime system is called
    fields = models.JSONField()  # pairs of a code of `reference/crime_pack.toml` and the system's own label
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        none = frozenset({"id", "tenant", "system", "fields", "filed_at", "filed_by"})

    class Meta:
        constraints = [CheckConstraint(condition=~Q(system=""), name="pack_order_names_its_system")]
        indexes = [Index(fields=["tenant", "-filed_at", "-id"], name="pack_order_latest")]


class ExternalReference(RecordedRow):
    """The reference under which another system of the force holds what went there: its incident log, or its intelligence system.
    Nothing of the graded log is held here. One that was written wrongly is taken back, and stays as that."""

    case = OtherTenantRow(Case)
    kind = models.CharField(max_length=12, choices=CAME_BACK)
    reference = models.CharField(max_length=60)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Classified:
        personal = frozenset({"reference"})
        none = frozenset({"id", "tenant", "case", "kind", "recorded_at", "recorded_by", "taken_back_at", "taken_back_by"})

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["tenant", "case", "kind", "reference"], name="came_back_once", condition=Q(taken_back_at__isnull=True)
            ),
            CheckConstraint(condition=Q(kind__in=[code for code, _ in CAME_BACK]), name="came_back_kind_known"),
            CheckConstraint(condition=~Q(reference=""), name="came_back_says_which"),
            CheckConstraint(condition=all_or_none("taken_back_at", "taken_back_by"), name="came_back_taken_back_at_and_by"),
        ]
