"""What an officer says of a notification without a name before it goes: which places may stay, which words become coarser."""

from collections.abc import Mapping
from typing import Any

from django import forms

from lodestar.referrals.queries import Going
from lodestar.referrals.rules.coarser import key

STAYS, OUT = "stays", "out"
MOST = 12  # places, and words that could be coarser, on one page: it has a budget
CHOICES = [(OUT, "Leave it out"), (STAYS, "It may stay: it is somebody or something else")]


class LookedThrough(forms.Form):
    """One choice for each place, and a tick for each of the words that could be coarser. Nothing is chosen for anybody:
    until it is, what stands at the place is left out. Those that nobody has read come first, as many as a page has room for."""

    def __init__(self, going: Going, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="%s", use_required_attribute=False)
        self.going = going
        unsaid = [place for place in going.places if place.mark not in going.said]
        self.unsaid = unsaid[:MOST]
        self.read = [place for place in going.places if place.mark in going.said][: MOST - len(self.unsaid)]
        self.left = len(unsaid) - len(self.unsaid)
        for place in (*self.unsaid, *self.read):
            self.fields[f"p-{place.mark}"] = forms.ChoiceField(
                label="Is that right?",
                choices=CHOICES,
                required=False,
                widget=forms.RadioSelect,
                initial=_said(going.said.get(place.mark)),
            )
        self.fields["coarser"] = forms.MultipleChoiceField(
            label="Use coarser words",
            choices=[(key(pointer), pointer.typed) for pointer in going.pointers[:MOST]],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def said(self) -> dict[str, bool]:
        """The places of which something else was said than before, by their marks."""
        found = {}
        for place in (*self.unsaid, *self.read):
            told = self.cleaned_data[f"p-{place.mark}"]
            if told and (told == STAYS) != self.going.said.get(place.mark):
                found[place.mark] = told == STAYS
        return found


def _said(may_stay: bool | None) -> str | None:
    return None if may_stay is None else STAYS if may_stay else OUT
