"""What has gone to the Home Office, what came of it and the letters about it. Mistakes are put right by another row."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint

from lodestar.cases.models import ConsentAnswer, Person
from lodestar.referrals.models.writing import ReferralDraft
from lodestar.tenancy.fields import SealedTextField
from lodestar.tenancy.models import OtherTenantRow, TenantModel


class Referral(TenantModel):
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
    route = models.CharField(
        max_length=3, choices=[("nrm", "National Referral Mechanism"), ("dtn", "Duty to Notify")]
    )
    direction = models.CharField(
        max_length=30,
        choices=[("made_by_us", "sent by us"), ("received_for_investigation", "received to investigate")],
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
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

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


class ReferralReference(TenantModel):
    """The Home Office's reference of a referral. It often comes later, and a mistaken one is put right by the next."""

    referral = OtherTenantRow(Referral, related_name="references")
    reference = models.CharField(max_length=80)
    found_by = models.CharField(max_length=80, blank=True, default="", db_default="")  # its letters and digits alone
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        personal = frozenset({"reference", "found_by"})
        none = frozenset({"id", "tenant", "referral", "recorded_at", "recorded_by"})

    class Meta:
        constraints = [CheckConstraint(condition=~Q(reference=""), name="referral_reference_given")]
        indexes = [
            Index(fields=["tenant", "referral", "recorded_at"], name="referral_reference_latest"),
            Index(fields=["tenant", "found_by"], name="referral_reference_found"),
        ]


class SupplementaryInformation(TenantModel):
    """Supplementary information on a referral: when it was sent, how, and which answers it held (their codes alone)."""

    referral = OtherTenantRow(Referral, related_name="supplements", db_index=False)
    sent_at = models.DateTimeField()
    sent_words = models.CharField(max_length=40, blank=True)  # what was typed, when that was no whole instant
    how = models.CharField(max_length=200, blank=True)  # by which way, to whom
    codes = ArrayField(models.CharField(max_length=90), default=list, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        personal = frozenset({"how"})
        none = frozenset({"id", "tenant", "referral", "sent_at", "sent_words", "codes", "recorded_at", "recorded_by"})

    class Meta:
        indexes = [Index(fields=["tenant", "referral", "sent_at"], name="supplement_latest")]


KINDS = (
    ("rg_positive", "Reasonable grounds: positive"),
    ("rg_negative", "Reasonable grounds: negative"),
    ("cg_positive", "Conclusive grounds: positive"),
    ("cg_negative", "Conclusive grounds: negative"),
    ("withdrawn", "Withdrawn"),
    ("suspended", "Suspended"),
    ("info_asked", "Further information asked for"),
    ("info_sent", "Further information sent"),
    ("rec_asked", "Reconsideration asked for"),
    ("rec_accepted", "Reconsideration: accepted"),
    ("rec_refused", "Reconsideration: refused"),
    ("disqualified", "Disqualified by the competent authority"),
    ("cg_revoked", "Conclusive grounds: revoked"),
)
GROUNDS = (
    ("guidance", "Not decided in line with the guidance"),
    ("new_evidence", "New evidence"),
    ("public_order", "Public order"),
    ("bad_faith", "Claimed in bad faith"),
)


class Decision(TenantModel):
    """One thing that came of one referral: which, on what day, and the day of its notice where that is known.

    `answer_by` is the day that further information is wanted by, where one is named. `ground` is that of a request for
    reconsideration or of a disqualification, as the letter has it: nobody here sets either (Nationality and Borders Act
    2022 s63). `replaces` is the earlier row that this one puts right; what was replaced no longer counts, and stays to be read.
    """

    referral = OtherTenantRow(Referral, related_name="decisions")
    number = models.PositiveSmallIntegerField()  # of that referral; two written at once cannot both be the next
    kind = models.CharField(max_length=12, choices=KINDS)
    decided_on = models.DateField()
    notice_on = models.DateField(null=True)
    answer_by = models.DateField(null=True)
    ground = models.CharField(max_length=12, blank=True, default="", db_default="", choices=GROUNDS)
    replaces = OtherTenantRow("self", null=True)
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        sensitive = frozenset({"kind", "decided_on", "notice_on", "answer_by", "ground"})
        none = frozenset({"id", "tenant", "referral", "number", "replaces", "filed_at", "filed_by"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "referral", "number"], name="decision_number_once"),
            UniqueConstraint(
                fields=["tenant", "replaces"], name="decision_replaced_once", condition=Q(replaces__isnull=False)
            ),
            CheckConstraint(condition=Q(kind__in=[code for code, _ in KINDS]), name="decision_kind_known"),
            CheckConstraint(
                condition=Q(notice_on__isnull=True) | Q(notice_on__gte=F("decided_on")),
                name="decision_notice_not_before",
            ),
            CheckConstraint(
                condition=Q(answer_by__isnull=True) | Q(kind="info_asked", answer_by__gte=F("decided_on")),
                name="decision_answer_by_of_asking",
            ),
            CheckConstraint(
                condition=Q(ground="")
                | Q(kind="rec_asked", ground__in=["guidance", "new_evidence"])
                | Q(kind="disqualified", ground__in=["public_order", "bad_faith"]),
                name="decision_ground_of_its_kind",
            ),
        ]
        indexes = [Index(fields=["tenant", "-filed_at", "-id"], name="decision_latest")]


STATES = (
    ("waiting", "Waiting for a first decision"),
    ("rg_positive", "Reasonable grounds: positive"),
    ("rg_negative", "Reasonable grounds: negative"),
    ("cg_positive", "Conclusive grounds: positive"),
    ("cg_negative", "Conclusive grounds: negative"),
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
            Index(fields=["tenant", "direction", "unit", "-sent_at", "-id"], name="referral_now_unit"),
            Index(fields=["tenant", "direction", "unit", "state", "-sent_at", "-id"], name="referral_now_unit_state"),
            Index(
                fields=["tenant", "direction", "-sent_at", "-id"], name="referral_now_returned", condition=Q(returned=True)
            ),
        ]


SIDES = (
    ("no_crime", "A referral or notification, and no crime"),
    ("no_referral", "A crime, and no referral or notification"),
)

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


LETTERS = (
    ("decision", "A decision"),
    ("asks", "It asks for further information"),
    ("other", "Something else"),
)


class Letter(TenantModel):
    """One mail or pasted text, as words. `digest` is that of what came, so that the same is known again from the same hand;
    the bytes of a mail lie in the file store under `sha256`. `waits`: nobody has filed it yet, and it did not file itself.
    """

    kind = models.CharField(max_length=10, choices=LETTERS)
    how = models.CharField(max_length=10, choices=[("pasted", "pasted"), ("mail", "a mail file")])
    title = SealedTextField()
    words = SealedTextField()
    notes = models.CharField(max_length=400, blank=True)  # what could not be read of it
    dated = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64, blank=True)
    waits = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        sensitive = frozenset({"kind", "title", "words"})
        none = frozenset(
            {"id", "tenant", "how", "notes", "dated", "digest", "sha256", "waits", "added_at", "added_by"}
        )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "added_by", "digest"], name="letter_once"),
            CheckConstraint(condition=Q(kind__in=[code for code, _ in LETTERS]), name="letter_kind_known"),
        ]
        indexes = [Index(fields=["tenant", "-added_at", "-id"], name="letter_waits", condition=Q(waits=True))]


class LetterFiled(TenantModel):
    """That a letter belongs to a referral: by its reference, or as somebody said. Without one it was put aside, with why."""

    letter = OtherTenantRow(Letter, related_name="filed")
    referral = OtherTenantRow(Referral, null=True, related_name="letters")
    how = models.CharField(
        max_length=10,
        choices=[("itself", "by its reference"), ("by_hand", "by hand"), ("aside", "put aside")],
    )
    reason = models.CharField(max_length=400, blank=True)
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        personal = frozenset({"reason"})
        none = frozenset({"id", "tenant", "letter", "referral", "how", "filed_at", "filed_by"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "letter", "referral"], name="letter_filed_once"),
            CheckConstraint(
                condition=Q(referral__isnull=False, how__in=["itself", "by_hand"])
                | (Q(referral__isnull=True, how="aside") & ~Q(reason="")),
                name="letter_filed_somewhere_or_why_not",
            ),
        ]
        indexes = [Index(fields=["tenant", "referral", "filed_at"], name="letter_of_referral")]
