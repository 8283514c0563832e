"""What the shell's own pages ask."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms

from lodestar.platform.design.forms.fields import LinesField, WordsField, asked
from lodestar.platform.obligations.closing_records import LONGEST, Record, closing_of
from lodestar.platform.obligations.closing_rules import wants_words
from lodestar.platform.time.uk_dates import CannotRead, read_coming, read_when

# The purposes for which a log may be used: Data Protection Act 2018 section 62(3).
PURPOSES = [
    ("lawfulness", "To check that what was done was lawful"),
    ("self_monitoring", "For our own monitoring, a disciplinary matter included"),
    ("integrity", "To keep the records accurate and secure"),
    ("criminal", "For criminal proceedings"),
]
ABOUT = [("person", "Who has seen this person, or this case"), ("officer", "What has this officer seen and done")]


class LogSearch(forms.Form):
    """Why the log is looked into, and what for. Without a purpose there is no search."""

    purpose = forms.ChoiceField(
        label="Why are you searching?",
        help_text="Data Protection Act 2018, section 62. It is recorded with your search.",
        choices=PURPOSES,
        required=False,
        widget=forms.RadioSelect,
    )
    about = forms.ChoiceField(label="What are you searching for?", choices=ABOUT, required=False, widget=forms.RadioSelect)
    key = forms.CharField(
        label="Which one?",
        help_text="A person\u2019s number (36 characters), a case reference (FM-26-\u2026), or an officer\u2019s user name",
        required=False,
        max_length=80,
    )

    def clean(self) -> dict[str, Any]:
        """All three are needed."""
        answers = self.cleaned_data
        for name, words in (
            ("purpose", "Choose why you are searching"),
            ("about", "Choose what you are searching for"),
            ("key", "Write a number, a reference or a user name"),
        ):
            if not self.errors.get(name) and not answers.get(name, "").strip():
                self.add_error(name, words)
        return answers

    @property
    def purpose_words(self) -> str:
        """The purpose as it is written into the log."""
        return dict(PURPOSES)[self.cleaned_data["purpose"]]

    @property
    def person(self) -> UUID | None:
        """The number of a person, when one was written."""
        try:
            return UUID(self.cleaned_data["key"].strip())
        except ValueError:
            return None


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
    also = forms.MultipleChoiceField(
        label="The same record for", required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )

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


class WorklistFilter(forms.Form):
    """What a list is narrowed to, and its order. `units` and `kinds` are the choices; `whose` is whether others have it, too."""

    officer = WordsField(label="Officer", help_text="User name or full name", max_length=80)
    unit = forms.ChoiceField(label="Unit", required=False)
    reference = WordsField(label="Case reference", max_length=20)
    kind = forms.ChoiceField(label="Task", required=False)
    stage = forms.ChoiceField(
        label="Stage",
        required=False,
        choices=[("", "All"), ("late", "Late"), ("soon", "Due this shift"), ("stuck", "Stuck"), ("undated", "No time set")],
    )
    sort = forms.ChoiceField(
        label="Order", required=False, choices=[("", "Late and gravest first"), ("due", "Due first"), ("newest", "Newest first")]
    )
    child = forms.BooleanField(label="About a child", required=False)
    custody = forms.BooleanField(label="About someone in custody", required=False)

    def __init__(
        self, *arguments: Any, units: Iterable[tuple[str, str]], kinds: Iterable[tuple[str, str]], whose: bool, **more: Any
    ) -> None:
        super().__init__(*arguments, **more)
        if not whose:
            del self.fields["officer"]
        for name, choices in (("unit", units), ("kind", kinds)):
            self.fields[name].choices = [("", "All"), *choices]  # type: ignore[attr-defined]  # a choice field

    def offer(self, codes: Collection[str]) -> None:
        """Leaves of the kinds of task those of these codes, and the one that was asked for: all would be a third of a page."""
        kinds = [pair for pair in self.fields["kind"].choices if pair[0] in ("", self.data.get("kind"), *codes)]  # type: ignore[attr-defined]  # a choice field
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]  # a choice field

    @property
    def kept(self) -> dict[str, str]:
        """What was asked, for the addresses of further pages."""
        return {name: value for name in self.fields if (value := str(self.data.get(name, "")).strip())}


CHANGES = [
    ("give", "Give to a colleague"),
    ("remind", "Send a reminder"),
    ("time", "Agree a working time"),
    ("not_needed", "Not needed"),
]


class ChangeTasks(forms.Form):
    """What is done about several tasks, with one reason. `colleagues` may be given them; `kinds` are the changes to choose
    from."""

    kind = forms.ChoiceField(label="What do you decide?", widget=forms.RadioSelect, **asked("Choose what you decide"))
    to = forms.ChoiceField(label="Colleague", required=False, widget=forms.RadioSelect)
    other = WordsField(label="Or another colleague", help_text="User name or full name", max_length=80)
    until = WordsField(label="Working time", help_text="Like tomorrow 1900, or 3 March 0700", max_length=60)
    reason = LinesField(label="Reason", help_text="It is recorded on each task", max_length=400, wanted="Write the reason")

    def __init__(
        self, *arguments: Any, colleagues: Iterable[tuple[str, str]], kinds: Collection[str], now: datetime, **more: Any
    ) -> None:
        super().__init__(*arguments, **more)
        self.now = now
        self.fields["kind"].choices = [pair for pair in CHANGES if pair[0] in kinds]  # type: ignore[attr-defined]  # a choice field
        self.fields["to"].choices = list(colleagues)  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """Giving names somebody, a working time is one to come."""
        answers = self.cleaned_data
        if answers.get("kind") == "give" and not (answers.get("to") or answers.get("other")):
            self.add_error("to", "Choose a colleague, or write a name")
        if answers.get("kind") == "time":
            try:
                answers["until"] = read_coming(answers.get("until", ""), self.now)
            except CannotRead as error:
                self.add_error("until", str(error))
            else:
                if answers["until"] is None:
                    self.add_error("until", "Write the working time, like tomorrow 1900")
        return answers
