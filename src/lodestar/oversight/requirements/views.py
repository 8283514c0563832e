"""Pages of requirements: the coverage matrix, one requirement with its evidence, taking standards in, and tables."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lodestar.oversight.measures.forms import Which
from lodestar.oversight.measures.presenters.asked import period_words
from lodestar.oversight.requirements import actions, presenters, queries, rules
from lodestar.oversight.requirements.access import EDIT, VIEW, evidence_for, link_for, requirement_for, sees_small_numbers
from lodestar.oversight.requirements.evidence import KINDS, STATES
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.request_flow import page
from lodestar.platform.audit.actions import audit
from lodestar.platform.design.files import to_save
from lodestar.platform.design.when import on
from lodestar.platform.questionnaires.views import questions, record_page
from lodestar.platform.registers.views import CHANGED
from lodestar.platform.tables.views import table_page
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.text.csv_safety import table
from lodestar.platform.text.text_normalise import whole_number

EACH = 20


def _asked(request: HttpRequest, act: Callable[..., Any], form: str, **more: Any) -> HttpResponse:
    refusals = {ConcurrentEdit: (None, CHANGED)}
    return record_page(request, questions("requirements", "form_questions", form), act, **{"refusals": refusals} | more)


@page(VIEW, only="GET")
def coverage(request: HttpRequest) -> HttpResponse:
    """Every requirement, or those of one standard or state, by how far it is evidenced; with `as=csv` as a file."""
    member, now, start = member_of(request), timezone.now(), whole_number(request.GET.get("from", ""))
    standard, state = (request.GET.get(name, "") for name in ("standard", "state"))
    may_choose, standards = sees_small_numbers(member), queries.standards_recorded()
    form = Which(request.GET if may_choose else {}, now=now)
    asked = form.asked
    covered = queries.coverage(on(asked.at), asked.period, asked.at, standard, partial(evidence_for, member))
    rows = sorted((row for row in covered if state in ("", row.state)), key=lambda row: STATES.index(row.state))
    if request.GET.get("as") == "csv":
        audit("requirements.exported", by=member, at=now, subject=str(len(rows)))
        return to_save(table(presenters.CSV_COLUMNS, [*presenters.csv_rows(rows)]), "requirements.csv", "text/csv")
    shown, here = rows[start : start + EACH], urlencode({"standard": standard, "state": state})
    kinds = presenters.shown_kinds(shown)
    context = {
        "form": form, "may_choose": may_choose,
        "days": period_words(asked.period), "standard": standard, "state": state, "may_edit": member.may(EDIT),
        "nav": presenters.standard_links(standards, standard, asked.query),
        "states": presenters.state_links(covered, standard, asked.query),
        "headings": ["Requirement", "State", *(KINDS[code].name for code in kinds)],
        "rows": presenters.matrix_cells(shown, kinds, asked.query), "as_csv": f"?{here}&as=csv&{asked.query}",
        "next": f"?{here}&from={start + EACH}&{asked.query}" if len(rows) > start + EACH else "",
    }  # fmt: skip
    return render(request, "requirements/coverage.jinja", context, status=200 if form.is_valid() else 422)


@page(VIEW, only="GET")
def requirement(request: HttpRequest, requirement_id: UUID) -> HttpResponse:
    """One requirement, its editions, and its evidence as at a day."""
    member = member_of(request)
    row, may_choose = requirement_for(member, requirement_id), sees_small_numbers(member)
    form = Which(request.GET if may_choose else {}, now=timezone.now())
    asked, may_edit = form.asked, member.may(EDIT)
    links = queries.links_with_ids(row, asked.at)
    evidence = evidence_for(member, [reference for _, reference in links], asked.period, asked.at)
    state = rules.best_state(each.state for each in evidence.values())
    context = {
        "row": row, "form": form, "may_choose": may_choose,
        "asked": asked, "days": period_words(asked.period), "may_edit": may_edit, "state": state,
        "tag": presenters.state_cell(state), "words": presenters.requirement_lines(row), "editions": queries.editions_of(row),
        "headings": ["Evidence", "State", "What it shows", *(["Change"] if may_edit else [])], "kinds": KINDS.values(),
        "rows": presenters.evidence_cells(links, evidence, member, may_edit=may_edit),
    }  # fmt: skip
    return render(request, "requirements/requirement.jinja", context, status=200 if form.is_valid() else 422)


@page(EDIT)
def take_in(request: HttpRequest) -> HttpResponse:
    """Taking a standard into the register, with the evidence that is offered for it."""
    left = queries.standards_left()

    def act(*, by: Member, standard: str = "") -> str:
        actions.take_in_standard(by=by, at=timezone.now(), standard=standard)
        return f"/requirements?standard={standard}"

    page: dict[str, Any] = {"heading": "Add a standard", "back": "/requirements"}
    if not left:
        say = "Every standard that Lodestar lists is in the register."
        return _asked(request, act, "nothing", say=say, press_words="", **page)
    choices = {"standard": [(code, f"{rules.STANDARDS[code]}: {left[code]} not in the register") for code in left]}
    say = "Each requirement comes with the evidence that Lodestar has for it, to be looked at by you."
    return _asked(request, act, "take_in", choices=choices, say=say, **page)


@page(EDIT)
def link(request: HttpRequest, requirement_id: UUID, evidence_kind: str) -> HttpResponse:
    """Linking evidence of one kind to a requirement; a statement is written here."""
    row, now = requirement_for(member_of(request), requirement_id, EDIT), timezone.now()
    if (kind := evidence_kind) not in KINDS:
        raise Http404
    back, caption = f"/requirements/{row.id}", f"{presenters.standard_name(row.standard)}, {row.code}"
    if kind == actions.STATEMENT:

        def state(*, by: Member, words: str, said_on: str) -> None:
            actions.record_statement(by=by, at=now, requirement=row, words=words, said_on=date.fromisoformat(said_on))

        return _asked(request, state, "statement", heading="Add an officer’s statement", back=back, caption=caption)

    def act(*, by: Member, evidence_key: str, reason: str) -> None:
        actions.link_evidence(by=by, at=now, requirement=row, kind=kind, key=evidence_key, reason=reason)

    choices = {"evidence_key": KINDS[kind].choices()}
    return _asked(
        request, act, "link", heading=f"Link evidence: {KINDS[kind].name.lower()}", back=back, caption=caption, choices=choices
    )


@page(EDIT)
def unlink(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """Taking evidence from a requirement, with the reason."""
    row = link_for(member_of(request), link_id)

    def act(*, by: Member, grounds: str) -> None:
        actions.unlink_evidence(by=by, at=timezone.now(), link=row, reason=grounds)

    say = "It no longer counts. That it was linked, and why not any more, stays."
    return _asked(request, act, "unlink", heading="Take evidence away", back=f"/requirements/{row.requirement_id}", say=say)


@page(EDIT)
def table_file(request: HttpRequest) -> HttpResponse:
    """The template of a table of requirements; what one would record, of which nothing is kept; sent again, it is recorded."""
    member, now = member_of(request), timezone.now()
    return table_page(
        request, actions.FILE, actions.read_requirements,
        lambda rows: actions.record_requirements(by=member, at=now, rows=rows), back="/requirements",
        heading="Import requirements", press="Record these requirements",
        say="A row for each requirement. A later edition ends the one before it and keeps its evidence.",
    )  # fmt: skip
