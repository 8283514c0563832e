"""What somebody still holds when they leave, as higher apps say it, and what those do when a last day is set.

An app registers as it starts (`apps.py`): `holdings.register(Holdings("ledger", counts=..., hand_over=...))`. An administrator
is shown the counts and nothing of a case. `hand_over` is called once for each last day, by the worker, as the application and
within the force, so that the coordinator is given what the leaver holds, some days ahead where the last day is to come.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID


class HandOver(Protocol):
    """A person's last day is set: what they hold goes to the coordinator. It may be called again for another day."""

    def __call__(self, *, user: UUID, last_day: date, at: datetime) -> object: ...


@dataclass(frozen=True)
class Holdings:
    """What one app knows of: how many of each thing somebody holds, in words (`tasks`), and handing those over."""

    app: str
    counts: Callable[[UUID], Sequence[tuple[str, int]]]
    hand_over: HandOver | None = None


_registered: dict[str, Holdings] = {}


def register(holdings: Holdings) -> None:
    """Called by each app as it starts, and by nothing else."""
    _registered[holdings.app] = holdings


def counts_of(user: UUID) -> list[tuple[str, int]]:
    """How much of what somebody holds."""
    return [count for holdings in _registered.values() for count in holdings.counts(user)]


def hand_over(*, user: UUID, last_day: date, at: datetime) -> None:
    """Tells every app that registered of somebody's last day."""
    for holdings in _registered.values():
        if holdings.hand_over:
            holdings.hand_over(user=user, last_day=last_day, at=at)
