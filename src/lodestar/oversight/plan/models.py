"""Items of the plan with their milestones, their history, and every change of a column."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Index, Q, UniqueConstraint

from lodestar.oversight.plan.rules import DOMAINS, FOUR_P, ITEM, OVERRIDES, SOURCES
from lodestar.platform.approvals.models import checks
from lodestar.platform.registers.models import RegisterMove, RegisterRow
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, TenantModel


class PlanItem(RegisterRow):
    """One item of the strategic development plan. `baseline` and `target` are in the unit of its `measure` (per cent, number or
    hours), `success` is what success would look like, `source` with `source_key` says what it came from."""

    rules, moved = ITEM, "plan.moved"
    as_at: Any = None  # the same as at a moment, with its status, where that was read for a list

    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    domain = models.CharField(max_length=20)
    four_p = models.CharField(max_length=10)
    starts_on = models.DateField(null=True)
    original_due_on = models.DateField()
    due_on = models.DateField()
    success = models.TextField(blank=True)
    measure = models.CharField(max_length=40, blank=True)
    baseline = models.FloatField(null=True)
    target = models.FloatField(null=True)
    rag_override = models.CharField(max_length=10, blank=True)
    rag_reason = SealedTextField(blank=True, default=b"")
    source = models.CharField(max_length=20, blank=True)
    source_key = models.CharField(max_length=100, blank=True)

    class Classified:
        none = RegisterRow.Classified.none | {
            "number", "title", "domain", "four_p", "starts_on", "original_due_on", "due_on", "success", "measure", "baseline",
            "target", "rag_override", "source", "source_key",
        }  # fmt: skip
        personal = frozenset({"rag_reason"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "number"], name="plan_item_number_once"),
            *checks(
                "plan_item",
                state_known=Q(state__in=[*ITEM.states]),
                domain_known=Q(domain__in=[*DOMAINS]),
                four_p_known=Q(four_p__in=[*FOUR_P]),
                override_known=Q(rag_override__in=["", *OVERRIDES]),
                source_known=Q(source__in=["", *SOURCES]),
                days_in_order=Q(starts_on__isnull=True) | Q(starts_on__lte=F("due_on")),
            ),
        ]
        indexes = [
            Index(fields=["tenant", "owner", "due_at", "id"], name="plan_item_owner"),
            Index(fields=["tenant", "due_at", "id"], name="plan_item_due"),
        ]


class PlanMove(RegisterMove):
    """One move of an item; what it says is the evidence of it."""

    row = OtherTenantRow(PlanItem, related_name="moves")

    class Meta:
        indexes = [Index(fields=["tenant", "row", "moved_at"], name="plan_move_row")]


class Milestone(TenantModel):
    """A step of an item, by when it was first due and by when it is now, and when it was met."""

    item = OtherTenantRow(PlanItem, related_name="milestones")
    title = models.CharField(max_length=200)
    original_due_on = models.DateField()
    due_on = models.DateField()
    met_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        none = frozenset({"id", "tenant", "item", "title", "original_due_on", "due_on", "met_on", "recorded_at", "recorded_by"})

    class Meta:
        indexes = [Index(fields=["tenant", "item", "due_on"], name="milestone_item")]


class PlanChange(TenantModel):
    """One change of one column of an item, or of a milestone of it: before, after and why. Only ever added: from these rows the
    plan is read as it was at any moment."""

    item = OtherTenantRow(PlanItem, related_name="changes")
    milestone = OtherTenantRow(Milestone, null=True)
    column = models.CharField(max_length=20)
    before: Any = SealedTextField(blank=True, default=b"")
    after: Any = SealedTextField(blank=True, default=b"")
    reason = SealedTextField(blank=True, default=b"")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        none = frozenset({"id", "tenant", "item", "milestone", "column", "at", "by"})
        personal = frozenset({"before", "after", "reason"})

    class Meta:
        indexes = [
            Index(fields=["tenant", "at"], name="plan_change_at"),
            Index(fields=["tenant", "item", "at"], name="plan_change_item"),
        ]
