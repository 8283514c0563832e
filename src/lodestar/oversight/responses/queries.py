"""Reads of responses: paragraphs as they were at a moment with their evidence, what can be suggested, frozen versions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from lodestar.oversight.measures.rules.facts import Period, year_to_quarter
from lodestar.oversight.recommendations.models import Recommendation, Report
from lodestar.oversight.recommendations.queries import recommendations_of
from lodestar.oversight.recommendations.rules import last_day, needs_answer
from lodestar.oversight.requirements.evidence import KINDS, NONE, Evidence, Reference, query_of, read_evidence
from lodestar.oversight.requirements.queries import links_of
from lodestar.oversight.responses.models import Paragraph, Response, ResponseVersion
from lodestar.oversight.responses.rules import paragraphs as rules
from lodestar.oversight.responses.rules.documents import MADE, corrected, status_words
from lodestar.oversight.responses.rules.paragraphs import Content
from lodestar.platform.documents.description import Document, restored
from lodestar.platform.text.ids import new_id
from lodestar.platform.time.days import london_date

GOVERNANCE, MOST = ("plan_item", "decision", "peer_finding"), 5  # kinds that show how the work is led, and how many of each


def paragraphs_at(response: Response, at: datetime) -> list[Paragraph]:
    """The paragraphs of a response as they were at a moment, in their order."""
    rows = Paragraph.objects.filter(response=response, written_at__lte=at).order_by("line", "-revision").distinct("line")
    paragraphs = [row for row in rows if not row.is_removed]
    return sorted(paragraphs, key=lambda row: (row.side != rules.FORCE, row.position, row.written_at, row.line))


def linked(recommendations: Iterable[Recommendation], at: datetime) -> dict[UUID, list[Reference]]:
    """The evidence linked to the requirement of each of these recommendations."""
    rows = list(recommendations)
    links = links_of([row.requirement for row in rows if row.requirement is not None], at)
    return {row.id: list(links.get(row.requirement_id, ())) if row.requirement_id else [] for row in rows}


def suggestions(recommendations: Sequence[Recommendation], period: Period, at: datetime) -> list[Paragraph]:
    """Paragraphs that are not written yet, one for each piece of evidence linked to a recommendation: as fact or as gap, by
    what it shows."""
    links = linked(recommendations, at)
    evidence = read_evidence([reference for of_row in links.values() for reference in of_row], period, at)
    return [
        _suggested(evidence[reference], number, recommendation=row)
        for row in recommendations
        for number, reference in enumerate(links[row.id], 1)
        if reference in evidence
    ]


def of_governance(period: Period, at: datetime) -> list[Paragraph]:
    """The same of how the work is led: the plan, boards and peer reviews, as far as they are evidence."""
    chosen = [(kind, key) for kind in GOVERNANCE if kind in KINDS for key, _ in KINDS[kind].choices()[:MOST]]
    evidence = read_evidence(chosen, period, at)
    return [_suggested(evidence[each], number) for number, each in enumerate(chosen, 1) if each in evidence]


def _suggested(evidence: Evidence, position: int, **columns: Any) -> Paragraph:
    kind, reference = rules.suggested_kind(evidence), [evidence.kind, evidence.key]
    columns |= {"position": position, "line": new_id(), "mark": rules.mark_of(kind, [evidence.state])}
    return Paragraph(side=rules.FORCE, kind=kind, references=[reference], **columns)


def to_answer(report: Report) -> list[Recommendation]:
    """The recommendations of a report that the force or its policing body answers."""
    return [row for row in recommendations_of(report) if needs_answer(row.addressees)]


def content_of(
    report: Report, paragraphs: Iterable[Paragraph], period: Period, at: datetime,
    known_values: Mapping[Reference, Evidence] = MappingProxyType({}),
) -> Content:  # fmt: skip
    """A response with all evidence that it cites, numbered in the order of its citing and read for a period as known at a
    moment; `known_values` was read before and keeps its numbers. What is there no more is evidence of nothing."""
    rows = to_answer(report)
    places: dict[UUID | None, int] = {row.id: place for place, row in enumerate(rows)}
    ordered = sorted(paragraphs, key=lambda each: places.get(each.recommendation_id, len(rows)))
    cited = list(dict.fromkeys([*known_values, *((kind, key) for each in ordered for kind, key in each.references)]))
    read = {**read_evidence([each for each in cited if each not in known_values], period, at), **known_values}
    evidence = {each: read.get(each) or _missing_evidence(each, period, at) for each in cited}
    return {
        "report": {
            "title": report.title, "body": report.body, "published_on": report.published_on.isoformat(),
            "last_day": last_day(report.published_on).isoformat() if report.has_clock else "",
        },
        "period": [period.first.isoformat(), period.last.isoformat()],
        "read_at": at.isoformat(),
        "recommendations": [
            {"id": str(row.id), "number": row.code, "text": row.text, "verified": row.is_verified,
             "to": list(row.addressees)}
            for row in rows
        ],
        "others": [row.code for row in recommendations_of(report) if not needs_answer(row.addressees)],
        "paragraphs": [_paragraph(each, evidence, cited) for each in ordered],
        "evidence": [_stored(each) for each in evidence.values()],
    }  # fmt: skip


def _stored(evidence: Evidence) -> dict[str, Any]:
    days = {"day": evidence.day, "due_on": evidence.due_on}
    return asdict(evidence) | {name: day.isoformat() if day else None for name, day in days.items()}


def known_of(content: Content) -> dict[Reference, Evidence]:
    """The evidence of a response as it was read, by its reference."""
    return {(each.kind, each.key): each for each in rules.evidence_of(content).values()}


def _missing_evidence(reference: Reference, period: Period, at: datetime) -> Evidence:
    kind, key = reference
    name = KINDS[kind].name if kind in KINDS else kind
    return Evidence(kind, key, name, "It is not there any more.", NONE, query_of(kind, key, period, at))


def _paragraph(row: Paragraph, evidence: Mapping[Reference, Evidence], cited: Sequence[Reference]) -> dict[str, Any]:
    references = [(kind, key) for kind, key in row.references]
    behind = [evidence[each] for each in references]
    item_due_on = rules.other_day(row.kind, row.due_on, behind)
    return {
        "line": str(row.line), "recommendation": str(row.recommendation_id or ""), "side": row.side, "kind": row.kind,
        "words": row.words, "role": row.role, "due_on": row.due_on.isoformat() if row.due_on else "",
        "evidence": [cited.index(each) + 1 for each in references],
        "mark": rules.mark_of(row.kind, [each.state for each in behind]),
        "own": rules.unsupported(row.words, behind), "item_due_on": item_due_on.isoformat() if item_due_on else "",
    }  # fmt: skip


def version_at(response: Response, at: datetime) -> ResponseVersion | None:
    """The last version that was stored by a moment."""
    rows = ResponseVersion.objects.filter(response=response, stored_at__lte=at).select_related("stored_by")
    return rows.order_by("-number").first()


def versions_of(response: Response) -> list[ResponseVersion]:
    """All versions of a response without their documents, the latest first."""
    rows = ResponseVersion.objects.filter(response=response).select_related("stored_by").defer("documents", "content")
    return list(rows.order_by("-number"))


def writers_of(response: Response) -> set[UUID]:
    """Who wrote any of its paragraphs for the force, or submitted it: none of them approves it."""
    rows = Paragraph.objects.filter(response=response, side=rules.FORCE)
    return {*rows.values_list("written_by", flat=True).distinct(), *filter(None, [response.submitted_by_id])}


def document_of(version: ResponseVersion, name: str, at: datetime) -> Document:
    """A document of a version as it was frozen; of a published one with the corrections made by a moment before it."""
    document = restored(version.documents[name])
    if version.step != rules.PUBLISHED:
        return document
    rows = version.response.corrections.filter(corrected_at__lte=at).order_by("corrected_at")
    return corrected(document, [(row.corrected_at, row.part, row.words) for row in rows])


def documents_at(report: Report, response: Response | None, at: datetime) -> dict[str, Document]:
    """The documents of a response as they were at a moment: of the version that was the last then; of a draft that had none as it
    was written; where no response was begun, suggestions that nobody approved."""
    if response and (version := version_at(response, at)):
        return {name: document_of(version, name, at) for name in version.documents}
    rows, step = [], "suggested"
    period = year_to_quarter(london_date(at))
    if response and response.begun_at <= at:
        rows, step, period = paragraphs_at(response, at), rules.DRAFT, Period(response.first, response.last)
    rows = rows or [*suggestions(to_answer(report), period, at), *of_governance(period, at)]
    content = content_of(report, rows, period, at) | {"status": status_words(step, at)}
    return {name: make(content) for name, make in MADE.items()}
