"""What the figure keeps of each case, so that a page over many thousands need not judge each anew; values of measures as they
were stored on a day; and the force's own crime totals."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from lodestar.casework.cases.models import Case
from lodestar.platform.tenancy.models import OtherTenantRow, RecordedRow, TenantModel


class CaseVerdict(TenantModel):
    """What the pure rules said of one case, and for how long that holds: from `kept_at` until `holds_until`, by `rules` alone.

    The database itself removes the row whenever a row changes that it rests on (migration 0001), in the transaction of
    the change; a case without one is judged from its facts (`queries/figure.py`), and the worker keeps it anew.
    """

    case = OtherTenantRow(Case, related_name="judged")
    rules = models.CharField(max_length=32)  # the fingerprint of the rules that judged it
    said = models.CharField(max_length=60)  # a letter for each version of each failing, but for the first failing
    first = models.TextField(blank=True)  # a letter for each possible victim: what failing 1 is judged by, beside the records
    victims = ArrayField(models.UUIDField(), default=list)
    happened = models.JSONField(default=dict)  # when what happened, by failing and version
    happened_from = models.DateTimeField(null=True)  # the first and the last of these times
    happened_to = models.DateTimeField(null=True)
    kept_at = models.DateTimeField()
    holds_until = models.DateTimeField(null=True)  # when time alone may change a verdict: a step falls due

    class Classified:
        none = frozenset({"id", "tenant", "case", "rules", "victims", "kept_at", "holds_until"})
        sensitive = frozenset({"said", "first", "happened", "happened_from", "happened_to"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "case"], name="case_judged_once"),
            CheckConstraint(
                condition=Q(happened_from__isnull=True, happened_to__isnull=True) | Q(happened_from__lte=models.F("happened_to")),
                name="case_judged_from_before_to",
            ),
        ]
        indexes = [Index(fields=["tenant", "happened_to"], name="case_judged_happened", condition=Q(happened_to__isnull=False))]


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
