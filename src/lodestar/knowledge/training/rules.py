"""When training is valid, due or missing; which questions a sitting draws, and when it can be sat. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from lodestar.platform.text.reference_lists import reference_list, rows_on
from lodestar.platform.time.days import add_months

KINDS = {"course": "Course", "seminar": "Seminar", "e-learning": "E-learning", "film": "Film", "reading": "Reading"}
BY_ONESELF = ("film", "reading")  # who saw or read it says so
HOW = {"code": "Signed in by code", "file": "From a file", "recorded": "Recorded by training", "self": "Said so themselves"}
MOMENTS = {"before": "Before", "after": "After", "six_months": "At six months"}
LATER, OPEN_FOR = 6, 9  # months after a session: the last check is due, and is not asked for any more
DRAWN, IN_REFRESHER, FEW = 10, 3, 10  # questions; sittings or answers under which nothing is said of them
SOON = timedelta(days=30)
SHIFTS = {"early": "Early", "late": "Late", "night": "Night", "none": "No shift in 28 days"}


@dataclass(frozen=True)
class Status:
    """What somebody has of a course on a day: `state` is `has`, `expiring` (within 30 days), `to_come` (not due yet), `expired`
    or `missing`; `day` is the first on which it is not valid any more, or by when it was or is due."""

    state: str
    day: date | None

    @property
    def is_valid(self) -> bool:
        """Whether they have it."""
        return self.state in ("has", "expiring")


def status_on(attended: Iterable[date], valid_months: int | None, due_on: date, day: date) -> Status:
    """The status of a course on a day, attended on these days, valid for so many months or for ever, and due by `due_on`."""
    past = [each for each in attended if each <= day]
    if not past:
        return Status("to_come" if day <= due_on else "missing", due_on)
    end = None if valid_months is None else add_months(max(past), valid_months)
    if end is None or day + SOON < end:
        return Status("has", end)
    return Status("expiring" if day < end else "expired", end)


def moments_open(first_day: date, last_day: date, attended: date | None, day: date) -> tuple[str, ...]:
    """Which checks of a session can be answered on a day: before it by anybody, after it and at six months by who attended."""
    if attended is None:
        return ("before",) if day <= last_day else ()
    if day < add_months(attended, LATER):
        return ("before", "after") if day <= first_day else ("after",)
    return ("six_months",) if day < add_months(attended, OPEN_FOR) else ()


def seed_of(*parts: object) -> str:
    """The seed of a sitting, the same for the same parts."""
    return sha256(" ".join(map(str, parts)).encode()).hexdigest()


def drawn(questions: Iterable[UUID], seed: str, most: int = DRAWN) -> list[UUID]:
    """So many of the questions at random by a seed: the same of the same questions, in whatever order they come."""
    return sorted(questions, key=lambda each: seed_of(seed, each))[:most]


def letters() -> Mapping[str, str]:
    """What each letter of recommendation 2 of the super-complaint asks that staff can do."""
    return dict(reference_list("training", "topics").header["letters"])


def topics_on(day: date, covers: Collection[str] | None = None, obligation: str = "") -> Mapping[str, Mapping[str, Any]]:
    """The topics of questions on a day, by code: all, or those that a course covers by its letters, or of an obligation."""
    rows = [row for row in rows_on("training", "topics", day) if covers is None or row["letter"] in covers]
    return {row["code"]: row for row in rows if not obligation or obligation in row["obligations"]}


def shift_of(hour: int | None) -> str:
    """Which shift begins at an hour of the day: early from 4, late from 12, night from 20."""
    return "none" if hour is None else "early" if 4 <= hour < 12 else "late" if 12 <= hour < 20 else "night"
