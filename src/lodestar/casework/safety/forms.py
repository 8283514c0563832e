"""The form of the first screen: one for all its lines, saved together. Nothing is compulsory; a tick alone is an answer."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict

from lodestar.casework.safety.actions import Entry
from lodestar.casework.safety.presenters.lines import ANSWERS, QUESTION, Line
from lodestar.platform.design.forms.fields import OfferedField, WhenField
from lodestar.platform.design.when import clock
from lodestar.platform.obligations.closing_records import LONGEST, kinds_of

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


class DoNow(forms.Form):
    """For each line: who it was done for and the words that go with it, else why not, and the time where it is asked."""

    def __init__(self, lines: Sequence[Line], data: Mapping[str, Any] | None = None, *, met: datetime, may_ask: bool) -> None:
        super().__init__(data, auto_id="%s")
        self.met = met
        self.everybody = {line.code: frozenset(tick.number for tick in line.offered or line.ticks) for line in lines}
        self.fields_of = {line.code: _fields(line) for line in lines}  # what is saved, or waits, together
        asked = [(line.code, tick.number) for line in lines if line.code == QUESTION and may_ask for tick in line.ticks]
        self.asked = {f"q{number}": (code, number) for code, number in asked}
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
            if written is None or not written.words.replace(":", "").replace(".", "").isdecimal():
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


def _fields(line: Line) -> dict[str, forms.Field]:
    who = [(line.numbers, line.everyone)] * bool(line.everyone)
    who += [(str(tick.number), tick.name if line.is_named else "Done") for tick in line.offered or line.ticks]
    other = [pair for pair in OTHERWISE if pair[0] in kinds_of(line.code)]
    fields: dict[str, forms.Field] = {
        "why": forms.CharField(label="Because", required=False, max_length=1000),
        "at": WhenField(label="When, if not now", help_text="Like 0225"),
        "other": forms.ChoiceField(label="If not done", choices=other, required=False, widget=forms.RadioSelect),
    }
    if "done" in kinds_of(line.code) and not line.wording.page:
        fields["done"] = _AnyOf(label="Done for", choices=who, required=False, widget=forms.CheckboxSelectMultiple)
    if line.wording.words:
        label, hint = line.wording.words, line.wording.hint
        fields["said"] = forms.CharField(label=label, help_text=hint, required=False, max_length=LONGEST)
    if len(who) > 1:
        fields["who"] = OfferedField(label="For", choices=[("", "Everyone not done"), *who[1:]], required=False)
    return {f"{line.code}_{name}": field for name, field in fields.items()} | _time_fields(line.code)


def _time_fields(line: str) -> dict[str, forms.Field]:
    time = WhenField(label="Time, like 0225", help_text="")
    return {f"{line}_time": time, f"{line}_now": forms.BooleanField(label="Just now", required=False)}


def _question_fields(name: str) -> dict[str, forms.Field]:
    answer = forms.ChoiceField(choices=ANSWERS, required=False, widget=forms.RadioSelect)
    return {f"{name}-answer": answer, f"{name}-why": forms.CharField(label="A few words why", required=False, max_length=1000)}
