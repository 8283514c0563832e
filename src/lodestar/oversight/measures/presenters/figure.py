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
from lodestar.oversight.measures.rules.failings import definitions
from lodestar.oversight.measures.rules.period import Period, last_quarter, last_twelve_months, quarter_of
from lodestar.platform.design import plots
from lodestar.platform.design.plots import Bar, RunChart
from lodestar.platform.design.words import in_words
from lodestar.platform.obligations.closing_records import BY_REASON, BY_RECORD, BY_WORD

SHOWN = (HAPPENED, DID_NOT, CANNOT_TELL, COULD_NOT)
COLUMNS = ("Failing", "Could have", *(VERDICT_WORDS[verdict] for verdict in SHOWN))
DRAWN = (HAPPENED, DID_NOT, CANNOT_TELL)
MONTHS = ("Month", "Could have", *(VERDICT_WORDS[verdict] for verdict in DRAWN), "Share that happened")
HANDFUL = 5
SEEN_RUN = 6  # months in a row on one side of the median, of a run chart


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


def bars(figure: Figure) -> list[Bar]:
    """The same numbers as bars, each as wide as all cases in which it could have happened: *cannot tell* is a part of every
    one, as wide as it is large."""
    return plots.bars(
        [
            (f"{number} {figure.defined[number]['short']}", [(verdict, counts.of(verdict)) for verdict in DRAWN])
            for number, counts in figure.counts.items()
        ]
    )


def unknown(figure: Figure) -> list[tuple[str, str]]:
    """The failings of which no record says of any case that it did not happen, each with what to record to know it."""
    open_counts = [(figure.defined[number], counts) for number, counts in figure.counts.items() if not counts.did_not]
    return [
        (f"{row['number']}. {row['short']}: cannot tell in {counts.cannot_tell:,}.", row["would_tell"])
        for row, counts in open_counts
        if counts.cannot_tell
    ]


def month_rows(counts: Mapping[date, Counts]) -> list[list[str]]:
    """The months of a run chart as a table, each with the share in which it did happen, where enough cases could have."""
    numbers = attrgetter("could_have", *DRAWN)
    return [
        [f"{month:%b}\N{NO-BREAK SPACE}{month:%Y}", *(f"{number:,}" for number in numbers(row)), _share(row)]
        for month, row in counts.items()
    ]


def month_choices(asked: Asked, code: str) -> list[dict[str, Any]]:
    """The six failings to choose a run chart from."""
    rows = definitions(asked.period.last).items()
    return [
        {"label": f"{number}. {row['short']}", "href": f"/figures/by-month?failing={row['code']}&{asked.query}",
         "current": row["code"] == code}
        for number, row in rows
    ]  # fmt: skip


def _share(counts: Counts) -> str:
    if counts.could_have < HANDFUL:
        return f"fewer than {in_words(HANDFUL).lower()} cases"
    if counts.cannot_tell == counts.could_have:
        return "cannot tell"
    return f"{round(100 * counts.happened / counts.could_have)}%"


def run_of_months(counts: Mapping[date, Counts]) -> RunChart:
    """The chart of the same months: in how many cases it happened, and of how many nobody can tell."""
    letters = [(f"{month:%b}"[0], f"{month:%Y}") for month in counts]
    rows = counts.values()
    return plots.run_chart(letters, [row.happened for row in rows], [row.cannot_tell for row in rows])


def run_words(counts: Mapping[date, Counts]) -> str:
    """What the run of the last months says; of a few cases, that they are too few."""
    happened = [row.happened for row in counts.values()]
    if sum(happened) < HANDFUL:
        return f"It happened in fewer than {in_words(HANDFUL).lower()} cases in these months: too few to see a trend."
    run = plots.last_run(happened)
    if abs(run) < SEEN_RUN:
        return "No trend: fewer than six months in a row are on one side of the median."
    side = "above" if run > 0 else "below"
    return f"The last {in_words(abs(run)).lower()} months are {side} the median. Six or more in a row are unlikely by chance."


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
