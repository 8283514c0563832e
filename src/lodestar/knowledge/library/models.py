"""Documents, their versions with passages, who read them, and facts that no longer hold."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint

from lodestar.platform.accounts.models import Unit
from lodestar.platform.tenancy.models import OtherTenantRow, TenantModel, all_or_none

ORIGINS = {"national": "National", "regional": "Regional co-ordinator", "force": "This force"}
NATIONS = {
    "england_wales": "England and Wales", "england": "England", "wales": "Wales", "scotland": "Scotland",
    "northern_ireland": "Northern Ireland", "uk": "The whole United Kingdom",
}  # fmt: skip
OURS = "lodestar/"  # before the name of a page of Lodestar where the force has a file of that name
CLASSIFICATIONS = ("OFFICIAL", "OFFICIAL-SENSITIVE")  # what a library that all of a force reads may hold
STATES = {
    "draft": "Draft", "approved": "Approved", "published": "Published", "superseded": "Superseded",
    "withdrawn": "Withdrawn", "refused": "Refused",
}  # fmt: skip


class Document(TenantModel):
    """One piece of guidance, whatever its version: what it is called, who it is from and for, and how long it holds.

    Its file name tells it apart: another file of that name is its next version. `supersedes` is another document that
    this one replaces; that one stays in the library as history and is marked as not in force.
    """

    file_name = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200, blank=True)
    origin = models.CharField(max_length=10, default="national", choices=list(ORIGINS.items()))
    nation = models.CharField(max_length=20, default="england_wales", choices=list(NATIONS.items()))
    audience = ArrayField(models.CharField(max_length=40), default=list, blank=True)  # first_responder, ...
    topics = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    exploitation = ArrayField(models.CharField(max_length=40), default=list, blank=True)  # codes of exploitation_types
    owner = models.CharField(max_length=120, default="guidance editor")  # who answers for it being there
    published_on = models.CharField(max_length=10, blank=True)  # by its publisher: 2020, 2020-03 or 2020-03-09
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)  # the last day it holds
    review_by = models.DateField(null=True)
    supersedes = OtherTenantRow("self", null=True, related_name="superseded_by")
    classification = models.CharField(max_length=40, default="OFFICIAL")
    licence = models.CharField(max_length=200, blank=True)
    is_own = models.BooleanField(default=False)  # a topic page that comes with Lodestar
    # What one editor alone changed of this, by field: what it was before, who, when; until a second editor confirms it.
    said_alone = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        none = frozenset(
            {
                "id", "tenant", "file_name", "title", "publisher", "origin", "nation", "audience", "topics",
                "exploitation", "owner", "published_on", "valid_from", "valid_to", "review_by", "supersedes",
                "classification", "licence", "is_own", "said_alone", "created_at",
                "created_by",
            }
        )  # fmt: skip

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "file_name"], name="guidance_document_once"),
            CheckConstraint(condition=Q(origin__in=list(ORIGINS)), name="guidance_document_origin_known"),
            CheckConstraint(condition=Q(nation__in=list(NATIONS)), name="guidance_document_nation_known"),
            CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="guidance_document_ends_after_it_begins",
            ),
        ]


class Version(TenantModel):
    """One version of a document: the bytes as they came (in the store, under `digest`) and how far it has come.

    draft -> approved by a second person -> published -> superseded by the next one, or withdrawn with a reason; a draft may be
    refused with one. Every version is kept. `is_alone`: it was published without a second person, and is marked so until one has
    confirmed it. `note` says in one sentence what a reader of the file must know: that it is a scan without text, for example.
    `said` is what was said of the document with a draft, by its fields: it holds from when the draft is in use. `about` is what
    was said of the document last while a version that is history was in use.
    """

    document = OtherTenantRow(Document, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, default="draft", choices=list(STATES.items()))
    digest = models.CharField(max_length=64)
    url = models.CharField(max_length=500, blank=True)  # where it came from, as a manifest said
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()  # bytes
    pages = models.PositiveIntegerField(null=True)  # where the kind of file has any
    passages = models.PositiveIntegerField(default=0)
    captions = models.TextField(blank=True, default="")  # of a film, as WebVTT; its passages are what they say
    note = models.CharField(max_length=300, blank=True)
    said = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    about = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    also_by = ArrayField(models.UUIDField(), default=list, blank=True)  # whoever else had a part in it, so does not approve it
    again_of = models.PositiveIntegerField(null=True)  # the number of the older version that it brings back
    is_alone = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    withdrawn_because = models.CharField(max_length=400, blank=True)
    refused_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    refused_because = models.CharField(max_length=400, blank=True, default="")

    class Classified:
        none = frozenset(
            {
                "id", "tenant", "document", "number", "state", "digest", "url", "media_type", "size", "pages", "passages",
                "captions", "note", "said", "about", "also_by", "again_of",
                "is_alone", "added_at", "added_by", "approved_at", "approved_by", "published_at", "published_by",
                "confirmed_at", "confirmed_by", "withdrawn_at", "withdrawn_by", "withdrawn_because",
                "refused_at", "refused_by", "refused_because",
            }
        )  # fmt: skip

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "document", "number"], name="guidance_version_number_once"),
            UniqueConstraint(
                fields=["tenant", "digest"], name="guidance_version_content_once", condition=Q(again_of__isnull=True)
            ),
            UniqueConstraint(
                fields=["tenant", "document"], name="guidance_version_one_published", condition=Q(state="published")
            ),
            CheckConstraint(condition=Q(state__in=list(STATES)), name="guidance_version_state_known"),
            CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | (Q(approved_at__isnull=False, approved_by__isnull=False) & ~Q(approved_by=F("added_by"))),
                name="guidance_version_approved_by_a_second",
            ),
            CheckConstraint(condition=all_or_none("published_at", "published_by"), name="guidance_version_published_at_and_by"),
            CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | (Q(confirmed_at__isnull=False, confirmed_by__isnull=False) & ~Q(confirmed_by=F("added_by"))),
                name="guidance_version_confirmed_by_a_second",
            ),
            CheckConstraint(condition=all_or_none("withdrawn_at", "withdrawn_by"), name="guidance_version_withdrawn_at_and_by"),
            CheckConstraint(
                condition=~Q(state="published")
                | (Q(published_at__isnull=False) & (Q(approved_at__isnull=False) | Q(is_alone=True))),
                name="guidance_version_published_by_two_or_marked",
            ),
            CheckConstraint(
                condition=~Q(state="withdrawn") | Q(withdrawn_at__isnull=False), name="guidance_version_withdrawn_says_when"
            ),
            CheckConstraint(
                condition=~Q(state="refused") | Q(refused_at__isnull=False, refused_by__isnull=False),
                name="guidance_version_refused_says_when",
            ),
        ]
        indexes = [Index(fields=["tenant", "state", "document"], name="guidance_version_state")]


class Passage(TenantModel):
    """Some 120 words of a version as they stand in it, with where: the page, and the heading above where there is one.

    `number` is its place in the version, from 0. `stale` holds the codes of the stale facts that a sentence of it quotes.
    """

    version = OtherTenantRow(Version)
    number = models.PositiveIntegerField()
    page = models.PositiveIntegerField(null=True)
    heading = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    stale = ArrayField(models.CharField(max_length=40), default=list, blank=True)

    class Classified:
        none = frozenset({"id", "tenant", "version", "number", "page", "heading", "text", "stale"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "version", "number"], name="guidance_passage_number_once")]
        indexes = [Index(fields=["tenant", "version"], name="guidance_passage_stale", condition=~Q(stale=[]))]


class Reading(TenantModel):
    """Somebody opened a version, for the first time at `opened_at`; `understood_at` is when they said they understood it.

    It is shown to nobody by name: a team sees counts. `unit` is where they were at work when they opened it.
    """

    version = OtherTenantRow(Version)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    unit = OtherTenantRow(Unit)
    opened_at = models.DateTimeField()
    understood_at = models.DateTimeField(null=True)
    withdrawal_seen_at = models.DateTimeField(null=True)  # when they opened it after it was withdrawn, with the reason

    class Classified:
        personal = frozenset({"user", "opened_at", "understood_at", "withdrawal_seen_at"})
        none = frozenset({"id", "tenant", "version", "unit"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "user", "version"], name="guidance_reading_once"),
            CheckConstraint(
                condition=Q(understood_at__isnull=True) | Q(understood_at__gte=models.F("opened_at")),
                name="guidance_reading_opened_before_understood",
            ),
        ]
        indexes = [Index(fields=["tenant", "version"], name="guidance_reading_version")]


class EditedRow(TenantModel):
    """What comes with Lodestar and an editor may change, with a day to look at it again. While `as_shipped` a row goes with the
    list that comes with Lodestar; one that the force changed or took out of use is its own, and stays so."""

    is_used = models.BooleanField(default=True)
    as_shipped = models.BooleanField(default=False)
    owner = models.CharField(max_length=120)
    review_by = models.DateField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        none = frozenset({"id", "tenant", "code", "is_used", "as_shipped", "owner", "review_by", "changed_at", "changed_by"})

    class Meta:
        abstract = True


class StaleFact(EditedRow):
    """A fact that held once: the exact phrases that state it (`says`), and what holds now.

    `replaced_by` is what holds from `from_date` on, in words that end *differs from the force's confirmed ...*. One
    sentence that states it and one that does not are kept with it, and a change that misreads either is refused.
    """

    code = models.CharField(max_length=40)
    called = models.CharField(max_length=80)  # what the confirmed thing is: number, period, form, list
    says = ArrayField(models.CharField(max_length=80))
    replaced_by = models.CharField(max_length=300)
    from_date = models.DateField()
    source = models.CharField(max_length=300)
    states_it = models.CharField(max_length=400)
    does_not = models.CharField(max_length=400)

    class Classified:
        none = EditedRow.Classified.none | {
            "called", "says", "replaced_by", "from_date", "source", "states_it", "does_not",
        }  # fmt: skip

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "code"], name="guidance_stale_fact_code_once"),
            CheckConstraint(condition=Q(says__len__gt=0), name="guidance_stale_fact_says_something"),
        ]
