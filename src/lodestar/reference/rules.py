"""Whether the dated lists are whole, in date and say where they come from. Pure: the day it is judged on is given."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, TypeGuard

from lodestar.kernel.reference_lists import HEADER, ReferenceList

YEARLY = 8  # bank holidays of England and Wales in an ordinary year
WARN_FROM_MONTH = 10  # from October the next year's bank holidays are missed

# What names a row of a list: the first of these sets of keys whose first key it has.
_KEYS = (
    ("code",),
    ("para", "act", "year", "section", "subsection", "offence"),
    ("act", "year", "sections", "offence"),
    ("key",),
    ("slug",),
    ("short",),
    ("day",),
    ("condition",),
    ("words",),
)
_ALSO_ONCE = ("ons_code",)  # codes of others that no two rows of one day may share
_DAYS = ("from", "to", "review_by", "confirmed_on", "published")
_VALUES = {
    "basis": ("law", "guidance", "policy"),
    "confidence": ("verified", "excerpt", "background", "unconfirmed"),
}
# What is left where a text was read in another encoding than it was written in.
_GARBLED = re.compile("[\ufffd\x00-\x08\x80-\x9f]|\u00c3[\u0080-\u00bf]|\u00c2[\u00a0-\u00bf]|\u00e2\u20ac|\ufeff")
_SOURCE = re.compile(r"^\|\s*`([^`]+)`\s*\|(.*)\|\s*$", re.MULTILINE)
_COLUMNS = ("what it is", "from where", "licence", "attribution")


@dataclass(frozen=True)
class Fault:
    """Something wrong with a list. `is_warning`: it still answers rightly today."""

    list: str
    message: str
    is_warning: bool = False


def faults(lists: Sequence[ReferenceList], on: date, sources: str) -> list[Fault]:
    """Every fault of the lists on a day. `sources` is the text of docs/sources.md, which has a line for each list."""
    told = {name: [cell.strip() for cell in rest.split("|")] for name, rest in _SOURCE.findall(sources)}
    found: list[Fault] = []
    for one in lists:
        found += _of_header(one, on)
        found += _of_source(one, told.get(f"{one.name.replace('/', '/reference/')}.toml"))
        found += _of_values(one)
        if not any(fault.list == one.name and fault.message.endswith("is no day") for fault in found):
            found += _of_rows(one, on)
        if one.name == "reference/contacts":
            found += _of_contacts(one)
        if one.name == "reference/bank_holidays":
            found += _of_bank_holidays(one, on)
    return found


def _of_header(one: ReferenceList, on: date) -> Iterator[Fault]:
    for key in HEADER:
        if not one.header.get(key):
            yield Fault(one.name, f"says no {key}")
    published, review = one.header.get("published"), one.header.get("review_by")
    if _is_day(review) and review < on:
        yield Fault(one.name, f"was to be reviewed by {review.isoformat()}")
    if _is_day(review) and _is_day(published) and review <= published:
        yield Fault(one.name, "is to be reviewed before it was published")
    if not one.rows:
        yield Fault(one.name, "has no rows")


def _of_source(one: ReferenceList, cells: list[str] | None) -> Iterator[Fault]:
    """Its line in docs/sources.md says what it is, where it is from, and its licence and attribution as the file does."""
    if cells is None:
        yield Fault(one.name, "is not in docs/sources.md")
        return
    for place, name in enumerate(_COLUMNS):
        cell = cells[place] if place < len(cells) else ""
        if not cell:
            yield Fault(one.name, f"has a line in docs/sources.md that does not say {name}")
        elif name in ("licence", "attribution") and cell != one.header.get(name):
            yield Fault(one.name, f"has another {name} in docs/sources.md than in the file")


def _of_values(one: ReferenceList) -> Iterator[Fault]:
    """Days that are no days, marks that nobody knows, and letters read in a wrong encoding."""
    for number, row in enumerate((one.header, *one.rows)):
        name = "its header" if number == 0 else _words(_named(row)) or f"row {number}"
        for key in _DAYS:
            if key in row and not _is_day(row[key]) and row[key] != "":
                yield Fault(one.name, f"{name}: {key} {row[key]!r} is no day")
        for key, known in _VALUES.items():
            if key in row and row[key] not in known:
                yield Fault(one.name, f"{name}: unknown {key} {row[key]!r}")
        if bool(row.get("confirmed_by")) != bool(row.get("confirmed_on")):
            yield Fault(one.name, f"{name}: needs both who confirmed it and when")
        if any(_GARBLED.search(text) for text in _texts(row)):
            yield Fault(one.name, f"{name}: has letters read in a wrong encoding")
        if number and not _named(row):
            yield Fault(one.name, f"{name}: has nothing to tell it by")


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _is_day(value: object) -> TypeGuard[date]:
    return type(value) is date


def _of_rows(one: ReferenceList, on: date) -> Iterator[Fault]:
    by_key: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for row in one.rows:
        named = _named(row)
        review = row.get("review_by")
        if review and review < on:
            yield Fault(one.name, f"{_words(named)} was to be reviewed by {review.isoformat()}")
        if row.get("from") and row.get("to") and row["to"] < row["from"]:
            yield Fault(one.name, f"{_words(named)} ends before it begins")
        if named:
            by_key.setdefault(named, []).append(row)
        for key in _ALSO_ONCE:
            if row.get(key):
                by_key.setdefault((key, row[key]), []).append(row)
    for named, rows in by_key.items():
        yield from _of_dates(one, named, rows)


def _of_dates(one: ReferenceList, named: tuple[Any, ...], rows: list[Mapping[str, Any]]) -> Iterator[Fault]:
    """Rows of one thing follow each other day by day: no day has two of them, and none between them has none."""
    dated = sorted(rows, key=lambda row: row.get("from") or date.min)
    for earlier, later in pairwise(dated):
        ends, begins = earlier.get("to"), later.get("from")
        if ends is None or begins is None or begins <= ends:
            both = f" from {begins.isoformat()}" if begins else ""
            yield Fault(one.name, f"{_words(named)} has two rows for one day{both}")
        elif begins > ends + timedelta(days=1):
            yield Fault(one.name, f"{_words(named)} has no row from {ends.isoformat()} to {begins.isoformat()}")


def _of_contacts(one: ReferenceList) -> Iterator[Fault]:
    for row in one.rows:
        for key in ("name", "number", "hours", "owner", "review_by"):
            if not row.get(key) and not (key == "number" and row.get("set_by_force")):
                yield Fault(one.name, f"{_words(_named(row))} says no {key}")


def _of_bank_holidays(one: ReferenceList, on: date) -> Iterator[Fault]:
    first, last = one.header["first_year"], one.header["last_year"]
    owned = {told["year"]: told for told in one.header.get("years", ())}
    for year in range(first, last + 1):
        if sum(row["day"].year == year for row in one.rows) < YEARLY:
            yield Fault(one.name, f"{year} has fewer than {YEARLY} bank holidays")
        told = owned.get(year, {})
        if not (told.get("owner") and _is_day(told.get("review_by"))):
            yield Fault(one.name, f"{year} has no owner or no day of review")
        elif told["review_by"] < on:
            yield Fault(one.name, f"{year} was to be reviewed by {told['review_by'].isoformat()}")
    if on.year > last:
        yield Fault(one.name, f"{on.year} is missing: limits in working days pass over weekends only")
    elif on.year + 1 > last and on.month >= WARN_FROM_MONTH:
        yield Fault(one.name, f"{on.year + 1} is missing", is_warning=True)


def _named(row: Mapping[str, Any]) -> tuple[Any, ...]:
    for keys in _KEYS:
        if keys[0] in row:
            told = (row.get(key) for key in keys)
            return tuple(", ".join(map(str, part)) if isinstance(part, list) else part for part in told)
    return ()


def _words(named: tuple[Any, ...]) -> str:
    return " ".join(str(part) for part in named if part is not None)


def unconfirmed(one: ReferenceList) -> int:
    """How many rows wait for a named person: no source of theirs was read whole, and nobody has confirmed them since."""
    return sum(not is_confirmed(one, row) for row in one.rows)


def confidence(one: ReferenceList, row: Mapping[str, Any]) -> str:
    """How sure a row is: its own word for it, else that of its list; without one its source was read."""
    told: str = row.get("confidence") or one.header.get("confidence", "verified")
    return told


def is_confirmed(one: ReferenceList, row: Mapping[str, Any]) -> bool:
    """Whether the row's source was read, or a named person has confirmed it."""
    return confidence(one, row) == "verified" or bool(row.get("confirmed_by"))
