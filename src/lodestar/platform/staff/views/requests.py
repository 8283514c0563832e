"""Requests about staff: what waits, what came of the others, one to decide, and the invitation that it made."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page
from lodestar.platform.approvals.views import ApprovalPages, approval_page
from lodestar.platform.staff import presenters, queries
from lodestar.platform.staff.access import invitation_for, request_for
from lodestar.platform.staff.actions.requests import decide_request, show_invitation
from lodestar.platform.staff.models import StaffRequest

SHOWN = 25


@page(Permission.STAFF_MANAGE, only="GET")
def requests(request: HttpRequest) -> HttpResponse:
    """What waits for the member's decision, what waits for somebody else's, and the latest of the others."""
    member = member_of(request)
    mine = queries.waiting_for_me(member, StaffRequest, SHOWN)
    others = queries.waiting_requests(member).filter(batch__isnull=True).exclude(id__in=[row.id for row in mine])
    context = {
        "mine": _lines(member, mine),
        "others": _lines(member, list(others[:SHOWN])),
        "batches": queries.batches(member, SHOWN),
        "settled": _lines(member, queries.settled_requests(member, SHOWN)),
    }
    return render(request, "staff/requests.jinja", context)


def _words(member: Member, row: StaffRequest) -> dict[str, Any]:
    invitation = queries.invitation_of(row.id)
    return {
        "title": presenters.TITLES[row.kind],
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
