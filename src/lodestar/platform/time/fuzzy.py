"""Dates as people know them: a year, a month or a day. What is not known stays open, as the days it may have been."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

FIRST_YEAR, LAST_YEAR = 1880, 2199  # nobody alive was born before; nothing here is planned for after

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True)
class PartialDate:
    """A date known to the year, the month or the day: `text` as written, and the first and last day it may have been."""

    text: str
    earliest: date
    latest: date

    @property
    def is_exact(self) -> bool:
        """Whether it is one day."""
        return self.earliest == self.latest

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Span:
    """When something was done: one partial date, or from one to another. An end that is None is not known.

    `single` keeps whether it was written as one date, so that it can be written back the same.
    """

    start: PartialDate | None
    end: PartialDate | None
    single: bool = False


@lru_cache(maxsize=4096)
def partial_date(text: str) -> PartialDate:
    """`2025`, `2025-11` or `2025-11-03` as a PartialDate. Raises ValueError, with words for the reader, for anything else."""
    match = _WRITTEN.fullmatch(text)
    if match is None:
        raise ValueError("must be a year, a month or a day: 2025, 2025-11 or 2025-11-03")
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"must be a year from {FIRST_YEAR} to {LAST_YEAR}")
    if (match[2] and not month) or (match[3] and not day):
        raise ValueError("is no date of the calendar")
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        raise ValueError("is no date of the calendar") from None
    if day:
        return PartialDate(text, first, first)
    last_month = month or 12
    return PartialDate(text, first, date(year, last_month, calendar.monthrange(year, last_month)[1]))
