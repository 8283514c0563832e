"""The measures as the dated list has them, what one of them came to in a period, and over which periods it is stored. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from lodestar.oversight.measures.rules.facts import Period, quarter_of
from lodestar.platform.statistics.intervals import count_words, interval_words, wilson
from lodestar.platform.text.reference_lists import reference_list, rows_on
from lodestar.platform.time.days import add_months

SHARE, COUNT, MEDIAN = KINDS = ("share", "count", "median")
FEW = 5  # a share of fewer is too few to say
ONE_DAY, WEEK = timedelta(days=1), timedelta(days=7)
CAUGHT_UP = 5  # weeks that a job which stood still makes good
NOTES: tuple[Mapping[str, Any], ...] = tuple(reference_list("measures", "measures").header["notes"])


@dataclass(frozen=True)
class Value:
    """What a measure came to: of a count no denominator, of a median no numerator. `further` are numbers beside it, `stored_at`
    is when it was stored as it stands; None where it was calculated."""

    numerator: int | None = None
    denominator: int | None = None
    median: float | None = None
    further: Mapping[str, int] = field(default_factory=dict)
    stored_at: datetime | None = None

    @property
    def known(self) -> int:
        """Of how many in the denominator it can be told: the share is of these."""
        return (self.denominator or 0) - self.further.get("cannot_tell", 0)

    @property
    def value(self) -> float | int | None:
        """The number that it is: the share from 0 to 1, the median, or the count; None of nothing."""
        if self.denominator is None or self.numerator is None:
            return self.numerator if self.median is None else round(self.median, 1)
        return round(self.numerator / self.known, 4) if self.known else None

    @property
    def interval(self) -> list[float] | None:
        """Of a share the 95 % interval of Wilson."""
        if not self.known or self.numerator is None:
            return None
        return [round(limit, 4) for limit in wilson(self.numerator, self.known)]

    @property
    def words(self) -> str:
        """The same for a page."""
        if self.denominator is None:
            return f"{self.numerator or 0:,}"
        if not self.known:
            return "Cannot tell" if self.denominator else "None"
        if self.known < FEW:
            return f"Too few to say ({self.of})"
        if self.numerator is not None:
            return interval_words(self.numerator, self.known)
        return f"{self.value:,} hours (median of {self.denominator:,})" if self.median is not None else "None"

    @property
    def of(self) -> str:
        """Numerator and of how many, as far as there are any; where it cannot be told of all, this is said."""
        several = None if self.denominator is None else self.known
        words = " of ".join(f"{number:,}" for number in (self.numerator, several) if number is not None)
        return f"{words} that can be told" if self.known != (self.denominator or 0) else words

    @property
    def full_words(self) -> str:
        """The number with all that it rests on, for evidence."""
        words, untold = self.words, self.further.get("cannot_tell")
        if self.denominator and not self.known:
            return f"Cannot tell in any of {self.denominator:,}"
        if self.denominator and self.numerator is not None and self.known >= FEW:
            words = count_words(self.numerator, self.known, " that can be told" if untold else "")
        elif self.denominator and self.of not in words:
            words = f"{self.of}, {words}"
        return f"{words}; cannot tell in {untold:,} of {self.denominator:,}" if untold else words


def measures_on(day: date) -> dict[str, Mapping[str, Any]]:
    """The definitions by which a period that ends on this day is counted, by code."""
    return {row["code"]: row for row in rows_on("measures", "measures", day)}


def months_of(first: date, months: int) -> Period:
    """So many whole months from the first day of one."""
    return Period(first, add_months(first, months) - ONE_DAY)


def series_to(today: date, months: int, many: int) -> list[Period]:
    """So many periods of one month or three up to the one that is under way, the earliest first."""
    first = quarter_of(today).first if months == 3 else today.replace(day=1)
    return [months_of(add_months(first, -months * back), months) for back in range(many - 1, -1, -1)]


def _ended_before(day: date) -> Iterator[Period]:
    """The last whole week, month, quarter and year before a day."""
    monday = day - timedelta(days=day.weekday())
    yield Period(monday - WEEK, monday - ONE_DAY)
    yield months_of(add_months(day.replace(day=1), -1), 1)
    yield months_of(add_months(quarter_of(day).first, -3), 3)
    yield months_of(date(day.year - 1, 1, 1), 12)


def periods_to_store(today: date) -> tuple[list[Period], Period]:
    """The weeks, months, quarters and years that ended in the last weeks, each once, and the quarter that is under way."""
    ended = {period: None for back in range(CAUGHT_UP) for period in _ended_before(today - back * WEEK)}
    return list(ended), quarter_of(today)
