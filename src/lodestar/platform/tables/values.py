"""Values of a table that comes in: days, times and ages as the template asks for them. What cannot be read, or could mean two
things, is refused with the reason. Pure."""

import re
from datetime import UTC, date, datetime, time

from lodestar.platform.obligations.ages import age_between
from lodestar.platform.time.days import LONDON
from lodestar.platform.time.fuzzy import partial_date

EARLIEST = 1940  # the year of the earliest encounter that is no slip: the empty date of a workbook is in 1899
OLDEST = 120  # years
_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?|(\d{4})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}", re.ASCII)
_MOMENT = re.compile(r"(\S+?)(?:(?:T|\s+)(\d{1,2}:\d{2})(?::\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?", re.ASCII)
_AGE = re.compile(r"(\d{1,3})(?:\s*[-–]\s*(\d{1,3}))?", re.ASCII)


class Unreadable(ValueError):
    """A value that cannot be read, or could mean two things; `str` says which and why."""


def read_partial(text: str) -> str:
    """A day, month or year as 2009-09-04, 2009-09 or 2009. Raises Unreadable."""
    iso, day_first = _ISO.fullmatch(text), _DAY_FIRST.fullmatch(text)
    if iso:
        parts = "-".join(filter(None, iso.groups()))
    elif day_first:
        parts = f"{day_first[3]}-{int(day_first[2]):02}-{int(day_first[1]):02}"
    elif _SHORT_YEAR.fullmatch(text):
        raise Unreadable("its year has two figures, which may be of two centuries: write all four")
    else:
        raise Unreadable("it is no date: write it like 2026-03-09 or 9/3/2026")
    try:
        return partial_date(parts).text
    except ValueError:
        if day_first and int(day_first[1]) <= 12 < int(day_first[2]):
            raise Unreadable("its month seems to come first: write the day first, like 9/3/2026") from None
        raise Unreadable("there is no such day") from None


def read_day(text: str) -> date:
    """A whole day. Raises Unreadable."""
    partial = read_partial(text)
    if len(partial) < len("2026-03-09"):
        raise Unreadable("it is no whole day: write it like 2026-03-09 or 9/3/2026")
    return date.fromisoformat(partial)


def read_moment(text: str, clock: str, now: datetime) -> tuple[datetime, bool]:
    """When something happened, with its time where that stands there or in `clock`; and whether it is exact: a day alone is its
    first minute, and of an hour that the clocks repeat the later is taken, neither of which is. Raises Unreadable."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise Unreadable("it is no day and time: write it like 2026-03-09 02:25 or 9/3/2026 02:25")
    if match[2] and clock:
        raise Unreadable("its time is in two columns")
    day, at = read_day(match[1]), _read_clock(match[2] or clock)
    moment = datetime.combine(day, at or time(), LONDON)
    exact = at is not None
    if match[3]:
        zone = match[3].replace("Z", "+00:00")
        moment = datetime.fromisoformat(f"{moment:%Y-%m-%dT%H:%M}{zone if ':' in zone else f'{zone[:3]}:{zone[3:]}'}")
    elif moment.replace(fold=1).astimezone(UTC) > moment.astimezone(UTC):
        exact = False
        later = moment.replace(fold=1)
        moment = later if later <= now else moment
    if moment > now:
        raise Unreadable("it has not come yet")
    if moment.year < EARLIEST:
        raise Unreadable(f"it is before {EARLIEST}: write the year in full")
    return moment, exact


def _read_clock(text: str) -> time | None:
    if not text:
        return None
    match = _CLOCK.fullmatch(text)
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise Unreadable("its time is none: write it like 02:25")
    return time(int(match[1]), int(match[2]))


def read_birth(text: str, today: date) -> str:
    """A date of birth as far as it is known. Raises Unreadable."""
    day, _, clock = text.partition(" ")
    born = read_partial(day if clock in ("00:00", "00:00:00") else text)
    first = partial_date(born)
    if first.earliest > today or first.latest.year < today.year - OLDEST:
        raise Unreadable("that is too long ago")
    return born


def read_age(text: str) -> tuple[int, int]:
    """An age in completed years as the least and the most it may be. Raises Unreadable."""
    match = _AGE.fullmatch(text)
    low, high = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
    if low > high or high > OLDEST:
        raise Unreadable("it is no age: write it like 17 or 15-17")
    return low, high


def refuse_other_age(born: str, age: tuple[int, int], on: date) -> None:
    """Raises Unreadable where somebody of this birth cannot be of this age on that day, give or take the year in which it is
    written."""
    youngest, oldest = age_between(partial_date(born), on, on)
    if age[1] + 1 < youngest or age[0] - 1 > oldest:
        raise Unreadable("the age does not match the date of birth: correct one of them")


def in_words(text: str) -> str:
    """A day that is written in figures of which either may be its month, in words: 3 April 2026; empty for any other."""
    match = _DAY_FIRST.match(text)
    if match is None or max(int(match[1]), int(match[2])) > 12 or match[1].lstrip("0") == match[2].lstrip("0"):
        return ""
    day = date(int(match[3]), int(match[2]), int(match[1]))
    return f"{day.day} {day:%B %Y}"
