"""Quarters and months that are over, in London. Pure; the day is given."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lodestar.platform.time.days import add_months, start_of_day

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
