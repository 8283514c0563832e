"""Rows of a table in which other systems of the force send back their references. Pure.

A row says which case of ours, which person by number where it is a crime, which system, and the reference. `our_reference` may
hold case and person together, as the crime record gives them: `FM-26-0007/2`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lodestar.kernel.typed import one_line

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
    told = {name: one_line(cells.get(name, "")) for name in COLUMNS}
    ours = _OURS.fullmatch(told["our_reference"].upper().replace(" ", ""))
    if ours is None:
        raise NoReference("our_reference is not a Lodestar reference, like FM-26-0007 or FM-26-0007/2")
    person = ours[2] or told["person"] or "0"
    if not (person.isascii() and person.isdecimal() and len(person) < 5):
        raise NoReference("person is no number of a person in the case, like 2")
    if ours[2] and told["person"] and told["person"] != ours[2]:
        raise NoReference("our_reference and person name two different people")
    system = told["system"].casefold().replace("_", " ").replace("-", " ")
    kind = KINDS.get(system) if system else CRIME if int(person) else None
    if kind is None:
        raise NoReference("system must be crime, incident log or intelligence")
    if kind == CRIME and not int(person):
        raise NoReference("a crime is one person's: say which, like FM-26-0007/2")
    if not told["reference"]:
        raise NoReference("reference is blank")
    if not any(map(str.isdecimal, told["reference"])) and kind == CRIME:
        raise NoReference(f"reference “{told['reference'][:60]}” has no digit: leave the row out until there is a crime number")
    if "E+" in told["reference"] and told["reference"].replace("E+", "").replace(".", "").isdecimal():
        raise NoReference(f"reference “{told['reference'][:60]}” was shortened by a spreadsheet: save its column as text")
    if len(told["reference"]) > LONGEST[kind]:
        raise NoReference(f"reference is longer than {LONGEST[kind]} characters")
    return Returned(ours[1], int(person), kind, told["reference"], told["at"])
