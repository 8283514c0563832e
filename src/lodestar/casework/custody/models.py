"""People on the lists of other systems of the force: who was arrested, and who was charged."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from lodestar.casework.cases.models import Person
from lodestar.casework.custody.rules import KINDS, MATCHED, STATES, UNDECIDED
from lodestar.platform.tenancy.models import OtherTenantRow, TenantModel, all_or_none


class ListedPerson(TenantModel):
    """One row of a list of people arrested or charged, and whose it is: a person of a case, by a reference or because somebody
    decided so; nobody recorded here; or not decided."""

    kind = models.CharField(max_length=10, choices=KINDS)
    reference = models.CharField(max_length=60)
    at = models.DateTimeField()
    name = models.CharField(max_length=200, blank=True)
    name_key = models.CharField(max_length=400, blank=True)
    birth_date = models.CharField(max_length=10, blank=True)
    act = models.CharField(max_length=200, blank=True)
    section = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=300, blank=True)
    is_immigration = models.BooleanField(default=False)
    arrived_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    immigration_informed_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=STATES, default=UNDECIDED)
    person = OtherTenantRow(Person, null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        personal = frozenset({"name", "name_key", "birth_date", "reference"})
        sensitive = frozenset({"act", "section", "title", "is_immigration", "immigration_informed_at"})
        none = frozenset(
            {
                "id", "tenant", "kind", "at", "arrived_at", "released_at", "state", "person", "decided_at", "decided_by",
                "imported_at", "imported_by",
            }
        )  # fmt: skip

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "kind", "reference", "act", "section", "title"], name="listed_person_once"),
            CheckConstraint(condition=Q(kind__in=[code for code, _ in KINDS]), name="listed_person_kind_known"),
            CheckConstraint(condition=Q(state__in=[code for code, _ in STATES]), name="listed_person_state_known"),
            CheckConstraint(condition=all_or_none("decided_at", "decided_by"), name="listed_person_decided_at_and_by"),
            CheckConstraint(condition=Q(state=MATCHED) ^ Q(person__isnull=True), name="listed_person_matched_to_somebody"),
        ]
        indexes = [
            Index(fields=["tenant", "name_key", "birth_date"], name="listed_person_waits", condition=Q(state=UNDECIDED)),
            Index(fields=["tenant", "person"], name="listed_person_person"),
        ]
