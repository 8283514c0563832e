"""Telling Immigration Enforcement of somebody: what is proposed or has happened, and what is decided of it."""

from datetime import datetime
from typing import Any

from django import forms

from lodestar.cases.forms.when import WhenField
from lodestar.cases.forms.words import LinesField, WordsField
from lodestar.cases.models import AddressTelling, ImmigrationDisclosure
from lodestar.cases.presenters.disclosures import PURPOSES, WAYS
from lodestar.cases.presenters.purposes import PARTS
from lodestar.cases.rules.disclosures import TOO_LATE, is_no_reason, told_how
from lodestar.cases.rules.purposes import CASE_FILE
from lodestar.kernel.days import london_date
from lodestar.kernel.uk_dates import Written

WANTED = {
    "way": "Choose how it is disclosed",
    "recipient": "Write who receives it",
    "purposes": "Tick what it is for",
    "parts": "Tick what it comes from",
    "what": "Write what is disclosed, in a few words",
    "power": "Write under what power. If you know of none, write that",
    "reason": "Write why, in a few words",
}
ALONE = (
    "“Safeguarding” alone is not a reason to tell Immigration Enforcement. Tick what else it is for, or do not "
    "propose it. Always record what has already happened"
)
OF_BEFORE = "Like yesterday 2230, or 3 March 2026 1405"
WANTS_WHEN = "Write when it was disclosed"
WANTS_TIME = "Write the time too, as near as you know: the approval began or ended on that day"
WANTS_DAY = "Write the day and the time, like 3 March 2026 1405"
MAY_BE_A_YEAR = "“{}” may be a year or a time. Write the day and the time, like 3 March 2026 1405"
A_FILE = "A file contains both safeguarding and policing information: tick both"


class Disclosure(forms.Form):
    """What immigration is to be told, or was: how, whom, what for, what, by what power and why."""

    happened = forms.BooleanField(label="It has already been disclosed, without approval", required=False)
    when = WhenField(label="When was it disclosed?")
    way = forms.ChoiceField(label="How?", choices=WAYS, required=False, widget=forms.RadioSelect)
    recipient = WordsField(label="Who receives it?", help_text="The person and their team", max_length=120)
    purposes = forms.MultipleChoiceField(
        label="What for?", help_text="“Safeguarding” alone is not a reason", choices=PURPOSES, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    what = LinesField(
        label="What is disclosed?", help_text="For example: that she was found. No name and no address", max_length=400
    )
    parts = forms.MultipleChoiceField(
        label="What does that come from?", choices=PARTS, required=False, widget=forms.CheckboxSelectMultiple
    )
    power = WordsField(
        label="Under what power?", help_text="Like: Data Protection Act 2018 section 36", max_length=120
    )
    reason = LinesField(
        label="Why?", help_text="Why nothing less would do, what the person said about it, and whether an adviser was offered",
        max_length=400,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """All of it; and of what is only proposed, more than keeping somebody safe."""
        told = self.cleaned_data
        for name, words in WANTED.items():
            if not told.get(name) and name not in self.errors:
                self.add_error(name, words)
        if told.get("way") == "file" and told.get("parts") and not {*CASE_FILE} <= {*told["parts"]}:
            self.add_error("parts", A_FILE)
        if "purposes" not in self.errors and is_no_reason(told["purposes"]) and not told.get("happened"):
            self.add_error("purposes", ALONE)
        return told


class ApprovedTold(forms.Form):
    """When they were told what was approved to be told: immigration, or whoever is told a safe address."""

    when = WhenField(label="When was it disclosed?")

    def __init__(self, *arguments: Any, row: ImmigrationDisclosure | AddressTelling, now: datetime, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.row, self.now = row, now
        if self._how(now) == TOO_LATE:
            self.fields["when"].help_text = OF_BEFORE

    def _how(self, when: datetime) -> str:
        return told_how(approved=self.row.approved, decided_at=self.row.decided_at, when=when)

    def _years(self) -> set[str]:
        """The years since it was proposed: of such four figures alone nobody knows whether a time is meant."""
        return {str(year) for year in range(london_date(self.row.asked_at).year, london_date(self.now).year + 1)}

    def clean_when(self) -> Written | None:
        """A day at least, and a time where the day alone does not say whether it was approved by then; and once it does not hold,
        never *now*."""
        written: Written | None = self.cleaned_data["when"]
        if written is None:
            if self._how(self.now) == TOO_LATE:
                raise forms.ValidationError(WANTS_WHEN)
            return None
        if written.words in self._years():
            raise forms.ValidationError(MAY_BE_A_YEAR.format(written.words))
        if not written.names_day:
            raise forms.ValidationError(WANTS_DAY)
        if not written.exact and self._how(written.at) != self._how(written.latest(self.now)):
            raise forms.ValidationError(WANTS_TIME)
        return written


class Decided(forms.Form):
    """What a detective inspector decides of what immigration, or who is told a safe address, is to be told or was; and why."""

    approved = forms.ChoiceField(label="May it be disclosed?", choices=(), widget=forms.RadioSelect, required=False)
    because = LinesField(label="Why?", help_text="What you weighed, and the power", max_length=400)

    def __init__(self, *arguments: Any, happened: bool, **options: Any) -> None:
        super().__init__(*arguments, **options)
        choices = [("yes", "Yes, it may be disclosed"), ("no", "No")]
        if happened:
            self.fields["approved"].label = "Was it right?"
            choices = [("yes", "Yes, it was right"), ("no", "No")]
        self.fields["approved"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """Yes or no, and why."""
        told = self.cleaned_data
        if not told.get("approved") and "approved" not in self.errors:
            self.add_error("approved", "Say yes or no")
        if not told.get("because") and "because" not in self.errors:
            self.add_error("because", "Write why, in a few words")
        return told
