"""Every field of a made-up case: its label, how it is filled in, and the key of `assess` that it stands for; and the two dates on
which the same facts are met."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django import forms

from lodestar.platform.design.forms.fields import WordsField
from lodestar.platform.obligations import facts
from lodestar.platform.text.grouping import grouped
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.time.fuzzy import FIRST_YEAR, LAST_YEAR
from lodestar.platform.time.uk_dates import CannotRead, read_coming

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Field:
    """One field. `path` is where its value stands within the part; `kind` is text, whole, flag, choice, choices, slugs,
    flag_or_when, or since (the beginning of a span)."""

    path: tuple[str, ...]
    label: str
    kind: str = "text"
    choices: Choices = ()
    hint: str = ""
    width: int = 0

    @property
    def name(self) -> str:
        """Its name in the form."""
        return "_".join(self.path)


@dataclass(frozen=True)
class Part:
    """One part of the case, which is filled in at one time: the case itself, a person, what they answered, one
    exploitation, one act. `path` leads to it in what `assess` takes."""

    id: str
    kind: str
    path: tuple[str | int, ...]
    title: str


@cache
def _words() -> Mapping[str, str]:
    words: Mapping[str, str] = reference_list("assess", "case_fields").header["words"]
    return words


def words_of(value: str) -> str:
    """A choice in words."""
    return _words().get(value) or value.replace("_", " ").capitalize()


def _field_of(row: Mapping[str, Any]) -> Field:
    values = getattr(facts, row["values"]) if "values" in row else ("yes", "no", *filter(None, [row.get("more")]))
    is_chosen = row.get("kind") in ("flag", "choice", "choices")
    choices = tuple((value, words_of(value)) for value in values) if is_chosen else ()
    return Field(
        tuple(row["code"].split(".")[1:]),
        row["label"],
        row.get("kind", "text"),
        choices,
        row.get("hint", ""),
        row.get("width", 0),
    )


_ROWS = reference_list("assess", "case_fields").rows
FIELDS: Mapping[str, tuple[Field, ...]] = {
    part: tuple(map(_field_of, rows)) for part, rows in grouped((row["code"].split(".")[0], row) for row in _ROWS).items()
}
LISTS = {"exploitation": "exploitation", "act": "suspected_of"}
_LISTED = {"exploitation": "exploitation", "suspected_of": "act"}
_NAMED = {"exploitation": "exploitation {}", "act": "act {} they are suspected of"}
_PATH = re.compile(r"people\[(\d+)\](?:\.(exploitation|suspected_of)\[(\d+)\])?(?:\.(.*))?")


def part_of(kind: str, person: int = 0, item: int = 0) -> Part:
    """A part by its kind, and the places of person and item from 0."""
    who = f"Person {person + 1}"
    if kind == "case":
        return Part("case", kind, (), "The case")
    if kind == "person":
        return Part(f"person-{person}", kind, ("people", person), who)
    if kind == "answers":
        return Part(f"answers-{person}", kind, ("people", person), f"{who}: what they answered, and referrals before")
    path = ("people", person, LISTS[kind], item)
    return Part(f"{kind}-{person}-{item}", kind, path, f"{who}: {_NAMED[kind].format(item + 1)}")


def field_at(path: str) -> tuple[Part, Field | None]:
    """The part and field that a path of `assess` is about, like `people[0].birth.age_min`. No field: the part as a whole."""
    match = _PATH.fullmatch(path)
    if match is None:
        return part_of("case"), _field("case", path)
    person, rest = int(match[1]), match[4] or ""
    if match[2]:
        kind = _LISTED[match[2]]
        return part_of(kind, person, int(match[3])), _field(kind, rest)
    kind = "answers" if rest.split(".")[0] in ("consent", "earlier_referral") else "person"
    return part_of(kind, person), _field(kind, rest)


def _field(kind: str, rest: str) -> Field | None:
    steps = tuple(re.sub(r"\[\d+\]", "", step) for step in rest.split("."))
    return next((field for field in FIELDS[kind] if steps in (field.path, field.path[:1])), None)


NOON = "1200"
_EARLIEST = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
NOT_A_DAY = "“{typed}” is not a day. Write it like 2 March 2026"
NOT_A_TIME = "“{typed}” is not a time. Write it like 2340, or leave it blank for noon"


class Dates(forms.Form):
    """Two days, each with a time of day in London. Without the second there is one answer and nothing to compare."""

    first_day = WordsField(label="First day", help_text="Like 2 March 2026", max_length=40)
    first_time = WordsField(label="Time", help_text="Blank is noon", max_length=10)
    second_day = WordsField(label="Second day", help_text="Blank for one answer", max_length=40)
    second_time = WordsField(label="Time", help_text="Blank is noon", max_length=10)

    def clean(self) -> dict[str, Any]:
        """`first` and `second` as instants; the second may be None."""
        cleaned = self.cleaned_data
        cleaned["first"], cleaned["second"] = self._instant("first"), self._instant("second")
        if not cleaned.get("first_day") and "first_day" not in self.errors:
            self.add_error("first_day", "Write the first day, like 2 March 2026")
        return cleaned

    def _instant(self, which: str) -> datetime | None:
        day, time = self.cleaned_data.get(f"{which}_day", ""), self.cleaned_data.get(f"{which}_time", "")
        if not day:
            if time:
                self.add_error(f"{which}_day", "Write the day as well, like 2 March 2026")
            return None
        if _read(day, NOON) is None:
            self.add_error(f"{which}_day", NOT_A_DAY.format(typed=day))
            return None
        at = _read(day, time or NOON)
        if at is None:
            self.add_error(f"{which}_time", NOT_A_TIME.format(typed=time))
        return at


def _read(day: str, time: str) -> datetime | None:
    """The instant, or None for what is no day with its year and no time."""
    if not re.search(r"\d{4}", day):
        return None
    try:
        at = read_coming(f"{day} {time}", _EARLIEST)
    except (CannotRead, OverflowError):
        return None
    return at if at is not None and at.year <= LAST_YEAR else None
