"""Search: what was asked, the documents that answer it in their order, and of each the passage.

Each term is read only in the versions where it weighs most, and only the best of those are looked at passage by passage,
so that a search costs as much in a large library as in a small one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from lodestar.knowledge.library.models import Document, Passage
from lodestar.knowledge.library.queries.documents import with_said
from lodestar.knowledge.library.queries.facts import facts
from lodestar.knowledge.search.queries.candidates import (
    Known,
    Wanted,
    holds,
    known_of,
    library,
    may_answer,
    mender,
    places,
    ranking_factors,
    versions,
)
from lodestar.knowledge.search.queries.meaning import nearest
from lodestar.knowledge.search.queries.thesaurus import situations, thesaurus
from lodestar.knowledge.search.rules.asking import concepts, storable, with_situations
from lodestar.knowledge.search.rules.index import stem
from lodestar.knowledge.search.rules.ranking import (
    ADDED,
    Library,
    Near,
    Ranked,
    Worth,
    fused,
    plainly_near,
    ranked,
    unknown_worth,
    weights,
)

LIKELY = 80  # versions that are asked for what is known of them, before any is looked at
LOOKED_AT = 40  # versions, passage by passage
ANSWERS = 1.1  # strength from which a document is an answer: less than this and it has a few words of the question in passing
EVERY = 1_000_000
_CUSTODY = {(stem(word),) for word in ("arrest", "detained", "custody")}
Texts = dict[tuple[UUID, int], Passage]


@dataclass(frozen=True)
class Result:
    """One document that answers, with its best passage and what to know of both."""

    document: Document
    version: UUID
    url: str
    passage: Passage | None
    score: float
    strength: float
    in_force: bool
    warnings: tuple[str, ...]

    @property
    def is_an_answer(self) -> bool:
        return self.strength >= ANSWERS


@dataclass(frozen=True)
class SearchAnswer:
    """What a question found; of its words those that may be kept, and how many others there were; whether it asks about
    taking somebody into custody, which is answered with more than a passage."""

    results: tuple[Result, ...]
    words: tuple[str, ...]
    dropped: int
    is_about_custody: bool

    @property
    def has_answer(self) -> bool:
        """Whether the first result is one: somebody in a hurry reads no other."""
        return bool(self.results) and self.results[0].is_an_answer


class _Question(NamedTuple):
    """What each thing asked is worth, what is worth that the library has no word of, how often each term stands in the library,
    and of each version the passage nearest in meaning: none where there is no model."""

    worth: Sequence[Worth]
    unknown: float
    library: Library
    near: Mapping[UUID, Near]


def search(question: str, *, on: date, wanted: Wanted | None = None, limit: int = 10) -> list[Result]:
    """The documents that answer a question in an officer's words, the best first, by words alone. `on` decides what is in
    force."""
    return list(_find(question, on, wanted or Wanted(), limit, by_meaning=False).results)


def find(question: str, *, on: date, wanted: Wanted | None = None, limit: int = 10) -> SearchAnswer:
    """The same, by meaning too where there is a model, with what may be kept of the question."""
    return _find(question, on, wanted or Wanted(), limit, by_meaning=True)


def _find(question: str, on: date, wanted: Wanted, limit: int, *, by_meaning: bool) -> SearchAnswer:
    known_terms, known_words = known_of(question)
    typed = concepts(question, thesaurus(), mender(known_terms, question))
    asked = with_situations(question, typed, situations())
    words, dropped = storable(question, known_words, thesaurus())
    counted = library(asked)
    near = nearest(question) if by_meaning and asked else {}
    sought = _Question(weights(asked, counted), unknown_worth(typed, counted), counted, near)
    custody = any(_CUSTODY & concept.shown_by.keys() for concept in typed)
    return SearchAnswer(tuple(_results(sought, on, wanted, limit)), tuple(words), dropped, custody)


def _results(sought: _Question, on: date, wanted: Wanted, limit: int) -> list[Result]:
    if not sought.worth and not sought.near:
        return []
    is_narrowed = wanted != Wanted()
    likely = may_answer(sought.worth, sought.library, EVERY if is_narrowed else LIKELY) if sought.worth else []
    alike = plainly_near(sought.near, set(likely))[: EVERY if is_narrowed else LIKELY]
    known_versions = versions([*likely, *alike], wanted, on)
    looked_at = [version for version in likely if version in known_versions][: max(LOOKED_AT, limit)]
    beside = [version for version in alike if version in known_versions][:ADDED]
    standings = {version: ranking_factors(known_versions[version], on, sought.library) for version in [*looked_at, *beside]}
    order = ranked(sought.worth, looked_at, places(sought.worth, looked_at), standings, sought.unknown)
    near = {version: sought.near[version] for version in standings if version in sought.near}
    order = fused(order, near, standings)[:limit]
    texts = _texts(order)
    documents = Document.objects.in_bulk([known_versions[ranked_version.version].document for ranked_version in order])
    return [_result(place, documents, known_versions[place.version], texts, on) for place in order]


def _texts(order: Sequence[Ranked]) -> Texts:
    """The best passage of each, by version and number."""
    which = Q(pk__in=[])
    for ranked_version in order:
        if ranked_version.passages:
            which |= Q(version=ranked_version.version, number=ranked_version.passages[0][0])
    return {(row.version_id, row.number): row for row in Passage.objects.filter(which)} if order else {}


def _result(ranked_version: Ranked, documents: Mapping[UUID, Document], version_facts: Known, texts: Texts, on: date) -> Result:
    document = documents[version_facts.document]
    document = with_said(document, version_facts.said) if version_facts.said else document
    is_in_force = holds(version_facts, on)
    passage = texts.get((ranked_version.version, ranked_version.passages[0][0])) if ranked_version.passages else None
    warnings = list(_of_document(document, on, holds=is_in_force, is_replaced=version_facts.is_replaced))
    if passage is not None and passage.stale:
        warnings += [fact.warning() for fact in facts() if fact.code in passage.stale]
    return Result(
        document=document, version=ranked_version.version, url=version_facts.url, passage=passage,
        score=round(ranked_version.score, 4), strength=ranked_version.strength,
        in_force=is_in_force, warnings=tuple(warnings),
    )  # fmt: skip


def _of_document(document: Document, on: date, *, holds: bool, is_replaced: bool) -> Iterable[str]:
    if is_replaced:
        yield "superseded: a later document replaces it"
    elif not holds:
        yield "not in force on this day"
    review = document.review_by
    if review and review < on:
        yield f"past its review date, {review:%-d %B %Y}"
