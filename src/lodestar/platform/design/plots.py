"""Small plots that the server draws as SVG: where each mark goes, in units of a drawing 322 wide. Pure.

`design/plots.jinja` draws them, always beside a table of the same numbers: a pattern or a shape says what a colour says, and a
number is printed only where it fits.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil
from statistics import median

WIDE = 318
BAR_STEP = 48
_LEAST_LABELLED = 24  # a part that is narrower has its number in the table alone
_TOP, _BOTTOM, _LEFT, _RIGHT = 36, 196, 30, 310  # of a run chart; its key is above, its months are below
_STEPS = (1, 2, 5)
_MOST_LINES = 5


@dataclass(frozen=True)
class Part:
    """One part of a bar: of which kind, where, and its number where that fits."""

    kind: str
    x: float
    width: float
    label: str


@dataclass(frozen=True)
class Bar:
    """One bar: its words, how far down it begins, and its parts."""

    words: str
    y: int
    parts: tuple[Part, ...]


def bars(rows: Sequence[tuple[str, Sequence[tuple[str, int]]]], *, same_scale: bool = False) -> list[Bar]:
    """Stacked bars, each with the numbers of its parts by kind. Every bar is as wide as the plot, or with `same_scale` as wide
    as its sum beside the largest."""
    sums = [sum(value for _, value in parts) for _, parts in rows]
    most = max(sums, default=0)
    return [
        Bar(words, 44 + place * BAR_STEP, _parts(parts, most if same_scale else whole))
        for place, ((words, parts), whole) in enumerate(zip(rows, sums, strict=True))
    ]


def _parts(values: Sequence[tuple[str, int]], whole: int) -> tuple[Part, ...]:
    parts, x = [], 0.0
    for kind, value in values:
        if value:
            width, label = WIDE * value / whole, f"{value:,}"
            fits = width >= _LEAST_LABELLED + 8 * (len(label) - 1)
            parts.append(Part(kind, round(x, 1), round(width, 1), label if fits else ""))
            x += width
    return tuple(parts)


Point = tuple[float, float]


@dataclass(frozen=True)
class RunChart:
    """One or two lines over months or quarters: grid lines with their values, the middle of the first line, its limits and its
    points that are worth a look, as far as there are any, and the letters below."""

    grid: tuple[tuple[float, int], ...]
    first: tuple[Point, ...]
    runs: tuple[tuple[Point, ...], ...]  # the points of the first line between those that are not there
    second: tuple[Point, ...]
    median: float
    median_y: float
    low: tuple[Point, ...]
    high: tuple[Point, ...]
    marked: tuple[Point, ...]
    months: tuple[tuple[float, str], ...]
    years: tuple[tuple[float, str], ...]


def run_chart(
    months: Sequence[tuple[str, str]], first: Sequence[float | None], second: Sequence[float] = (), *,
    middle: float | None = None, limits: Sequence[tuple[float, float]] = (), marked: Collection[int] = (),
) -> RunChart:  # fmt: skip
    """A run chart. `months` are the letter below each and its year, printed where it changes; where `first` is None there is no
    point. Without `middle` it is the median."""
    heights = [value for value in first if value is not None]
    most = ceil(max([1, *heights, *second, *(high for _, high in limits)]))
    step = _step(most)
    top = step * -(-most // step)
    across = (_RIGHT - _LEFT) / max(len(months) - 1, 1)

    def x(place: int) -> float:
        return round(_LEFT + across * place, 1)

    def y(value: float) -> float:
        return round(_BOTTOM - (_BOTTOM - _TOP) * max(0.0, value) / top, 1)

    points = {place: (x(place), y(value)) for place, value in enumerate(first) if value is not None}
    middle = (median(heights) if heights else 0) if middle is None else middle
    years = [year for _, year in months]
    return RunChart(
        grid=tuple((y(value), value) for value in range(0, top + 1, step)),
        first=tuple(points.values()),
        runs=tuple(
            tuple(points[place] for place, _ in run)
            for is_shown, run in groupby(enumerate(first), key=lambda pair: pair[1] is not None) if is_shown
        ),
        second=tuple((x(place), y(value)) for place, value in enumerate(second)),
        median=middle, median_y=y(middle),
        low=tuple((x(place), y(low)) for place, (low, _) in enumerate(limits)),
        high=tuple((x(place), y(high)) for place, (_, high) in enumerate(limits)),
        marked=tuple((x(place), y(first[place] or 0)) for place in sorted(marked)),
        months=tuple((x(place), letter) for place, (letter, _) in enumerate(months) if len(months) <= 12 or place % 3 == 0),
        years=tuple((x(place), year) for place, year in enumerate(years) if _is_labelled(years, place)),
    )  # fmt: skip


def _is_labelled(years: Sequence[str], place: int) -> bool:
    """Whether a year stands below its first month: not where the next one begins beside it."""
    return (place == 0 or years[place] != years[place - 1]) and years[place] == years[min(place + 1, len(years) - 1)]


def _step(most: int) -> int:
    """The least of 1, 2, 5, 10, 20 and so on that needs few grid lines."""
    scale = 1
    while True:
        for step in _STEPS:
            if most <= step * scale * (_MOST_LINES - 1):
                return step * scale
        scale *= 10
