"""What an officer says of a notification without a name before it goes: which places may stay, which words become coarser."""

from collections.abc import Mapping
from typing import Any

from django import forms

from lodestar.referrals.queries import Going
from lodestar.referrals.rules.coarser import key

STAYS, OUT = "stays", "out"
CHOICES = [(OUT, "Leave it out"), (STAYS, "It may stay: it is somebody or something else")]


class LookedThrough(forms.Form):
    """One choice for each place, and a tick for each of the words that could be coarser. Nothing is chosen for anybody:
    until it is, what stands at the place is left out."""

    def __init__(self, going: Going, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="%s", use_required_attribute=False)
        self.going = going
        for place in going.places:
            self.fields[f"p-{place.mark}"] = forms.ChoiceField(
                label="Is that right?",
                choices=CHOICES,
                required=False,
                widget=forms.RadioSelect,
                initial=STAYS if place.mark in going.stays else None,
            )
        self.fields["coarser"] = forms.MultipleChoiceField(
            label="Use coarser words",
            choices=[(key(pointer), pointer.typed) for pointer in going.pointers],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def said(self) -> dict[str, bool]:
        """The places of which something else was said than before, by their marks."""
        found = {}
        for place in self.going.places:
            told = self.cleaned_data[f"p-{place.mark}"]
            if told and (told == STAYS) != (place.mark in self.going.stays):
                found[place.mark] = told == STAYS
        return found
