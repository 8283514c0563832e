"""Asking that a case is closed, deciding that, and the right to review."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from lodestar.casework.closures.rules import CASE, HOW, codes_on
from lodestar.platform.approvals.forms import DecisionForm
from lodestar.platform.design.forms.fields import DayField, LinesField, WhenField, WordsField, asked
from lodestar.platform.questionnaires.forms import QuestionForm
from lodestar.platform.registers.forms import MoveForm

Choices = Sequence[tuple[str, str]]


def code_choices(day: date) -> list[tuple[str, str]]:
    """The outcome codes of a day with their names."""
    return [(code, f"{code}: {row['name']}") for code, row in codes_on(day).items()]


class ClosingForm(QuestionForm):
    """What is asked: for the case or for a person, with an outcome for each crime, why, and the checklist."""

    scope = forms.ChoiceField(label="What do you ask for?", widget=forms.RadioSelect, **asked("Choose what you ask for"))
    rationale = LinesField(label="Why", max_length=2000, wanted="Write why", help_text="The evidence, and what was weighed")
    happened = forms.BooleanField(label="It is closed already, in another system", required=False)
    closed_at = WhenField(label="If so: when was it closed?")

    def __init__(self, *args: Any, people: Choices, crimes: Choices, day: date, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(CASE, "Closing the case"), *((person, f"No further action for {words}") for person, words in people)]
        self.fields["scope"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.crimes, self.codes = crimes, codes_on(day)
        for number, (_, words) in enumerate(crimes):
            self.fields[f"outcome_{number}"] = WordsField(label=f"Outcome code of {words}", max_length=20)
            self.fields[f"on_{number}"] = DayField(label="Day of this outcome", help_text="Like 9 March 2026. Blank: today")

    def clean(self) -> dict[str, Any]:
        """A case is closed with an outcome of the list for each crime."""
        cleaned = super().clean()
        for number in range(len(self.crimes)):
            cleaned[f"outcome_{number}"] = code = (cleaned.get(f"outcome_{number}") or "").upper()
            if code not in self.codes and (code or cleaned.get("scope") == CASE) and f"outcome_{number}" not in self.errors:
                self.add_error(f"outcome_{number}", "Write a code of the list, like 18")
        return cleaned

    def outcomes(self, day: date) -> list[dict[str, str]]:
        """The outcomes proposed, of today where no day is written."""
        answers = self.cleaned_data
        return [
            {"crime": crime, "code": code, "on": (answers[f"on_{number}"] or day).isoformat()}
            for number, (crime, _) in enumerate(self.crimes)
            if (code := answers[f"outcome_{number}"])
        ]


class ClosingDecision(DecisionForm):
    """Yes or no, and of each open point why it does not stop the closing."""

    def __init__(self, *args: Any, points: Iterable[str], **options: Any) -> None:
        super().__init__(*args, question=("Do you authorise it?", "Yes"), **options)
        self.ask(points)

    def ask(self, points: Iterable[str]) -> None:
        """A box for each of these points, by name."""
        for name in points:
            self.fields.setdefault(name, WordsField(label="Why does this not stop it?", max_length=400))

    def reasons(self) -> dict[str, str]:
        """What was said of open points, by the names of their boxes."""
        return {name: words for name, words in self.cleaned_data.items() if name.startswith("point_") and words}


class RightForm(MoveForm):
    """The next step of a right to review; how it was explained, and why without an agreed contact."""

    informed_how = forms.ChoiceField(label="How it was explained", choices=[("", "Choose"), *HOW], required=False)
    without = WordsField(label="If no agreed contact allowed it: why was it made?", max_length=400)

    sets = ("informed_how", "without")

    def clean(self) -> dict[str, Any]:
        """That it was explained says how."""
        answers = super().clean()
        if answers.get("to") == "informed" and not answers.get("informed_how"):
            self.add_error("informed_how", "Choose how it was explained")
        return answers
