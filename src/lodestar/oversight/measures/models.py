"""Values of measures as they were stored on a day, and the force's own crime totals."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Index, Q

from lodestar.platform.tenancy.models import RecordedRow, TenantModel


def _user(**options: Any) -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **options)


class StoredValue(TenantModel):
    """What a measure of the whole force came to in a period when it was stored: whatever is edited, sealed or disposed of since,
    it stays. `by` is nobody where the weekly job did it. Only ever added."""

    code = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    first = models.DateField()
    last = models.DateField()
    numerator = models.PositiveIntegerField(null=True)
    denominator = models.PositiveIntegerField(null=True)
    median = models.FloatField(null=True)
    further = models.JSONField(default=dict)
    stored_at = models.DateTimeField()
    by = _user(null=True)

    class Classified:
        none = frozenset({"id", "tenant", "code", "version", "first", "last", "numerator", "denominator", "median", "further",
                          "stored_at", "by"})  # fmt: skip

    class Meta:
        constraints = [CheckConstraint(condition=Q(last__gte=models.F("first")), name="stored_value_days_in_order")]
        indexes = [Index(fields=["tenant", "code", "first", "last", "stored_at"], name="stored_value_of_period")]


class CrimeTotal(RecordedRow):
    """How many modern slavery crimes the force's own crime system counts in a month. Only ever added: the last row counts."""

    month = models.DateField()  # its first day
    crimes = models.PositiveIntegerField()

    class Classified:
        none = frozenset({"id", "tenant", "month", "crimes", "recorded_at", "recorded_by"})

    class Meta:
        constraints = [CheckConstraint(condition=Q(month__day=1), name="crime_total_of_a_month")]
        indexes = [Index(fields=["tenant", "month", "recorded_at"], name="crime_total_month")]
