"""Crimes recorded, and reviews. Rows are only ever added: a later one stands beside the earlier."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from lodestar.casework.cases.models import Case, Person
from lodestar.platform.tenancy.models import OtherTenantRow, TenantModel


def _user(**options: Any) -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **options)


class Crime(TenantModel):
    """The number of the modern slavery crime recorded for one victim, or why there is none.

    `at` is when the force's crime system took it, or when it was decided; `at_words` what was typed when that was no
    whole instant.
    """

    person = OtherTenantRow(Person)
    kind = models.CharField(
        max_length=12, choices=[("recorded", "recorded"), ("not_needed", "none is needed"), ("not_possible", "not possible yet")]
    )
    number = models.CharField(max_length=40, blank=True)
    why_not = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()
    at_words = models.CharField(max_length=40, blank=True)
    recorded_at = models.DateTimeField()
    by = _user()

    class Classified:
        personal = frozenset({"number", "why_not"})
        none = frozenset({"id", "tenant", "person", "kind", "at", "at_words", "recorded_at", "by"})

    class Meta:
        constraints = [
            CheckConstraint(
                condition=(Q(kind="recorded") & ~Q(number=""))
                | (Q(kind__in=["not_needed", "not_possible"], number="") & ~Q(why_not="")),
                name="crime_number_or_why_not",
            ),
            UniqueConstraint(fields=["tenant", "person", "number"], name="crime_number_once", condition=~Q(number="")),
        ]
        indexes = [
            Index(fields=["tenant", "person", "recorded_at"], name="crime_person"),
            Index(fields=["tenant", "number"], name="crime_number"),
        ]


class Review(TenantModel):
    """One supervisory review with its directions. `moments` are the reviews owed that it answers, none for an extra one."""

    case = OtherTenantRow(Case)
    number = models.PositiveIntegerField()
    moments = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    at = models.DateTimeField()
    at_words = models.CharField(max_length=40, blank=True)
    directions = models.CharField(max_length=4000)
    to = _user(null=True)  # who had the case then
    recorded_at = models.DateTimeField()
    by = _user()

    class Classified:
        personal = frozenset({"directions"})
        none = frozenset({"id", "tenant", "case", "number", "moments", "at", "at_words", "to", "recorded_at", "by"})

    class Meta:
        constraints = [
            CheckConstraint(condition=~Q(directions=""), name="review_gives_directions"),
            UniqueConstraint(fields=["tenant", "case", "number"], name="review_number_once"),
        ]
        indexes = [
            Index(fields=["tenant", "case", "at"], name="review_case"),
            Index(fields=["tenant", "by", "-at", "-id"], name="review_by"),
        ]
