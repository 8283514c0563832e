"""What a page of the figure was asked for, as an address says it: the period, and the instant as of which things are known."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import urlencode

from lodestar.analysis.rules.period import Period
from lodestar.kernel.days import end_of_day
from lodestar.kernel.uk_dates import read_any_day

STAMP = "%Y%m%dT%H%M%S%fZ"
LONGEST = 60  # characters of a day as somebody types it


@dataclass(frozen=True)
class Asked:
    """A period, and `at`: the instant as of which it is reckoned. `is_past`: somebody named that instant."""

    period: Period
    at: datetime
    is_past: bool

    @property
    def query(self) -> str:
        """The same again, for the address of a list or a file: reckoned as of the same instant, whenever it is opened."""
        told = {"first": self.period.first.isoformat(), "last": self.period.last.isoformat(), "at": stamp(self.at)}
        return urlencode(told)


    def word(self, number: int = 0, slug: str = "") -> str:
        """The same and, for the list behind one number, which: as the log keeps what a file is made from again."""
        days = f"{self.period.first:%Y%m%d} {self.period.last:%Y%m%d} {stamp(self.at)}"
        return f"{days} {number} {slug}" if slug else days


def taken(word: str) -> tuple[Asked, int, str]:
    """What such a word says. Raises ValueError for anything else."""
    first, last, at, number, slug, *rest = [*word.split(" "), "0", ""][:6] if word.count(" ") == 2 else word.split(" ")
    when = instant(at)
    if when is None or rest:
        raise ValueError("no instant, or too many words")
    period = Period(datetime.strptime(first, "%Y%m%d").date(), datetime.strptime(last, "%Y%m%d").date())
    return Asked(period, when, is_past=True), int(number), slug


def stamp(at: datetime) -> str:
    """An instant as one word."""
    return at.astimezone(UTC).strftime(STAMP)


def instant(word: str) -> datetime | None:
    """The instant of such a word; None for anything else."""
    try:
        return datetime.strptime(word, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def day(typed: str) -> date | None:
    """A whole day as people write it, of any year; None for anything else, or as much as a month."""
    return read_any_day(typed[:LONGEST])


def evening(known_on: date, now: datetime) -> datetime:
    """The end of a day, or now where that has not come: what was known on that day."""
    return min(end_of_day(known_on), now)
