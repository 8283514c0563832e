"""The short list of offences from which an officer picks, and what a pick records. It proves nothing about anyone."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any, TypeGuard

from lodestar.platform.text.reference_lists import HEADER, ReferenceList, rows_on

STAGES = (("stop", "Stopped"), ("arrest", "Arrested"), ("voluntary_interview", "To be interviewed, not arrested"))
OTHER = "other"  # suspected of something that the list does not have, or that nobody has named yet
WHERE = {"england": "england_wales", "wales": "england_wales", "scotland": "scotland", "northern_ireland": "northern_ireland"}


@dataclass(frozen=True)
class QuickOffence:
    """One offence of the list; `words` as an officer says it."""

    code: str
    words: str
    act: str
    section: str
    title: str


@lru_cache(maxsize=8)
def offences_on(day: date) -> tuple[QuickOffence, ...]:
    """The offences of the list on a day, in its order."""
    return tuple(
        QuickOffence(row["code"], row["words"], row["act"], row["section"], row["title"])
        for row in rows_on("reference", "offences", day)
    )


def code_of(act: str, section: str, day: date) -> str:
    """The code of a recorded act on the list of a day; `other` for any that is not on it."""
    return next((offence.code for offence in offences_on(day) if (offence.act, offence.section) == (act, section)), OTHER)


def act_of(code: str, *, stage: str, day: date, nation: str, in_custody: bool) -> dict[str, str]:
    """The columns that a pick records: the act, done on the day they were met, and how far it has gone.

    Whoever is suspected was at least stopped, and in custody arrested: so the first question of section 45 of the Modern
    Slavery Act 2015 is asked even where nothing was picked.
    """
    picked = next((offence for offence in offences_on(day) if offence.code == code), None)
    return {
        "act": picked.act if picked else "",
        "section": picked.section if picked else "",
        "title": picked.title if picked else "",
        "on_from": day.isoformat() if picked else "",
        "on_to": day.isoformat() if picked else "",
        "where": WHERE.get(nation, ""),
        "stage": stage or ("arrest" if in_custody else "stop"),
    }


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
_VALUES = {"basis": ("law", "guidance", "policy"), "confidence": ("verified", "excerpt", "background", "unconfirmed")}
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
    cells_by_list = {name: [cell.strip() for cell in rest.split("|")] for name, rest in _SOURCE.findall(sources)}
    all_faults: list[Fault] = []
    for reference_list in lists:
        all_faults += _of_header(reference_list, on)
        all_faults += _of_source(reference_list, cells_by_list.get(f"{reference_list.name.replace('/', '/reference/')}.toml"))
        all_faults += _of_values(reference_list)
        if not any(fault.list == reference_list.name and fault.message.endswith("is no day") for fault in all_faults):
            all_faults += _of_rows(reference_list, on)
        if reference_list.name == "reference/contacts":
            all_faults += _of_contacts(reference_list)
        if reference_list.name == "reference/bank_holidays":
            all_faults += _of_bank_holidays(reference_list, on)
    return all_faults


def _of_header(reference_list: ReferenceList, on: date) -> Iterator[Fault]:
    for key in HEADER:
        if not reference_list.header.get(key):
            yield Fault(reference_list.name, f"says no {key}")
    published, review = reference_list.header.get("published"), reference_list.header.get("review_by")
    if _is_day(review) and review < on:
        yield Fault(reference_list.name, f"was to be reviewed by {review.isoformat()}")
    if _is_day(review) and _is_day(published) and review <= published:
        yield Fault(reference_list.name, "is to be reviewed before it was published")
    if not reference_list.rows:
        yield Fault(reference_list.name, "has no rows")


def _of_source(reference_list: ReferenceList, cells: list[str] | None) -> Iterator[Fault]:
    """Its line in docs/sources.md says what it is, where it is from, and its licence and attribution as the file does."""
    if cells is None:
        yield Fault(reference_list.name, "is not in docs/sources.md")
        return
    for place, name in enumerate(_COLUMNS):
        cell = cells[place] if place < len(cells) else ""
        if not cell:
            yield Fault(reference_list.name, f"has a line in docs/sources.md that does not say {name}")
        elif name in ("licence", "attribution") and cell != reference_list.header.get(name):
            yield Fault(reference_list.name, f"has another {name} in docs/sources.md than in the file")


def _of_values(reference_list: ReferenceList) -> Iterator[Fault]:
    """Days that are no days, and marks that nobody knows."""
    for number, row in enumerate((reference_list.header, *reference_list.rows)):
        name = "its header" if number == 0 else _words(_row_key(row)) or f"row {number}"
        for key in _DAYS:
            if key in row and not _is_day(row[key]) and row[key] != "":
                yield Fault(reference_list.name, f"{name}: {key} {row[key]!r} is no day")
        for key, allowed in _VALUES.items():
            if key in row and row[key] not in allowed:
                yield Fault(reference_list.name, f"{name}: unknown {key} {row[key]!r}")
        if bool(row.get("confirmed_by")) != bool(row.get("confirmed_on")):
            yield Fault(reference_list.name, f"{name}: needs both who confirmed it and when")
        if number and not _row_key(row):
            yield Fault(reference_list.name, f"{name}: has nothing to tell it by")


def _is_day(value: object) -> TypeGuard[date]:
    return type(value) is date


def _of_rows(reference_list: ReferenceList, on: date) -> Iterator[Fault]:
    by_key: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for row in reference_list.rows:
        row_key = _row_key(row)
        review = row.get("review_by")
        if review and review < on:
            yield Fault(reference_list.name, f"{_words(row_key)} was to be reviewed by {review.isoformat()}")
        if row.get("from") and row.get("to") and row["to"] < row["from"]:
            yield Fault(reference_list.name, f"{_words(row_key)} ends before it begins")
        if row_key:
            by_key.setdefault(row_key, []).append(row)
        for key in _ALSO_ONCE:
            if row.get(key):
                by_key.setdefault((key, row[key]), []).append(row)
    for row_key, rows in by_key.items():
        yield from _of_dates(reference_list, row_key, rows)


def _of_dates(reference_list: ReferenceList, row_key: tuple[Any, ...], rows: list[Mapping[str, Any]]) -> Iterator[Fault]:
    """Rows of one thing follow each other day by day: no day has two of them, and none between them has none."""
    dated = sorted(rows, key=lambda row: row.get("from") or date.min)
    for earlier, later in pairwise(dated):
        ends, begins = earlier.get("to"), later.get("from")
        if ends is None or begins is None or begins <= ends:
            both = f" from {begins.isoformat()}" if begins else ""
            yield Fault(reference_list.name, f"{_words(row_key)} has two rows for one day{both}")
        elif begins > ends + timedelta(days=1):
            yield Fault(reference_list.name, f"{_words(row_key)} has no row from {ends.isoformat()} to {begins.isoformat()}")


def _of_contacts(reference_list: ReferenceList) -> Iterator[Fault]:
    for row in reference_list.rows:
        for key in ("name", "number", "hours", "owner", "review_by"):
            if not row.get(key):
                yield Fault(reference_list.name, f"{_words(_row_key(row))} says no {key}")


def _of_bank_holidays(reference_list: ReferenceList, on: date) -> Iterator[Fault]:
    first, last = reference_list.header["first_year"], reference_list.header["last_year"]
    owned = {year_row["year"]: year_row for year_row in reference_list.header.get("years", ())}
    for year in range(first, last + 1):
        if sum(row["day"].year == year for row in reference_list.rows) < YEARLY:
            yield Fault(reference_list.name, f"{year} has fewer than {YEARLY} bank holidays")
        year_entry = owned.get(year, {})
        if not (year_entry.get("owner") and _is_day(year_entry.get("review_by"))):
            yield Fault(reference_list.name, f"{year} has no owner or no day of review")
        elif year_entry["review_by"] < on:
            yield Fault(reference_list.name, f"{year} was to be reviewed by {year_entry['review_by'].isoformat()}")
    if on.year > last:
        yield Fault(reference_list.name, f"{on.year} is missing: limits in working days pass over weekends only")
    elif on.year + 1 > last and on.month >= WARN_FROM_MONTH:
        yield Fault(reference_list.name, f"{on.year + 1} is missing", is_warning=True)


def _row_key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    for keys in _KEYS:
        if keys[0] in row:
            values = (row.get(key) for key in keys)
            return tuple(", ".join(map(str, part)) if isinstance(part, list) else part for part in values)
    return ()


def _words(row_key: tuple[Any, ...]) -> str:
    return " ".join(str(part) for part in row_key if part is not None)


def unconfirmed(reference_list: ReferenceList) -> int:
    """How many rows wait for a named person: no source of theirs was read whole, and nobody has confirmed them since."""
    return sum(not is_confirmed(reference_list, row) for row in reference_list.rows)


def confidence(reference_list: ReferenceList, row: Mapping[str, Any]) -> str:
    """How sure a row is: its own word for it, else that of its list; without one its source was read."""
    level: str = row.get("confidence") or reference_list.header.get("confidence", "verified")
    return level


def is_confirmed(reference_list: ReferenceList, row: Mapping[str, Any]) -> bool:
    """Whether the row's source was read, or a named person has confirmed it."""
    return confidence(reference_list, row) == "verified" or bool(row.get("confirmed_by"))
