"""A person's own plan and the link to it, what was read back to us, interpreters, and feedback that names nobody."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Index, Q, UniqueConstraint

from lodestar.casework.cases.models import Person
from lodestar.casework.person_plans.rules import ANSWERS, CHANNELS, MOST_TRIES, ROLES, UNDERSTOOD
from lodestar.platform.approvals.models import checks
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, TenantModel


def _user(**options: Any) -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **options)


class _OfPerson(TenantModel):
    person = OtherTenantRow(Person)
    recorded_at = models.DateTimeField()
    recorded_by = _user()

    class Classified:
        none = frozenset({"id", "tenant", "person", "recorded_at", "recorded_by"})

    class Meta:
        abstract = True
        indexes = [Index(fields=["tenant", "person", "-recorded_at"], name="%(class)s_latest")]


class ReadBack(_OfPerson):
    """That the options were read out, which (`options`: their codes), and what the person said of them. Only ever added."""

    options = models.JSONField(default=list)
    understood = models.CharField(max_length=8)
    words = SealedTextField(blank=True, default=b"")  # their own
    language = models.CharField(max_length=80, blank=True)
    job_number = models.CharField(max_length=40, blank=True)  # of the interpreter

    class Classified(_OfPerson.Classified):
        sensitive = frozenset({"options", "understood", "words", "language", "job_number"})

    class Meta(_OfPerson.Meta):
        constraints = checks("read_back", understood_known=Q(understood__in=[*UNDERSTOOD]))


class InterpreterNeed(_OfPerson):
    """Which interpreter a person needs besides the language that the case holds, and the booking. The latest counts."""

    dialect = models.CharField(max_length=80, blank=True)
    sex = models.CharField(max_length=8, blank=True)
    sign_language = models.CharField(max_length=80, blank=True)
    booking = models.CharField(max_length=60, blank=True)  # the provider's reference
    job_number = models.CharField(max_length=40, blank=True)

    class Classified(_OfPerson.Classified):
        sensitive = frozenset({"dialect", "sex", "sign_language", "booking", "job_number"})


class InterpreterBlock(_OfPerson):
    """That an interpreter is blocked for one person, or is no longer: the latest of a job number counts. `community` is for who
    books the next one, and is on no list. Only ever added."""

    job_number = models.CharField(max_length=40)
    is_blocked = models.BooleanField()
    reason = SealedTextField()
    community = SealedTextField(blank=True, default=b"")

    class Classified(_OfPerson.Classified):
        sensitive = frozenset({"job_number", "is_blocked", "reason", "community"})

    class Meta(_OfPerson.Meta):
        constraints = checks("interpreter_block", says_which=~Q(job_number=""))


class PersonPlan(_OfPerson):
    """What a person agreed that their plan says of whom to ring, and its language. The latest counts; all else of the plan is
    read from promises, referrals and offers when it is made."""

    to_ring = _user()
    role = models.CharField(max_length=12)
    shown_name = models.CharField(max_length=60, blank=True)  # the name that they agreed to see; empty: none
    language = models.CharField(max_length=20)

    class Classified:
        personal = frozenset({"shown_name"})
        none = _OfPerson.Classified.none | {"to_ring", "role", "language"}

    class Meta(_OfPerson.Meta):
        constraints = checks("person_plan", role_known=Q(role__in=ROLES))


class PlanLink(_OfPerson):
    """A link by which a person opens their plan once, with a code agreed face to face. Of both only hashes are kept; one is live
    of a person at a time. `ended_at`: opened, taken back, replaced, or five wrong codes."""

    channel = models.CharField(max_length=8)
    secret_hash = models.CharField(max_length=64)
    code_hash = models.CharField(max_length=128)
    ends_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Classified:
        sensitive = frozenset({"channel"})
        none = _OfPerson.Classified.none | {"secret_hash", "code_hash", "ends_at", "tries", "opened_at", "ended_at"}

    class Meta(_OfPerson.Meta):
        constraints = [
            UniqueConstraint(fields=["tenant", "secret_hash"], name="plan_link_once"),
            UniqueConstraint(fields=["tenant", "person"], name="plan_link_live", condition=Q(ended_at__isnull=True)),
            *checks(
                "plan_link", channel_known=Q(channel__in=[*CHANNELS]),
                tries_end_it=Q(tries__lt=MOST_TRIES) | Q(ended_at__isnull=False),
                opened_ends_it=Q(opened_at__isnull=True) | Q(ended_at__isnull=False),
            ),
        ]  # fmt: skip


class FeedbackAsked(_OfPerson):
    """That a person was asked how it is for them, and not what they said. Only ever added."""


class FeedbackAnswer(TenantModel):
    """What somebody said in a month, of which no row, id or time leads to a case or person. `paraphrase` is the advisor's:
    their own words are never kept. Only ever added."""

    month = models.DateField()
    knows = models.CharField(max_length=8)  # I know who to ring
    informed = models.CharField(max_length=8)  # I was told when promised
    paraphrase = models.CharField(max_length=400, blank=True)

    class Classified:
        sensitive = frozenset({"knows", "informed", "paraphrase"})
        none = frozenset({"id", "tenant", "month"})

    class Meta:
        constraints = checks(
            "feedback", answers_known=Q(knows__in=[*ANSWERS], informed__in=[*ANSWERS]), month_begins=Q(month__day=1)
        )
        indexes = [Index(fields=["tenant", "month"], name="feedback_month")]
