"""A table of people: looked at first, then taken in as requests, then decided on in one go."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.approvals.access import may_decide
from lodestar.platform.approvals.actions import CannotDecide
from lodestar.platform.approvals.forms import DecisionForm
from lodestar.platform.design.files import to_save
from lodestar.platform.staff import presenters, queries
from lodestar.platform.staff.access import import_for
from lodestar.platform.staff.actions.people_file import KIND, PeopleFile, read_people
from lodestar.platform.staff.actions.requests import ask_for_people, decide_batch
from lodestar.platform.staff.models import StaffRequest
from lodestar.platform.tables.forms import ImportFile
from lodestar.platform.tables.rules import template_of
from lodestar.platform.tables.table_files import NotRead
from lodestar.platform.tables.views import ANOTHER_FILE, FORMS

SHOWN = 50  # rows of a table on one page


def _read(form: ImportFile) -> PeopleFile | None:
    """The table that was sent; None where there is none to read, and the form says why."""
    if not form.is_valid():
        return None
    upload = form.cleaned_data["file"]
    try:
        return read_people(upload.read(), upload.name, queries.units(), timezone.localdate())
    except NotRead as error:
        form.add_error("file", f"Nothing can be imported: {error}")
        return None


@page(Permission.STAFF_MANAGE, asks=True)
def look(request: HttpRequest) -> HttpResponse:
    """What a table would ask for, of which nothing is kept."""
    if request.method != "POST":
        return render(request, "staff/import.jinja", {"form": ImportFile(auto_id="%s")})
    form = ImportFile(request.POST, request.FILES, auto_id="%s")
    found = _read(form)
    if found is None:
        return render(request, "staff/import.jinja", {"form": form}, status=422)
    return _to_take(request, ImportFile(auto_id="%s"), found)


@page(Permission.STAFF_MANAGE)
def take_in(request: HttpRequest) -> HttpResponse:
    """Asks for the people of a table that was looked at."""
    if request.method != "POST":
        return _to_take(request, ImportFile(auto_id="%s"), None)
    form = ImportFile(request.POST, request.FILES, auto_id="%s")
    found = _read(form)
    if found is not None and form.cleaned_data["looked_at"] == found.mark:
        batch = ask_for_people(
            by=member_of(request), at=timezone.now(), file_name=found.name, people=found.people, known=found.known,
            rejected=found.rejects(),
        )  # fmt: skip
        return redirect("staff-batch", batch.id)
    if found is not None:
        form.add_error("file", ANOTHER_FILE)
    return _to_take(request, form, None, status=422)


def _to_take(request: HttpRequest, form: ImportFile, found: PeopleFile | None, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "found": found,
        "mark": found.mark if found else request.POST.get("looked_at", "")[:64],
        "refused": [(row.number, reason) for row, reason in found.refused[:SHOWN]] if found else [],
    }
    return render(request, "staff/import_take.jinja", context, status=status)


@page(Permission.STAFF_MANAGE, only="GET")
def template_file(request: HttpRequest) -> HttpResponse:
    """The template, as a file to fill in."""
    form = request.GET.get("as", "csv")
    if form not in FORMS:
        raise Http404
    media_type, made_by = FORMS[form]
    return to_save(made_by(template_of(KIND)), f"{KIND}.{form}", media_type)


@page(Permission.STAFF_MANAGE)
def batch(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """The people of a table, and deciding on all of them, for an administrator who did not take it in."""
    member, now = member_of(request), timezone.now()
    found = import_for(member, batch_id)
    rows = queries.batch_requests(member, found.id)
    waiting = [row for row in rows if row.needs_approval and row.decided_at is None]
    is_sent = request.method == "POST"
    decides = may_decide(member, StaffRequest) and member.user != found.asked_by_id and bool(waiting or is_sent)
    if is_sent and not decides:
        raise Http404
    question = (f"Do you agree to all {len(waiting)}?", "Yes, add them")
    form = DecisionForm(submitted_or_draft(request), auto_id="%s", question=question) if decides else None
    if is_sent and form is not None and form.is_valid():
        answers = form.cleaned_data
        try:
            decide_batch(by=member, at=now, batch=found, approved=answers["approved"] == "yes", because=answers["because"])
            return redirect("staff-batch", found.id)
        except CannotDecide:
            form.add_error(None, "It is already decided")
    context = {
        "batch": found,
        "form": form,
        "waiting": len(waiting),
        "many": len(rows),
        "rows": [(presenters.request_line(row), presenters.grants(row)) for row in rows[:SHOWN]],
    }
    return render(request, "staff/batch.jinja", context, status=422 if is_sent else 200)


@page(Permission.STAFF_MANAGE, only="GET")
def rejected(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """The rows of a table that could not be read, as a file to put right."""
    found = import_for(member_of(request), batch_id)
    if not found.rejected:
        raise Http404
    return to_save(str(found.rejected), "not-taken-in.csv", "text/csv; charset=utf-8")
