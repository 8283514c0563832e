"""What a worklist is narrowed to, and what is decided about several tasks."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django import forms

from lodestar.platform.design.forms.fields import LinesField, WordsField, asked
from lodestar.platform.time.uk_dates import CannotRead, read_coming


class WorklistFilter(forms.Form):
    """What a list is narrowed to. `units` and `kinds` are the choices; `whose` is whether others have it, too."""

    officer = WordsField(label="Officer", help_text="User name or full name", max_length=80)
    unit = forms.ChoiceField(label="Unit", required=False)
    reference = WordsField(label="Case reference", max_length=20)
    kind = forms.ChoiceField(label="Task", required=False)
    stage = forms.ChoiceField(
        label="Stage",
        required=False,
        choices=[("", "All"), ("late", "Late"), ("soon", "Due this shift"), ("stuck", "Stuck"), ("undated", "No time set")],
    )
    child = forms.BooleanField(label="About a child", required=False)
    custody = forms.BooleanField(label="About someone arrested or held", required=False)

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
    def filters(self) -> dict[str, str]:
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
