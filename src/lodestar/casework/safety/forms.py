"""The form of the first screen: one for all its lines. Nothing is compulsory; a tap alone is an answer."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from lodestar.platform.design.forms.fields import WhenField


class WhoField(forms.ChoiceField):
    """Whom a reason is about. A colleague may have answered meanwhile, so what was offered then is as good as now."""

    def valid_value(self, value: Any) -> bool:
        return True


@dataclass(frozen=True)
class Tap:
    """The button pressed: on which line, what it says, for the people of which numbers; none named is everybody."""

    line: str
    kind: str  # done, not_possible, not_needed, time, now
    numbers: frozenset[int]


BOXES = ("said", "why", "at", "time")
QUESTION = re.compile(r"q\d{1,5}-(?:answer|why)", re.ASCII)  # the one question, where it is answered on this screen
KINDS = ("done", "not_possible", "not_needed", "time", "now")


def tap_of(codes: Iterable[str], data: Mapping[str, Any]) -> Tap | None:
    """The button pressed, or None. Enter in the box for a time means the button beside it."""
    for code in codes:
        kind, _, numbers = str(data.get(code, "")).partition(":")
        if kind in KINDS:
            return Tap(code, kind, _numbers(numbers or str(data.get(f"{code}_who", ""))))
    typed = next((code for code in codes if str(data.get(f"{code}_time", "")).strip()), None)
    return Tap(typed, "time", frozenset()) if typed else None


def _numbers(words: str) -> frozenset[int]:
    return frozenset(int(part) for part in words.split(",") if part.isdecimal() and len(part) < 6)


def half_written(data: QueryDict, *, used: Collection[str] = ()) -> QueryDict:
    """What stands on the screen besides what a button used, so that it is there again when that is done."""
    rest = QueryDict(mutable=True)
    for name in data:
        value, (code, _, box) = data[name], str(name).rpartition("_")
        is_whose = box == "who" and data.get(f"{code}_why", "").strip()  # whom a reason is about goes with the reason
        if (box in BOXES or is_whose or QUESTION.fullmatch(str(name))) and str(value).strip() and name not in used:
            rest[str(name)] = str(value)
    return rest


@dataclass(frozen=True)
class Boxes:
    """What one line asks in words: the label and hint of what goes with *done* (none: no box), and whom a reason may be
    about, as (what is sent, what is shown)."""

    line: str
    label: str
    hint: str
    longest: int
    who: tuple[tuple[str, str], ...]


class DoNow(forms.Form):
    """For each line: whom a reason is about, the reason, when it was, the words that go with *done*, the time asked for."""

    def __init__(self, lines: Sequence[Boxes], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="%s")
        for line in lines:
            self.fields.update(_fields(line))

    def value(self, line: str, name: str) -> Any:
        """What was written into one box of a line."""
        return self.cleaned_data.get(f"{line}_{name}")

    def keep_errors_of(self, line: str, *names: str) -> bool:
        """Leaves only the errors of these boxes of one line: what stands half written in another holds up no tap."""
        field_names = {f"{line}_{name}" for name in names}
        for name in set(self.errors) - field_names:
            del self.errors[name]
        return bool(self.errors)


def _fields(line: Boxes) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {
        f"{line.line}_why": forms.CharField(label="Because", required=False, max_length=1000),
        f"{line.line}_at": WhenField(label="When, if not now", help_text="Like 0225"),
        f"{line.line}_time": WhenField(label="Time, like 0225", help_text=""),
    }
    if line.label:
        fields[f"{line.line}_said"] = forms.CharField(
            label=line.label, help_text=line.hint, required=False, max_length=line.longest
        )
    if line.who:
        fields[f"{line.line}_who"] = WhoField(label="For", choices=line.who, required=False)
    return fields
