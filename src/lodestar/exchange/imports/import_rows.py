"""One row of a table, by the columns of the template: of concerns one person in one incident; of earlier records somebody held,
missing, stopped, found at an address, or in a call elsewhere. What has no field of its own is kept as text with the person or
the concern, and the whole row beside it, sealed; of a record nationality, language and what is not read stand there alone."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from lodestar.casework.section45.rules.citations import cited
from lodestar.exchange.imports.import_files import Cells, RowRejected
from lodestar.intelligence.earlier_records.rules.earlier import RecordInput
from lodestar.platform.names.reported import as_reported, known_by, line
from lodestar.platform.obligations.ages import age_between
from lodestar.platform.obligations.facts import PLACES
from lodestar.platform.tables.rules import CONFIRMED, role_of, template_of
from lodestar.platform.tables.table_files import folded_heading
from lodestar.platform.tables.values import (
    Unreadable,
    in_words,
    read_age,
    read_birth,
    read_moment,
    read_partial,
    refuse_other_age,
)
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.text.text_normalise import one_line, several_lines
from lodestar.platform.time.days import london_date
from lodestar.platform.time.fuzzy import partial_date

REACH = ("address", "phone", "email", "contact")  # where they are and how to reach them, in the order in which it is kept
OF_A_PERSON = (
    "person_ref", "role", "name", "forename", "surname", "born", "age", "sex", "nationality", "language", *REACH, "offence",
    "offence_date",
)  # fmt: skip
DAYS = ("happened_at", "reported_at", "born", "offence_date")
LONGEST_KEY = 120  # characters
LONGEST = {"what": 2000, "place": 300, "name": 200, "language": 80, "description": 200, "title": 300, "words": 4000}
_BRITISH = frozenset(("british", "uk", "gb", "gbr", "unitedkingdom", "greatbritain"))


@dataclass
class ConcernRow:
    """What a row says. `met` is when they were met, None where it does not say; `notes` are for whoever imports it; `of_case` and
    `of_person` are lines to keep as text, `case_apart` and `person_apart` those that no other system is given. `reach` is where
    they are and how to reach them, kept sealed. `confirmed`: a person checked its references."""

    key: str
    incident: str
    cells_json: str
    met: datetime | None = None
    met_words: str = ""
    happened: str = ""  # when it happened, as typed
    case: dict[str, Any] = field(default_factory=dict)
    person: dict[str, Any] | None = None
    person_ref: str = ""
    offence: dict[str, Any] | None = None
    reach: str = ""
    officer: str = ""
    confirmed: bool = False
    of_case: list[str] = field(default_factory=list)
    of_person: list[str] = field(default_factory=list)
    case_apart: list[str] = field(default_factory=list)
    person_apart: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def concern_key(incident: str, row: str) -> str:
    """What tells that a concern came before: its reference, by a hash where that is long, or without one its only row."""
    if not incident:
        return row
    return incident if len(incident) <= LONGEST_KEY else hashlib.sha256(incident.encode()).hexdigest()


def row_texts(cells: Cells, several: Collection[str]) -> dict[str, str]:
    """The text of each column on one line, of several columns of one name together; the narrative keeps its lines."""
    texts: dict[str, str] = {}
    for name, text in cells:
        whole = several_lines(text) if name == "narrative" else one_line(text)
        if whole and (name not in texts or name in several):
            texts[name] = "\n".join(filter(None, (texts.get(name), whole)))
    return texts


def full_name(texts: Mapping[str, str]) -> str:
    """The name in its own column, or of forename and surname."""
    return texts.get("name") or " ".join(texts[part] for part in ("forename", "surname") if part in texts)


def reach_lines(cells: Cells) -> list[str]:
    """Where they are and how to reach them, each after the name of its column."""
    cells = [cell for column in REACH for cell in cells if cell[0] == column and one_line(cell[1])]
    return [line(*labelled(text)) if name == "contact" else line(name.capitalize(), text) for name, text in cells]


def labelled(text: str) -> tuple[str, str]:
    """A way to reach somebody by what it is: the heading under which it stood, where that stands before it."""
    label, mark, value = text.partition(": ")
    return (label, value) if mark else ("Contact", text)


def key_of_row(cells: Cells, kind: str = "") -> str:
    """By what a row is known when it comes again: all that it says in the columns of the template."""
    content = json.dumps(sorted((name, text.strip()) for name, text in cells if name != CONFIRMED))
    return hashlib.sha256(f"{kind}\n{content}".encode() if kind else content.encode()).hexdigest()


def as_read(name: str, text: str, read: Any) -> Any:
    """What a reader makes of a cell. Raises RowRejected with the column and what stood there."""
    try:
        return read()
    except Unreadable as fault:
        raise RowRejected(f"{name} “{text if len(text) <= 60 else f'{text[:59]}…'}” is not read: {fault}", name) from None


def day_notes(texts: Mapping[str, str]) -> list[str]:
    """Days of which either figure may be the month, as they were read, in words."""
    return [f"{name} {texts[name]} is {words}" for name in DAYS if (words := in_words(texts.get(name, "")))]


def read_when(texts: Mapping[str, str], name: str, now: datetime) -> tuple[datetime, bool] | None:
    """When a column says that something was, and whether that is exact; None where it is blank. Raises RowRejected."""
    clock = texts.get(name.replace("_at", "_time"), "")
    if name in texts:
        return as_read(name, f"{texts[name]} {clock}".strip(), lambda: read_moment(texts[name], clock, now))
    if clock:
        raise RowRejected(f"{name.replace('_at', '_time')} is a time without its day: fill in {name}", name)
    return None


def concern_row(cells: Cells, others: Cells, now: datetime, *, is_object: bool = False) -> ConcernRow:
    """What the cells say, each with the name of its column. `others` stand under headings that are not read, and are kept with
    the row alone. An object that is handed over by itself need not say when: it is now. Raises RowRejected."""
    template = template_of("concerns")
    texts = row_texts(cells, template.several)
    if lacking := template.missing_from([*texts, *(["reported_at"] if is_object else [])]):
        raise RowRejected(f"it lacks what each row needs: {lacking}", lacking.partition(" ")[0])
    row = ConcernRow(key_of_row(cells), texts.get("incident_ref", ""), json.dumps(sorted([*cells, *others])))
    row.confirmed = texts.get(CONFIRMED, "").casefold() == "yes"
    row.notes += day_notes(texts)
    if row.incident:
        row.of_case.append(f"Incident reference: {row.incident}")
    _when(row, texts, now)
    _where(row, texts)
    if any(name in texts for name in OF_A_PERSON):
        _person(row, texts, now)
        row.reach = as_reported(reach_lines(cells))
    if narrative := texts.get("narrative", ""):
        row.case["what"] = narrative[: LONGEST["what"]]
        if len(narrative) > LONGEST["what"]:
            row.of_case.append(f"What happened, in full: {narrative}")
    row.case_apart += [f"{name.capitalize()}: {texts[name]}" for name in ("source", "officer") if name in texts]
    row.officer = texts.get("officer", "")
    return row


def _when(row: ConcernRow, texts: Mapping[str, str], now: datetime) -> None:
    reported, happened = read_when(texts, "reported_at", now), read_when(texts, "happened_at", now)
    if reported:
        row.of_case.append(f"Reported: {_date_and_time_text(texts, 'reported')}")
    met = happened or reported
    if met is None:
        row.notes.append("no time given: the time it arrived is used as the time of the encounter")
        return
    row.happened = _date_and_time_text(texts, "happened" if happened else "reported")
    row.met, is_exact = met
    row.met_words = "" if happened and is_exact else row.happened[:40]
    if not happened:
        row.notes.append("the time it was reported is used as the time of the encounter")


def _date_and_time_text(texts: Mapping[str, str], name: str) -> str:
    return " ".join(texts[part] for part in (f"{name}_at", f"{name}_time") if part in texts)


def place_of(texts: Mapping[str, str]) -> str:
    """Where it was, with its postcode."""
    return ", ".join(texts[name] for name in ("place", "postcode") if name in texts)


def _where(row: ConcernRow, texts: Mapping[str, str]) -> None:
    if place := place_of(texts):
        row.case["place"] = place[: LONGEST["place"]]
        if len(place) > LONGEST["place"]:
            row.of_case.append(f"Place, in full: {place}")
    if area_names := texts.get("police_area", ""):
        areas = [(part, police_areas().get(folded_heading(part))) for part in map(str.strip, area_names.split(";"))]
        if unknown := [part for part, slug in areas if slug is None]:
            shown = "; ".join(unknown)[:60]
            raise RowRejected(f"police_area “{shown}” is not on the list: write it like Lincolnshire", "police_area")
        row.case["police_areas"] = list(dict.fromkeys(slug for _, slug in areas))


@lru_cache(maxsize=1)
def police_areas() -> Mapping[str, str]:
    """The slug of each police area by its folded name and slug."""
    rows = [row for name in ("tenants", "police_areas") for row in reference_list("reference", name).rows]
    return {folded_heading(words): row["slug"] for row in rows for words in (str(row.get("name", "")), row["slug"]) if words}


def _roles(text: str) -> list[str]:
    words = [" ".join(part.replace("_", " ").casefold().split()) for part in text.replace(",", ";").split(";")]
    role_by_word = {word: role_of(word) for word in words if word}
    if unknown := [word for word, role in role_by_word.items() if role is None]:
        raise RowRejected(f"role “{'; '.join(unknown)[:60]}” must be possible victim, suspect, exploiter or witness", "role")
    return list(dict.fromkeys(role for role in role_by_word.values() if role))


def _person(row: ConcernRow, texts: Mapping[str, str], now: datetime) -> None:
    row.person_ref = texts.get("person_ref", "")
    person: dict[str, Any] = {"roles": _roles(texts.get("role", ""))}
    if row.person_ref:
        person["description"] = known_by(row.person_ref, LONGEST["description"])
        if len(row.person_ref) > LONGEST["description"] - 20:
            row.person_apart.append(f"Reference in full: {row.person_ref}")
    for name, text in (("name", full_name(texts)), ("language", texts.get("language", ""))):
        if text:
            person[name] = text[: LONGEST[name]]
            if len(text) > LONGEST[name]:
                row.of_person.append(f"{name.capitalize()}, in full: {text}")
    met = london_date(row.met or now)
    born, ages = birth_and_ages(texts, met)
    if born:
        person["birth_date"] = born
    if ages:
        person["age_min"], person["age_max"] = ages
    for name, text in (("born", born), ("age", str(ages[0]) if ages else "")):
        if texts.get(name, "") != text:
            row.of_person.append(f"{name.capitalize()}, as typed: {texts[name]}")
    row.of_person += [f"{name.capitalize()}: {texts[name]}" for name in ("sex", "nationality") if name in texts]
    if _BRITISH & {folded_heading(part) for part in texts.get("nationality", "").replace(",", ";").split(";")}:
        person["british"] = True
    place = texts.get("place", "").casefold().replace(" ", "_")
    if place in PLACES:
        person["place"] = place
    row.person = person
    _offence(row, texts, person["roles"], "arrest" if place == "custody" else "stop", met)


def birth_and_ages(texts: Mapping[str, str], on: date) -> tuple[str, tuple[int, int] | None]:
    """The date of birth and the ages that a row says. Raises RowRejected: nobody comes in without the age that stood there."""
    born = as_read("born", texts["born"], lambda: read_birth(texts["born"], on)) if "born" in texts else ""
    ages = as_read("age", texts["age"], lambda: read_age(texts["age"])) if "age" in texts else None
    if born and ages:
        as_read("age", texts["age"], lambda: refuse_other_age(born, ages, on))
    return born, ages


def _offence(row: ConcernRow, texts: Mapping[str, str], roles: Sequence[str], stage: str, met: date) -> None:
    """What they are suspected of. Of somebody who is no suspect an offence is one done to them, or nobody says: it stays text."""
    offence, day = texts.get("offence", ""), texts.get("offence_date", "")
    if not {"suspect", "exploiter"} & set(roles):
        row.person_apart += [f"{label}: {text}" for label, text in (("Offence", offence), ("Offence date", day)) if text]
        return
    row.offence = {"title": offence[: LONGEST["title"]], "stage": stage, **cited(offence)}
    if len(offence) > LONGEST["title"]:
        row.person_apart.append(f"Offence, in full: {offence}")
    if day:
        on = as_read("offence_date", day, lambda: read_partial(day))
        if on > met.isoformat():
            raise RowRejected(f"offence_date “{day}” is after the encounter", "offence_date")
        row.offence["on_from"] = row.offence["on_to"] = on


LONGEST_RECORD = {"reference": 80, "name": 200, "place": 300, "offence": 300, "words": 4000, "source": 200}


def record_row(cells: Cells, others: Cells, kind: str, now: datetime) -> RecordInput:
    """What the cells say, each with the name of its column. Raises RowRejected."""
    template = template_of(kind)
    texts = row_texts(cells, template.several)
    if lacking := template.missing_from(texts):
        raise RowRejected(f"it lacks what each row needs: {lacking}")
    notes = day_notes(texts)
    reported, happened = read_when(texts, "reported_at", now), read_when(texts, "happened_at", now)
    when = happened or reported
    if when is None:
        raise RowRejected("it lacks when it happened")
    if not happened:
        notes.append("the time it was reported is used as the time it happened")
    as_typed = _date_and_time_text(texts, "happened" if happened else "reported")
    on = london_date(when[0])
    born, ages = birth_and_ages(texts, on)
    place = place_of(texts)
    outcome = f"Outcome: {texts['outcome']}" if "outcome" in texts else ""
    whole = {
        "reference": texts.get("record_ref", ""),
        "name": full_name(texts),
        "place": place,
        "offence": texts.get("offence", ""),
        "words": "\n".join(filter(None, (texts.get("narrative"), outcome))),
        "source": ", ".join(texts[part] for part in ("source", "officer") if part in texts),
    }
    long = [part for part, text in whole.items() if len(text) > LONGEST_RECORD[part]]
    notes += [f"{part} is long, and is kept in full with the row" for part in long]
    low, high = age_between(partial_date(born), on, on) if born else ages or (None, None)
    return RecordInput(
        key=key_of_row(cells, kind),
        kind=kind,
        source_row=json.dumps(sorted([*cells, *others])),
        happened_at=when[0],
        happened_as="" if happened and when[1] else as_typed[:60],
        birth_date=born,
        age_min=low,
        age_max=high,
        address=(place or texts.get("address", "").replace("\n", ", ")) if kind == "address" else "",
        reach="\n".join(dict.fromkeys(reach_lines(cells))),
        notes=notes,
        **{part: text[: LONGEST_RECORD[part]] for part, text in whole.items()},
    )
