"""A service, how many places it has, and what a place for the night is looked for by."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms

from lodestar.casework.services.models import AREA_KINDS
from lodestar.casework.services.presenters import NRM_WORDS, SEX_WORDS, STATUS_WORDS
from lodestar.casework.services.rules.editing import ALWAYS, AS_NOW, OFFERED, TIMES
from lodestar.casework.services.rules.hours import DAY_NAMES, WEEKDAYS
from lodestar.casework.services.rules.records import language_names
from lodestar.casework.services.rules.tonight import Point, Question, folded
from lodestar.directory.contacts.rules import CannotRead, read_time
from lodestar.platform.design.forms.fields import DayField, LinesField, WhenField, WordsField, asked
from lodestar.platform.reference.queries import need_domains

YES_NO = [("yes", "Yes"), ("no", "No")]
HOURS = {AS_NOW: "As they are now", ALWAYS: "Day and night, every day", TIMES: "At the times below"}
NO_LANGUAGE = "“{}” is no language that Lodestar knows. Write it like Vietnamese, or its code, like vi"
NO_PLACE = "“{}” is not a town with a service. Write another, or latitude and longitude like 52.63, 1.29"


def _one_of(label: str, choices: Any, **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect, **options)


def _several(label: str, choices: Any, **options: Any) -> forms.MultipleChoiceField:
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, choices=list(choices), required=False, widget=widget, **options)


class LanguagesField(WordsField):
    """Languages by name or code, with commas; cleaned to codes."""

    def clean(self, value: Any) -> list[str]:
        by_name = {folded(name): code for code, name in language_names().items()}
        words = [one.strip() for one in super().clean(value).split(",") if one.strip()]
        codes = [by_name.get(folded(one), folded(one)) for one in words]
        for typed, code in zip(words, codes, strict=True):
            if code not in language_names() and not (code.isascii() and code.isalpha() and len(code) <= 3):
                raise forms.ValidationError(NO_LANGUAGE.format(typed))
        return codes


class TimeField(WordsField):
    """A time of day; None when blank."""

    def clean(self, value: Any) -> time | None:
        typed = super().clean(value)
        try:
            return read_time(typed) if typed else None
        except CannotRead as refusal:
            raise forms.ValidationError(str(refusal)) from None


class ServiceForm(forms.Form):
    """A service as somebody here knows it. What the record has besides stays as it is."""

    name = WordsField(label="What is the service called?", max_length=200, wanted="Write what it is called")
    organisation = WordsField(label="Who gives it?", max_length=200)
    telephone = WordsField(label="Telephone", max_length=40)
    email = WordsField(label="E-mail", max_length=254)
    url = WordsField(label="Website", max_length=300)
    description = LinesField(label="What it does", max_length=2000)
    whom = LinesField(label="Who it takes, and risks it cannot take", max_length=2000)
    need = _several("What it helps with", need_domains().items())
    minimum_age = forms.IntegerField(label="From which age?", required=False, min_value=0, max_value=120)
    maximum_age = forms.IntegerField(label="Up to which age?", required=False, min_value=0, max_value=120)
    sex = _several("Who is it for?", SEX_WORDS.items())
    dependants = _one_of("Does it take children and others with them?", YES_NO)
    recourse = _several("Public funds", [("required", "Only people with recourse to public funds")])
    nrm = _several("Where in the NRM?", NRM_WORDS.items(), help_text="Leave blank for anyone")
    mobility = _several("Access", [("step_free", "Step-free")])
    languages = LanguagesField(label="Languages spoken there", max_length=400, help_text="Like Vietnamese, Albanian")
    hours = _one_of("When is it open?", HOURS.items())
    days = _several("On which days?", zip(WEEKDAYS, DAY_NAMES, strict=True))
    opens = TimeField(label="From", max_length=20, help_text="Like 0830")
    closes = TimeField(label="Until", max_length=20, help_text="Like 1700. Earlier than From: until the next day")
    bank_holidays = _one_of("On bank holidays", [("open", "Open"), ("closed", "Closed")])
    town = WordsField(label="Town", max_length=80, help_text="Never the address of a refuge")
    latitude = forms.FloatField(label="Latitude", required=False, min_value=-90, max_value=90)
    longitude = forms.FloatField(label="Longitude", required=False, min_value=-180, max_value=180)
    contract = WordsField(label="Who owns the contract?", max_length=120)
    community = WordsField(
        label="Small communities of its staff and interpreters", max_length=200,
        help_text="With commas. Used only to warn where exploiters may know them",
    )  # fmt: skip
    assured_on = DayField(label="When was all this last checked with them?")
    status = _one_of("Does it run?", STATUS_WORDS.items())

    def clean(self) -> dict[str, Any]:
        """What is needed for its hours and place; a choice of one is a list of one, as the record has it."""
        typed = self.cleaned_data
        if typed.get("hours") == TIMES and not (typed.get("days") and typed.get("opens") and typed.get("closes")):
            self.add_error("hours", "Tick the days and write both times")
        if typed.get("hours") != TIMES and (typed.get("opens") or typed.get("closes")):
            self.add_error("hours", "You wrote times: choose that it is open at these times")
        if (typed.get("latitude") is None) != (typed.get("longitude") is None):
            self.add_error("latitude", "Write both latitude and longitude, or neither")
        low, high = typed.get("minimum_age"), typed.get("maximum_age")
        if low is not None and high is not None and low > high:
            self.add_error("maximum_age", "Write an age that is not below the other")
        for family in OFFERED:
            if isinstance(typed.get(family), str):
                typed[family] = [typed[family]] if typed[family] else []
        typed["status"] = typed.get("status") or "active"
        return typed


def typed_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a form begins with, from the values of the record."""
    single = {name: next(iter(values[name]), "") for name in ("dependants", "bank_holidays")}
    assured = date.fromisoformat(values["assured_on"]) if values["assured_on"] else None
    return {**values, **single, "assured_on": assured and f"{assured.day} {assured:%B %Y}"}


class CapacityForm(forms.Form):
    """How many places are free, as somebody said."""

    places = forms.IntegerField(label="How many places are free?", min_value=0, max_value=9999, **asked("Write a number, like 2"))
    said_by = WordsField(label="Who said so?", max_length=120, wanted="Write who said so, like: the duty manager")
    said_at = WhenField(label="When?")


class PlaceField(WordsField):
    """A town with a service, or latitude and longitude; cleaned to a point, None when blank."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=80, help_text="A town with a service, or latitude and longitude like 52.63, 1.29", **options)
        self.towns: Mapping[str, tuple[str, Point]] = {}

    def clean(self, value: Any) -> Point | None:
        typed = super().clean(value)
        if not typed or folded(typed) in self.towns:
            return self.towns[folded(typed)][1] if typed else None
        try:
            latitude, longitude = (float(part) for part in typed.split(","))
        except ValueError:
            raise forms.ValidationError(NO_PLACE.format(typed)) from None
        if not (abs(latitude) <= 90 and abs(longitude) <= 180):
            raise forms.ValidationError(NO_PLACE.format(typed))
        return latitude, longitude


class TonightForm(forms.Form):
    """What a place for the night is looked for by. Nothing has to be known."""

    near = PlaceField(label="Near where?")
    avoid = PlaceField(label="Not near where?")
    avoid_km = forms.FloatField(label="How many kilometres around it?", required=False, min_value=0.1, max_value=1000)
    avoid_kind = _one_of("What is there?", AREA_KINDS.items())
    years = forms.IntegerField(label="Age", required=False, min_value=0, max_value=120)
    sex = _one_of("Sex", [("female", "Woman or girl"), ("male", "Man or boy")])
    languages = LanguagesField(label="Languages", max_length=200)
    dependants = forms.IntegerField(
        label="How many come with them?", required=False, min_value=0, max_value=20, help_text="Children and others. 0 for none"
    )
    together = WordsField(label="Who must stay together?", max_length=200)
    recourse = _one_of("Recourse to public funds?", YES_NO)
    nrm = _one_of("Where in the NRM?", NRM_WORDS.items())
    mobility = _several("Access", [("step_free", "Step-free")])
    refuses = WordsField(
        label="What did they say no to?", max_length=400, help_text="Names of services or who gives them, with commas"
    )
    communities = WordsField(
        label="Small communities of those who exploited them", max_length=200,
        help_text="With commas. Ask whether staff or interpreters there belong to one",
    )  # fmt: skip

    def __init__(self, *arguments: Any, towns: Mapping[str, tuple[str, Point]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name in ("near", "avoid"):
            self.fields[name].towns = towns  # type: ignore[attr-defined]  # a PlaceField

    def clean(self) -> dict[str, Any]:
        """An area to avoid wants its distance and what is there."""
        typed = self.cleaned_data
        if typed.get("avoid") and not (typed.get("avoid_km") and typed.get("avoid_kind")):
            self.add_error("avoid", "Write how many kilometres around it, and choose what is there")
        return typed

    @property
    def answers(self) -> dict[str, Any]:
        """What was typed, as it is kept and fills the form again."""
        typed = {name: self.cleaned_data[name] for name in self.fields if not name.startswith("avoid")}
        return typed | {"near_words": self.data.get("near", "").strip(), "age": typed.pop("years")}

    @property
    def area(self) -> dict[str, Any] | None:
        """The area to avoid that was added; None where none was."""
        point = self.cleaned_data["avoid"]
        if point is None:
            return None
        km, kind = self.cleaned_data["avoid_km"], self.cleaned_data["avoid_kind"]
        return {"latitude": point[0], "longitude": point[1], "km": km, "kind": kind, "words": self.data.get("avoid", "").strip()}


def begins_with(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The kept answers as the form shows them."""
    names = language_names()
    languages = ", ".join(names.get(code, code) for code in answers.get("languages") or ())
    return {**answers, "years": answers.get("age"), "near": answers.get("near_words", ""), "languages": languages}


def question_of(answers: Mapping[str, Any], circles: list[tuple[float, float, float]], at: datetime) -> Question:
    """The kept answers as a question to the rules."""
    near = answers.get("near")

    def parts(name: str) -> frozenset[str]:
        return frozenset(folded(one) for one in (answers.get(name) or "").split(",") if one.strip())

    return Question(
        at=at, age=answers.get("age"), sex=answers.get("sex") or None, languages=frozenset(answers.get("languages") or ()),
        dependants=answers.get("dependants"), recourse={"yes": True, "no": False}.get(answers.get("recourse") or ""),
        nrm=answers.get("nrm") or None, mobility=frozenset(answers.get("mobility") or ()), refuses=parts("refuses"),
        near=(near[0], near[1]) if near else None, not_near=tuple(circles), communities=parts("communities"),
    )  # fmt: skip
