"""Search: what was asked, the documents that answer it in their order, and of each the passage.

Each term is read only in the versions where it weighs most, and only the best of those are looked at passage by passage,
so that a search costs as much in a large library as in a small one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from lodestar.guidance.models import Document, Passage
from lodestar.guidance.queries.asked_words import known_of, mender, nearby
from lodestar.guidance.queries.candidates import (
    Asked,
    Known,
    Wanted,
    holds,
    library,
    may_answer,
    places,
    standing,
    versions,
)
from lodestar.guidance.queries.filling import BEST, Best, related
from lodestar.guidance.queries.in_use import with_said
from lodestar.guidance.queries.kept import facts, situations, thesaurus
from lodestar.guidance.queries.meaning import nearest
from lodestar.guidance.rules.asking import Concept, concepts, storable
from lodestar.guidance.rules.meaning import ADDED, Near, fused, plainly_near
from lodestar.guidance.rules.ranking import Ranked, nearer, nearness, ranked, weights
from lodestar.guidance.rules.replaced import with_replaced
from lodestar.guidance.rules.situations import with_situations
from lodestar.guidance.rules.words import stem, terms

LIKELY = 80  # versions that are asked for what is known of them, before any is looked at
LOOKED_AT = 40  # versions, passage by passage
READ_ANEW = 12  # of those, whose best passages are read for what stands close together
READ_OF_EACH = 2  # passages
ANSWERS = 0.5  # from here on a passage shows enough of the question to be an answer
EVERY = 1_000_000
_CUSTODY = {(stem(word),) for word in ("arrest", "detained", "custody")}
Texts = dict[tuple[UUID, int], Passage]


@dataclass(frozen=True)
class Result:
    """One document that answers, with its best passage and what to know of both. `is_close` is not where it shows nothing
    of what was asked and is only related to it: the list is filled up with those."""

    document: Document
    version: UUID
    passage: Passage | None
    score: float
    shows: float
    in_force: bool
    warnings: tuple[str, ...]
    is_close: bool = True

    @property
    def is_an_answer(self) -> bool:
        return self.is_close and self.shows >= ANSWERS


@dataclass(frozen=True)
class Found:
    """What a question found; of its words those that may be kept, and how many others there were; whether it asks about
    taking somebody into custody, which is answered with more than a passage."""

    results: tuple[Result, ...]
    words: tuple[str, ...]
    dropped: int
    is_about_custody: bool

    @property
    def has_answer(self) -> bool:
        return any(one.is_an_answer for one in self.results)

    @property
    def close(self) -> tuple[Result, ...]:
        """Those results that show something of what was asked."""
        return tuple(one for one in self.results if one.is_close)


class Sought(NamedTuple):
    """What each thing asked is worth, and of each version the passage nearest in meaning: none where there is no model."""

    asked: Asked
    near: Mapping[UUID, Near]


def search(question: str, *, on: date, wanted: Wanted | None = None, limit: int = 10) -> list[Result]:
    """The documents that answer a question in an officer's words, the best first. `on` decides what is in force."""
    return list(_find(question, on, wanted or Wanted(), limit, is_filled=False).results)


def find(question: str, *, on: date, wanted: Wanted | None = None, limit: int = 10) -> Found:
    """The same, filled up to the limit with what is only related, after all that answers, and marked so; with what may be
    kept of the question."""
    return _find(question, on, wanted or Wanted(), limit, is_filled=True)


def _find(question: str, on: date, wanted: Wanted, limit: int, *, is_filled: bool) -> Found:
    known_terms, known_words = known_of(question)
    typed = concepts(question, thesaurus(), mender(known_terms, question), nearby(known_terms))
    asked = with_replaced(question, with_situations(question, typed, situations()), facts())
    words, dropped = storable(question, known_words, thesaurus())
    counted = library(asked)
    worth = weights(asked, counted)
    known = len(weights(typed, counted)) / len(typed) if typed else 0.0  # what the library has no word for, no passage shows
    near = nearest(question) if is_filled else {}
    results = _results(asked, Sought(Asked(worth, counted), near), on, wanted, limit, is_filled=is_filled)
    custody = any(_CUSTODY & concept.shown_by.keys() for concept in typed)
    return Found(
        tuple(replace(one, shows=one.shows * known) for one in results), tuple(words), dropped, custody
    )


def _results(
    concepts: Sequence[Concept], sought: Sought, on: date, wanted: Wanted, limit: int, *, is_filled: bool
) -> list[Result]:
    if not concepts:
        return []
    asked = sought.asked
    found, known, texts = _answers(sought, on, wanted, limit) if asked.worth or sought.near else ([], {}, {})
    close = {one.version for one in found}
    if is_filled and len(found) < limit:
        best = _best(found, known, texts, asked)
        more = related(concepts, best, on=on, wanted=wanted, but=close, most=limit - len(found))
        found, known = [*found, *more.found], {**known, **more.known}
    texts |= _texts([one for one in found if one.passages and (one.version, one.passages[0][0]) not in texts])
    documents = Document.objects.in_bulk([known[one.version].document for one in found])
    return [
        _result(one, _as_said(documents, known[one.version]), known[one.version], texts, on, one.version in close)
        for one in found
    ]


def _as_said(documents: Mapping[UUID, Document], known: Known) -> Document:
    document = documents[known.document]
    return with_said(document, known.said) if known.said else document


def _answers(sought: Sought, on: date, wanted: Wanted, limit: int) -> tuple[list[Ranked], dict[UUID, Known], Texts]:
    """What shows something of what was asked, what is known of the versions, and the passages that were read for it."""
    asked = sought.asked
    is_narrowed = wanted != Wanted(own=wanted.own)
    likely = may_answer(asked, EVERY if is_narrowed else LIKELY) if asked.worth else []
    alike = plainly_near(sought.near, set(likely))[: EVERY if is_narrowed else LIKELY]
    known = versions([*likely, *alike], wanted, on)
    looked_at = [version for version in likely if version in known][: max(LOOKED_AT, limit)]
    beside = [version for version in alike if version in known][:ADDED]
    standings = {version: standing(known[version], on, asked.library) for version in [*looked_at, *beside]}
    found = ranked(asked.worth, looked_at, places(asked.worth, looked_at), standings)
    texts = _texts(found[:READ_ANEW])
    gains = {key: nearness(asked.worth, terms(passage.text)) for key, passage in texts.items()}
    near = {version: sought.near[version] for version in standings if version in sought.near}
    return fused(nearer(found, gains), near, standings)[:limit], known, texts


def _best(found: Sequence[Ranked], known: Mapping[UUID, Known], texts: Texts, asked: Asked) -> Best:
    told = []
    for one in found[:BEST]:
        passage = texts.get((one.version, one.passages[0][0])) if one.passages else None
        told.append((known[one.version].title, passage.text if passage else ""))
    topics = {topic for one in found[:BEST] for topic in known[one.version].topics}
    return Best(told, topics, found[-1].score if found else None, asked.library)


def _texts(found: Sequence[Ranked]) -> Texts:
    """The best passages of each, by version and number."""
    which = Q(pk__in=[])
    for one in found:
        which |= Q(version=one.version, number__in=[number for number, _ in one.passages[:READ_OF_EACH]])
    return {(row.version_id, row.number): row for row in Passage.objects.filter(which)} if found else {}


def _result(one: Ranked, document: Document, known: Known, texts: Texts, on: date, is_close: bool) -> Result:
    is_in_force = holds(known, on)
    passage = texts.get((one.version, one.passages[0][0])) if one.passages else None
    warnings = list(_of_document(document, on, holds=is_in_force, is_replaced=known.is_replaced))
    if passage is not None and passage.stale:
        warnings += [fact.warning() for fact in facts() if fact.code in passage.stale]
    return Result(
        document=document, version=one.version, passage=passage, score=round(one.score, 4), shows=one.shows,
        in_force=is_in_force, warnings=tuple(warnings), is_close=is_close,
    )  # fmt: skip


def _of_document(document: Document, on: date, *, holds: bool, is_replaced: bool) -> Iterable[str]:
    if is_replaced:
        yield "superseded: a later document replaces it"
    elif not holds:
        yield "not in force on this day"
    review = document.review_by
    if review and review < on:
        yield f"past its review date, {review:%-d %B %Y}"
