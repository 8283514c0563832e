"""Pages of the plan, its lines of enquiry, the decision log, unused material and third-party material."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lodestar.casework.cases.access import case_for, person_for
from lodestar.casework.cases.models import Case
from lodestar.casework.cases.presenters import label, person_heading
from lodestar.casework.enquiries import actions, forms, presenters, queries
from lodestar.casework.enquiries.models import MaterialRequest, UnusedItem
from lodestar.casework.enquiries.rules import LINES, not_considered
from lodestar.platform.accounts.access import Member, member_of, one_or_404
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import called_at_work
from lodestar.platform.accounts.request_flow import page
from lodestar.platform.approvals.access import may_decide, waiting_for
from lodestar.platform.approvals.views import ApprovalPages, approval_page, waiting_page
from lodestar.platform.design.when import day_time, on
from lodestar.platform.questionnaires.views import questions, record_page
from lodestar.platform.registers.actions import move
from lodestar.platform.registers.models import Register
from lodestar.platform.registers.presenters import own_lines
from lodestar.platform.registers.views import list_page, row_page
from lodestar.platform.text.ids import id_in

VIEW, RECORD = Permission.INVESTIGATION_VIEW, Permission.INVESTIGATION_RECORD


def _case(request: HttpRequest, reference: str, permission: Permission) -> Case:
    return case_for(member_of(request), reference, permission, viewed=request.method != "POST")


def _case_page(request: HttpRequest, template: str, case: Case, **context: Any) -> HttpResponse:
    return render(request, template, {"case": case, "may_record": member_of(request).may(RECORD), **context})


@page(VIEW, only="GET")
def plan(request: HttpRequest, reference: str) -> HttpResponse:
    """The investigation plan: its aim, its lines and who has them, what it has to consider yet, third-party material."""
    case, now = _case(request, reference, VIEW), timezone.now()
    lines, plans = queries.lines_of(case), list(queries.plans_of(case))
    member, missing = member_of(request), not_considered({row.code for row in lines}, on(now))
    requests = queries.requests_seen(member).filter(person__case=case).order_by("-asked_at", "-id")
    return _case_page(
        request, "enquiries/plan.jinja", case, words=presenters.plan_words(plans[0]) if plans else [],
        earlier=[presenters.plan_words(each) for each in plans[1:]],
        missing=[presenters.line_name(code) for code in missing], lines=own_lines(presenters.LINE_REGISTER, lines, now),
        requests=[presenters.request_line(row, member.may(RECORD)) for row in requests],
    )  # fmt: skip


@page(RECORD)
def plan_write(request: HttpRequest, reference: str) -> HttpResponse:
    """Writing the plan, or writing it again with further lines."""
    case, now = _case(request, reference, RECORD), timezone.now()
    before, latest = {row.code for row in queries.lines_of(case)}, queries.plan_of(case)
    codes = [code for code in LINES if code not in before]
    asked, of_lines = forms.with_lines(questions("enquiries", "plan_questions"), codes, not_considered(before, on(now)))
    named = latest.disclosure_officer.name if latest and latest.disclosure_officer else ""

    def act(*, by: Member, aim: str, officer: str, written_at: datetime | None, **ways: str) -> None:
        colleague = called_at_work(officer, RECORD) if officer else None
        if officer and colleague is None:
            raise LookupError(officer)
        lines = {of_lines[name]: "" if way == "pursue" else way for name, way in ways.items() if way}
        actions.write_plan(
            by=by, at=written_at or now, case=case, aim=aim, lines=lines, officer=colleague.user_id if colleague else None
        )

    return record_page(
        request, asked, act, heading="Write the investigation plan", back=f"/cases/{reference}/plan",
        caption=f"Case {reference}", initial={"aim": str(latest.aim) if latest else "", "officer": named},
        refusals={LookupError: ("officer", "No colleague at work with this name may be it")},
    )  # fmt: skip


@page(VIEW, only="GET")
def lines(request: HttpRequest) -> HttpResponse:
    """The lines of enquiry of all cases that the member sees, late ones first."""
    return list_page(request, presenters.LINE_REGISTER)


def _read(request: HttpRequest, register: Register, row_id: UUID, page_of_case: str, title: str = "") -> HttpResponse:
    """One row of a register with its history, and the way to its next move for who may record it."""
    row = one_or_404(register.visible(member_of(request)).filter(id=row_id))
    more = {
        "title": title or presenters.line_name(row.code),
        "move_on": f"/{register.name}/{row.id}/move" if member_of(request).may(RECORD) else "",
    }
    back = f"/cases/{row.case.reference}/{page_of_case}"
    return row_page(request, register, row, move, back=back, template="enquiries/row.jinja", more=more)


def _move(request: HttpRequest, register: Register, row_id: UUID, act: Callable[..., Any], **options: Any) -> HttpResponse:
    """The next move of one row of a register."""
    row = one_or_404(register.visible(member_of(request)).filter(id=row_id))
    return row_page(request, register, row, act, back=f"/{register.name}/{row.id}", **options)


@page(VIEW, only="GET")
def line(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """One line of enquiry with its history."""
    return _read(request, presenters.LINE_REGISTER, line_id, "plan")


@page(RECORD)
def line_move(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """Recording what came of a line of enquiry."""
    options = {"form_class": forms.LineForm, "template": "enquiries/line_move.jinja"}
    return _move(request, presenters.LINE_REGISTER, line_id, actions.move_line, **options)


@page(VIEW, only="GET")
def decisions(request: HttpRequest, reference: str) -> HttpResponse:
    """The decision log of a case."""
    case = _case(request, reference, VIEW)
    return _case_page(
        request, "enquiries/decisions.jinja", case, log=[presenters.decision_line(row) for row in queries.decisions_of(case)]
    )


@page(RECORD)
def decision_add(request: HttpRequest, reference: str) -> HttpResponse:
    """Adding to the decision log."""
    case = _case(request, reference, RECORD)
    entries = [(str(row.id), f"To number {row.number}") for row in queries.decisions_of(case) if not row.adds_to_id]

    def act(*, made_at: datetime | None, adds_to: str, **answers: Any) -> None:
        actions.record_decision(case=case, at=made_at or timezone.now(), adds_to=id_in(adds_to), **answers)

    return record_page(
        request, questions("enquiries", "decision_questions"), act, heading="Add to the decision log",
        back=f"/cases/{reference}/decisions", caption=f"Case {reference}", choices={"adds_to": entries},
        say="An entry is never changed: add an addendum.",
    )  # fmt: skip


@page(VIEW, only="GET")
def case_unused(request: HttpRequest, reference: str) -> HttpResponse:
    """The schedule of unused material of a case, and its disclosure officer."""
    case = _case(request, reference, VIEW)
    rows = queries.rows_seen(member_of(request), UnusedItem).filter(case=case).order_by("recorded_at", "id")
    latest, lines = queries.plan_of(case), own_lines(presenters.UNUSED_REGISTER, rows, timezone.now())
    return _case_page(request, "enquiries/unused.jinja", case, officer=latest and latest.disclosure_officer, **lines)


@page(RECORD)
def unused_add(request: HttpRequest, reference: str) -> HttpResponse:
    """Adding unused material to the schedule: the disclosure officer's to review, where one is named."""
    case = _case(request, reference, RECORD)
    latest = queries.plan_of(case)

    def act(*, by: Member, **facts: Any) -> None:
        owner = (latest and latest.disclosure_officer_id) or by.user
        actions.record_unused(by=by, at=timezone.now(), case=case, owner=owner, **facts)

    return record_page(
        request, questions("enquiries", "unused_questions"), act, heading="Add unused material",
        back=f"/cases/{reference}/unused", caption=f"Case {reference}",
    )  # fmt: skip


@page(VIEW, only="GET")
def unused(request: HttpRequest) -> HttpResponse:
    """The unused material of all cases that the member sees, to look through and to save."""
    return list_page(request, presenters.UNUSED_REGISTER)


@page(VIEW, only="GET")
def unused_item(request: HttpRequest, unused_id: UUID) -> HttpResponse:
    """One row of unused material with its reviews."""
    return _read(request, presenters.UNUSED_REGISTER, unused_id, "unused", "Unused material")


@page(RECORD)
def unused_move(request: HttpRequest, unused_id: UUID) -> HttpResponse:
    """Reviewing one row of unused material."""
    return _move(request, presenters.UNUSED_REGISTER, unused_id, move, form_class=forms.ReviewForm)


@page(RECORD)
def material_ask(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Asking that somebody outside may be asked for what they hold about a person, or recording that they were."""
    person = person_for(member_of(request), person_id, RECORD, viewed=request.method != "POST")
    pursued = [(str(row.id), presenters.line_name(row.code)) for row in queries.lines_of(person.case) if row.state == "open"]

    def act(*, by: Member, line: str, happened: str, **asked: Any) -> None:
        is_asked = happened == "yes"
        actions.ask_for_material(by=by, at=timezone.now(), person=person, line_id=line, happened_without=is_asked, **asked)

    return record_page(
        request, questions("enquiries", "material_questions"), act, heading="Ask for third-party material",
        back=f"/cases/{person.case.reference}/plan", caption=person_heading(person)["who"], choices={"line": pursued},
    )  # fmt: skip


@page(RECORD)
def material_sent(request: HttpRequest, material_id: UUID) -> HttpResponse:
    """Recording when a request for third-party material was sent, and when the material came."""
    row = one_or_404(queries.requests_seen(member_of(request)).filter(id=material_id))
    person = person_for(member_of(request), row.person_id, RECORD, viewed=request.method != "POST")

    def act(*, by: Member, **times: Any) -> None:
        actions.record_material(by=by, at=timezone.now(), row=row, **times)

    return record_page(
        request, questions("enquiries", "material_questions", "sent"), act, heading="Third-party material sent or received",
        back=f"/cases/{person.case.reference}/plan", caption=f"{row.who}. {presenters.request_status(row)}",
        initial={name: day_time(at) for name in ("sent_at", "received_at") if (at := getattr(row, name))},
        refusals={ValueError: ("received_at", "That is before it was sent")},
    )  # fmt: skip


PAGES = ApprovalPages(
    MaterialRequest,
    find=lambda member, _, row: one_or_404(queries.requests_seen(member).filter(id=row)),
    waiting=lambda member, _, most: waiting_for(member, queries.requests_seen(member), most),
    decide=actions.decide_material,
    leads_to="material-requests",
    template="enquiries/material.jinja",
    list_template="enquiries/materials.jinja",
    question=lambda row: (f"May {row.who} be asked for it?", "Yes: it is necessary and proportionate"),
    words=lambda row: {"words": presenters.request_words(row), "status": [presenters.request_status(row) + "."]},
    lines=lambda member, rows: [(row, label(row.person)) for row in rows],
)


@page(Permission.MATERIAL_DECIDE)
def material_request(request: HttpRequest, material_id: UUID) -> HttpResponse:
    """One request for third-party material, to decide."""
    member = member_of(request)
    if not may_decide(member, MaterialRequest):
        raise Http404
    return approval_page(request, PAGES, PAGES.find(member, MaterialRequest, material_id))


@page(Permission.MATERIAL_DECIDE, only="GET")
def material_requests(request: HttpRequest) -> HttpResponse:
    """What waits for an inspector to decide."""
    return waiting_page(request, PAGES)
