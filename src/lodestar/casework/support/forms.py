"""Help offered again: how, in the agreed way or not, and what they said."""

from typing import Any

from django import forms

from lodestar.casework.consent.forms import YES_NO
from lodestar.casework.consent.presenters import choices
from lodestar.casework.support.presenters import HOW, OUTCOMES
from lodestar.platform.design.forms.fields import WhenField, asked


class OfferAgain(forms.Form):
    """One offer, or a try at one. Only what came of it is asked for."""

    outcome = forms.ChoiceField(
        label="What was the outcome?", choices=OUTCOMES, widget=forms.RadioSelect, **asked("Say what the outcome was")
    )
    at = WhenField(label="When")
    how = forms.ChoiceField(label="How", choices=HOW, required=False, widget=forms.RadioSelect)
    as_agreed = forms.ChoiceField(
        label="In the way agreed with them?", choices=YES_NO, required=False, widget=forms.RadioSelect
    )
    known_officer = forms.ChoiceField(
        label="By someone they know?", choices=YES_NO, required=False, widget=forms.RadioSelect
    )
    said = forms.CharField(label="What they said, if they wish to say", required=False, max_length=500, widget=forms.Textarea)
    without = forms.CharField(
        label="If no agreed contact allowed it: why was it made?",
        help_text="It is recorded as happened without, and looked at", required=False, max_length=400,
    )  # fmt: skip
    leaflet = forms.ChoiceField(label="Leaflet shown or given", choices=choices, required=False)

    def facts(self) -> dict[str, Any]:
        """The columns of the offer, but for the leaflet, whose version the day decides."""
        answers, yes_no = self.cleaned_data, {"yes": True, "no": False}
        return {
            "outcome": answers["outcome"],
            "how": answers["how"],
            "as_agreed": yes_no.get(answers["as_agreed"]),
            "known_officer": yes_no.get(answers["known_officer"]),
            "said": answers["said"].strip(),
        }
