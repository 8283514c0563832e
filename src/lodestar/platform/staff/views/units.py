"""Units of the force and their tree."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.platform.accounts.access import member_of, units_below
from lodestar.platform.accounts.models import Unit
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.staff import presenters, queries
from lodestar.platform.staff.access import unit_for
from lodestar.platform.staff.actions.requests import ask
from lodestar.platform.staff.forms import UnitForm
from lodestar.platform.staff.rules import UNIT


@page(Permission.STAFF_MANAGE)
def units(request: HttpRequest) -> HttpResponse:
    """The units as a tree, and asking for another."""
    rows = queries.units()
    return _unit_page(request, UnitForm(submitted_or_draft(request), auto_id="%s", units=rows), None, rows)


@page(Permission.STAFF_MANAGE)
def unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Asking that a unit is called otherwise, or stands below another."""
    found, rows = unit_for(member_of(request), unit_id), queries.units()
    below = units_below(found.id, rows)
    initial = {"name": found.name, "parent": str(found.parent_id or "")}
    others = [row for row in rows if row.id not in below]
    return _unit_page(request, UnitForm(submitted_or_draft(request), auto_id="%s", units=others, initial=initial), found, rows)


def _unit_page(request: HttpRequest, form: UnitForm, found: Unit | None, rows: list[Unit]) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        content = {"unit": str(found.id) if found else None, "name": answers["name"], "parent": answers["parent"] or None}
        asked = ask(by=member_of(request), at=timezone.now(), kind=UNIT, content=content)
        return redirect("staff-request", asked.id)
    context = {"form": form, "unit": found, "rows": [] if found else presenters.unit_rows(rows)}
    return render(request, "staff/units.jinja", context, status=422 if request.method == "POST" else 200)
