"""What the shell's own pages ask."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms

from lodestar.platform.design.forms.fields import WordsField
from lodestar.platform.obligations.closing_records import LONGEST, Record, closing_of, wants_words
from lodestar.platform.time.uk_dates import CannotRead, read_when
from lodestar.web.rules import LONGEST as LONGEST_SEARCH


class Search(forms.Form):
    """What somebody looks for, in one box."""

    sought = WordsField(label="Find a person or case", max_length=LONGEST_SEARCH, wanted="Write a name, a reference or a number")


KINDS = [("done", "Done"), ("not_possible", "Not possible yet"), ("not_needed", "Not needed")]
NEEDED = "Write this, or say that it was not possible"


class Owed(forms.Form):
    """What became of one thing owed: done, with the record that closes it. What is not possible stays open and goes to the
    supervisor; what is not needed closes. `also` are others of whom the same is owed, `at` the time where none is written,
    `asks_without` whether it means a contact that no rule allows."""

    kind = forms.ChoiceField(label="What is recorded?", choices=KINDS, required=False, widget=forms.RadioSelect)
    when = forms.CharField(label="When did it happen?", required=False, max_length=60)
    because = forms.CharField(
        label="If it was not done: why not",
        help_text="A few words. Where they sleep or how they are contacted has its own page: not here",
        required=False,
        max_length=1000,
        widget=forms.Textarea,
    )
    without = forms.CharField(
        label="No agreed contact allows this: why was it done all the same?",
        help_text="It is recorded as happened without, and looked at. Agree a safe way first if you can",
        required=False,
        max_length=400,
    )
    also = forms.MultipleChoiceField(label="The same record for", required=False, widget=forms.CheckboxSelectMultiple, choices=())

    def __init__(
        self, *arguments: Any, code: str, kinds: Collection[str], now: datetime, at: datetime | None = None,
        also: Iterable[tuple[str, str]] = (), asks_without: bool = False, **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(*arguments, **options)
        self.closing, self.now, self.at = closing_of(code), now, at
        self.fields["kind"].choices = [pair for pair in KINDS if pair[0] in kinds]  # type: ignore[attr-defined]  # a choice field
        self.fields["kind"].initial = "done" if list(kinds) == ["done"] else None
        if not asks_without:
            del self.fields["without"]
        self.fields["also"].choices = list(also)  # type: ignore[attr-defined]  # a choice field
        self.fields["when"].help_text = f"Like 0225, or yesterday 2230. Leave blank for {'the time recorded' if at else 'now'}"
        if "done" not in kinds or self.closing.kind is None:
            self.closing = replace(self.closing, record="")
            self.fields["because"].label = "What was done, or why not" if "done" in kinds else "Why not"
        for name, row in self.closing.kind.fields.items() if self.closing.kind else ():
            label = row.label if name in self.closing.needs else f"{row.label} (optional)"
            self.fields[f"record_{name}"] = (
                forms.ChoiceField(label=label, choices=list(row.choices.items()), required=False, widget=forms.RadioSelect)
                if row.choices
                else forms.CharField(label=label, help_text=row.hint, required=False, max_length=LONGEST)
            )

    @property
    def record_fields(self) -> list[tuple[forms.BoundField, bool]]:
        """The fields of the record that closes it, those that are needed first, and whether each is a choice."""
        fields = self.closing.kind.fields if self.closing.kind else {}
        in_order = sorted(fields, key=lambda name: name not in self.closing.needs)
        return [(self[f"record_{name}"], bool(fields[name].choices)) for name in in_order]

    @property
    def record(self) -> Record | None:
        """The record as it was filled in, of what was done; None where an officer's word is all there can be."""
        if self.closing.kind is None or self.cleaned_data["kind"] != "done":
            return None
        fields = {name: self.cleaned_data.get(f"record_{name}", "") for name in self.closing.kind.fields}
        return Record(self.closing.record, fields)

    def clean_when(self) -> datetime:
        """The time written, or now."""
        try:
            written = read_when(self.cleaned_data["when"], self.now)
        except CannotRead as error:
            raise forms.ValidationError(str(error)) from None
        return written.at if written else self.at or self.now

    def clean(self) -> dict[str, Any]:
        """One answer; its reason, where it is not that it was done; else what its record needs."""
        answers = self.cleaned_data
        if not self.errors.get("kind") and not answers.get("kind"):
            self.add_error("kind", "Choose what is recorded")
        elif answers.get("kind") and wants_words(answers["kind"]):
            if not answers.get("because", "").strip():
                self.add_error("because", "Say why, in a few words")
        elif self.closing.kind:
            for name in self.closing.needs:
                if not answers.get(f"record_{name}", "").strip():
                    self.add_error(f"record_{name}", NEEDED)
        if answers.get("kind") == "done" and "without" in self.fields and not answers.get("without", "").strip():
            self.add_error("without", "Agree how they may be contacted first, or say why it was done without")
        return answers
