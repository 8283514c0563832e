"""The answer to a question that earlier records raise."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from lodestar.recognition.forms.fields import Line, Words, one_of, picked

ANSWERS = [
    ("yes", "Yes: open a concern with what the records say"),
    ("no", "No, as far as we know"),
    ("passed", "Someone else can answer it better"),
]
NOTHING_CHOSEN = "Nothing is answered yet: choose an answer. What you wrote is still here"
SAY_WHY = "Write why, in a few words. What you chose is still here"
ONE_COLLEAGUE = "Choose one colleague, from the list or by user name"


class AnswerForm(forms.Form):
    """Yes, no with a reason, or passed on to a named colleague with a reason."""

    answer = one_of("What do you answer?", ANSWERS)
    reason = Words("Why", 2000, help_text="Needed for a no, and when you pass it on. What you know that the records do not show")
    to = picked("If someone else: who?", [])
    other = Line("Or by user name", 80, help_text="As they sign in")

    def __init__(self, *arguments: Any, colleagues: Iterable[tuple[UUID, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        choices = [("", "Choose one"), *((str(user), name) for user, name in colleagues)]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """An answer; a reason for a no and for passing it on; and then to whom."""
        told = self.cleaned_data
        answer = told.get("answer", "")
        if "answer" not in self.errors and not answer:
            self.add_error("answer", NOTHING_CHOSEN)
        if answer in ("no", "passed") and "reason" not in self.errors and not told.get("reason"):
            self.add_error("reason", SAY_WHY)
        if answer == "passed" and "to" not in self.errors and bool(told.get("to")) == bool(told.get("other")):
            self.add_error("to", ONE_COLLEAGUE)
        return told
