"""The page of the figure: its table, its bars, and what stands beside them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from lodestar.oversight.measures.presenters.asked import KINDS, SLUG_OF, VERDICT_WORDS, Asked, period_words
from lodestar.oversight.measures.queries.figure import BEFORE, Figure
from lodestar.oversight.measures.queries.open_items import Against
from lodestar.oversight.measures.rules.facts import CANNOT_TELL, COULD_NOT, DID_NOT, HAPPENED, Counts
from lodestar.oversight.measures.rules.period import Period, last_quarter, last_twelve_months, quarter_of
from lodestar.platform.obligations.closing_records import BY_REASON, BY_RECORD, BY_WORD

SHOWN = (HAPPENED, DID_NOT, CANNOT_TELL, COULD_NOT)
COLUMNS = ("Failing", "Could have", *(VERDICT_WORDS[verdict] for verdict in SHOWN))
BAR, BAR_HIGH, BAR_STEP = 318, 22, 48  # in units of the drawing
LEAST_LABELLED = 24  # a part that is narrower has its number in the table alone


def href(code: str, verdict: str, asked: Asked) -> str:
    """The list of cases behind one number."""
    return f"/figures/{code}/{SLUG_OF[verdict]}?{asked.query}"


def rows(figure: Figure, asked: Asked) -> list[dict[str, Any]]:
    """The table: of each failing all four numbers, and in how many cases it could have happened."""
    return [
        {
            "number": number, "short": figure.defined[number]["short"], "could_have": counts.could_have,
            "numbers": tuple(_number(figure.defined[number], verdict, counts.of(verdict), asked) for verdict in SHOWN),
        }
        for number, counts in figure.counts.items()
    ]  # fmt: skip


def before(figure: Figure, asked: Asked) -> list[dict[str, Any]]:
    """The failings that happened in the period in cases of people met before it."""
    happened = ((figure.defined[number], number, many) for number, many in figure.before.items() if many)
    return [
        {"number": number, "short": row["short"], "numbers": (_number(row, BEFORE, many, asked),)}
        for row, number, many in happened
    ]


def _number(row: Mapping[str, Any], verdict: str, value: int, asked: Asked, when: str = "") -> dict[str, Any]:
    """One number with where its cases are, if there are any, and what it is the number of for whoever hears it alone."""
    of = f"{row['short']}: {VERDICT_WORDS[verdict].lower()}{when}"
    return {"value": value, "href": href(row["code"], verdict, asked) if value else "", "of": of}


def bars(figure: Figure) -> list[dict[str, Any]]:
    """The same numbers as bars, each as wide as all cases in which it could have happened: *cannot tell* is a part of every
    one, as wide as it is large."""
    return [
        {"words": f"{number} {figure.defined[number]['short']}", "y": 44 + place * BAR_STEP, "parts": _parts(counts)}
        for place, (number, counts) in enumerate(figure.counts.items())
    ]


def _parts(counts: Counts) -> tuple[dict[str, Any], ...]:
    parts, x = [], 0.0
    for verdict in (HAPPENED, DID_NOT, CANNOT_TELL):
        value = counts.of(verdict)
        if value:
            width = BAR * value / counts.could_have
            label = f"{value:,}" if width >= LEAST_LABELLED + 8 * (len(f"{value:,}") - 1) else ""
            parts.append({"verdict": verdict, "x": round(x, 1), "width": round(width, 1), "label": label})
            x += width
    return tuple(parts)


def quick(today: date) -> list[tuple[str, str]]:
    """Periods that are asked for most, as words and an address."""
    periods: Sequence[tuple[str, Period]] = (
        ("The last full quarter", last_quarter(today)),
        ("This quarter", quarter_of(today)),
        ("The last twelve months", last_twelve_months(today)),
    )
    return [
        (f"{words}: {period_words(period)}", f"/figures?first={period.first.isoformat()}&last={period.last.isoformat()}")
        for words, period in periods
    ]


def reconciled(against: Mapping[str, Against]) -> list[list[str]]:
    """Referrals of the period, each kind by itself, and crimes: how many have the other."""
    of_tally = attrgetter("all", "with_other", "settled", "open")
    return [[words, *(f"{number:,}" for number in of_tally(against[kind]))] for kind, words in KINDS.items()]


def closings(by_failing: Mapping[int, Counter[str]], defined: Mapping[int, Mapping[str, Any]]) -> list[list[str]]:
    """How tasks were closed, for each failing and in all: by a record, on an officer's word, with a reason not needed."""
    return [
        [f"{number}. {defined[number]['short']}" if number else "All tasks", *(f"{counts[how]:,}" for how in HOW_CLOSED)]
        for number, counts in sorted(by_failing.items(), key=lambda row: (row[0] == 0, row[0]))
        if number in defined or number == 0
    ]


HOW_CLOSED = (BY_RECORD, BY_WORD, BY_REASON)
COULD_HAVE = "Could have"
YEARS = ("The year before", "This period")  # of every table: the days themselves stand once, above them all
AGAINST = (("all", "all"), ("with_other", "both recorded"), ("settled", "without, explained"), ("open", "without, open"))


def failings(figures: Sequence[Figure], asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """The six, each with all four numbers of each period, *cannot tell* by itself."""
    failing_rows = []
    for number, row in figures[-1].defined.items():
        versions = {figure.defined[number]["version"] for figure in figures if number in figure.defined}
        numbers = [{"value": period_figure.counts[number].could_have, "href": ""} for period_figure in figures]
        pairs = ({"words": COULD_HAVE, "numbers": numbers}, *(_pair(number, verdict, figures, asked) for verdict in SHOWN))
        failing_rows.append({"title": f"{number}. {row['short']}", "is_same": len(versions) == 1, "pairs": pairs})
    return failing_rows


def _pair(number: int, verdict: str, figures: Sequence[Figure], asked: Sequence[Asked]) -> dict[str, Any]:
    numbers = [
        _number(figure.defined[number], verdict, figure.counts[number].of(verdict), period_asked, f", {when}")
        for figure, period_asked, when in zip(figures, asked, YEARS, strict=True)
    ]
    return {"words": VERDICT_WORDS[verdict], "numbers": numbers}


def referrals(by_period: Sequence[Mapping[str, Against]]) -> list[list[str]]:
    """What was made, received and recorded in each period, each kind by itself, with what of it has the other."""
    return [
        [f"{words}: {label}", *(f"{getattr(tallies[kind], name):,}" for tallies in by_period)]
        for kind, words in KINDS.items()
        for name, label in AGAINST
    ]
