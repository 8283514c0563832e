"""The form of the first screen: one for all its lines, saved together. Nothing is compulsory; a tick alone is an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict

from lodestar.casework.safety.presenters.lines import ANSWERS
from lodestar.platform.design.forms.fields import WhenField
from lodestar.platform.design.when import clock

OTHERWISE = (("not_possible", "Not possible yet"), ("not_needed", "Not needed"))
ALL = "all"  # before the time of all lines of which it is asked
WHY_NOT_NEEDED = "Say in a few words why it is not needed, so that the next person does not have to ask"
WHO_WAS_IT = "Not saved yet: tick who it was done for"
WHICH_WAS_IT = "Not saved yet: choose “not possible yet” or “not needed”"
WHAT_ANSWER = "Not saved yet: choose an answer"
DONE_OR_NOT = "Not saved yet: done, or not? Choose one of them for each person"


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
    """What was filled in on one line, or of one person whom the short question is `asked` about. `otherwise_for` empty: everybody
    who is not ticked as done."""

    line: str
    done: frozenset[int] = frozenset()
    said: str = ""
    otherwise: str = ""  # not_possible or not_needed
    otherwise_for: frozenset[int] = frozenset()
    why: str = ""
    at: datetime | None = None
    is_timed: bool = False  # whether the time asked of earlier ticks is given: `time`, or none for *just now*
    time: datetime | None = None
    asked: int = 0
    answer: str = ""


class DoNow(forms.Form):
    """For each line: who it was done for and the words that go with it, else why not, and the time where it is asked."""

    def __init__(self, lines: Sequence[Boxes], data: Mapping[str, Any] | None = None, *, met: datetime | None = None) -> None:
        super().__init__(data, auto_id="%s")
        self.met = met
        self.everybody = {line.line: _numbers([number for number, _ in line.who]) for line in lines}
        self.fields_of = {line.line: _fields(line) for line in lines}  # what is saved, or waits, together
        self.asked = {f"q{number}": (line.line, number) for line in lines for number in line.asked}
        self.fields_of |= {name: _question_fields(name) for name in self.asked} | {ALL: _time_fields(ALL)}
        for fields in self.fields_of.values():
            self.fields.update(fields)

    def clean(self) -> dict[str, Any]:
        """What is half filled in says so beside its line; the other lines are saved all the same."""
        for line in self.fields_of.keys() - self.asked.keys() - {ALL}:
            value = {name: self.cleaned_data.get(f"{line}_{name}") for name in ("done", "said", "other", "why", "at", "who")}
            if value["said"] and not (value["done"] or value["other"]):
                self.add_error(f"{line}_done", WHO_WAS_IT)
            if (value["why"] or value["at"]) and not value["other"]:
                self.add_error(f"{line}_other", WHICH_WAS_IT)
            if value["other"] == "not_needed" and not value["why"]:
                self.add_error(f"{line}_why", WHY_NOT_NEEDED)
            about = _numbers([value["who"] or ""]) or self.everybody[line]
            if value["other"] and about and about <= _numbers(value["done"] or ()):
                self.add_error(f"{line}_other", DONE_OR_NOT)
        self._check_times()
        for name in self.asked:
            if self.cleaned_data.get(f"{name}-why") and not self.cleaned_data.get(f"{name}-answer"):
                self.add_error(f"{name}-answer", WHAT_ANSWER)
        return self.cleaned_data

    def _check_times(self) -> None:
        """A time without its day that lies before they were met is asked again; with its day anything can be recorded."""
        for name in [name for name in self.fields if name.endswith(("_at", "_time"))]:
            written = self.cleaned_data.get(name)
            if written is None or self.met is None or not written.words.replace(":", "").replace(".", "").isdecimal():
                continue
            if written.at < self.met.replace(second=0, microsecond=0):
                early = f"That is the day before, and they were met at {clock(self.met)}. If it is right, write the day too"
                self.add_error(name, early)

    def entries(self) -> list[Entry]:
        """What was filled in, and whole."""
        self.is_valid()
        whole = [name for name, fields in self.fields_of.items() if not fields.keys() & self.errors.keys() and name != ALL]
        return [self._question(name) if name in self.asked else self._entry(name) for name in whole]

    def _entry(self, line: str) -> Entry:
        value = {name.removeprefix(f"{line}_"): self.cleaned_data.get(name) for name in self.fields_of[line]}
        is_asked = f"{line}_time" in self.data  # its time was asked for: it has its own, or that of all such lines
        whose = line if value["time"] or value["now"] or not is_asked else ALL
        time, at = self.cleaned_data.get(f"{whose}_time"), value["at"]
        return Entry(
            line=line, done=_numbers(value.get("done") or ()), said=value.get("said") or "", otherwise=value["other"] or "",
            otherwise_for=_numbers([value.get("who") or ""]), why=value["why"] or "", at=at.at if at else None,
            is_timed=bool(time or self.cleaned_data.get(f"{whose}_now")), time=time.at if time else None,
        )  # fmt: skip

    def _question(self, name: str) -> Entry:
        line, number = self.asked[name]
        return Entry(line=line, asked=number, answer=self.cleaned_data[f"{name}-answer"], why=self.cleaned_data[f"{name}-why"])

    def half_filled(self) -> QueryDict:
        """What stands on the lines that could not be saved, to be kept and shown again."""
        rest = QueryDict(mutable=True)
        for fields in self.fields_of.values():
            for name in fields if fields.keys() & self.errors.keys() else ():
                rest.setlist(name, [value for value in self.data.getlist(name) if value.strip()])  # type: ignore[attr-defined]  # as sent
        return rest

    @property
    def first_half_filled(self) -> str:
        """The first line that could not be saved; empty where there is none."""
        first = next((name for name, fields in self.fields_of.items() if fields.keys() & self.errors.keys()), "")
        return self.asked[first][0] if first in self.asked else first


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
    }  # fmt: skip
    if "done" in line.kinds:
        fields["done"] = _AnyOf(label="Done for", choices=line.who, required=False, widget=forms.CheckboxSelectMultiple)
    if line.label:
        fields["said"] = forms.CharField(label=line.label, help_text=line.hint, required=False, max_length=line.longest)
    if len(line.who) > 1:
        fields["who"] = _OneOf(label="For", choices=[("", "Everyone not done"), *line.who[1:]], required=False)
    return {f"{line.line}_{name}": field for name, field in fields.items()} | _time_fields(line.line)


def _time_fields(line: str) -> dict[str, forms.Field]:
    time = WhenField(label="Time, like 0225", help_text="")
    return {f"{line}_time": time, f"{line}_now": forms.BooleanField(label="Just now", required=False)}


def _question_fields(name: str) -> dict[str, forms.Field]:
    answer = forms.ChoiceField(choices=ANSWERS, required=False, widget=forms.RadioSelect)
    return {f"{name}-answer": answer, f"{name}-why": forms.CharField(label="A few words why", required=False, max_length=1000)}
