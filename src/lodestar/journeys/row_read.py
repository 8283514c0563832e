"""One row of an imported table: one person in one incident, by the names of its columns. Nothing of it is lost: what has no field
of its own is kept as text with the person or the concern, and the whole row beside it, as it came."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from lodestar.cases.rules.reported import as_reported, known_by
from lodestar.journeys import times_beside, ways_to_reach
from lodestar.journeys.entries import as_said, of_strangers
from lodestar.journeys.people_read import is_british, read_age, read_areas, read_roles
from lodestar.journeys.placeholders import SHORTENED, says_nothing
from lodestar.journeys.typed_days import is_month_first, plain
from lodestar.journeys.values_read import EARLIEST, read_born, read_day, read_moment
from lodestar.kernel.days import london_date
from lodestar.kernel.facts import PLACES
from lodestar.kernel.typed import one_line, several_lines
from lodestar.section45.rules.citations import act_and_section, act_cited

COLUMNS = (
    "incident_ref", "reported_at", "happened_at", "place", "postcode", "police_area", "person_ref", "role", "name", "born", "age",
    "sex", "nationality", "language", "phone", "address", "offence", "offence_date", "narrative", "source", "officer",
)  # fmt: skip
OF_A_PERSON = (
    "person_ref", "role", "name", "born", "age", "sex", "nationality", "language", "phone", "address", "offence", "offence_date",
)  # fmt: skip
_KNOWN = frozenset(COLUMNS)
REFERENCES = ("incident_ref", "person_ref")
_NO_NAMES = (*REFERENCES, "phone", "address")  # in which a word that may be a name says nothing
_MAY_BE_BLANK = (*_NO_NAMES, "name", "language", "place", "postcode", "offence", "narrative", "officer")
_SHORTENED = re.compile(r"\d(?:[.,]\d{1,20})?[Ee]\+?\d{1,3}")  # 4.47701E+11
IS_SHORTENED = "looks as if a spreadsheet had shortened its number"
LONGEST_KEY = 120  # characters
LONGEST = {"what": 2000, "place": 300, "name": 200, "language": 80, "description": 200, "title": 300, "words": 4000}


@dataclass
class RowTold:
    """What a row says. `met` is when they were met, None where it does not say; `notes` are told to whoever imports it; `of_case`
    and `of_person` are lines to keep as text, `case_apart` and `person_apart` those that no other system is given: what somebody
    is suspected of, and what nothing here knows the meaning of. `reach` is where they are and how to reach them, kept sealed."""

    key: str
    incident: str
    kept: str
    met: datetime | None = None
    met_words: str = ""
    happened: str = ""  # when it happened, as typed, where that could be read
    case: dict[str, Any] = field(default_factory=dict)
    person: dict[str, Any] | None = None
    person_ref: str = ""
    offence: dict[str, Any] | None = None
    reach: str = ""
    officer: str = ""
    of_case: list[str] = field(default_factory=list)
    of_person: list[str] = field(default_factory=list)
    case_apart: list[str] = field(default_factory=list)
    person_apart: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class NothingTold(ValueError):
    """A row that says nothing of an incident or a person."""


def concern_key(incident: str, row: str) -> str:
    """What tells that a concern came before: its reference, by a hash where that is long, or without one its only row."""
    if not incident:
        return row
    return incident if len(incident) <= LONGEST_KEY else hashlib.sha256(incident.encode()).hexdigest()


def key_of_sender(key: str, user: UUID) -> str:
    """The same for one sender alone, where somebody else has the first."""
    return hashlib.sha256(f"{key}\n{user}".encode()).hexdigest()


def key_of_person(case: UUID, reference: str) -> str:
    """What tells that two rows of a case are about one person; empty where the sender has no reference of their own for them."""
    return hashlib.sha256(f"{case}\n{reference}".encode()).hexdigest() if reference else ""


def row_of(cells: Sequence[tuple[str, str]], now: datetime, *, is_object: bool = False) -> RowTold:
    """What the cells say, each with the name of its column; of an object it is told which keys are no columns.
    Raises NothingTold."""
    held, notes = as_said(came := [(name, text) for name, text in cells if text.strip()], COLUMNS)
    held, blank = _without_placeholders(held)
    on_one_line = ((name, _on_one_line(text)) for name, text in reversed(held) if name in COLUMNS)
    told = {name: line for name, line in on_one_line if line}
    sealed = ways_to_reach.apart(held, _KNOWN)
    of_somebody = any(name == "name" and any(map(str.isalnum, text)) for name, text in blank)  # unknown
    if not (sealed or of_somebody or any(map(str.isalnum, "".join(told.values())))):
        raise NothingTold("it says nothing under a column that is known: put what is to be kept under one, such as narrative")
    kept = json.dumps(sorted(came))  # ascii: what is no letter of any script can be kept too
    key = hashlib.sha256(kept.encode()).hexdigest()
    row = RowTold(key=key, incident=told.get("incident_ref", ""), kept=kept)
    if row.incident:
        row.of_case.append(f"Incident reference: {row.incident}")
    times = times_beside.joined(told, held, now)
    row.notes += [*notes, *(of_strangers(held, COLUMNS, times) if is_object else ()), *times.values()]
    _when(row, told, now)
    _where(row, told)
    if sealed or of_somebody or any(name in told for name in OF_A_PERSON):
        _person(row, told, now)
        _reach(row, held, sealed)
    narrative = several_lines(next((text for name, text in held if name == "narrative"), ""))
    if one_line(narrative):
        row.case["what"] = narrative[: LONGEST["what"]]
        if len(narrative) > LONGEST["what"]:
            row.of_case.append(f"What happened, in full: {narrative}")
    for name in ("source", "officer"):
        if name in told:
            row.case_apart.append(f"{name.capitalize()}: {told[name]}")
    row.officer = told.get("officer", "")
    lines, apart = (row.of_case, row.case_apart) if row.person is None else (row.of_person, row.person_apart)
    _keep_placeholders(row, blank, apart)
    first = set()
    for place, (name, text) in enumerate(held):
        if place not in sealed and (name not in _KNOWN or name in first):
            among = lines if times_beside.is_of_a_time(name) else apart
            among.append(f"{one_line(name)}: {several_lines(text)}")
        first.add(name)
    return row


def _without_placeholders(held: Sequence[tuple[str, str]]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The cells that say something, and those in which something stands for nothing, under columns that are not read for it."""
    blank = [
        (name, text)
        for name, text in held
        if name in _MAY_BE_BLANK
        and says_nothing(
            text, may_be_a_name=name not in _NO_NAMES, may_be_zero=name == "person_ref", of_a_reference=name in REFERENCES
        )
    ]
    return ([cell for cell in held if cell not in blank], blank) if blank else (list(held), [])


def _keep_placeholders(row: RowTold, blank: Sequence[tuple[str, str]], among: list[str]) -> None:
    """Keeps as text what stands for nothing, and says so; but for marks without a letter outside of references."""
    kept = [(name, text) for name, text in blank if name in REFERENCES or any(map(str.isalnum, text))]
    among += [f"{name.replace('_', ' ').capitalize()}, as typed: {one_line(text)}" for name, text in kept]
    for name, text in kept:
        if name in REFERENCES:
            row.notes.append(f"{name} “{_short(one_line(text))}” is no reference: no other row is taken for the same by it")
            if SHORTENED.fullmatch(text.strip()):
                row.notes.append(f"{name} {IS_SHORTENED}: save its column as text")
    if others := [name for name, _ in kept if name not in REFERENCES]:
        row.notes.append(f"what stands for nothing is kept as text alone: {', '.join(dict.fromkeys(others))}")


def _reach(row: RowTold, held: Sequence[tuple[str, str]], sealed: Sequence[int]) -> None:
    """Where they are and how to reach them, of every column that says so."""
    row.reach = as_reported(ways_to_reach.lines_of(held, sealed))
    for name, text in (held[place] for place in sealed):
        if _SHORTENED.fullmatch(text.strip()) and name != "address":
            row.notes.append(f"{one_line(name)} {IS_SHORTENED}")
        if name not in _KNOWN and not ways_to_reach.tells(name):
            row.notes.append(f"{one_line(name)} holds a way to reach somebody, and is kept sealed")


def _when(row: RowTold, told: Mapping[str, str], now: datetime) -> None:
    reported = read_moment(told["reported_at"], now, None) if "reported_at" in told else None
    if "reported_at" in told:
        row.of_case.append(f"Reported: {told['reported_at']}")
        if reported is None:
            row.notes.append(f"reported_at “{_short(told['reported_at'])}” is no time that can be read, and is kept as typed")
    words = told.get("happened_at", "")
    happened = read_moment(words, now, reported[0] if reported else None) if words else None
    if words and happened is None:
        fault = f"happened_at “{_short(words)}” is no time that can be read or has not come, and is kept as typed"
        row.notes.append(fault + hint(words))
        row.of_case.append(f"Happened, as typed: {words}")
    found = happened or reported
    if found is None:
        row.notes.append("no time that can be read: the time of the import stands for when they were met")
        row.met_words = (words or told.get("reported_at", ""))[:40]
        return
    if happened is None:
        row.notes.append("when it was reported stands for when they were met")
        words = words or told["reported_at"]
    row.met = found[0]
    row.happened = words
    row.met_words = words[:40] if happened is None or not found[1] else ""


def _where(row: RowTold, told: Mapping[str, str]) -> None:
    place = ", ".join(told[name] for name in ("place", "postcode") if name in told)
    if place:
        row.case["place"] = place[: LONGEST["place"]]
        if len(place) > LONGEST["place"]:
            row.of_case.append(f"Place, in full: {place}")
    if "police_area" in told:
        slugs, unread = read_areas(told["police_area"])
        row.case["police_areas"] = list(slugs)
        if unread:
            row.notes.append(f"police_area “{_short(unread)}” is none on the list, and is kept as text")
            row.of_case.append(f"Police area, as typed: {unread}")


def _person(row: RowTold, told: Mapping[str, str], now: datetime) -> None:
    row.person_ref = told.get("person_ref", "")
    roles, unread = read_roles(told.get("role", ""))
    person: dict[str, Any] = {"roles": list(roles)}
    if unread:
        _keep(row, "role", unread, "is none that is known")
    if row.person_ref:
        person["description"] = known_by(row.person_ref, LONGEST["description"])
        if len(row.person_ref) > LONGEST["description"] - 20:
            row.person_apart.append(f"Reference in full: {row.person_ref}")
    for name in ("name", "language"):
        if name in told:
            person[name] = told[name][: LONGEST[name]]
            if len(told[name]) > LONGEST[name]:
                row.of_person.append(f"{name.capitalize()}, in full: {told[name]}")
    _ages(row, told, person, now)
    for name in ("sex", "nationality"):
        if name in told:
            row.of_person.append(f"{name.capitalize()}: {told[name]}")
    british = is_british(told.get("nationality", ""))
    if british is not None:
        person["british"] = british
    place = plain(told.get("place", "")).replace(" ", "_")
    if place in PLACES:
        person["place"] = place
    row.person = person
    _offence(row, told, roles, "arrest" if person.get("place") == "custody" else "stop", london_date(row.met or now))


def _ages(row: RowTold, told: Mapping[str, str], person: dict[str, Any], now: datetime) -> None:
    met = london_date(row.met or now)
    guesses = False
    if "born" in told:
        born = read_born(told["born"], met)
        if born is None:
            _keep(row, "born", told["born"], "is no date of birth that can be read")
        else:
            person["birth_date"], guesses = born
            if plain(told["born"]) != born[0]:
                row.of_person.append(f"Born, as typed: {told['born']}")
    if "age" in told:
        age = read_age(told["age"])
        if age is None:
            _keep(row, "age", told["age"], "is no age that can be read")
        else:
            person["age_min"], person["age_max"] = age.low, age.high
            guesses = guesses or age.is_guess
            if not told["age"].isdecimal():
                row.of_person.append(f"Age, as typed: {told['age']}")
    if guesses:
        person["age_basis"] = "estimated"


def _offence(row: RowTold, told: Mapping[str, str], roles: Sequence[str], stage: str, met: date) -> None:
    """What they are suspected of. Of somebody who is no suspect an offence is one done to them, or nobody says: it stays text."""
    offence, day = told.get("offence", ""), told.get("offence_date", "")
    if "suspect" not in roles and "exploiter" not in roles:
        row.person_apart += [f"{label}: {text}" for label, text in (("Offence", offence), ("Offence date", day)) if text]
        return
    act, section = act_and_section(offence, None) if act_cited(offence) else ("", None)
    act, section = (act or "").strip(" ,;"), (section or "").strip()
    is_cited = bool(section) and len(act) <= 200 and len(section) <= 40
    row.offence = {
        "title": offence[: LONGEST["title"]],
        "act": act if is_cited else "",
        "section": section if is_cited else "",
        "stage": stage,
    }
    if len(offence) > LONGEST["title"]:
        row.person_apart.append(f"Offence, in full: {offence}")
    if day:
        found = read_day(day, met)
        if found is None or found[0] > met.isoformat() or int(found[0][:4]) < EARLIEST:
            _keep(row, "offence_date", day, "is no date that can be read, or had not come when they were met")
        else:
            row.offence["on_from"], row.offence["on_to"] = found


def _keep(row: RowTold, name: str, text: str, why: str) -> None:
    """Keeps what cannot be read with the person, as it was typed, and says so."""
    row.notes.append(f"{name} “{_short(text)}” {why}, and is kept as typed{hint(text)}")
    lines = row.person_apart if name in ("role", "offence_date") else row.of_person
    lines.append(f"{name.replace('_', ' ').capitalize()}, as typed: {text}")


def hint(text: str) -> str:
    """What is told of a day that was not read because its month stands first, and empty of any other."""
    return " (the month seems to stand first: look at the other days of this file)" if is_month_first(text) else ""


def _on_one_line(text: str) -> str:
    """As the kernel's `one_line`, without looking at each letter of what is plain: tables are long."""
    return " ".join(text.split()) if text.isascii() and text.isprintable() else one_line(text)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
