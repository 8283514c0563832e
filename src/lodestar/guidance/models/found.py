"""What search reads: which word stands where, how often, and what passages mean. Made from what is published, never typed."""

from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from lodestar.guidance.models.library import Version
from lodestar.tenancy.models import OtherTenantRow, TenantModel


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
        indexes = [
            Index(fields=["tenant", "term", "-best"], include=["version", "spread"], name="guidance_posting_counted")
        ]


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


class Meaning(TenantModel):
    """What some passages of one version mean, in the terms of a sentence model: there only where an operator supplies one.

    `vectors` holds one vector of each passage from number `start` on, one byte a part (`kernel/sentence_model.py`); `model` is
    the hash of the model that made them, for vectors of another cannot be compared with these.
    """

    version = OtherTenantRow(Version)
    model = models.CharField(max_length=64)
    start = models.PositiveIntegerField()
    passages = models.PositiveIntegerField()
    vectors = models.BinaryField()
    made_at = models.DateTimeField()

    class Classified:
        none = frozenset({"id", "tenant", "version", "model", "start", "passages", "vectors", "made_at"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "version", "model", "start"], name="guidance_meaning_once"),
            CheckConstraint(condition=Q(passages__gt=0), name="guidance_meaning_of_some_passages"),
        ]
        indexes = [Index(fields=["tenant", "model", "made_at"], name="guidance_meaning_made")]
