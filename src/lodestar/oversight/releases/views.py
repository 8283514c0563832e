"""All that can be given out; numbers of a quarter and the monthly return, each with its purpose."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.exchange.exports.rules.files import FORMATS
from lodestar.oversight.releases import actions, presenters, queries
from lodestar.oversight.releases.forms import MakeRelease
from lodestar.oversight.releases.rules.releases import TellsOfFew
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.design.files import to_save
from lodestar.platform.design.when import on

SHOWN = 20


@page(Permission.EXPORT, only="GET")
def exports(request: HttpRequest) -> HttpResponse:
    """What can be given out, and what was made for a period."""
    rows = [(row, presenters.title(row)) for row in queries.releases(SHOWN)]
    return render(request, "releases/exports.jinja", {"releases": rows})


@page(Permission.EXPORT)
def release_new(request: HttpRequest) -> HttpResponse:
    """The table of a quarter or month: made once, given out with its purpose."""
    member = member_of(request)
    form = MakeRelease(submitted_or_draft(request), today=on(timezone.now()), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        shared = {"recipient": cleaned["recipient"].strip(), "reason": cleaned["reason"].strip()}
        try:
            row = actions.release(by=member, at=timezone.now(), kind=cleaned["kind"], period=cleaned["of"], **shared)
            return redirect("release", row.id)
        except TellsOfFew as refusal:
            form.add_error("period", str(refusal))
    return render(request, "releases/release_new.jinja", {"form": form}, status=422 if request.method == "POST" else 200)


@page(Permission.EXPORT, only="GET")
def release(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """A table of a period as it was made; with ?as=json or csv as a file."""
    member = member_of(request)
    row = queries.release_for(member, release_id)
    kind = request.GET.get("as", "")
    if kind in FORMATS:
        return to_save(presenters.as_file(row, kind), f"{row.kind}-{row.period}.{kind}", FORMATS[kind])
    head, rows = presenters.rows_of(row)
    context = {
        "row": row,
        "title": presenters.title(row),
        "head": head,
        "rows": rows,
        "least": row.content["least_shown"],
        "given": queries.given(row, SHOWN),
    }
    return render(request, "releases/release.jinja", context)
