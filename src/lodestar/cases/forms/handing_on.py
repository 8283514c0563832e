"""What goes with what is handed on."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms


class HandOn(forms.Form):
    """A few words for whoever takes it over. Not compulsory; which lines is said by the buttons and ticks."""

    known = forms.CharField(
        label="What the next person needs to know",
        help_text="Like: “wants to be near her nan, not Marlsea”. No address here.",
        required=False,
        max_length=400,
    )


class Interim(forms.Form):
    """The officer who is to have the case meanwhile."""

    to = forms.ChoiceField(label="An officer of the unit", required=False)
    other = forms.CharField(
        label="Or someone else, by user name", help_text="As they sign in", required=False, max_length=80
    )

    def __init__(self, typed: Any, colleagues: Iterable[tuple[UUID, str]], *, is_sealed: bool = False) -> None:
        super().__init__(typed, auto_id="%s")
        if is_sealed:
            self.fields["to"].label = "One of its named owners"
            self.fields["other"].help_text = "As they sign in. This case is sealed: only a named owner"
        choices = [("", "Choose one"), *((str(user), name) for user, name in colleagues)]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """One officer."""
        told = self.cleaned_data
        if not self.errors and bool(told.get("to")) == bool(told.get("other", "").strip()):
            self.add_error("to", "Choose one officer, from the list or by user name")
        return told
