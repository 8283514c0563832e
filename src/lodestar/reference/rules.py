"""Whether the dated lists are whole, in date and say where they come from. Pure: the day it is judged on is given."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from lodestar.kernel.reference_lists import HEADER, ReferenceList

YEARLY = 8  # bank holidays of England and Wales in an ordinary year
WARN_FROM_MONTH = 10  # from October the next year's bank holidays are missed

# What names a row of a list: the first of these sets of keys that it has.
_KEYS = (
    ("para", "act", "year", "section", "subsection", "offence"),
    ("code",),
    ("key",),
    ("slug",),
    ("short",),
    ("day",),
    ("condition",),
)


@dataclass(frozen=True)
class Fault:
    """Something wrong with a list. `is_warning`: it still answers rightly today."""

    list: str
    message: str
    is_warning: bool = False


def faults(lists: Sequence[ReferenceList], on: date, sources: str) -> list[Fault]:
    """Every fault of the lists on a day. `sources` is the text of docs/sources.md, which names each list by its file."""
    found: list[Fault] = []
    for one in lists:
        found += _of_header(one, on, sources)
        found += _of_rows(one, on)
        if one.name == "reference/bank_holidays":
            found += _of_bank_holidays(one, on)
    return found


def _of_header(one: ReferenceList, on: date, sources: str) -> Iterator[Fault]:
    for key in HEADER:
        if not one.header.get(key):
            yield Fault(one.name, f"says no {key}")
    review = one.header.get("review_by")
    if isinstance(review, date) and review < on:
        yield Fault(one.name, f"was to be reviewed by {review.isoformat()}")
    if f"{one.name.replace('/', '/reference/')}.toml" not in sources:
        yield Fault(one.name, "is not in docs/sources.md")
    if not one.rows:
        yield Fault(one.name, "has no rows")


def _of_rows(one: ReferenceList, on: date) -> Iterator[Fault]:
    by_key: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for row in one.rows:
        named = _named(row)
        review = row.get("review_by")
        if isinstance(review, date) and review < on:
            yield Fault(one.name, f"{_words(named)} was to be reviewed by {review.isoformat()}")
        if row.get("from") and row.get("to") and row["to"] < row["from"]:
            yield Fault(one.name, f"{_words(named)} ends before it begins")
        if named:
            by_key.setdefault(named, []).append(row)
    for named, rows in by_key.items():
        yield from _of_dates(one, named, rows)


def _of_dates(one: ReferenceList, named: tuple[Any, ...], rows: list[Mapping[str, Any]]) -> Iterator[Fault]:
    """Rows of one thing follow each other day by day: no day has two of them, and none between them has none."""
    dated = sorted(rows, key=lambda row: row.get("from") or date.min)
    for earlier, later in pairwise(dated):
        ends, begins = earlier.get("to"), later.get("from")
        if ends is None or begins is None or begins <= ends:
            yield Fault(one.name, f"{_words(named)} has two rows for one day")
        elif begins > ends + timedelta(days=1):
            yield Fault(one.name, f"{_words(named)} has no row from {ends.isoformat()} to {begins.isoformat()}")


def _of_bank_holidays(one: ReferenceList, on: date) -> Iterator[Fault]:
    first, last = one.header["first_year"], one.header["last_year"]
    for year in range(first, last + 1):
        if sum(row["day"].year == year for row in one.rows) < YEARLY:
            yield Fault(one.name, f"{year} has fewer than {YEARLY} bank holidays")
    if on.year > last:
        yield Fault(one.name, f"{on.year} is missing: limits in working days pass over weekends only")
    elif on.year + 1 > last and on.month >= WARN_FROM_MONTH:
        yield Fault(one.name, f"{on.year + 1} is missing", is_warning=True)


def _named(row: Mapping[str, Any]) -> tuple[Any, ...]:
    for keys in _KEYS:
        if keys[0] in row:
            return tuple(row.get(key) for key in keys)
    return ()


def _words(named: tuple[Any, ...]) -> str:
    return " ".join(str(part) for part in named if part is not None) or "a row"


def unconfirmed(one: ReferenceList) -> int:
    """How many rows rest on what nobody has confirmed, or all when the whole list does."""
    if one.header.get("confidence") in ("background", "unconfirmed"):
        return len(one.rows)
    return sum(row.get("confidence") in ("background", "unconfirmed") for row in one.rows)
