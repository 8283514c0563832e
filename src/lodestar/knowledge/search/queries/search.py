"""Search: what was asked, the documents that answer it in their order, and of each the passage.

Each term is read only in the versions where it weighs most, and only the best of those are looked at passage by passage,
so that a search costs as much in a large library as in a small one.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet, Subquery

from lodestar.knowledge.library.models import OURS, Document, Passage, Version
from lodestar.knowledge.library.queries import library
from lodestar.knowledge.library.queries.library import facts
from lodestar.knowledge.search.models import Term
from lodestar.knowledge.search.queries import candidates
from lodestar.knowledge.search.queries.candidates import holds, nations_for, situations, thesaurus
from lodestar.knowledge.search.rules import ranking
from lodestar.knowledge.search.rules.asking import concepts, storable, with_situations
from lodestar.knowledge.search.rules.index import significant_words, stem
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.text.reference_lists import rows_on

LOOKED_AT = 40  # versions, passage by passage
ANSWERS = 1.1  # strength from which a document is an answer: less than this and it has a few words of the question in passing
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


def search(question: str, *, on: date, nation: str = "", limit: int = 10) -> list[Result]:
    """The documents that answer a question in an officer's words, the best first."""
    return list(find(question, on=on, nation=nation, limit=limit).results)


def find(question: str, *, on: date, nation: str = "", limit: int = 10) -> SearchAnswer:
    """The same, with what may be kept of the question. Of a nation only what applies there is asked."""
    known_terms, known_words = candidates.known_of(question)
    typed = concepts(question, thesaurus(), candidates.mender(known_terms, question))
    asked = with_situations(question, typed, situations())
    words, dropped = storable(question, known_words, thesaurus())
    counted = candidates.library(asked)
    worth = ranking.weights(asked, counted)
    unknown = ranking.unknown_worth(typed, counted)
    results = _results(worth, unknown, counted, on, nation, limit) if worth else []
    is_about_custody = any(_CUSTODY & concept.shown_by.keys() for concept in typed)
    return SearchAnswer(tuple(results), tuple(words), dropped, is_about_custody)


def _results(
    worth: Sequence[ranking.Worth], unknown: float, counted: ranking.Library, on: date, nation: str, limit: int
) -> list[Result]:
    likely = candidates.may_answer(worth, counted)
    known_versions = candidates.versions(likely, nation, on)
    looked_at = [version for version in likely if version in known_versions][: max(LOOKED_AT, limit)]
    standings = {version: candidates.ranking_factors(known_versions[version], on, counted) for version in looked_at}
    order = ranking.ranked(worth, looked_at, candidates.places(worth, looked_at), standings, unknown)[:limit]
    texts = _texts(order)
    documents = Document.objects.in_bulk([known_versions[ranked_version.version].document for ranked_version in order])
    return [_result(place, documents, known_versions[place.version], texts, on) for place in order]


def _texts(order: Sequence[ranking.Ranked]) -> Texts:
    """The best passage of each, by version and number."""
    which = Q(pk__in=[])
    for ranked_version in order:
        if ranked_version.passages:
            which |= Q(version=ranked_version.version, number=ranked_version.passages[0][0])
    return {(row.version_id, row.number): row for row in Passage.objects.filter(which)} if order else {}


def _result(
    ranked_version: ranking.Ranked, documents: Mapping[UUID, Document], version_facts: candidates.Known, texts: Texts, on: date
) -> Result:
    document = documents[version_facts.document]
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


def for_step(code: str, sentence: str, on: date, most: int, tenant: str) -> list[Result]:
    """What guidance says about an obligation: the sections that `step_topics.toml` names for its code, of the force's own page of
    that name or else of Lodestar's. Where the library has none of them, what search finds by the code and its sentence."""
    row = next((row for row in rows_on("search", "step_topics", on) if row["code"] == code), None)
    found = _sections(row["sections"], on, tenant) if row else []
    return found[:most] or _searched(f"{code.replace('_', ' ')} {sentence}", on, most, tenant)


def _sections(sections: Sequence[tuple[str, str]], on: date, tenant: str) -> list[Result]:
    """Sections, as (topic, heading), of pages that are in use, hold and are for the force's nation."""
    pages = _pages({topic for topic, _ in sections}, on, tenant)
    passages: dict[tuple[UUID, str], Passage] = {}
    for passage in Passage.objects.filter(version__in=pages.values()).order_by("version", "number") if pages else ():
        passages.setdefault((passage.version_id, passage.heading), passage)
        passages.setdefault((passage.version_id, ""), passage)
    return [
        _step_result(pages[topic], passages.get((pages[topic].id, heading)) or passages.get((pages[topic].id, "")))
        for topic, heading in sections
        if topic in pages
    ]


def _pages(topics: Collection[str], on: date, tenant: str) -> dict[str, Version]:
    """The version in use of each topic's page: the force's own of that name before Lodestar's."""
    named = Q(document__file_name__in=[f"{topic}.md" for topic in topics])
    named |= Q(document__file_name__in=[f"{OURS}{topic}.md" for topic in topics], document__is_own=True)
    nation = Subquery(_nation(tenant))  # one statement for both
    rows = library.in_use().filter(named).annotate(force_nation=nation).select_related("document")
    versions = [version for version in rows if version.document.nation in nations_for(version.force_nation)]
    documents = library.readable([version.document for version in versions], on) if versions else []
    in_force = {document.id for document, holds in documents if holds}
    pages: dict[str, Version] = {}
    for version in sorted(versions, key=lambda each: not each.document.is_own):
        if version.document_id in in_force:
            pages[version.document.file_name.removeprefix(OURS).removesuffix(".md")] = version
    return pages


def _nation(tenant: str) -> QuerySet[Tenant, str]:
    return Tenant.objects.filter(slug=tenant).values_list("nation", flat=True)[:1]


def _step_result(version: Version, passage: Passage | None) -> Result:
    """A section as a search gives its passages."""
    stale = tuple(fact.warning() for fact in facts() if fact.code in passage.stale) if passage and passage.stale else ()
    return Result(
        document=version.document, version=version.id, url=version.url, passage=passage, score=0.0, strength=0.0, in_force=True,
        warnings=stale,
    )  # fmt: skip


def _searched(words: str, on: date, most: int, tenant: str) -> list[Result]:
    asked = significant_words(words)
    rows = Term.objects.filter(word__in=asked, versions__gt=0).values_list("word", Subquery(_nation(tenant)))
    known_words, nations = {word for word, _ in rows}, {nation_code for _, nation_code in rows}
    ours = " ".join(word for word in asked if word in known_words)  # our own sentence has no slips to mend
    return search(ours, on=on, nation=nations.pop(), limit=most) if ours else []
