"""Crimes recorded, who has the case, and reviews. Rows are only ever added: a later one stands beside the earlier."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint

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


class Allocation(TenantModel):
    """Who was given the case, when and by whom.

    `pip2`: a detective with the skill. `authority`: somebody below it, by a detective inspector's reasoned authority,
    until `expires_at`. `happened_without`: somebody below it who has the case without either. `skill` is the highest
    that the owner held that day, `meets` the dated policies that were met.
    """

    case = OtherTenantRow(Case)
    number = models.PositiveIntegerField()  # the first of a case is 1: two written at once cannot both be the next
    kind = models.CharField(
        max_length=20,
        choices=[
            ("pip2", "given to a PIP2 detective"),
            ("authority", "by a detective inspector's authority"),
            ("happened_without", "went ahead without either"),
        ],
    )
    owner = _user()
    skill = models.CharField(max_length=20, blank=True)
    meets = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    supervised_by = _user(null=True)
    at = models.DateTimeField()
    at_words = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    authorised_by = _user(null=True)
    expires_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    by = _user()

    class Classified:
        personal = frozenset({"reason"})
        none = frozenset(
            {
                "id", "tenant", "case", "number", "kind", "owner", "skill", "meets", "supervised_by", "at", "at_words",
                "authorised_by", "expires_at", "recorded_at", "by",
            }
        )  # fmt: skip

    class Meta:
        constraints = [
            CheckConstraint(
                condition=(
                    Q(kind="authority", authorised_by__isnull=False, expires_at__gt=F("at")) & ~Q(reason="")
                    | Q(kind__in=["pip2", "happened_without"], authorised_by__isnull=True, expires_at__isnull=True)
                ),
                name="allocation_authority_has_reason_and_end",
            ),
            UniqueConstraint(fields=["tenant", "case", "number"], name="allocation_number_once"),
        ]
        indexes = [
            Index(fields=["tenant", "case", "at"], name="allocation_case"),
            Index(fields=["tenant", "kind", "at"], name="allocation_kind"),
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
