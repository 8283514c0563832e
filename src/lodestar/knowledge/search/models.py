"""What search reads and what was looked for: terms, searches; and the thesaurus."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from lodestar.knowledge.library.models import EditedRow, Version
from lodestar.platform.tenancy.models import OtherTenantRow, TenantModel


class Posting(TenantModel):
    """In which passages of one version a term stands, and how much it weighs in each.

    `places` packs for each passage its number and weight (`rules/index.py`); `best` is the greatest of the weights and
    orders the versions of a term, so that a search reads only the first of them; `spread` is in how many passages it is.
    """

    version = OtherTenantRow(Version)
    term = models.CharField(max_length=60)
    best = models.FloatField()
    spread = models.PositiveIntegerField()
    places = models.BinaryField()

    class Classified:
        none = frozenset({"id", "tenant", "version", "term", "best", "spread", "places"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "version", "term"], name="guidance_posting_once")]
        # With the version in it, so that the best of a term are read, and its versions counted, without the rows themselves.
        indexes = [Index(fields=["tenant", "term", "-best"], include=["version", "spread"], name="guidance_posting_counted")]


class Term(TenantModel):
    """A word as it is spelt in the library, the term it is searched by, and in how many passages and versions that stands.

    It tells rare words from common ones, mends spelling, and says which words of a search may be kept: no others are.
    """

    word = models.CharField(max_length=60)
    term = models.CharField(max_length=60)
    passages = models.PositiveIntegerField()
    versions = models.PositiveIntegerField()

    class Classified:
        none = frozenset({"id", "tenant", "word", "term", "passages", "versions"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "word"], name="guidance_term_word_once")]
        indexes = [Index(fields=["tenant", "term"], name="guidance_term_term")]


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
        none = frozenset({"id", "tenant", "words", "dropped", "found", "has_answer", "asked_at", "dealt_with_at", "dealt_with"})

    class Meta:
        indexes = [
            Index(
                fields=["tenant", "-asked_at"],
                name="guidance_search_open",
                condition=Q(has_answer=False, dealt_with_at__isnull=True),
            )
        ]


class ThesaurusEntry(EditedRow):
    """What an officer writes (`says`), and what guidance calls it (`means`). It widens a search and means nothing else.

    `both_ways`: each finds the other. Shipped entries carry a `code`; a force's own have none.
    """

    code = models.CharField(max_length=60, blank=True)
    group = models.CharField(max_length=40)
    says = ArrayField(models.CharField(max_length=80))
    means = ArrayField(models.CharField(max_length=80))
    both_ways = models.BooleanField(default=False)

    class Classified:
        none = EditedRow.Classified.none | {"group", "says", "means", "both_ways"}

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "code"], name="guidance_thesaurus_code_once", condition=~Q(code="")),
            CheckConstraint(condition=Q(says__len__gt=0) & Q(means__len__gt=0), name="guidance_thesaurus_says_something"),
        ]
