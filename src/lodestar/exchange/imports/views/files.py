"""A file of another system of the force: looked at first, then taken in."""

from collections.abc import Mapping
from itertools import islice
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lodestar.casework.cases.access import references_seen
from lodestar.exchange.imports.forms.files import IGNORE, MapHeadings, TakeIn, kinds_for
from lodestar.exchange.imports.import_run import Report, keep_what_became, look_at_file, take_file_in
from lodestar.exchange.imports.presenters import DID, WOULD, lines_of, parse_report_rows, references_shown, summary
from lodestar.intelligence.earlier_records.access import file_taken_in_for, files_taken_in
from lodestar.intelligence.earlier_records.actions.records import rejected_taken
from lodestar.intelligence.earlier_records.rules.earlier import KINDS
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.design.files import to_save
from lodestar.platform.tables.mappings import latest_headings, map_headings
from lodestar.platform.tables.models import LONGEST_HEADING
from lodestar.platform.tables.rules import template_of
from lodestar.platform.tables.table_files import folded_heading
from lodestar.platform.tables.views import ANOTHER_FILE, template_to_save

FILES_SHOWN = 5
HEADINGS_AT_ONCE = 40  # fields of one page


@page(Permission.RECORDS_TAKE_IN)
def files_in(request: HttpRequest) -> HttpResponse:
    """What taking a file in would do, of which nothing is kept; sent again after it was looked at, every row that can be is taken
    in once. And what was taken in lately."""
    member, now = member_of(request), timezone.now()
    if request.method != "POST":
        return _page(request, TakeIn(auto_id="%s", by=member, initial={"kind": request.GET.get("kind", "")}))
    form = TakeIn(request.POST, request.FILES, auto_id="%s", by=member)
    if not form.is_valid() or form.found is None:
        return _page(request, form)
    template, looked_at = form.found.template, form.cleaned_data["looked_at"]
    if form.found.unmapped:
        headings = {heading: template.proposed.get(folded_heading(heading), "") for heading in form.found.unmapped}
        return _to_map(request, MapHeadings(auto_id="%s", template=template, headings=_first(headings)), is_new=True)
    if looked_at == form.mark:
        report = take_file_in(by=member, at=now, file=form.found, name=form.file_name)
        return redirect("file-in", keep_what_became(by=member, at=now, report=report))
    if looked_at:
        form.add_error("file", ANOTHER_FILE)
    return _page(request, form, look_at_file(member, form.found, now))


@page(Permission.RECORDS_TAKE_IN)
def headings(request: HttpRequest) -> HttpResponse:
    """Which column each heading of a kind of file is, as the force decided; and deciding it."""
    member, now = member_of(request), timezone.now()
    sent = submitted_or_draft(request)
    kind = _kind_asked(request, sent)
    template = template_of(kind)
    if sent is None:
        decided = {row.heading: row.column or IGNORE for row in latest_headings(kind)}
        return _to_map(request, MapHeadings(auto_id="%s", template=template, headings=_first(decided)))
    names = [sent.get(f"heading_{place}", "")[:LONGEST_HEADING].strip() for place in range(HEADINGS_AT_ONCE)]
    form = MapHeadings(sent, auto_id="%s", template=template, headings={name: "" for name in names if name})
    if request.method != "POST" or not form.is_valid() or not form.headings:
        return _to_map(request, form, status=422 if request.method == "POST" else 200)
    map_headings(by=member, at=now, kind=kind, columns=form.columns())
    return redirect(f"{reverse('files-in')}?kind={kind}")


@page(Permission.RECORDS_TAKE_IN, only="GET")
def template_file(request: HttpRequest) -> HttpResponse:
    """The template of a kind, as a file to fill in."""
    template = template_to_save(_kind_asked(request, None), request.GET.get("as", "csv"))
    if template is None:
        raise Http404
    return template


@page(Permission.RECORDS_TAKE_IN, only="GET")
def import_outcomes(request: HttpRequest, taken_in_id: UUID) -> HttpResponse:
    """What became of each row of a file that the member took in."""
    member = member_of(request)
    import_report = file_taken_in_for(member, taken_in_id, viewed=True)
    lines = parse_report_rows(str(import_report.told))
    context = {
        "id": import_report.id,
        "taken_at": import_report.taken_at,
        "summary": summary(lines, DID),
        "shown": lines_of(lines, seen=references_seen(member, references_shown(lines))),
        "rejected": bool(import_report.rejected),
    }
    return render(request, "imports/files_became.jinja", context)


@page(Permission.RECORDS_TAKE_IN, only="GET")
def rejected(request: HttpRequest, taken_in_id: UUID) -> HttpResponse:
    """The rows of it that were not taken in, as a file to put right."""
    member = member_of(request)
    import_report = file_taken_in_for(member, taken_in_id, viewed=False)
    if not import_report.rejected:
        raise Http404
    rejected_taken(by=member, at=timezone.now(), report=import_report)
    media_type = "text/csv" if import_report.ending == ".csv" else "application/jsonl"
    content = str(import_report.rejected).encode("utf-8", "replace")
    return to_save(content, f"not-taken-in{import_report.ending}", f"{media_type}; charset=utf-8")


def _kind_asked(request: HttpRequest, sent: QueryDict | None) -> str:
    """The kind of file that a request is about, the first where it names none. Raises Http404 for one that is none."""
    kinds = [kind for kind, _ in kinds_for(member_of(request))]
    kind = (request.GET if sent is None else sent).get("kind") or kinds[0]
    if kind not in kinds:
        raise Http404
    return kind


def _first(proposed: Mapping[str, str]) -> dict[str, str]:
    return dict(islice(proposed.items(), HEADINGS_AT_ONCE))


def _to_map(request: HttpRequest, form: MapHeadings, *, is_new: bool = False, status: int = 200) -> HttpResponse:
    template = form.template
    request.form_stands_on = reverse("files-in-headings")  # type: ignore[attr-defined]  # also where a file was looked at: the shell's
    context = {
        "form": form,
        "fields": [form[name] for name in form.fields],
        "headings": form.headings,
        "kind": template.kind,
        "columns": [(name, template.meanings[name]) for name in template.columns],
        "is_new": is_new,
    }
    return render(request, "imports/files_headings.jinja", context, status=status)


def _page(request: HttpRequest, form: TakeIn, report: Report | None = None) -> HttpResponse:
    """The form, with what the file would bring that was just looked at."""
    member = member_of(request)
    lines = report.placed() if report else []
    context = {
        "form": form,
        "mapped": request.method != "POST" and bool(request.GET.get("kind")),
        "kinds": kinds_for(member),
        "files": [(row.id, row.taken_at) for row in files_taken_in(member, FILES_SHOWN)],
        "summary": summary(lines, WOULD) if report else "",
        "notes": report.file.notes if report else (),
        "shown": lines_of(lines) if report else None,
        "brings": bool(report and (report.file.template.kind in KINDS or report.count("made", "added"))),
    }
    return render(request, "imports/files_in.jinja", context, status=422 if form.errors else 200)
