"""Records of HTCDS 2.0 as encounters in the form that `assess` takes; what is not taken is said. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lodestar.exchange.exports.rules.files import CASE, EVENTS, OWN, OWN_FIELDS, PERSON, TEXTS, VERSION, Refused, checked, fields
from lodestar.exchange.exports.rules.going_out import LANGUAGES
from lodestar.platform.obligations.encounter_form import read_encounter
from lodestar.platform.obligations.facts import Encounter
from lodestar.platform.obligations.form_values import FormErrors
from lodestar.platform.text.ids import id_in
from lodestar.platform.text.text_normalise import one_line

MOST_RECORDS = 500
MOST_KEYS = 200
MOST_EVENTS = 50
LONGEST_OWN = {"record": 36, "name": 200, "language": 80, "case": 80, "encountered_at": 40, "nation": 20}
_KEY = re.compile(r"[A-Za-z0-9_]{1,60}")
_KINDS = {
    "ForcedLabour": "labour", "ChildLabour": "labour", "SexualExploitation": "sexual", "Servitude": "domestic",
    "OrganRemoval": "organ",
}  # fmt: skip


@dataclass(frozen=True)
class Incoming:
    """One case to be made: its encounter, the names and languages of its people in their order, and what was not taken."""

    encounter: Encounter
    names: tuple[str, ...]
    languages: tuple[str, ...]
    notes: tuple[str, ...]
    remarks: tuple[str, ...] = ()  # of each of its people what is kept as a note
    records: tuple[UUID | None, ...] = ()  # of each of its people the record of ours that it was written from
    is_dated: bool = True  # the file says when they were met


def cases_in(value: object, now: str) -> list[Incoming]:
    """The cases in a list of records. `now`, an instant, stands where a record does not say when they were met.

    Raises Refused, with one sentence that names the record, for anything that is not a list of such records.
    """
    if not isinstance(value, list) or not value:
        raise Refused("the file contains no list of records")
    if len(value) > MOST_RECORDS:
        raise Refused(f"the file contains more than {MOST_RECORDS} records")
    groups: dict[str, list[tuple[int, Mapping[str, Any]]]] = {}
    for number, record in enumerate(value, 1):
        _check(number, record)
        groups.setdefault(record.get(f"{OWN}case") or f"record {number}", []).append((number, record))
    return [_case(name, records, now) for name, records in groups.items()]


def _check(number: int, record: object) -> None:
    if not isinstance(record, dict) or not record:
        raise Refused(f"record {number} is no object with fields")
    if len(record) > MOST_KEYS:
        raise Refused(f"record {number} has more than {MOST_KEYS} fields")
    try:
        for key, value in record.items():
            _check_field(key, value)
    except Refused as refusal:
        raise Refused(f"record {number}: {refusal}") from None


def _check_field(key: str, value: Any) -> None:
    if not _KEY.fullmatch(key):
        raise Refused("a field has no valid name")
    if key == EVENTS:
        if not isinstance(value, list) or len(value) > MOST_EVENTS or not all(isinstance(item, dict) for item in value):
            raise Refused(f"{EVENTS} takes a list of at most {MOST_EVENTS} events")
        for event in value:
            for name, inner in event.items():
                if name not in fields() or not name.startswith("hte_"):
                    raise Refused(f"{EVENTS} takes fields of an event alone")
                checked(name, inner)
    elif key.startswith(OWN):
        name = key.removeprefix(OWN)
        if name in TEXTS and (not isinstance(value, str) or len(value) > LONGEST_OWN[name] or not value.isprintable()):
            raise Refused(f"{key} takes text of at most {LONGEST_OWN[name]} characters")
    elif key in fields():
        checked(key, value)


def _case(name: str, records: Sequence[tuple[int, Mapping[str, Any]]], now: str) -> Incoming:
    _, first = records[0]
    notes: dict[str, None] = {}
    met = first.get(f"{OWN}encountered_at")
    if met is None and "cas_IncomingReferralDate" in first:
        met = f"{first['cas_IncomingReferralDate']}T12:00:00+00:00"
    is_dated = met is not None
    if met is None:
        met = now
        notes["The date of encounter is not in the file: the time of the import is used."] = None
    form = {
        "reference": f"HTCDS {first[f'{OWN}case']}" if f"{OWN}case" in first else None,
        "encountered_at": met,
        "nation": first.get(f"{OWN}nation"),
        "people": [_person(number, record, notes) for number, record in records],
        "case": {key: first[f"{OWN}{key}"] for key in sorted(CASE) if f"{OWN}{key}" in first},
    }
    try:
        encounter = read_encounter(form)
    except FormErrors as errors:
        problems = "; ".join(f"{error['path']}: {error['message']}" for error in errors.errors[:5])
        raise Refused(f"{name}: {problems}") from None
    people = [record for _, record in records]
    return Incoming(
        encounter, tuple(map(_name, people)), tuple(map(_language, people)), tuple(notes),
        tuple(map(_remark, people)), tuple(id_in(record.get(f"{OWN}record", "")) for record in people), is_dated,
    )  # fmt: skip


def _remark(record: Mapping[str, Any]) -> str:
    """What is kept of a record as a note; empty where there is nothing."""
    values = ((field.note, record[code]) for code, field in fields().items() if field.note and code in record)
    parts = [f"{words}: {'; '.join(value) if isinstance(value, list) else value}" for words, value in values]
    if f"{OWN}encountered_at" in record:
        told = (event.get("hte_Description") or event.get("hte_City") for event in record.get(EVENTS, ()))
        parts += [f"What happened: {words}" for words in told if words]
    return f"Received as HTCDS {VERSION}. {'. '.join(parts)}." if parts else ""


def _person(number: int, record: Mapping[str, Any], notes: dict[str, None]) -> dict[str, Any]:
    own = {key: record[f"{OWN}{key}"] for key in PERSON if f"{OWN}{key}" in record}
    is_ours = f"{OWN}encountered_at" in record  # ours says all it knows under our own names; the standard's say it again
    person: dict[str, Any] = {"id": f"person {number}", **({} if is_ours else _from_the_standard(record, notes)), **own}
    for key in record:
        if key.startswith(OWN) and key not in OWN_FIELDS:
            notes[f"{key} is not a Lodestar field and was not imported."] = None
        elif key in fields() and not (fields()[key].note or fields()[key].taken in ("fact", *(["twice"] if is_ours else []))):
            notes[f"{key} cannot be stored here and was not imported."] = None
        elif key not in fields() and key != EVENTS and not key.startswith(OWN):
            notes[f"{key} is not an HTCDS field and was not imported."] = None
    return person


def _from_the_standard(record: Mapping[str, Any], notes: dict[str, None]) -> dict[str, Any]:
    """What the fields of the standard say, for a record of somebody else's."""
    person: dict[str, Any] = {}
    if "prs_Birthdate" in record:
        person["birth"] = {"date": record["prs_Birthdate"], "basis": "stated"}
    if "prs_Deceased" in record:
        person["alive"] = not record["prs_Deceased"]
    if set(record.get("prs_Citizenship", ())) & {"GB", "GBR"}:
        person["british"] = True
    elif "prs_Citizenship" in record:
        notes["Another citizenship does not show that they are not British: it was not imported."] = None
    if record.get("vic_TraffickingStatus") in ("PossibleVictimOfTrafficking", "ActualVictimOfTrafficking"):
        person["roles"] = ["possible_victim"]
    types = record.get("vic_TypeOfExploitation", [])
    if types:
        person["exploitation"] = [
            {"type": kind} for kind in dict.fromkeys(_KINDS.get(htcds_type, "other") for htcds_type in types)
        ]
    others = sorted({htcds_type for htcds_type in types if htcds_type not in _KINDS and htcds_type != "Other"})
    if others:
        notes[f"Exploitation recorded as another kind: {', '.join(others)}."] = None
    events = [event for event in record.get(EVENTS, ()) if event.get("hte_Type") == "Exploitation"]
    if len(events) == 1 and len(person.get("exploitation", ())) == 1 and "hte_Date" in events[0]:
        person["exploitation"][0]["from"] = events[0]["hte_Date"]
    elif record.get(EVENTS):
        notes["What happened when (hte) was not imported: it does not say which exploitation it belongs to."] = None
    return person


def _name(record: Mapping[str, Any]) -> str:
    parts = (record.get(f"prs_{part}Name", "").strip() for part in ("First", "Middle", "Second"))
    full_name: str = record.get(f"{OWN}name") or " ".join(part for part in parts if part)
    return full_name[:200]


def _language(record: Mapping[str, Any]) -> str:
    code = record.get("prs_PrimaryLanguage", "")
    language_name = next((name.capitalize() for name, language_code in LANGUAGES.items() if language_code == code), code)
    language: str = record.get(f"{OWN}language") or language_name
    return language[:80]


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
