"""Letters of the competent authority, and where each was filed."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from lodestar.referrals.models.sent import Referral
from lodestar.tenancy.fields import SealedTextField
from lodestar.tenancy.models import OtherTenantRow, TenantModel

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
