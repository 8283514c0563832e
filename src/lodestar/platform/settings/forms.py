"""Proposing a change of a setting, and deciding on one."""

from datetime import date, datetime
from typing import Any

from django import forms

from lodestar.platform.design.forms.fields import LinesField
from lodestar.platform.design.when import on
from lodestar.platform.obligations.settings import CannotSet, is_ahead, value_of
from lodestar.platform.text.text_normalise import several_lines
from lodestar.platform.time.days import london_date
from lodestar.platform.time.uk_dates import CannotRead, read_coming

NOT_A_DAY = "“{typed}” is not a day to come. Write it like 1 March 2027; it cannot be today or before"
NOT_A_NUMBER = "Write a telephone number: digits, with spaces between them if you like; or not known"
NOT_KNOWN = "not known"  # what is written where a force takes its number back
LONGEST = 1000
TOO_LONG = {"max_length": "That is %(show_value)s characters. Keep it to %(limit_value)s"}


class Propose(forms.Form):
    """A value, the day from which it should hold, and why."""

    value = forms.CharField(label="What should it be?", required=False, max_length=60)
    from_date = forms.CharField(
        label="From which day?", help_text="Like 1 March 2027. Tomorrow at the earliest", required=False, max_length=40
    )
    reason = LinesField(
        label="Why?",
        help_text="A second person decides on this reason. It is kept with the change",
        required=True,
        max_length=LONGEST,
        error_messages=TOO_LONG | {"required": "Write why, in a few words"},
    )

    def __init__(
        self,
        *args: Any,
        key: str,
        choices: list[tuple[str, str]],
        bounds: tuple[int, int] | None,
        is_telephone: bool,
        now: datetime,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.key, self.now, self.bounds, self.is_telephone = key, now, bounds, is_telephone
        if choices:
            self.fields["value"] = forms.ChoiceField(
                label="What should it be?",
                choices=choices,
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": "Choose what it should be"},
            )

    def clean_value(self) -> str:
        """A value that the setting offers."""
        typed: str = self.cleaned_data["value"]
        try:
            if self.is_telephone:
                return str(value_of(self.key, "" if typed.lower().strip(".") == NOT_KNOWN else typed or NOT_KNOWN))
            return str(value_of(self.key, typed))
        except CannotSet:
            if not self.bounds:
                is_choice = isinstance(self.fields["value"], forms.ChoiceField)
                raise forms.ValidationError("Choose what it should be" if is_choice else NOT_A_NUMBER) from None
            low, high = self.bounds
            prefix = f"“{typed}” is not one of them. " if typed else ""
            raise forms.ValidationError(f"{prefix}Write a whole number from {low} to {high}") from None

    def clean_from_date(self) -> date:
        """A day that has not begun."""
        typed: str = self.cleaned_data["from_date"]
        refusal = NOT_A_DAY.format(typed=typed) if typed else "Write from which day, like 1 March 2027"
        try:
            at = read_coming(f"{typed} 0001", self.now) if typed else None
        except CannotRead:
            at = None
        if at is None or not is_ahead(on(at), london_date(self.now)):
            raise forms.ValidationError(refusal)
        return on(at)


class Decide(forms.Form):
    """A word with the approval, or the reason of a refusal."""

    answer = forms.CharField(
        label="Why?", help_text="Required to refuse; optional to approve", required=False,
        max_length=LONGEST, error_messages=TOO_LONG, widget=forms.Textarea,
    )  # fmt: skip

    def __init__(self, *args: Any, refuses: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.refuses = refuses

    def clean_answer(self) -> str:
        """A refusal says why."""
        answer = several_lines(self.cleaned_data["answer"])
        if self.refuses and not answer:
            raise forms.ValidationError("Write why, in a few words, so that your colleague knows what to change")
        return answer
