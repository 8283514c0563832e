"""Outcomes of what a person is suspected of, and which came without the full record. Rows are only ever added."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from lodestar.cases.models import AllegedOffence
from lodestar.section45.models.record import FullRecord
from lodestar.tenancy.models import OtherTenantRow, TenantModel

OUTCOMES = (
    ("charge", "Charged"),
    ("caution", "Cautioned"),
    ("other_disposal", "Another out-of-court disposal"),
    ("no_further_action", "No further action"),
    ("plea", "A plea was entered"),
    ("hearing", "A hearing was held"),
)


class OutcomeRecorded(TenantModel):
    """One outcome for one offence, at `at`. `record` is the countersigned version it rests on.

    `happened_without`: the full record of section 45 of the Modern Slavery Act 2015 was open then; it stays counted,
    whatever is recorded afterwards. `reason` says why it did not wait.
    """

    offence = OtherTenantRow(AllegedOffence)
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=OUTCOMES)
    at = models.DateTimeField()
    at_words = models.CharField(max_length=40, blank=True)
    happened_without = models.BooleanField(default=False)
    record = OtherTenantRow(FullRecord, null=True)
    reason = models.CharField(max_length=2000, blank=True)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        sensitive = frozenset({"kind", "happened_without", "reason"})
        none = frozenset({"id", "tenant", "offence", "number", "at", "at_words", "record", "recorded_at", "by"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "offence", "number"], name="outcome_number_once"),
            CheckConstraint(condition=Q(kind__in=[code for code, _ in OUTCOMES]), name="outcome_known"),
            CheckConstraint(
                condition=Q(happened_without=False) | Q(record__isnull=True), name="outcome_with_or_without_record"
            ),
        ]
        indexes = [Index(fields=["tenant", "at"], name="outcome_without", condition=Q(happened_without=True))]
