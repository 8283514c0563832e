"""Crime numbers and reviews: shape and wording."""

from django import forms

from lodestar.platform.design.forms.fields import LinesField, WhenField, WordsField

REASONS = [("not_possible", "Not yet"), ("not_needed", "None is needed")]


class CrimeNumber(forms.Form):
    """The number of the crime recorded for one victim, or why there is none."""

    number = WordsField(label="Crime number", max_length=40)
    at = WhenField(label="When was it recorded?")
    why_kind = forms.ChoiceField(label="No number?", choices=REASONS, required=False, widget=forms.RadioSelect)
    why_not = LinesField(label="Why", max_length=1000)
    same_number = forms.BooleanField(label="Correct: they share this number", required=False)

    def clean(self) -> None:
        """A number, or why not: one of the two."""
        answers = self.cleaned_data
        if self.errors or answers.get("number"):
            return
        if not answers.get("why_not"):
            self.add_error("number", "Write the crime number, or below why there is none")
        elif not answers.get("why_kind"):
            self.add_error("why_kind", "Say whether it is pending or not needed")

    @property
    def kind(self) -> str:
        """What was answered, of a form that is valid."""
        return "recorded" if self.cleaned_data["number"] else str(self.cleaned_data["why_kind"])


class Directions(forms.Form):
    """A review of the investigation."""

    directions = LinesField(
        label="Directions", help_text="What is to be done, by who and by when. “Noted” is not a direction", max_length=4000
    )
    at = WhenField(label="When did you review it?")
