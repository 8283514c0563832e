"""Guidance beside a step: the section of the project's own pages that is about it, or else what search finds."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, Subquery

from lodestar.knowledge.library.models import OURS, Passage, Version
from lodestar.knowledge.library.queries import library
from lodestar.knowledge.library.queries.facts import facts
from lodestar.knowledge.search.models import Term
from lodestar.knowledge.search.queries.candidates import Wanted, of_wanted
from lodestar.knowledge.search.queries.search import Result, search
from lodestar.knowledge.search.rules.index import significant_words
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.text.reference_lists import rows_on


def for_step(code: str, sentence: str, on: date, most: int, tenant: str) -> list[Result]:
    """What guidance says about an obligation: the sections that `step_topics.toml` names for its code, of the force's own page of
    that name or else of Lodestar's. Where the library has none of them, what search finds by the code and its sentence."""
    sections = [row for row in rows_on("search", "step_topics", on) if row["code"] == code]
    return _sections(sections, on, tenant)[:most] or _searched(f"{code.replace('_', ' ')} {sentence}", on, most, tenant)


def _sections(sections: Sequence[Mapping[str, Any]], on: date, tenant: str) -> list[Result]:
    """The sections of pages that are in use, hold and are for the force's nation."""
    topics = {row["topic"] for row in sections}
    own = Q(document__file_name__in=[f"{OURS}{topic}.md" for topic in topics], document__is_own=True)
    named = own | Q(document__file_name__in=[f"{topic}.md" for topic in topics])
    rows = of_wanted(Wanted(nation=library.own_nation(tenant)), on).filter(named).select_related("document") if topics else ()
    versions = {version.document_id: version for version in rows}
    in_force = {doc.id for doc, holds in library.readable([version.document for version in versions.values()], on) if holds}
    pages: dict[str, Version] = {}
    for version in sorted(versions.values(), key=lambda each: not each.document.is_own):  # the force's own takes the place
        if version.document_id in in_force:
            pages[version.document.file_name.removeprefix(OURS).removesuffix(".md")] = version
    passages: dict[tuple[UUID, str], Passage] = {}
    for passage in Passage.objects.filter(version__in=pages.values()).order_by("version", "number") if pages else ():
        passages.setdefault((passage.version_id, passage.heading), passage)
        passages.setdefault((passage.version_id, ""), passage)
    found = []
    for row in sections:
        page = pages.get(row["topic"])
        if page is not None:
            found.append(_result(page, passages.get((page.id, row["section"])) or passages.get((page.id, ""))))
    return found


def _result(version: Version, passage: Passage | None) -> Result:
    """A section as a search gives its passages."""
    stale = tuple(fact.warning() for fact in facts() if fact.code in passage.stale) if passage and passage.stale else ()
    return Result(
        document=version.document, version=version.id, url=version.url, passage=passage, score=0.0, shows=1.0, in_force=True,
        warnings=stale,
    )  # fmt: skip


def _searched(words: str, on: date, most: int, tenant: str) -> list[Result]:
    asked = significant_words(words)
    nation = Subquery(Tenant.objects.filter(slug=tenant).values("nation")[:1])  # one statement for both: a page has few
    rows = Term.objects.filter(word__in=asked, versions__gt=0).values_list("word", nation)
    known_words, nations = {word for word, _ in rows}, {nation_code for _, nation_code in rows}
    ours = " ".join(word for word in asked if word in known_words)  # our own sentence has no slips to mend
    return search(ours, on=on, wanted=Wanted(nation=nations.pop()), limit=most) if ours else []
