"""Requests about staff: what waits, what came of the others, one to decide, and the invitation that it made; a table of people,
and deciding on all of them."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.approvals.access import may_decide
from lodestar.platform.approvals.actions import CannotDecide
from lodestar.platform.approvals.forms import DecisionForm
from lodestar.platform.approvals.views import ApprovalPages, approval_page
from lodestar.platform.staff import presenters, queries
from lodestar.platform.staff.access import invitation_for, request_for
from lodestar.platform.staff.actions.people_file import KIND, read_people
from lodestar.platform.staff.actions.requests import ask_for_people, decide_people, decide_request, show_invitation
from lodestar.platform.staff.models import StaffRequest
from lodestar.platform.staff.rules import ADD, CHANGES
from lodestar.platform.tables.template_rows import MOST
from lodestar.platform.tables.views import table_page
from lodestar.platform.text.ids import id_in

SHOWN = 25


@page(Permission.STAFF_MANAGE, only="GET")
def requests(request: HttpRequest) -> HttpResponse:
    """What waits for the member's decision, what waits for somebody else's, and the latest of the others."""
    member = member_of(request)
    mine = queries.waiting_for_me(member, StaffRequest, SHOWN)
    others = queries.waiting_requests(member).exclude(id__in=[row.id for row in mine])
    context = {
        "mine": _lines(member, mine),
        "others": _lines(member, list(others[:SHOWN])),
        "people": sum(row.kind == ADD for row in mine),
        "settled": _lines(member, queries.settled_requests(member, SHOWN)),
    }
    return render(request, "staff/requests.jinja", context)


def _words(member: Member, row: StaffRequest) -> dict[str, Any]:
    invitation = queries.invitation_of(row.id)
    return {
        "title": CHANGES[row.kind].title,
        "whom": presenters.whom(row),
        "about": presenters.request_rows(row, queries.units()),
        "status": presenters.status(row),
        "invitation": invitation,
        "shows_code": invitation is not None and invitation.shown_at is None and row.asked_by_id == member.user,
    }


def _lines(member: Member, rows: Sequence[StaffRequest]) -> list[dict[str, Any]]:
    return list(map(presenters.request_line, rows))


def _pages(member: Member) -> ApprovalPages[StaffRequest]:
    return ApprovalPages(
        model=StaffRequest, find=request_for, waiting=queries.waiting_for_me, decide=decide_request,
        leads_to="staff-requests", template="staff/request.jinja", list_template="staff/requests.jinja",
        question=lambda _: ("Do you agree?", "Yes, do it"), words=partial(_words, member), lines=_lines,
    )  # fmt: skip


@page(Permission.STAFF_MANAGE)
def request_page(request: HttpRequest, staff_request_id: UUID) -> HttpResponse:
    """One request; where another administrator must agree, to be decided by one who did not ask and is not the person."""
    member = member_of(request)
    row = request_for(member, StaffRequest, staff_request_id)
    if row.needs_approval:
        return approval_page(request, _pages(member), row)
    if request.method == "POST":
        raise Http404
    context = {"row": row, "form": None, "follow_up": None, "lapsed": False, "sees_why": True, **_words(member, row)}
    return render(request, "staff/request.jinja", context)


@page(Permission.STAFF_MANAGE, asks=True, only="POST")
def invitation(request: HttpRequest, staff_request_id: UUID) -> HttpResponse:
    """The invitation that a request made, shown once to whoever asked."""
    member, now = member_of(request), timezone.now()
    row = invitation_for(member, staff_request_id)
    page_of_force = request.build_absolute_uri(reverse("invited", args=[member.tenant]))
    context = {"code": show_invitation(by=member, at=now, invitation=row), "row": row, "page": page_of_force}
    return render(request, "staff/invitation.jinja", context)


@page(Permission.STAFF_MANAGE)
def people_file(request: HttpRequest) -> HttpResponse:
    """The template of a table of people; what one would ask for, of which nothing is kept; sent again, it is asked for."""
    member, now = member_of(request), timezone.now()
    return table_page(
        request, KIND, lambda content: read_people(content, queries.units(), timezone.localdate(now)),
        lambda rows: ask_for_people(by=member, at=now, people=rows), back=reverse("staff-requests"), heading="Import people",
        say="One row for each person. People who are here already do not change.", press="Ask for these people",
    )  # fmt: skip


@page(Permission.STAFF_MANAGE)
def people_waiting(request: HttpRequest) -> HttpResponse:
    """All people whom another administrator asked to add, and deciding on those that were shown, at once."""
    member, is_sent = member_of(request), request.method == "POST"
    if not may_decide(member, StaffRequest):
        raise Http404
    form = DecisionForm(submitted_or_draft(request), auto_id="%s", question=("Do you agree to all of them?", "Yes, add them"))
    if is_sent and form.is_valid():
        answers, shown = form.cleaned_data, [id_in(row) for row in request.POST.getlist("request")]
        approved, because = answers["approved"] == "yes", answers["because"]
        try:
            decide_people(by=member, at=timezone.now(), requests=list(filter(None, shown)), approved=approved, because=because)
            return redirect("staff-requests")
        except CannotDecide:
            form.add_error(None, "One of them is already decided: look again")
    rows = queries.people_waiting_for_me(member, MOST)
    context = {"form": form, "rows": [(row, presenters.request_line(row), presenters.grants(row)) for row in rows]}
    return render(request, "staff/people_waiting.jinja", context, status=422 if is_sent else 200)
