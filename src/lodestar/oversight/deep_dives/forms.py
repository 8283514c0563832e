"""The questions of one section of a deep dive."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms

from lodestar.oversight.deep_dives.queries.material import RecordAnswer
from lodestar.oversight.deep_dives.rules.questions import ANSWERS, MET, Item, lacks
from lodestar.platform.design.forms.fields import LinesField, WordsField, no_postcode

PARTS = ("answer", "note", "evidence")
UNOPENED = "Open the record behind this answer before you accept it"
WORDS = {"note": "Say what is missing, in a few words", "evidence": "Say where that can be seen"}


class SectionForm(forms.Form):
    """The questions of one section: an answer each, with a note and where the evidence is."""

    def __init__(
        self, *args: Any, items: Sequence[Item], stored: Mapping[str, Mapping[str, Any]], blank: Collection[str],
        from_records: Mapping[str, RecordAnswer], opened: Collection[str], **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        self.items, self.opened = items, opened
        self.from_records = {code: each for code, each in from_records.items() if code not in blank}
        for item in items:
            name = item.code.lower()
            choices = [("", "Choose"), *ANSWERS.items()]
            self.fields[f"{name}-answer"] = forms.ChoiceField(label=f"{item.code}. {item.words}", choices=choices, required=False)
            self.fields[f"{name}-note"] = LinesField(label=f"Note on {item.code}", max_length=600, validators=[no_postcode])
            self.fields[f"{name}-evidence"] = WordsField(label=f"Evidence for {item.code}", max_length=160)
            row, filled = stored.get(item.code), self.from_records.get(item.code)
            if row is None and filled is not None:
                row = {"answer": filled.answer, "note": "", "evidence": "" if filled.answer == MET else filled.source}
            self.initial.update({f"{name}-{part}": (row or {}).get(part, "") for part in PARTS})

    def clean(self) -> dict[str, Any]:
        """Anything but Met has a note and its evidence; Met as it was filled in, only once the record behind it was opened."""
        cleaned = super().clean() or self.cleaned_data
        for item in self.items:
            row = self.answers_to(item)
            missing = lacks(row["answer"], row["note"], row["evidence"])
            if missing and f"{item.code.lower()}-{missing}" not in self.errors:
                self.add_error(f"{item.code.lower()}-{missing}", WORDS[missing])
            filled = self.from_records.get(item.code)
            if filled and row["answer"] == filled.answer == MET and filled.part not in self.opened:
                self.add_error(f"{item.code.lower()}-answer", UNOPENED)
        return cleaned

    def answers_to(self, item: Item) -> dict[str, str]:
        """What was answered to one question."""
        return {part: self.cleaned_data.get(f"{item.code.lower()}-{part}", "") for part in PARTS}

    def answers(self) -> dict[str, dict[str, str]]:
        """What was answered, by question."""
        return {item.code: self.answers_to(item) for item in self.items}

    def lines(self) -> list[tuple[Item, list[Any], RecordAnswer | None]]:
        """Each question with its boxes and, where it is filled in beforehand, from what."""
        return [
            (item, [self[f"{item.code.lower()}-{part}"] for part in PARTS], self.from_records.get(item.code))
            for item in self.items
        ]
