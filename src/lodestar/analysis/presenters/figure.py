"""The page of the figure: its table, its bars, and what stands beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lodestar.analysis.presenters.asked import KINDS, SLUG_OF, VERDICT_WORDS, Asked, period_words
from lodestar.analysis.queries.figure import BEFORE, Figure
from lodestar.analysis.queries.still import Against
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


def bars(figure: Figure) -> list[dict[str, Any]]:
    """The same numbers as bars, each as wide as all cases in which it could have happened: *cannot tell* is a part of every
    one, as wide as it is large."""
    return [
        {"words": f"{number} {figure.defined[number]['short']}", "y": 44 + place * BAR_STEP, "parts": _parts(counts)}
        for place, (number, counts) in enumerate(figure.counts.items())
    ]


def _parts(counts: Counts) -> tuple[dict[str, Any], ...]:
    found, x = [], 0.0
    for verdict in (HAPPENED, DID_NOT, CANNOT_TELL):
        value = counts.of(verdict)
        if value:
            width = BAR * value / counts.could_have
            label = f"{value:,}" if width >= LEAST_LABELLED + 8 * (len(f"{value:,}") - 1) else ""
            found.append({"verdict": verdict, "x": round(x, 1), "width": round(width, 1), "label": label})
            x += width
    return tuple(found)


def quick(today: date) -> list[tuple[str, str]]:
    """Periods that are asked for most, as words and an address."""
    found: Sequence[tuple[str, Period]] = (
        ("The last whole quarter", last_quarter(today)),
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


COULD_HAVE = "Could have"
YEARS = ("The year before", "This period")  # of every table: the days themselves stand once, above them all
AGAINST = (("all", "all"), ("with_other", "both recorded"), ("settled", "without, explained"), ("open", "without, open"))


@dataclass(frozen=True)
class Pair:
    """One thing that is counted, with its number in each period."""

    words: str
    numbers: tuple[Number, ...]


@dataclass(frozen=True)
class Failing:
    """One failing: its pairs; `is_same`: both periods are judged by one version of what it means."""

    title: str
    is_same: bool
    pairs: tuple[Pair, ...]


def failings(figures: Sequence[Figure], asked: Sequence[Asked]) -> list[Failing]:
    """The six, each with all four numbers of each period, *cannot tell* by itself."""
    found = []
    for number, row in figures[-1].defined.items():
        versions = {figure.defined[number]["version"] for figure in figures if number in figure.defined}
        could_have = Pair(COULD_HAVE, tuple(Number(figure.counts[number].could_have, "", "") for figure in figures))
        pairs = (could_have, *(_pair(number, verdict, figures, asked) for verdict in SHOWN))
        found.append(Failing(f"{number}. {row['short']}", len(versions) == 1, pairs))
    return found


def _pair(number: int, verdict: str, figures: Sequence[Figure], asked: Sequence[Asked]) -> Pair:
    numbers = []
    for figure, one, when in zip(figures, asked, YEARS, strict=True):
        row, value = figure.defined[number], figure.counts[number].of(verdict)
        of = f"{row['short']}: {VERDICT_WORDS[verdict].lower()}, {when}"
        numbers.append(Number(value, href(row["code"], verdict, one) if value else "", of))
    return Pair(VERDICT_WORDS[verdict], tuple(numbers))


def referrals(found: Sequence[Mapping[str, Against]]) -> list[list[str]]:
    """What was made, received and recorded in each period, each kind by itself, with what of it has the other."""
    return [
        [f"{words}: {said}", *(f"{getattr(one[kind], name):,}" for one in found)]
        for kind, words in KINDS.items()
        for name, said in AGAINST
    ]
