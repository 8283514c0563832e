"""What the force's own systems are given: the crime-record pack and the intelligence submission. Pure.

A pack is fields in the force's own order, each filled or said to be not known. The fields are a dated list
(`exchange/exports/reference/crime_pack.toml`). A force may put them in its own order, name them as its own system does and
leave some out; what is not on the list cannot be asked for, so that nothing else can go. What a referral that is written or was
sent says of a crime (when, where, signs, control, who did it) goes there too. The graded log of intelligence stays in its
system: nothing of a sheet is kept here, but that one was made and its reference.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from lodestar.casework.referral_forms.rules.made import CONTROL, DESCRIBED, EXPLOITERS, PLACES, WHEN, WHERE, WHO, Linked, made
from lodestar.platform.text.reference_lists import rows_on
from lodestar.platform.text.text_normalise import one_line

NOT_KNOWN = "Not known: nothing recorded"
LONGEST_LABEL = 80


class CannotOrder(ValueError):
    """An order that cannot be read; `str` says in one sentence which line and why."""


@dataclass(frozen=True)
class Field:
    """One field of the force's crime record: what it is here, and what the force's system calls it."""

    code: str
    label: str


@dataclass(frozen=True)
class Filled(Field):
    """One field with what the case holds."""

    value: str

    @property
    def is_known(self) -> bool:
        """Whether the case says it; where it does not, that is never a no."""
        return self.value != NOT_KNOWN


def shipped(day: date) -> tuple[Field, ...]:
    """The fields that may go on a day, in the order in which they ship."""
    return tuple(Field(row["code"], row["label"]) for row in rows_on("exports", "crime_pack", day))


def ordered(own: Iterable[Sequence[str]], day: date) -> tuple[Field, ...]:
    """A force's own order, of pairs of code and label, as it holds on a day: a field that is gone from the list goes no more.
    Without an order of its own, what ships."""
    current_codes = {field.code for field in shipped(day)}
    own_fields = tuple(Field(code, label) for code, label in own if code in current_codes)
    return own_fields or shipped(day)


def filled(fields: Iterable[Field], values: Mapping[str, str]) -> tuple[Filled, ...]:
    """The fields with their values; what the case does not hold is said to be not known."""
    return tuple(Filled(field.code, field.label, values.get(field.code, "").strip() or NOT_KNOWN) for field in fields)


def as_text(head: Sequence[str], lines: Iterable[tuple[str, str]]) -> str:
    """The whole as plain text: the head, then a line a field, its label and value; a value of several lines stands below."""
    text_lines = [*head, "", *(f"{label}:\n{value}\n" if "\n" in value else f"{label}: {value}" for label, value in lines)]
    return "\n".join(text_lines).rstrip() + "\n"


def written_order(fields: Iterable[Field]) -> str:
    """An order as it is typed: a line a field, its code, a colon and its label."""
    return "\n".join(f"{field.code}: {field.label}" for field in fields)


def read_order(text: str, day: date) -> tuple[Field, ...]:
    """An order as a force types it. A line without a label keeps the label that ships. Raises CannotOrder."""
    shipped_labels = {field.code: field.label for field in shipped(day)}
    fields_by_code: dict[str, Field] = {}
    lines = [one_line(line) for line in text.splitlines()]
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        code, _, label = (part.strip() for part in line.partition(":"))
        if code not in shipped_labels:
            raise CannotOrder(f"Line {number}: “{code[:40]}” is not one of the fields. Use one from the list, like name: Surname")
        if code in fields_by_code:
            raise CannotOrder(f"Line {number}: {code} is already there. Use each field once")
        if len(label) > LONGEST_LABEL:
            raise CannotOrder(f"Line {number}: the label is longer than {LONGEST_LABEL} characters. Shorten it")
        fields_by_code[code] = Field(code, label or shipped_labels[code])
    if not fields_by_code:
        raise CannotOrder("Write at least one field, like name: Surname")
    return tuple(fields_by_code.values())


PARTS = ("source", "assessment", "handling")
WITH_CONDITIONS = "handling_c"


@dataclass(frozen=True)
class Grade:
    """One code of the scheme: `P: Lawful sharing permitted`."""

    code: str
    part: str
    words: str


def grades_on(day: date) -> tuple[Grade, ...]:
    """The codes of the scheme on a day, in its order."""
    rows = rows_on("exports", "intelligence_3x5x2", day)
    return tuple(Grade(row["code"], row["part"], f"{row['grade']}: {row['name']}") for row in rows)


TREATED = "how-they-were-treated"
# Which answers go to which field of the crime record; of how they were treated only what was ticked.
_FIELDS = {
    "happened": (WHEN, f"{WHEN}-multiple"),
    "where_it_happened": (
        f"{WHERE}-uk-city", f"{WHERE}-other-uk-other-location",
        f"{WHERE}-overseas-country", f"{WHERE}-other-overseas-other-location",
    ),
    "signs": ("modern-slavery-indicators-details",),
    "suspects": (WHO,),
}  # fmt: skip
LISTED = (CONTROL, DESCRIBED, EXPLOITERS, PLACES)
ASKED = (*LISTED, *(code for codes in _FIELDS.values() for code in codes))


@dataclass(frozen=True)
class ReferralSaid:
    """The latest answers of one person's referral, by question. `at` is when the last of them was written, `sent_at` when it was
    sent, None for a draft or what was written since."""

    answers: Mapping[str, str] = field(default_factory=dict)
    version: str = ""
    at: datetime | None = None
    sent_at: datetime | None = None


def crime_fields(said: ReferralSaid, linked: Iterable[Linked]) -> dict[str, str]:
    """What the referral says for each field of the crime record, as far as it says anything."""
    if not said.version:
        return {}
    proposed = made(said.answers, linked, {}, said.version)
    texts = {**proposed, **{code: words for code, words in said.answers.items() if words}}
    values = {name: "\n".join(texts[code] for code in codes if code in texts) for name, codes in _FIELDS.items()}
    values["threats"] = proposed.get(TREATED, "")
    return {name: words for name, words in values.items() if words}
