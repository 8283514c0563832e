"""What the figure is reckoned from: facts of one case as they were known at one instant, in one frozen shape. Pure.

None is *not known*, never *no*. Nothing here names anybody: how a failing is judged turns on no name.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from lodestar.platform.time.days import add_months, start_of_day

CLOSED, OPEN = "closed", "open"
NO_SIGNS, FOLLOWED_UP, NOT_FOLLOWED_UP = LOOK_BACK_RESULTS = ("no_signs", "followed_up", "not_followed_up")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a step of safety: `done`, `not_needed` or `not_possible`, and when that was.

    `is_told`: somebody gave the time. A bare tap says that it was done by then, and not that it was done only then.
    `until`: when whoever gave it gave another about the same; None where it stands.
    """

    kind: str
    at: datetime
    is_told: bool
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of immediate safety that was owed for a person, when it was due (None: no time is set), and what was answered."""

    code: str
    due: datetime | None
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One review of the investigation, or one further allocation, that was asked for: when it was due, and whether it was done.
    How late it was says nothing of the whole investigation and is not read."""

    code: str
    due: datetime | None
    is_done: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome of what a person is suspected of. `without`: it came while the full record of section 45 of the Modern
    Slavery Act 2015 was open. `against`: the record that it rests on says that the defence is likely."""

    kind: str
    at: datetime
    without: bool
    against: bool


@dataclass(frozen=True, slots=True)
class Offence:
    """An act that a person is suspected of, as it was written, and how far the case against them has gone."""

    act: str
    section: str
    title: str
    stage: str


@dataclass(frozen=True, slots=True)
class LookedBack:
    """What earlier records of the force tell of one person before the first concern: when the first of those that show a sign
    that nobody considered happened. `is_whole`: records of every kind are held for the time before, and the person can be
    looked for in them. `was_considered`: a sign stood there, and a named colleague had answered what it asks. `has_undated`: a
    record shows a sign and says no day, so that it is not known whether it is of before."""

    is_whole: bool
    signs_at: datetime | None = None
    was_considered: bool = False
    has_undated: bool = False


@dataclass(frozen=True, slots=True)
class VictimFacts:
    """One possible victim.

    `suspected`: True where they are suspected of anything, False where somebody confirmed that they are not, None where
    neither is recorded. `records` are the states of the full records that are owed, `waits` whether anything else about
    what they are suspected of is open. `disclosed`: when something went to Immigration Enforcement before it was approved.
    `none_disclosed_at`: when somebody last recorded for the case that nothing had gone to immigration.
    `look_back`: what a colleague who looked through earlier records said of them (`LOOK_BACK_RESULTS`), empty where nobody did.
    """

    steps: tuple[Step, ...] = ()
    suspected: bool | None = None
    records: tuple[str, ...] = ()
    waits: bool = False
    outcomes: tuple[Outcome, ...] = ()
    british: bool | None = None
    disclosed: tuple[datetime, ...] = ()
    none_disclosed_at: datetime | None = None
    offences: tuple[Offence, ...] = ()
    found_first: bool = False  # another body had referred them before we met them
    found_first_at: datetime | None = None  # when, where an instant is known
    looked_back: LookedBack | None = None
    look_back: str = ""


@dataclass(frozen=True, slots=True)
class CaseHandler:
    """That somebody opened the case or was given it, when, and whether they had on that day all training then required of their
    roles; None where nothing was."""

    at: datetime
    is_trained: bool | None


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """One case: its possible victims, and when somebody below PIP2 had it without authority. `investigation` are the crime of
    each and the first allocation, `follow_ups` the reviews and further allocations asked for, `grade` is that of its last deep
    dive, empty where it was in none."""

    victims: tuple[VictimFacts, ...] = ()
    below_pip2: tuple[datetime, ...] = ()
    investigation: tuple[Step, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    handlers: tuple[CaseHandler, ...] = ()
    grade: str = ""

    def with_records(self, back: Sequence[LookedBack]) -> "CaseFacts":
        """The same with what earlier records tell of each possible victim, in their order."""
        victims = zip(self.victims, back, strict=True)
        return replace(self, victims=tuple(replace(victim, looked_back=look_back) for victim, look_back in victims))


HAPPENED, DID_NOT, CANNOT_TELL, COULD_NOT = "happened", "did_not", "cannot_tell", "could_not"
VERDICTS = (HAPPENED, DID_NOT, CANNOT_TELL, COULD_NOT)
_ORDER = (HAPPENED, CANNOT_TELL, DID_NOT)  # the first of these that any part says is what the whole says


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason: what it says, the code of why, when what it rests on happened where that is known, and about which step
    of safety."""

    verdict: str
    why: str
    at: datetime | None = None
    step: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of a case, and the findings that say it."""

    verdict: str
    findings: tuple[Finding, ...]

    @property
    def times(self) -> tuple[datetime, ...]:
        """When what it rests on happened, as far as that is known."""
        return tuple(sorted(finding.at for finding in self.findings if finding.at is not None))


def together(findings: Iterable[Finding]) -> Verdict:
    """The verdict of a whole from those of its parts: it happened where any part says so, cannot be told where any part
    cannot and none says that it happened, and did not where a part says so and no other says more. Where it could have
    happened in no part, it could not in the whole."""
    all_findings = list(findings)
    verdicts = {finding.verdict for finding in all_findings}
    verdict = next((candidate for candidate in _ORDER if candidate in verdicts), COULD_NOT)
    return Verdict(verdict, tuple(dict.fromkeys(finding for finding in all_findings if finding.verdict == verdict)))


@dataclass(frozen=True, slots=True)
class Counts:
    """Cases of a period by what is said of them. The four come to all cases; none is ever part of another."""

    happened: int = 0
    did_not: int = 0
    cannot_tell: int = 0
    could_not: int = 0

    @property
    def could_have(self) -> int:
        """In how many cases it could have happened."""
        return self.happened + self.did_not + self.cannot_tell

    @property
    def all(self) -> int:
        """All cases of the period."""
        return self.could_have + self.could_not

    def of(self, verdict: str) -> int:
        """How many cases have this verdict."""
        return int(getattr(self, verdict))


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


def year_to_quarter(today: date) -> Period:
    """The year that ends with the latest quarter that is over."""
    last = last_quarter(today)
    return Period(add_months(last.first, -9), last.last)


def last_twelve_months(today: date) -> Period:
    """The twelve whole months before the one that is under way."""
    after = today.replace(day=1)
    return Period(add_months(after, -12), after - _ONE_DAY)


def a_year_before(period: Period) -> Period:
    """The same days a year before. What ends with its month ends with it there too, but for a single day, and 29 February is
    28 February."""
    first, after = add_months(period.first, -12), period.last + _ONE_DAY
    ends_a_month = after.day == 1 and period.first < period.last
    return Period(first, add_months(after, -12) - _ONE_DAY if ends_a_month else add_months(period.last, -12))
