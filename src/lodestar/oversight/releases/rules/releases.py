"""Tables that leave the force, their small numbers hidden, and others so that nobody works them out by taking away: the monthly
return, its counts and what each means, in one place with the schema that is published (what the words mean is ours, since no
definition of a live operation was found to be common); two tables of a quarter for partners; the six failings of a quarter. Pure.

The tables are fixed and none crosses two things. What they have in common are sums: of a quarter, and of its three months.

Of the six failings the four numbers of every row come to all cases of the quarter, so a row is a line whose sum is known. *Could
not have* is one number in all rows that count the same cases. What a failing never reads yet is no number to hide behind, and
is in no line.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from lodestar.platform.statistics.suppression import LEAST, counts_shown, hidden_in
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


VERDICTS = ("happened", "did_not", "cannot_tell", "could_not")
NEVER_YET = {(3, "did_not"), (6, "did_not"), (6, "happened")}  # by definition, as whoever reads it knows
AGES = ("adult", "child", "not_known")

# Every number that is given out of a quarter has a name; a line is some of them with their sum at its end.
Name = tuple[Any, ...]
CASES, VICTIMS, CHILDREN = ("cases", "all"), ("victims", "all"), ("age", "child")
OF_MONTHS = {"first_reports": CASES, "possible_victims": VICTIMS, "children": CHILDREN}  # counts of a return, and their sums


class TellsOfFew(ValueError):
    """A table that is not made: with what was given out before, few people could be worked out from it."""


@dataclass(frozen=True)
class Row:
    """One failing: its number, what it is called, the version of its meaning, what would tell, and its four numbers."""

    number: int
    title: str
    version: int
    would_tell: str
    counts: Mapping[str, int]


def month_line(count: str, months: Sequence[str]) -> list[Name]:
    """One count of the monthly returns of a quarter, and the number of the quarter's tables to which they come."""
    return [*((count, month) for month in months), OF_MONTHS[count]]


def table_lines(kinds: Iterable[str]) -> list[list[Name]]:
    """The two tables for partners: kinds of exploitation, and ages; each comes to all possible victims."""
    return [[*(("kind", kind) for kind in kinds), VICTIMS], [*(("age", age) for age in AGES), VICTIMS]]


def failing_lines(rows: Iterable[Row]) -> list[list[Name]]:
    """The numbers of each failing, which come to all cases."""
    return [
        [*(_name(row, verdict) for verdict in VERDICTS if (row.number, verdict) not in NEVER_YET), CASES] for row in rows
    ]  # fmt: skip


def _name(row: Row, verdict: str) -> Name:
    """By what a number is known. *Could not have* of the same number may be the same cases, and is one number."""
    return ("could_not", row.counts[verdict]) if verdict == "could_not" else (verdict, row.number)


def given_before(kind: str, period: str, content: Mapping[str, Any]) -> dict[Name, int | None]:
    """The numbers of an earlier table that later ones of its quarter have in common with it; None is hidden."""
    if kind == "return":
        return {(count, period): content["counts"].get(count) for count in OF_MONTHS}
    if kind == "figure":
        return {CASES: content["total"]}
    return {VICTIMS: content["total"], CHILDREN: content["sums"][AGES.index("child")]}


def to_show(
    lines: Sequence[Sequence[Name]], whole: Mapping[Name, int], before: Mapping[Name, int | None]
) -> dict[Name, int | None]:
    """Every number as it may be shown beside those that were given out before; None is hidden. Raises TellsOfFew where nothing is
    left to hide and one number of a line could be worked out."""
    shown = {name for name, number in before.items() if number is not None and name in whole}
    hidden = hidden_in(lines, whole, hidden=[name for name in before if name in whole and name not in shown], shown=shown)
    for line in lines:
        out = [name for name in line[:-1] if name in hidden]
        together = sum(whole[name] for name in out)
        if line[-1] not in hidden and together and (len(out) < 2 or together < LEAST):
            raise TellsOfFew
    return {name: None if name in hidden else number for name, number in whole.items()}


def failings_given(
    force: str, quarter: Period, made_on: date, rows: Sequence[Row], numbers: Mapping[Name, int | None]
) -> dict[str, Any]:
    """The table of the six failings as it is kept. A hidden number is None."""
    return {
        "force": force,
        "quarter": quarter.name,
        "made_on": made_on.isoformat(),
        "least_shown": LEAST,
        "rows": [
            {"number": row.number, "failing": row.title, "version": row.version, "would_tell": row.would_tell}
            | {verdict: 0 if (row.number, verdict) in NEVER_YET else numbers[_name(row, verdict)] for verdict in VERDICTS}
            for row in rows
        ],
        "total": numbers[CASES],
    }


def failing_counts(rows: Sequence[Row]) -> dict[Name, int]:
    """Every number of the six failings by its name, with their sum."""
    counts = {
        _name(row, verdict): row.counts[verdict]
        for row in rows
        for verdict in VERDICTS
        if (row.number, verdict) not in NEVER_YET
    }  # fmt: skip
    return counts | {CASES: sum(rows[0].counts[verdict] for verdict in VERDICTS) if rows else 0}


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


def monthly_return(
    force: str, month: Period, made_on: date, counts: Mapping[str, int], hide: Collection[str] = ()
) -> dict[str, Any]:
    """The return of a month. A number from 1 to 4 is null and named among the hidden; sealed cases are in none. `hide` are
    counts from which, with what was given out of the quarter, a small one could be worked out.

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


def counts_of_tables(rows: Mapping[str, Mapping[str, int]]) -> dict[Name, int]:
    """The numbers of the two tables for partners, from people by kind and age."""
    kinds = {("kind", kind): sum(ages.values()) for kind, ages in rows.items()}
    ages = {("age", age): sum(of_kind.get(age, 0) for of_kind in rows.values()) for age in AGES}
    return kinds | ages | {VICTIMS: sum(kinds.values())}


def aggregate(
    force: str, quarter: Period, made_on: date, kinds: Iterable[str], numbers: Mapping[Name, int | None]
) -> dict[str, Any]:
    """The tables for partners of a quarter: possible victims by kind of exploitation, and by age. Neither crosses the other."""
    return {
        "force": force,
        "quarter": quarter.name,
        "made_on": made_on.isoformat(),
        "least_shown": LEAST,
        "rows": [{"kind": kind, "sum": numbers["kind", kind]} for kind in kinds],
        "columns": list(AGES),
        "sums": [numbers["age", age] for age in AGES],
        "total": numbers[VICTIMS],
    }
