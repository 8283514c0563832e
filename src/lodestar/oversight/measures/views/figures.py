"""The figure of a period, the cases behind each of its numbers, how each is reckoned, and either as a file."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.oversight.measures import access, actions
from lodestar.oversight.measures.forms import Take, Which
from lodestar.oversight.measures.presenters import asked as addresses
from lodestar.oversight.measures.presenters import figure as words
from lodestar.oversight.measures.presenters.asked import SLUGS, STILL, VERDICT_WORDS, Asked, counted_words, period_words, so_many
from lodestar.oversight.measures.queries import open_items as queries
from lodestar.oversight.measures.queries.figure import Figure, page_of, rows_of
from lodestar.oversight.measures.queries.figure import listed as list_of
from lodestar.oversight.measures.queries.figure import why as why_of
from lodestar.oversight.measures.queries.open_items import StillOpen
from lodestar.oversight.measures.queries.reading import Reading
from lodestar.oversight.measures.rules.facts import a_year_before
from lodestar.oversight.measures.rules.failings import definitions
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.design.files import to_save
from lodestar.platform.design.when import on
from lodestar.platform.text.paging import Place, place

EACH = 25
CSV = "text/csv; charset=utf-8"
MOST_SEALED = 25
LASTS = timedelta(hours=12)  # how long a file can be fetched by whoever said why


@page(Permission.FIGURE_VIEW, only="GET")
def figures(request: HttpRequest) -> HttpResponse:
    """Six failings over a period: could have, happened, did not, cannot tell; with what stands beside them."""
    member = member_of(request)
    scope = access.scope_for(member)
    form = Which(request.GET, now=timezone.now())
    asked = form.asked
    figure = Figure(scope, asked.period, asked.at, is_past=asked.is_past)
    beside = queries.figure_context(scope, asked.period, asked.at)
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
        "is_open": so_many(beside.still.open),
        "late": so_many(beside.still.late),
        "closings": words.closings(beside.closings, figure.defined),
        "reconciled": words.reconciled(beside.against),
        "coordinates": member.may(Permission.REFERRALS_COORDINATE),
        "may_give_out": member.may(Permission.EXPORT),
    }
    return render(request, "measures/figures.jinja", context, status=200 if form.is_valid() else 422)


@page(Permission.FIGURE_VIEW, only="GET")
def year(request: HttpRequest) -> HttpResponse:
    """A period beside the same days a year before: the counts of each, and no number made of both."""
    member = member_of(request)
    scope = access.scope_for(member)
    asked = Which(request.GET, now=timezone.now()).asked
    both = (Asked(a_year_before(asked.period), asked.at, asked.is_past), asked)
    periods = [period_asked.period for period_asked in both]
    figures = Figure.of_people_met(scope, periods, asked.at, is_past=asked.is_past)
    context = {
        "asked": both,
        "titles": [period_words(period) for period in periods],
        "columns": words.YEARS,
        "counted": counted_words(scope),
        "is_over": asked.period.ends <= asked.at,
        "overlap": periods[0].last >= periods[1].first,
        "all": [next(iter(figure.counts.values())).all for figure in figures],
        "failings": words.failings(figures, both),
        "referrals": words.referrals(queries.against_of(scope, periods)),
        "is_owner": any(figure.is_owner for figure in figures),
    }
    return render(request, "measures/year.jinja", context)


@page(Permission.FIGURE_VIEW, only="GET")
def open_items(request: HttpRequest, which: str) -> HttpResponse:
    """The cases of a period in which lines of the ledger are open, or late, a page of them. Sealed ones stand apart, for their
    owners."""
    member = member_of(request)
    scope = access.scope_for(member)
    asked = Which(request.GET, now=timezone.now()).asked
    if which not in STILL:
        raise Http404
    listed, after = StillOpen(scope, asked.period, asked.at, which), place(request.GET.get("after", ""))
    open_cases = listed.page(EACH + 1, after)
    sealed = listed.page(MOST_SEALED, None, sealed=True) if after is None else []
    actions.list_shown(by=member, at=timezone.now(), code="still", verdict=which)
    last = open_cases[EACH - 1][0] if len(open_cases) > EACH else None
    context = {
        "which": which,
        "heading": STILL[which],
        "title": period_words(asked.period),
        "asked": asked,
        "when": listed.when,
        "lines": words.open_case_rows(open_cases[:EACH]),
        "sealed": words.open_case_rows(sealed),
        "next": Place(last.encountered_at, last.id).mark() if last else "",
        "is_first": after is None,
    }
    return render(request, "measures/still.jinja", context)


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
    rows, why = rows_of(here), why_of(reading, number, here)
    actions.list_shown(by=member, at=timezone.now(), code=failing, verdict=verdict)
    context = {
        "row": row,
        "verdict": VERDICT_WORDS[wanted_verdict],
        "title": period_words(asked.period),
        "asked": asked,
        "how_many": len(unsealed),
        "lines": words.case_rows(shown[:EACH], rows, why, number),
        "sealed": words.case_rows(sealed, rows, why, number),
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


@page(Permission.FIGURE_VIEW)
def take(request: HttpRequest) -> HttpResponse:
    """Why the figure, or the list behind one number, is taken along as a file. What is taken is in the address."""
    member = member_of(request)
    access.scope_for(member)
    form = Take(submitted_or_draft(request), auto_id="%s", initial={"what": _what(request)})
    what = form.data.get("what", "") if form.is_bound else form.initial["what"]
    try:
        asked, number, slug = addresses.parse_download(what)
    except ValueError:
        raise Http404 from None
    if asked.at > timezone.now():
        raise Http404
    if request.method == "POST" and form.is_valid():
        event = actions.take(by=member, at=timezone.now(), what=what, reason=form.cleaned_data["reason"])
        return redirect("figures-taken", event.id)
    context = {
        "form": form,
        "title": _title(asked, number, slug),
        "period": period_words(asked.period),
        "asked": asked,
        "is_list": bool(slug),
        "what": what,
    }
    return render(request, "measures/take.jinja", context, status=422 if request.method == "POST" else 200)


def _what(request: HttpRequest) -> str:
    """What an address asks to take along: the figure, or the list behind one number."""
    asked = Which(request.GET, now=timezone.now()).asked
    if not request.GET.get("failing"):
        return asked.word()
    number, _ = _failing(request.GET["failing"], asked)
    return asked.word(number, request.GET.get("verdict", ""))


def _title(asked: Asked, number: int, slug: str) -> str:
    """What is taken along, in words; Http404 where there is no such list."""
    row = definitions(asked.period.last).get(number)
    if not slug:
        return "The six failings"
    if row is None or slug not in SLUGS:
        raise Http404
    return f"{row['short']}: {VERDICT_WORDS[SLUGS[slug]].lower()}"


@page(Permission.FIGURE_VIEW, only="GET")
def download(request: HttpRequest, taken_id: UUID) -> HttpResponse:
    """That it is written down, and the file. For twelve hours, for the one who said why."""
    member = member_of(request)
    event = access.taken_for(member, taken_id, timezone.now() - LASTS)
    asked, number, slug = addresses.parse_download(event.subject)
    title, period = _title(asked, number, slug), period_words(asked.period)
    return render(request, "measures/taken.jinja", {"event": event, "title": title, "period": period, "asked": asked})


@page(Permission.FIGURE_VIEW, only="GET")
def file(request: HttpRequest, taken_id: UUID) -> HttpResponse:
    """The figure or the list as CSV, reckoned again as of the same instant. Its fetching is written down."""
    member = member_of(request)
    event = access.taken_for(member, taken_id, timezone.now() - LASTS)
    scope = access.scope_for(member)
    asked, number, slug = addresses.parse_download(event.subject)
    actions.file_taken(by=member, at=timezone.now(), taken=event)
    about = words.period_cells(asked.period, asked.at, counted_words(scope))
    if not slug:
        figure = Figure(scope, asked.period, asked.at, is_past=True)
        beside = queries.figure_context(scope, asked.period, asked.at)
        content = words.figure_csv(figure, beside, counted_words(scope))
        return to_save(content, f"figure-{asked.period.first}-{asked.period.last}.csv", CSV)
    row = definitions(asked.period.last)[number]
    reading = Reading(scope, asked.period, asked.at, is_past=True, only=number)
    unsealed = [listed_case for listed_case in list_of(reading, number, SLUGS[slug]) if not listed_case.is_sealed]
    stand = rows_of(unsealed)
    rows = words.case_rows(unsealed, stand, why_of(reading, number, unsealed), number, in_a_file=True)
    return to_save(words.list_csv(rows, row, SLUGS[slug], about), f"{row['code']}-{slug}-{asked.period.first}.csv", CSV)
