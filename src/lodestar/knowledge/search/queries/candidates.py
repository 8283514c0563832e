"""The versions that may answer a question, what is known of each, and where in them stands what was asked.

Each term is read only in the versions where it weighs most, so that a search costs as much in a large library as in a
small one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher, get_close_matches
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, Max, OuterRef

from lodestar.knowledge.library.models import Version
from lodestar.knowledge.library.queries.library import has_begun, in_use
from lodestar.knowledge.library.rules.documents import holds_on
from lodestar.knowledge.search.models import Term, ThesaurusEntry
from lodestar.knowledge.search.rules.asking import Concept, Situation, Thesaurus, situation
from lodestar.knowledge.search.rules.index import significant_words, stem, unpack
from lodestar.knowledge.search.rules.ranking import Library, RankingFactors, Worth
from lodestar.platform.tenancy.request_cache import read_once
from lodestar.platform.tenancy.tenant_transaction import current_tenant
from lodestar.platform.text.reference_lists import reference_list

VERSIONS_OF_A_TERM = 220
TERMS = 24  # of a question, those worth most, by which the versions that may answer are found
# With a row without a term beside them, which says how large the library is.
COUNTED = """
select term, passages, versions from search_term where term = any(%s)
union all
select '', coalesce(sum(passages), 0), count(*) from library_version where state = 'published'
"""
# The versions by the most that each could score: of each thing asked the best way in which they may show it.
MAY_ANSWER = """
select version_id from (
  select p.version_id, asked.thing, max(asked.worth * p.best) worth
  from unnest(%s::int[], %s::text[], %s::float8[]) asked(thing, term, worth)
  cross join lateral (select o.version_id, o.best from search_posting o
                      where o.term = asked.term order by o.best desc limit %s) p
  group by p.version_id, asked.thing) shown
group by version_id order by sum(worth) desc, version_id
"""
# One look for each version and term: left to itself the database reads all terms of a version.
PLACES = """
select looked_at.id, asked.term, p.places
from unnest(%s::uuid[]) looked_at(id) cross join unnest(%s::text[]) asked(term)
cross join lateral (select o.places from search_posting o
                    where o.version_id = looked_at.id and o.term = asked.term limit 1) p
"""


class Known(NamedTuple):
    """What bears on the place of a version: facts of its document, and whether a published one replaces it."""

    document: UUID
    origin: str
    title: str
    audience: list[str]
    is_own: bool
    valid_from: date | None
    valid_to: date | None
    passages: int
    url: str
    is_replaced: bool


def library(asked: Iterable[Concept]) -> Library:
    """How large the library is, and how often each term stands in it that would show what was asked."""
    every = {term for concept in asked for each in concept.shown_by for term in each}
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, [sorted(every)])
        rows = {term: (passages, versions) for term, passages, versions in cursor.fetchall()}
    passages, size = rows.pop("")
    return Library(passages, {term: max(counts) for term, counts in rows.items()}, size)  # some stand in titles alone


def may_answer(worth: Sequence[Worth], library: Library) -> list[UUID]:
    """The versions that may answer, the likeliest first. Of what stands together the rarest term is looked for."""
    rows: dict[tuple[int, str], float] = {}
    for thing, concept in enumerate(worth):
        for way, value in concept.items():
            rarest = min(way, key=lambda term: library.with_term[term])
            rows[thing, rarest] = max(value, rows.get((thing, rarest), 0.0))
    best = sorted(rows.items(), key=lambda row: (-row[1], row[0]))[:TERMS]
    things, sought, values = [key[0] for key, _ in best], [key[1] for key, _ in best], [value for _, value in best]
    with connection.cursor() as cursor:
        cursor.execute(MAY_ANSWER, [things, sought, values, VERSIONS_OF_A_TERM])
        return [version for (version,) in cursor.fetchall()]


def versions(some: Iterable[UUID], nation: str, on: date) -> dict[UUID, Known]:
    """What is known of published versions, of those that apply in a nation or of all. `on` decides what is in force."""
    rows = in_use().filter(id__in=some)
    if nation:
        rows = rows.filter(document__nation__in=nations_for(nation))
    later = Version.objects.filter(has_begun(on), state="published", document__supersedes=OuterRef("document"))
    fact_rows = rows.values_list(
        "id", "document", "document__origin", "document__title", "document__audience", "document__is_own",
        "document__valid_from", "document__valid_to", "passages", "url", Exists(later),
    )  # fmt: skip
    return {version: Known._make(facts) for version, *facts in fact_rows}


def nations_for(nation: str) -> list[str]:
    """The nations of documents that apply in one."""
    return [nation, "uk", *(["england_wales"] if nation in ("england", "wales", "england_wales") else [])]


def holds(facts: Known, on: date) -> bool:
    """Whether a version's document holds on a day."""
    return holds_on(on, facts.valid_from, facts.valid_to, is_replaced=facts.is_replaced)


def ranking_factors(facts: Known, on: date, library: Library) -> RankingFactors:
    """What bears on the place of a version, as its rule reads it."""
    return RankingFactors(
        length=library.length(facts.passages),
        in_force=holds(facts, on),
        is_of_force=facts.origin == "force" and not facts.is_own,
        is_for_first_responders="first_responder" in facts.audience or "first responder" in facts.title.lower(),
    )


def places(worth: Sequence[Worth], some: Iterable[UUID]) -> dict[UUID, dict[str, Mapping[int, float]]]:
    """Of each version and term in which passages it stands, with its weight there."""
    every = {term for concept in worth for each in concept for term in each}
    by_version: dict[UUID, dict[str, Mapping[int, float]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(PLACES, [list(some), list(every)])
        for version, term, packed in cursor.fetchall():
            by_version.setdefault(version, {})[term] = unpack(packed)
    return by_version


LIKEST = 3
ALIKE = 0.8  # from here on a word may be a slip for another, by difflib
SHORTEST = 5  # letters of a word that may be a slip
LONGEST = 60  # letters of a word that anybody types: the database measures no slips in one of more than 255
# Words that begin alike, for each that the library does not have: those as a whole or by their stem a few letters away.
LIKE = f"""
select asked.word, other.word, other.term
from unnest(%s::text[], %s::text[]) asked(word, term)
cross join lateral (
  select t.word, t.term from search_term t
  where t.word >= left(asked.word, 1) and t.word < left(asked.word, 1) || chr(1114111) and t.passages > 0
    and (levenshtein_less_equal(left(t.word, {LONGEST}), asked.word, 3) <= 3
         or levenshtein_less_equal(left(t.term, {LONGEST}), asked.term, 3) <= 3)
  order by levenshtein_less_equal(left(t.word, {LONGEST}), asked.word, 3), t.versions desc, t.word limit %s) other
"""
READ = 90  # of those


def known_of(question: str) -> tuple[frozenset[str], frozenset[str]]:
    """Of a question the terms that the library has, and those of its words that stand in the library as they are spelt."""
    asked = set(significant_words(question))
    rows = Term.objects.filter(term__in={stem(word) for word in asked}, versions__gt=0).values_list("term", "word")
    pairs = list(rows)
    return frozenset(term for term, _ in pairs), frozenset(word for _, word in pairs) & asked


def mender(known_terms: frozenset[str], question: str) -> Callable[[str], Mapping[str, float]]:
    """Of a word of the question that nobody knows, those of the library that it may be a slip for, each with how like it is. All
    such words are looked for at once, when the first is asked for."""

    def may_be_a_slip(word: str) -> bool:
        term = stem(word)
        if term in known_terms or word.isdigit() or term in thesaurus().known:
            return False
        return SHORTEST <= len(word) <= LONGEST

    @cache
    def of_library() -> Mapping[str, list[str]]:
        sought = sorted({word for word in significant_words(question) if may_be_a_slip(word)})
        similar: dict[str, list[str]] = {word: [] for word in sought}
        with connection.cursor() as cursor:
            cursor.execute(LIKE, [sought, [stem(word) for word in sought], READ])
            for word, other, term in cursor.fetchall():
                similar[word] += [other, term] if stem(term) == term else [other]
        return similar

    def mend(word: str) -> Mapping[str, float]:
        if not may_be_a_slip(word):
            return {}
        of_thesaurus = [candidate for candidate in thesaurus().known if candidate[:1] == word[0]]
        among = [*of_library().get(word, ()), *(candidate for candidate in of_thesaurus if stem(candidate) == candidate)]
        likeness = {
            candidate: SequenceMatcher(None, candidate, word).ratio()
            for candidate in get_close_matches(word, among, LIKEST, ALIKE)
        }
        return {candidate: like for candidate, like in likeness.items() if like == max(likeness.values())}

    return mend


_KEPT: dict[str | None, tuple[tuple[object, ...], Thesaurus]] = {}  # one a force, with what it was made from


def thesaurus() -> Thesaurus:
    """The thesaurus of the force, as it is used now. It is read anew when an entry has changed, and kept by the process."""
    return read_once("guidance.thesaurus", _thesaurus)


def _thesaurus() -> Thesaurus:
    used = ThesaurusEntry.objects.filter(is_used=True)
    stamp = (current_tenant(), *used.aggregate(last=Max("changed_at"), entries=Count("id")).values())
    cached = _KEPT.get(current_tenant())
    if cached is None or cached[0] != stamp:
        cached = (stamp, Thesaurus.of(used.values_list("says", "means", "both_ways")))
        _KEPT[current_tenant()] = cached
    return cached[1]


@cache
def situations() -> tuple[Situation, ...]:
    """What several words of a question mean together, as it ships."""
    rows = reference_list("search", "situations").rows
    lists = {row["code"]: row["any"] for row in rows if "any" in row}
    return tuple(
        situation(
            row["code"],
            [[phrase for entry in side for phrase in lists.get(entry, [entry])] for side in row["sides"]],
            row["means"],
        )
        for row in rows
        if "sides" in row
    )
