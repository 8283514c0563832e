"""Days, working days and ages in Europe/London. Hours are elapsed time; days, months and birthdays are of the calendar.

Instants are handed on in UTC: two times on one London clock compare by what the clock shows, which goes wrong in the hour that
comes twice. `london` is for showing. Bank holidays are those of England and Wales, from the list `reference/bank_holidays`.
"""

import calendar
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from lodestar.platform.text.reference_lists import reference_list

LONDON = ZoneInfo("Europe/London")
_ONE_DAY = timedelta(days=1)
_LAST_SECOND = time(23, 59, 59)


def london(instant: datetime) -> datetime:
    """The same instant on a London clock, to be shown. Raises ValueError for one without an offset."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs an offset")
    return instant.astimezone(LONDON)


def london_date(instant: datetime) -> date:
    """The day it was in London. Raises ValueError for an instant without an offset."""
    return london(instant).date()


@lru_cache(maxsize=4096)
def start_of_day(day: date) -> datetime:
    """The instant of midnight in London, at which the day begins."""
    return datetime.combine(day, time.min, LONDON).astimezone(UTC)


@lru_cache(maxsize=4096)
def end_of_day(day: date) -> datetime:
    """The instant of 23:59:59 in London, after which what is due that day is late."""
    return datetime.combine(day, _LAST_SECOND, LONDON).astimezone(UTC)


def after_hours(instant: datetime, hours: int) -> datetime:
    """`hours` of elapsed time later: a night when the clocks change counts as long as it lasts."""
    return instant.astimezone(UTC) + timedelta(hours=hours)


@lru_cache(maxsize=1)
def bank_holidays() -> frozenset[date]:
    """Every bank holiday of England and Wales in the list."""
    return frozenset(row["day"] for row in reference_list("reference", "bank_holidays").rows)


def is_working_day(day: date) -> bool:
    """Monday to Friday and no bank holiday. Beyond the years of the list only weekends are known."""
    return day.weekday() < 5 and day not in bank_holidays()


@lru_cache(maxsize=4096)
def add_working_days(day: date, count: int) -> date:
    """The `count`th working day after `day` (before it, when negative). With 0, `day` itself, working or not."""
    step = _ONE_DAY if count > 0 else -_ONE_DAY
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def add_months(day: date, count: int) -> date:
    """The same day of the month `count` months later; the month's last day where it has no such day."""
    months = day.year * 12 + day.month - 1 + count
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def anniversary(birth: date, years: int) -> date:
    """The birthday on which a person becomes `years` old. Born on 29 February, in other years: on 1 March.

    An age is reached at the start of the birthday (Family Law Reform Act 1969 s9). Where the year has no 29 February,
    1 March is taken: the later reading, which leaves a child a child for the day that is in doubt.
    """
    try:
        return birth.replace(year=birth.year + years)
    except ValueError:
        return date(birth.year + years, 3, 1)


def age_on(birth: date, day: date) -> int:
    """Completed years on a day; negative before birth."""
    years = day.year - birth.year
    return years if day >= anniversary(birth, years) else years - 1
