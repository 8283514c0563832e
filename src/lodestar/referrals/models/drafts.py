"""A referral while it is written: whose it is, every answer as it was ever given, and what others said of it. Only ever added."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from lodestar.cases.models import Person
from lodestar.tenancy.fields import SealedTextField
from lodestar.tenancy.models import OtherTenantRow, TenantModel


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
        constraints = [
            UniqueConstraint(fields=["tenant", "person", "form_version"], name="writing_once"),
        ]


class Answer(TenantModel):
    """One answer to one question, by whom and when. The highest number counts; an empty one takes back what stood."""

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
