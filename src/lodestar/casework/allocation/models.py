"""Who has a case, and who should not have it. Rows are only ever added: a later one stands beside the earlier."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint

from lodestar.casework.cases.models import Case
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, TenantModel, all_or_none


def _user(**options: Any) -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **options)


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
    rank = models.PositiveSmallIntegerField(null=True)  # the owner’s place in the ranking that was seen; null: none was
    override = models.CharField(max_length=20, blank=True)  # why another than the first was chosen, a code of OVERRIDES
    acknowledge_by = models.DateTimeField(null=True)  # of a handed-over case: when its new owner should have said so
    acknowledged_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    by = _user()

    class Classified:
        personal = frozenset({"reason"})
        none = frozenset(
            {
                "id", "tenant", "case", "number", "kind", "owner", "skill", "meets", "supervised_by", "at", "at_words",
                "authorised_by", "expires_at", "recorded_at", "by", "rank", "override", "acknowledge_by", "acknowledged_at",
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
            CheckConstraint(condition=Q(override="") | ~Q(reason=""), name="allocation_override_has_reason"),
            UniqueConstraint(fields=["tenant", "case", "number"], name="allocation_number_once"),
        ]
        indexes = [
            Index(fields=["tenant", "case", "at"], name="allocation_case"),
            Index(fields=["tenant", "kind", "at"], name="allocation_kind"),
            Index(
                fields=["tenant", "acknowledge_by", "id"],
                name="allocation_unacknowledged",
                condition=Q(acknowledge_by__isnull=False, acknowledged_at__isnull=True),
            ),
        ]


class Conflict(TenantModel):
    """That somebody should not have a case because of a conflict of interest, such as knowing one of its people."""

    case = OtherTenantRow(Case)
    user = _user()
    reason = SealedTextField()
    recorded_at = models.DateTimeField()
    by = _user()
    ended_at = models.DateTimeField(null=True)
    ended_by = _user(null=True)

    class Classified:
        sensitive = frozenset({"reason"})
        none = frozenset({"id", "tenant", "case", "user", "recorded_at", "by", "ended_at", "ended_by"})

    class Meta:
        constraints = [
            CheckConstraint(condition=all_or_none("ended_at", "ended_by"), name="conflict_ended_at_and_by"),
            UniqueConstraint(fields=["tenant", "case", "user"], condition=Q(ended_at__isnull=True), name="conflict_open_once"),
        ]
