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
        self.arrived = None if person.released_at else person.in_custody_from
        self.fields["kind"].choices = WHILE_HELD if self.held_from else BEFORE  # type: ignore[attr-defined]  # a choice field

    def check_order(self, at: datetime) -> bool:
        """Whether this may have happened at `at`: nobody is released before they were arrested or arrived. An earlier arrival can
        always be recorded: it corrects the time of the arrest. Adds an error otherwise."""
        begins = self.arrived or self.held_from if self.cleaned_data["kind"] == RELEASED else None
        is_after = begins is None or at >= begins.replace(second=0, microsecond=0)
        if not is_after:
            self.add_error("at", "That is before they were arrested, or before they arrived. Check the time")
        return is_after
