"""What was seen and said when someone was met, and who decided what on it. Rows are added and taken back, never deleted."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint

from lodestar.casework.cases.models import Case, Person
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, RecordedRow, TenantModel


class ImportedFile(TenantModel):
    """What became of each row of a file that somebody took in by a page, and the rows that were not taken in, for them alone and
    until the clock lets it go. Of what was let go there is no row."""

    kind = models.CharField(max_length=12)
    told = SealedTextField()  # of each row where it stands, what became of it, the reference, what is told of it: JSON
    rejected = SealedTextField(blank=True)  # a file to put right
    ending = models.CharField(max_length=6, blank=True)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        sensitive = frozenset({"told", "rejected"})
        none = frozenset({"id", "tenant", "kind", "ending", "taken_at", "taken_by"})

    class Meta:
        indexes = [Index(fields=["tenant", "taken_by", "-taken_at", "-id"], name="file_taken_in_by")]


class EarlierPerson(TenantModel):
    """Whom one or several earlier records are about. No person of a case, and never made one but by somebody's answer."""

    key = models.CharField(max_length=64)  # the hash of name and birth, or of the one record that has not both
    recorded_at = models.DateTimeField()

    class Classified:
        personal = frozenset({"key"})
        none = frozenset({"id", "tenant", "recorded_at"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "key"], name="earlier_person_once")]


class EarlierRecord(RecordedRow):
    """One record of another system: somebody held, missing, stopped, found at an address, or in a call. Only ever added.

    Ages are those of that day. Nationality and language stand in `typed` alone, sealed: nothing lists or counts by them.
    """

    earlier_person = OtherTenantRow(EarlierPerson)
    kind = models.CharField(
        max_length=8,
        choices=[
            ("custody", "Custody"), ("missing", "Missing"), ("stop", "Stop"), ("address", "Address"), ("call", "Call"),
        ],
    )  # fmt: skip
    reference = models.CharField(max_length=80, blank=True)  # the other system's own
    happened_at = models.DateTimeField(null=True)
    happened_as = models.CharField(max_length=60, blank=True)  # the words typed, when they were not a whole instant
    name = models.CharField(max_length=200, blank=True)  # as given, in any script
    sort_key = models.CharField(max_length=400, blank=True)
    birth_date = models.CharField(max_length=10, blank=True)  # 2009, 2009-09 or 2009-09-04
    age_min = models.PositiveSmallIntegerField(null=True)
    age_max = models.PositiveSmallIntegerField(null=True)
    place = models.CharField(max_length=300, blank=True)
    place_key = models.CharField(max_length=64, blank=True)  # the hash of an address, to find others at the same
    offence = models.CharField(max_length=300, blank=True)
    words = models.CharField(max_length=4000, blank=True)
    reach = SealedTextField()  # where they live, and their telephone
    source = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(max_length=200)
    key = models.CharField(max_length=64)  # the hash of what it says
    typed = SealedTextField()

    class Classified:
        personal = frozenset(
            {"reference", "name", "sort_key", "birth_date", "age_min", "age_max", "place", "place_key", "key", "source"}
        )
        sensitive = frozenset({"offence", "words", "reach", "typed"})
        none = frozenset(
            {
                "id", "tenant", "earlier_person", "kind", "happened_at", "happened_as", "file_name", "recorded_at",
                "recorded_by",
            }
        )  # fmt: skip

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "key"], name="earlier_record_once"),
            CheckConstraint(
                condition=Q(kind__in=["custody", "missing", "stop", "address", "call"]), name="earlier_record_kind_known"
            ),
            CheckConstraint(
                condition=Q(age_min__isnull=True) | Q(age_max__isnull=True) | Q(age_min__lte=F("age_max")),
                name="earlier_record_age_bounds",
            ),
        ]
        indexes = [
            Index(fields=["tenant", "earlier_person", "happened_at", "id"], name="earlier_record_person"),
            Index(fields=["tenant", "kind", "happened_at", "id"], name="earlier_record_kind"),
            Index(fields=["tenant", "place_key"], name="earlier_record_place"),
            Index(fields=["tenant", "birth_date"], name="earlier_record_birth"),
        ]


class RecordSign(TenantModel):
    """A sign that an earlier record may show, with the very words it rests on. It has no weight and makes no score."""

    record = OtherTenantRow(EarlierRecord)
    code = models.CharField(max_length=60)  # of the list of signs
    rule = models.CharField(max_length=60)  # how it was seen: words, or a row of record_patterns.toml
    rests_on = models.CharField(max_length=600)
    list_date = models.DateField()  # the list that was read
    recorded_at = models.DateTimeField()

    class Classified:
        sensitive = frozenset({"code", "rule", "rests_on"})
        none = frozenset({"id", "tenant", "record", "list_date", "recorded_at"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "record", "code", "rule"], name="record_sign_once"),
            CheckConstraint(condition=~Q(rests_on=""), name="record_sign_rests_on_something"),
        ]


class EarlierRecordMatch(TenantModel):
    """Whom earlier records are about and a person of a case who may be one human (`rules/earlier.py`).

    It decides nothing. Who may not see the case is shown nothing of it.
    """

    earlier_person = OtherTenantRow(EarlierPerson)
    person = OtherTenantRow(Person)
    is_sure = models.BooleanField()  # the same name and day of birth, and not only alike
    found_at = models.DateTimeField()

    class Classified:
        sensitive = frozenset({"earlier_person", "person"})
        none = frozenset({"id", "tenant", "is_sure", "found_at"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "earlier_person", "person"], name="met_before_once")]
        indexes = [Index(fields=["tenant", "person"], name="met_before_person")]


class Prompt(TenantModel):
    """A question to a named colleague: could whom these records are about be a possible victim? Never a score."""

    earlier_person = OtherTenantRow(EarlierPerson)
    asked_of = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=4, default="open")
    last_sign_at = models.DateTimeField()  # when the latest of the records with a sign happened, or came in
    answered_on = ArrayField(models.CharField(max_length=60), default=list, blank=True)  # the signs that a no was said on
    case = OtherTenantRow(Case, null=True)  # that a yes opened
    version = models.PositiveIntegerField(default=1)

    class Classified:
        sensitive = frozenset({"state", "answered_on", "case"})
        none = frozenset({"id", "tenant", "earlier_person", "asked_of", "asked_at", "last_sign_at", "version"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "earlier_person"], name="prompt_once"),
            CheckConstraint(
                condition=Q(state__in=["open", "no"]) | Q(state="yes", case__isnull=False), name="prompt_state_known"
            ),
        ]
        indexes = [
            Index(fields=["tenant", "state", "asked_at", "id"], name="prompt_waiting"),
            Index(fields=["tenant", "asked_of", "state"], name="prompt_asked_of"),
        ]


class PromptStep(TenantModel):
    """What became of a question: asked, passed on with a reason, answered. Only ever added."""

    prompt = OtherTenantRow(Prompt)
    what = models.CharField(max_length=10)
    reason = models.CharField(max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()

    class Classified:
        sensitive = frozenset({"what", "reason"})
        none = frozenset({"id", "tenant", "prompt", "by", "to", "at"})

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(what__in=["asked", "again", "yes"]) | (Q(what__in=["no", "passed"]) & ~Q(reason="")),
                name="prompt_step_reason",
            ),
            CheckConstraint(
                condition=Q(what__in=["no", "yes"], to__isnull=True) | Q(what__in=["asked", "again", "passed"], to__isnull=False),
                name="prompt_step_to_somebody",
            ),
        ]
        indexes = [Index(fields=["tenant", "prompt", "at", "id"], name="prompt_step_prompt")]
