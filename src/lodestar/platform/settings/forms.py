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
LONGEST = 1000
LARGEST_FILE = 2_000_000  # bytes
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
        self, *args: Any, key: str, choices: list[tuple[str, str]], bounds: tuple[int, int] | None, now: datetime, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.key, self.now, self.bounds = key, now, bounds
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
            return str(value_of(self.key, typed))
        except CannotSet:
            if not self.bounds:
                raise forms.ValidationError("Choose what it should be") from None
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


class SettingsFile(forms.Form):
    """A file to look at; and what stood in it, to be read in. `text` is what it holds, whichever way it came."""

    file = forms.FileField(label="The file", required=False, error_messages={"empty": "The file is empty"})
    text = forms.CharField(label="What the file holds", required=False, widget=forms.Textarea, strip=False)

    def clean(self) -> dict[str, Any]:
        """The text of the file: UTF-8, or as an old spreadsheet writes it."""
        typed, upload = self.cleaned_data, self.cleaned_data.get("file")
        if upload is not None and upload.size > LARGEST_FILE:
            self.add_error("file", f"The file is larger than {LARGEST_FILE // 1_000_000} MB")
        elif upload is not None:
            content = upload.read()
            try:
                typed["text"] = content.decode("utf-8-sig")
            except UnicodeDecodeError:
                typed["text"] = content.decode("cp1252", "replace")
        if not self.errors and not typed.get("text", "").strip():
            self.add_error("text" if "text" in self.data else "file", "Choose the file, or paste what it holds")
        return typed


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
