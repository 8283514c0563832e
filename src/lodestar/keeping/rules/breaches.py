"""The clock of a personal data breach: what has to be answered, by when, and what is still open.

Data Protection Act 2018 sections 67 and 68 (law-enforcement processing); articles 33 and 34 of the UK GDPR say the same of
support data. Checked against the Act's words on the clock; the Data (Use and Access) Act 2025 may have changed what is around it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

HOURS = timedelta(hours=72)  # after the controller became aware: section 67(1)
KINDS = ("lost", "shown", "destroyed", "changed", "not_there")
TO_COMMISSIONER = ("commissioner_told", "commissioner_not_told")
TO_PEOPLE = ("people_told", "people_not_told")
STEPS = (*TO_COMMISSIONER, *TO_PEOPLE, "put_right", "closed")
SAY_WHY = ("commissioner_not_told", "people_not_told", "put_right")  # words are asked for


@dataclass(frozen=True)
class Step:
    """Something that was done about a breach, or decided not to be."""

    kind: str
    at: datetime


@dataclass(frozen=True)
class Breach:
    """Where a breach stands: by when the Commissioner is told, and what is still to be answered, by code."""

    tell_by: datetime
    open: tuple[str, ...]
    is_closed: bool
    told_late: bool


def tell_by(aware_at: datetime) -> datetime:
    """By when the Commissioner is told: 72 hours, of every day of the week."""
    return aware_at + HOURS


def needs_delay(aware_at: datetime, kind: str, at: datetime) -> bool:
    """Whether the reasons for the delay have to be said."""
    return kind == "commissioner_told" and at > tell_by(aware_at)


def stands(aware_at: datetime, steps: Iterable[Step]) -> Breach:
    """Where a breach stands. It is closed by saying so, once nothing is open."""
    done = list(steps)
    kinds = {step.kind for step in done}
    still = []
    if not kinds & set(TO_COMMISSIONER):
        still.append("commissioner")
    if not kinds & set(TO_PEOPLE):
        still.append("people")
    if "put_right" not in kinds:
        still.append("put_right")
    late = any(needs_delay(aware_at, step.kind, step.at) for step in done)
    return Breach(tell_by(aware_at), tuple(still), "closed" in kinds, late)
