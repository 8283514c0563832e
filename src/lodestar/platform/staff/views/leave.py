"""Leave: one's own, and of those whose rota one sets."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.staff import queries
from lodestar.platform.staff.access import leave_for, leave_seen
from lodestar.platform.staff.actions.requests import enter_leave, withdraw_leave
from lodestar.platform.staff.forms import LeaveForm

SHOWN = 100


@page(Permission.SIGNED_IN)
def leave(request: HttpRequest) -> HttpResponse:
    """Who is away or will be, and entering leave."""
    member, now, today = member_of(request), timezone.now(), timezone.localdate()
    people = queries.whose_leave(member, today)
    initial = {"person": str(member.user)}
    form = LeaveForm(submitted_or_draft(request), auto_id="%s", people=people, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        enter_leave(by=member, at=now, user=answers["person"], first_day=answers["first_day"], last_day=answers["last_day"])
        return redirect("leave")
    rows = leave_seen(member).order_by("first_day", "id")[:SHOWN]
    context = {"form": form, "rows": rows, "others": len(people) > 1}
    return render(request, "staff/leave.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.SIGNED_IN, only="POST")
def withdraw(request: HttpRequest, leave_id: UUID) -> HttpResponse:
    """Takes leave back."""
    member = member_of(request)
    withdraw_leave(by=member, at=timezone.now(), leave=leave_for(member, leave_id))
    return redirect("leave")
