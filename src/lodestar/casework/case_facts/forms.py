"""What becomes known after the first hour. Nothing is compulsory but what a record would say nothing without."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from lodestar.casework.case_facts.rules import CASE, GROUPS, KINDS
from lodestar.casework.cases.models import Exploitation
from lodestar.casework.cases.presenters import person_words
from lodestar.casework.concerns.forms.fields import PoliceAreas, area_names
from lodestar.platform.audit.presenters import capital
from lodestar.platform.design.forms.fields import LinesField, PartialDayField, WhenField, WordsField, asked
from lodestar.platform.reference.queries import exploitation_names
from lodestar.platform.time.uk_dates import CannotRead, day_in_words, read_coming

Choices = Sequence[tuple[str, str]]
YES_NO = [("yes", "Yes"), ("no", "No"), ("not_known", "Not known")]  # the last takes an answer back
_BOOLEANS = {"yes": True, "no": False}
ROUTES = [("nrm", "NRM referral"), ("dtn", "Duty to Notify")]
HELPERS = [
    ("interpreter", "Interpreter"),
    ("solicitor", "Solicitor"),
    ("appropriate_adult", "Appropriate adult"),
    ("companion", "Companion"),
]
THREATS = [*person_words("threat", "asked").items()]
DECISIONS = [("", "None yet, or not known"), *person_words("decision").items()]


def _yes_no(label: str, hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, help_text=hint, choices=YES_NO, required=False, widget=forms.RadioSelect)


def _ticks(label: str, choices: Choices, hint: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, help_text=hint, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
    )


class FactsForm(forms.Form):
    """Columns of one row: three answers are yes, no and not known, which is null; a blank day is not known either."""

    three: ClassVar[tuple[str, ...]] = ()  # the names of the columns that are yes, no or not known

    def facts(self) -> dict[str, Any]:
        """The columns."""
        answers = self.cleaned_data
        return answers | {name: _BOOLEANS.get(answers[name]) for name in self.three}

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, Any]:
        """The answers that would record just what the row says."""
        words = {True: "yes", False: "no", None: ""}
        names = list(cls.base_fields)
        initial = {name: getattr(row, name) for name in names}
        initial |= {name: words[initial[name]] for name in cls.three}
        return initial | {
            name: day_in_words(initial[name]) for name in names if isinstance(cls.base_fields[name], PartialDayField)
        }


class PersonFacts(FactsForm):
    """More about one person."""

    three = ("alive", "british", "care_and_support_needs", "found_after_missing")

    alive = _yes_no("Are they alive?")
    care_and_support_needs = _yes_no("Do they need care and support?", "Because of age, illness, disability or frailty")
    british = _yes_no("Are they British?")
    threats = _ticks("Threats", THREATS)
    helpers = _ticks("Who came, or was sent, to help them?", HELPERS)
    found_after_missing = _yes_no("Were they found after being missing?")


class CaseFacts(FactsForm):
    """More about one case."""

    three = ("organised_group", "people_out_of_force", "links_abroad", "diplomat")

    organised_group = _yes_no("Is an organised group behind it?")
    people_out_of_force = _yes_no("Are people of the case outside the force’s area?")
    links_abroad = _yes_no("Are there links abroad?")
    diplomat = _yes_no("Does it concern a diplomat’s household?")
    deaths = forms.IntegerField(
        label="How many people have died?", min_value=0, max_value=999, required=False, widget=forms.TextInput,
        error_messages={"invalid": "Write a number, like 1"},
    )  # fmt: skip

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, Any]:
        """No number where no death is recorded: nobody has said that there was none."""
        initial = super().initial_of(row)
        return initial | {"deaths": initial["deaths"] or None}

    def facts(self) -> dict[str, Any]:
        """The columns; no number of deaths is none."""
        return super().facts() | {"deaths": self.cleaned_data["deaths"] or 0}


class ExploitationFacts(FactsForm):
    """One exploitation of a person."""

    three = ("still_in_situation", "organised")

    type = forms.ChoiceField(label="Type of exploitation", widget=forms.RadioSelect, **asked("Choose the type"))
    still_in_situation = _yes_no("Is it still happening?")
    still_since = PartialDayField(label="Known to be still happening since")
    from_date = PartialDayField(label="From")
    to_date = PartialDayField(label="Until")
    where = _ticks("In which country?", [("uk", "In the UK"), ("overseas", "Abroad")])
    locality = WordsField(label="Where", help_text="A town, a street or the kind of place", max_length=300)
    police_areas = PoliceAreas("Police areas", help_text="Like Norfolk, Essex")
    by_whom = WordsField(label="By whom", help_text="A name or description, if known", max_length=300)
    organised = _yes_no("Is an organised group behind it?")

    def __init__(self, *arguments: Any, day: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["type"].choices = [(code, capital(name)) for code, name in exploitation_names().items()]  # type: ignore[attr-defined]  # a choice field
        self.fields["police_areas"].day = day  # type: ignore[attr-defined]  # a field of police areas

    def clean(self) -> dict[str, Any]:
        """It has not ended before it began, and what has ended is not still happening."""
        answers = self.cleaned_data
        start, end = answers.get("from_date"), answers.get("to_date")
        if start and end and end < start[: len(end)]:
            self.add_error("to_date", "It cannot have ended before it began. Look at both again")
        if end and answers.get("still_in_situation") == "yes":
            self.add_error("still_in_situation", "It has a last day, and is said to be still happening. Change one of them")
        return answers


def exploitation_initial(row: Exploitation, day: date) -> dict[str, Any]:
    """As `initial_of`, with the names of the police areas of that day."""
    return ExploitationFacts.initial_of(row) | {"police_areas": area_names(row.police_areas, day)}


class EarlierReferralFacts(FactsForm):
    """The referral that somebody made before."""

    three = ("same_events", "new_evidence")

    route = forms.ChoiceField(label="What was made?", choices=ROUTES, widget=forms.RadioSelect, **asked("Choose what was made"))
    by = WordsField(label="Who made it?", help_text="A force or body", max_length=200)
    on_date = PartialDayField(label="When?")
    reference = WordsField(label="Its reference", max_length=80)
    same_events = _yes_no("Was it about the same events?")
    decision = forms.ChoiceField(label="Latest decision", choices=DECISIONS, required=False)
    decided_on = PartialDayField(label="When was it decided?")
    notice_on = PartialDayField(label="When were they told of the decision?")
    new_evidence = _yes_no("Is there new evidence since?")


class Missing(forms.Form):
    """That contact with somebody is lost."""

    at = WhenField(label="Since when is contact lost?")
    by_whom = WordsField(label="Reported missing to", help_text="Leave blank if it is not reported yet", max_length=200)
    reference = WordsField(label="Reference of the report", max_length=80)
    note = LinesField(label="Anything else", max_length=1000)


class FoundAgain(forms.Form):
    """That somebody was found again."""

    at = WhenField(label="When were they found?")
    locality = WordsField(label="Where?", max_length=300)
    by_whom = WordsField(label="By whom?", max_length=200)
    note = LinesField(label="Anything else", max_length=1000)


class Happened(forms.Form):
    """One thing that happened, or is planned."""

    kind = forms.ChoiceField(label="What happened, or is planned?", **asked("Choose what happened or is planned"))
    person = forms.ChoiceField(label="Who is it about?", required=False)
    at = WordsField(
        label="When?", help_text="Like 0225, yesterday 2230, or 3 March 2026 1405. Leave blank for now. For what is planned, "
        "write the day and time to come", max_length=60,
    )  # fmt: skip
    by_whom = WordsField(label="Who did it, decided it or told them?", max_length=200)
    source = WordsField(label="How is it known?", help_text="A person, a call or a reference", max_length=200)
    note = LinesField(label="Anything else", max_length=1000)

    def __init__(self, *arguments: Any, people: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        kinds = [(words, [(code, kind.words) for code, kind in KINDS.items() if kind.of == of]) for of, words in GROUPS.items()]
        self.fields["kind"].choices = [("", "Choose"), *kinds]  # type: ignore[attr-defined]  # a choice field
        self.fields["person"].choices = [("", "The case as a whole"), *people]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """Whom it is about is said of everything but the case; what is planned is still to come, and the rest is not."""
        answers = self.cleaned_data
        kind = KINDS.get(answers.get("kind", ""))
        if kind is None:
            return answers
        if kind.of != CASE and not answers.get("person"):
            self.add_error("person", "Choose who it is about")
        if kind.is_planned:
            answers |= self._planned(answers.get("at", ""))
        else:
            try:
                answers["written"] = WhenField(label="").clean(answers.get("at", ""))
            except forms.ValidationError as error:
                self.add_error("at", error)
        return answers

    def _planned(self, words: str) -> Mapping[str, datetime | None]:
        now = timezone.now()
        try:
            at = read_coming(words, now)
        except CannotRead as error:
            try:
                at = read_coming(f"{words} 0000", now)  # a day alone begins at midnight: what comes before it is in time
            except CannotRead:
                self.add_error("at", str(error))
                return {}
        if at is None:
            self.add_error("at", "Write the day and time that is planned, like 14 March 0900")
        return {"planned": at}
