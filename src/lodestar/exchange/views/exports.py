"""A case given out for a partner's system, with its purpose."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.accounts.access import Member, member_of, one_or_404
from lodestar.accounts.permissions import Permission
from lodestar.accounts.request_flow import page, submitted_or_draft
from lodestar.cases.actions import NotApproved
from lodestar.design.downloads import download
from lodestar.exchange.access import exports as access
from lodestar.exchange.actions import exports as actions
from lodestar.exchange.forms.exports import NO_CASE, NO_PEOPLE, NOT_APPROVED, Htcds
from lodestar.exchange.queries import exports as queries
from lodestar.exchange.rules.files import FORMATS, encode_records
from lodestar.record.models import Event


@page(Permission.EXPORT)
def htcds(request: HttpRequest) -> HttpResponse:
    """People of a case as HTCDS 2.0: who, for whom, why."""
    member = member_of(request)
    form = Htcds(submitted_or_draft(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        export = _exported(member, form)
        if export is not None:
            return redirect("export", export.id)
    return render(request, "exchange/htcds.jinja", {"form": form}, status=422 if request.method == "POST" else 200)


def _exported(member: Member, form: Htcds) -> Event | None:
    """Writes the export down; None with the form saying what is wrong."""
    cleaned = form.cleaned_data
    case = access.case_to_export(member, cleaned["reference"])
    if case is None:
        form.add_error("reference", NO_CASE.format(cleaned["reference"]))
        return None
    people = [person.id for person in access.chosen(case, cleaned["people"])]
    if not people:
        form.add_error("people", NO_PEOPLE)
        return None
    try:
        return actions.export_case(
            by=member,
            at=timezone.now(),
            case=case,
            people=people,
            kind=cleaned["form"] or "json",
            recipient=cleaned["recipient"].strip(),
            reason=cleaned["reason"].strip(),
            use=cleaned["use"],
            crossing=cleaned["crossing"],
        )
    except NotApproved:
        form.add_error("use", NOT_APPROVED)
        return None


def _own(member: Member, export_id: UUID) -> Event:
    return one_or_404(queries.own_export(member.user, export_id, timezone.now()))


@page(Permission.EXPORT, only="GET")
def export(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """What an export holds and what it does not, and the file. For twelve hours, for the one who gave the purpose."""
    member = member_of(request)
    event = _own(member, export_id)
    case = access.exported_case(member, event.case)
    records, left_out = queries.records_of(case, event.people)
    context = {"export": event, "case": case, "how_many": len(records), "left_out": left_out, "kind": event.subject}
    return render(request, "exchange/export.jinja", context)


@page(Permission.EXPORT, only="GET")
def export_file(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """The file of an export. Its fetching is written down."""
    member = member_of(request)
    event = _own(member, export_id)
    case = access.exported_case(member, event.case)
    records, _ = queries.records_of(case, event.people)
    actions.export_taken(by=member, at=timezone.now(), export=event)
    name = f"htcds-{str(event.id)[-4:]}.{event.subject}"
    return download(encode_records(records, event.subject), FORMATS[event.subject], name)
