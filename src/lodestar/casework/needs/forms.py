"""Assessing needs, what became of one, the first five days, and opening support records for another purpose."""

from collections.abc import Mapping
from typing import Any

from django import forms

from lodestar.casework.needs.rules import DAYS, DISTRICT, EVERY_DAY, PARTS, words
from lodestar.platform.design.forms.fields import LinesField, WhenField, WordsField, asked, no_postcode
from lodestar.platform.names.contact_normalisation import POSTCODE
from lodestar.platform.questionnaires.forms import QuestionForm
from lodestar.platform.registers.forms import MoveForm

AGREED = "The person agreed"


class AssessmentForm(QuestionForm):
    """The domains, as asked on the day; or that somebody else has done it, and when."""

    provider = WordsField(
        label="Already assessed by someone else? Who?", max_length=120,
        help_text="Like the provider of the national contract. It is not done twice",
    )  # fmt: skip
    at = WhenField(label="When was it done?")

    def clean(self) -> dict[str, Any]:
        """There is something to record; and of another's assessment the day."""
        cleaned = super().clean()
        for name, value in cleaned.items():
            if isinstance(value, str) and POSTCODE.search(value):
                self.add_error(name, "Never an address here: leave the postcode out")
        if not (self.errors or cleaned.get("provider") or self.answers()):
            self.add_error("provider", "Record at least one need, or who has assessed them")
        if cleaned.get("provider") and not cleaned.get("at") and "at" not in self.errors:
            self.add_error("at", "Write when they did it, like 3 March 2026")
        return cleaned


class NeedForm(MoveForm):
    """What became of a need; besides, how far the nearest help is and in which district they are, where that is known."""

    sets = ("district", "distance_km")

    distance_km = forms.IntegerField(label="Kilometres to the nearest help", required=False, min_value=0, max_value=999)
    district = forms.RegexField(
        rf"\A{DISTRICT}\Z", label="District", required=False, help_text="Its ONS code, like E07000203. Blank: not known",
        error_messages={"invalid": "Write the ONS code of the district, like E07000203"},
    )  # fmt: skip


class FirstDays(forms.Form):
    """Who or what is there each day, and on every day for what is left blank."""

    def __init__(self, *arguments: Any, entries: Mapping[tuple[int, str], str], **options: Any) -> None:
        super().__init__(*arguments, **options)
        for day in range(EVERY_DAY, DAYS + 1):
            for part, label in words("part").items():
                self.fields[f"d{day}-{part}"] = (
                    forms.ChoiceField(label=label, choices=[("", "Not arranged"), *words("place").items()], required=False)
                    if part == "sleep"
                    else WordsField(label=label, max_length=120, validators=[no_postcode])
                )
                self.initial[f"d{day}-{part}"] = entries.get((day, part), "")

    def arranged(self) -> dict[tuple[int, str], str]:
        """What was written, by day and part."""
        return {(day, part): self.cleaned_data[f"d{day}-{part}"] for day in range(EVERY_DAY, DAYS + 1) for part in PARTS}


class UseForm(forms.Form):
    """For what, by what power and why support records are opened."""

    used_for = forms.ChoiceField(
        label="What are they used for?", choices=[*words("use").items()], widget=forms.RadioSelect,
        **asked("Choose what they are used for"),
    )  # fmt: skip
    agreed = forms.BooleanField(label="The person agreed to this use", required=False)
    power = WordsField(
        label="If not, what law allows it?", help_text="Like: Data Protection Act 2018 Schedule 2 paragraph 2", max_length=100
    )
    reason = LinesField(
        label="Why?", help_text="Why nothing less would do. Not what the records say", max_length=400,
        wanted="Write why, in a few words",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """One of the two allows it."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("agreed") and not cleaned.get("power") and "power" not in self.errors:
            self.add_error("power", "Write what law allows it, or tick that the person agreed")
        cleaned["basis"] = ". ".join(filter(None, (AGREED if cleaned.get("agreed") else "", cleaned.get("power"))))
        return cleaned
