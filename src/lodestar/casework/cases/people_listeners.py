"""What other apps do when people of a case are recorded, changed, named or compared.

Each listener is called by the action that writes, in its transaction, in the order in which the apps registered.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from lodestar.casework.cases.models import Case, Person
from lodestar.platform.accounts.access import Member

Reach = Mapping[UUID, Sequence[str]]  # by person, all that is held of where they can be reached
Listener = Callable[..., Any]


@dataclass(frozen=True)
class PersonChange:
    """A person as they are recorded now, the columns that were written, and what was believed of them before."""

    person: Person
    fields: Collection[str]
    belief_before: str


@dataclass(frozen=True)
class PeopleListener:
    """What one app does with people of cases; each is called with what the function below of the same name is given."""

    app: str
    recorded: Listener | None = None
    changed: Listener | None = None
    named: Listener | None = None
    compared: Listener | None = None
    suspected: Listener | None = None


_listeners: dict[str, PeopleListener] = {}


def register(listener: PeopleListener) -> None:
    """Called by each app as it starts, and by nothing else."""
    _listeners[listener.app] = listener


def _announce(what: str, *people: Any, **facts: Any) -> list[Any]:
    listeners = [getattr(listener, what) for listener in _listeners.values()]
    return [listen(*people, **facts) for listen in listeners if listen is not None]


# People were recorded, or where they can be reached. `met`: by case when they were met; `known_reach`: None where not known.
announce_recorded = partial(_announce, "recorded")
announce_changed = partial(_announce, "changed")  # a PersonChange of each, and `met`
announce_suspected = partial(_announce, "suspected")  # acts of which people are suspected, or how far the case against them is


def announce_named(*, by: Member, at: datetime, people: Iterable[Person], are_new: bool = False) -> None:
    """People were given a name or a birth, which is new or was put right; `are_new` where they were recorded just now."""
    _announce("named", by=by, at=at, people=list(people), are_new=are_new)


def compare_people(*, by: Member, at: datetime, case: Case, people: Sequence[Person], reach: Reach | None = None) -> bool:
    """People are compared with everybody recorded before: whether whoever records them is to be shown anything new."""
    return any(_announce("compared", by=by, at=at, case=case, people=people, reach=reach))
