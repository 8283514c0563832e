"""The figure of a period, the cases behind each of its numbers, how each is reckoned, and either as a file."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lodestar.oversight.measures import access, actions
from lodestar.oversight.measures.forms import Take, Which
from lodestar.oversight.measures.presenters import figure as words
from lodestar.oversight.measures.presenters.asked import SLUGS, VERDICT_WORDS, Asked, counted_words, period_words
from lodestar.oversight.measures.queries.figure import Figure, Reading, page_of, rows_of
from lodestar.oversight.measures.queries.figure import listed as list_of
from lodestar.oversight.measures.queries.open_items import figure_context
from lodestar.oversight.measures.rules.failings import definitions
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page
from lodestar.platform.design.files import to_save
from lodestar.platform.design.when import on
from lodestar.platform.text.paging import place

EACH = 25
CSV = "text/csv; charset=utf-8"
MOST_SEALED = 25


@page(Permission.FIGURE_VIEW, only="GET")
def figures(request: HttpRequest) -> HttpResponse:
    """Six failings over a period: could have, happened, did not, cannot tell; with what stands beside them."""
    member = member_of(request)
    scope = access.scope_for(member)
    form = Which(request.GET, now=timezone.now())
    asked = form.asked
    figure = Figure(scope, asked.period, asked.at, is_past=asked.is_past)
    beside = figure_context(scope, asked.period, asked.at)
    context = {
        "form": form,
        "asked": asked,
        "title": period_words(asked.period),
        "counted": counted_words(scope),
        "is_over": asked.period.ends <= asked.at,
        "all": next(iter(figure.counts.values())).all,
        "columns": words.COLUMNS,
        "rows": words.rows(figure, asked),
        "before": words.before(figure, asked),
        "bars": words.bars(figure),
        "unknown": words.unknown(figure),
        "is_owner": figure.is_owner,
        "quick": words.quick(on(asked.at)),
        "still": beside.still,
        "closings": words.closings(beside.closings, figure.defined),
        "reconciled": words.reconciled(beside.against),
        "coordinates": member.may(Permission.REFERRALS_COORDINATE),
        "may_give_out": member.may(Permission.EXPORT),
    }
    return render(request, "measures/figures.jinja", context, status=200 if form.is_valid() else 422)


def _failing(code: str, asked: Asked) -> tuple[int, Mapping[str, Any]]:
    match = next(((number, row) for number, row in definitions(asked.period.last).items() if row["code"] == code), None)
    if match is None:
        raise Http404
    return match


@page(Permission.FIGURE_VIEW, only="GET")
def cases(request: HttpRequest, failing: str, verdict: str) -> HttpResponse:
    """The cases behind one number, a page of them, each with why. A sealed one stands apart, for its owners."""
    member = member_of(request)
    scope = access.scope_for(member)
    asked = Which(request.GET, now=timezone.now()).asked
    number, row = _failing(failing, asked)
    wanted_verdict = SLUGS.get(verdict)
    if wanted_verdict is None:
        raise Http404
    reading = Reading(scope, asked.period, asked.at, is_past=asked.is_past, only=number)
    listed = list_of(reading, number, wanted_verdict)
    unsealed, after = [listed_case for listed_case in listed if not listed_case.is_sealed], place(request.GET.get("after", ""))
    shown = page_of(unsealed, EACH + 1, after)
    sealed = [listed_case for listed_case in listed if listed_case.is_sealed][:MOST_SEALED] if after is None else []
    here = [*shown[:EACH], *sealed]
    rows = rows_of(here)
    actions.list_shown(by=member, at=timezone.now(), code=failing, verdict=verdict)
    context = {
        "row": row,
        "verdict": VERDICT_WORDS[wanted_verdict],
        "title": period_words(asked.period),
        "asked": asked,
        "how_many": len(unsealed),
        "lines": words.case_rows(shown[:EACH], rows, number),
        "sealed": words.case_rows(sealed, rows, number),
        "next": shown[EACH - 1].place.mark() if len(shown) > EACH else "",
        "is_first": after is None,
        "slug": verdict,
        "tells": row["would_tell"] if verdict == "cannot-tell" else "",
    }
    return render(request, "measures/cases.jinja", context)


@page(Permission.FIGURE_VIEW, only="GET")
def defined(request: HttpRequest) -> HttpResponse:
    """How each failing is reckoned, in which version, and what the record cannot show."""
    asked = Which(request.GET, now=timezone.now()).asked
    rows = definitions(asked.period.last)
    return render(request, "measures/definitions.jinja", {"rows": rows, "asked": asked})


@page(Permission.FIGURE_VIEW, asks=True)
def take(request: HttpRequest) -> HttpResponse:
    """The figure, or the list behind one number, as CSV for whoever says why: reckoned as of the instant in the address."""
    member = member_of(request)
    scope = access.scope_for(member)
    asked = Which(request.GET, now=timezone.now()).asked
    code, slug = request.GET.get("failing", ""), request.GET.get("verdict", "")
    number, row = _failing(code, asked) if code else (0, None)
    if row is not None and slug not in SLUGS:
        raise Http404
    form = Take(request.POST if request.method == "POST" else None, auto_id="%s")
    if form.is_valid():
        what = asked.word(number, slug) if row is not None else asked.word()
        actions.take(by=member, at=timezone.now(), what=what, reason=form.cleaned_data["reason"])
        return _list_file(scope, asked, number, slug) if row is not None else _figure_file(scope, asked)
    title = f"{row['short']}: {VERDICT_WORDS[SLUGS[slug]].lower()}" if row is not None else "The six failings"
    context = {"form": form, "title": title, "period": period_words(asked.period), "asked": asked, "is_list": row is not None}
    return render(request, "measures/take.jinja", context, status=422 if request.method == "POST" else 200)


def _figure_file(scope: access.Scope, asked: Asked) -> HttpResponse:
    figure = Figure(scope, asked.period, asked.at, is_past=True)
    content = words.figure_csv(figure, figure_context(scope, asked.period, asked.at), counted_words(scope))
    return to_save(content, f"figure-{asked.period.first}-{asked.period.last}.csv", CSV)


def _list_file(scope: access.Scope, asked: Asked, number: int, slug: str) -> HttpResponse:
    row = definitions(asked.period.last)[number]
    reading = Reading(scope, asked.period, asked.at, is_past=True, only=number)
    unsealed = [listed_case for listed_case in list_of(reading, number, SLUGS[slug]) if not listed_case.is_sealed]
    rows = words.case_rows(unsealed, rows_of(unsealed), number, in_a_file=True)
    about = words.period_cells(asked.period, asked.at, counted_words(scope))
    return to_save(words.list_csv(rows, row, SLUGS[slug], about), f"{row['code']}-{slug}-{asked.period.first}.csv", CSV)
