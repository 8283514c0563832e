"""Reads a date of birth as people write it, as far as it is known: 2009, September 2009, 4/9/2009, 4 Sep 09, 2009-09-04."""

import re
from datetime import date

from lodestar.kernel.month_names import MONTHS, in_english
from lodestar.kernel.written import CannotRead

OLDEST = 120  # years
_YEAR = re.compile(r"(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
_MONTH = re.compile(r"([a-z]+|\d{1,2})[\s/.-]+(\d{4})")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s/.-]*([a-z]+|(?<=[\s/.-])\d{1,2})[\s/.-]*(\d{4}|\d{2})")

_Parts = tuple[int, int | None, int | None]  # year, month and day; None for what is not told


def read_birth(text: str, today: date) -> str:
    """The date of birth as 2009, 2009-09 or 2009-09-04; empty when blank. Raises CannotRead.

    Two figures of a year are the latest such year that has come.
    """
    words = in_english(" ".join(text.lower().replace(",", " ").split()))
    if not words:
        return ""
    parts = _parts(words, today)
    if parts is None:
        raise CannotRead(
            f"“{text.strip()}” is not a date of birth. Write it like 4 September 2009, September 2009 or 2009, or leave it blank"
        )
    try:
        first = date(*(1 if part is None else part for part in parts))
    except ValueError:
        raise CannotRead(
            f"“{text.strip()}” is no day of the calendar. Write it like 4 September 2009, or 2009 alone, or leave it blank"
        ) from None
    if first > today:
        raise CannotRead(f"“{text.strip()}” has not come yet. Write when they were born, or leave it blank")
    if first.year < today.year - OLDEST:
        raise CannotRead(
            f"“{text.strip()}” is more than {OLDEST} years ago. Write when they were born, or leave it blank"
        )
    return "-".join(f"{part:02d}" for part in parts if part is not None)


def _parts(words: str, today: date) -> _Parts | None:
    """None when it reads as no date at all. Figures may be of no month and no day: the calendar says so."""
    if match := _YEAR.fullmatch(words):
        return int(match[1]), None, None
    if match := _ISO.fullmatch(words):
        return int(match[1]), int(match[2]), int(match[3]) if match[3] else None
    if match := _MONTH.fullmatch(words):
        month = _month(match[1])
        return (int(match[2]), month, None) if month is not None else None
    if match := _DAY.fullmatch(words):
        month = _month(match[2])
        return (_year(match[3], today), month, int(match[1])) if month is not None else None
    return None


def _month(words: str) -> int | None:
    """The number of a month; None for words that name none."""
    if words.isdecimal():
        return int(words)
    found = [number for number, name in enumerate(MONTHS, 1) if len(words) >= 3 and name.startswith(words)]
    return found[0] if len(found) == 1 else None


def _year(figures: str, today: date) -> int:
    if len(figures) == 4:
        return int(figures)
    year = today.year - today.year % 100 + int(figures)
    return year if year <= today.year else year - 100
