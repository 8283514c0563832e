"""The page of the figure: its table, its bars, and what stands beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lodestar.analysis.presenters.asked import Asked
from lodestar.analysis.presenters.words import KINDS, SLUG_OF, VERDICT_WORDS, period_words
from lodestar.analysis.queries.beside import Against
from lodestar.analysis.queries.figure import BEFORE, Figure
from lodestar.analysis.rules import CANNOT_TELL, COULD_NOT, DID_NOT, HAPPENED, Counts
from lodestar.analysis.rules.period import Period, last_quarter, last_twelve_months, quarter_of

SHOWN = (HAPPENED, DID_NOT, CANNOT_TELL, COULD_NOT)
COLUMNS = ("Failing", "Could have", *(VERDICT_WORDS[one] for one in SHOWN))
BAR, BAR_HIGH, BAR_STEP = 318, 22, 48  # in units of the drawing
LEAST_LABELLED = 24  # a part that is narrower has its number in the table alone


@dataclass(frozen=True)
class Number:
    """One number with where its cases are, if there are any, and what it is the number of for whoever hears it alone."""

    value: int
    href: str
    of: str


@dataclass(frozen=True)
class Row:
    """One failing of the table."""

    number: int
    short: str
    could_have: int
    numbers: tuple[Number, ...]


@dataclass(frozen=True)
class Part:
    """One part of a bar: whose it is, where it begins, how wide it is, and its number where there is room."""

    verdict: str
    x: float
    width: float
    label: str


@dataclass(frozen=True)
class Bar:
    """One failing as a bar: `y` is where its words stand."""

    words: str
    y: int
    parts: tuple[Part, ...]


def href(code: str, verdict: str, asked: Asked) -> str:
    """The list of cases behind one number."""
    return f"/figures/{code}/{SLUG_OF[verdict]}?{asked.query}"


def rows(figure: Figure, asked: Asked) -> list[Row]:
    """The table: of each failing all four numbers, and in how many cases it could have happened."""
    found = []
    for number, counts in figure.counts.items():
        row = figure.defined[number]
        numbers = tuple(_number(row, verdict, counts.of(verdict), asked) for verdict in SHOWN)
        found.append(Row(number, row["short"], counts.could_have, numbers))
    return found


def before(figure: Figure, asked: Asked) -> list[Row]:
    """The failings that happened in the period in cases of people met before it."""
    return [
        Row(number, figure.defined[number]["short"], 0, (_number(figure.defined[number], BEFORE, many, asked),))
        for number, many in figure.before.items()
        if many
    ]


def _number(row: Mapping[str, Any], verdict: str, value: int, asked: Asked) -> Number:
    return Number(value, href(row["code"], verdict, asked) if value else "", f"{row['short']}: {VERDICT_WORDS[verdict].lower()}")


def bars(figure: Figure) -> list[Bar]:
    """The same numbers as bars, each as wide as all cases in which it could have happened: *cannot tell* is a part of every
    one, as wide as it is large."""
    return [
        Bar(f"{number} {figure.defined[number]['short']}", 44 + place * BAR_STEP, _parts(counts))
        for place, (number, counts) in enumerate(figure.counts.items())
    ]


def _parts(counts: Counts) -> tuple[Part, ...]:
    found, x = [], 0.0
    for verdict in (HAPPENED, DID_NOT, CANNOT_TELL):
        value = counts.of(verdict)
        if value:
            width = BAR * value / counts.could_have
            label = f"{value:,}" if width >= LEAST_LABELLED + 8 * (len(f"{value:,}") - 1) else ""
            found.append(Part(verdict, round(x, 1), round(width, 1), label))
            x += width
    return tuple(found)


def quick(today: date) -> list[tuple[str, str]]:
    """Periods that are asked for most, as words and an address."""
    found: Sequence[tuple[str, Period]] = (
        ("The last full quarter", last_quarter(today)),
        ("This quarter", quarter_of(today)),
        ("The last twelve months", last_twelve_months(today)),
    )
    return [
        (f"{words}: {period_words(one)}", f"/figures?first={one.first.isoformat()}&last={one.last.isoformat()}")
        for words, one in found
    ]


def reconciled(against: Mapping[str, Against]) -> list[list[str]]:
    """Referrals of the period, each kind by itself, and crimes: how many have the other."""
    return [
        [words, *(f"{number:,}" for number in (one.all, one.with_other, one.settled, one.open))]
        for kind, words in KINDS.items()
        for one in (against[kind],)
    ]
