"""When a service is open, from its Open Referral schedules (iCal recurrences with `opens_at` and `closes_at`).

A sitting past midnight belongs to the day it began. Times without an offset are of Europe/London. What cannot be read is not
known, never closed.
"""

import calendar
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from lodestar.platform.time.days import LONDON, bank_holidays, london_date

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
COLUMNS = ("freq", "interval", "byday", "bymonthday", "dtstart", "valid_from", "valid_to", "until", "count", "opens_at",
           "closes_at")  # fmt: skip
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ORDINALS = {0: "", 1: "first ", 2: "second ", 3: "third ", 4: "fourth ", -1: "last "}
ONCE = "ONCE"
END_OF_DAY = ("23:59", "23:59:00", "23:59:59", "24:00", "24:00:00")  # how a sitting up to midnight is written
NO_HOURS, UNREADABLE, BANK_HOLIDAY = "no_hours", "unreadable", "bank_holiday"  # why it is not known, or closed
MOST_DAYS = 20_000  # over which occurrences are counted
_ONE_DAY = timedelta(days=1)
_BY_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)


class Hours(NamedTuple):
    """Whether a service is open, until when, and why that is not known or a bank holiday closes it."""

    is_open: bool | None
    why: str = ""
    until: datetime | None = None


@dataclass(frozen=True)
class Schedule:
    """One recurrence, read. `opens` and `closes` are None where they are not given."""

    freq: str
    interval: int
    by_day: frozenset[tuple[int, int]]  # which in the month (0 for every one), and the weekday
    by_month_day: frozenset[int]
    start: date | None
    first: date | None
    last: date | None
    count: int | None
    opens: time | None
    closes: time | None


def compact(schedule: Mapping[str, Any]) -> list[Any]:
    """A schedule as it is stored for search: the values of `COLUMNS`, text or null."""
    values = [schedule.get(name) for name in COLUMNS]
    return [None if value in (None, "") else str(value) for value in values]


def hours_at(schedules: Sequence[Sequence[str | None]], on_bank_holidays: str, at: datetime) -> Hours:
    """Whether a service with these schedules (`compact`) is open at an instant. `on_bank_holidays` is open, closed, or not
    known; on a bank holiday what is not known leaves the answer open."""
    if not schedules:
        return Hours(None, NO_HOURS)
    why, today = "", london_date(at)
    for row in schedules:
        schedule = read_schedule(tuple(row))
        if schedule is None:
            why = why or UNREADABLE
            continue
        has_offset = schedule.opens is not None and schedule.opens.tzinfo is not None  # it may be tomorrow there
        for day in (today - _ONE_DAY, today, today + _ONE_DAY)[: 3 if has_offset else 2]:
            occurs = occurs_on(schedule, day)
            if occurs is False:
                continue
            if occurs is None or schedule.opens is None or schedule.closes is None:
                why = (why or UNREADABLE) if day == today else why
                continue
            opens, closes = sitting(schedule.opens, schedule.closes, day)
            if not opens <= at < closes:
                continue
            if day not in bank_holidays() or on_bank_holidays == "open":
                return Hours(True, until=None if closes - opens >= timedelta(hours=23) else closes)
            why = BANK_HOLIDAY if on_bank_holidays != "closed" else why or "closed"
    if why == "closed":
        return Hours(False, BANK_HOLIDAY)
    return Hours(None, why) if why else Hours(False)


@lru_cache(maxsize=8192)
def sitting(opens: time, closes: time, day: date) -> tuple[datetime, datetime]:
    """The instants between which a sitting that began on `day` is open; one that closes no later than it opens ends the
    next day."""
    ends = day if closes.replace(tzinfo=None) > opens.replace(tzinfo=None) else day + _ONE_DAY
    start = datetime.combine(day, opens.replace(tzinfo=None), opens.tzinfo or LONDON)
    end = datetime.combine(ends, closes.replace(tzinfo=None), closes.tzinfo or opens.tzinfo or LONDON)
    return start.astimezone(UTC), end.astimezone(UTC)


@lru_cache(maxsize=8192)
def read_schedule(row: tuple[str | None, ...]) -> Schedule | None:
    """A stored schedule, read; None for what cannot be."""
    given = dict(zip(COLUMNS, row, strict=True))
    try:
        by_day = [_BY_DAY.fullmatch(part.strip().upper()) for part in _parts(given["byday"])]
        if not all(by_day):
            return None
        freq = (given["freq"] or ("WEEKLY" if by_day else "MONTHLY" if given["bymonthday"] else ONCE)).upper()
        start, until = _day(given["dtstart"]), _day(given["until"])
        lasts = [day for day in (_day(given["valid_to"]), until) if day]
        return Schedule(
            freq=freq,
            interval=max(1, int(float(given["interval"] or 1))),
            by_day=frozenset((int(part[1] or 0) * (freq == "MONTHLY"), WEEKDAYS.index(part[2])) for part in by_day if part),
            by_month_day=frozenset(int(part) for part in _parts(given["bymonthday"])),
            start=start,
            first=_day(given["valid_from"]),
            last=min(lasts) if lasts else None,
            count=int(float(given["count"])) if given["count"] else None,
            opens=_clock(given["opens_at"]),
            closes=_clock("00:00" if given["closes_at"] in END_OF_DAY else given["closes_at"]),
        )
    except (ValueError, OverflowError):
        return None


def _parts(text: str | None) -> list[str]:
    return [part for part in (text or "").split(",") if part.strip()]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _clock(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None


def occurs_on(schedule: Schedule, day: date) -> bool | None:
    """Whether a sitting begins on a day; None where the schedule leaves it open, as every second week of no first one."""
    if not _is_valid(schedule, day):
        return False
    occurs = _recurs(schedule, day)
    if not occurs or schedule.count is None:
        return occurs
    if schedule.start is None or (day - schedule.start).days > MOST_DAYS:
        return None
    days = (schedule.start + timedelta(days=number) for number in range((day - schedule.start).days))
    return sum(bool(_recurs(schedule, earlier)) for earlier in days) < schedule.count


def _is_valid(schedule: Schedule, day: date) -> bool:
    begins = max((first for first in (schedule.start, schedule.first) if first), default=day)
    return begins <= day and (schedule.last is None or day <= schedule.last)


def _recurs(schedule: Schedule, day: date) -> bool | None:
    anchor = schedule.start or schedule.first
    if schedule.freq == ONCE:
        return schedule.start == day if schedule.start else None
    if schedule.freq not in ("DAILY", "WEEKLY", "MONTHLY") or (schedule.interval > 1 and anchor is None):
        return None
    if schedule.freq == "DAILY":
        steps = (day - anchor).days if anchor else 0
        return steps % schedule.interval == 0 and _on_weekday(schedule, day, True)
    if schedule.freq == "WEEKLY":
        weeks = (_monday(day) - _monday(anchor)).days // 7 if anchor else 0
        fits = _on_weekday(schedule, day, anchor.weekday() == day.weekday() if anchor else None)
        return fits if weeks % schedule.interval == 0 else False
    months = (day.year - anchor.year) * 12 + day.month - anchor.month if anchor else 0
    if months % schedule.interval:
        return False
    if not schedule.by_day and not schedule.by_month_day:
        return anchor.day == day.day if anchor else None
    return _on_month_day(schedule, day) and _on_weekday(schedule, day, True)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _on_month_day(schedule: Schedule, day: date) -> bool:
    from_end = day.day - calendar.monthrange(day.year, day.month)[1] - 1
    return not schedule.by_month_day or bool(schedule.by_month_day & {day.day, from_end})


def _on_weekday(schedule: Schedule, day: date, otherwise: bool | None) -> bool | None:
    if not schedule.by_day:
        return otherwise
    weekday = day.weekday()
    if schedule.freq != "MONTHLY" or (0, weekday) in schedule.by_day:
        return (0, weekday) in schedule.by_day
    length = calendar.monthrange(day.year, day.month)[1]
    return not schedule.by_day.isdisjoint({((day.day - 1) // 7 + 1, weekday), (-((length - day.day) // 7 + 1), weekday)})


def hours_words(schedules: Iterable[Sequence[str | None]]) -> list[str]:
    """Each schedule in words: `Monday and Friday, 09:00 to 17:00`."""
    return [_words(read_schedule(tuple(row))) for row in schedules]


def _words(schedule: Schedule | None) -> str:
    if schedule is None:
        return "Hours cannot be read"
    names = [
        ORDINALS.get(number, f"{number}th ") + DAY_NAMES[weekday]
        for number, weekday in sorted(schedule.by_day, key=lambda one: (one[1], one[0]))
    ]
    if schedule.by_month_day:
        names.append("day " + ", ".join(map(str, sorted(schedule.by_month_day))) + " of the month")
    every = {"DAILY": "days", "WEEKLY": "weeks", "MONTHLY": "months"}.get(schedule.freq, "times")
    all_days = len(schedule.by_day) == len(WEEKDAYS) or (schedule.freq == "DAILY" and not names)
    words = "Every day" if all_days else ", ".join(names) or (f"{schedule.start}" if schedule.start else "Days not known")
    words += f" (every {schedule.interval} {every})" if schedule.interval > 1 else ""
    opens, closes = schedule.opens, schedule.closes
    if opens is None or closes is None:
        words += ", times not known"
    else:
        words += ", all day and night" if opens == closes else f", {opens:%H:%M} to {closes:%H:%M}"
    return words + (f", until {schedule.last.day} {schedule.last:%B %Y}" if schedule.last else "")
