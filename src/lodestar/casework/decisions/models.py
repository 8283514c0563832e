"""What came of a referral: decisions of the competent authority, what it asked for, and what was asked of it."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint

from lodestar.casework.referrals.models import GROUNDS_DECISIONS, Referral
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, TenantModel

KINDS = (
    *GROUNDS_DECISIONS,
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
            UniqueConstraint(fields=["tenant", "replaces"], name="decision_replaced_once", condition=Q(replaces__isnull=False)),
            CheckConstraint(condition=Q(kind__in=[code for code, _ in KINDS]), name="decision_kind_known"),
            CheckConstraint(
                condition=Q(notice_on__isnull=True) | Q(notice_on__gte=F("decided_on")), name="decision_notice_not_before"
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


LETTERS = (("decision", "A decision"), ("asks", "It asks for further information"), ("other", "Something else"))


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
        none = frozenset({"id", "tenant", "how", "notes", "dated", "digest", "sha256", "waits", "added_at", "added_by"})

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
        max_length=10, choices=[("itself", "by its reference"), ("by_hand", "by hand"), ("aside", "put aside")]
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
