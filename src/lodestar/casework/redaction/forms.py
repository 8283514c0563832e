"""Texts to check before they leave: each can be edited, and each match that may be kept is ticked, with a reason."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms

from lodestar.casework.redaction.access import CheckedText, sha256_of
from lodestar.casework.redaction.actions import Decided
from lodestar.casework.redaction.presenters import keep_words
from lodestar.platform.design.forms.fields import LinesField, WordsField
from lodestar.platform.design.words import quoted
from lodestar.platform.names.highlighting import Match, highlight, key_of, may_keep

MOST_TEXT = 9_000  # bytes of texts on one page, which has a budget; one longer text has a page of its own
LONGEST = 15_000
KEEP_WANTED = "Tick each one that may stay, or remove it from the text: {}"
REASON_WANTED = "Say why what you ticked stays"
REWRITE = "Rewrite it: text marked “must go” can never be sent"
CHANGED = "The text changed while you were reading. Check it as it is now"


class Ticks(forms.MultipleChoiceField):
    """The matches that stay; one that was ticked and then taken out of the text is none."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: Any) -> bool:
        return True


class TextsToCheck(forms.Form):
    """The texts that are not clear yet, as many as fit on a page. `edits` is false where the caller's own boxes hold the texts.
    Once it is valid, `decided` is what to record."""

    def __init__(self, checked: Sequence[CheckedText], data: Mapping[str, Any] | None = None, *, edits: bool = True) -> None:
        super().__init__(data, auto_id="%s", use_required_attribute=False)
        self.edits = edits
        waiting = [checked_text for checked_text in checked if not checked_text.is_clear]
        self.open = list(_that_fit(waiting)) if edits else waiting
        self.left = len(waiting) - len(self.open)
        self.texts = {checked_text.leaving.field: self._text_of(checked_text) for checked_text in self.open}
        self.matches = {
            checked_text.leaving.field: highlight(self.texts[checked_text.leaving.field], checked_text.checked_against)
            for checked_text in self.open
        }
        for checked_text in self.open:
            self._add_fields(checked_text)

    def _text_of(self, checked_text: CheckedText) -> str:
        name = f"t-{checked_text.leaving.field}"
        if not self.is_bound or not self.edits or name not in self.data:
            return checked_text.text
        return str(LinesField().to_python(self.data[name]))

    def _add_fields(self, checked_text: CheckedText) -> None:
        name = checked_text.leaving.field
        if self.edits:
            self.fields[f"t-{name}"] = LinesField(label="The text to be shared", max_length=LONGEST, initial=checked_text.text)
            self.fields[f"s-{name}"] = forms.CharField(
                required=False, widget=forms.HiddenInput, initial=sha256_of(checked_text.leaving.text)
            )
        choices = {key_of(match): keep_words(match, checked_text.use) for match in self.keepable(checked_text)}
        self.fields[f"k-{name}"] = Ticks(label="What may stay", choices=list(choices.items()), required=False)
        self.fields[f"r-{name}"] = WordsField(label="Why it may stay", max_length=300)

    def keepable(self, checked_text: CheckedText) -> list[Match]:
        """The matches of a text that a named person may keep."""
        return [match for match in self.matches[checked_text.leaving.field] if may_keep(match, checked_text.use) != "never"]

    def clean(self) -> dict[str, Any]:
        """Every match is kept with a reason or gone."""
        answers = super().clean() or {}
        for checked_text in self.open:
            self._check(checked_text, answers)
        return answers

    def _check(self, checked_text: CheckedText, answers: Mapping[str, Any]) -> None:
        name = checked_text.leaving.field
        if self.edits and answers.get(f"s-{name}") != sha256_of(checked_text.leaving.text):
            self.add_error(f"t-{name}", CHANGED)
            return
        keepable, kept_keys = self.keepable(checked_text), answers.get(f"k-{name}", ())
        if len(keepable) < len(self.matches[name]):
            self.add_error(f"t-{name}" if self.edits else None, REWRITE)
        missing = dict.fromkeys(quoted(match.typed) for match in keepable if key_of(match) not in kept_keys)
        if missing:
            self.add_error(f"k-{name}", KEEP_WANTED.format(", ".join(missing)))
        if keepable and not missing and not answers.get(f"r-{name}"):
            self.add_error(f"r-{name}", REASON_WANTED)

    @property
    def decided(self) -> list[Decided]:
        """What to record of a form that is valid."""
        answers = self.cleaned_data
        return [
            Decided(checked_text, self.texts[name], dict.fromkeys(answers[f"k-{name}"], answers[f"r-{name}"]))
            for checked_text in self.open
            if (name := checked_text.leaving.field)
        ]


def _that_fit(waiting: Sequence[CheckedText]) -> Iterator[CheckedText]:
    weight = 0
    for checked_text in waiting:
        weight += len(checked_text.text.encode())
        if weight > MOST_TEXT and checked_text is not waiting[0]:
            return
        yield checked_text
