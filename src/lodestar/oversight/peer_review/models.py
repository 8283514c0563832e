"""Peer reviews: who reviews which days, the sample, what the force and the reviewer say of each theme, and findings."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Index, Q, UniqueConstraint

from lodestar.casework.cases.models import Case
from lodestar.oversight.peer_review.rules import AREA, FINDING, KINDS, PRACTICE, REVIEW, THEMES
from lodestar.oversight.plan.models import PlanItem
from lodestar.platform.approvals.models import checks
from lodestar.platform.registers.models import RegisterMove, RegisterRow
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, TenantModel, all_or_none

BEGUN = ("under_way", "reported", "closed")
WITHDRAWN = "withdrawn"
UNSEALED = Q(drawn__isnull=True) | Q(drawn__case__sealed=False)  # findings about no case, or about one that is not sealed
STANDS = UNSEALED & ~Q(state=WITHDRAWN)


class PeerReview(RegisterRow):
    """One peer review; its owner coordinates it. The reviewer sees it from its first to its last day. `questions` is the day of
    its questions; `assessed` are answers by whose they are and by theme; `frame` are references with strata as its sample was
    drawn from them by `seed`, `not_drawn` how many sealed cases were left out."""

    rules, moved = REVIEW, "peer.moved"

    remit = models.CharField(max_length=400)
    asked_force = models.CharField(max_length=120)
    asked_name = SealedTextField()
    first = models.DateField()
    last = models.DateField()
    reviewer: Any = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    questions = models.CharField(max_length=10)
    assessed = models.JSONField(default=dict)
    cases_from = models.DateField(null=True)
    cases_to = models.DateField(null=True)
    seed = models.BigIntegerField(null=True)
    frame = models.JSONField(null=True)
    not_drawn = models.PositiveIntegerField(null=True)
    reported_at = models.DateTimeField(null=True)

    class Classified:
        none = RegisterRow.Classified.none | {
            "remit", "asked_force", "first", "last", "reviewer", "questions", "cases_from", "cases_to", "seed", "not_drawn",
            "reported_at",
        }  # fmt: skip
        personal = frozenset({"asked_name"})
        sensitive = frozenset({"assessed", "frame"})

    class Meta:
        constraints = checks(
            "peer_review",
            state_known=Q(state__in=[*REVIEW.states]),
            days_in_order=Q(last__gte=F("first")),
            sample_whole=all_or_none("cases_from", "cases_to", "seed", "frame", "not_drawn"),
            begun_ready=~Q(state__in=BEGUN) | Q(reviewer__isnull=False, seed__isnull=False),
            reported_when=Q(reported_at__isnull=True) | Q(state__in=BEGUN[1:]),
        )
        indexes = [Index(fields=["tenant", "-last"], name="peer_review_last")]


class PeerReviewMove(RegisterMove):
    """One move of a peer review."""

    row = OtherTenantRow(PeerReview, related_name="moves")

    class Meta:
        indexes = [Index(fields=["tenant", "row", "moved_at"], name="peer_review_move_row")]


class SampleCase(TenantModel):
    """A case of the sample, known to the reviewer by its number alone."""

    review = OtherTenantRow(PeerReview, related_name="cases")
    case = OtherTenantRow(Case)
    number = models.PositiveSmallIntegerField()

    class Classified:
        none = frozenset({"id", "tenant", "review", "case", "number"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "review", "number"], name="sample_case_number_once"),
            UniqueConstraint(fields=["tenant", "review", "case"], name="sample_case_once"),
        ]
        indexes = [Index(fields=["tenant", "case"], name="sample_case_case")]


class PeerFinding(RegisterRow):
    """What a reviewer found under a theme: good practice, or an area for development and the item of the plan that takes it up.
    `drawn` is the case of the sample in which it was seen, if any."""

    rules, moved = FINDING, "peer.finding_moved"

    review = OtherTenantRow(PeerReview, related_name="findings")
    theme = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    drawn = OtherTenantRow(SampleCase, null=True)
    words = SealedTextField()
    plan_item = OtherTenantRow(PlanItem, null=True)

    class Classified:
        none = RegisterRow.Classified.none | {"review", "theme", "kind", "drawn", "plan_item"}
        sensitive = frozenset({"words"})

    class Meta:
        constraints = checks(
            "peer_finding",
            theme_known=Q(theme__in=[*THEMES]),
            state_known=Q(kind=PRACTICE, state__in=["noted", WITHDRAWN]) | Q(kind=AREA, state__in=[*FINDING.states][1:]),
            kind_known=Q(kind__in=[*KINDS]),
            planned=~Q(state="in_plan") | Q(plan_item__isnull=False),
        )
        indexes = [Index(fields=["tenant", "review"], name="peer_finding_review")]


class PeerFindingMove(RegisterMove):
    """One move of a finding: into the plan, not taken and why, what the next review found, withdrawn, or its words before they
    were put right."""

    row = OtherTenantRow(PeerFinding, related_name="moves")

    class Meta:
        indexes = [Index(fields=["tenant", "row", "moved_at"], name="peer_finding_move_row")]
