"""What other apps do when people of a case are recorded, changed, named or compared, or their case is sealed.

Each listener is called by the action that writes, in its transaction, in the order in which the apps registered.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from lodestar.casework.cases.models import AllegedOffence, Case, Person
from lodestar.platform.accounts.access import Member

Reach = Mapping[UUID, Sequence[str]]  # by person, all that is held of where they can be reached


@dataclass(frozen=True)
class PersonChange:
    """A person as they are recorded now, the columns that were written, and what was believed of them before."""

    person: Person
    fields: Collection[str]
    belief_before: str


class Recorded(Protocol):
    """People were recorded, or where they can be reached. `met` says by case when they were met; `known_reach` is None where the
    caller does not know it."""

    def __call__(self, people: Sequence[Person], *, met: Mapping[UUID, datetime], known_reach: Reach | None) -> object: ...


class Changed(Protocol):
    """What is recorded of people was changed."""

    def __call__(self, changes: Sequence[PersonChange], *, met: Mapping[UUID, datetime]) -> object: ...


class NamedPeople(Protocol):
    """People were given a name or a birth, which is new or was put right; `are_new` where they were recorded just now."""

    def __call__(self, *, by: Member, at: datetime, people: Iterable[Person], are_new: bool) -> object: ...


class Compared(Protocol):
    """People are to be compared with everybody recorded before. Whether whoever records them is to be shown anything new."""

    def __call__(self, *, by: Member, at: datetime, case: Case, people: Sequence[Person], reach: Reach | None) -> bool: ...


class Suspected(Protocol):
    """Acts that people are suspected of were recorded, or how far the case against them has gone."""

    def __call__(self, *, by: Member, at: datetime, offences: Iterable[AllegedOffence]) -> object: ...


class Sealed(Protocol):
    """A case is being sealed, with its named owners written."""

    def __call__(self, *, by: Member, at: datetime, case: UUID) -> object: ...


@dataclass(frozen=True)
class PeopleListener:
    """What one app does with people of cases."""

    app: str
    recorded: Recorded | None = None
    changed: Changed | None = None
    named: NamedPeople | None = None
    compared: Compared | None = None
    sealed: Sealed | None = None
    suspected: Suspected | None = None


_listeners: dict[str, PeopleListener] = {}


def register(listener: PeopleListener) -> None:
    """Called by each app as it starts, and by nothing else."""
    _listeners[listener.app] = listener


def announce_recorded(people: Sequence[Person], *, met: Mapping[UUID, datetime], known_reach: Reach | None) -> None:
    """Calls every listener as in `Recorded`."""
    for listener in _listeners.values():
        if listener.recorded:
            listener.recorded(people, met=met, known_reach=known_reach)


def announce_changed(changes: Sequence[PersonChange], *, met: Mapping[UUID, datetime]) -> None:
    """Calls every listener as in `Changed`."""
    for listener in _listeners.values():
        if listener.changed:
            listener.changed(changes, met=met)


def announce_named(*, by: Member, at: datetime, people: Iterable[Person], are_new: bool = False) -> None:
    """Calls every listener as in `NamedPeople`."""
    rows = list(people)
    for listener in _listeners.values():
        if listener.named:
            listener.named(by=by, at=at, people=rows, are_new=are_new)


def announce_suspected(*, by: Member, at: datetime, offences: Iterable[AllegedOffence]) -> None:
    """Calls every listener as in `Suspected`."""
    for listener in _listeners.values():
        if listener.suspected:
            listener.suspected(by=by, at=at, offences=offences)


def announce_sealed(*, by: Member, at: datetime, case: UUID) -> None:
    """Calls every listener as in `Sealed`."""
    for listener in _listeners.values():
        if listener.sealed:
            listener.sealed(by=by, at=at, case=case)


def compare_people(*, by: Member, at: datetime, case: Case, people: Sequence[Person], reach: Reach | None = None) -> bool:
    """Calls every listener as in `Compared`: whether any has something new to show."""
    found = [
        listener.compared(by=by, at=at, case=case, people=people, reach=reach)
        for listener in _listeners.values()
        if listener.compared
    ]
    return any(found)
