"""Services that help, as their providers describe them, and what a person's place for the night was looked for by."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from lodestar.casework.cases.models import Person
from lodestar.casework.services.rules.records import service_words
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, RecordedRow, TenantModel, all_or_none

AREA_KINDS, CHANGES = service_words("area"), service_words("change")


class Service(TenantModel):
    """One service. `document` is its whole Open Referral UK record; the other columns are read from it whenever it is written
    (`actions.py`). `own_id` is the service's own id, which imports keep."""

    own_id = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    organisation = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=24)
    document = models.JSONField()
    facts = models.JSONField(default=dict)  # what matching reads: `rules/records.py` ServiceFacts
    needs = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    assured_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        none = frozenset(
            {
                "id", "tenant", "own_id", "name", "organisation", "status", "document", "facts", "needs", "languages",
                "assured_on", "version", "changed_at", "changed_by",
            }
        )  # fmt: skip

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "own_id"], name="service_own_id_once")]
        indexes = [Index(fields=["tenant", "status", "name", "id"], name="service_status_name")]


class ServiceChange(RecordedRow):
    """One change of a service: what kind, of which fields; of a count of places how many, who said so and when."""

    service = OtherTenantRow(Service)
    kind = models.CharField(max_length=10)
    fields = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    places = models.PositiveIntegerField(null=True)
    who_said = models.CharField(max_length=120, blank=True)
    said_at = models.DateTimeField(null=True)

    class Classified:
        personal = frozenset({"who_said"})
        none = frozenset({"id", "tenant", "service", "kind", "fields", "places", "said_at", "recorded_at", "recorded_by"})

    class Meta:
        constraints = [CheckConstraint(condition=Q(kind__in=sorted(CHANGES)), name="service_change_kind_known")]
        indexes = [Index(fields=["tenant", "service", "-recorded_at"], name="service_change_latest")]


class AvoidedArea(RecordedRow):
    """An area that a person must not be placed in, until somebody says that it no longer holds."""

    person = OtherTenantRow(Person)
    latitude = models.FloatField()
    longitude = models.FloatField()
    km = models.FloatField()
    kind = models.CharField(max_length=12)
    words = SealedTextField()  # the place as it was typed
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Classified:
        sensitive = frozenset({"latitude", "longitude", "km", "kind", "words"})
        none = frozenset({"id", "tenant", "person", "recorded_at", "recorded_by", "removed_at", "removed_by"})

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(kind__in=sorted(AREA_KINDS)), name="avoided_area_kind_known"),
            CheckConstraint(condition=all_or_none("removed_at", "removed_by"), name="avoided_area_removed_at_and_by"),
        ]
        indexes = [Index(fields=["tenant", "person"], name="avoided_area_person")]


class PlaceSearch(TenantModel):
    """What a place for the night was looked for by, for a person. The latest fills the page; all stay."""

    person = OtherTenantRow(Person)
    answers = SealedTextField()  # JSON
    missing = models.CharField(max_length=12, blank=True)  # where nobody could take them: the one thing that all lack, or `none`
    searched_at = models.DateTimeField()
    searched_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        sensitive = frozenset({"answers", "missing"})
        none = frozenset({"id", "tenant", "person", "searched_at", "searched_by"})

    class Meta:
        indexes = [Index(fields=["tenant", "person", "-searched_at"], name="place_search_latest")]
