"""Tables that leave the force, their small numbers hidden, and so that nobody works them out by taking away: the monthly return,
its counts and what each means, in one place with the schema that is published (what the words mean is ours, since no definition
of a live operation was found to be common); the table of a quarter for partners; the six failings of a quarter. Pure.

Below the least number nobody is told how many they are. Whatever could be reckoned from what is shown, by rows, by columns
and by the sums at their ends, is hidden too: in every line in which anything is hidden at least two numbers are, and they
come to at least the least number together.

Of the six failings the four numbers of every row come to all cases of the quarter, which the monthly returns tell month by
month; so a row is a line whose sum is known. *Could not have* is one number in all rows that count the same cases. What a
failing never reads yet is no number to hide behind, and stands in no line.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any, TypeVar

from lodestar.platform.time.days import add_months, start_of_day

# Quarters and months that are over, in London.

QUARTERLY = ("aggregate", "figure")  # the others are of months
_QUARTER = re.compile(r"(20\d\d)-Q([1-4])", re.ASCII)
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)
RETURN_DUE_DAY = 10  # of the month after: the project's own


@dataclass(frozen=True)
class Period:
    """A quarter or a month: its name, its first day, and the first day after it."""

    name: str
    first: date
    after: date

    @property
    def begins(self) -> datetime:
        """The instant at which it begins."""
        return start_of_day(self.first)

    @property
    def ends(self) -> datetime:
        """The first instant that is not in it."""
        return start_of_day(self.after)

    def is_over(self, on: date) -> bool:
        """Whether all of it lies before a day."""
        return self.after <= on

    @property
    def return_due(self) -> date:
        """The last day on which a return of this month is in time."""
        return self.after + timedelta(days=RETURN_DUE_DAY - 1)


def period(kind: str, name: str) -> Period | None:
    """The period of this name: a quarter or a month, as the kind has it. None for anything else."""
    if kind in QUARTERLY:
        match = _QUARTER.fullmatch(name)
        first = date(int(match[1]), int(match[2]) * 3 - 2, 1) if match else None
        return Period(name, first, add_months(first, 3)) if first else None
    match = _MONTH.fullmatch(name)
    first = date(int(match[1]), int(match[2]), 1) if match else None
    return Period(name, first, add_months(first, 1)) if first else None


def months_of(quarter: Period) -> tuple[str, ...]:
    """The names of the three months of a quarter."""
    return tuple(f"{quarter.first.year}-{quarter.first.month + count:02d}" for count in range(3))


def quarter_of(month: Period) -> Period:
    """The quarter in which a month lies."""
    first = date(month.first.year, (month.first.month - 1) // 3 * 3 + 1, 1)
    return Period(f"{first.year}-Q{(first.month + 2) // 3}", first, add_months(first, 3))


def latest_over(kind: str, on: date) -> str:
    """The name of the latest period of this kind that is over on a day."""
    months = 3 if kind in QUARTERLY else 1
    first = date(on.year, (on.month - 1) // months * months + 1, 1)
    last = first - timedelta(days=1)
    return f"{last.year}-Q{(last.month + 2) // 3}" if kind in QUARTERLY else f"{last.year}-{last.month:02d}"


LEAST = 5  # a number from 1 to 4 is not shown

Cell = tuple[int, int]
Key = TypeVar("Key", bound=tuple[object, ...])  # by what a number is found; those of one table can be put in order


@dataclass(frozen=True)
class SuppressedTable:
    """A table as it may be shown. None is hidden. `rows` and `columns` are the sums of each, `total` of all."""

    cells: tuple[tuple[int | None, ...], ...]
    rows: tuple[int | None, ...]
    columns: tuple[int | None, ...]
    total: int | None


def suppressed(counts: Sequence[Sequence[int]], least: int = LEAST) -> SuppressedTable:
    """The table with what could tell of few people hidden.

    Sums are cells like the rest: a line is a row or column with its sum at the end, and of the whole the sum of sums. A
    line that needs another number hidden gives up its smallest. Raises ValueError for rows of different lengths.
    """
    high, wide = len(counts), len(counts[0]) if counts else 0
    whole = _with_sums(counts, high, wide)
    return _suppressed_table(whole, hidden_in(list(_lines(high, wide)), whole, least=least), high, wide)


def hidden_in(
    lines: Sequence[Sequence[Key]],
    whole: Mapping[Key, int],
    *,
    hidden: Iterable[Key] = (),
    shown: Collection[Key] = (),
    least: int = LEAST,
) -> set[Key]:
    """Which numbers of `whole` are hidden. A line is some of them with their sum at its end; one number may stand in several.

    `hidden` are hidden already, and `shown` were given out before and cannot be hidden any more: others are hidden instead.
    """
    hidden_names = {name for name, number in whole.items() if 0 < number < least} - set(shown) | set(hidden)
    changed = True
    while changed:
        changed = False
        for line in lines:
            more = _to_hide(line, whole, hidden_names, shown, least)
            changed = changed or bool(more)
            hidden_names |= more
    return hidden_names


def _with_sums(counts: Sequence[Sequence[int]], high: int, wide: int) -> dict[Cell, int]:
    """Every number by its place; the sums stand one row and one column beyond."""
    if any(len(row) != wide for row in counts):
        raise ValueError("every row has the same length")
    whole = {(row, column): counts[row][column] for row, column in product(range(high), range(wide))}
    whole |= {(row, wide): sum(counts[row]) for row in range(high)}
    whole |= {(high, column): sum(row[column] for row in counts) for column in range(wide)}
    whole[(high, wide)] = sum(sum(row) for row in counts)
    return whole


def _lines(high: int, wide: int) -> Iterator[list[Cell]]:
    yield from ([(row, column) for column in range(wide + 1)] for row in range(high + 1))
    yield from ([(row, column) for row in range(high + 1)] for column in range(wide + 1))


def _to_hide(line: Sequence[Key], whole: Mapping[Key, int], hidden: set[Key], shown: Collection[Key], least: int) -> set[Key]:
    """What else of a line must be hidden, the smallest first: with its sum shown, what the hidden come to can be reckoned."""
    inside, end = line[:-1], line[-1]
    out = [cell for cell in inside if cell in hidden]
    if not out and end not in hidden:
        return set()
    more: set[Key] = set()
    left = sorted((cell for cell in inside if cell not in hidden and cell not in shown), key=lambda cell: (whole[cell], cell))
    if end in hidden:
        # With every part shown the sum is no secret: one part is hidden with it.
        return {left[0]} if not out and left else set()
    while len(out) < 2 or sum(whole[cell] for cell in out) < least:
        if not left:
            return more if end in shown else more | {end}
        more.add(left[0])
        out.append(left.pop(0))
    return more


def _suppressed_table(whole: Mapping[Cell, int], hidden: set[Cell], high: int, wide: int) -> SuppressedTable:
    cell_values = {cell: None if cell in hidden else number for cell, number in whole.items()}
    return SuppressedTable(
        cells=tuple(tuple(cell_values[(row, column)] for column in range(wide)) for row in range(high)),
        rows=tuple(cell_values[(row, wide)] for row in range(high)),
        columns=tuple(cell_values[(high, column)] for column in range(wide)),
        total=cell_values[(high, wide)],
    )


def counts_shown(counts: Mapping[str, int], least: int = LEAST) -> dict[str, int | None]:
    """Numbers that are no parts of one another and have no sum: each hidden by itself where it is small."""
    return {name: None if 0 < number < least else number for name, number in counts.items()}


VERDICTS = ("happened", "did_not", "cannot_tell", "could_not")
NEVER_YET = {(3, "did_not"), (6, "did_not"), (6, "happened")}  # by definition, as whoever reads it knows
ALL = ("all",)

Name = tuple[Any, ...]


@dataclass(frozen=True)
class Row:
    """One failing: its number, what it is called, the version of its meaning, what would tell, and its four numbers."""

    number: int
    title: str
    version: int
    would_tell: str
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Months:
    """The three months of a quarter: how many cases each has, and which of these numbers were given out, shown or hidden."""

    counts: Mapping[str, int]
    shown: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()


def failings_given(force: str, quarter: Period, made_on: date, rows: Sequence[Row], months: Months) -> dict[str, Any]:
    """The table as it is kept. A hidden number is None."""
    whole, lines = _known_sums(rows, months)
    hidden_names = hidden_in(
        lines, whole, hidden=[("month", name) for name in months.hidden], shown=[("month", name) for name in months.shown]
    )
    shown_numbers = {name: None if name in hidden_names else number for name, number in whole.items()}
    return {
        "force": force,
        "quarter": quarter.name,
        "made_on": made_on.isoformat(),
        "least_shown": LEAST,
        "rows": [
            {"number": row.number, "failing": row.title, "version": row.version, "would_tell": row.would_tell}
            | {verdict: 0 if (row.number, verdict) in NEVER_YET else shown_numbers[_name(row, verdict)] for verdict in VERDICTS}
            for row in rows
        ],
        "total": shown_numbers[ALL],
    }


def month_is_hidden(month: str, months: Months, total: int | None) -> bool:
    """Whether the number of cases of a month is to be hidden in its return, beside the returns of the other months and the
    table of its quarter as they were given out: `total` is what that says of all cases, None where it is hidden or not made."""
    own = ("month", month)
    whole: dict[Name, int] = {("month", name): number for name, number in months.counts.items()} | {ALL: total or 0}
    ends = [] if total is None else [[*(("month", name) for name in months.counts), ALL]]
    hidden, shown = [("month", name) for name in months.hidden], [("month", name) for name in months.shown]
    return own in hidden_in(ends, whole, hidden=hidden, shown=[*shown, ALL])


def _known_sums(rows: Sequence[Row], months: Months) -> tuple[dict[Name, int], list[list[Name]]]:
    """Every number by its name, and the lines in which they come to sums that somebody may know."""
    whole: dict[Name, int] = {ALL: sum(rows[0].counts[verdict] for verdict in VERDICTS) if rows else 0}
    lines: list[list[Name]] = []
    for row in rows:
        names = [_name(row, verdict) for verdict in VERDICTS if (row.number, verdict) not in NEVER_YET]
        whole |= {_name(row, verdict): row.counts[verdict] for verdict in VERDICTS if (row.number, verdict) not in NEVER_YET}
        lines.append([*names, ALL])
    whole |= {("month", name): number for name, number in months.counts.items()}
    lines.append([*(("month", name) for name in months.counts), ALL])
    return whole, lines


def _name(row: Row, verdict: str) -> Name:
    """By what a number is known. *Could not have* of the same number may be the same cases, and is one number."""
    return ("could_not", row.counts[verdict]) if verdict == "could_not" else (verdict, row.number)


SCHEMA = "lodestar-monthly-return"
SCHEMA_VERSION = "1.0"
COUNTS = {
    "first_reports": "Cases of people encountered in the month",
    "possible_victims": "Possible victims encountered in the month",
    "children": "Of those, treated as children",
    "nrm_sent": "National Referral Mechanism: referrals that we sent in the month",
    "dtn_sent": "Duty to Notify: notifications that we sent in the month (reports, not people)",
    "received": "Referrals by others that we received in the month to investigate",
    "reasonable_positive": "Reasonable grounds decisions of the month: positive",
    "reasonable_negative": "Reasonable grounds decisions of the month: negative",
    "conclusive_positive": "Conclusive grounds decisions of the month: positive",
    "conclusive_negative": "Conclusive grounds decisions of the month: negative",
    "crimes_recorded": "Modern slavery crimes recorded in the month",
    "live_operations": "Live operations: named operations with a case that had open tasks as the month ended",
    "owed_late": "Tasks that were late as the month ended",
}

# What a return gives up where, beside what was given out before, a small number could be worked out from it; the least first.
MORE_HIDDEN = ((), ("children",), ("children", "possible_victims"), ("children", "possible_victims", "first_reports"))


def monthly_return(
    force: str, month: Period, made_on: date, counts: Mapping[str, int], hide: Collection[str] = ()
) -> dict[str, Any]:
    """The return of a month. A number from 1 to 4 is null and named among the hidden; sealed cases are in none. `hide` are
    counts from which, beside what was given out before, a small one could be reckoned.

    Raises KeyError where a count is missing.
    """
    shown = counts_shown({name: counts[name] for name in COUNTS}) | dict.fromkeys(hide)
    return {
        "schema": SCHEMA,
        "version": SCHEMA_VERSION,
        "force": force,
        "month": month.name,
        "made_on": made_on.isoformat(),
        "due_on": month.return_due.isoformat(),
        "late": made_on > month.return_due,
        "least_shown": LEAST,
        "counts": shown,
        "hidden": sorted(name for name, number in shown.items() if number is None),
    }


def aggregate(force: str, quarter: Period, made_on: date, rows: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """The table for partners of a quarter: possible victims by kind of exploitation and age, small numbers hidden."""
    columns = ("adult", "child", "not_known")
    shown = suppressed([[row.get(column, 0) for column in columns] for row in rows.values()])
    return {
        "force": force,
        "quarter": quarter.name,
        "made_on": made_on.isoformat(),
        "least_shown": LEAST,
        "columns": list(columns),
        "rows": [
            {"kind": kind, "counts": list(cells), "sum": end}
            for kind, cells, end in zip(rows, shown.cells, shown.rows, strict=True)
        ],
        "sums": list(shown.columns),
        "total": shown.total,
    }
