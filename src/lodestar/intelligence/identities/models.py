"""Index keys of people, and two who may be one human: what was found alike, said of it, linked, who was alerted."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint
from django.db.models.functions import Greatest, Least

from lodestar.casework.cases.models import Person
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, TenantModel, all_or_none


def _reasons() -> ArrayField:
    return ArrayField(models.CharField(max_length=40), default=list, blank=True)


class Match(TenantModel):
    """Somebody who was recorded is like somebody who was recorded before, in another case. Two people once, whichever way.

    `outcome` is what was told to whoever recorded them (`rules/identities.py`); `code` what they were given to quote. Across
    forces `other` is nobody and `elsewhere` an opaque reference: what it stands for only the other force can say.
    """

    person = OtherTenantRow(Person)
    other = OtherTenantRow(Person, null=True)
    elsewhere = models.CharField(max_length=64, blank=True, default="")
    reasons = _reasons()
    outcome = models.CharField(max_length=6)
    code = models.CharField(max_length=8, blank=True, default="")
    found_at = models.DateTimeField()
    found_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        personal = frozenset({"reasons"})
        none = frozenset({"id", "tenant", "person", "other", "elsewhere", "outcome", "code", "found_at", "found_by"})

    class Meta:
        constraints = [
            UniqueConstraint("tenant", Least("person", "other"), Greatest("person", "other"), name="match_once"),
            UniqueConstraint(fields=["tenant", "person", "elsewhere"], name="match_elsewhere_once", condition=~Q(elsewhere="")),
            CheckConstraint(condition=~Q(person=F("other")), name="match_of_two"),
            CheckConstraint(
                condition=Q(other__isnull=False, elsewhere="") | Q(other__isnull=True) & ~Q(elsewhere=""),
                name="match_here_or_elsewhere",
            ),
            CheckConstraint(condition=Q(outcome__in=["shown", "ring", "sealed", "quiet"]), name="match_outcome_known"),
            CheckConstraint(
                condition=Q(outcome__in=["shown", "sealed"], code="") | Q(outcome__in=["ring", "quiet"]) & ~Q(code=""),
                name="match_code_to_quote",
            ),
        ]
        indexes = [
            Index(fields=["tenant", "-found_at", "-id"], name="match_latest"),
            Index(fields=["tenant", "found_by", "-found_at"], name="match_found_by"),
            Index(fields=["tenant", "code"], name="match_code", condition=~Q(code="")),
            Index(fields=["tenant", "person"], name="match_person"),
            Index(fields=["tenant", "other"], name="match_other"),
        ]


class MatchAnswer(TenantModel):
    """What somebody said of a likeness, one row each time: the latest counts."""

    match = OtherTenantRow(Match)
    kind = models.CharField(max_length=12)
    reasons = _reasons()
    words = models.CharField(max_length=400, blank=True)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        personal = frozenset({"reasons", "words"})
        none = frozenset({"id", "tenant", "match", "kind", "said_at", "said_by"})

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(kind__in=["seems_same", "seems_other", "linked", "not_same", "again", "unlinked"]),
                name="match_answer_known",
            )
        ]
        indexes = [Index(fields=["tenant", "match", "-said_at", "-id"], name="match_answer_latest")]


class MatchAlert(TenantModel):
    """Somebody is to know of a likeness: a named owner of the sealed case, whoever has the other case, or, where `to` is
    nobody in particular, the coordinators. What they may read of it is asked anew each time it is shown.

    Of a person of ours whom another force recorded there is no likeness here: `about` is ours, `elsewhere` an opaque
    reference to theirs, `from_force` the force and `code` what its officer was told to quote.
    """

    match = OtherTenantRow(Match, null=True)
    about = OtherTenantRow(Person, null=True)
    elsewhere = models.CharField(max_length=64, blank=True, default="", db_default="")
    from_force = models.CharField(max_length=60, blank=True, default="", db_default="")
    code = models.CharField(max_length=8, blank=True, default="", db_default="")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    told_as = models.CharField(max_length=12)
    alerted_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    did = models.CharField(max_length=1000, blank=True, default="")
    did_at = models.DateTimeField(null=True)
    did_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Classified:
        personal = frozenset({"did"})
        none = frozenset(
            {
                "id", "tenant", "match", "about", "elsewhere", "from_force", "code", "to",
                "told_as", "alerted_at", "seen_at", "seen_by", "did_at", "did_by",
            }
        )  # fmt: skip

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "match", "to"], name="match_alert_once", condition=Q(to__isnull=False)),
            UniqueConstraint(
                fields=["tenant", "about", "elsewhere", "to"], name="match_alert_of_force_once", condition=Q(about__isnull=False)
            ),
            CheckConstraint(
                condition=Q(match__isnull=False, from_force="")
                | Q(match__isnull=True, about__isnull=False) & ~Q(from_force="") & ~Q(elsewhere=""),
                name="match_alert_of_ours_or_of_a_force",
            ),
            CheckConstraint(
                condition=Q(told_as="coordinator", to__isnull=True) | Q(told_as__in=["named_owner", "owner"], to__isnull=False),
                name="match_alert_to_somebody",
            ),
            CheckConstraint(condition=all_or_none("seen_at", "seen_by"), name="match_alert_seen_at_and_by"),
            CheckConstraint(
                condition=Q(did="", did_at__isnull=True, did_by__isnull=True)
                | ~Q(did="") & Q(did_at__isnull=False, did_by__isnull=False),
                name="match_alert_did_at_and_by",
            ),
        ]
        indexes = [
            Index(fields=["tenant", "to", "-alerted_at", "-id"], name="match_alert_to"),
            Index(fields=["tenant", "match"], name="match_alert_match"),
        ]  # fmt: skip


class IdentityLink(TenantModel):
    """Two records are believed to be of one human: why, who said so and when, and who took it back, when and why. The two
    rows stay as they are. Links that hang together say that all of their records are of one human."""

    one = OtherTenantRow(Person)
    other = OtherTenantRow(Person)
    match = OtherTenantRow(Match, null=True)
    reasons = _reasons()
    words = models.CharField(max_length=400, blank=True)
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    undone_why = models.CharField(max_length=400, blank=True, default="")

    class Classified:
        personal = frozenset({"reasons", "words", "undone_why"})
        none = frozenset(
            {
                "id", "tenant", "one", "other", "match", "linked_at", "linked_by", "undone_at", "undone_by",
            }
        )  # fmt: skip

    class Meta:
        constraints = [
            UniqueConstraint(
                "tenant", Least("one", "other"), Greatest("one", "other"),
                name="identity_link_once", condition=Q(undone_at__isnull=True),
            ),
            CheckConstraint(condition=~Q(one=F("other")), name="identity_link_of_two"),
            CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True, undone_why="")
                | Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undone_why=""),
                name="identity_link_undone_at_by_and_why",
            ),
        ]  # fmt: skip
        indexes = [
            Index(fields=["tenant", "one"], name="identity_link_one"),
            Index(fields=["tenant", "other"], name="identity_link_other"),
        ]


class PersonIndexKey(TenantModel):
    """The marks of one person (`rules/matching`), each a keyed hash that says nothing without the key, and sealed what they
    were made of. Besides the finder's function only the comparison of all records reads them; they are made anew whenever
    what they rest on changes, and a person of whom somebody decided that there are no grounds has none."""

    person = OtherTenantRow(Person)
    marks = ArrayField(models.BigIntegerField())
    told = SealedTextField()

    class Classified:
        none = frozenset({"id", "tenant", "person"})
        sensitive = frozenset({"marks", "told"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "person"], name="person_marks_once")]
