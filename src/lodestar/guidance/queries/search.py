"""Search: what was asked, the documents that answer it in their order, and of each the passage.

Each term is read only in the versions where it weighs most, and only the best of those are looked at passage by passage,
so that a search costs as much in a large library as in a small one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, Sum

from lodestar.guidance.models import Document, Passage, Posting, Term, Version
from lodestar.guidance.queries.kept import facts, thesaurus
from lodestar.guidance.rules.asking import Concept, concepts, storable
from lodestar.guidance.rules.in_force import holds_on
from lodestar.guidance.rules.index import unpack
from lodestar.guidance.rules.ranking import Library, Ranked, Standing, candidates, nearer, nearness, ranked, weights
from lodestar.guidance.rules.stale import stated
from lodestar.guidance.rules.words import stem, terms, told

VERSIONS_OF_A_TERM = 220
LIKELY = 120  # versions that are asked for what is known of them, before any is looked at
LOOKED_AT = 50  # versions, passage by passage
READ_ANEW = 20  # of those, whose best passages are read for what stands close together
ANSWERS = 0.5  # from here on a passage shows enough of the question to be an answer
LIKEST = 3
_CUSTODY = {(stem(word),) for word in ("arrest", "detained", "custody")}
BEST = """
select p.version_id, p.term, p.best from unnest(%s::text[]) asked(term)
cross join lateral (select o.version_id, o.term, o.best from guidance_posting o
                    where o.term = asked.term order by o.best desc limit %s) p
"""
# Words that begin alike, for one that the library does not have: those two slips away at most, the nearest first.
LIKE = """
select word, levenshtein_less_equal(word, %s, 2) slips from guidance_term
where word >= %s and word < %s and length(word) between %s and %s and passages > 0
  and (similarity(word, %s) > 0.3 or levenshtein_less_equal(word, %s, 2) <= 2)
  and levenshtein_less_equal(word, %s, 2) <= %s
order by slips, versions desc, word limit %s
"""


@dataclass(frozen=True)
class Wanted:
    """What a search is narrowed to; empty is not. `own`: the topic pages of Lodestar too."""

    nation: str = ""
    origin: str = ""
    topic: str = ""
    only_in_force: bool = False
    own: bool = False


class _Known(NamedTuple):
    """A document, and whether a published one replaces it."""

    document: Document
    is_replaced: bool


@dataclass(frozen=True)
class Result:
    """One document that answers, with its best passage and what to know of both."""

    document: Document
    version: UUID
    passage: Passage | None
    score: float
    shows: float
    in_force: bool
    warnings: tuple[str, ...]

    @property
    def is_an_answer(self) -> bool:
        return self.shows >= ANSWERS


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


def search(question: str, *, on: date, wanted: Wanted | None = None, limit: int = 10) -> list[Result]:
    """The documents that answer a question in an officer's words, the best first. `on` decides what is in force."""
    return list(find(question, on=on, wanted=wanted, limit=limit).results)


def find(question: str, *, on: date, wanted: Wanted | None = None, limit: int = 10) -> Found:
    """The same, with what may be kept of the question."""
    known_terms, known_words = _known(question)
    asked = concepts(question, thesaurus(), _mender(known_terms))
    words, dropped = storable(question, known_words, thesaurus())
    worth = weights(asked, _library(asked))
    known = len(worth) / len(asked) if asked else 0.0  # what the library has no word for, no passage shows
    results = [replace(one, shows=one.shows * known) for one in _results(worth, on, wanted or Wanted(), limit)]
    custody = any(_CUSTODY & concept.shown_by.keys() for concept in asked)
    return Found(tuple(results), tuple(words), dropped, custody)


def _results(worth: Sequence[Mapping[tuple[str, ...], float]], on: date, wanted: Wanted, limit: int) -> list[Result]:
    if not worth:
        return []
    every = _best(worth)
    is_narrowed = wanted != Wanted(own=wanted.own)
    likely = candidates(worth, every, len(every) if is_narrowed else LIKELY)
    documents = _documents(likely, wanted)
    looked_at = [version for version in likely if version in documents][:LOOKED_AT]
    documents = {version: documents[version] for version in looked_at}
    standing = {version: _standing(document, on) for version, document in documents.items()}
    found = ranked(worth, looked_at, _places(worth, looked_at), standing)
    texts = _texts(found[:READ_ANEW])
    gains = {key: nearness(worth, terms(passage.text)) for key, passage in texts.items()}
    found = nearer(found, gains)[:limit]
    missing = [one for one in found if one.passages and (one.version, one.passages[0][0]) not in texts]
    texts |= _texts(missing)
    return [_result(one, documents, standing, texts, on) for one in found]


def _known(question: str) -> tuple[frozenset[str], frozenset[str]]:
    """Of a question the terms that the library has, and the words that stand in it as they are spelt."""
    asked = set(told(question))
    rows = Term.objects.filter(term__in=[stem(word) for word in asked], versions__gt=0).values_list("term", "word")
    found = list(rows)
    return frozenset(term for term, _ in found), frozenset(word for _, word in found) & asked


def _mender(known: frozenset[str]) -> Callable[[str], Mapping[str, float]]:
    def mend(word: str) -> Mapping[str, float]:
        if stem(word) in known or len(word) < 5 or word.isdigit() or stem(word) in thesaurus().known:
            return {}
        slips = 1 if len(word) < 7 else 2
        after = word[0] + "\U0010ffff"
        with connection.cursor() as cursor:
            cursor.execute(LIKE, [word, word[0], after, len(word) - 2, len(word) + 2, word, word, word, slips, LIKEST])
            return {like: 1 - apart / len(word) for like, apart in cursor.fetchall()}

    return mend


def _library(asked: Sequence[Concept]) -> Library:
    every = {term for concept in asked for each in concept.shown_by for term in each}
    rows = Term.objects.filter(term__in=every).values_list("term", "passages", "versions")
    counts = {term: max(passages, versions) for term, passages, versions in rows}  # some stand in titles alone
    total = Version.objects.filter(state="published").aggregate(all=Sum("passages"))["all"] or 0
    return Library(total, counts)


def _best(worth: Sequence[Mapping[tuple[str, ...], float]]) -> dict[tuple[UUID, str], float]:
    every = sorted({term for concept in worth for each in concept for term in each})
    with connection.cursor() as cursor:
        cursor.execute(BEST, [every, VERSIONS_OF_A_TERM])
        return {(version, term): best for version, term, best in cursor.fetchall()}


def _documents(versions: Iterable[UUID], wanted: Wanted) -> dict[UUID, _Known]:
    """The documents of the versions that may answer, as far as they are wanted, by version."""
    later = Version.objects.filter(state="published", document__supersedes=OuterRef("document"))
    rows = Version.objects.filter(id__in=versions, state="published").select_related("document")
    rows = rows.annotate(is_replaced=Exists(later))
    if wanted.nation:
        rows = rows.filter(document__nation__in=_nations(wanted.nation))
    if wanted.origin:
        rows = rows.filter(document__origin=wanted.origin)
    if wanted.topic:
        rows = rows.filter(document__topics__contains=[wanted.topic])
    if not wanted.own:
        rows = rows.filter(document__is_own=False)
    return {row.id: _Known(row.document, row.is_replaced) for row in rows}


def _nations(nation: str) -> list[str]:
    return [nation, "uk", *(["england_wales"] if nation in ("england", "wales", "england_wales") else [])]


def in_force(document: Document, on: date, *, is_replaced: bool) -> bool:
    """Whether a published document holds on a day."""
    return holds_on(on, document.valid_from, document.valid_to, is_replaced=is_replaced)


def _standing(known: _Known, on: date) -> Standing:
    document = known.document
    return Standing(
        in_force=in_force(document, on, is_replaced=known.is_replaced),
        is_of_force=document.origin == "force" and not document.is_own,
        is_for_first_responders="first_responder" in document.audience or "first responder" in document.title.lower(),
    )


def _places(
    worth: Sequence[Mapping[tuple[str, ...], float]], versions: Iterable[UUID]
) -> dict[tuple[UUID, str], Mapping[int, float]]:
    every = {term for concept in worth for each in concept for term in each}
    rows = Posting.objects.filter(version__in=list(versions), term__in=every)
    return {
        (version, term): unpack(bytes(packed))
        for version, term, packed in rows.values_list("version", "term", "places")
    }


def _texts(found: Sequence[Ranked]) -> dict[tuple[UUID, int], Passage]:
    """The best passages of each, by version and number."""
    which = Q(pk__in=[])
    for one in found:
        which |= Q(version=one.version, number__in=[number for number, _ in one.passages[:3]])
    return {(row.version_id, row.number): row for row in Passage.objects.filter(which)} if found else {}


def _result(
    one: Ranked,
    documents: Mapping[UUID, _Known],
    standing: Mapping[UUID, Standing],
    texts: Mapping[tuple[UUID, int], Passage],
    on: date,
) -> Result:
    version = one.version
    document = documents[version].document
    passage = texts.get((version, one.passages[0][0])) if one.passages else None
    warnings = list(_of_document(documents[version], on, standing[version].in_force))
    if passage is not None and passage.stale:
        warnings += [fact.warning() for fact in stated(passage.text, facts())]
    return Result(
        document=document, version=version, passage=passage, score=round(one.score, 4), shows=one.shows,
        in_force=standing[version].in_force, warnings=tuple(warnings),
    )  # fmt: skip


def _of_document(known: _Known, on: date, holds: bool) -> Iterable[str]:
    if known.is_replaced:
        yield "superseded: a later document replaces it"
    elif not holds:
        yield "not in force on this day"
    review = known.document.review_by
    if review and review < on:
        yield f"past its review date, {review:%-d %B %Y}"
