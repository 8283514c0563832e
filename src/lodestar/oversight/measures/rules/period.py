"""The period of a figure: whole days of the force's calendar, both ends included. Pure; today is given."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lodestar.platform.time.days import add_months, start_of_day

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """From the first day to the last, in London."""

    first: date
    last: date

    @property
    def begins(self) -> datetime:
        """The instant at which it begins."""
        return start_of_day(self.first)

    @property
    def ends(self) -> datetime:
        """The first instant that is not in it."""
        return start_of_day(self.last + _ONE_DAY)

    def holds(self, instant: datetime) -> bool:
        """Whether an instant lies in it."""
        return self.begins <= instant < self.ends


def quarter_of(day: date) -> Period:
    """The quarter of the calendar in which a day lies."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return Period(first, add_months(first, 3) - _ONE_DAY)


def last_quarter(today: date) -> Period:
    """The latest quarter that is over."""
    return quarter_of(quarter_of(today).first - _ONE_DAY)


def last_twelve_months(today: date) -> Period:
    """The twelve whole months before the one that is under way."""
    after = today.replace(day=1)
    return Period(add_months(after, -12), after - _ONE_DAY)


def twelve_months_to(day: date, today: date) -> Period:
    """The twelve whole months that end with the month of a day, or with the last that was over by today."""
    after = min(add_months(day.replace(day=1), 1), today.replace(day=1))
    return Period(add_months(after, -12), after - _ONE_DAY)


def a_year_before(period: Period) -> Period:
    """The same days a year before. What ends with its month ends with it there too, but for a single day, and 29 February is
    28 February."""
    first, after = add_months(period.first, -12), period.last + _ONE_DAY
    ends_a_month = after.day == 1 and period.first < period.last
    return Period(first, add_months(after, -12) - _ONE_DAY if ends_a_month else add_months(period.last, -12))
