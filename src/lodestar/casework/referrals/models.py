"""A referral while it is written: whose it is, every answer as it was ever given, and what others said of it. Only ever added."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from lodestar.casework.cases.models import ConsentAnswer, Person
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, RecordedRow, TenantModel


class ReferralDraft(TenantModel):
    """What is written about one person on one version of the Home Office's form.

    It has no route of its own: what goes follows from the facts each time (docs/adr/0010), so that a consent taken back or
    an age put right needs nothing to be moved from one form to another.
    """

    person = OtherTenantRow(Person)
    form_version = models.CharField(max_length=10)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        none = frozenset({"id", "tenant", "person", "form_version", "begun_at", "begun_by"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "person", "form_version"], name="writing_once")]


class Answer(TenantModel):
    """One answer to one question, by whom and when. The highest number counts; an empty one takes back the one before.

    What the writer ticked of a section's text is one too (`CONFIRMED`): a mark of the text and the codes of the checks.
    """

    writing = OtherTenantRow(ReferralDraft, related_name="answers")
    code = models.CharField(max_length=90)  # of the question (`form_sections.toml`)
    number = models.PositiveIntegerField()  # of this question; two written at once cannot both be the next
    words = SealedTextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        sensitive = frozenset({"words"})
        none = frozenset({"id", "tenant", "writing", "code", "number", "written_at", "written_by"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "writing", "code", "number"], name="answer_number_once")]


class Review(TenantModel):
    """One comment on the text of a referral while it is written: about the form, and no part of what goes."""

    writing = OtherTenantRow(ReferralDraft)
    comment = models.CharField(max_length=2000)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        sensitive = frozenset({"comment"})
        none = frozenset({"id", "tenant", "writing", "said_at", "said_by"})

    class Meta:
        constraints = [CheckConstraint(condition=~Q(comment=""), name="review_says_something")]
        indexes = [Index(fields=["tenant", "writing", "said_at", "id"], name="review_writing")]


SIDES = (("no_crime", "A referral or notification, and no crime"), ("no_referral", "A crime, and no referral or notification"))
# Who has the one without the other, and somebody said why.
SETTLED = Q(settled=True) & (
    Q(referral_at__isnull=False, crime_at__isnull=True) | Q(crime_at__isnull=False, referral_at__isnull=True)
)


class Pairing(TenantModel):
    """When the last referral or notification, and the last crime number, of one person was recorded.

    `settled`: somebody said why the one is there without the other. It follows from other rows and is written with them.
    """

    person = OtherTenantRow(Person)
    referral_at = models.DateTimeField(null=True)
    crime_at = models.DateTimeField(null=True)
    settled = models.BooleanField(default=False)

    class Classified:
        none = frozenset({"id", "tenant", "person", "referral_at", "crime_at", "settled"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "person"], name="pairing_once")]
        indexes = [
            Index(
                fields=["tenant", "-referral_at", "-id"],
                name="pairing_no_crime",
                condition=Q(referral_at__isnull=False, crime_at__isnull=True, settled=False),
            ),
            Index(
                fields=["tenant", "-crime_at", "-id"],
                name="pairing_no_referral",
                condition=Q(crime_at__isnull=False, referral_at__isnull=True, settled=False),
            ),
            Index(fields=["tenant", "-id"], name="pairing_settled_alone", condition=SETTLED),
        ]


class PairingSettled(TenantModel):
    """A named person's reason why there is the one without the other. A later one stands beside the earlier."""

    person = OtherTenantRow(Person)
    side = models.CharField(max_length=12, choices=SIDES)
    reason = models.CharField(max_length=1000)
    settled_at = models.DateTimeField()
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        personal = frozenset({"reason"})
        none = frozenset({"id", "tenant", "person", "side", "settled_at", "settled_by"})

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(side__in=[code for code, _ in SIDES]), name="pairing_side_known"),
            CheckConstraint(condition=~Q(reason=""), name="pairing_settled_with_reason"),
        ]
        indexes = [Index(fields=["tenant", "person", "settled_at"], name="pairing_settled_person")]


class Referral(RecordedRow):
    """One referral or notification about one person that has gone to the Home Office.

    `made_by_us`: this force sent it. `received_for_investigation`: another body did, and the force investigates; the
    two are never counted together. `facts_said` is the route that the facts gave when it was recorded, `out_of_line`
    that it is not the one sent. `consent` is the answer that it was sent with: a later answer leaves it where it points.
    `no_consent` says why there is none; both are empty for what was recorded before they were kept. `crime_reference`
    holds the numbers recorded for the person by then. `writing` is where it was written, when that was here, and
    `open_checks` which of the coach's checks of the form were open as it stood then: about the form, and no mark.
    """

    person = OtherTenantRow(Person)
    number = models.PositiveSmallIntegerField()  # of that person; two written at once cannot both be the next
    route = models.CharField(max_length=3, choices=[("nrm", "National Referral Mechanism"), ("dtn", "Duty to Notify")])
    direction = models.CharField(
        max_length=30, choices=[("made_by_us", "sent by us"), ("received_for_investigation", "received to investigate")]
    )
    sent_at = models.DateTimeField()
    sent_words = models.CharField(max_length=40, blank=True)  # what was typed, when that was no whole instant
    sent_by = models.CharField(max_length=200, blank=True)  # who sent it, as written; empty when the recorder did
    confirmation = models.CharField(max_length=2000, blank=True)  # what the Home Office's answer says
    gaps = models.BooleanField(default=False)  # sent with what was known; the rest follows
    identity_checked = models.BooleanField(null=True)  # a notification read whole for what shows who they are
    facts_said = models.CharField(max_length=20, blank=True)
    out_of_line = models.BooleanField(default=False)
    consent = OtherTenantRow(ConsentAnswer, null=True, db_index=False)
    no_consent = models.CharField(
        max_length=10,
        blank=True,
        default="",
        db_default="",
        choices=[("child", "treated as a child"), ("none_held", "no answer was recorded"), ("theirs", "the sender has it")],
    )
    crime_reference = models.CharField(max_length=1000, blank=True, default="", db_default="")
    writing = OtherTenantRow(ReferralDraft, null=True, db_index=False, related_name="sent")
    open_checks = ArrayField(models.CharField(max_length=8), default=list, blank=True)

    class Classified:
        sensitive = frozenset({"route", "facts_said", "confirmation", "no_consent"})
        personal = frozenset({"sent_by", "crime_reference"})
        none = frozenset(
            {
                "id", "tenant", "person", "number", "direction", "sent_at", "sent_words", "gaps", "identity_checked",
                "out_of_line", "consent", "writing", "open_checks", "recorded_at", "recorded_by",
            }
        )  # fmt: skip

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(route__in=["nrm", "dtn"]), name="referral_route_known"),
            CheckConstraint(
                condition=Q(direction__in=["made_by_us", "received_for_investigation"]), name="referral_direction_known"
            ),
            CheckConstraint(
                condition=Q(no_consent="") | Q(no_consent__in=["child", "none_held", "theirs"], consent__isnull=True),
                name="referral_consent_or_why_not",
            ),
            models.UniqueConstraint(fields=["tenant", "person", "number"], name="referral_number_once"),
        ]
        indexes = [Index(fields=["tenant", "person", "sent_at"], name="referral_person")]


class ReferralReference(RecordedRow):
    """The Home Office's reference of a referral. It often comes later, and a mistaken one is put right by the next."""

    referral = OtherTenantRow(Referral, related_name="references")
    reference = models.CharField(max_length=80)
    found_by = models.CharField(max_length=80, blank=True, default="", db_default="")  # its letters and digits alone

    class Classified:
        personal = frozenset({"reference", "found_by"})
        none = frozenset({"id", "tenant", "referral", "recorded_at", "recorded_by"})

    class Meta:
        constraints = [CheckConstraint(condition=~Q(reference=""), name="referral_reference_given")]
        indexes = [
            Index(fields=["tenant", "referral", "recorded_at"], name="referral_reference_latest"),
            Index(fields=["tenant", "found_by"], name="referral_reference_found"),
        ]


class SupplementaryInformation(RecordedRow):
    """Supplementary information on a referral: when it was sent, how, and which answers it held (their codes alone)."""

    referral = OtherTenantRow(Referral, related_name="supplements", db_index=False)
    sent_at = models.DateTimeField()
    sent_words = models.CharField(max_length=40, blank=True)  # what was typed, when that was no whole instant
    how = models.CharField(max_length=200, blank=True)  # by which way, to whom
    codes = ArrayField(models.CharField(max_length=90), default=list, blank=True)

    class Classified:
        personal = frozenset({"how"})
        none = frozenset({"id", "tenant", "referral", "sent_at", "sent_words", "codes", "recorded_at", "recorded_by"})

    class Meta:
        indexes = [Index(fields=["tenant", "referral", "sent_at"], name="supplement_latest")]


GROUNDS_DECISIONS = (
    ("rg_positive", "Reasonable grounds: positive"),
    ("rg_negative", "Reasonable grounds: negative"),
    ("cg_positive", "Conclusive grounds: positive"),
    ("cg_negative", "Conclusive grounds: negative"),
)
STATES = (
    ("waiting", "Waiting for a first decision"),
    *GROUNDS_DECISIONS,
    ("reconsidered", "Reconsideration asked for"),
    ("suspended", "Suspended"),
    ("withdrawn", "Withdrawn"),
    ("disqualified", "Disqualified"),
    ("cg_revoked", "Conclusive grounds: revoked"),
    ("told", "Duty to Notify: sent, no decision follows"),
)


class ReferralStatus(TenantModel):
    """Where one referral stands. `returned`: further information is asked for and has not been sent.

    `first` is what was decided first of it, empty while nothing is. `open_checks` are those of the referral, kept beside it so
    that counting reads one table; null where it was not written here.
    """

    referral = OtherTenantRow(Referral, related_name="now")
    direction = models.CharField(max_length=30)
    unit = OtherTenantRow("accounts.Unit")
    sent_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=STATES)
    returned = models.BooleanField(default=False)
    first = models.CharField(max_length=12, blank=True, default="", db_default="")
    open_checks = ArrayField(models.CharField(max_length=8), null=True)

    class Classified:
        sensitive = frozenset({"state", "returned", "first"})
        none = frozenset({"id", "tenant", "referral", "direction", "unit", "sent_at", "open_checks"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "referral"], name="referral_now_once"),
            CheckConstraint(condition=Q(state__in=[code for code, _ in STATES]), name="referral_now_state_known"),
            CheckConstraint(condition=Q(first__in=["", "rg_positive", "rg_negative"]), name="referral_now_first_known"),
        ]
        indexes = [
            Index(fields=["tenant", "direction", "-sent_at", "-id"], name="referral_now_all"),
            Index(fields=["tenant", "direction", "state", "-sent_at", "-id"], name="referral_now_state"),
            Index(fields=["tenant", "direction", "-sent_at", "-id"], name="referral_now_returned", condition=Q(returned=True)),
        ]
