"""What is recorded of somebody's custody."""

from datetime import datetime
from typing import Any

from django import forms

from lodestar.casework.cases.models import Person
from lodestar.casework.cases.rules import ARRIVED, HELD, MISTAKEN, RELEASED
from lodestar.platform.design.forms.fields import WhenField

BEFORE = [(ARRIVED, "Arrived in custody"), (HELD, "Arrested")]
WHILE_HELD = [BEFORE[0], (RELEASED, "Released"), (MISTAKEN, "Not arrested: it was recorded by mistake")]


class Custody(forms.Form):
    """What happened, and when."""

    kind = forms.ChoiceField(label="What happened", widget=forms.RadioSelect, error_messages={"required": "Choose what happened"})
    at = WhenField(label="When?")

    def __init__(self, typed: Any = None, *, person: Person) -> None:
        super().__init__(typed, auto_id="%s")
        self.held_from = None if person.released_at else person.held_from
        self.fields["kind"].choices = WHILE_HELD if self.held_from else BEFORE  # type: ignore[attr-defined]  # a choice field

    def check_order(self, at: datetime) -> bool:
        """Whether this may have happened at `at`: nobody is released before they were arrested. Adds an error otherwise."""
        is_after = self.cleaned_data["kind"] != RELEASED or self.held_from is None or at >= self.held_from
        if not is_after:
            self.add_error("at", "That is before they were arrested. Check the time")
        return is_after
