"""What a crime-record pack is: fields in the force's own order, each filled or said to be not known. Pure.

The fields are a dated list (`reference/crime_pack.toml`). A force may put them in its own order, name them as its own system
does and leave some out; what is not on the list cannot be asked for, so that nothing else can go.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lodestar.kernel.reference_lists import rows_on
from lodestar.kernel.typed import one_line

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
class Filled:
    """One field with what the case holds. `is_known` is false where the case does not say: never a no."""

    code: str
    label: str
    value: str
    is_known: bool


def shipped(day: date) -> tuple[Field, ...]:
    """The fields that may go on a day, in the order in which they ship."""
    return tuple(Field(row["code"], row["label"]) for row in rows_on("exchange", "crime_pack", day))


def ordered(own: Iterable[Sequence[str]], day: date) -> tuple[Field, ...]:
    """A force's own order, of pairs of code and label, as it holds on a day: a field that is gone from the list goes no more.
    Without an order of its own, what ships."""
    known = {field.code for field in shipped(day)}
    found = tuple(Field(code, label) for code, label in own if code in known)
    return found or shipped(day)


def filled(fields: Iterable[Field], values: Mapping[str, str]) -> tuple[Filled, ...]:
    """The fields with their values; what the case does not hold is said to be not known."""
    return tuple(
        Filled(field.code, field.label, values.get(field.code, "").strip() or NOT_KNOWN, bool(values.get(field.code, "").strip()))
        for field in fields
    )


def as_text(head: Sequence[str], lines: Iterable[Filled]) -> str:
    """The whole as plain text: the head, then a line a field; a value of several lines stands below its label."""
    told = [*head, ""]
    for line in lines:
        told += [f"{line.label}:", line.value, ""] if "\n" in line.value else [f"{line.label}: {line.value}"]
    return "\n".join(told).rstrip() + "\n"


def written_order(fields: Iterable[Field]) -> str:
    """An order as it is typed: a line a field, its code, a colon and its label."""
    return "\n".join(f"{field.code}: {field.label}" for field in fields)


def read_order(text: str, day: date) -> tuple[Field, ...]:
    """An order as a force types it. A line without a label keeps the label that ships. Raises CannotOrder."""
    known = {field.code: field.label for field in shipped(day)}
    found: dict[str, Field] = {}
    lines = [one_line(line) for line in text.splitlines()]
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        code, _, label = (part.strip() for part in line.partition(":"))
        if code not in known:
            raise CannotOrder(f"Line {number}: “{code[:40]}” is not one of the fields. Use one from the list, like name: Surname")
        if code in found:
            raise CannotOrder(f"Line {number}: {code} is already there. Use each field once")
        if len(label) > LONGEST_LABEL:
            raise CannotOrder(f"Line {number}: the label is longer than {LONGEST_LABEL} characters. Shorten it")
        found[code] = Field(code, label or known[code])
    if not found:
        raise CannotOrder("Write at least one field, like name: Surname")
    return tuple(found.values())
