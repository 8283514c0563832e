"""Giving out: a case for a partner's system, numbers of a quarter, the monthly return. Each with its purpose."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from lodestar.accounts.access import Member, member_of, one_or_404
from lodestar.accounts.permissions import Permission
from lodestar.accounts.request_flow import page, submitted_or_draft
from lodestar.cases.access import came_in_by
from lodestar.cases.actions import NotApproved
from lodestar.design.downloads import download
from lodestar.design.when import on
from lodestar.exchange import access, actions, queries
from lodestar.exchange.forms import NO_CASE, NO_PEOPLE, NOT_APPROVED, Htcds, MakeRelease, TakeIn
from lodestar.exchange.models import Release
from lodestar.exchange.presenters import releases as presenters
from lodestar.exchange.rules.files import FORMATS, encode_records
from lodestar.journeys.earlier_reports import SaysOtherwise, erased_concerns, own_key
from lodestar.kernel.text_normalise import whole_number
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


@page(Permission.EXPORT)
@require_safe
def export(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """What an export holds and what it does not, and the file. For twelve hours, for the one who gave the purpose."""
    member = member_of(request)
    event = _own(member, export_id)
    case = access.exported_case(member, event.case)
    records, left_out = queries.records_of(case, event.people)
    context = {"export": event, "case": case, "how_many": len(records), "left_out": left_out, "kind": event.subject}
    return render(request, "exchange/export.jinja", context)


@page(Permission.EXPORT)
@require_safe
def export_file(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """The file of an export. Its fetching is written down."""
    member = member_of(request)
    event = _own(member, export_id)
    case = access.exported_case(member, event.case)
    records, _ = queries.records_of(case, event.people)
    actions.export_taken(by=member, at=timezone.now(), export=event)
    name = f"htcds-{str(event.id)[-4:]}.{event.subject}"
    return download(encode_records(records, event.subject), FORMATS[event.subject], name)


@page(Permission.EXPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def release_new(request: HttpRequest) -> HttpResponse:
    """The table of a quarter or month: made once, given out with its purpose."""
    member = member_of(request)
    form = MakeRelease(submitted_or_draft(request), today=on(timezone.now()), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        row = _released(member, form)
        if row is not None:
            return redirect("release", row.id)
    return render(request, "exchange/release_new.jinja", {"form": form}, status=422 if request.method == "POST" else 200)


def _released(member: Member, form: MakeRelease) -> Release | None:
    """The table; None with the form saying why it is not made."""
    cleaned = form.cleaned_data
    try:
        return actions.release(
            by=member,
            at=timezone.now(),
            kind=cleaned["kind"],
            period=cleaned["of"],
            recipient=cleaned["recipient"].strip(),
            reason=cleaned["reason"].strip(),
        )
    except actions.TellsOfFew as refusal:
        form.add_error("period", str(refusal))
        return None


@page(Permission.EXPORT)
@require_safe
def release(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """A table of a period as it was made; with ?as=json or csv as a file."""
    member = member_of(request)
    row = access.release_for(member, release_id)
    kind = request.GET.get("as", "")
    if kind in FORMATS:
        return download(presenters.as_file(row, kind), FORMATS[kind], f"{row.kind}-{row.period}.{kind}")
    head, rows = presenters.rows_of(row)
    context = {
        "row": row,
        "title": presenters.title(row),
        "head": head,
        "rows": rows,
        "least": row.content["least_shown"],
        "given": queries.given(row, SHOWN),
    }
    return render(request, "exchange/release.jinja", context)


@page(Permission.TAKE_IN, asks=True)
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest) -> HttpResponse:
    """What taking in a file of another body's system would do, of which nothing is kept; and what was taken in lately."""
    member = member_of(request)
    now = timezone.now()
    if request.method != "POST":
        return _to_look_at(request, TakeIn(auto_id="%s", now=now))
    form = TakeIn(request.POST, request.FILES, auto_id="%s", now=now)
    if not form.is_valid() or _has_erased_case(member, form):
        return _to_look_at(request, form, status=422)
    context = {
        "form": TakeIn(auto_id="%s", now=now),
        "fingerprint": form.mark,
        "coming": presenters.coming(form.found, [actions.import_status(member, incoming) for incoming in form.found], now),
        "left_behind": presenters.left_behind(form.found),
    }
    return render(request, "exchange/take_in.jinja", context)


def _to_look_at(request: HttpRequest, form: TakeIn, *, status: int = 200) -> HttpResponse:
    taken = came_in_by(member_of(request), SHOWN)
    left = whole_number(request.GET.get("left", ""))
    context = {"form": form, "taken": [(case.reference, case.recorded_at) for case in taken], "left": left}
    return render(request, "exchange/look.jinja", context, status=status)


@page(Permission.TAKE_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Makes cases of a file that was looked at. All of it or none; what says otherwise than before is left as it stands."""
    member = member_of(request)
    now = timezone.now()
    if request.method != "POST":
        return _to_take_in(request, TakeIn(auto_id="%s", now=now))
    form = TakeIn(request.POST, request.FILES, auto_id="%s", now=now)
    if form.is_valid() and form.is_looked_at() and not _has_erased_case(member, form):
        left = 0
        for incoming in form.found:
            try:
                actions.import_case(by=member, at=now, incoming=incoming)
            except SaysOtherwise:
                left += 1
        return redirect(reverse("imports-htcds") + (f"?left={left}" if left else ""))
    return _to_take_in(request, form, status=422)


def _has_erased_case(by: Member, form: TakeIn) -> bool:
    """Whether a case of the file was let go. Then the form says so, and nothing of the file is taken in."""
    keys = [(key := actions.key_of(incoming), own_key(by, key)) for incoming in form.found]
    erased_keys = erased_concerns(key for both in keys for key in both)
    for number, (key, own) in enumerate(keys, 1):
        if words := erased_keys.get(key) or erased_keys.get(own):
            form.add_error("file", f"Nothing can be imported. Case {number} of the file: {words}")
    return bool(erased_keys)


def _to_take_in(request: HttpRequest, form: TakeIn, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "fingerprint": request.POST.get("looked_at", "")[:64], "coming": (), "left_behind": ()}
    return render(request, "exchange/take_in.jinja", context, status=status)
