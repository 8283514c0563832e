"""The cases behind one number, for reading and as rows of a file."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any
from uuid import UUID

from lodestar.casework.cases.models import Case
from lodestar.oversight.measures.presenters.asked import KINDS, VERDICT_WORDS, reasons, so_many
from lodestar.oversight.measures.queries.figure import Figure, Listed
from lodestar.oversight.measures.queries.open_items import FigureContext, OpenTasks
from lodestar.oversight.measures.rules.facts import VERDICTS, Verdict
from lodestar.oversight.measures.rules.period import Period
from lodestar.platform.design.when import day, day_time
from lodestar.platform.design.words import shortened
from lodestar.platform.obligations.closing_records import BY_REASON, BY_RECORD, BY_WORD
from lodestar.platform.text.csv_safety import table
from lodestar.platform.time.days import london, london_date

LONGEST_SHOWN = 90  # characters of what was recorded
IN_THE_CASE = "Read it in the case"  # in a file, where no free text goes


def case_rows(
    listed_cases: Sequence[Listed],
    rows: Mapping[UUID, Case],
    why: Mapping[UUID, Verdict],
    number: int,
    *,
    in_a_file: bool = False,
) -> list[dict[str, Any]]:
    """The cases of a list; one that was sealed or removed this instant is left out. No free text goes along `in_a_file`."""
    shown = [rows[listed_case.id] for listed_case in listed_cases if listed_case.id in rows]
    about = {"about": IN_THE_CASE} if in_a_file else {}
    return [_case(row, reasons(why[row.id].findings, number)) | about for row in shown]


def open_case_rows(open_cases: Sequence[tuple[Case, OpenTasks]]) -> list[dict[str, Any]]:
    """The cases of the list of what is open or late."""
    return [_case(row, _left_words(what)) for row, what in open_cases]


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


def _left_words(tasks: OpenTasks) -> list[str]:
    lines = f"{tasks.open} {'task' if tasks.open == 1 else 'tasks'} open"
    if not tasks.late or tasks.since is None:
        return [lines]
    return [lines, f"{tasks.late} of them late, the first since {day_time(tasks.since)}"]


MARKING = "OFFICIAL-SENSITIVE, for police only. Sealed cases are not included. A rise may mean better recognition."
ABOUT = ("from", "to", "known_at", "counted")
# Of what stands beside the failings: each in a row of its own, in which no failing has a number.
BESIDE = ("beside", "all", "both_recorded", "without_explained", "without_open")
CLOSED = {BY_RECORD: "by a record", BY_WORD: "on an officer’s word", BY_REASON: "not needed"}
AS_IT_IS = "As at the time of download."
HEAD = (
    "number", "failing", "version", *ABOUT, "all_cases", "could_have", *VERDICTS, "happened_in_cases_met_before", "would_tell",
    *BESIDE, "marking",
)  # fmt: skip
LIST_HEAD = ("case", "met", "about", "unit", "failing", "verdict", "why", *ABOUT, "marking")


def period_cells(period: Period, at: datetime, counted: str) -> list[str]:
    """What every row says of the period it is of, so that a row cut out still says it."""
    return [period.first.isoformat(), period.last.isoformat(), london(at).isoformat(timespec="seconds"), counted]


def figure_rows(figure: Figure, beside: FigureContext, counted: str) -> list[dict[str, Any]]:
    """The figure, a row for each failing, and then what stands beside it, a row for each kind; by the names of `HEAD`."""
    before, about = figure.before, period_cells(figure.period, figure.at, counted)
    failing_rows = []
    for number, counts in figure.counts.items():
        row = figure.defined[number]
        numbers = [counts.all, counts.could_have, *(counts.of(verdict) for verdict in VERDICTS), before[number]]
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
    return kinds + [[words, so_many(many), "", "", ""] for words, many in lines] + closed


def figure_csv(figure: Figure, beside: FigureContext, counted: str) -> bytes:
    """The figure as CSV."""
    return table(HEAD, [[str(cell) for cell in row.values()] for row in figure_rows(figure, beside, counted)])


def list_csv(rows: Sequence[Mapping[str, Any]], row: Mapping[str, Any], verdict: str, about: Sequence[str]) -> bytes:
    """The cases behind one number as CSV."""
    failing_cells = (row["title"], VERDICT_WORDS[verdict])
    of_case = itemgetter("reference", "met", "about", "unit")
    return table(LIST_HEAD, [(*of_case(each), *failing_cells, "; ".join(each["why"]), *about, MARKING) for each in rows])
