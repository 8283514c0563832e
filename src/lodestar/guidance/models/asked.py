"""What was looked for and what did not answer: the owner's work. Nobody's name, and no word that the library does not know."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Index, Q

from lodestar.guidance.models.library import Document
from lodestar.tenancy.models import OtherTenantRow, TenantModel


class Search(TenantModel):
    """One search: of what was typed only the words that stand in the library or the thesaurus, in the order of the alphabet.

    Everything else is dropped before anything is stored, so that a name typed here is nowhere. `has_answer`: whether what
    was found was good enough to be one. Open until its owner has dealt with it (`dealt_with_at`).
    """

    words = ArrayField(models.CharField(max_length=60))
    dropped = models.PositiveIntegerField(default=0)  # how many words were
    found = models.PositiveIntegerField()
    has_answer = models.BooleanField()
    asked_at = models.DateTimeField()
    dealt_with_at = models.DateTimeField(null=True)
    dealt_with = models.CharField(max_length=300, blank=True)  # what was done

    class Classified:
        none = frozenset(
            {"id", "tenant", "words", "dropped", "found", "has_answer", "asked_at", "dealt_with_at", "dealt_with"}
        )

    class Meta:
        indexes = [
            Index(
                fields=["tenant", "-asked_at"],
                name="guidance_search_open",
                condition=Q(has_answer=False, dealt_with_at__isnull=True),
            )
        ]


class DidNotAnswer(TenantModel):
    """A result that somebody marked as not answering what they asked: which document, and the words that were kept."""

    document = OtherTenantRow(Document)
    words = ArrayField(models.CharField(max_length=60))
    said_at = models.DateTimeField()
    dealt_with_at = models.DateTimeField(null=True)
    dealt_with = models.CharField(max_length=300, blank=True)

    class Classified:
        none = frozenset({"id", "tenant", "document", "words", "said_at", "dealt_with_at", "dealt_with"})

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(dealt_with_at__isnull=True, dealt_with="") | Q(dealt_with_at__isnull=False),
                name="guidance_did_not_answer_dealt_with",
            )
        ]
        indexes = [
            Index(
                fields=["tenant", "-said_at"],
                name="guidance_did_not_answer_open",
                condition=Q(dealt_with_at__isnull=True),
            )
        ]
