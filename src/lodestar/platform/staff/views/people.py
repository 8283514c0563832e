"""People of the force: finding them, one person's page, adding them, asking for a change; units and their tree; leave."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lodestar.platform.accounts.access import member_of, units_below
from lodestar.platform.accounts.models import Membership, Unit, User
from lodestar.platform.accounts.permissions import ROLES, Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.staff import forms, presenters, queries
from lodestar.platform.staff.access import leave_for, leave_seen, person_for, unit_for
from lodestar.platform.staff.actions.requests import ask, enter_leave, withdraw_leave
from lodestar.platform.staff.rules import ADD, DETAILS, RANK, UNIT
from lodestar.platform.text.ids import id_in

AT_ONCE = 30
STATES = [("here", "Active"), ("locked", "Locked"), ("ended", "Ended")]


@page(Permission.STAFF_MANAGE, only="GET")
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who has or had a place in the force, found by name, unit, role or state."""
    asked, today = request.GET, timezone.localdate()
    wanted = queries.Wanted(
        words=asked.get("words", "")[:80].strip(), unit=id_in(asked.get("unit", "")), role=asked.get("role", "")[:40],
        state=asked.get("state", "")[:10],
    )  # fmt: skip
    rows = queries.people(wanted, today, AT_ONCE + 1, queries.user_after(id_in(asked.get("after", ""))))
    away = queries.on_leave([row.user_id for row in rows], today)
    more = asked.copy()
    if len(rows) > AT_ONCE:
        more["after"] = str(rows[AT_ONCE - 1].user_id)
    context = {
        "rows": [_line(row, today, away) for row in rows[:AT_ONCE]],
        "more": more.urlencode() if len(rows) > AT_ONCE else "",
        "wanted": wanted,
        "units": queries.units(),
        "roles": [(role.code, role.name) for role in ROLES.values()],
        "states": STATES,
        "waiting": queries.waiting_requests(member_of(request)).count(),
    }
    return render(request, "staff/people.jinja", context)


def _line(row: Membership, today: Any, away: Any) -> dict[str, Any]:
    roles = ", ".join(map(presenters.role_name, row.roles)) or "No role"
    state = "On leave" if row.user_id in away else presenters.state(row.user, [row], today)
    return {"id": row.user_id, "row": row, "roles": roles, "state": state}


@page(Permission.STAFF_MANAGE, only="GET")
def person(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """What somebody is, what was asked about them, and how much they hold."""
    member, today = member_of(request), timezone.localdate()
    user = person_for(member, user_id)
    places = queries.places_of(user.id)
    context = {
        "person": user,
        "state": presenters.state(user, places, today),
        "leave_until": queries.on_leave([user.id], today).get(user.id),
        "rows": presenters.person_rows(user, places, queries.skills_of(user.id, today), today),
        "changes": presenters.possible_changes(user, places, today),
        "places": presenters.past_and_to_come(places),
        "requests": [presenters.request_line(row) for row in queries.requests_of(member, user.id, AT_ONCE)],
    }
    return render(request, "staff/person.jinja", context)


@page(Permission.STAFF_MANAGE)
def add(request: HttpRequest) -> HttpResponse:
    """Asking that somebody is added."""
    return _change_page(request, ADD, None)


@page(Permission.STAFF_MANAGE)
def change(request: HttpRequest, user_id: UUID, change: str) -> HttpResponse:
    """Asking for one change of somebody."""
    user = person_for(member_of(request), user_id)
    places, today = queries.places_of(user.id), timezone.localdate()
    if change not in dict(presenters.possible_changes(user, places, today)):
        raise Http404
    return _change_page(request, change, user, _initial(change, user, places[-1]))


def _initial(change: str, user: User, place: Membership) -> dict[str, Any]:
    if change == DETAILS:
        return {"name": user.name, "email": user.email, "phone": place.phone, "collar_number": place.collar_number}
    return {"rank": place.rank} if change == RANK else {}


def _change_page(request: HttpRequest, kind: str, user: User | None, initial: dict[str, Any] | None = None) -> HttpResponse:
    today, units = timezone.localdate(), queries.units()
    sent = submitted_or_draft(request)
    form = forms.ChangeForm(sent, auto_id="%s", kind=kind, today=today, units=units, initial=initial)
    if request.method == "POST" and form.is_valid():
        reason, now = form.cleaned_data["reason"], timezone.now()
        row = ask(by=member_of(request), at=now, kind=kind, content=form.content(), person=user, reason=reason)
        return redirect("staff-request", row.id)
    back = reverse("staff-person", args=[user.id]) if user else reverse("staff")
    context = {"form": form, "fields": list(form), "person": user, "back": back, "kind": kind}
    return render(request, "staff/change.jinja", context, status=422 if request.method == "POST" else 200)


# --- units ---------------------------------------------------------------------------------------------------------------


@page(Permission.STAFF_MANAGE)
def units(request: HttpRequest) -> HttpResponse:
    """The units as a tree, and asking for another."""
    rows = queries.units()
    return _unit_page(request, forms.UnitForm(submitted_or_draft(request), auto_id="%s", units=rows), None, rows)


@page(Permission.STAFF_MANAGE)
def unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Asking that a unit is called otherwise, or stands below another."""
    found, rows = unit_for(member_of(request), unit_id), queries.units()
    below = units_below(found.id, rows)
    initial = {"name": found.name, "parent": str(found.parent_id or "")}
    others = [row for row in rows if row.id not in below]
    return _unit_page(
        request, forms.UnitForm(submitted_or_draft(request), auto_id="%s", units=others, initial=initial), found, rows
    )


def _unit_page(request: HttpRequest, form: forms.UnitForm, found: Unit | None, rows: list[Unit]) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        content = {"unit": str(found.id) if found else None, "name": answers["name"], "parent": answers["parent"] or None}
        asked = ask(by=member_of(request), at=timezone.now(), kind=UNIT, content=content)
        return redirect("staff-request", asked.id)
    context = {"form": form, "unit": found, "rows": [] if found else presenters.unit_rows(rows)}
    return render(request, "staff/units.jinja", context, status=422 if request.method == "POST" else 200)


# --- leave: one's own, and of those whose rota one sets --------------------------------------------------------------------

LEAVE_SHOWN = 100


@page(Permission.SIGNED_IN)
def leave(request: HttpRequest) -> HttpResponse:
    """Who is away or will be, and entering leave."""
    member, now, today = member_of(request), timezone.now(), timezone.localdate()
    people = queries.whose_leave(member, today)
    initial = {"person": str(member.user)}
    form = forms.LeaveForm(submitted_or_draft(request), auto_id="%s", people=people, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        enter_leave(by=member, at=now, user=answers["person"], first_day=answers["first_day"], last_day=answers["last_day"])
        return redirect("leave")
    rows = leave_seen(member).order_by("first_day", "id")[:LEAVE_SHOWN]
    context = {"form": form, "rows": rows, "others": len(people) > 1}
    return render(request, "staff/leave.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.SIGNED_IN, only="POST")
def withdraw(request: HttpRequest, leave_id: UUID) -> HttpResponse:
    """Takes leave back."""
    member = member_of(request)
    withdraw_leave(by=member, at=timezone.now(), leave=leave_for(member, leave_id))
    return redirect("leave")
