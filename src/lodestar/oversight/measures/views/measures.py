"""All measures of a period, one of them over years with the cases behind a number, the force's own crime totals, and what trained
and untrained officers did."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.oversight.measures import access, actions
from lodestar.oversight.measures.forms import CrimeTotals, Which
from lodestar.oversight.measures.presenters import measures as words
from lodestar.oversight.measures.presenters.asked import counted_words, period_words
from lodestar.oversight.measures.presenters.figure import quick
from lodestar.oversight.measures.queries.effect import effects_of
from lodestar.oversight.measures.queries.values import cases_behind, crime_totals, periods_recorded, values_of
from lodestar.oversight.measures.rules.facts import Period, a_year_before, last_twelve_months
from lodestar.oversight.measures.rules.values import NOTES, ONE_DAY, measures_on, series_to
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page
from lodestar.platform.design.when import day, on
from lodestar.platform.text.paging import Place, place
from lodestar.platform.time.days import london_date

EACH = 25
SERIES = {"quarter": (3, 12), "month": (1, 36)}  # months of each period, and how many: three years


@page(Permission.FIGURE_VIEW, only="GET")
def overview(request: HttpRequest) -> HttpResponse:
    """Every measure in a period and the year before."""
    member = member_of(request)
    scope = access.scope_for(member)
    form = Which(request.GET, now=timezone.now())
    asked = form.asked
    defined = measures_on(asked.period.last)
    values = values_of(scope, [_before(asked.period), asked.period], asked.at, list(defined), is_past=asked.is_past)
    context = {
        "form": form, "asked": asked, "title": words.title_of(asked), "counted": counted_words(scope),
        "before": period_words(_before(asked.period)), "rows": words.overview_rows(defined, values, asked),
        "may_take_in": member.may(Permission.TAKE_IN),
        "quick": [(name, href.replace("/figures", "/measures", 1)) for name, href in quick(on(asked.at))],
    }  # fmt: skip
    return render(request, "measures/overview.jinja", context, status=200 if form.is_valid() else 422)


def _before(period: Period) -> Period:
    """The same days a year before; of a period that is longer, as many days before it."""
    earlier, ends = a_year_before(period), period.first - ONE_DAY
    return earlier if earlier.last <= ends else Period(ends - (period.last - period.first), ends)


def _defined(code: str, period: Period) -> Any:
    row = measures_on(period.last).get(code)
    if row is None:
        raise Http404
    return row


@page(Permission.FIGURE_VIEW, only="GET")
def measure(request: HttpRequest, measure_code: str) -> HttpResponse:
    """One measure over three years, by quarter or by month: what it means, its chart with the table, and what stands beside."""
    member = member_of(request)
    scope = access.scope_for(member)
    asked = Which(request.GET, now=timezone.now()).asked
    row = _defined(measure_code, asked.period)
    by = "month" if request.GET.get("by") == "month" else "quarter"
    months, many = SERIES[by]
    periods = periods_recorded(scope, series_to(on(asked.at), months, many + 1)[:-1])  # the one under way says nothing yet
    values = values_of(scope, periods, asked.at, [measure_code], is_past=asked.is_past)[measure_code]
    chart, says = words.chart_of_values(row, values, by)
    own = crime_totals(periods) if measure_code == words.CRIMES and scope.is_force else [None] * len(periods)
    columns, rows = words.series_rows(row, periods, values, own, asked)
    context = {
        "row": row, "asked": asked, "title": words.title_of(asked), "counted": counted_words(scope), "by": by,
        "direction": words.DIRECTIONS[row["direction"]], "says": says, "is_known": asked.is_past,
        "plot": words.plot_of(row, periods, values, chart) if len(values) > 1 else None,
        "is_drawn": any(value.value is not None for value in values), "columns": columns, "rows": rows[::-1],
        "notes": NOTES, "published": words.published_rows(measure_code),
        "may_take_in": member.may(Permission.TAKE_IN) and measure_code == words.CRIMES,
    }  # fmt: skip
    return render(request, "measures/measure.jinja", context)


@page(Permission.FIGURE_VIEW, only="GET")
def cases(request: HttpRequest, measure_code: str) -> HttpResponse:
    """The cases behind one number as their rows are now, a page of them; or those in its denominator alone."""
    member = member_of(request)
    scope = access.scope_for(member)
    asked = Which(request.GET, now=timezone.now()).asked
    row = _defined(measure_code, asked.period)
    is_rest, after = request.GET.get("which") == "rest", place(request.GET.get("after", ""))
    rows = cases_behind(scope, measure_code, asked.period, asked.at, is_rest=is_rest)
    if after is not None and after.at is not None:
        rows = rows.filter(encountered_at__gte=after.at).exclude(encountered_at=after.at, id__lte=after.id)
    shown = list(rows[: EACH + 1])
    actions.list_shown(by=member, at=timezone.now(), code=measure_code, verdict="rest" if is_rest else "counted")
    last = shown[EACH - 1] if len(shown) > EACH else None
    context = {
        "row": row, "asked": asked, "title": words.title_of(asked), "is_rest": is_rest, "is_first": after is None,
        "lines": [(case.reference, day(london_date(case.encountered_at)), case.unit.name) for case in shown[:EACH]],
        "next": Place(last.encountered_at, last.id).mark() if last else "",
    }  # fmt: skip
    return render(request, "measures/measure_cases.jinja", context)


@page(Permission.TAKE_IN)
def totals(request: HttpRequest) -> HttpResponse:
    """A table of the force's own modern slavery crime totals by month."""
    now, is_sent = timezone.now(), request.method == "POST"
    form = CrimeTotals(request.POST, request.FILES, auto_id="%s") if is_sent else CrimeTotals(auto_id="%s")
    if is_sent and form.is_valid() and max(form.cleaned_data["file"], default=on(now)) > on(now):
        form.add_error("file", "A month in it has not come yet")
    if is_sent and form.is_valid():
        actions.record_crime_totals(by=member_of(request), at=now, totals=form.cleaned_data["file"])
        return redirect("measures-one", words.CRIMES)
    return render(request, "measures/totals.jinja", {"form": form}, status=422 if is_sent else 200)


@page(Permission.FIGURE_VIEW, only="GET")
def effect(request: HttpRequest) -> HttpResponse:
    """What trained and untrained officers did in a year: counts, and no claim that training made the difference."""
    scope = access.scope_for(member_of(request))
    now = timezone.now()
    period = last_twelve_months(on(now))
    context = {
        "title": period_words(period), "counted": counted_words(scope),
        "effects": words.effect_rows(effects_of(scope, period, now)),
    }  # fmt: skip
    return render(request, "measures/effect.jinja", context)
