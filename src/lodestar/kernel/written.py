"""Reads days and times as officers write them: 0225, yesterday 2230, 3 March 2026 14:05, 3/3/26, March 2026."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from lodestar.kernel.days import LONDON, end_of_day
from lodestar.kernel.fuzzy import FIRST_YEAR, LAST_YEAR
from lodestar.kernel.month_names import MONTHS, in_english

_TIME = re.compile(r"(?<![\d/.-])(\d{1,2})(?::|\.|h)?(\d{2})\s*(am|pm)?(?:\s*hrs?)?$|(?<!\d)(\d{1,2})\s*(am|pm)$")
_DAY = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?[\s/.-]+([a-z]+|\d{1,2})(?:[\s/.,-]+(\d{4}|\d{2}))?$")
_ISO = re.compile(r"^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?$")
_MONTH = re.compile(r"^([a-z]+)\s+(\d{4})$")

_SPOKEN = ("today", "tonight", "yesterday", "last night")  # days that are told from the day on which they are said


class CannotRead(ValueError):
    """The words are no time that can be read; `str` says what was typed and how to write it."""


@dataclass(frozen=True)
class Written:
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


def read_time(text: str, now: datetime) -> datetime | None:
    """A time of day as the latest such moment not after `now` (five minutes' grace); None when blank. Raises CannotRead.

    At an hour that the clocks repeat in October the later of the two not after `now` is meant.
    """
    words = text.strip().lower()
    if not words:
        return None
    clock = _clock(words)
    if clock is None:
        raise CannotRead(f"“{text.strip()}” is not a time. Write it like 0225, or leave it blank")
    local = now.astimezone(LONDON)
    moment = _latest(local.date(), clock, now)
    return moment if moment <= now + timedelta(minutes=5) else _latest(local.date() - timedelta(days=1), clock, now)


def _latest(day: date, clock: time, now: datetime) -> datetime:
    local = datetime.combine(day, clock, LONDON)
    first, second = local.astimezone(UTC), local.replace(fold=1).astimezone(UTC)
    return second if first < second <= now else first


def _clock(words: str) -> time | None:
    match = _TIME.fullmatch(words) or _TIME.search(words)
    if match is None or match.group(0) != words:
        return None
    hour, minute = (int(match.group(4)), 0) if match.group(4) else (int(match.group(1)), int(match.group(2)))
    half = match.group(5) or match.group(3)
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    return time(hour, minute) if hour < 24 and minute < 60 else None


def read_when(text: str, now: datetime) -> Written | None:
    """A day and time, or as much of one as is known; None when blank. What lies in the future is refused. Raises CannotRead."""
    words = in_english(" ".join(text.lower().replace(",", " ").replace(" at ", " ").split()))
    if not words:
        return None
    refusal = CannotRead(
        f"“{text.strip()}” is not a time. Write it like 0225, yesterday 2230, or 3 March 2026, or leave it blank"
    )
    if words == "now":
        return Written(now, text.strip(), True)
    clock = _clock(words)
    if clock is not None:
        return Written(read_time(words, now) or now, text.strip(), True)
    day_words, clock = _split(words)
    first = _first_day(day_words, now.astimezone(LONDON).date())
    if first is None:
        raise refusal
    if first.year < FIRST_YEAR:
        raise CannotRead(f"“{text.strip()}” is before {FIRST_YEAR}. Write the year like 2026, or leave it out")
    at = _latest(first, clock, now) if clock else datetime.combine(first, time(0, 0), LONDON)
    if at > now + timedelta(minutes=5):
        raise CannotRead(f"“{text.strip()}” has not come yet. Write when it happened, or leave it blank")
    return Written(at, text.strip(), clock is not None, not _is_coarse(day_words))


def read_coming(text: str, after: datetime) -> datetime | None:
    """A day and time at or after `after`; None when blank. A time alone is the next such one, a day without a year the
    next such day. Raises CannotRead."""
    words = in_english(" ".join(text.lower().replace(",", " ").replace(" at ", " ").split()))
    if not words:
        return None
    if words == "now":
        return after
    refusal = CannotRead(f"“{text.strip()}” is not a time to come. Write it like 1900, tomorrow 0700, or 3 March 0700")
    today = after.astimezone(LONDON).date()
    clock = _clock(words)
    if clock is not None:
        return _next(today, clock, after)
    day_words, clock = _split(words)
    head, _, tail = words.rpartition(" ")
    if clock is None and head and re.fullmatch(r"(19|20)\d\d", tail) and int(tail) < today.year:
        day_words, clock = head, _clock(tail)  # 28 March 1900 is an evening to come, not a year
    day = _coming_day(day_words, today)
    if day is None or clock is None:
        raise refusal
    at = datetime.combine(day, clock, LONDON).astimezone(UTC)
    if at < after:
        raise CannotRead(f"“{text.strip()}” is past. Write a time to come, like 1900 or tomorrow 0700")
    return at


def read_partial(text: str) -> str:
    """A day, a month or a year as it is written, as 2026-03-09, 2026-03 or 2026; empty where the words are none of these, or
    leave out the year. What is empty is to be kept as it was written."""
    words = in_english(" ".join(text.lower().replace(",", " ").split()))
    if re.fullmatch(r"(19|20)\d\d", words):
        return words
    match = _DAY.match(words)
    if match and not match[3]:
        return ""  # of which year, only whoever wrote it knows
    found = None if words in _SPOKEN else _first_day(words, date.max)
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        return ""
    return found.isoformat()[:7] if _is_coarse(words) else found.isoformat()


def _is_coarse(words: str) -> bool:
    """Whether they name no day: a month or a year alone."""
    return bool(_MONTH.match(words) or re.fullmatch(r"\d{4}(-\d{1,2})?", words))


def _next(today: date, clock: time, after: datetime) -> datetime:
    at = datetime.combine(today, clock, LONDON).astimezone(UTC)
    return at if at >= after else datetime.combine(today + timedelta(days=1), clock, LONDON).astimezone(UTC)


def _coming_day(words: str, today: date) -> date | None:
    if words == "tomorrow":
        return today + timedelta(days=1)
    found = _first_day(words, today)
    match = _DAY.match(words)
    if found is None or match is None or match[3] or found >= today:
        return found
    try:
        this_year = found.replace(year=today.year)
        return this_year if this_year >= today else found.replace(year=today.year + 1)
    except ValueError:
        return None


def _split(words: str) -> tuple[str, time | None]:
    head, _, tail = words.rpartition(" ")
    clock = _clock(tail) if head and not re.fullmatch(r"(19|20)\d\d", tail) else None
    if clock is None and head and re.fullmatch(r"\d{4}", tail) and _first_day(words, date.max) is None:
        clock = _clock(tail)
    return (head, clock) if clock is not None else (words, None)


def _first_day(words: str, today: date) -> date | None:
    if words in ("today", "tonight"):
        return today
    if words in ("yesterday", "last night"):
        return today - timedelta(days=1)
    try:
        if re.fullmatch(r"(19|20)\d\d", words):
            return date(int(words), 1, 1)
        if match := _ISO.match(words):
            return date(int(match[1]), int(match[2]), int(match[3] or 1))
        if match := _MONTH.match(words):
            month = _month(match[1])
            return date(int(match[2]), month, 1) if month else None
        if match := _DAY.match(words):
            return _day(int(match[1]), match[2], match[3], today)
    except ValueError:
        return None
    return None


def _day(day: int, month_words: str, year_words: str | None, today: date) -> date | None:
    month = int(month_words) if month_words.isdigit() else _month(month_words)
    if not month:
        return None
    if year_words:
        year = int(year_words) + (2000 if len(year_words) == 2 else 0)
        return date(year, month, day)
    found = date(today.year, month, day)
    return found if found <= today else date(today.year - 1, month, day)


def _month(words: str) -> int | None:
    found = [number for number, name in enumerate(MONTHS, 1) if len(words) >= 3 and name.startswith(words)]
    return found[0] if len(found) == 1 else None
