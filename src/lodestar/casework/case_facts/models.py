"""What happened in a case, or is planned, as somebody recorded it."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Index, Q

from lodestar.casework.case_facts.rules import ALL_KINDS
from lodestar.casework.cases.models import Case, Person
from lodestar.platform.tenancy.models import OtherTenantRow, RecordedRow


class CaseEvent(RecordedRow):
    """One thing that happened or is planned: of a person of the case, or of the case as a whole. It is never changed; one
    recorded by mistake is taken back."""

    case = OtherTenantRow(Case)
    person = OtherTenantRow(Person, null=True)
    kind = models.CharField(max_length=30)
    happened_at = models.DateTimeField()  # of what is planned the time to come
    at_words = models.CharField(max_length=40, blank=True)  # the words typed, when they were not a whole instant
    by_whom = models.CharField(max_length=200, blank=True)  # who settled, told, found or took the report
    locality = models.CharField(max_length=300, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    source = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    was_child = models.BooleanField(null=True)  # of an age settled: whether they were treated as a child until then
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Classified:
        personal = frozenset({"by_whom", "reference", "source"})
        sensitive = frozenset({"kind", "locality", "note", "was_child"})
        none = frozenset(
            {
                "id", "tenant", "case", "person", "happened_at", "at_words", "recorded_at", "recorded_by",
                "taken_back_at", "taken_back_by",
            }
        )  # fmt: skip

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(kind__in=ALL_KINDS), name="case_event_kind_known"),
            CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="case_event_taken_back_at_and_by",
            ),
        ]
        indexes = [Index(fields=["tenant", "case", "happened_at", "id"], name="case_event_of_case")]
