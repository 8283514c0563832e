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
from django.db.models import Count, Q, Sum

from lodestar.guidance.models import Document, Passage, Term, Version
from lodestar.guidance.queries.kept import facts, near_words, situations, thesaurus
from lodestar.guidance.rules.asking import Concept, concepts, storable
from lodestar.guidance.rules.in_force import holds_on
from lodestar.guidance.rules.index import unpack
from lodestar.guidance.rules.ranking import Library, Ranked, Standing, nearer, nearness, ranked, weights
from lodestar.guidance.rules.situations import with_situations
from lodestar.guidance.rules.stale import stated
from lodestar.guidance.rules.words import stem, terms, told

VERSIONS_OF_A_TERM = 220
TERMS = 24  # of a question, those worth most, by which the versions that may answer are found
LIKELY = 80  # versions that are asked for what is known of them, before any is looked at
LOOKED_AT = 40  # versions, passage by passage
READ_ANEW = 12  # of those, whose best passages are read for what stands close together
READ_OF_EACH = 2  # passages
ANSWERS = 0.5  # from here on a passage shows enough of the question to be an answer
LIKEST = 3
EVERY = 1_000_000
_CUSTODY = {(stem(word),) for word in ("arrest", "detained", "custody")}
# The versions by the most that each could score: of each thing asked the best way in which they may show it.
MAY_ANSWER = """
select version_id from (
  select p.version_id, asked.thing, max(asked.worth * p.best) worth
  from unnest(%s::int[], %s::text[], %s::float8[]) asked(thing, term, worth)
  cross join lateral (select o.version_id, o.best from guidance_posting o
                      where o.term = asked.term order by o.best desc limit %s) p
  group by p.version_id, asked.thing) shown
group by version_id order by sum(worth) desc, version_id limit %s
"""
# One look for each version and term: left to itself the database reads all terms of a version.
PLACES = """
select looked_at.id, asked.term, p.places
from unnest(%s::uuid[]) looked_at(id) cross join unnest(%s::text[]) asked(term)
cross join lateral (select o.places from guidance_posting o
                    where o.version_id = looked_at.id and o.term = asked.term limit 1) p
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


class _Asked(NamedTuple):
    """What each way to show each thing asked is worth, and how often each term stands in the library."""

    worth: list[dict[tuple[str, ...], float]]
    library: Library


class _Known(NamedTuple):
    """What bears on the place of a version: facts of its document, and whether a published one replaces it."""

    document: UUID
    origin: str
    title: str
    audience: list[str]
    is_own: bool
    valid_from: date | None
    valid_to: date | None
    passages: int
    is_replaced: bool = False


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
    typed = concepts(question, thesaurus(), _mender(known_terms), _nearby(known_terms))
    asked = with_situations(question, typed, situations())
    words, dropped = storable(question, known_words, thesaurus())
    library = _library(asked)
    worth = weights(asked, library)
    known = len(weights(typed, library)) / len(typed) if typed else 0.0  # what the library has no word for, no passage shows
    told = _results(_Asked(worth, library), on, wanted or Wanted(), limit)
    results = [replace(one, shows=one.shows * known) for one in told]
    custody = any(_CUSTODY & concept.shown_by.keys() for concept in typed)
    return Found(tuple(results), tuple(words), dropped, custody)


def _results(asked: _Asked, on: date, wanted: Wanted, limit: int) -> list[Result]:
    if not asked.worth:
        return []
    is_narrowed = wanted != Wanted(own=wanted.own)
    likely = _may_answer(asked, EVERY if is_narrowed else LIKELY)
    known = _versions(likely, wanted)
    looked_at = [version for version in likely if version in known][:LOOKED_AT]
    standing = {version: _standing(known[version], on, asked.library) for version in looked_at}
    found = ranked(asked.worth, looked_at, _places(asked.worth, looked_at), standing)
    texts = _texts(found[:READ_ANEW])
    gains = {key: nearness(asked.worth, terms(passage.text)) for key, passage in texts.items()}
    found = nearer(found, gains)[:limit]
    texts |= _texts([one for one in found if one.passages and (one.version, one.passages[0][0]) not in texts])
    documents = Document.objects.in_bulk([known[one.version].document for one in found])
    return [_result(one, documents[known[one.version].document], known[one.version], texts, on) for one in found]


def _known(question: str) -> tuple[frozenset[str], frozenset[str]]:
    """Of a question, and of what is near its words, the terms that the library has; and of its own words those that stand
    in the library as they are spelt."""
    asked = set(told(question))
    stems = {stem(word) for word in asked}
    sought = stems.union(*(near_words().get(term, ()) for term in stems))
    found = list(Term.objects.filter(term__in=sought, versions__gt=0).values_list("term", "word"))
    return frozenset(term for term, _ in found), frozenset(word for _, word in found) & asked


def _mender(known: frozenset[str]) -> Callable[[str], Mapping[str, float]]:
    def mend(word: str) -> Mapping[str, float]:
        term = stem(word)
        if term in known or term in near_words() or len(word) < 5 or word.isdigit() or term in thesaurus().known:
            return {}
        slips = 1 if len(word) < 7 else 2
        after = word[0] + "\U0010ffff"
        with connection.cursor() as cursor:
            cursor.execute(LIKE, [word, word[0], after, len(word) - 2, len(word) + 2, word, word, word, slips, LIKEST])
            return {like: 1 - apart / len(word) for like, apart in cursor.fetchall()}

    return mend


def _nearby(known: frozenset[str]) -> Callable[[str], Mapping[str, float]]:
    def near(word: str) -> Mapping[str, float]:
        return {term: likeness for term, likeness in near_words().get(stem(word), {}).items() if term in known}

    return near


def _library(asked: Sequence[Concept]) -> Library:
    every = {term for concept in asked for each in concept.shown_by for term in each}
    rows = Term.objects.filter(term__in=every).values_list("term", "passages", "versions")
    counts = {term: max(passages, versions) for term, passages, versions in rows}  # some stand in titles alone
    whole = Version.objects.filter(state="published").aggregate(all=Sum("passages"), documents=Count("id"))
    return Library(whole["all"] or 0, counts, whole["documents"])


def _may_answer(asked: _Asked, most: int) -> list[UUID]:
    """The versions that may answer, the likeliest first. Of what stands together the rarest term is looked for."""
    rows: dict[tuple[int, str], float] = {}
    for thing, concept in enumerate(asked.worth):
        for way, value in concept.items():
            rarest = min(way, key=lambda term: asked.library.with_term[term])
            rows[thing, rarest] = max(value, rows.get((thing, rarest), 0.0))
    best = sorted(rows.items(), key=lambda row: (-row[1], row[0]))[:TERMS]
    things, sought, values = [key[0] for key, _ in best], [key[1] for key, _ in best], [value for _, value in best]
    with connection.cursor() as cursor:
        cursor.execute(MAY_ANSWER, [things, sought, values, VERSIONS_OF_A_TERM, most])
        return [version for (version,) in cursor.fetchall()]


def _versions(versions: Iterable[UUID], wanted: Wanted) -> dict[UUID, _Known]:
    """What is known of the versions that may answer, as far as they are wanted."""
    rows = Version.objects.filter(id__in=versions, state="published")
    if wanted.nation:
        rows = rows.filter(document__nation__in=_nations(wanted.nation))
    if wanted.origin:
        rows = rows.filter(document__origin=wanted.origin)
    if wanted.topic:
        rows = rows.filter(document__topics__contains=[wanted.topic])
    if not wanted.own:
        rows = rows.filter(document__is_own=False)
    told = rows.values_list(
        "id", "document", "document__origin", "document__title", "document__audience", "document__is_own",
        "document__valid_from", "document__valid_to", "passages",
    )  # fmt: skip
    found = {version: _Known._make((*known, False)) for version, *known in told}
    documents = [known.document for known in found.values()]
    later = Version.objects.filter(state="published", document__supersedes__in=documents)
    for_good = set(later.values_list("document__supersedes", flat=True))
    return {version: known._replace(is_replaced=known.document in for_good) for version, known in found.items()}


def _nations(nation: str) -> list[str]:
    return [nation, "uk", *(["england_wales"] if nation in ("england", "wales", "england_wales") else [])]


def in_force(document: Document, on: date, *, is_replaced: bool) -> bool:
    """Whether a published document holds on a day."""
    return holds_on(on, document.valid_from, document.valid_to, is_replaced=is_replaced)


def _holds(known: _Known, on: date) -> bool:
    return holds_on(on, known.valid_from, known.valid_to, is_replaced=known.is_replaced)


def _standing(known: _Known, on: date, library: Library) -> Standing:
    return Standing(
        length=library.length(known.passages),
        in_force=_holds(known, on),
        is_of_force=known.origin == "force" and not known.is_own,
        is_for_first_responders="first_responder" in known.audience or "first responder" in known.title.lower(),
    )


def _places(
    worth: Sequence[Mapping[tuple[str, ...], float]], versions: Iterable[UUID]
) -> dict[UUID, dict[str, Mapping[int, float]]]:
    every = {term for concept in worth for each in concept for term in each}
    found: dict[UUID, dict[str, Mapping[int, float]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(PLACES, [list(versions), list(every)])
        for version, term, packed in cursor.fetchall():
            found.setdefault(version, {})[term] = unpack(packed)
    return found


def _texts(found: Sequence[Ranked]) -> dict[tuple[UUID, int], Passage]:
    """The best passages of each, by version and number."""
    which = Q(pk__in=[])
    for one in found:
        which |= Q(version=one.version, number__in=[number for number, _ in one.passages[:READ_OF_EACH]])
    return {(row.version_id, row.number): row for row in Passage.objects.filter(which)} if found else {}


def _result(
    one: Ranked, document: Document, known: _Known, texts: Mapping[tuple[UUID, int], Passage], on: date
) -> Result:
    holds = _holds(known, on)
    passage = texts.get((one.version, one.passages[0][0])) if one.passages else None
    warnings = list(_of_document(document, on, holds=holds, is_replaced=known.is_replaced))
    if passage is not None and passage.stale:
        warnings += [fact.warning() for fact in stated(passage.text, facts())]
    return Result(
        document=document, version=one.version, passage=passage, score=round(one.score, 4), shows=one.shows,
        in_force=holds, warnings=tuple(warnings),
    )  # fmt: skip


def _of_document(document: Document, on: date, *, holds: bool, is_replaced: bool) -> Iterable[str]:
    if is_replaced:
        yield "superseded: a later document replaces it"
    elif not holds:
        yield "not in force on this day"
    review = document.review_by
    if review and review < on:
        yield f"past its review date, {review:%-d %B %Y}"
