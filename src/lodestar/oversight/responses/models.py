"""Responses to reports: their paragraphs as they were written one after another, frozen versions, corrections."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Index, Q, UniqueConstraint

from lodestar.oversight.recommendations.models import Recommendation, Report
from lodestar.oversight.responses.rules.paragraphs import ACTION, BODY, FORCE, KINDS, STEPS
from lodestar.platform.approvals.models import checks
from lodestar.platform.tenancy.models import OtherTenantRow, TenantModel


def _user(**options: Any) -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **options)


class Response(TenantModel):
    """The response to one report. Its evidence is of the days from `first` to `last`; `state` is the step last taken."""

    report = OtherTenantRow(Report)
    first = models.DateField()
    last = models.DateField()
    state = models.CharField(max_length=10, default="draft")
    version = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField()
    begun_by = _user()
    submitted_by = _user(null=True)
    approved_by = _user(null=True)

    class Classified:
        none = frozenset({"id", "tenant", "report", "first", "last", "state", "version", "begun_at", "begun_by", "submitted_by",
                          "approved_by"})  # fmt: skip

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "report"], name="response_report_once"),
            *checks(
                "response",
                state_known=Q(state__in=[*STEPS]),
                days_in_order=Q(first__lte=F("last")),
                approved_by_another=Q(approved_by__isnull=True) | ~Q(approved_by=F("submitted_by")),
            ),
        ]


class Paragraph(TenantModel):
    """A paragraph as it was written at a moment; changing or removing it adds its next revision under the same `line`. Of no
    recommendation: of governance. `references` are kinds and keys of evidence, `mark` is how it was marked when it was
    written. It is published: it names nobody."""

    response = OtherTenantRow(Response, related_name="paragraphs")
    recommendation = OtherTenantRow(Recommendation, null=True)
    line = models.UUIDField()
    revision = models.PositiveIntegerField()
    side = models.CharField(max_length=5)
    kind = models.CharField(max_length=10)
    words = models.TextField(blank=True)
    references = models.JSONField(default=list)
    role = models.CharField(max_length=80, blank=True)
    due_on = models.DateField(null=True)
    position = models.PositiveSmallIntegerField()
    mark = models.CharField(max_length=12, blank=True)
    is_removed = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    written_by = _user()

    class Classified:
        none = frozenset({"id", "tenant", "response", "recommendation", "line", "revision", "side", "kind", "words", "references",
                          "role", "due_on", "position", "mark", "is_removed", "written_at", "written_by"})  # fmt: skip

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "line", "revision"], name="paragraph_revision_once"),
            *checks(
                "paragraph",
                kind_known=Q(kind__in=[*KINDS]),
                side_known=Q(side__in=[FORCE, BODY]),
                action_whole=~Q(kind=ACTION) | (~Q(role="") & Q(due_on__isnull=False)),
            ),
        ]
        indexes = [Index(fields=["tenant", "response", "line", "-revision"], name="paragraph_response")]


class ResponseVersion(TenantModel):
    """A response frozen at a step: its paragraphs with their evidence as it was read (`content`), and the documents described.
    `note` is why, where it went back to draft. Only ever added."""

    response = OtherTenantRow(Response, related_name="versions")
    number = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=10)
    content = models.JSONField()
    documents = models.JSONField()
    note = models.CharField(max_length=400, blank=True)
    stored_at = models.DateTimeField()
    stored_by = _user()

    class Classified:
        none = frozenset({"id", "tenant", "response", "number", "step", "content", "documents", "note", "stored_at", "stored_by"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "response", "number"], name="response_version_once"),
            *checks("response_version", step_known=Q(step__in=[*STEPS])),
        ]


class Correction(TenantModel):
    """What is corrected in a published response, shown with it from its day. Only ever added."""

    response = OtherTenantRow(Response, related_name="corrections")
    part = models.CharField(max_length=40)
    words = models.TextField()
    corrected_at = models.DateTimeField()
    corrected_by = _user()

    class Classified:
        none = frozenset({"id", "tenant", "response", "part", "words", "corrected_at", "corrected_by"})
