"""Filing a checked translation of the leaflet, or taking one back."""

from typing import Any

from django import forms

from lodestar.cases.forms.day import DayField
from lodestar.kernel.typed import several_lines

LONGEST = 12_000
TEXT_WANTED = "Paste the translation"
NAME_WANTED = "Write who checked it: name and qualification"
DAY_WANTED = "Write the day on which it was checked"
WHY_WANTED = "Write why it is withdrawn, in a few words"


class FileTranslation(forms.Form):
    """A translation, who checked it, and when."""

    text = forms.CharField(
        label="The translation",
        help_text="Each heading on a line of its own that begins with #. A blank line between paragraphs. Leave the numbers"
        " out: they are put under it from the list of contacts",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea,
        error_messages={"max_length": "That is %(show_value)s characters. Keep it to %(limit_value)s"},
    )
    checked_by = forms.CharField(
        label="Who checked it",
        help_text="Name and qualification, for example a qualified interpreter. Not the translator",
        required=False,
        max_length=200,
    )
    checked_on = DayField(label="When it was checked")

    def clean(self) -> dict[str, Any]:
        """All three are there: a translation that nobody has checked is shown to nobody."""
        told = self.cleaned_data
        told["text"] = several_lines(told.get("text", ""))
        for name, words in (("text", TEXT_WANTED), ("checked_by", NAME_WANTED), ("checked_on", DAY_WANTED)):
            if name not in self.errors and not told.get(name):
                self.add_error(name, words)
        return told


class Withdraw(forms.Form):
    """Why the translation that holds is taken back."""

    because = forms.CharField(label="Why it is withdrawn", required=False, max_length=400)

    def clean_because(self) -> str:
        """The reason, which is asked for."""
        because: str = self.cleaned_data["because"].strip()
        if not because:
            raise forms.ValidationError(WHY_WANTED)
        return because
