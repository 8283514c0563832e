"""What a page of the figure was asked for, as an address says it: the period, and the instant as of which things are known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import urlencode

from lodestar.oversight.measures.access import Scope
from lodestar.oversight.measures.queries.figure import BEFORE
from lodestar.oversight.measures.rules.facts import CANNOT_TELL, COULD_NOT, DID_NOT, HAPPENED, Finding, Period
from lodestar.platform.design.when import day as day_words
from lodestar.platform.design.when import day_time
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.time.days import end_of_day
from lodestar.platform.time.uk_dates import read_any_day

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
        parameters = {"first": self.period.first.isoformat(), "last": self.period.last.isoformat(), "at": stamp(self.at)}
        return urlencode(parameters)

    def word(self, number: int = 0, slug: str = "") -> str:
        """The same and, for the list behind one number, which: as the log keeps what a file is made from again."""
        days = f"{self.period.first:%Y%m%d} {self.period.last:%Y%m%d} {stamp(self.at)}"
        return f"{days} {number} {slug}" if slug else days


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


VERDICT_WORDS = {
    HAPPENED: "Happened", DID_NOT: "Did not", CANNOT_TELL: "Cannot tell", COULD_NOT: "Could not have",
    BEFORE: "Happened, earlier encounter",
}  # fmt: skip
SLUGS = {
    "happened": HAPPENED, "did-not": DID_NOT, "cannot-tell": CANNOT_TELL, "could-not": COULD_NOT, "met-before": BEFORE,
}  # fmt: skip
SLUG_OF = {verdict: slug for slug, verdict in SLUGS.items()}
_REASONS = reference_list("measures", "reasons")
STEPS: Mapping[str, str] = _REASONS.header["steps"]
WHY: Mapping[str, str] = {row["code"]: row["words"] for row in _REASONS.rows}
KINDS = {
    "nrm": "Made by us: National Referral Mechanism",
    "dtn": "Made by us: Duty to Notify",
    "received": "Received to investigate",
    "crimes": "Crimes recorded",
}
NO_VICTIM = "No possible victim is recorded"
MOST_REASONS = 4


def counted_words(scope: Scope) -> str:
    """Whose cases are counted, in words."""
    return "the whole force" if scope.is_force else "your unit and those below it"


def period_words(period: Period) -> str:
    """A period as people say it: `1 July to 30 September 2026`."""
    first, last = period.first, period.last
    if first == last:
        return day_words(first)
    if first.year != last.year:
        return f"{day_words(first)} to {day_words(last)}"
    begins = f"{first.day}" if first.month == last.month else f"{first.day} {first:%B}"
    return f"{begins} to {day_words(last)}"


def reasons(findings: Iterable[Finding], number: int) -> list[str]:
    """Why a case has its verdict, each reason once and the first few: what, about which step, and when."""
    reason_texts = list(dict.fromkeys(_reason(finding) for finding in findings))
    if not reason_texts:
        return [NO_VICTIM if number != 2 else "No safety step was due for a possible victim"]
    more = len(reason_texts) - MOST_REASONS
    return reason_texts[:MOST_REASONS] + ([f"And {more} more"] if more > 0 else [])


def _reason(finding: Finding) -> str:
    step = f": {STEPS[finding.step]}" if finding.step else ""
    return f"{WHY[finding.why]}{step}{_when(finding.at)}"


def _when(at: datetime | None) -> str:
    return f" ({day_time(at)})" if at else ""
