"""Reports of an inspectorate, their recommendations with what became of each, and the steps of the answer to a report."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Index, Q, UniqueConstraint

from lodestar.oversight.recommendations.rules import ADDRESSEES, CLAIMED, STATES, STEPS, VERIFIED
from lodestar.oversight.requirements.models import Requirement
from lodestar.platform.approvals.models import checks
from lodestar.platform.registers.models import RegisterMove, RegisterRow
from lodestar.platform.tenancy.models import OtherTenantRow, TenantModel


def _user(**options: Any) -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **options)


class Report(TenantModel):
    """A published report with recommendations. `is_verified`: its title, day and body were compared with the source;
    `has_clock`: section 55 of the Police Act 1996 asks for an answer. `next_step` is what its answer waits for, by `next_at`,
    kept with the steps."""

    title = models.CharField(max_length=200)
    body = models.CharField(max_length=120)
    published_on = models.DateField()
    source = models.CharField(max_length=300)
    is_verified = models.BooleanField(default=False)
    has_clock = models.BooleanField(default=True)
    next_step = models.CharField(max_length=24, blank=True)
    next_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = _user()

    class Classified:
        none = frozenset({"id", "tenant", "title", "body", "published_on", "source", "is_verified", "has_clock", "next_step",
                          "next_at", "recorded_at", "recorded_by"})  # fmt: skip

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "title"], name="report_title_once")]


class ReportStep(TenantModel):
    """One step of the answer to a report, on its day: only ever added. `answer_by` is by when a chief officer was invited to
    comment, `url` where comments were published. A row that `withdraws` another corrects it; its `note` says why."""

    report = OtherTenantRow(Report, related_name="steps")
    step = models.CharField(max_length=24)
    happened_on = models.DateField()
    answer_by = models.DateField(null=True)
    note = models.TextField(blank=True)
    url = models.CharField(max_length=300, blank=True)
    withdraws = OtherTenantRow("self", null=True, related_name="withdrawals")
    recorded_at = models.DateTimeField()
    recorded_by = _user()

    class Classified:
        none = frozenset({"id", "tenant", "report", "step", "happened_on", "answer_by", "note", "url", "withdraws", "recorded_at",
                          "recorded_by"})  # fmt: skip

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "withdraws"], name="report_step_withdrawn_once"),
            *checks(
                "report_step",
                step_known=Q(step__in=[*STEPS]),
                invited_by=~Q(step="invited_chief") | Q(answer_by__gte=F("happened_on")) & Q(answer_by__isnull=False),
                published_where=~Q(step="published") | ~Q(url=""),
                withdrawn_why=Q(withdraws__isnull=True) | ~Q(note=""),
            ),
        ]
        indexes = [Index(fields=["tenant", "report", "happened_on"], name="report_step_report")]


class Recommendation(RegisterRow):
    """One recommendation or action of a report, a letter of it as a row of its own. `asked_at` is when its report was published;
    `action` is what is done, `no_action` why nothing is; `claimed_by` said that it is complete, which another verified."""

    rules, moved = STATES, "recommendations.moved"

    report = OtherTenantRow(Report, related_name="recommendations")
    number = models.CharField(max_length=8)
    letter = models.CharField(max_length=2, blank=True)
    addressees = ArrayField(models.CharField(max_length=20))
    text = models.TextField()
    is_verified = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True)
    requirement = OtherTenantRow(Requirement, null=True)
    asked_at = models.DateTimeField()
    original_due_on = models.DateField(null=True)
    action = models.TextField(blank=True)
    no_action = models.TextField(blank=True)
    claimed_by = _user(null=True)
    verified_by = _user(null=True)

    class Classified:
        none = RegisterRow.Classified.none | {
            "report", "number", "letter", "addressees", "text", "is_verified", "source", "requirement", "asked_at",
            "original_due_on", "action", "no_action", "claimed_by", "verified_by",
        }  # fmt: skip

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "report", "number", "letter"], name="recommendation_number_once"),
            *checks(
                "recommendation",
                state_known=Q(state__in=[*STATES.states]),
                addressees_known=Q(addressees__contained_by=[*ADDRESSEES]) & ~Q(addressees=[]),
                one_answer=Q(action="") | Q(no_action=""),
                claimed_by_state=Q(state__in=[CLAIMED, VERIFIED], claimed_by__isnull=False)
                | (~Q(state__in=[CLAIMED, VERIFIED]) & Q(claimed_by__isnull=True)),
                verified_by_state=Q(state=VERIFIED, verified_by__isnull=False)
                | (~Q(state=VERIFIED) & Q(verified_by__isnull=True)),
                verified_by_another=Q(verified_by__isnull=True) | ~(Q(verified_by=F("owner")) | Q(verified_by=F("claimed_by"))),
            ),
        ]
        indexes = [
            Index(fields=["tenant", "asked_at", "id"], name="recommendation_asked"),
            Index(fields=["tenant", "owner", "due_at", "id"], name="recommendation_owner"),
        ]

    @property
    def code(self) -> str:
        """Its number with its letter, as the report has it: R2c."""
        return self.number + self.letter


class StatusEvent(RegisterMove):
    """One status of a recommendation on its day; `reason` is the authority who said so."""

    row = OtherTenantRow(Recommendation, related_name="moves")

    class Meta:
        indexes = [Index(fields=["tenant", "row", "moved_at"], name="status_event_row")]
