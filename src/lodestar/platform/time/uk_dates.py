"""Days, times and ages as officers type them. Ten forms are read, in small letters or capitals; anything else is refused with
what was typed and how to write it:

    2026-11-03                       a day
    3/11/2026, 3.11.26, 3-11-2026    day, month and year; two figures of a year are 20.., of a birth the latest that has come
    3 November 2026, 3rd Nov 26      the same, the month by its English name or its first letters, three at least
    3 November, 3/11                 a day of the latest such year, of what is to come the next
    2026-11, Nov 2026, 11/2026       a month
    2026                             a year, where no time can be meant
    0225, 02:25, 2.25am, 11 pm       a time: the latest such moment, of what is to come the next
    today, tonight, yesterday, last night, tomorrow
    3 Nov 2026 1405, yesterday at 2230    a day and a time
    now

An age is a number of completed years: 17.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from lodestar.platform.time.days import LONDON, end_of_day
from lodestar.platform.time.fuzzy import FIRST_YEAR, LAST_YEAR

OLDEST = 120  # years
MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
GRACE = timedelta(minutes=5)  # a clock may be ahead of ours
_SPOKEN = {"today": 0, "tonight": 0, "yesterday": -1, "last night": -1, "tomorrow": 1}
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?(am|pm)?(?:hrs?)?", re.ASCII)
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_MONTH = re.compile(r"([a-z]{3,9}[\s/.-]+|\d{1,2}[/.-])(\d{4})", re.ASCII)
_DAY = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[\s/.-]*([a-z]{3,9}|(?<=[\s/.-])\d{1,2})(?:(?:[\s/.-]+|(?<=[a-z]))(\d{4}|\d{2}))?", re.ASCII
)


class CannotRead(ValueError):
    """The words are none of the forms; `str` says what was typed and how to write it."""


@dataclass(frozen=True)
class WrittenInstant:
    """An instant as somebody wrote it. `exact` is false when only a day, a month or a year was given; `names_day` is false of a
    month or a year, though a time stands after it."""

    at: datetime
    words: str
    exact: bool
    names_day: bool = True

    def latest(self, now: datetime) -> datetime:
        """The last instant that the words can mean, not after `now`: of a day alone its end. What was done on a day is
        thereby never taken for done sooner than it may have been. Of a month or year alone it is its first day's end."""
        if self.exact:
            return self.at
        return min(end_of_day(self.at.astimezone(LONDON).date()), now)


class _Parts(NamedTuple):
    """What is said of a day: None for what is not. `year` may be of two figures."""

    year: str | None
    month: int | None
    day: int | None

    def iso_text(self) -> str:
        """As 2026-11-03, 2026-11 or 2026."""
        return "-".join([str(self.year), *(f"{part:02d}" for part in (self.month, self.day) if part is not None)])


def read_when(text: str, now: datetime) -> WrittenInstant | None:
    """A day and time not after `now`, or as much of one as is known; None when blank. Raises CannotRead."""
    words = _tidy(text)
    if not words:
        return None
    if words == "now":
        return WrittenInstant(now, text.strip(), True)
    if (clock := _clock(words)) is not None:
        return WrittenInstant(_last(clock, now), text.strip(), True)
    day_words, clock = _split(words)
    first = _past_day(day_words, now.astimezone(LONDON).date())
    if first is None:
        raise CannotRead(
            f"“{text.strip()}” is not a time. Write it like 0225, yesterday 2230, or 3 March 2026, or leave it blank"
        )
    if first.year < FIRST_YEAR:
        raise CannotRead(f"“{text.strip()}” is before {FIRST_YEAR}. Write the year like 2026, or leave it out")
    at = _moment(first, clock, now) if clock else datetime.combine(first, time(), LONDON)
    if at > now + GRACE:
        raise CannotRead(f"“{text.strip()}” has not come yet. Write when it happened, or leave it blank")
    parts = _parts(day_words)
    return WrittenInstant(at, text.strip(), clock is not None, parts is None or parts.day is not None)


def read_coming(text: str, after: datetime) -> datetime | None:
    """A day and time at or after `after`; None when blank. Raises CannotRead."""
    words = _tidy(text)
    if not words:
        return None
    if words == "now":
        return after
    today = after.astimezone(LONDON).date()
    if (clock := _clock(words)) is not None:
        at = datetime.combine(today, clock, LONDON).astimezone(UTC)
        return at if at >= after else datetime.combine(today + timedelta(days=1), clock, LONDON).astimezone(UTC)
    day_words, clock = _split(words)
    head, _, tail = words.rpartition(" ")
    if clock is None and head and tail[:2] in ("19", "20") and _clock(tail) and int(tail) < today.year:
        day_words, clock = head, _clock(tail)  # 28 March 1900 is an evening to come, not a year
    day = _coming_day(day_words, today)
    if day is None or clock is None:
        raise CannotRead(f"“{text.strip()}” is not a time to come. Write it like 1900, tomorrow 0700, or 3 March 0700")
    at = datetime.combine(day, clock, LONDON).astimezone(UTC)
    if at < after:
        raise CannotRead(f"“{text.strip()}” is past. Write a time to come, like 1900 or tomorrow 0700")
    return at


def read_day(text: str, today: date) -> str:
    """A day, month or year not after `today`, as 2026-03-09, 2026-03 or 2026, without a time behind it; empty when blank.
    Raises CannotRead."""
    words = _tidy(text)
    if not words:
        return ""
    day_words = words if len(words) == 4 else _split(words)[0]
    past_day, parts = _past_day(day_words, today), _parts(day_words)
    if past_day is None or past_day.year < FIRST_YEAR:
        raise CannotRead(f"“{text.strip()}” is not a day. Write it like 9 March 2026, or leave it blank")
    if past_day > today:
        raise CannotRead(f"“{text.strip()}” has not come yet. Write when it was, or leave it blank")
    return parts.iso_text() if parts and parts.day is None else past_day.isoformat()


def read_partial(text: str) -> str:
    """A day, month or year of any time, as 2026-03-09, 2026-03 or 2026; empty for anything else, and without a year. What is
    empty is to be kept as it was written."""
    parts = _parts(_tidy(text))
    first = _first(parts, date.max) if parts and parts.year else None
    if parts is None or first is None or not FIRST_YEAR <= first.year <= LAST_YEAR:
        return ""
    return parts._replace(year=str(first.year)).iso_text()


def read_any_day(text: str) -> date | None:
    """A whole day with its year, past or to come; None for anything else."""
    iso_day = read_partial(text)
    return date.fromisoformat(iso_day) if len(iso_day) == len("2026-03-09") else None


def read_birth(text: str, today: date) -> str:
    """A date of birth as 2009, 2009-09 or 2009-09-04; empty when blank. Raises CannotRead."""
    words = _tidy(text)
    if not words:
        return ""
    parts = _parts(words)
    if parts is None or parts.year is None:
        raise CannotRead(
            f"“{text.strip()}” is not a date of birth. Write it like 4 September 2009, September 2009 or 2009, or leave it blank"
        )
    if len(parts.year) == 2:
        year = today.year - today.year % 100 + int(parts.year)
        parts = parts._replace(year=str(year if year <= today.year else year - 100))
    first = _first(parts, today)
    if first is None:
        raise CannotRead(
            f"“{text.strip()}” is no day of the calendar. Write it like 4 September 2009, or 2009 alone, or leave it blank"
        )
    if first > today:
        raise CannotRead(f"“{text.strip()}” has not come yet. Write when they were born, or leave it blank")
    if first.year < today.year - OLDEST:
        raise CannotRead(f"“{text.strip()}” is more than {OLDEST} years ago. Write when they were born, or leave it blank")
    return parts.iso_text()


def read_age(text: str) -> int | None:
    """An age in completed years; None when blank. Raises CannotRead."""
    words = text.strip()
    if words and not (words.isascii() and words.isdecimal() and int(words[:4]) <= OLDEST):
        raise CannotRead(f"“{words}” is not an age in years. Write it like 16, or leave it blank")
    return int(words) if words else None


def day_in_words(written: str) -> str:
    """A day as far as it is known, as people write it: `4 September 2009`, `September 2009` or `2009`, from 2009-09-04, 2009-09
    or 2009."""
    year, *rest = written.split("-")
    month = [MONTHS[int(part) - 1].capitalize() for part in rest[:1]]
    return " ".join([*(str(int(part)) for part in rest[1:]), *month, year])


def _tidy(text: str) -> str:
    words = " ".join(text.lower().replace(",", " ").replace(" at ", " ").split())
    for half in ("am", "pm", "hrs"):
        words = words.removesuffix(f" {half}") + (half if words.endswith(f" {half}") else "")
    return words


def _clock(words: str) -> time | None:
    match = _CLOCK.fullmatch(words)
    if match is None or not (match[2] or match[3]):
        return None
    hour, half = int(match[1]), match[3]
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0) if 1 <= hour <= 12 else 24
    minute = int(match[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _split(words: str) -> tuple[str, time | None]:
    """A day and the time behind it. Four figures that may be the year of the day are its year."""
    head, _, tail = words.rpartition(" ")
    clock = _clock(tail) if head else None
    may_be_year = len(tail) == 4 and tail[:2] in ("19", "20") and (words in _SPOKEN or _parts(words) is not None)
    return (words, None) if clock is None or may_be_year else (head, clock)


def _parts(words: str) -> _Parts | None:
    if match := _ISO.fullmatch(words):
        return _Parts(match[1], *(int(part) if part else None for part in match.groups()[1:]))
    if match := _MONTH.fullmatch(words):
        month = _month(match[1].rstrip(" /.-"))
        return None if month is None else _Parts(match[2], month, None)
    if match := _DAY.fullmatch(words):
        month = _month(match[2])
        return None if month is None else _Parts(match[3], month, int(match[1]))
    return None


def _month(words: str) -> int | None:
    """The number of a month; None for words that name none."""
    if words.isdecimal():
        return int(words)
    matches = [number for number, name in enumerate(MONTHS, 1) if name.startswith(words)]
    return matches[0] if len(matches) == 1 else None


def _first(parts: _Parts, today: date) -> date | None:
    """The first day that is meant; None for none of the calendar. Without a year it is of this one."""
    year = int(parts.year) + (2000 if len(parts.year) == 2 else 0) if parts.year else today.year
    month, day = (1 if part is None else part for part in (parts.month, parts.day))
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _past_day(words: str, today: date) -> date | None:
    if words in _SPOKEN:
        return today + timedelta(days=_SPOKEN[words])
    parts = _parts(words)
    if parts is None or (parts.month is None and words[:2] not in ("19", "20")):
        return None
    candidate = _first(parts, today)
    is_ahead = candidate is not None and parts.year is None and candidate > today
    return _first(parts._replace(year=str(today.year - 1)), today) if is_ahead else candidate


def _coming_day(words: str, today: date) -> date | None:
    if words in _SPOKEN:
        return today + timedelta(days=_SPOKEN[words])
    parts = _parts(words)
    candidate = _first(parts, today) if parts else None
    is_behind = candidate is not None and parts is not None and parts.year is None and candidate < today
    return _first(parts._replace(year=str(today.year + 1)), today) if parts and is_behind else candidate


def _last(clock: time, now: datetime) -> datetime:
    """The latest such moment not after `now`."""
    today = now.astimezone(LONDON).date()
    moment = _moment(today, clock, now)
    return moment if moment <= now + GRACE else _moment(today - timedelta(days=1), clock, now)


def _moment(day: date, clock: time, now: datetime) -> datetime:
    """At an hour that the clocks repeat in October the later of the two not after `now`."""
    local = datetime.combine(day, clock, LONDON)
    first, second = local.astimezone(UTC), local.replace(fold=1).astimezone(UTC)
    return second if first < second <= now else first
