"""What the page of a case is put together from: facts read once, and panels that each app makes of them.

An app's `casefile` has one function, `panel(shown)`: a title, one plain sentence, at most three rows and one link.
It returns None where there is nothing that the member may know of.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.cases.presenters import labels
from lodestar.casework.ledger.models import Obligation
from lodestar.platform.accounts.access import Member
from lodestar.platform.obligations.encounter_reading import Reading, reading
from lodestar.platform.obligations.facts import Encounter, PersonFacts
from lodestar.platform.settings.queries import settings_in_force

MOST_ROWS = 3


@dataclass(frozen=True)
class Row:
    """One line of a panel. `late` is a due time that is past, in words; `tag` is for what needs a look."""

    words: str
    href: str = ""
    about: str = ""
    side: str = ""
    late: str = ""
    tag: str = ""
    colour: str = ""


@dataclass(frozen=True)
class Panel:
    """One app's part of the page. A soft panel belongs to somebody else and says whose it is."""

    id: str
    title: str
    say: str = ""
    rows: tuple[Row, ...] = ()
    link: str = ""
    href: str = ""
    soft: bool = False


@dataclass(frozen=True)
class CaseContext:
    """A case as the member sees it at one moment, read once for every panel. `owed` is open by now, the soonest first."""

    case: Case
    member: Member
    people: Sequence[Person]
    encounter: Encounter
    owed: Sequence[Obligation]
    now: datetime
    app_data: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)  # what an app read, by its own name

    @cached_property
    def names(self) -> Mapping[UUID, str]:
        """What each person is called, short."""
        return labels(self.people)

    @cached_property
    def facts(self) -> Mapping[UUID, PersonFacts]:
        """What the rules see of each person."""
        return {UUID(person.id): person for person in self.encounter.people}

    @cached_property
    def reading(self) -> Reading:
        """The case as the rules read it."""
        return reading(self.encounter, settings_in_force())

    def owing(self, *codes: str) -> list[Obligation]:
        """What is open of these codes."""
        return [row for row in self.owed if row.code in codes]

    def who(self, rows: Iterable[Obligation]) -> list[str]:
        """The names of those whom these rows are about, each once."""
        people_names = (self.names.get(row.person_id, "") for row in rows if row.person_id)
        return list(dict.fromkeys(name for name in people_names if name))


def at_most(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows that a panel has room for."""
    return tuple(rows)[:MOST_ROWS]
