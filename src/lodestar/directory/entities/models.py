"""Places and organisations that cases have in common. No case is named here: links to cases are made above."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Index, Q

from lodestar.directory.entities.rules import PLACE_KINDS
from lodestar.platform.tenancy.models import RecordedRow, all_or_none


class Entity(RecordedRow):
    """A thing that cases have in common. `keys` are keyed hashes of what it is found again by (`rules.py`)."""

    name = models.CharField(max_length=120, blank=True)
    keys = ArrayField(models.BigIntegerField(), default=list)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class Place(Entity):
    """A place where people are exploited, met or housed by exploiters; never where a victim is safe."""

    kind = models.CharField(max_length=20)
    address_line = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    uprn = models.CharField(max_length=12, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)

    class Classified:
        personal = frozenset({"name", "address_line", "postcode", "uprn", "latitude", "longitude", "keys"})
        none = frozenset({"id", "tenant", "kind", "version", "recorded_at", "recorded_by"})

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(kind__in=sorted(PLACE_KINDS)), name="entity_place_kind_known"),
            CheckConstraint(condition=all_or_none("latitude", "longitude"), name="place_both_coordinates"),
        ]
        indexes = [Index(fields=["tenant", "name", "id"], name="place_by_name")]


class Organisation(Entity):
    """A business or another organisation that cases name."""

    company_number = models.CharField(max_length=8, blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    website = models.CharField(max_length=200, blank=True)

    class Classified:
        personal = frozenset({"name", "company_number", "telephone", "website", "keys"})
        none = frozenset({"id", "tenant", "version", "recorded_at", "recorded_by"})

    class Meta:
        constraints = [CheckConstraint(condition=~Q(name=""), name="organisation_has_a_name")]
        indexes = [Index(fields=["tenant", "name", "id"], name="organisation_by_name")]
