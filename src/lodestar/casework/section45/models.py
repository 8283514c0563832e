"""The full record of section 45 of the Modern Slavery Act 2015: versions for each offence, part by part, and who
countersigned each. Rows are only ever added."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint

from lodestar.casework.cases.models import AllegedOffence, FirstAccount, Person
from lodestar.casework.evidence.models import Account, Exhibit
from lodestar.casework.section45.rules.record import BEFORE, CONCLUSIONS, QUESTION_STAGES, READINGS, SETTLED
from lodestar.platform.tenancy.models import OtherTenantRow, TenantModel

TESTS = ("child", "adult", "both", "")
SIGNED = (("agree", "I agree"), ("not_agree", "I do not agree"), ("need_first", "I need something first"))


def _codes(pairs: tuple[tuple[str, str], ...]) -> list[str]:
    return [code for code, _ in pairs]


def _user() -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class FullRecord(TenantModel):
    """One version of the record of one offence, as one person decided it. A change of mind is the next version.

    `test` is by the age at the act, empty where the parts of the test were not asked. `schedule` is what the Schedule says
    by the words of the act, `settled` what a person settled where that leaves it open. `rests_on` is what the full record
    rested on then, `act_rests_on` what is told of the act alone. `countersign_by` is the end of the next tour.
    """

    offence = OtherTenantRow(AllegedOffence)
    number = models.PositiveSmallIntegerField()  # of that offence: two written at once cannot both be the next
    before = models.CharField(max_length=20, choices=BEFORE)
    test = models.CharField(max_length=5, blank=True)
    schedule = models.CharField(max_length=300, blank=True)
    settled = models.CharField(max_length=12, choices=SETTLED, blank=True)
    settled_why = models.CharField(max_length=2000, blank=True)
    duress = models.CharField(max_length=2000, blank=True)
    self_defence = models.CharField(max_length=2000, blank=True)
    public_interest = models.CharField(max_length=2000, blank=True)
    abuse_of_process = models.CharField(max_length=2000, blank=True)
    law_note = models.CharField(max_length=2000, blank=True)
    asked_whom = models.CharField(max_length=500, blank=True)
    their_answer = models.CharField(max_length=2000, blank=True)
    missing = models.CharField(max_length=2000, blank=True)
    conclusion = models.CharField(max_length=12, choices=CONCLUSIONS)
    reason = models.CharField(max_length=2000)
    decided_by = _user()
    decided_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    countersign_by = models.DateTimeField()
    rests_on = models.CharField(max_length=300, blank=True)
    act_rests_on = models.CharField(max_length=300, blank=True)

    class Classified:
        sensitive = frozenset(
            {
                "test", "schedule", "settled", "settled_why", "duress", "self_defence", "public_interest",
                "abuse_of_process", "law_note", "asked_whom", "their_answer", "missing", "conclusion", "reason",
            }
        )  # fmt: skip
        none = frozenset(
            {
                "id", "tenant", "offence", "number", "before", "decided_by", "decided_at", "recorded_at",
                "countersign_by", "rests_on", "act_rests_on",
            }
        )  # fmt: skip

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "offence", "number"], name="full_record_number_once"),
            # What a countersignature names as its decider is the decider of its record, and nobody else.
            UniqueConstraint(fields=["tenant", "id", "decided_by"], name="full_record_decider"),
            CheckConstraint(condition=Q(test__in=TESTS), name="full_record_test_known"),
            CheckConstraint(condition=Q(before__in=_codes(BEFORE)), name="full_record_before_known"),
            CheckConstraint(condition=Q(conclusion__in=_codes(CONCLUSIONS)), name="full_record_conclusion_known"),
            CheckConstraint(condition=~Q(reason=""), name="full_record_says_why"),
            CheckConstraint(
                condition=Q(settled="") | (Q(settled__in=_codes(SETTLED)) & ~Q(settled_why="")),
                name="full_record_settled_with_reason",
            ),
        ]


class Element(TenantModel):
    """One part of the test in one version of a record: what points this way, what the other way, and the decider's view."""

    record = OtherTenantRow(FullRecord, related_name="elements")
    test = models.CharField(max_length=5)
    number = models.PositiveSmallIntegerField()
    evidence_for = models.CharField(max_length=2000, blank=True)
    evidence_against = models.CharField(max_length=2000, blank=True)
    reading = models.CharField(max_length=12, choices=READINGS, blank=True)

    class Classified:
        sensitive = frozenset({"evidence_for", "evidence_against", "reading"})
        none = frozenset({"id", "tenant", "record", "test", "number"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "record", "test", "number"], name="element_once"),
            # Three parts for a child, four for an adult: compulsion is no part of a child's.
            CheckConstraint(
                condition=Q(test="child", number__range=(1, 3)) | Q(test="adult", number__range=(1, 4)),
                name="element_of_the_test",
            ),
            CheckConstraint(condition=Q(reading__in=["", *_codes(READINGS)]), name="element_reading_known"),
        ]


class ElementLink(TenantModel):
    """That one part of the test in one version rests on an exhibit, an account, or the video of a first account."""

    element = OtherTenantRow(Element, related_name="links")
    exhibit = OtherTenantRow(Exhibit, null=True)
    account = OtherTenantRow(Account, null=True)
    first_account = OtherTenantRow(FirstAccount, null=True)

    class Classified:
        none = frozenset({"id", "tenant", "element", "exhibit", "account", "first_account"})

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(exhibit__isnull=False, account__isnull=True, first_account__isnull=True)
                | Q(exhibit__isnull=True, account__isnull=False, first_account__isnull=True)
                | Q(exhibit__isnull=True, account__isnull=True, first_account__isnull=False),
                name="element_link_to_one_thing",
            )
        ]


class Countersignature(TenantModel):
    """What a supervisor who did not decide said of one version: agreed, or sent back with a reason.

    `decided_by` is the decider of that version; the database holds it to that, so that nobody countersigns their own.
    """

    record = OtherTenantRow(FullRecord, related_name="countersignatures")
    decided_by = _user()
    by = _user()
    kind = models.CharField(max_length=10, choices=SIGNED)
    reason = models.CharField(max_length=2000, blank=True)
    signed_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Classified:
        sensitive = frozenset({"kind", "reason"})
        none = frozenset({"id", "tenant", "record", "decided_by", "by", "signed_at", "recorded_at"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "record"], name="countersignature_once"),
            CheckConstraint(condition=~Q(by=F("decided_by")), name="countersigned_by_another"),
            CheckConstraint(condition=Q(kind__in=_codes(SIGNED)), name="countersignature_known"),
            CheckConstraint(condition=Q(kind="agree") | ~Q(reason=""), name="sent_back_with_reason"),
        ]


OUTCOMES = (
    ("charge", "Charged"),
    ("caution", "Cautioned"),
    ("other_disposal", "Another out-of-court disposal"),
    ("no_further_action", "No further action"),
    ("plea", "A plea was entered"),
    ("hearing", "A hearing was held"),
)


class OutcomeRecorded(TenantModel):
    """One outcome for one offence, at `at`. `record` is the countersigned version it rests on.

    `happened_without`: the full record of section 45 of the Modern Slavery Act 2015 was open then; it stays counted,
    whatever is recorded afterwards. `reason` says why it did not wait.
    """

    offence = OtherTenantRow(AllegedOffence)
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=OUTCOMES)
    at = models.DateTimeField()
    at_words = models.CharField(max_length=40, blank=True)
    happened_without = models.BooleanField(default=False)
    record = OtherTenantRow(FullRecord, null=True)
    reason = models.CharField(max_length=2000, blank=True)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        sensitive = frozenset({"kind", "happened_without", "reason"})
        none = frozenset({"id", "tenant", "offence", "number", "at", "at_words", "record", "recorded_at", "by"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "offence", "number"], name="outcome_number_once"),
            CheckConstraint(condition=Q(kind__in=[code for code, _ in OUTCOMES]), name="outcome_known"),
            CheckConstraint(condition=Q(happened_without=False) | Q(record__isnull=True), name="outcome_with_or_without_record"),
        ]
        indexes = [Index(fields=["tenant", "at"], name="outcome_without", condition=Q(happened_without=True))]


ANSWERS = (("yes", "Yes"), ("cannot_rule_out", "Cannot rule out"), ("no_sign_seen", "No sign seen"))


class FirstAnswer(TenantModel):
    """Could someone be making them do this, or profiting from it? One officer's answer for a person at one stage.

    `moment` is the stage; empty when nothing that the person is suspected of is recorded yet. `rests_on` is what the
    question rested on then, so that another act asks it again. A change of mind is another row.
    """

    person = OtherTenantRow(Person)
    moment = models.CharField(max_length=30, blank=True)
    answer = models.CharField(max_length=20, choices=ANSWERS)
    why = models.CharField(max_length=1000, blank=True)
    rests_on = models.CharField(max_length=300, blank=True)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        sensitive = frozenset({"answer", "why"})
        none = frozenset({"id", "tenant", "person", "moment", "rests_on", "happened_at", "recorded_at", "by"})

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(answer__in=[code for code, _ in ANSWERS]), name="first_answer_known"),
            CheckConstraint(condition=Q(moment__in=["", *QUESTION_STAGES]), name="first_answer_moment_known"),
        ]
        indexes = [
            Index(fields=["tenant", "person", "recorded_at", "id"], name="first_answer_person"),
            Index(fields=["tenant", "recorded_at"], name="first_answer_latest"),
        ]
