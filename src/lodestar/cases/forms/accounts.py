"""The first account on video: its reference, when, by whom, whose, and what else was kept."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from lodestar.cases.forms.when import WhenField
from lodestar.cases.forms.words import WordsField
from lodestar.cases.rules.first_accounts import KEPT

REFERENCE_WANTED = "Write the reference under which the video is kept"
NOBODY = "Tick whose account is on it"


class FirstAccountTold(forms.Form):
    """One video."""

    reference = WordsField(label="Video reference", max_length=60)
    officer = WordsField(label="Number of the officer who wore it", max_length=40)
    at = WhenField(label="When was it taken?")
    people = forms.MultipleChoiceField(
        label="Whose account is on it?", required=False, widget=forms.CheckboxSelectMultiple
    )
    kept = forms.MultipleChoiceField(
        label="What else was kept?", choices=list(KEPT.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    more = WordsField(label="Anything else kept, in a few words", max_length=400)

    def __init__(self, typed: Any, *, people: Iterable[tuple[str, str]], whose: Sequence[str], **options: Any) -> None:
        super().__init__(typed, initial={"people": list(whose)}, **options)
        self.fields["people"].choices = list(people)  # type: ignore[attr-defined]  # a choice field

    def clean_reference(self) -> str:
        """The reference, which is asked for."""
        told: str = self.cleaned_data["reference"]
        if not told:
            raise forms.ValidationError(REFERENCE_WANTED)
        return told

    def clean_people(self) -> list[str]:
        """At least one."""
        told: list[str] = self.cleaned_data["people"]
        if not told:
            raise forms.ValidationError(NOBODY)
        return told
