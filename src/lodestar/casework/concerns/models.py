"""What was seen and heard when somebody was met, who decided what on it, and what of it came in from a file."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from lodestar.casework.cases.models import Case, Person
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, RecordedRow, TenantModel, all_or_none

REPORTED = "reported"


OWN_WORDS = "own_words"


class SignSeen(RecordedRow):
    """One sign of the dated list that somebody saw, on a person or on the scene. It has no weight and makes no score."""

    case = OtherTenantRow(Case)
    person = OtherTenantRow(Person, null=True)  # none: it is about the scene
    code = models.CharField(max_length=60)
    list_date = models.DateField()  # the list that the words were read in
    seen_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)  # the tick was taken back
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Classified:
        sensitive = frozenset({"code"})
        none = frozenset(
            {
                "id", "tenant", "case", "person", "list_date", "seen_at", "recorded_at", "recorded_by", "withdrawn_at",
                "withdrawn_by",
            }
        )  # fmt: skip

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["tenant", "case", "person", "code"],
                name="sign_seen_once",
                condition=Q(withdrawn_at__isnull=True),
                nulls_distinct=False,
            ),
            CheckConstraint(condition=all_or_none("withdrawn_at", "withdrawn_by"), name="sign_withdrawn_at_and_by"),
        ]


class Note(RecordedRow):
    """What somebody said in their own words, and what stood before it was changed. Only ever added. What another system says,
    of suspicion, custody or under a name that nothing here knows, is of a kind that goes into no other system."""

    case = OtherTenantRow(Case)
    person = OtherTenantRow(Person, null=True)
    kind = models.CharField(
        max_length=12,
        choices=[
            (OWN_WORDS, "in their own words"),
            ("before", "as reported before"),
            ("taken_back", "withdrawn"),
            (REPORTED, "as another system says it"),
        ],
    )
    words = models.CharField(max_length=4000)

    class Classified:
        sensitive = frozenset({"words"})
        none = frozenset({"id", "tenant", "case", "person", "kind", "recorded_at", "recorded_by"})

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(kind__in=[OWN_WORDS, "before", "taken_back", REPORTED]), name="note_kind_known"),
            CheckConstraint(condition=~Q(words=""), name="note_says_something"),
        ]
        indexes = [Index(fields=["tenant", "case", "recorded_at", "id"], name="note_case")]


class BeliefDecision(TenantModel):
    """What a named person answered on whether someone may be a victim, and why. A change of mind is a new row."""

    person = OtherTenantRow(Person)
    belief = models.CharField(max_length=20)
    how = models.CharField(max_length=8, choices=[("recorded", "as reported or confirmed"), ("decided", "on the signs listed")])
    because = models.CharField(max_length=2000, blank=True)
    would_change = models.CharField(max_length=2000, blank=True)
    decided_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        personal = frozenset({"belief"})
        sensitive = frozenset({"because", "would_change"})
        none = frozenset({"id", "tenant", "person", "how", "decided_at", "recorded_at", "by"})

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(belief__in=["reasonable_grounds", "signs_only", "none"]), name="belief_decision_known"),
            CheckConstraint(condition=Q(how__in=["recorded", "decided"]), name="belief_decision_how_known"),
        ]
        indexes = [Index(fields=["tenant", "person", "recorded_at", "id"], name="belief_decision_person")]


class ImportedRow(RecordedRow):
    """One row of a table that came from elsewhere, as it came, so that it is taken in once and nothing of it is lost."""

    case = OtherTenantRow(Case)
    person = OtherTenantRow(Person, null=True)  # none: it says nothing of anybody
    key = models.CharField(max_length=64)  # the hash of what it says
    person_key = models.CharField(max_length=64, blank=True)  # the hash of the sender's reference of the person, in this case
    typed = SealedTextField()

    class Classified:
        personal = frozenset({"key", "person_key"})
        sensitive = frozenset({"typed"})
        none = frozenset({"id", "tenant", "case", "person", "recorded_at", "recorded_by"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "key"], name="row_taken_in_once")]
        indexes = [Index(fields=["tenant", "case", "person_key"], name="row_taken_in_person")]


class SuppressedImport(TenantModel):
    """What came from elsewhere (a row, an encounter, a person of a table, an earlier record) and was let go: a keyed mark of
    what it was known by, so that it does not come in again. It refers to no case and to nobody, and goes itself on a day."""

    mark = models.BigIntegerField()
    gone_on = models.DateField()
    by_two = models.BooleanField()  # two people decided it; or else its time was over
    until = models.DateField()  # the last day on which the mark is kept

    class Classified:
        personal = frozenset({"mark"})
        none = frozenset({"id", "tenant", "gone_on", "by_two", "until"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "mark"], name="let_go_once")]
        indexes = [Index(fields=["tenant", "until"], name="let_go_until")]
