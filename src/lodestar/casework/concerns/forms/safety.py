"""The second screen: are they safe right now?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.concerns.forms.fields import RowForm, Screen, one_of, some_of
from lodestar.platform.obligations.facts import NEEDS
from lodestar.platform.text.merge_edits import Raw

YES_NO = [("yes", "Yes"), ("no", "No"), ("not_sure", "Not sure")]
FIRST_NEEDS = [
    ("medical", "Hurt, ill, or needs medicine"),
    ("food", "Cold, hungry, exhausted"),
    ("protection", "Frightened of someone here"),
]
MORE_NEEDS = [
    ("safe_place", "Nowhere out of the exploiter’s reach to sleep tonight"),
    ("interpreter", "An interpreter"),
    ("childcare", "Someone for a child with them"),
    ("mental_health", "Very distressed"),
]


class SafetyForm(RowForm):
    """One person: out of danger, and what they need first."""

    danger = one_of("Safe right now?", YES_NO)
    needs = some_of("Deal with this first", FIRST_NEEDS)
    more = some_of("What else do they need?", MORE_NEEDS)

    def facts(self) -> dict[str, Any]:
        """The columns of the person that were changed."""
        facts: dict[str, Any] = {}
        if self.changed("danger"):
            facts["out_of_danger"] = self.cleaned_data["danger"]
        if self.changed("needs", "more"):
            ticked = {*self.cleaned_data["needs"], *self.cleaned_data["more"]}
            facts["needs"] = [need for need in NEEDS if need in ticked]
        return facts


def safety_as_typed(person: Person) -> dict[str, Raw]:
    """What is recorded of a person's safety, as the form above would send it."""
    return {
        "danger": person.out_of_danger,
        "needs": tuple(sorted(need for need, _ in FIRST_NEEDS if need in person.needs)),
        "more": tuple(sorted(need for need, _ in MORE_NEEDS if need in person.needs)),
    }


class ControlForm(RowForm):
    """The scene: whether somebody there may control them."""

    controller = one_of(
        "Is anyone there who may control them?",
        YES_NO,
        help_text="A friend, driver, “aunt”, partner or boss who answers for them.",
    )

    def facts(self) -> dict[str, Any]:
        """The column of the case, if it was changed."""
        return {"controller_there": self.cleaned_data["controller"]} if self.changed("controller") else {}


@dataclass(frozen=True)
class OnePerson:
    """The fields of one person, and what they are called."""

    row: Person
    form: SafetyForm
    legend: str


class SafeScreen(Screen):
    """`people` are those on this page; `data` is what was sent. Fields go by the person's number in the case."""

    def __init__(
        self, case: Case, people: Sequence[Person], names: Mapping[UUID, str], data: Mapping[str, Any] | None = None
    ) -> None:
        forms = [SafetyForm(data, before=safety_as_typed(person), prefix=f"p{person.number}") for person in people]
        self.people = [OnePerson(person, form, names[person.id]) for person, form in zip(people, forms, strict=True)]
        self.control = ControlForm(data, before={"controller": case.controller_there})

    @property
    def named_forms(self) -> list[tuple[str, RowForm]]:
        """Each person, then the scene."""
        return [*((person.legend, person.form) for person in self.people), ("", self.control)]
