"""Which chart a series of counts or shares allows, its limits, and the rules by which a point is worth a look. Pure.

Run charts by Anhøj's rules, XmR charts with the four rules of NHS England's *Making Data Count*, p charts and Laney's p′,
and for few events a band from the counts before. Forecasts are not made. The formulas are checked in tests against values of
other programs (docs/sources.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import comb, exp, lgamma, log, log1p, log2, sqrt
from statistics import fmean, median, variance

TABLE, RUN, XMR, PREDICTIVE, DAYS, P, P_PRIME, K_OF_N = (
    "table", "run", "xmr", "predictive", "days_between", "p", "p_prime", "k_of_n",
)  # fmt: skip
FEWEST, LIMITS_FROM = 6, 12  # points for a run chart, and for limits
RARE, COMMON = 2, 5  # mean of a period: under the one days are counted between events, from the other limits are drawn
MOST_SPREAD = 1.5  # variance to mean, beyond which the band of few events would cry wolf
TINY, LARGE = 10, 1_000  # n of a share: under the one no limits, from a mean of the other Laney's
UNUSUAL = 0.01
SIDE, TREND = 7, 7


@dataclass(frozen=True)
class Signal:
    """A rule that fired, and the point at which it did, counted from 0."""

    rule: str
    at: int


@dataclass(frozen=True)
class Point:
    """A value with the middle and the limits that hold for it."""

    value: float
    middle: float
    low: float
    high: float


@dataclass(frozen=True)
class Chart:
    """What may be drawn of a series. `limits` are of the last period, None where there are none; `middle` is the line drawn;
    `points` those with limits."""

    kind: str
    middle: float | None = None
    limits: tuple[float, float] | None = None
    signals: tuple[Signal, ...] = ()
    points: tuple[Point, ...] = ()


def chart_of(counts: Sequence[int], denominators: Sequence[int] | None = None) -> Chart:
    """The chart that so many points of such counts allow. Raises ValueError for a count below 0 or above what it is of."""
    if any(count < 0 for count in counts) or (denominators is not None and _is_wrong(counts, denominators)):
        raise ValueError("a count is below 0, or above what it is of")
    if denominators is not None:
        return _of_shares(counts, denominators)
    if len(counts) < FEWEST:
        return Chart(TABLE)
    if len(counts) < LIMITS_FROM:
        return _run(counts)
    mean = fmean(counts)
    if mean < RARE:
        return Chart(DAYS)
    if mean >= COMMON:
        return _xmr(counts)
    return _run(counts) if variance(counts) > MOST_SPREAD * mean else _predictive(counts)


def _is_wrong(counts: Sequence[int], denominators: Sequence[int]) -> bool:
    return len(counts) != len(denominators) or any(k > n for k, n in zip(counts, denominators, strict=True))


def _of_shares(counts: Sequence[int], denominators: Sequence[int]) -> Chart:
    """Of shares; a period of which there was nothing to count is no point of a run, and has no limits."""
    if len(counts) < FEWEST:
        return Chart(TABLE)
    if len(counts) < LIMITS_FROM:
        places = [place for place, n in enumerate(denominators) if n]
        run = _run([counts[place] / denominators[place] for place in places])
        return replace(run, signals=tuple(Signal(signal.rule, places[signal.at]) for signal in run.signals))
    if max(denominators) < TINY:
        return Chart(K_OF_N)
    return _shares_with_limits(counts, denominators)


# --- run charts ----------------------------------------------------------------------------------------------------------------


def _run(values: Sequence[float]) -> Chart:
    """Anhøj's rules: the longest run on one side of the median is longer than round(log2 n) + 3, or the median is crossed less
    often than 95 of 100 series without change cross it; n are the points off the median."""
    if not values:
        return Chart(RUN)
    middle = median(values)
    sides = [(place, value > middle) for place, value in enumerate(values) if value != middle]
    signals = []
    if sides:
        longest, length = round(log2(len(sides))) + 3, 0
        for number, (place, side) in enumerate(sides):
            length = length + 1 if number and side == sides[number - 1][1] else 1
            if length == longest + 1:
                signals.append(Signal("run_length", place))
        crossings = sum(before[1] != after[1] for before, after in pairwise(sides))
        if crossings < _binomial_percentile(len(sides)):
            signals.append(Signal("crossings", len(values) - 1))
    return Chart(RUN, middle, signals=tuple(signals))


def _binomial_percentile(useful: int) -> int:
    """The fifth percentile of Binomial(useful - 1, 1/2)."""
    trials, below = useful - 1, 0
    for crossings in range(trials + 1):
        below += comb(trials, crossings)
        if below >= 0.05 * 2**trials:
            return crossings
    return 0


# --- charts with limits --------------------------------------------------------------------------------------------------------


def _xmr(counts: Sequence[int]) -> Chart:
    """Individual values: 2.66 mean moving ranges about the mean. Ranges are not screened, and raise nothing themselves."""
    middle = fmean(counts)
    width = 2.66 * fmean(abs(after - before) for before, after in pairwise(counts))
    return _screened(XMR, [Point(count, middle, middle - width, middle + width) for count in counts])


def _shares_with_limits(counts: Sequence[int], denominators: Sequence[int]) -> Chart:
    """Three standard deviations of a binomial share about the mean share; where n is large times what the shares vary beyond
    that (Laney 2002)."""
    middle, known = sum(counts) / sum(denominators), [(k, n) for k, n in zip(counts, denominators, strict=True) if n]
    kind, beyond = (P if fmean(denominators) < LARGE else P_PRIME), 1.0
    spread = sqrt(middle * (1 - middle))
    if kind == P_PRIME and spread:
        scores = [(k / n - middle) / (spread / sqrt(n)) for k, n in known]
        beyond = fmean(abs(after - before) for before, after in pairwise(scores)) / 1.128
    points = []
    for k, n in zip(counts, denominators, strict=True):
        width = 3 * spread / sqrt(n) * beyond if n else 1.0
        points.append(Point(k / n if n else middle, middle, max(0.0, middle - width), min(1.0, middle + width)))
    chart = _screened(kind, points)
    return chart if denominators[-1] else replace(chart, limits=None)


def _screened(kind: str, points: Sequence[Point]) -> Chart:
    """A chart with limits, and where one of its rules fires first: outside a limit; seven on one side of the middle; seven that
    rise or fall; two of three near the same limit, which is within it and beyond two thirds of the way."""
    signals = [Signal("outside", place) for place, p in enumerate(points) if not p.low <= p.value <= p.high]
    sides = [(p.value > p.middle) - (p.value < p.middle) for p in points]
    signals += [Signal("seven_side", place) for place in _completed(sides, SIDE)]
    steps = [(after.value > before.value) - (after.value < before.value) for before, after in pairwise(points)]
    signals += [Signal("seven_trend", place + 1) for place in _completed(steps, TREND - 1)]
    near = [_near(point) for point in points]
    signals += [
        Signal("two_of_three", place)
        for place, side in enumerate(near)
        if side and side in near[max(0, place - 2) : place]
    ]  # fmt: skip
    last = points[-1]
    return Chart(kind, last.middle, (last.low, last.high), tuple(sorted(signals, key=lambda s: (s.at, s.rule))), tuple(points))


def _near(point: Point) -> int:
    """Near the upper limit 1, near the lower -1, else 0."""
    if point.low <= point.value <= point.high:
        if point.value > point.middle + (point.high - point.middle) * 2 / 3:
            return 1
        if point.value < point.middle - (point.middle - point.low) * 2 / 3:
            return -1
    return 0


def _completed(sides: Sequence[int], wanted: int) -> list[int]:
    """Where so many in a row are of one side; a longer row counts once."""
    places, length = [], 0
    for place, side in enumerate(sides):
        length = length + 1 if place and side == sides[place - 1] else 1
        if side and length == wanted:
            places.append(place)
    return places


# --- few events ----------------------------------------------------------------------------------------------------------------


def _predictive(counts: Sequence[int]) -> Chart:
    """Each period from the twelfth on by those before it: S events in b periods make the next one negative binomial with
    r = S + 1/2 and p = b / (b + 1). It is worth a look where so many or more have a chance under 1 in 100."""
    alike = [_chance_of(counts[place], sum(counts[:place]), place) for place in range(LIMITS_FROM - 1, len(counts))]
    signals = [Signal("high", place) for place, chance in enumerate(alike, LIMITS_FROM - 1) if chance < UNUSUAL]
    before = counts[:-1]
    usual = 0
    while _chance_of(usual + 1, sum(before), len(before)) >= UNUSUAL:
        usual += 1
    return Chart(PREDICTIVE, fmean(counts), (0, usual), tuple(signals))


def _chance_of(least: int, events: int, periods: int) -> float:
    """The chance of at least so many in the next period after so many events in so many periods."""
    r, failing, passing = events + 0.5, -log1p(periods), log(periods / (periods + 1))
    below = sum(exp(lgamma(y + r) - lgamma(r) - lgamma(y + 1) + r * passing + y * failing) for y in range(least))
    return max(0.0, 1 - below)
