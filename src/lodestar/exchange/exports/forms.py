"""A case given out as HTCDS: to whom, what for and why. Nothing goes without."""

import re
from datetime import date
from typing import Any

from django import forms

from lodestar.casework.disclosures.forms import ForAPurpose
from lodestar.casework.disclosures.rules import CASE_FILE
from lodestar.exchange.exports.rules.own_systems import PARTS, WITH_CONDITIONS, CannotOrder, Field, grades_on, read_order
from lodestar.platform.design.forms.fields import LinesField, WordsField, asked

NO_CASE = "Nothing that can be exported is recorded here under {}"
NOT_APPROVED = (
    "A detective inspector must approve anything before it goes to immigration: for each of them, as a file, for this recipient."
    " Propose it on “Immigration disclosures” of each person"
)
SAID_NO = (
    "An adult in this file said no to a referral and did not agree to be named. Leave them out, or write why their name and date"
    " of birth are shared"
)
NO_PEOPLE = "Write numbers of people of the case, like 1, 3. Or leave it blank for all"
FORMATS = [("json", "JSON"), ("csv", "CSV, for a spreadsheet")]


class GivenOut(forms.Form):
    """To whom and why."""

    recipient = WordsField(
        label="Who is it for?",
        help_text="The organisation and the person who asked",
        max_length=200,
        wanted="Write who it is for: the body, and the person who asked",
    )
    reason = LinesField(
        label="Why are you sharing it?",
        help_text="A few words, with the power or agreement for sharing it. They are kept with your name",
        max_length=400,
        wanted="Write why you are sharing it, in a few words",
    )


class Htcds(ForAPurpose, GivenOut):
    """Which people of which case, in which form, and what for."""

    recorded_for = CASE_FILE
    crossing = LinesField(
        label="Why is it shared all the same?",
        help_text="Needed if it is not what it was recorded for, or if someone in it said no to being named. The law that allows"
        " it, why nothing less would do, and whether they know",
        max_length=400,
    )
    reference = WordsField(label="Case", help_text="Like FM-26-0001", max_length=20, wanted="Write the reference of a case")
    people = WordsField(label="Which people?", help_text="Their numbers in the case, like 1, 3. Blank for all", max_length=60)
    form = forms.ChoiceField(label="As", choices=FORMATS, required=False, widget=forms.RadioSelect, initial="json")
    field_order = ("reference", "people", "form", "recipient", "use", "reason", "crossing")

    def clean_reference(self) -> str:
        """The reference, in capital letters."""
        return str(self.cleaned_data["reference"]).upper()

    def clean_people(self) -> list[int]:
        """The numbers; none is all."""
        numbers = [part for part in re.split(r"[\s,;]+", self.cleaned_data["people"].strip()) if part]
        if not all(number.isdecimal() and len(number) < 4 for number in numbers):
            raise forms.ValidationError(NO_PEOPLE)
        return [int(number) for number in numbers]


class PackOrderForm(forms.Form):
    """What the force's crime system is called, and its fields: a line each, in its order. `found` are they, once it is valid."""

    system = WordsField(
        label="What is the crime system called?",
        max_length=80,
        wanted="Write what the crime system is called, as officers call it",
    )
    order = LinesField(
        label="Fields, in order", help_text="A line for each: our word, a colon, and what the system calls it", max_length=6_000
    )

    def __init__(self, *arguments: Any, today: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.today = today
        self.found: tuple[Field, ...] = ()

    def clean_order(self) -> str:
        """The fields; what is wrong with a line is said in one sentence."""
        order_text: str = self.cleaned_data["order"]
        try:
            self.found = read_order(order_text, self.today)
        except CannotOrder as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return order_text


class ReturnedReferenceForm(forms.Form):
    """References that other systems of the force gave, pasted."""

    incident_log = WordsField(label="Incident log reference", max_length=60)
    intelligence = WordsField(label="Intelligence reference", help_text="The reference alone: the log stays there", max_length=60)

    def clean(self) -> dict[str, Any]:
        """At least one of them."""
        cleaned = self.cleaned_data
        if not self.errors and not any(cleaned.values()):
            self.add_error("incident_log", "Paste a reference, or go back")
        return cleaned

    @property
    def references(self) -> dict[str, str]:
        """Those that were pasted, by their kind."""
        return {kind: words for kind, words in self.cleaned_data.items() if words}


class IntelligenceForm(forms.Form):
    """An intelligence submission: the officer grades it, and nothing is graded before. Nothing of it is kept."""

    source = forms.ChoiceField(
        label="Source evaluation", widget=forms.RadioSelect, **asked("Choose how far the source can be relied on")
    )
    assessment = forms.ChoiceField(
        label="Intelligence assessment", widget=forms.RadioSelect, **asked("Choose how the source knows it")
    )
    handling = forms.ChoiceField(label="Handling code", widget=forms.RadioSelect, **asked("Choose how it may be handled"))
    conditions = WordsField(label="Handling conditions", max_length=400)
    provenance = WordsField(label="Provenance", help_text="How it is known, without showing the source", max_length=400)
    text = LinesField(
        label="Information", help_text="Sanitised: nothing that shows the source", max_length=6_000, wanted="Write what is known"
    )

    def __init__(self, *arguments: Any, today: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for part in PARTS:
            choices = [(grade.code, grade.words) for grade in grades_on(today) if grade.part == part]
            self.fields[part].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """Conditions are said where sharing has them."""
        cleaned = self.cleaned_data
        if cleaned.get("handling") == WITH_CONDITIONS and not cleaned.get("conditions") and "conditions" not in self.errors:
            self.add_error("conditions", "Say under which conditions it may be shared")
        return cleaned
