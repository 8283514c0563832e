"""Deep dives: the sample of a quarter, reviews of its cases, disputes, and findings with their actions."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Index, Q, UniqueConstraint

from lodestar.casework.cases.models import Case
from lodestar.oversight.deep_dives.rules.questions import ANSWERS, FINDING, GRADES
from lodestar.platform.approvals.models import checks
from lodestar.platform.registers.models import RegisterMove, RegisterRow
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, TenantModel


def _user(**options: Any) -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **options)


class DeepDive(TenantModel):
    """The deep dive of one quarter. `frame` are references with their strata as they were drawn from, `version` the day of its
    questions, `not_drawn` how many sealed cases were left out, `works_drawn` why whoever drew it works a case of the frame, and
    `report` its numbers from the moment it is completed."""

    first = models.DateField()
    last = models.DateField()
    seed = models.BigIntegerField()
    frame = models.JSONField()
    version = models.CharField(max_length=10)
    not_drawn = models.PositiveIntegerField()
    works_drawn = SealedTextField(blank=True, default=b"")
    drawn_at = models.DateTimeField()
    drawn_by = _user()
    completed_at = models.DateTimeField(null=True)
    report = models.JSONField(null=True)

    class Classified:
        none = frozenset({"id", "tenant", "first", "last", "seed", "version", "not_drawn", "drawn_at", "drawn_by",
                          "completed_at", "report"})  # fmt: skip
        personal = frozenset({"works_drawn"})
        sensitive = frozenset({"frame"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "first"], name="deep_dive_quarter_once"),
            *checks("deep_dive", report_when_complete=Q(completed_at__isnull=True) | Q(report__isnull=False)),
        ]


class DrawnCase(TenantModel):
    """A case of the sample, by its number there. Its grade is that of the first marking, changed where a dispute was upheld;
    empty while nobody has submitted one."""

    dive = OtherTenantRow(DeepDive, related_name="cases")
    case = OtherTenantRow(Case)
    number = models.PositiveSmallIntegerField()
    stratum = models.CharField(max_length=20)
    kinds = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    is_twice = models.BooleanField(default=False)
    drawer_works = models.BooleanField(default=False)
    grade = models.CharField(max_length=20, blank=True)
    critical = ArrayField(models.CharField(max_length=4), default=list, blank=True)
    decided_on = models.DateField(null=True)

    class Classified:
        none = frozenset({"id", "tenant", "dive", "case", "number", "is_twice", "drawer_works", "decided_on"})
        sensitive = frozenset({"stratum", "kinds", "grade", "critical"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "dive", "number"], name="drawn_case_number_once"),
            UniqueConstraint(fields=["tenant", "dive", "case"], name="drawn_case_once"),
            *checks(
                "drawn_case", grade_known=Q(grade="", decided_on__isnull=True) | Q(grade__in=[*GRADES], decided_on__isnull=False)
            ),
        ]
        indexes = [Index(fields=["tenant", "case"], name="drawn_case_case")]


class CaseReview(TenantModel):
    """A case given to a reviewer, the first marking of it or the second. `answers` are JSON by question: answer, note, evidence,
    what records say, whether it came blank. `withdrawn_at`: it went to another, `why` for which conflict of interest."""

    drawn = OtherTenantRow(DrawnCase, related_name="reviews")
    reviewer = _user()
    marking = models.PositiveSmallIntegerField()
    answers = SealedTextField(blank=True, default=b"")
    version = models.PositiveIntegerField(default=1)
    given_at = models.DateTimeField()
    given_by = _user()
    submitted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    why = SealedTextField(blank=True, default=b"")

    class Classified:
        none = frozenset({"id", "tenant", "drawn", "reviewer", "marking", "version", "given_at", "given_by", "submitted_at",
                          "withdrawn_at"})  # fmt: skip
        sensitive = frozenset({"answers", "why"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "drawn", "reviewer"], name="case_review_reviewer_once"),
            UniqueConstraint(
                fields=["tenant", "drawn", "marking"], name="case_review_marking_once", condition=Q(withdrawn_at__isnull=True)
            ),
            *checks(
                "case_review",
                marking_known=Q(marking__in=[1, 2]),
                ends_once=Q(submitted_at__isnull=True) | Q(withdrawn_at__isnull=True),
            ),
        ]
        indexes = [Index(fields=["tenant", "reviewer", "submitted_at"], name="case_review_reviewer")]


class Dispute(TenantModel):
    """That an owner or their supervisor does not agree with one answer, and how that was settled: `settled` is the answer that
    counts from then on. Never settled by who disputed it."""

    drawn = OtherTenantRow(DrawnCase, related_name="disputes")
    question = models.CharField(max_length=4)
    because = SealedTextField()
    disputed_at = models.DateTimeField()
    disputed_by = _user()
    settled = models.CharField(max_length=20, blank=True)
    reason = SealedTextField(blank=True, default=b"")
    settled_at = models.DateTimeField(null=True)
    settled_by = _user(null=True)

    class Classified:
        none = frozenset({"id", "tenant", "drawn", "question", "disputed_at", "disputed_by", "settled_at", "settled_by"})
        sensitive = frozenset({"because", "settled", "reason"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "drawn", "question"], name="dispute_question_once"),
            *checks(
                "dispute",
                settled_whole=Q(settled="", settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled__in=[*ANSWERS], settled_at__isnull=False, settled_by__isnull=False),
                settled_by_another=Q(settled_by__isnull=True) | ~Q(settled_by=F("disputed_by")),
            ),
        ]


class Finding(RegisterRow):
    """What a deep dive found under a question, and the action that follows. `training_role`: a need of training, of which role.
    `drawn` is the case in which it was seen, none for the whole quarter."""

    rules, moved = FINDING, "dives.finding_moved"

    dive = OtherTenantRow(DeepDive, related_name="findings")
    drawn = OtherTenantRow(DrawnCase, null=True)
    question = models.CharField(max_length=4)
    words = SealedTextField()
    training_role = models.CharField(max_length=24, blank=True)

    class Classified:
        none = RegisterRow.Classified.none | {"dive", "drawn", "question", "training_role"}
        sensitive = frozenset({"words"})

    class Meta:
        constraints = checks("finding", state_known=Q(state__in=[*FINDING.states]))
        indexes = [
            Index(fields=["tenant", "owner", "due_at", "id"], name="finding_owner"),
            Index(fields=["tenant", "due_at", "id"], name="finding_due"),
        ]


class FindingMove(RegisterMove):
    """One move of a finding; what it says is the evidence of the action."""

    row = OtherTenantRow(Finding, related_name="moves")

    class Meta:
        indexes = [Index(fields=["tenant", "row", "moved_at"], name="finding_move_row")]
