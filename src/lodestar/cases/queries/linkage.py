"""Named reads for comparing all people of a force: what each is known by, which pairs are settled, what waits.

For that comparison and nothing else: it reads sealed cases too, and what of its answer is told to whom is decided where it is
written down (`actions/suggestions.py`).
"""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lodestar.cases.models import IdentityLink, Match, MatchAnswer, Person, PersonMarks, SealOwner
from lodestar.cases.queries.matching import from_words
from lodestar.cases.queries.met_before import CLOSED, Other
from lodestar.cases.rules.linkage import Recorded
from lodestar.cases.rules.met_before import BATCH, groups


def everybody() -> list[Recorded]:
    """Everybody of this force who may be found at all, in the order in which they came: whoever is believed to be no victim
    has no marks and is not among them."""
    rows = PersonMarks.objects.exclude(person__belief="none").order_by("person")
    told = rows.values_list("person", "person__case", "person__case__sealed", "told")
    return [Recorded(person, case, sealed, from_words(words)) for person, case, sealed, words in told.iterator()]


def ends_of(ids: Iterable[UUID]) -> dict[UUID, Other]:
    """What decides of these people as it stands now, by id; without those who are believed to be no victim."""
    named = ArraySubquery(SealOwner.objects.filter(case=OuterRef("case")).order_by("user").values("user"))
    rows = Person.objects.filter(id__in=list(ids)).exclude(belief="none")
    told = rows.annotate(named=named, holder=Coalesce("case__owner", "case__interim_owner"))
    values = told.values_list("id", "case__sealed", "named", "holder")
    return {one: Other(one, False, sealed, named, holder) for one, sealed, named, holder in values}


def settled(one: UUID, other: UUID, known: frozenset[frozenset[UUID]], linked: dict[UUID, int]) -> bool:
    """Whether nothing is left to suggest of these two: somebody was told of them before, whatever was said of it, or links
    hold them together. `known` and `linked` are what `likenesses` and `linked_groups` answer."""
    return frozenset((one, other)) in known or (one in linked and linked.get(other) == linked[one])


def likenesses() -> frozenset[frozenset[UUID]]:
    """The pairs that were ever found alike, whether they wait, were linked or are not the same."""
    rows = Match.objects.filter(other__isnull=False).values_list("person", "other")
    return frozenset(frozenset(pair) for pair in rows)


def linked_groups() -> dict[UUID, int]:
    """Of everybody who is linked to somebody the number of their group."""
    pairs = IdentityLink.objects.filter(undone_at__isnull=True).values_list("one", "other")
    return {person: number for number, group in enumerate(groups(pairs)) for person in group}


def suggestions_waiting() -> int:
    """How many suggestions nobody has settled, of cases that are not sealed."""
    return _waiting().filter(person__case__sealed=False, other__case__sealed=False).count()


def suggestions_about(case: UUID) -> list[Match]:
    """The suggestions of people of this case that nobody has settled."""
    return list(_waiting().filter(Q(person__case=case) | Q(other__case=case)).order_by("id"))


def _waiting() -> QuerySet[Match]:
    latest = MatchAnswer.objects.filter(match=OuterRef("pk")).order_by("-said_at", "-id").values("kind")[:1]
    rows = Match.objects.filter(outcome=BATCH).exclude(Q(person__belief="none") | Q(other__belief="none"))
    return rows.annotate(said=Subquery(latest)).filter(Q(said__isnull=True) | ~Q(said__in=CLOSED))
