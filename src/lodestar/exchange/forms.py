"""What is given out: to whom, and why. Nothing goes without both."""

import hashlib
import re
from datetime import date, datetime
from typing import Any

from django import forms

from lodestar.cases.forms.disclosures import ForAPurpose
from lodestar.cases.forms.fields import LinesField, WordsField
from lodestar.cases.rules.disclosures import CASE_FILE
from lodestar.exchange.rules.coming_in import Incoming, cases_in
from lodestar.exchange.rules.files import LARGEST, Refused, read
from lodestar.exchange.rules.own_systems import PARTS, CannotOrder, Field, grades_on, read_order, wanting
from lodestar.exchange.rules.periods import latest_over, period
from lodestar.journeys.forms import LookedAt
from lodestar.kernel.text_normalise import one_line

NO_CASE = "Nothing that can be exported is recorded here under {}"
NOT_APPROVED = (
    "A detective inspector must approve anything before it goes to immigration: for each of them, as a file, for this recipient."
    " Propose it on “Immigration disclosures” of each person"
)
NO_PEOPLE = "Write numbers of people of the case, like 1, 3. Or leave it blank for all"
MOST_CASES = 20
FILE_WANTED = "Choose the file"
TOO_MANY = (
    f"The file holds {{}} cases, and a page takes {MOST_CASES} at a time."
    " Split it, or ask your force’s IT team to import it by command"
)
KINDS = [
    ("aggregate", "Figures for partners, for a quarter"),
    ("figure", "The six failings, for a quarter"),
    ("return", "The monthly return"),
]
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


class TakeIn(LookedAt):
    """A file of another body's system."""

    file = forms.FileField(
        label="The file",
        help_text=f"HTCDS 2.0, JSON or CSV, of at most {MOST_CASES} cases",
        error_messages={"required": FILE_WANTED, "empty": FILE_WANTED},
    )

    def __init__(self, *arguments: Any, now: datetime, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.now = now
        self.found: list[Incoming] = []

    def clean_file(self) -> Any:
        """The file, read whole: what is wrong with it is said in one sentence, and nothing of it is kept."""
        upload = self.cleaned_data["file"]
        try:
            if upload.size > LARGEST:
                raise Refused(f"the file is larger than {LARGEST // 1_000_000} MB")
            content = upload.read()
            self.found = cases_in(read(content), self.now.isoformat())
        except Refused as refusal:
            raise forms.ValidationError(f"Nothing can be imported: {one_line(str(refusal))[:400]}") from None
        if len(self.found) > MOST_CASES:
            raise forms.ValidationError(TOO_MANY.format(len(self.found)))
        self.mark = hashlib.sha256(content).hexdigest()
        return upload


class MakeRelease(GivenOut):
    """Of which period."""

    kind = forms.ChoiceField(
        label="What", choices=KINDS, widget=forms.RadioSelect, error_messages={"required": "Choose what to share"}
    )
    period = forms.CharField(label="Of which quarter or month?", required=False, max_length=7)
    field_order = ("kind", "period", "recipient", "reason")

    def __init__(self, *arguments: Any, today: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.today = today
        quarter, month = latest_over("aggregate", today), latest_over("return", today)
        self.fields["period"].help_text = f"Like {quarter} for numbers, {month} for the return"

    def clean(self) -> dict[str, Any]:
        """A period of that kind that is over."""
        cleaned = self.cleaned_data
        kind = cleaned.get("kind")
        if not kind:
            return cleaned
        chosen_period = period(kind, cleaned.get("period", "").upper())
        if chosen_period is None:
            wanted = "a month" if kind == "return" else "a quarter"
            self.add_error("period", f"Write {wanted} like {latest_over(kind, self.today)}")
        elif not chosen_period.is_over(self.today):
            self.add_error("period", f"{chosen_period.name} is not over yet. Figures are shared only for past periods")
        cleaned["of"] = chosen_period
        return cleaned


class PackOrderForm(forms.Form):
    """What the force's crime system is called, and its fields: a line each, in its order. `found` are they, once it is valid."""

    system = WordsField(
        label="What is the crime system called?", max_length=80, required=True,
        error_messages={"required": "Write what the crime system is called, as officers call it"},
    )
    order = LinesField(
        label="Fields, in order",
        help_text="A line for each: our word, a colon, and what the system calls it",
        max_length=6_000,
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


GRADE_WANTED = {
    "source": "Choose how far the source can be relied on",
    "assessment": "Choose how the source knows it",
    "handling": "Choose how it may be handled",
    "text": "Write what is known",
    "conditions": "Say under which conditions it may be shared",
}


class IntelligenceForm(forms.Form):
    """An intelligence submission: the officer grades it, and nothing is graded before. Nothing of it is kept."""

    source = forms.ChoiceField(label="Source evaluation", required=False, widget=forms.RadioSelect)
    assessment = forms.ChoiceField(label="Intelligence assessment", required=False, widget=forms.RadioSelect)
    handling = forms.ChoiceField(label="Handling code", required=False, widget=forms.RadioSelect)
    conditions = WordsField(label="Handling conditions", max_length=400)
    provenance = WordsField(
        label="Provenance", help_text="How it is known, without showing the source", max_length=400
    )
    text = LinesField(label="Information", help_text="Sanitised: nothing that shows the source", max_length=6_000)

    def __init__(self, *arguments: Any, today: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for part in PARTS:
            choices = [(grade.code, grade.words) for grade in grades_on(today) if grade.part == part]
            self.fields[part].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """What is wanting is said beside its box."""
        cleaned = self.cleaned_data
        for name in wanting(cleaned):
            if name not in self.errors:
                self.add_error(name, GRADE_WANTED[name])
        return cleaned
