"""The second screen as a whole: one form for each person on the page, and one for the scene."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lodestar.cases.models import Case, Person
from lodestar.recognition.forms.rows import RowForm, Version, can_keep_both, settle_all, versions
from lodestar.recognition.forms.safety import ControlForm, SafetyForm, control_as_typed, safety_as_typed


@dataclass(frozen=True)
class OnePerson:
    """The fields of one person, and what they are called."""

    row: Person
    form: SafetyForm
    legend: str


class SafeScreen:
    """`people` are those on this page; `data` is what was sent. Fields go by the person's number in the case."""

    def __init__(
        self, case: Case, people: Sequence[Person], names: Mapping[UUID, str], data: Mapping[str, Any] | None = None
    ) -> None:
        self.people = [
            OnePerson(
                person,
                SafetyForm(data, before=safety_as_typed(person), prefix=f"p{person.number}"),
                names[person.id],
            )
            for person in people
        ]
        self.control = ControlForm(data, before=control_as_typed(case))

    @property
    def forms(self) -> list[RowForm]:
        """Every form of the page, in its order."""
        return [*(one.form for one in self.people), self.control]

    def settle(self) -> bool:
        """Puts what was typed together with what stands now. True when all of it can be saved."""
        return settle_all(self.forms)

    def versions(self) -> list[Version]:
        """What two people wrote differently."""
        return versions([*((one.legend, one.form) for one in self.people), ("", self.control)])

    @property
    def can_keep_both(self) -> bool:
        """Whether every answer that clashes can hold both versions."""
        return can_keep_both(self.forms)
