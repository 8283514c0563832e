"""What a chart says, in a sentence for people who read no statistics. Pure."""

from lodestar.platform.statistics.charts import DAYS, K_OF_N, P_PRIME, RUN, TABLE, Chart, P

MOST_ALARMS = 0.1
RULES = {
    "outside": "a point outside the limits",
    "seven_side": "seven in a row on one side of the mean",
    "seven_trend": "seven in a row that rise or fall",
    "two_of_three": "two of three near a limit",
    "run_length": "a long run on one side of the median",
    "crossings": "the median is crossed less often than chance would",
    "high": "more than usual",
}


def chart_words(chart: Chart, period: str, length: int, alarms: float, *, is_recognition: bool = True) -> str:
    """What may be said of a series of so many periods, with the rule that fired and how often that happens without a change. A
    rule that fires more often than in ten of a hundred such series asks nobody to look. `is_recognition`: it counts what is
    recognised, so that more of it may be better."""
    if chart.kind == TABLE:
        return f"Too few to say: {length} {period}s, and a chart needs six."
    if chart.kind == DAYS:
        return "Too rare for limits: look at the days between one and the next."
    if chart.kind == K_OF_N:
        return "Too few in each period for limits: read each share with its interval."
    again = f" Of 100 series like this without any change, up to {round(100 * alarms)} would raise one."
    if chart.signals:
        named = "; ".join(dict.fromkeys(RULES[signal.rule] for signal in chart.signals))
        begin = "This may be chance: " if alarms > MOST_ALARMS else "A shift: " if chart.kind == RUN else "Look: "
        return f"{begin}{named}.{' It may mean better recognition.' if is_recognition else ''}{again}"
    quiet = "No shift seen" if chart.kind == RUN else "Nothing beyond what chance gives"
    limits = "" if chart.limits is None else f"; the usual range is {_range(chart)}"
    return f"{quiet}{limits}.{again}"


def _range(chart: Chart) -> str:
    low, high = chart.limits or (0.0, 0.0)
    if chart.kind in (P, P_PRIME):
        return f"{round(100 * low)} to {round(100 * high)}%"
    return f"{max(0, round(low))} to {round(high)}"
