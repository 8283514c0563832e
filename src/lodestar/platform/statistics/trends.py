"""A series of counts, or of shares, as a command takes it, and what its chart says."""

from typing import Any

from lodestar.platform.statistics.chart_words import chart_words
from lodestar.platform.statistics.charts import chart_of
from lodestar.platform.statistics.false_alarms import false_alarms

PERIODS = ("week", "month", "quarter", "year")
KEYS = {"period", "counts", "denominators"}
MOST_PERIODS = 2_000


def trend_of(series: object) -> dict[str, Any]:
    """The chart that `{"period", "counts", "denominators"}` allows, the limits of its last period, what fired where, the sentence
    of the page, and the share of series without a change that would raise a signal too. Raises ValueError with the fault."""
    if not isinstance(series, dict) or series.keys() - KEYS or not {"period", "counts"} <= series.keys():
        raise ValueError('give {"period", "counts"}, and "denominators" for shares')
    period, counts, of = series["period"], series["counts"], series.get("denominators")
    if period not in PERIODS:
        raise ValueError(f"period: one of {', '.join(PERIODS)}")
    for name, values in (("counts", counts), ("denominators", [] if of is None else of)):
        if not isinstance(values, list) or not all(type(value) is int and value >= 0 for value in values):
            raise ValueError(f"{name}: a list of whole numbers, none below 0")
    if len(counts) > MOST_PERIODS:
        raise ValueError(f"counts: at most {MOST_PERIODS} periods")
    if of is not None and (len(of) != len(counts) or any(k > n for k, n in zip(counts, of, strict=True))):
        raise ValueError("denominators: as many as counts, and none smaller than its count")
    chart = chart_of(counts, of)
    alarms = false_alarms(chart, of, len(counts))
    return {
        "chart": chart.kind,
        "limits": None if chart.limits is None else [round(limit, 6) for limit in chart.limits],
        "signals": [{"rule": signal.rule, "at": signal.at} for signal in chart.signals],
        "sentence": chart_words(chart, period, len(counts), alarms),
        "false_alarms": alarms,
    }
