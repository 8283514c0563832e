"""The page of the figure: its table, its bars, and what stands beside them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from operator import attrgetter, itemgetter
from typing import Any
from uuid import UUID

from lodestar.casework.cases.models import Case
from lodestar.oversight.measures.presenters.asked import KINDS, SLUG_OF, VERDICT_WORDS, Asked, period_words, reasons
from lodestar.oversight.measures.queries.figure import BEFORE, Figure, JudgedCase
from lodestar.oversight.measures.queries.open_items import Against, FigureContext
from lodestar.oversight.measures.rules import facts
from lodestar.platform.design import plots
from lodestar.platform.design.plots import Bar
from lodestar.platform.design.when import day
from lodestar.platform.design.words import shortened
from lodestar.platform.obligations.closing_records import BY_REASON, BY_RECORD, BY_WORD
from lodestar.platform.text.csv_safety import table
from lodestar.platform.time.days import london, london_date

SHOWN = (facts.HAPPENED, facts.DID_NOT, facts.CANNOT_TELL, facts.COULD_NOT)
COLUMNS = ("Failing", "Could have", *(VERDICT_WORDS[verdict] for verdict in SHOWN))
DRAWN = (facts.HAPPENED, facts.DID_NOT, facts.CANNOT_TELL)


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


def _number(row: Mapping[str, Any], verdict: str, value: int, asked: Asked) -> dict[str, Any]:
    """One number with where its cases are, if there are any, and what it is the number of for whoever hears it alone."""
    of = f"{row['short']}: {VERDICT_WORDS[verdict].lower()}"
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


def quick(today: date) -> list[tuple[str, str]]:
    """Periods that are asked for most, as words and an address."""
    periods: Sequence[tuple[str, facts.Period]] = (
        ("The last full quarter", facts.last_quarter(today)),
        ("This quarter", facts.quarter_of(today)),
        ("The last twelve months", facts.last_twelve_months(today)),
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

LONGEST_SHOWN = 90  # characters of what was recorded
IN_THE_CASE = "Read it in the case"  # in a file, where no free text goes


def case_rows(
    listed_cases: Sequence[JudgedCase], rows: Mapping[UUID, Case], number: int, *, in_a_file: bool = False
) -> list[dict[str, Any]]:
    """The cases of a list; one that was sealed or removed this instant is left out. No free text goes along `in_a_file`."""
    about = {"about": IN_THE_CASE} if in_a_file else {}
    return [
        _case(rows[case.id], reasons(case.verdicts[number].findings, number)) | about for case in listed_cases if case.id in rows
    ]


def _case(row: Case, why: Sequence[str]) -> dict[str, Any]:
    """One case: where it leads, when its people were met, what it is about, whose it is, and why it stands here."""
    return {
        "href": f"/cases/{row.reference}",
        "reference": row.reference,
        "met": day(london_date(row.encountered_at)),
        "about": shortened(row.what or row.place, LONGEST_SHOWN),
        "unit": row.unit.name,
        "why": why,
    }


MARKING = "OFFICIAL-SENSITIVE, for police only. Sealed cases are not included. A rise may mean better recognition."
ABOUT = ("from", "to", "known_at", "counted")
# Of what stands beside the failings: each in a row of its own, in which no failing has a number.
BESIDE = ("beside", "all", "both_recorded", "without_explained", "without_open")
CLOSED = {BY_RECORD: "by a record", BY_WORD: "on an officer’s word", BY_REASON: "not needed"}
AS_IT_IS = "As at the time of download."
HEAD = (
    "number", "failing", "version", *ABOUT, "all_cases", "could_have", *facts.VERDICTS, "happened_in_cases_met_before",
    "would_tell", *BESIDE, "marking",
)  # fmt: skip
LIST_HEAD = ("case", "met", "about", "unit", "failing", "verdict", "why", *ABOUT, "marking")


def period_cells(period: facts.Period, at: datetime, counted: str) -> list[str]:
    """What every row says of the period it is of, so that a row cut out still says it."""
    return [period.first.isoformat(), period.last.isoformat(), london(at).isoformat(timespec="seconds"), counted]


def figure_rows(figure: Figure, beside: FigureContext, counted: str) -> list[dict[str, Any]]:
    """The figure, a row for each failing, and then what stands beside it, a row for each kind; by the names of `HEAD`."""
    before, about = figure.before, period_cells(figure.period, figure.at, counted)
    failing_rows = []
    for number, counts in figure.counts.items():
        row = figure.defined[number]
        numbers = [counts.all, counts.could_have, *(counts.of(verdict) for verdict in facts.VERDICTS), before[number]]
        cells = [number, row["title"], row["version"], *about, *numbers, row["would_tell"], *("" for _ in BESIDE), MARKING]
        failing_rows.append(dict(zip(HEAD, cells, strict=True)))
    blank = dict.fromkeys(HEAD, "") | dict(zip(ABOUT, about, strict=True)) | {"marking": f"{AS_IT_IS} {MARKING}"}
    return failing_rows + [blank | dict(zip(BESIDE, cells, strict=True)) for cells in _referral_and_task_rows(beside)]


def _referral_and_task_rows(beside: FigureContext) -> list[list[Any]]:
    """Referrals made and received, and crimes, each by itself; and the lines of the cases that are open, and late."""
    tallies = [(words, beside.against[kind]) for kind, words in KINDS.items()]
    kinds = [[words, tally.all, tally.with_other, tally.settled, tally.open] for words, tally in tallies]
    when = london(beside.still.at).isoformat(timespec="seconds")
    lines = ((f"Tasks open at {when}", beside.still.open), (f"Of them late at {when}", beside.still.late))
    closed = [[f"Tasks closed, {words}", beside.closings[0][how], "", "", ""] for how, words in CLOSED.items()]
    return kinds + [[words, f"{many:,}", "", "", ""] for words, many in lines] + closed


def figure_csv(figure: Figure, beside: FigureContext, counted: str) -> bytes:
    """The figure as CSV."""
    return table(HEAD, [[str(cell) for cell in row.values()] for row in figure_rows(figure, beside, counted)])


def list_csv(rows: Sequence[Mapping[str, Any]], row: Mapping[str, Any], verdict: str, about: Sequence[str]) -> bytes:
    """The cases behind one number as CSV."""
    failing_cells = (row["title"], VERDICT_WORDS[verdict])
    of_case = itemgetter("reference", "met", "about", "unit")
    return table(LIST_HEAD, [(*of_case(each), *failing_cells, "; ".join(each["why"]), *about, MARKING) for each in rows])
