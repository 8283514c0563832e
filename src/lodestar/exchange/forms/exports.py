"""A case given out as HTCDS: to whom, what for and why. Nothing goes without."""

import re

from django import forms

from lodestar.cases.forms.disclosures import ForAPurpose
from lodestar.cases.rules.disclosures import CASE_FILE

NO_CASE = "Nothing that can be exported is recorded here under {}"
NOT_APPROVED = (
    "A detective inspector must approve anything before it goes to immigration: for each of them, as a file, for this recipient."
    " Propose it on “Immigration disclosures” of each person"
)
NO_PEOPLE = "Write numbers of people of the case, like 1, 3. Or leave it blank for all"
FORMATS = [("json", "JSON"), ("csv", "CSV, for a spreadsheet")]


class GivenOut(forms.Form):
    """To whom and why."""

    recipient = forms.CharField(
        label="Who is it for?", help_text="The organisation and the person who asked", max_length=200,
        error_messages={"required": "Write who it is for: the body, and the person who asked"},
    )
    reason = forms.CharField(
        label="Why are you sharing it?",
        help_text="A few words, with the power or agreement for sharing it. They are kept with your name",
        error_messages={"required": "Write why you are sharing it, in a few words"},
        max_length=400,
        widget=forms.Textarea,
    )


class Htcds(ForAPurpose, GivenOut):
    """Which people of which case, in which form, and what for."""

    recorded_for = CASE_FILE
    reference = forms.CharField(
        label="Case", help_text="Like FM-26-0001", max_length=20,
        error_messages={"required": "Write the reference of a case"},
    )
    people = forms.CharField(
        label="Which people?", help_text="Their numbers in the case, like 1, 3. Blank for all", required=False, max_length=60
    )
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
