"""The pages of the measures: their table, the chart of one, the table beside it, and the same as a command answers."""

from collections.abc import Mapping, Sequence
from typing import Any

from lodestar.oversight.measures.presenters.asked import Asked, period_words
from lodestar.oversight.measures.queries.effect import REFERRALS, SECTION45, Effect
from lodestar.oversight.measures.queries.values import COVERAGE
from lodestar.oversight.measures.rules.facts import Period
from lodestar.oversight.measures.rules.values import COUNT, MEDIAN, Value, months_of
from lodestar.platform.design import plots
from lodestar.platform.design.when import day_time
from lodestar.platform.statistics.chart_words import chart_words
from lodestar.platform.statistics.charts import Chart, chart_of
from lodestar.platform.statistics.false_alarms import false_alarms
from lodestar.platform.statistics.intervals import interval_words
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.time.days import add_months

DIRECTIONS = {"up": "Higher is better", "down": "Lower is better", "none": "Neither higher nor lower is better by itself"}
FURTHER = {
    "did_not": "Did not", "cannot_tell": "Cannot tell",
    "requires_improvement": "Requires improvement", "inadequate": "Inadequate",
}  # fmt: skip
EFFECTS = {
    REFERRALS: ("Referrals with no open check when sent", "Of the referrals written here"),
    SECTION45: (
        "Section 45 of the Modern Slavery Act 2015: first answer in time",
        "Of the answers given at arrest, interview or bail",
    ),
}
GROUPS = {True: "Trained then", False: "Not trained then", None: "No training was required"}
CRIMES = "crimes-recorded"


def stored_words(value: Value, *, is_past: bool) -> str:
    """Whether a value is the one that was stored, for an instant that somebody named."""
    if value.stored_at is not None:
        return f"Stored {day_time(value.stored_at)}"
    return "Not stored by then: calculated" if is_past else ""


def overview_rows(
    defined: Mapping[str, Mapping[str, Any]], values: Mapping[str, Sequence[Value]], asked: Asked
) -> list[list[Any]]:
    """The table of all measures: each in the period, and in the one before."""
    rows = []
    for code, row in defined.items():
        before, value = values[code]
        further = [f"{FURTHER[name].lower()} {number:,}" for name, number in value.further.items()]
        more = ". ".join(filter(None, ["; ".join(further).capitalize(), stored_words(value, is_past=asked.is_past)]))
        now = {"words": value.words, "more": f" ({more})" if more else ""}
        rows.append([{"words": row["title"], "href": f"/measures/{code}?{asked.query}"}, now, before.words])
    return rows


def chart_of_values(row: Mapping[str, Any], values: Sequence[Value], word: str) -> tuple[Chart | None, str]:
    """Which chart a series of a measure allows and what it says; none for medians, and for nothing to count."""
    if row["kind"] == MEDIAN:
        return None, "These are medians: read them in the table. No limits are drawn."
    if all(value.value is None for value in values):
        return None, "There is no share to show for these periods."
    counts = [value.numerator or 0 for value in values]
    of = None if row["kind"] == COUNT else [value.known for value in values]
    chart = chart_of(counts, of)
    is_recognition = row["kind"] == COUNT or "failing" in row
    alarms = false_alarms(chart, of, len(counts))
    return chart, chart_words(chart, word, len(counts), alarms, is_recognition=is_recognition)


def plot_of(row: Mapping[str, Any], periods: Sequence[Period], values: Sequence[Value], chart: Chart | None) -> plots.RunChart:
    """The drawing: counts, hours, or shares in percent, with middle and limits as far as the chart has them."""
    scale = 100 if row["kind"] not in (COUNT, MEDIAN) else 1
    heights = [None if value.value is None else value.value * scale for value in values]
    letters = [(_letter(period), f"{period.first:%Y}") for period in periods]
    limits = [(point.low * scale, point.high * scale) for point in chart.points] if chart else []
    middle = None if chart is None or chart.middle is None else chart.middle * scale
    marked = {signal.at for signal in chart.signals} if chart else set()
    return plots.run_chart(letters, heights, middle=middle, limits=limits, marked=marked)


def _letter(period: Period) -> str:
    is_quarter = period.first.month != period.last.month
    return f"{(period.first.month + 2) // 3}" if is_quarter else f"{period.first:%b}"[0]


def short_period(period: Period) -> str:
    """A month or a quarter, as a row of a table is called."""
    if period.first.month == period.last.month:
        return f"{period.first:%b}\N{NO-BREAK SPACE}{period.first:%Y}"
    return f"{period.first:%b}\N{EN DASH}{period.last:%b}\N{NO-BREAK SPACE}{period.first:%Y}"


def series_rows(
    row: Mapping[str, Any], periods: Sequence[Period], values: Sequence[Value], own: Sequence[int | None], asked: Asked
) -> tuple[list[str], list[list[Any]]]:
    """The table beside the chart: its columns, and a row for each period with where its cases are."""
    columns = ["Period", "Number" if row["kind"] == COUNT else "Share" if row["kind"] != MEDIAN else "Median"]
    further, is_listed = list(values[0].further), row["code"] != COVERAGE  # people are trained, no case is behind it
    columns += ["Count"] if row["kind"] != COUNT else []
    columns += [FURTHER[name] for name in further] + (["Force’s own total"] if row["code"] == CRIMES else [])
    rows = []
    for period, value, total in zip(periods, values, own, strict=True):
        here = Asked(period, asked.at, asked.is_past)
        list_of = f"/figures/{row['code']}/happened" if "failing" in row else f"/measures/{row['code']}/cases"
        first = {
            "words": value.words,
            "href": f"{list_of}?{here.query}" if is_listed and (value.numerator or value.denominator) else "",
        }
        first["more"] = f" {stored_words(value, is_past=asked.is_past)}"
        cells: list[Any] = [short_period(period), first] + ([value.of or "0"] if row["kind"] != COUNT else [])
        cells += [f"{value.further.get(name, 0):,}" for name in further]
        cells += [("" if total is None else f"{total:,}") or "Not imported"] if row["code"] == CRIMES else []
        rows.append(cells)
    return columns, rows


def published_rows(code: str) -> list[tuple[str, list[list[str]]]]:
    """Published figures that stand beside a measure, the latest three years of each."""
    rows = [row for row in reference_list("measures", "published").rows if row["measure"] == code]
    return [(row["title"], [_published(row, place) for place in range(len(row["counts"]))][-12:]) for row in rows]


def _published(row: Mapping[str, Any], place: int) -> list[str]:
    return [short_period(months_of(add_months(row["from_day"], 3 * place), 3)), f"{row['counts'][place]:,}"]


def effect_rows(effects: Mapping[str, Effect]) -> list[tuple[str, str, list[list[str]]]]:
    """Each effect with the counts and intervals of its groups."""
    return [
        (*EFFECTS[code], [[GROUPS[group], f"{k:,} of {n:,}", interval_words(k, n)] for group, (k, n) in effect.items()])
        for code, effect in effects.items()
    ]


def as_json(defined: Mapping[str, Mapping[str, Any]], values: Mapping[str, Sequence[Value]]) -> list[dict[str, Any]]:
    """All measures of one period, as the command answers."""
    return [
        {
            "code": code, "version": row["version"], "title": row["title"], "numerator": value.numerator,
            "denominator": value.denominator, "value": value.value, "interval": value.interval,
            "stored_at": value.stored_at and value.stored_at.isoformat(), "caveat": row["caveat"],
        }
        for code, row in defined.items()
        for value in values[code][:1]
    ]  # fmt: skip


def title_of(asked: Asked) -> str:
    """The period, and as of when."""
    return f"{period_words(asked.period)}, as recorded on {day_time(asked.at)}"
