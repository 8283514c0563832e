"""Pages of responses: writing one, its documents and versions, and the steps to its publication."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.oversight.measures.rules.facts import Period, year_to_quarter
from lodestar.oversight.recommendations import access as reports
from lodestar.oversight.recommendations.actions import Refused as StepRefused
from lodestar.oversight.requirements.access import evidence_for
from lodestar.oversight.requirements.evidence import KINDS
from lodestar.oversight.responses import access, actions, presenters, queries
from lodestar.oversight.responses.access import APPROVE, COMMENT, WRITE
from lodestar.oversight.responses.models import Paragraph, Response
from lodestar.oversight.responses.rules import documents
from lodestar.oversight.responses.rules import paragraphs as rules
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft, version_seen
from lodestar.platform.audit.actions import audit
from lodestar.platform.design.when import day, on
from lodestar.platform.documents import saved
from lodestar.platform.documents.description import Document, parts_of
from lodestar.platform.documents.made import KINDS as FILES
from lodestar.platform.questionnaires.forms import RecordForm
from lodestar.platform.questionnaires.views import questions, record_page
from lodestar.platform.registers.views import CHANGED
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.text.text_normalise import whole_number

VIEW, EACH, MOST_OFFERED = Permission.OVERSIGHT_VIEW, 40, 60
NOTHING_LEFT = "Nothing is left to suggest. Link evidence to the requirement of the recommendation first."
NOTHING: rules.Content = {"paragraphs": [], "recommendations": [], "evidence": []}  # what was before the first version
NEXT = {rules.DRAFT: (WRITE, "submit", "Submit to the chief officer"), rules.SUBMITTED: (APPROVE, "approve", "Decide on it"),
        rules.APPROVED: (COMMENT, "comment", "Write the letter"), rules.COMMENTED: (COMMENT, "publish", "Record publication"),
        rules.PUBLISHED: (WRITE, "correct", "Add a correction")}  # fmt: skip


def _asked(request: HttpRequest, act: Callable[..., Any], form: str, **more: Any) -> HttpResponse:
    refusals = {actions.Refused: (None, ""), StepRefused: (None, ""), ConcurrentEdit: (None, CHANGED)}
    return record_page(request, questions("responses", "form_questions", form), act, **{"refusals": refusals} | more)


def _here(row: Response, *more: object) -> str:
    return "/".join(("/responses", *map(str, (row.id, *more))))


def _step(request: HttpRequest, response_id: UUID, act: Callable[..., Any], form: str, **more: Any) -> HttpResponse:
    """The page of a step; `act` takes the response as well, and refuses what is not due."""
    row = access.response_for(member_of(request), response_id)

    def done(**facts: Any) -> None:
        act(at=timezone.now(), response=row, **facts)

    return _asked(request, done, form, back=_here(row), caption=row.report.title, **more)


def _as_seen(member: Member, content: rules.Content) -> rules.Content:
    """What a response says to this member."""
    return content if access.is_of_force(member) else documents.for_publication(content)[0]


@page(VIEW, only="GET")
def responses(request: HttpRequest) -> HttpResponse:
    """The responses so far, the latest report first."""
    member = member_of(request)
    rows = access.responses_seen(member).order_by("-report__published_on")[:EACH]
    return render(request, "responses/list.jinja", {"cells": presenters.response_cells(rows), "may_write": member.may(WRITE)})


@page(WRITE)
def begin(request: HttpRequest) -> HttpResponse:
    """Beginning the response to a report, with evidence of the year to the last whole quarter."""
    member, now = member_of(request), timezone.now()
    rows = {str(row.id): row for row in reports.reports_seen(member).order_by("-published_on")[:EACH]}
    period = year_to_quarter(on(now))

    def act(*, by: Member, of_report: str) -> str:
        return _here(actions.begin(by=by, at=now, report=rows[of_report], period=period))

    choices = {"of_report": [(key, row.title) for key, row in rows.items()]}
    return _asked(request, act, "begin", heading="Begin a response", back="/responses", choices=choices,
                  say=f"Evidence is read for the year from {day(period.first)} to {day(period.last)}.")  # fmt: skip


@page(VIEW, only="GET")
def response(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """A response: its recommendations with how far each is, its documents, versions, corrections, and the next step."""
    member = member_of(request)
    row = access.response_for(member, response_id)
    permission, step, words = NEXT[row.state]
    context = {
        "row": row, "here": _here(row), "state": rules.STEP_WORDS[row.state], "names": documents.DOCUMENTS,
        "next": (step, words) if member.may(permission) else None, "corrections": row.corrections.order_by("corrected_at"),
        "cells": presenters.progress_cells(row, queries.to_answer(row.report), queries.paragraphs_at(row, timezone.now())),
        "versions": presenters.version_cells(row, queries.versions_of(row)),
    }  # fmt: skip
    return render(request, "responses/response.jinja", context)


def _own(row: Response, part: str, now: Any) -> tuple[Any, list[Paragraph]]:
    recommendation = access.part_for(row, part)
    key = recommendation.id if recommendation else None
    return recommendation, [each for each in queries.paragraphs_at(row, now) if each.recommendation_id == key]


@page(VIEW, only="GET")
def part(request: HttpRequest, response_id: UUID, part: str) -> HttpResponse:
    """What is answered to one recommendation, paragraph by paragraph, marked where evidence lacks."""
    member, now = member_of(request), timezone.now()
    row = access.response_for(member, response_id)
    recommendation, own = _own(row, part, now)
    version = queries.version_at(row, now) if row.state != rules.DRAFT else None  # from then on the evidence stays as it was
    known_values = queries.known_of(version.content) if version else {}
    content = _as_seen(member, queries.content_of(row.report, own, Period(row.first, row.last), now, known_values))
    side = access.side_of(member, row)
    context = {
        "row": row, "here": _here(row, "parts", part), "part": part, "recommendation": recommendation, "side": side,
        "may_suggest": side == rules.FORCE, "lines": presenters.paragraph_lines(content), "back_href": _here(row),
    }  # fmt: skip
    return render(request, "responses/part.jinja", context)


@page(WRITE)
def suggest(request: HttpRequest, response_id: UUID, part: str) -> HttpResponse:
    """Choosing among paragraphs suggested from evidence: each becomes a fact or a gap, none an assurance."""
    member, now = member_of(request), timezone.now()
    row = access.response_for(member, response_id)
    recommendation, own = _own(row, part, now)
    period, used = Period(row.first, row.last), [each for written in own for each in written.references]
    suggestions = queries.suggestions([recommendation], period, now) if recommendation else queries.of_governance(period, now)
    left = {":".join(each.references[0]): each for each in suggestions if each.references[0] not in used}
    lines = presenters.paragraph_lines(queries.content_of(row.report, left.values(), period, now))

    def act(*, by: Member, keep: Sequence[str] = ()) -> None:
        actions.add_suggested(by=by, at=now, response=row, paragraphs=[left[key] for key in keep])

    choices = [(key, f"{line['title']}. {' '.join(line['said'])}") for key, line in zip(left, lines, strict=True)]
    page = {"heading": "Suggested paragraphs", "back": _here(row, "parts", part), "caption": part.capitalize()}
    if not choices:
        return _asked(request, act, "nothing", say=NOTHING_LEFT, press_words="", **page)
    return _asked(request, act, "suggest", choices={"keep": choices}, **page)


def _choices(
    member: Member, row: Response, recommendation: Any, written: Paragraph | None, more: str
) -> list[tuple[str, str]]:  # fmt: skip
    """The evidence to choose from: what is linked, what is chosen, the items of the plan, and more of one kind."""
    now = timezone.now()
    linked = queries.linked([recommendation], now)[recommendation.id] if recommendation else []
    offered = [*linked, *((kind, key) for kind, key in (written.references if written is not None else ()))]
    kinds = [kind for kind in dict.fromkeys(("plan_item", more)) if kind in KINDS]
    others = [(kind, *each) for kind in kinds for each in KINDS[kind].choices()[:MOST_OFFERED]]
    return presenters.evidence_choices(offered, evidence_for(member, offered, Period(row.first, row.last), now), others)


@page(VIEW)
def paragraph(request: HttpRequest, response_id: UUID, part: str, line: UUID | None = None) -> HttpResponse:
    """Writing, changing or removing a paragraph, for the side whose turn it is; nothing for all others."""
    member, now, is_sent = member_of(request), timezone.now(), request.method == "POST"
    row = access.response_for(member, response_id)
    recommendation, own = _own(row, part, now)
    side, written = access.side_of(member, row), next((each for each in own if each.line == line), None)
    if not side or (line and (written is None or written.side != side)):
        raise Http404
    choices = _choices(member, row, recommendation, written, request.GET.get("more", ""))
    typed, initial = submitted_or_draft(request), _initial(written) if written else {}
    form = RecordForm(typed, auto_id="%s", asked=questions("responses", "form_questions", "paragraph"), initial=initial,
                      choices={"cites": choices, "kind": rules.KINDS.items()})  # fmt: skip
    here, seen = _here(row, "parts", part), version_seen(request.POST) or 0
    is_valid = is_sent and (form.is_valid() or "remove" in request.POST)
    if is_valid:
        try:
            if written and "remove" in request.POST:
                actions.remove(by=member, at=now, paragraph=written, seen=seen)
            else:
                facts = form.facts(now)
                references = [tuple(each.split(":", 1)) for each in facts.pop("cites")]
                actions.write(
                    by=member, at=now, response=row, side=side, recommendation=recommendation, line=line, seen=seen,
                    references=references, role=facts.pop("who_acts"), position=int(facts.pop("position") or 0), **facts,
                )  # fmt: skip
            return redirect(here)
        except (actions.Refused, ConcurrentEdit) as refusal:
            form.add_error("kind", CHANGED if isinstance(refusal, ConcurrentEdit) else str(refusal))
    more = request.GET.get("more", "")
    nav = [{"label": kind.name, "href": f"?more={code}", "current": code == more} for code, kind in KINDS.items()]
    context = {
        "form": form, "written": written, "back_href": here, "part": part, "recommendation": recommendation, "nav": nav,
    }  # fmt: skip
    return render(request, "responses/paragraph.jinja", context, status=422 if is_sent else 200)


def _initial(written: Paragraph) -> Mapping[str, Any]:
    return {
        "kind": written.kind, "words": written.words, "cites": [":".join(each) for each in written.references],
        "who_acts": written.role, "due_on": day(written.due_on) if written.due_on else "", "position": str(written.position),
    }  # fmt: skip


def _document(request: HttpRequest, response_id: UUID, name: str) -> tuple[Response, Document]:
    """A document of a response: of the version that is asked for, else of the last; of a draft as it is written now."""
    member, now = member_of(request), timezone.now()
    row = access.response_for(member, response_id)
    if name not in documents.MADE:
        raise Http404
    number = whole_number(request.GET.get("version", ""))
    version = row.versions.filter(number=number).first() if number else queries.version_at(row, now)
    if version is None or (row.state == rules.DRAFT and not number):
        content = queries.content_of(row.report, queries.paragraphs_at(row, now), Period(row.first, row.last), now)
        return row, documents.MADE[name](content | {"status": documents.status_words(rules.DRAFT, now)})
    if version.step != rules.PUBLISHED and not access.is_of_force(member):
        return row, documents.MADE[name](_as_seen(member, version.content))
    return row, queries.document_of(version, name, now)


@page(VIEW, only="GET")
def document(request: HttpRequest, response_id: UUID, document: str) -> HttpResponse:
    """A document part by part, as it would be printed."""
    row, described = _document(request, response_id, document)
    parts, at, version = parts_of(described), whole_number(request.GET.get("part", "")), request.GET.get("version", "")
    nth, asked = min(at, len(parts) - 1), f"?version={version}" if version.isdigit() else "?"
    nav = [{"label": title, "href": f"{asked}&part={n}", "current": n == nth} for n, (title, _) in enumerate(parts)]
    context = {
        "row": row, "title": described.title, "back_href": _here(row), "nav": nav, "blocks": parts[nth][1],
        "files": [(kind, _here(row, "documents", document, kind) + asked) for kind in FILES],
    }  # fmt: skip
    return render(request, "responses/document.jinja", context)


@page(VIEW, only="GET")
def document_file(request: HttpRequest, response_id: UUID, document: str, kind: str) -> HttpResponse:
    """A document as PDF or Word."""
    row, described = _document(request, response_id, document)
    if kind not in FILES:
        raise Http404
    audit("responses.saved", by=member_of(request), at=timezone.now(), subject=str(row.id), fields=[document, kind])
    return saved.document_file(request, described, kind, document)


@page(VIEW, only="GET")
def compare(request: HttpRequest, response_id: UUID, number: int) -> HttpResponse:
    """What changed from the version before to this one, paragraph by paragraph."""
    member = member_of(request)
    row = access.response_for(member, response_id)
    versions = row.versions.filter(number__in=[number - 1, number])
    contents = {version.number: _as_seen(member, version.content) for version in versions}
    if number not in contents:
        raise Http404
    changes = documents.compared(contents.get(number - 1, NOTHING), contents[number])
    context = {"number": number, "back_href": _here(row), "changes": changes}
    return render(request, "responses/compare.jinja", context)


@page(WRITE)
def submit(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Submitting a draft to the chief officer."""
    say = "The evidence is read again now and kept as it is. The draft is not changed any more unless it comes back."
    return _step(request, response_id, actions.submit, "submit", heading="Submit to the chief officer", say=say)


@page(APPROVE)
def approve(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Approving what was submitted, or sending it back."""

    def act(*, decision: str, **facts: Any) -> None:
        actions.decide(approved=decision == "yes", **facts)

    return _step(request, response_id, act, "approve", heading="Approve the response")


@page(COMMENT)
def comment(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """The letter of the local policing body, once its paragraphs are written."""

    def act(*, by: Member, at: Any, response: Response, **letter: str) -> None:
        actions.comment(by=by, at=at, response=response, letter=letter)

    say = "First answer each recommendation that is addressed to you, on its own page."
    return _step(request, response_id, act, "comment", heading="Write the letter", say=say, initial=documents.LETTER)


@page(COMMENT)
def publish(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Recording publication: small numbers are hidden in what is published, and the numbers that leave are registered."""
    row = access.response_for(member_of(request), response_id)
    version = queries.version_at(row, timezone.now())
    hidden = (
        [name for name, _, is_hidden in documents.for_publication(version.content)[1] if is_hidden == "Yes"] if version else []
    )
    say = f"Small numbers are hidden in what is published: {'; '.join(hidden) or 'none here'}."
    return _step(request, response_id, actions.publish, "publish", heading="Record publication", say=say)


@page(WRITE)
def correct(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Adding a dated correction, which is shown with what was published and changes nothing of it."""

    def act(*, what_part: str, correction: str, **facts: Any) -> None:
        actions.correct(part=what_part, words=correction, **facts)

    return _step(request, response_id, act, "correct", heading="Add a correction")
