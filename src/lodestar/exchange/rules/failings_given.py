"""The table of the six failings of a quarter for whoever is outside policing: small numbers hidden, also from whoever has the
monthly returns beside it. Pure.

In every row the four numbers come to all cases of the quarter, which the monthly returns tell month by month; so a row is a
line whose sum is known. *Could not have* is one number in all rows that count the same cases. What a failing never reads yet
is no number to hide behind, and stands in no line.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lodestar.exchange.rules.periods import Period
from lodestar.exchange.rules.small_numbers import LEAST, hidden_in

VERDICTS = ("happened", "did_not", "cannot_tell", "could_not")
NEVER_YET = {(3, "did_not"), (5, "did_not"), (6, "did_not"), (6, "happened")}  # by definition, as whoever reads it knows
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
    whole, lines = _lines(rows, months)
    gone = hidden_in(
        lines,
        whole,
        hidden=[("month", name) for name in months.hidden],
        shown=[("month", name) for name in months.shown],
    )
    told = {name: None if name in gone else number for name, number in whole.items()}
    return {
        "force": force,
        "quarter": quarter.name,
        "made_on": made_on.isoformat(),
        "least_shown": LEAST,
        "rows": [
            {"number": row.number, "failing": row.title, "version": row.version, "would_tell": row.would_tell}
            | {one: 0 if (row.number, one) in NEVER_YET else told[_name(row, one)] for one in VERDICTS}
            for row in rows
        ],
        "total": told[ALL],
    }


def month_is_hidden(month: str, months: Months, total: int | None) -> bool:
    """Whether the number of cases of a month is to be hidden in its return, beside the returns of the other months and the
    table of its quarter as they were given out: `total` is what that says of all cases, None where it is hidden or not made."""
    own = ("month", month)
    whole: dict[Name, int] = {("month", name): number for name, number in months.counts.items()} | {ALL: total or 0}
    ends = [] if total is None else [[*(("month", name) for name in months.counts), ALL]]
    hidden, shown = [("month", name) for name in months.hidden], [("month", name) for name in months.shown]
    return own in hidden_in(ends, whole, hidden=hidden, shown=[*shown, ALL])


def _lines(rows: Sequence[Row], months: Months) -> tuple[dict[Name, int], list[list[Name]]]:
    """Every number by its name, and the lines in which they come to sums that somebody may know."""
    whole: dict[Name, int] = {ALL: sum(rows[0].counts[one] for one in VERDICTS) if rows else 0}
    lines: list[list[Name]] = []
    for row in rows:
        names = [_name(row, one) for one in VERDICTS if (row.number, one) not in NEVER_YET]
        whole |= {_name(row, one): row.counts[one] for one in VERDICTS if (row.number, one) not in NEVER_YET}
        lines.append([*names, ALL])
    whole |= {("month", name): number for name, number in months.counts.items()}
    lines.append([*(("month", name) for name in months.counts), ALL])
    return whole, lines


def _name(row: Row, verdict: str) -> Name:
    """By what a number is known. *Could not have* of the same number may be the same cases, and is one number."""
    return ("could_not", row.counts[verdict]) if verdict == "could_not" else (verdict, row.number)
