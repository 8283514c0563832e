"""What an editor sends for a newsletter: a title, a few words, and which of what changed is in it."""

from collections.abc import Collection, Iterable
from typing import Any

from django import forms

from lodestar.knowledge.publishing.forms.keeping import TOO_LONG
from lodestar.knowledge.publishing.rules import Item, personal
from lodestar.platform.text.text_normalise import one_line, several_lines


class Newsletter(forms.Form):
    """A title, an introduction, and the changes."""

    title = forms.CharField(label="Title", required=False, max_length=200, error_messages=TOO_LONG)
    intro = forms.CharField(
        label="In short",
        help_text="A few words of your own. No names, numbers or references of anyone: this goes by e-mail",
        required=False,
        max_length=4_000,
        error_messages=TOO_LONG,
    )
    offered = forms.CharField(required=False, widget=forms.HiddenInput)
    items = forms.MultipleChoiceField(label="What changed", required=False)

    def __init__(self, *arguments: Any, changed: Iterable[tuple[str, Item]], numbers: Collection[str], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.changed, self.numbers = dict(changed), numbers
        choices = [(code, f"{item.title}. {item.became}") for code, item in self.changed.items()]
        self.fields["items"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean_title(self) -> str:
        """The title, which is asked for."""
        title = one_line(self.cleaned_data["title"])
        if not title:
            raise forms.ValidationError("Write what it is called")
        return self._without_personal_details(title)

    def clean_intro(self) -> str:
        """What the editor writes, about nobody."""
        return self._without_personal_details(several_lines(self.cleaned_data["intro"]))

    def clean(self) -> dict[str, Any]:
        """It says something, and what changed is about nobody either."""
        cleaned = self.cleaned_data
        cleaned["chosen"] = [self.changed[code] for code in cleaned.get("items", [])]
        if not self.errors and not cleaned["intro"] and not cleaned["chosen"]:
            self.add_error("intro", "Write a few words, or choose something that changed")
        before = cleaned.get("offered", "").split(",")  # what came while it was written is in no newsletter after this one
        came = [item.title for code, item in self.changed.items() if code not in before]
        if any(before) and came:
            self.add_error("items", f"“{came[0]}” came while you were writing. Say whether it belongs here, then keep the draft")
        titles = " ".join(item.title for item in cleaned["chosen"])
        if personal_details := personal(titles, self.numbers):
            self.add_error("items", f"“{personal_details[0][:60]}” in a title may be about one person. Leave that one out")
        return cleaned

    def _without_personal_details(self, text: str) -> str:
        if personal_details := personal(text, self.numbers):
            raise forms.ValidationError(f"“{personal_details[0][:60]}” may be about one person. Take it out: this goes by e-mail")
        return text
