"""What something recorded is used for; and telling Immigration Enforcement of somebody: proposed, told, decided."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from lodestar.casework.disclosures.models import DisclosureApproval
from lodestar.casework.disclosures.presenters import PARTS, PURPOSES, USES, WAYS, crossed_words
from lodestar.casework.disclosures.rules import (
    ADDRESS,
    CASE_FILE,
    IMMIGRATION,
    TOO_LATE,
    approval_status,
    is_no_reason,
    is_purpose_change,
    names_immigration,
    purpose_changes,
    use_in_effect,
)
from lodestar.platform.approvals.forms import DecisionForm
from lodestar.platform.design.forms.fields import LinesField, WhenField, WordsField, asked
from lodestar.platform.text.text_normalise import several_lines
from lodestar.platform.time.days import london_date
from lodestar.platform.time.uk_dates import WrittenInstant

WITHIN = "It was recorded for that purpose: there is nothing to record here"


def _in_effect(answers: Mapping[str, str]) -> str:
    return use_in_effect(answers["use"], answers["recipient"], london_date(timezone.now()))


class ForAPurpose(forms.Form):
    """What it is for. A use outside the purpose it was recorded for is named, and wants its own reason."""

    use = forms.ChoiceField(
        label="What is it used for?", choices=USES, widget=forms.RadioSelect, **asked("Choose what it is for")
    )
    crossing = forms.CharField(
        label="If that is not what it was recorded for: why is it used for it?",
        help_text="The law that allows it, why nothing less would do, and whether they know",
        required=False,
        max_length=400,
        widget=forms.Textarea,
    )
    recorded_for: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        """Why it is used for that is asked where it crosses a purpose."""
        answers = super().clean() or self.cleaned_data
        answers["crossing"] = several_lines(answers.get("crossing", ""))
        use = answers.get("use", "")
        crossed = purpose_changes(self.recorded_for, use) if use else ()
        if crossed and not answers["crossing"] and "crossing" not in self.errors:
            self.add_error("crossing", crossed_words(crossed, use))
        return answers


OWN_PAGE = (
    "Propose immigration disclosures on their own page, “Immigration disclosures” of this person. Record a past "
    "disclosure here: tick that it has already been made"
)


class AddressDisclosureForm(ForAPurpose):
    """Who outside is to be told a safe address, or was, what for and why. Never the address itself."""

    recorded_for = ADDRESS
    recipient = WordsField(
        label="Who needs the address?", help_text="The person and their organisation", max_length=120,
        wanted="Write who needs the address",
    )  # fmt: skip
    power = WordsField(
        label="Under what power?", help_text="Like: Children Act 1989 section 47", max_length=120,
        wanted="Write under what power",
    )  # fmt: skip
    reason = LinesField(
        label="Why do they need the address?",
        help_text="And what the person said about it. Do not write the address here",
        max_length=400,
        wanted="Write why they need it",
    )
    happened = forms.BooleanField(label="It has already been disclosed", required=False)
    when = WhenField(label="When was it disclosed?")

    def clean(self) -> dict[str, Any]:
        """Immigration is told on a page of its own."""
        answers = super().clean()
        if not answers.get("happened") and not {"use", "recipient"} & {*self.errors}:
            if answers["use"] == IMMIGRATION:
                self.add_error("use", OWN_PAGE)
            elif names_immigration(answers["recipient"], london_date(timezone.now())):
                self.add_error("recipient", f"That is immigration. {OWN_PAGE}")
        return answers


class OtherUse(forms.Form):
    """That something was used outside the purpose it was recorded for, or is to be: what, for what, by whom, and why."""

    recorded_for = forms.ChoiceField(
        label="What is used?", choices=PARTS, widget=forms.RadioSelect, **asked("Choose what is used")
    )
    use = forms.ChoiceField(
        label="What is it used for?", choices=USES, widget=forms.RadioSelect, **asked("Choose what it is for")
    )
    recipient = WordsField(
        label="Who gets it?", help_text="The person and their team or body", max_length=120, wanted="Write who gets it"
    )
    power = WordsField(
        label="What law allows it?", help_text="Like: Data Protection Act 2018 Schedule 2 paragraph 2", max_length=120,
        wanted="Write what law allows it",
    )  # fmt: skip
    reason = LinesField(
        label="Why?", help_text="Why nothing less would do, and whether they know. Not what it says", max_length=400,
        wanted="Write why, in a few words",
    )  # fmt: skip
    when = WhenField(label="When?")

    def clean(self) -> dict[str, Any]:
        """It is a crossing."""
        answers = self.cleaned_data
        if not self.errors and not is_purpose_change(answers["recorded_for"], _in_effect(answers)):
            self.add_error("use", WITHIN)
        return answers


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
    way = forms.ChoiceField(label="How?", choices=WAYS, widget=forms.RadioSelect, **asked("Choose how it is disclosed"))
    recipient = WordsField(
        label="Who receives it?", help_text="The person and their team", max_length=120, wanted="Write who receives it"
    )
    purposes = forms.MultipleChoiceField(
        label="What for?", help_text="“Safeguarding” alone is not a reason", choices=PURPOSES,
        widget=forms.CheckboxSelectMultiple, **asked("Tick what it is for"),
    )  # fmt: skip
    what = LinesField(
        label="What is disclosed?", help_text="For example: that she was found. No name and no address", max_length=400,
        wanted="Write what is disclosed, in a few words",
    )  # fmt: skip
    parts = forms.MultipleChoiceField(
        label="What does that come from?", choices=PARTS, widget=forms.CheckboxSelectMultiple,
        **asked("Tick what it comes from"),
    )  # fmt: skip
    power = WordsField(
        label="Under what power?", help_text="Like: Data Protection Act 2018 section 36", max_length=120,
        wanted="Write under what power. If you know of none, write that",
    )  # fmt: skip
    reason = LinesField(
        label="Why?", help_text="Why nothing less would do, what the person said about it, and whether an adviser was offered",
        max_length=400, wanted="Write why, in a few words",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Of what is only proposed, more than keeping somebody safe."""
        answers = self.cleaned_data
        if answers.get("way") == "file" and answers.get("parts") and not {*CASE_FILE} <= {*answers["parts"]}:
            self.add_error("parts", A_FILE)
        if "purposes" not in self.errors and is_no_reason(answers["purposes"]) and not answers.get("happened"):
            self.add_error("purposes", ALONE)
        return answers


class SeveralDisclosures(Disclosure):
    """The same of several people of a case at once: a joint visit, a status check, a custody routine."""

    people = forms.MultipleChoiceField(
        label="Which people?", widget=forms.CheckboxSelectMultiple, **asked("Tick at least one person")
    )

    def __init__(self, *arguments: Any, people: Iterable[tuple[Any, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["people"].choices = [(str(person), name) for person, name in people]  # type: ignore[attr-defined]  # a choice field
        self.order_fields(["people"])


class SeveralDecisions(DecisionForm):
    """One decision about several of those that wait."""

    rows = forms.MultipleChoiceField(label="Which?", widget=forms.CheckboxSelectMultiple, **asked("Tick at least one"))

    def __init__(self, *arguments: Any, rows: Iterable[tuple[Any, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["rows"].choices = [(str(row), words) for row, words in rows]  # type: ignore[attr-defined]  # a choice field


class NothingDisclosedForm(forms.Form):
    """That nothing went to immigration, after looking for each way."""

    checked_at = WhenField(label="When did you check?")
    checked = forms.MultipleChoiceField(
        label="What did you check?", choices=WAYS, widget=forms.CheckboxSelectMultiple,
        **asked("Tick each way: all of them must be checked"),
    )  # fmt: skip
    note = LinesField(
        label="How do you know?", help_text="Who you asked, and which records you checked", max_length=400,
        wanted="Write how you know",
    )  # fmt: skip

    def clean_checked(self) -> list[str]:
        """Every way."""
        checked: list[str] = self.cleaned_data["checked"]
        if set(checked) != {code for code, _ in WAYS}:
            raise forms.ValidationError("Check every way and tick it")
        return checked


class ApprovedDisclosure(forms.Form):
    """When they were told what was approved to be told: immigration, or whoever is told a safe address."""

    when = WhenField(label="When was it disclosed?")

    def __init__(self, *arguments: Any, row: DisclosureApproval, now: datetime, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.row, self.now = row, now
        if self._how(now) == TOO_LATE:
            self.fields["when"].help_text = OF_BEFORE

    def _how(self, when: datetime) -> str:
        return approval_status(approved=self.row.approved, decided_at=self.row.decided_at, when=when)

    def _years(self) -> set[str]:
        """The years since it was proposed: of such four figures alone nobody knows whether a time is meant."""
        return {str(year) for year in range(london_date(self.row.asked_at).year, london_date(self.now).year + 1)}

    def clean_when(self) -> WrittenInstant | None:
        """A day at least, and a time where the day alone does not say whether it was approved by then; and once it does not hold,
        never *now*."""
        written: WrittenInstant | None = self.cleaned_data["when"]
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
