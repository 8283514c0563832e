"""What is owed, and everything that happened to each thing owed. Reckoned by `casework/ledger/ledger.py` alone."""

from functools import reduce
from operator import or_

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case as Case_
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint, When
from django.db.models.functions import Coalesce

from lodestar.casework.cases.models import Case, Person
from lodestar.platform.obligations.closing_records import BY_WORD, closed_with, details_of, summary_of
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, TenantModel, all_or_none

# What of a referral can be late, for the register of referrals (`casework/decisions/queries/decisions.py`).
REFERRAL_CLOCKS = (
    "answer_further_information", "consider_reconsideration", "plan_before_support_ends", "put_referral_right",
    "send_supplementary_information", "tell_decision_safely", "turning_18_consent", "watch_reasonable_grounds_decision",
    "watch_reconsideration_reply",
)  # fmt: skip
# One code or another, and no list of them: an index on a list is written otherwise when it is made anew.
OF_REFERRALS = Q(state="open", person__isnull=False) & reduce(or_, (Q(code=code) for code in REFERRAL_CLOCKS))


def _worklist(name: str, whose: list[str], *, includes_assigned: bool = True) -> Index:
    """The order of one worklist, the gravest first and then by time. It carries what lists leave out by and count, so that
    neither reads the rows.

    Without `held` it holds only what waits for a role and nobody has by name.
    """
    nobodys = Q() if includes_assigned else Q(holder__isnull=True)
    return Index(
        fields=["tenant", *whose, "-gravity", "sort_at", "id"],
        include=["opens_at", "when", "due_at"],
        name=name,
        condition=Q(state="open", sealed=False) & nobodys,
    )


class Obligation(TenantModel):
    """One thing owed. It opens with the facts, closes only by evidence, reopens when a fact changes, is never deleted."""

    case = OtherTenantRow(Case)
    person = OtherTenantRow(Person, null=True)
    code = models.CharField(max_length=60)
    subject = models.CharField(max_length=80, blank=True)
    moment = models.CharField(max_length=80, blank=True)
    owed_by = models.CharField(max_length=20)  # the role the rule names
    with_role = models.CharField(max_length=20)  # the role that has it now
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    unit = OtherTenantRow("accounts.Unit")
    when = models.CharField(max_length=20)
    line = models.PositiveSmallIntegerField(null=True)
    due_at = models.DateTimeField(null=True)
    due_from = models.CharField(max_length=40, blank=True)
    due_before = ArrayField(models.CharField(max_length=40), default=list)
    opens_at = models.DateTimeField()
    why = ArrayField(models.CharField(max_length=200), default=list)
    rests_on = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=12)
    not_possible = models.BooleanField(default=False)
    closed_with = models.CharField(max_length=8, blank=True)  # a record, an officer's word, a reason why it is not needed
    sealed = models.BooleanField(default=False)  # the case's seal, kept here so that lists need no join
    rule_from = models.DateField(null=True)  # the dated row of the rule
    gravity = models.PositiveSmallIntegerField(default=0)  # the sum of what `platform/obligations/gravity.py` names
    sort_at = models.GeneratedField(  # its place in time: when it is due, or since when it is to be done now
        expression=Coalesce(F("due_at"), Case_(When(when="now", then=F("opens_at")))),
        output_field=models.DateTimeField(null=True),
        db_persist=True,
    )
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Classified:
        none = frozenset(
            {
                "id", "tenant", "case", "person", "code", "subject", "moment", "owed_by", "with_role", "holder", "unit",
                "when", "line", "due_at", "due_from", "due_before", "opens_at", "rests_on", "state", "not_possible",
                "closed_with", "sealed", "rule_from", "gravity", "sort_at", "opened_at", "closed_at",
            }
        )  # fmt: skip
        personal = frozenset({"why"})

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["tenant", "case", "person", "code", "subject", "moment"], name="obligation_once", nulls_distinct=False
            ),
            CheckConstraint(condition=Q(state__in=["open", "closed", "not_owed"]), name="obligation_state_known"),
            CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True) | ~Q(state="open") & Q(closed_at__isnull=False),
                name="obligation_closed_with_time",
            ),
        ]
        indexes = [
            _worklist("obligation_mine", ["holder"]),
            _worklist("obligation_role", ["with_role"], includes_assigned=False),
            _worklist("obligation_unit", ["unit"]),
            _worklist("obligation_unit_role", ["unit", "with_role"], includes_assigned=False),
            _worklist("obligation_force", []),
            Index(fields=["tenant", "due_at", "id"], name="obligation_of_referrals", condition=OF_REFERRALS),
            Index(fields=["tenant", "case"], name="obligation_sealed", condition=Q(state="open", sealed=True)),
            Index(  # the order of the force's list by time
                fields=["tenant", "sort_at", "id"],
                include=["gravity", "opens_at", "when", "due_at"],
                name="obligation_time",
                condition=Q(state="open", sealed=False),
            ),
        ]


EVENT_KINDS = (
    "opened", "closed", "reopened", "not_owed", "not_possible", "handed_on", "taken", "changed", "given", "reminded", "timed",
)  # fmt: skip


class ObligationEvent(TenantModel):
    """One opening, closing or reopening of a thing owed, with the event that caused it; or what a supervisor did about it,
    with the reason. Only ever added."""

    obligation = OtherTenantRow(Obligation)
    kind = models.CharField(max_length=12)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.UUIDField()
    cause = models.CharField(max_length=60)
    event = models.UUIDField(null=True)
    facts = ArrayField(models.CharField(max_length=60), default=list)  # names of what was recorded, never what it says
    because = models.CharField(max_length=400, blank=True)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)  # who was given it
    working_time = models.DateTimeField(null=True)  # agreed; the time of the rule stays

    class Classified:
        personal = frozenset({"because"})
        none = frozenset(
            {
                "id", "tenant", "obligation", "kind", "happened_at", "recorded_at", "by", "cause", "event", "facts", "to",
                "working_time",
            }
        )  # fmt: skip

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(kind__in=list(EVENT_KINDS)), name="obligation_event_known"),
            CheckConstraint(condition=Q(kind="given", to__isnull=False) | ~Q(kind="given") & Q(to__isnull=True),
                            name="obligation_given_to"),
            CheckConstraint(
                condition=Q(kind="timed", working_time__isnull=False) | ~Q(kind="timed") & Q(working_time__isnull=True),
                name="obligation_timed",
            ),
        ]  # fmt: skip
        indexes = [
            Index(fields=["tenant", "obligation", "recorded_at", "id"], name="obligation_event_order"),
            Index(fields=["tenant", "obligation"], name="obligation_given", condition=Q(kind="given")),
        ]


class ObligationAnswer(TenantModel):
    """A person's answer to something owed: done, not possible because, not needed because, with the time it happened."""

    case = OtherTenantRow(Case)
    person = OtherTenantRow(Person, null=True)
    code = models.CharField(max_length=60)
    subject = models.CharField(max_length=80, blank=True)
    moment = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=12)
    because = models.CharField(max_length=1000, blank=True)
    record = models.CharField(max_length=16, blank=True)  # its kind; blank is an officer's word
    details = SealedTextField()  # the fields of the record
    rests_on = models.CharField(max_length=300, blank=True)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        personal = frozenset({"because"})
        sensitive = frozenset({"details"})
        none = frozenset(
            {"id", "tenant", "case", "person", "code", "subject", "moment", "kind", "record", "rests_on",
             "happened_at", "recorded_at", "by"}
        )  # fmt: skip

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(kind__in=["done", "not_needed", "not_possible"]), name="duty_answer_kind_known"),
            CheckConstraint(condition=~Q(kind="not_needed") | ~Q(because=""), name="duty_answer_says_why"),
        ]
        indexes = [Index(fields=["tenant", "case", "recorded_at", "id"], name="duty_answer_case")]

    @property
    def is_word(self) -> bool:
        """Whether only an officer's word says that it was done."""
        return self.kind == "done" and closed_with(self.kind, self.record) == BY_WORD

    @property
    def record_fields(self) -> list[tuple[str, str]]:
        """The filled fields of its record, each with its label."""
        return details_of(self.record, str(self.details or ""))

    @property
    def record_words(self) -> str:
        """Its record in a few words, as `Called: Suffolk MASH, ref 123`; empty where there is none."""
        return summary_of(self.record, str(self.details or ""))


class Handover(TenantModel):
    """Something owed that an officer passed to the coordinator. Until it is taken it stays with the officer."""

    obligation = OtherTenantRow(Obligation)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    handed_at = models.DateTimeField()
    known = models.CharField(max_length=400, blank=True)  # what the next one must know
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    taken_at = models.DateTimeField(null=True)

    class Classified:
        none = frozenset({"id", "tenant", "obligation", "by", "handed_at", "taken_by", "taken_at"})
        personal = frozenset({"known"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "obligation"], name="hand_on_once"),
            CheckConstraint(condition=all_or_none("taken_at", "taken_by"), name="hand_on_taken_at_and_by"),
        ]
        indexes = [Index(fields=["tenant", "handed_at"], name="hand_on_waiting", condition=Q(taken_at__isnull=True))]
