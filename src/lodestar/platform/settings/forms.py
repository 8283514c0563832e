"""Proposing a change of a setting; and a file that is looked at and then read in."""

from datetime import date
from typing import Any

from django import forms

from lodestar.platform.design.forms.fields import AnyDayField, LinesField
from lodestar.platform.obligations.settings import is_ahead

LARGEST_FILE = 2_000_000  # bytes


class Propose(forms.Form):
    """A value, the day from which it should hold, and why. `choices` or `bounds` are what the setting offers."""

    from_date = AnyDayField(label="From which day?", help_text="Like 1 March 2027. Tomorrow at the earliest",
                            wanted="Write from which day, like 1 March 2027")  # fmt: skip
    reason = LinesField(label="Why?", help_text="A second person decides on this reason. It is kept with the change",
                        max_length=1000, wanted="Write why, in a few words")  # fmt: skip

    def __init__(
        self, *args: Any, choices: list[tuple[str, str]], bounds: tuple[int, int] | None, today: date, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.today, self.bounds = today, bounds
        if bounds:
            words = f"Write a whole number from {bounds[0]} to {bounds[1]}"
            errors = dict.fromkeys(("required", "invalid", "min_value", "max_value"), words)
            self.fields["value"] = forms.IntegerField(min_value=bounds[0], max_value=bounds[1], error_messages=errors)
        else:
            errors = dict.fromkeys(("required", "invalid_choice"), "Choose what it should be")
            self.fields["value"] = forms.ChoiceField(
                label="What should it be?", choices=choices, widget=forms.RadioSelect, error_messages=errors
            )
        self.order_fields(["value"])

    def clean_from_date(self) -> date:
        """A day that has not begun."""
        day: date = self.cleaned_data["from_date"]
        if not is_ahead(day, self.today):
            raise forms.ValidationError("Choose a day to come: it cannot be today or before")
        return day


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
