"""A row of a table of references that other systems of the force gave. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lodestar.kernel.text_normalise import one_line

CRIME = "crime"
KINDS = {
    "crime": CRIME, "crime number": CRIME, "crime record": CRIME, "crime system": CRIME,
    "incident": "incident_log", "incident log": "incident_log", "log": "incident_log",
    "intelligence": "intelligence", "intel": "intelligence", "intelligence system": "intelligence",
}  # fmt: skip
COLUMNS = ("our_reference", "person", "system", "reference", "at")
LONGEST = {CRIME: 40, "incident_log": 60, "intelligence": 60}
_OURS = re.compile(r"([A-Z]{2,4}-\d{2}-\d{4,})(?:/(\d{1,4}))?", re.ASCII)


class NoReference(ValueError):
    """A row that says no reference of anything; `str` says why in one sentence."""


@dataclass(frozen=True)
class Returned:
    """One reference that came back: `person` is the number of the person in the case, 0 where none is said."""

    case: str
    person: int
    kind: str
    reference: str
    at: str


def returned(cells: Mapping[str, str]) -> Returned:
    """What one row says, by our names of its columns. A row without a system is a crime's where it names a person. Raises
    NoReference."""
    row = {name: one_line(cells.get(name, "")) for name in COLUMNS}
    ours = _OURS.fullmatch(row["our_reference"].upper().replace(" ", ""))
    if ours is None:
        raise NoReference("our_reference is not a Lodestar reference, like FM-26-0007 or FM-26-0007/2")
    person = ours[2] or row["person"] or "0"
    if not (person.isascii() and person.isdecimal() and len(person) < 5):
        raise NoReference("person is no number of a person in the case, like 2")
    if ours[2] and row["person"] and row["person"] != ours[2]:
        raise NoReference("our_reference and person name two different people")
    system = row["system"].casefold().replace("_", " ").replace("-", " ")
    kind = KINDS.get(system) if system else CRIME if int(person) else None
    if kind is None:
        raise NoReference("system must be crime, incident log or intelligence")
    if kind == CRIME and not int(person):
        raise NoReference("a crime is one person's: say which, like FM-26-0007/2")
    if not row["reference"]:
        raise NoReference("reference is blank")
    if not any(map(str.isdecimal, row["reference"])) and kind == CRIME:
        raise NoReference(f"reference “{row['reference'][:60]}” has no digit: leave the row out until there is a crime number")
    if "E+" in row["reference"] and row["reference"].replace("E+", "").replace(".", "").isdecimal():
        raise NoReference(f"reference “{row['reference'][:60]}” was shortened by a spreadsheet: save its column as text")
    if len(row["reference"]) > LONGEST[kind]:
        raise NoReference(f"reference is longer than {LONGEST[kind]} characters")
    return Returned(ours[1], int(person), kind, row["reference"], row["at"])
