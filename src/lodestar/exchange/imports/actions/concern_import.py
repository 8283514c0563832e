"""Rows of one incident come in from a table and become one concern, each row once; rows that come later are added to it.

Rows under one reference that differ in when or where, or in who it was, want a person's word that they are one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from lodestar.casework.case_files.actions.case import change_case, open_case
from lodestar.casework.case_files.actions.people import add_people, change_people, record_rows
from lodestar.casework.cases.models import AllegedOffence, Case, Person
from lodestar.casework.cases.people_listeners import announce_named, compare_people
from lodestar.casework.concerns import actions, queries
from lodestar.casework.concerns.models import OWN_WORDS, REPORTED, ImportedRow
from lodestar.casework.concerns.queries import key_of_person, references_of
from lodestar.casework.concerns.rules import belief_after
from lodestar.casework.ledger import ledger
from lodestar.casework.safe_addresses.actions import record_reported_addresses
from lodestar.exchange.imports.actions.earlier_reports import (
    ExistingConcern,
    alert_owners,
    existing_concern,
    own_key,
    rows_gone,
    rows_sent,
    tell_who_has_it,
    theirs,
)
from lodestar.exchange.imports.import_files import ADDED, LET_GO, MADE, REFUSED, STOOD, Entry, RowOutcome
from lodestar.exchange.imports.import_rows import LONGEST, ConcernRow, concern_key
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import Membership
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import called_at_work
from lodestar.platform.notices.actions import notify
from lodestar.platform.reference.rules import WHERE
from lodestar.platform.tables.rules import CONFIRMED
from lodestar.platform.text.ids import new_id
from lodestar.platform.text.text_normalise import one_line

OF_AN_INCIDENT = ("happened_at", "happened_time", "reported_at", "reported_time", "place", "postcode")
OF_A_PERSON = ("name", "forename", "surname", "born", "age", "sex")
_ADVICE = (
    f"if it is one all the same, write yes under {CONFIRMED}; else give each a reference of its own, or leave the cell blank"
)
Reference = tuple[str, str]  # of the incident, and of a person in it or empty


@dataclass
class ReferenceUse:
    """How the references of one file are used: in which columns the rows of one differ."""

    differs: dict[Reference, dict[str, None]] = field(default_factory=dict)

    def why_refused(self, row: ConcernRow) -> str:
        """Why a row of the file is not taken in under its references; empty where it is."""
        if row.confirmed or not row.incident:
            return ""
        if columns := self.differs.get((row.incident, "")):
            return f"rows of incident_ref “{row.incident}” differ in {', '.join(columns)}: {_ADVICE}"
        if columns := self.differs.get((row.incident, row.person_ref)):
            return f"rows of person_ref “{row.person_ref}” differ in {', '.join(columns)}: {_ADVICE}"
        return ""


def reference_use(entries: Iterable[Entry]) -> ReferenceUse:
    """How the references of these entries are used."""
    use, first = ReferenceUse(), dict[Reference, dict[str, str]]()
    for entry in entries:
        incident, person = references_of(entry.cells)
        texts = {name: one_line(text) for name, text in entry.cells} if incident else {}
        for reference, columns in (((incident, ""), OF_AN_INCIDENT), ((incident, person), OF_A_PERSON)):
            if not incident or (columns is OF_A_PERSON and not person):
                continue
            before = first.setdefault(reference, {})
            for name in columns:
                if name in texts and before.setdefault(name, texts[name]) != texts[name]:
                    use.differs.setdefault(reference, {})[name] = None
    return use


def rows_refused(rows: Sequence[ConcernRow], existing: ExistingConcern) -> dict[str, str]:
    """Of these rows of the concern that stands those that differ from the case or the person that their references name, by
    their keys: why they are not taken in. Only of a case that the sender may open: of others nothing is told."""
    case = existing.case
    if case is None or not existing.may_open:
        return {}
    keys = {row.key: key_of_person(case.id, row.person_ref) for row in rows if not row.confirmed}
    people = people_known(case, keys.values())
    refused = {}
    for row in rows:
        if row.confirmed:
            continue
        person = people.get(keys[row.key])
        if row.met is not None and row.met != case.encountered_at:
            refused[row.key] = f"incident_ref “{row.incident}” is a case of another time: {_ADVICE}"
        elif person is not None and (differs := _differs(row, person)):
            refused[row.key] = f"person_ref “{row.person_ref}” is a person of another {differs}: {_ADVICE}"
    return refused


def people_known(case: Case, keys: Iterable[str]) -> dict[str, Person]:
    """The people of the case whom earlier rows told of under these keys; of two under one key the first."""
    rows = ImportedRow.objects.filter(case=case, person_key__in=[key for key in keys if key], person__isnull=False)
    first_last = rows.select_related("person").order_by("-recorded_at", "-id")
    return {row.person_key: row.person for row in first_last if row.person}


def _differs(row: ConcernRow, person: Person) -> str:
    facts = row.person or {}
    for name, words in (("name", "name"), ("birth_date", "birth")):
        now, before = facts.get(name, ""), getattr(person, name)
        if now and before and now != before:
            return words
    return ""


CODE = "recognition.concern_recorded"
Note = tuple[str, str, UUID | None]  # its kind, the words, whose they are
SHORT = 60  # characters of an officer's name


def import_rows(*, by: Member, at: datetime, rows: Sequence[ConcernRow]) -> list[RowOutcome]:
    """Makes a concern of rows of one incident, or adds to the one that stands what it does not hold yet. A row that was taken in
    before changes nothing, and one that was let go does not come in again. `at` stands for when they were met where the rows do
    not say.

    A sealed case that the sender knows nothing of is none: the rows make a concern of their own, and its owners are alerted. To
    a case that they know and may not open rows are only added, and whoever has it is alerted.
    """
    sent, standing, strangers = rows_sent(by, rows)
    became = {key: RowOutcome(STOOD, reference) for key, reference in standing.items()}
    fresh = list({row.key: row for row in sent if row.key not in became}.values())
    if fresh:
        key = concern_key(fresh[0].incident, fresh[0].key)
        existing = existing_concern(by, key)
        became |= {key: RowOutcome(REFUSED, notes=(why,)) for key, why in rows_refused(fresh, existing).items()}
        became |= {key: RowOutcome(LET_GO, notes=(why,)) for key, why in rows_gone(by, fresh, existing).items()}
    if fresh := [row for row in fresh if row.key not in became]:
        naming = None if existing.case else next((row for row in fresh if row.officer), None)
        officer = called_at_work(naming.officer, Permission.CONCERN_RECORD) if naming else None
        # What comes into a concern of their own is theirs too: the same row is as new as ever to whoever knows of the other.
        came = {row.key for row in rows}
        own_rows = [theirs(by, row) if existing.key != key and row.key in came else row for row in fresh]
        case_reference = _added(by, existing, own_rows) if existing.case else _made(by, at, existing.key, own_rows, officer)
        if case_reference is None:  # somebody sealed the case a moment before, or unsealed it
            return import_rows(by=by, at=at, rows=rows)
        alert_owners(by=by, at=timezone.now(), of=[existing.unknown, *strangers])
        became |= {row.key: RowOutcome(ADDED if existing.case or row is not fresh[0] else MADE, case_reference) for row in fresh}
        if naming:
            note = _officer_note(by, naming.officer, officer)
            became[naming.key] = replace(became[naming.key], notes=(note,))
    outcomes = []
    for row in sent:
        outcomes.append(became[row.key])
        if became[row.key].what in (MADE, ADDED):
            became[row.key] = RowOutcome(STOOD, became[row.key].reference)
    return outcomes


def _officer_note(by: Member, officer_name: str, officer: Membership | None) -> str:
    """What is told of the officer beside the row that names one: whoever is at work here by that name has the case from the
    start."""
    short = officer_name if len(officer_name) <= SHORT else f"{officer_name[:SHORT]}…"
    if officer is None:
        return f"officer “{short}” does not match one working user who may have a case: kept as text, and {by.username} has it"
    return f"officer “{short}” has the case and the scene tasks"


def _made(by: Member, at: datetime, key: str, rows: Sequence[ConcernRow], officer: Membership | None) -> str:
    """Makes a concern of these rows; its reference."""
    case_id, met = new_id(), next((row.met for row in rows if row.met), at)
    with ledger.opening(case_id, by=by.user, at=met, code=CODE):
        case = open_case(by=by, at=met, case_id=case_id, facts=_case_facts(by, rows, key, officer))
        _write(by, met, case, rows)
    if officer and officer.user_id != by.user:
        notify(to=[officer.user_id], kind="report_is_yours", by=by, at=at, case=case.id)
    return case.reference


def _added(by: Member, existing: ExistingConcern, rows: Sequence[ConcernRow]) -> str | None:
    """Adds these rows to the case that stands, and gives the reference that may be told; None where it is no more as it was
    when it was read, with nothing written."""
    case = existing.case
    if case is None:
        return None
    met = next((row.met for row in rows if row.met), case.encountered_at)
    with ledger.acting_on(case.id, by=by.user, at=met, code=CODE) as (locked,):
        if locked.sealed != case.sealed:
            return None
        if existing.may_open and (facts := _completed(locked, _together(rows))[0]):
            change_case(by=by, at=met, case=locked, facts=facts)
        _write(by, met, locked, rows, only_adds=not existing.may_open)
        if not existing.may_open:
            tell_who_has_it(by=by, at=timezone.now(), case=locked, kind="report_added")
    return existing.reference


def _case_facts(by: Member, rows: Sequence[ConcernRow], key: str, officer: Membership | None) -> dict[str, Any]:
    """The columns of the new case; its officer has it meanwhile."""
    dated_row = next((row for row in rows if row.met), rows[0])
    facts = {"imported_as": key, "nation": queries.nation_of(by.tenant), "encountered_as": dated_row.met_words, **_together(rows)}
    return facts | ({"interim_owner_id": officer.user_id, "unit_id": officer.unit_id} if officer else {})


def _together(rows: Sequence[ConcernRow]) -> dict[str, Any]:
    """What the rows say of the case: of each column the first that says it, and the police areas of all."""
    facts: dict[str, Any] = {}
    for row in reversed(rows):
        facts |= row.case
    return facts | {"police_areas": list(dict.fromkeys(area for row in rows for area in row.case.get("police_areas", ())))}


def _completed(current: Case | Person, new_facts: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Which columns another row completes, and what it says otherwise, as text."""
    facts: dict[str, Any] = {}
    differs = []
    for name, value in new_facts.items():
        before = getattr(current, name)
        if isinstance(value, list):
            if more := [item for item in value if item not in before]:
                facts[name] = [*before, *more]
        elif value not in ("", None, before) and before in ("", None):
            facts[name] = value
        elif value not in ("", None, before):
            differs.append(f"{name.replace('_', ' ').capitalize()}, as another row says: {value}")
    return facts, differs


def _write(by: Member, at: datetime, case: Case, rows: Sequence[ConcernRow], *, only_adds: bool = False) -> None:
    """People, what they are suspected of, where they live, words, and the rows themselves. With `only_adds` nobody who stands
    is changed: whoever the rows tell of is somebody of their own, to be linked by whoever has the case."""
    existing_people = {} if only_adds else people_known(case, [person_key(case, row) for row in rows])
    added: dict[str, ConcernRow] = {}
    for row in rows:
        whose = person_key(case, row)
        if row.person is not None and not (whose and (whose in existing_people or whose in added)):
            added[whose or row.key] = row
    made = add_people(
        by=by, at=at, case=case, people=[(new_id(), believed(row.person or {})) for row in added.values()]
    ) if added else []  # fmt: skip
    people = dict(zip(added, made, strict=True))
    notes: list[Note] = []
    for row in rows:
        if row.person is None or row in added.values():
            continue
        whose = person_key(case, row)
        person = existing_people.get(whose) or people[whose]
        existing_people[whose], lines = _merge(by, at, case, person, row.person)
        notes += [(REPORTED, line, person.id) for line in lines]
    everybody = {**people, **existing_people}
    announce_named(by=by, at=timezone.now(), people=everybody.values())
    of_rows = [(row, everybody.get(person_key(case, row) or row.key) if row.person else None) for row in rows]
    _hang_on(by, at, case, of_rows, notes)
    _keep(by, at, case, of_rows, only_adds)
    people_by_id = {person.id: person for _, person in of_rows if person is not None}
    # Kept, and alerted of; whoever imports is told nothing.
    compare_people(by=by, at=at, case=case, people=list(people_by_id.values()))


def _hang_on(by: Member, at: datetime, case: Case, rows: Sequence[tuple[ConcernRow, Person | None]], notes: list[Note]) -> None:
    where = WHERE.get(case.nation, "")
    suspected = [(person, row.offence) for row, person in rows if person is not None and row.offence is not None]
    if acts := [(person, {**act, "where": where}) for person, act in suspected if not _is_recorded(person, act)]:
        record_rows(model=AllegedOffence, by=by, at=at, case=case, rows=acts)
    if reach := [(person, row.reach) for row, person in rows if person is not None and row.reach]:
        record_reported_addresses(by=by, at=at, case=case, addresses=reach)
    notes += list(words_of(case, rows))
    if notes:
        existing_notes = set(queries.words_said(case))
        new = [note for note in dict.fromkeys(notes) if note not in existing_notes]
        if new:
            actions.add_notes(by=by, at=at, case=case, notes=new)


def _keep(by: Member, at: datetime, case: Case, rows: Sequence[tuple[ConcernRow, Person | None]], only_adds: bool) -> None:
    """The rows themselves. Somebody whom one of `only_adds` made is no person of theirs who have the case: their next row with
    the reference is about their own."""
    keys = [person_key(case, row) for row, _ in rows]
    keys = [own_key(by, key) if key else "" for key in keys] if only_adds else keys
    stored_rows = [
        (row.key, key, row.cells_json, person.id if person else None) for key, (row, person) in zip(keys, rows, strict=True)
    ]
    actions.keep_rows(by=by, at=at, case=case, rows=stored_rows)


def _is_recorded(person: Person, offence: Mapping[str, Any]) -> bool:
    columns = {name: value for name, value in offence.items() if name != "stage"}
    return AllegedOffence.objects.filter(person=person, **columns).exists()


def words_of(case: Case, rows: Sequence[tuple[ConcernRow, Person | None]]) -> Iterator[Note]:
    """What is kept as text: of the case what differs from what it says, of each person a note; and by itself what no other
    system is given."""
    for row, person in rows:
        lines, apart = list(row.of_case), list(row.case_apart)
        for name, label, among in (("what", "What happened", lines), ("place", "Place", apart)):
            if row.case.get(name) and row.case[name] != getattr(case, name):
                among.append(f"{label}, as another row says: {row.case[name]}")
        if areas := [area for area in row.case.get("police_areas", ()) if area not in case.police_areas]:
            lines.append(f"Police area, as another row says: {', '.join(areas)}")
        if row.happened and row.met != case.encountered_at:
            lines.append(f"Happened, as another row says: {row.happened}")
        whose = person.id if person else None
        for kind, about, parts in (
            (OWN_WORDS, None, lines), (REPORTED, None, apart),
            (OWN_WORDS, whose, row.of_person), (REPORTED, whose, row.person_apart),
        ):  # fmt: skip
            text = "\n".join(parts)
            longest = LONGEST["words"]
            yield from ((kind, text[at : at + longest], about) for at in range(0, len(text), longest))


def person_key(case: Case, row: ConcernRow) -> str:
    """What tells that two rows of a case are about one person; empty where the row has no reference of its own for them."""
    return key_of_person(case.id, row.person_ref)


def believed(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of somebody new, with what is believed of them so far."""
    used = "possible_victim" in facts.get("roles", ())
    return {**facts, "belief": belief_after("", may_be_used=used, has_signs=False, has_new_sign=False)}


def _merge(by: Member, at: datetime, case: Case, person: Person, new_facts: Mapping[str, Any]) -> tuple[Person, list[str]]:
    """Completes what is known of a person by another row about them; what differs is kept as text."""
    facts, differs = _completed(person, new_facts)
    if "roles" in facts:
        facts["belief"] = person.belief or believed(facts)["belief"]
    low, high = facts.get("age_min", person.age_min), facts.get("age_max", person.age_max)
    if low is not None and high is not None and low > high:
        differs += [f"{name}, as another row says: {facts.pop(name)}" for name in ("age_min", "age_max") if name in facts]
    if facts:
        version = Person.objects.values_list("version", flat=True).get(id=person.id)
        (person,) = change_people(by=by, at=at, case_id=case.id, changes=[(person.id, version, facts)])
    return person, differs
