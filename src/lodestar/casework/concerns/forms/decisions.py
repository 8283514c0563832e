"""The supervisor's decision on the signs listed, and the answer to a question that earlier records raise."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from lodestar.casework.concerns.forms.fields import Line, Words, one_of, picked

DECISIONS = [("reasonable_grounds", "There are reasonable grounds"), ("none", "No reasonable grounds recorded yet")]
NOTHING_DECIDED = "Nothing is decided yet: choose an answer. What you wrote is still here"


class BeliefForm(forms.Form):
    """What is decided, why, and what would change it. A decision may be saved without its reason: then that stays owed."""

    belief = one_of("What do you decide?", DECISIONS)
    because = Words("Why", 2000, help_text="The facts you rely on: what they said and what was seen.")
    would_change = Words("What would change that?", 2000, help_text="Like a second account, or what a phone shows.")

    def clean(self) -> dict[str, Any]:
        """Without an answer there is nothing to save."""
        if "belief" not in self.errors and not self.cleaned_data.get("belief"):
            self.add_error("belief", NOTHING_DECIDED)
        return self.cleaned_data


ANSWERS = [
    ("yes", "Yes: open a concern with what the records say"),
    ("no", "No, as far as we know"),
    ("passed", "Someone else can answer it better"),
]
NOTHING_ANSWERED = "Nothing is answered yet: choose an answer. What you wrote is still here"
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
        answers = self.cleaned_data
        answer = answers.get("answer", "")
        if "answer" not in self.errors and not answer:
            self.add_error("answer", NOTHING_ANSWERED)
        if answer in ("no", "passed") and "reason" not in self.errors and not answers.get("reason"):
            self.add_error("reason", SAY_WHY)
        if answer == "passed" and "to" not in self.errors and bool(answers.get("to")) == bool(answers.get("other")):
            self.add_error("to", ONE_COLLEAGUE)
        return answers
