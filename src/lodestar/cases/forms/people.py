"""What is known of a person's age, and the video that holds their first account."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils import timezone

from lodestar.cases.forms.fields import WhenField, WordsField, asked
from lodestar.cases.rules.first_accounts import KEPT
from lodestar.kernel.uk_dates import CannotRead, read_age, read_birth

BASES = [
    ("stated", "They said so"),
    ("estimated", "By appearance"),
    ("document", "Identity document"),
    ("disputed", "In dispute"),
    ("assessed", "Age assessment"),
]


class Age(forms.Form):
    """A date of birth, or the youngest and the oldest they could be. One number alone is enough."""

    birth_date = forms.CharField(
        label="Date of birth",
        help_text="Like 4 September 2009, or 2009 if only the year is known",
        required=False,
        max_length=40,
    )
    age_min = forms.CharField(label="Youngest they could be", required=False, max_length=20)
    age_max = forms.CharField(label="Oldest they could be", required=False, max_length=20)
    age_basis = forms.ChoiceField(label="How is it known?", choices=BASES, required=False, widget=forms.RadioSelect)

    def clean_birth_date(self) -> str:
        """The date as far as it is known."""
        try:
            return read_birth(self.cleaned_data["birth_date"], timezone.localdate())
        except CannotRead as error:
            raise forms.ValidationError(str(error)) from None

    def clean_age_min(self) -> int | None:
        """Completed years, or None."""
        return _years(self.cleaned_data["age_min"])

    def clean_age_max(self) -> int | None:
        """Completed years, or None."""
        return _years(self.cleaned_data["age_max"])

    def clean(self) -> dict[str, Any]:
        """The youngest is not above the oldest, and there is something to record."""
        answers = self.cleaned_data
        low, high = answers.get("age_min"), answers.get("age_max")
        if low is not None and high is not None and low > high:
            self.add_error("age_max", f"The oldest, {high}, is below the youngest, {low}")
        elif (
            not self.errors
            and low is None
            and high is None
            and not answers.get("birth_date")
            and not answers.get("age_basis")
        ):
            self.add_error("age_min", "Write an age, or how it is known. If nothing can be said yet, go back")
        return answers


def _years(typed: str) -> int | None:
    try:
        return read_age(typed)
    except CannotRead as error:
        raise forms.ValidationError(str(error)) from None


class FirstAccountForm(forms.Form):
    """One video."""

    reference = WordsField(label="Video reference", max_length=60, wanted="Write the reference under which the video is kept")
    officer = WordsField(label="Number of the officer who wore it", max_length=40)
    at = WhenField(label="When was it taken?")
    people = forms.MultipleChoiceField(
        label="Whose account is on it?", widget=forms.CheckboxSelectMultiple, **asked("Tick whose account is on it")
    )
    kept = forms.MultipleChoiceField(
        label="What else was kept?", choices=list(KEPT.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    more = WordsField(label="Anything else kept, in a few words", max_length=400)

    def __init__(self, typed: Any, *, people: Iterable[tuple[str, str]], whose: Sequence[str], **options: Any) -> None:
        super().__init__(typed, initial={"people": list(whose)}, **options)
        self.fields["people"].choices = list(people)  # type: ignore[attr-defined]  # a choice field
