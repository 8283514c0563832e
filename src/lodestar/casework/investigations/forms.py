"""Crime numbers, allocation, authority and review: shape and wording."""

from collections.abc import Iterable
from typing import Any

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


class _Choice(forms.ChoiceField):
    """A choice of people. Whoever was offered then may have moved; the action looks at them as they are on the day."""

    def valid_value(self, value: Any) -> bool:
        return True


class Owner(forms.Form):
    """Who is to have the case: one of the list, or somebody else by name."""

    owner = _Choice(label="Who", required=False, widget=forms.RadioSelect)
    somebody = WordsField(label="Someone else", help_text="Their user name, or their name in full", max_length=120)
    at = WhenField(label="Since when?")
    reason = LinesField(label="Why them", max_length=1000)

    def __init__(self, typed: Any = None) -> None:
        super().__init__(typed, auto_id="%s")

    def offer(self, people: Iterable[tuple[str, str]]) -> None:
        """The people to choose from, for the page."""
        self.fields["owner"].choices = list(people)  # type: ignore[attr-defined]  # a choice field


class Authority(Owner):
    """A detective inspector's authority: for whom, why, and who supervises them."""

    supervised_by = _Choice(
        label="Supervised by a PIP2 detective",
        help_text="With one, a trainee meets the force’s policy. The other policy is still not met",
        required=False,
    )

    def __init__(self, typed: Any = None) -> None:
        super().__init__(typed)
        self.fields["reason"].label = "Why it cannot wait for a PIP2 detective"
        self.fields["at"].label = "When did you give it?"

    def offer_supervisors(self, people: Iterable[tuple[str, str]]) -> None:
        """The PIP2 detectives who may supervise, for the page."""
        self.fields["supervised_by"].choices = [("", "No one"), *people]  # type: ignore[attr-defined]  # a choice field


class Directions(forms.Form):
    """A review of the investigation."""

    directions = LinesField(
        label="Directions", help_text="What is to be done, by who and by when. “Noted” is not a direction", max_length=4000
    )
    at = WhenField(label="When did you review it?")
