"""When what is held about people is looked at, what was decided, what holds it, what was let go. No row here names anybody."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint

from lodestar.casework.cases.models import Case, Person
from lodestar.information_governance.retention import rules
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, RecordedRow, TenantModel, all_or_none


class ReviewDue(TenantModel):
    """The day on which a person is looked at in one category. Reckoned every night, so that the list is read and not made."""

    person = OtherTenantRow(Person)
    category = models.CharField(max_length=8)
    last_contact = models.DateField()
    due_on = models.DateField()

    class Classified:
        none = frozenset({"id", "tenant", "person", "category", "last_contact", "due_on"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "person", "category"], name="review_due_once"),
            CheckConstraint(condition=Q(category__in=rules.CATEGORIES), name="review_due_category"),
        ]
        indexes = [Index(fields=["tenant", "due_on", "id"], name="review_due_order")]


class RetentionDecision(TenantModel):
    """A reviewer's decision to keep what is held about a person: until when, and why."""

    person = OtherTenantRow(Person)
    category = models.CharField(max_length=8)
    until = models.DateField()
    reason = models.CharField(max_length=16)
    because = models.CharField(max_length=400)
    decided_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        personal = frozenset({"because"})
        none = frozenset({"id", "tenant", "person", "category", "until", "reason", "decided_at", "recorded_at", "decided_by"})

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(category__in=rules.CATEGORIES), name="kept_category"),
            CheckConstraint(condition=Q(reason__in=rules.KEPT_FOR), name="kept_reason_known"),
        ]
        indexes = [Index(fields=["tenant", "person", "-decided_at", "id"], name="kept_latest")]


class Hold(TenantModel):
    """A legal hold on a case and everybody in it: while it stands nobody of them is let go."""

    case = OtherTenantRow(Case)
    kind = models.CharField(max_length=16)
    because = models.CharField(max_length=400)
    placed_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    lifted_because = models.CharField(max_length=400, blank=True)

    class Classified:
        personal = frozenset({"because", "lifted_because"})
        none = frozenset({"id", "tenant", "case", "kind", "placed_at", "recorded_at", "placed_by", "lifted_at", "lifted_by"})

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(kind__in=rules.HELD_FOR), name="hold_kind_known"),
            CheckConstraint(condition=all_or_none("lifted_at", "lifted_by"), name="hold_lifted_by_somebody"),
        ]
        indexes = [Index(fields=["tenant", "case", "lifted_at"], name="hold_case")]


class Disposal(TenantModel):
    """One person asks that somebody is let go, another agrees or refuses; only then the database lets them go.

    `person` is no reference: the row outlives them, and says who they were to nobody. The words are blanked with them.
    """

    person = models.UUIDField()
    case = OtherTenantRow(Case)
    request = OtherTenantRow("retention.SubjectRequest", null=True)  # which they made, where they ask for it
    reason = models.CharField(max_length=16)
    because = models.CharField(max_length=400, blank=True)
    asked_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=8, blank=True)
    answer = models.CharField(max_length=400, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    done_at = models.DateTimeField(null=True)

    class Classified:
        personal = frozenset({"because", "answer"})
        none = frozenset(
            {
                "id", "tenant", "person", "case", "request", "reason", "asked_at", "recorded_at", "asked_by", "decision",
                "decided_at", "decided_by", "done_at",
            }
        )  # fmt: skip

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(reason__in=rules.LET_GO_FOR), name="disposal_reason_known"),
            CheckConstraint(condition=Q(decision__in=["", "agreed", "refused"]), name="disposal_decision_known"),
            CheckConstraint(
                condition=Q(decision="", decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decision="") & ~Q(decided_by=F("asked_by")),
                name="disposal_two_people",
            ),
            CheckConstraint(condition=Q(done_at__isnull=True) | Q(decision="agreed"), name="disposal_done_once_agreed"),
            UniqueConstraint(fields=["tenant", "person"], name="disposal_waits_once", condition=Q(decision="")),
        ]
        indexes = [Index(fields=["tenant", "decision", "asked_at", "id"], name="disposal_order")]


class ErasureCount(TenantModel):
    """How many were let go in a year, and what had been owed to them: counts, from which nobody can be told."""

    year = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=120)
    number = models.PositiveIntegerField(default=0)

    class Classified:
        none = frozenset({"id", "tenant", "year", "what", "number"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "year", "what"], name="tally_once")]


class Breach(RecordedRow):
    """A breach of what is held about people, from when the force knew of it (DPA 2018 section 67(6): facts, effects, remedy)."""

    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    what = models.CharField(max_length=2000)
    how_many = models.PositiveIntegerField(null=True)
    aware_at = models.DateTimeField()

    class Classified:
        personal = frozenset({"what"})
        none = frozenset({"id", "tenant", "number", "kind", "how_many", "aware_at", "recorded_at", "recorded_by"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "number"], name="breach_number_once"),
            CheckConstraint(condition=Q(kind__in=rules.BREACHES), name="breach_kind_known"),
        ]
        indexes = [Index(fields=["tenant", "-aware_at", "id"], name="breach_latest")]


class BreachStep(RecordedRow):
    """What was done about a breach, or decided not to be, and why."""

    breach = OtherTenantRow(Breach, related_name="steps")
    kind = models.CharField(max_length=24)
    words = models.CharField(max_length=1000, blank=True)
    happened_at = models.DateTimeField()

    class Classified:
        personal = frozenset({"words"})
        none = frozenset({"id", "tenant", "breach", "kind", "happened_at", "recorded_at", "recorded_by"})

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(kind__in=rules.BREACH_STEPS), name="breach_step_known"),
            CheckConstraint(condition=~Q(kind__in=rules.BREACH_SAYS_WHY) | ~Q(words=""), name="breach_step_says_why"),
        ]
        indexes = [Index(fields=["tenant", "breach", "happened_at", "id"], name="breach_steps")]


class SubjectRequest(RecordedRow):
    """What somebody asks about what is held about them. Who they are and how to reach them safely lies sealed, and is blanked by
    the database when it is over and whom it was about is there no more, or by the clock (migration 0005)."""

    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    came = models.CharField(max_length=12)
    who = SealedTextField()
    received_on = models.DateField()

    class Classified:
        sensitive = frozenset({"who"})
        none = frozenset({"id", "tenant", "number", "kind", "came", "received_on", "recorded_at", "recorded_by"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "number"], name="subject_request_number_once"),
            CheckConstraint(condition=Q(kind__in=rules.REQUESTS), name="subject_request_kind_known"),
            CheckConstraint(condition=Q(came__in=rules.CAME), name="subject_request_came_known"),
        ]
        indexes = [Index(fields=["tenant", "-received_on", "id"], name="subject_request_latest")]


class SubjectRequestStep(RecordedRow):
    """What was done about a request. The words name cases and numbers, never a place, and go with who asked."""

    request = OtherTenantRow(SubjectRequest, related_name="steps")
    kind = models.CharField(max_length=12)
    words = models.CharField(max_length=1000, blank=True)
    happened_at = models.DateTimeField()

    class Classified:
        personal = frozenset({"words"})
        none = frozenset({"id", "tenant", "request", "kind", "happened_at", "recorded_at", "recorded_by"})

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(kind__in=rules.REQUEST_STEPS), name="subject_request_step_known"),
            CheckConstraint(condition=~Q(kind__in=rules.REQUEST_SAYS_WHY) | ~Q(words=""), name="subject_request_step_says_why"),
            UniqueConstraint(fields=["tenant", "request", "kind"], name="subject_request_step_once"),
        ]


class RequestSearch(RecordedRow):
    """By what it was looked for whoever asks, sealed as who asks is, and gone with it."""

    request = OtherTenantRow(SubjectRequest)
    sought = SealedTextField()
    searched_at = models.DateTimeField()

    class Classified:
        sensitive = frozenset({"sought"})
        none = frozenset({"id", "tenant", "request", "searched_at", "recorded_at", "recorded_by"})

    class Meta:
        indexes = [Index(fields=["tenant", "request", "-searched_at", "id"], name="request_search_latest")]


class RequestTask(TenantModel):
    """Somebody in a case who may be the one who asks: whoever has the case reviews it. `person` is no reference: the row outlives
    them where they are let go, and says who they were to nobody; it goes when the request says no more who asked."""

    request = OtherTenantRow(SubjectRequest, related_name="tasks")
    case = OtherTenantRow(Case)
    person = models.UUIDField()
    reasons = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    asked_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        personal = frozenset({"reasons"})
        none = frozenset({"id", "tenant", "request", "case", "person", "asked_at", "recorded_at", "asked_by"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "request", "person"], name="request_task_once")]
        indexes = [
            Index(fields=["tenant", "case"], name="request_task_case"),
            Index(fields=["tenant", "person"], name="request_task_person"),
        ]


class RequestReview(TenantModel):
    """What whoever has the case said of it: the latest counts. The words go with the person."""

    task = OtherTenantRow(RequestTask, related_name="reviews")
    number = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=8)
    gives = models.CharField(max_length=2000, blank=True)
    withheld = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    because = models.CharField(max_length=1000, blank=True)
    is_redacted = models.BooleanField()
    carried = models.CharField(max_length=4, blank=True)
    reviewed_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        sensitive = frozenset({"gives", "because"})
        none = frozenset(
            {
                "id", "tenant", "task", "number", "verdict", "withheld", "is_redacted", "carried", "reviewed_at", "recorded_at",
                "reviewed_by",
            }
        )  # fmt: skip

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "task", "number"], name="request_review_number_once"),
            CheckConstraint(condition=Q(verdict__in=rules.VERDICTS), name="request_review_verdict_known"),
            CheckConstraint(condition=Q(carried__in=["", *rules.CARRIED]), name="request_review_carried_known"),
        ]
