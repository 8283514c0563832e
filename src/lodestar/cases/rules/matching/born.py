"""When two people were born, as far as each is known: a part date, or an age at a time."""

from dataclasses import dataclass
from datetime import date, timedelta

from lodestar.kernel.fuzzy import partial_date

SLACK_YEARS = 3  # an age that was guessed is seldom further out
_YEAR = 365.25


@dataclass(frozen=True)
class Born:
    """When somebody was born: the text of a part date where one is known, and the years it may have been."""

    text: str
    first: int
    last: int

    @property
    def is_day(self) -> bool:
        return len(self.text) == 10


def born(text: str, age_min: int | None, age_max: int | None, on: date | None) -> Born | None:
    """What is known, or None. An age without the day on which it was true is no help. `0000`-like texts are none."""
    if text:
        try:
            told = partial_date(text)
        except ValueError:
            told = None
        if told is not None:
            return Born(text, told.earliest.year, told.latest.year)
    known = [age for age in (age_min, age_max) if age is not None]
    if on is None or not known:
        return None
    low, high = known[0], known[-1]
    last = on - timedelta(days=low * _YEAR)
    first = on - timedelta(days=(high + 1) * _YEAR - 1)
    return Born("", first.year, last.year)


def changed_over(day: str) -> str:
    """The same day with day and month changed over, or an empty text where that is no day or the same one."""
    year, month, number = day.split("-")
    return f"{year}-{number}-{month}" if int(number) <= 12 and number != month else ""


def is_first_of_year(day: str) -> bool:
    """Whether it is the day that is written where only the year is known."""
    return day.endswith("-01-01")
