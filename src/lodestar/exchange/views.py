"""Giving out: a case for a partner's system, numbers of a quarter, the monthly return. Each with its purpose."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from lodestar.accounts.access import Member
from lodestar.accounts.door import page, typed
from lodestar.accounts.permissions import Permission
from lodestar.design.when import on
from lodestar.exchange import access, actions, presenters, queries
from lodestar.exchange.forms import NO_CASE, NO_PEOPLE, Htcds, MakeRelease
from lodestar.exchange.rules.files import FORMATS, written
from lodestar.record.models import Event

SHOWN = 20


@page(Permission.EXPORT)
@require_safe
def exports(request: HttpRequest) -> HttpResponse:
    """What can be given out, and what was made for a period."""
    rows = [(row, presenters.title(row)) for row in queries.releases(SHOWN)]
    return render(request, "exchange/exports.jinja", {"releases": rows})


@page(Permission.EXPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def htcds(request: HttpRequest) -> HttpResponse:
    """People of a case as HTCDS 2.0: who, for whom, why."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    form = Htcds(typed(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        export = _exported(member, form)
        if export is not None:
            return redirect("export", export.id)
    return render(request, "exchange/htcds.jinja", {"form": form}, status=422 if request.method == "POST" else 200)


def _exported(member: Member, form: Htcds) -> Event | None:
    """Writes the export down; None with the form saying what is wrong."""
    told = form.cleaned_data
    case = access.case_to_export(member, told["reference"])
    if case is None:
        form.add_error("reference", NO_CASE.format(told["reference"]))
        return None
    people = [person.id for person in access.chosen(case, told["people"])]
    if not people:
        form.add_error("people", NO_PEOPLE)
        return None
    return actions.export_case(
        by=member,
        at=timezone.now(),
        case=case,
        people=people,
        kind=told["form"] or "json",
        recipient=told["recipient"].strip(),
        reason=told["reason"].strip(),
    )


def _own(member: Member, export_id: UUID) -> Event:
    found = queries.own_export(member.user, export_id, timezone.now())
    if found is None:
        raise Http404
    return found


@page(Permission.EXPORT)
@require_safe
def export(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """What an export holds and what it does not, and the file. For twelve hours, for the one who gave the purpose."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    found = _own(member, export_id)
    case = access.exported_case(member, found.case)
    records, left_out = queries.records_of(case, found.people)
    context = {"export": found, "case": case, "how_many": len(records), "left_out": left_out, "kind": found.subject}
    return render(request, "exchange/export.jinja", context)


@page(Permission.EXPORT)
@require_safe
def export_file(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """The file of an export. Its fetching is written down."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    found = _own(member, export_id)
    case = access.exported_case(member, found.case)
    records, _ = queries.records_of(case, found.people)
    actions.export_taken(by=member, at=timezone.now(), export=found)
    return _file(written(records, found.subject), found.subject, f"htcds-{str(found.id)[-4:]}")


@page(Permission.EXPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def release_new(request: HttpRequest) -> HttpResponse:
    """The table of a quarter or month: made once, given out with its purpose."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    form = MakeRelease(typed(request), today=on(timezone.now()), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        row = actions.release(
            by=member,
            at=timezone.now(),
            kind=told["kind"],
            period=form.of,
            recipient=told["recipient"].strip(),
            reason=told["reason"].strip(),
        )
        return redirect("release", row.id)
    return render(request, "exchange/release_new.jinja", {"form": form}, status=422 if request.method == "POST" else 200)


@page(Permission.EXPORT)
@require_safe
def release(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """A table of a period as it was made; with ?as=json or csv as a file."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    row = access.release_for(member, release_id)
    kind = request.GET.get("as", "")
    if kind in FORMATS:
        return _file(presenters.as_file(row, kind), kind, f"{row.kind}-{row.period}")
    head, rows = presenters.rows_of(row)
    context = {"row": row, "title": presenters.title(row), "head": head, "rows": rows, "least": row.content["least_shown"]}
    return render(request, "exchange/release.jinja", context)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=FORMATS[kind],
        headers={
            "Content-Disposition": f'attachment; filename="{name}.{kind}"',
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )
