"""What a person is suspected of, and what came of it: shape and wording."""

from collections.abc import Iterable
from typing import Any

from django import forms

from lodestar.cases.forms.day import PartialDayField
from lodestar.cases.forms.when import WhenField
from lodestar.cases.forms.words import LinesField, WordsField
from lodestar.section45.models import OUTCOMES

STAGES = (
    ("stop", "Stopped"),
    ("voluntary_interview", "To be interviewed, not arrested"),
    ("arrest", "Arrested"),
    ("interview", "Interviewed"),
    ("bail_or_remand", "On bail or remand"),
)
WHERE = (
    ("", "Not known"),
    ("england_wales", "England or Wales"),
    ("scotland", "Scotland"),
    ("northern_ireland", "Northern Ireland"),
    ("abroad", "Abroad"),
)
OTHER = "other"


class Change(forms.Form):
    """One act as it is written. Anything may be blank but which it was."""

    title = WordsField(label="What it was, in words", max_length=300)
    act = WordsField(label="Act", help_text="Like Theft Act 1968, or common law", max_length=200)
    section = WordsField(label="Section", help_text="Like 5(3)", max_length=40)
    particulars = LinesField(label="What exactly was done", help_text="What Schedule 4 may turn on", max_length=500)
    on_from = PartialDayField(label="When was it done?")
    on_to = PartialDayField(label="Until, if it went on", help_text="Leave blank if it was once")
    where = forms.ChoiceField(label="Where was it done?", choices=WHERE, required=False)
    stage = forms.ChoiceField(label="What stage is it at?", choices=STAGES, required=False, widget=forms.RadioSelect)

    def clean(self) -> None:
        """Which it was cannot be left out; and no act ends before it began."""
        told = self.cleaned_data
        if not self.errors and not (told.get("title") or told.get("act")):
            self._says_nothing()
        start, end = told.get("on_from"), told.get("on_to")
        if start and end and end < start[: len(end)]:
            self.add_error("on_to", "It cannot have ended before it began. Look at both again")

    def _says_nothing(self) -> None:
        self.add_error("title", "Write what it was")


class Offence(Change):
    """One act, picked from the dated list or written."""

    pick = forms.ChoiceField(label="What are they suspected of?", required=False)

    def __init__(self, listed: Iterable[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["pick"].choices = [("", "Choose"), *listed, (OTHER, "Something else")]  # type: ignore[attr-defined]  # a choice field

    def _says_nothing(self) -> None:
        if self.cleaned_data.get("pick") in ("", OTHER):
            self.add_error("pick", "Pick what it was, or write it below")


class Outcome(forms.Form):
    """What came of one act, and when."""

    kind = forms.ChoiceField(
        label="What was the outcome?",
        choices=OUTCOMES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the outcome"},
    )
    at = WhenField(label="When?")
    reason = LinesField(label="Why", max_length=2000)
