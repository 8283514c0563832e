"""The form of the first screen: one for all its lines, saved together. Nothing is compulsory; a tick alone is an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict

from lodestar.casework.safety.presenters.lines import ANSWERS
from lodestar.platform.design.forms.fields import WhenField

OTHERWISE = (("not_possible", "Not possible yet"), ("not_needed", "Not needed"))
WHY_NOT_NEEDED = "Say in a few words why it is not needed, so that the next person does not have to ask"
WHO_WAS_IT = "Not saved yet: tick who it was done for"
WHICH_WAS_IT = "Not saved yet: choose “not possible yet” or “not needed”"
WHAT_ANSWER = "Not saved yet: choose an answer"


class _AnyOf(forms.MultipleChoiceField):
    """People ticked. A colleague may have answered meanwhile, so who was offered then is as good as now."""

    def valid_value(self, value: Any) -> bool:
        return all(part.isdecimal() and len(part) < 6 for part in str(value).split(","))


class _OneOf(forms.ChoiceField):
    """Whom a reason is about; who was offered then is as good as now."""

    def valid_value(self, value: Any) -> bool:
        return True


@dataclass(frozen=True)
class Boxes:
    """What one line asks: the label and hint of what goes with *done* (none: no box), whom it may be about as (what is sent,
    what is shown), and which answers there are: `kinds`. `asked` are the people of whom the short question is asked here."""

    line: str
    label: str
    hint: str
    longest: int
    who: tuple[tuple[str, str], ...]
    kinds: frozenset[str]
    asked: tuple[int, ...] = ()


@dataclass(frozen=True)
class Entry:
    """What was filled in on one line. `otherwise_for` empty: everybody who is not ticked as done."""

    line: str
    done: frozenset[int]
    said: str
    otherwise: str  # not_possible, not_needed, or nothing
    otherwise_for: frozenset[int]
    why: str
    at: datetime | None
    is_timed: bool  # whether the time asked of earlier ticks is given: `time`, or none for *just now*
    time: datetime | None
    answers: Mapping[int, tuple[str, str]]  # to the short question: by person the answer and a few words why


class DoNow(forms.Form):
    """For each line: who it was done for and the words that go with it, else why not, and the time where it is asked."""

    def __init__(self, lines: Sequence[Boxes], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="%s")
        self.fields_of = {line.line: _fields(line) for line in lines}
        self.asked = {line.line: line.asked for line in lines}
        for fields in self.fields_of.values():
            self.fields.update(fields)

    def clean(self) -> dict[str, Any]:
        """What is half filled in says so beside its line; the other lines are saved all the same."""
        for line, asked in self.asked.items():
            value = {name: self.cleaned_data.get(f"{line}_{name}") for name in ("done", "said", "other", "why", "at", "who")}
            if value["said"] and not (value["done"] or value["other"]):
                self.add_error(f"{line}_done", WHO_WAS_IT)
            if (value["why"] or value["at"]) and not value["other"]:
                self.add_error(f"{line}_other", WHICH_WAS_IT)
            if value["other"] == "not_needed" and not value["why"]:
                self.add_error(f"{line}_why", WHY_NOT_NEEDED)
            for number in asked:
                if self.cleaned_data.get(f"q{number}-why") and not self.cleaned_data.get(f"q{number}-answer"):
                    self.add_error(f"q{number}-answer", WHAT_ANSWER)
        return self.cleaned_data

    def entries(self) -> list[Entry]:
        """The lines that were filled in, and whole."""
        self.is_valid()
        of_lines = (self._entry(line) for line, fields in self.fields_of.items() if not fields.keys() & self.errors.keys())
        return [entry for entry in of_lines if entry.done or entry.otherwise or entry.is_timed or entry.answers]

    def _entry(self, line: str) -> Entry:
        value = {name.removeprefix(f"{line}_"): self.cleaned_data.get(name) for name in self.fields_of[line]}
        time, at = value.get("time"), value.get("at")
        answers = {number: self.cleaned_data.get(f"q{number}-answer") or "" for number in self.asked[line]}
        return Entry(
            line=line, done=_numbers(value.get("done") or ()), said=value.get("said") or "", otherwise=value["other"] or "",
            otherwise_for=_numbers([value.get("who") or ""]), why=value["why"] or "", at=at.at if at else None,
            is_timed=bool(time or value.get("now")), time=time.at if time else None,
            answers={
                number: (answer, self.cleaned_data.get(f"q{number}-why") or "") for number, answer in answers.items() if answer
            },
        )  # fmt: skip

    def half_filled(self) -> QueryDict:
        """What stands on the lines that could not be saved, to be kept and shown again."""
        rest = QueryDict(mutable=True)
        for fields in self.fields_of.values():
            for name in fields if fields.keys() & self.errors.keys() else ():
                rest.setlist(name, [value for value in self.data.getlist(name) if value.strip()])
        return rest

    @property
    def first_half_filled(self) -> str:
        """The first line that could not be saved; empty where there is none."""
        return next((line for line, fields in self.fields_of.items() if fields.keys() & self.errors.keys()), "")


def _numbers(values: Sequence[str]) -> frozenset[int]:
    return frozenset(int(part) for value in values for part in value.split(",") if part.isdecimal() and len(part) < 6)


def _fields(line: Boxes) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {
        "why": forms.CharField(label="Because", required=False, max_length=1000),
        "at": WhenField(label="When, if not now", help_text="Like 0225"),
        "other": forms.ChoiceField(
            label="If not done", choices=[pair for pair in OTHERWISE if pair[0] in line.kinds], required=False,
            widget=forms.RadioSelect,
        ),
        "time": WhenField(label="Time, like 0225", help_text=""),
        "now": forms.BooleanField(label="Just now", required=False),
    }  # fmt: skip
    if "done" in line.kinds:
        fields["done"] = _AnyOf(label="Done for", choices=line.who, required=False, widget=forms.CheckboxSelectMultiple)
    if line.label:
        fields["said"] = forms.CharField(label=line.label, help_text=line.hint, required=False, max_length=line.longest)
    if len(line.who) > 1:
        fields["who"] = _OneOf(label="For", choices=[("", "Whoever is not done"), *line.who[1:]], required=False)
    named = {f"{line.line}_{name}": field for name, field in fields.items()}
    for number in line.asked:
        named[f"q{number}-answer"] = forms.ChoiceField(choices=ANSWERS, required=False, widget=forms.RadioSelect)
        named[f"q{number}-why"] = forms.CharField(label="A few words why", required=False, max_length=1000)
    return named
