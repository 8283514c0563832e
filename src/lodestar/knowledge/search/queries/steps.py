"""Guidance beside a step: the section of the project's own pages that is about it, or else what search finds."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet, Subquery

from lodestar.knowledge.library.models import OURS, Passage, Version
from lodestar.knowledge.library.queries import library
from lodestar.knowledge.library.queries.facts import facts
from lodestar.knowledge.search.models import Term
from lodestar.knowledge.search.queries.candidates import Wanted, nations_for, of_wanted
from lodestar.knowledge.search.queries.search import Result, search
from lodestar.knowledge.search.rules.index import significant_words
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.text.reference_lists import rows_on


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
        _result(pages[topic], passages.get((pages[topic].id, heading)) or passages.get((pages[topic].id, "")))
        for topic, heading in sections
        if topic in pages
    ]


def _pages(topics: Collection[str], on: date, tenant: str) -> dict[str, Version]:
    """The version in use of each topic's page: the force's own of that name before Lodestar's."""
    named = Q(document__file_name__in=[f"{topic}.md" for topic in topics])
    named |= Q(document__file_name__in=[f"{OURS}{topic}.md" for topic in topics], document__is_own=True)
    nation = Subquery(_nation(tenant))  # one statement for both
    rows = of_wanted(Wanted(), on).filter(named).annotate(force_nation=nation).select_related("document")
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


def _result(version: Version, passage: Passage | None) -> Result:
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
    return search(ours, on=on, wanted=Wanted(nation=nations.pop()), limit=most) if ours else []
