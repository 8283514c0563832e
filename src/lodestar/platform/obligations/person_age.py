"""Ages between two bounds: what a partial date of birth, or bounds told on another day, say of a day."""

from datetime import date

from lodestar.platform.time.days import age_on, anniversary
from lodestar.platform.time.fuzzy import PartialDate

ADULT = 18  # years: who has not reached them is a child
Bounds = tuple[int | None, int | None]  # completed years, lowest and highest; None is open


def age_between(birth: PartialDate, first: date, last: date) -> tuple[int, int]:
    """The lowest and highest age, in completed years, that someone born then had from `first` to `last`; never below
    0."""
    return max(0, age_on(birth.latest, first)), max(0, age_on(birth.earliest, last))


def shifted(bounds: Bounds, told_on: date, first: date, last: date) -> Bounds:
    """Bounds told on one day, as they are from `first` to `last`. Years that are not over count to both sides."""
    low, high = bounds
    # Somebody aged `low` on told_on was born at the latest on that anniversary; somebody aged `high` just before the
    # next.
    low_then = None if low is None else max(0, low + _years(told_on, first, up=False))
    high_then = None if high is None else max(0, high + _years(told_on, last, up=True))
    return low_then, high_then


def _years(start: date, end: date, *, up: bool) -> int:
    """Birthdays that must (`up` false) or may (`up` true) lie between two days; negative when `end` is earlier."""
    whole = age_on(start, end)
    exact = anniversary(start, whole) == end
    return whole + 1 if up and not exact else whole
