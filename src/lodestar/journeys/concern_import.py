"""Rows of one incident come in from a table and become one concern, each row once; rows that come later are added to it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.accounts.models import Membership
from lodestar.cases import actions as cases
from lodestar.cases import ledger
from lodestar.cases.actions.matching import ADDED as REPORT_ADDED
from lodestar.cases.actions.matching import alert_of_new, alert_of_report
from lodestar.cases.models import AllegedOffence, Case, Person
from lodestar.journeys.concern_rows import LONGEST, ConcernRow, concern_key, key_of_person
from lodestar.journeys.officers_named import officer_facts, officer_named, officer_note
from lodestar.journeys.reference_checks import people_known, rows_refused
from lodestar.journeys.sent_before import Standing, alert_owners, own_key, rows_gone, rows_sent, standing_of, theirs
from lodestar.journeys.taken import ADDED, LET_GO, MADE, REFUSED, STOOD, Taken
from lodestar.kernel.ids import new_id
from lodestar.recognition import actions, queries
from lodestar.recognition.actions.prompts import meet_people
from lodestar.recognition.models import OWN_WORDS, REPORTED
from lodestar.recognition.rules.offences import WHERE
from lodestar.recognition.rules.signs import belief_after

CODE = "recognition.concern_recorded"
Note = tuple[str, str, UUID | None]  # its kind, the words, whose they are
# What of a case the first row says and a later one may only complete.
_OF_A_CASE = ("what", "place")


def import_rows(*, by: Member, at: datetime, rows: Sequence[ConcernRow]) -> list[Taken]:
    """Makes a concern of rows of one incident, or adds to the one that stands what it does not hold yet. A row that was taken in
    before changes nothing, and one that was let go does not come in again. `at` stands for when they were met where the rows do
    not say.

    A sealed case that the sender knows nothing of is none: the rows make a concern of their own, and its owners are alerted. To
    a case that they know and may not open rows are only added, and whoever has it is alerted.
    """
    sent = rows_sent(by, rows)
    fresh = list({row.key: row for row in sent.rows if row.key not in sent.standing}.values())
    if not fresh:
        return [Taken(STOOD, sent.standing[row.key]) for row in sent.rows]
    key = concern_key(fresh[0].incident, fresh[0].key)
    stands = standing_of(by, key)
    out = {key: Taken(REFUSED, "", why) for key, why in rows_refused(fresh, stands).items()}
    out |= {key: Taken(LET_GO, "", why) for key, why in rows_gone(by, fresh, stands).items()}
    fresh = [row for row in fresh if row.key not in out]
    told, notes = "", dict[str, tuple[str, ...]]()
    if fresh:
        officer = officer_named(fresh) if stands.case is None else None
        naming = next((row for row in fresh if row.officer), None)
        if stands.case is None and naming:
            notes[naming.key] = (officer_note(by, naming.officer, officer),)
        # What comes into a concern of their own is theirs too: the same row is as new as ever to whoever knows of the other.
        came = {row.key for row in rows}
        kept = [theirs(by, row) if stands.key != key and row.key in came else row for row in fresh]
        wrote = _added(by, at, stands, kept) if stands.case else _made(by, at, stands.key, kept, officer)
        if wrote is None:  # somebody sealed the case a moment before, or unsealed it
            return import_rows(by=by, at=at, rows=rows)
        told = wrote
        alert_owners(by=by, at=timezone.now(), of=[stands.unknown, *sent.unknown])
    found: list[Taken] = []
    new = {row.key for row in fresh}
    for row in sent.rows:
        if row.key in new:
            new.discard(row.key)
            what = MADE if stands.case is None and row.key == fresh[0].key else ADDED
            found.append(Taken(what, told, notes=notes.get(row.key, ())))
        elif row.key in out:
            found.append(out[row.key])
        else:
            found.append(Taken(STOOD, sent.standing.get(row.key, told)))
    return found


def _made(by: Member, at: datetime, key: str, rows: Sequence[ConcernRow], officer: Membership | None) -> str:
    """Makes a concern of these rows; its reference."""
    case_id, met = new_id(), next((row.met for row in rows if row.met), at)
    with ledger.opening(case_id, by=by.user, at=met, code=CODE):
        case = cases.open_case(by=by, at=met, case_id=case_id, facts=_case_facts(by, rows, key, officer))
        _write(by, met, case, rows)
    if officer and officer.user_id != by.user:
        alert_of_new(by=by, at=at, case=case)
    return case.reference


def _added(by: Member, at: datetime, stands: Standing, rows: Sequence[ConcernRow]) -> str | None:
    """Adds these rows to the case that stands, and gives the reference that may be told; None where it is no more as it was
    when it was read, with nothing written."""
    case = stands.case
    if case is None:
        return None
    met = next((row.met for row in rows if row.met), case.encountered_at)
    with ledger.acting_on(case.id, by=by.user, at=met, code=CODE) as (locked,):
        if locked.sealed != case.sealed:
            return None
        if stands.may_open:
            _complete(by, met, locked, rows)
        _write(by, met, locked, rows, only_adds=not stands.may_open)
        if not stands.may_open:
            alert_of_report(by=by, at=timezone.now(), case=locked, came=REPORT_ADDED)
    return stands.reference


def _case_facts(by: Member, rows: Sequence[ConcernRow], key: str, officer: Membership | None) -> dict[str, Any]:
    """The columns of the new case: of each the first row that says it."""
    facts: dict[str, Any] = {"imported_as": key, "nation": queries.nation_of(by.tenant)}
    for row in reversed(rows):
        facts |= {name: value for name, value in row.case.items() if value and name in _OF_A_CASE}
    facts["police_areas"] = list(dict.fromkeys(area for row in rows for area in row.case.get("police_areas", ())))
    told = next((row for row in rows if row.met), rows[0])
    return {**facts, "encountered_as": told.met_words, **officer_facts(officer)}


def _complete(by: Member, at: datetime, case: Case, rows: Sequence[ConcernRow]) -> None:
    """Puts into a standing case what it does not say yet."""
    facts: dict[str, Any] = {}
    for row in reversed(rows):
        facts |= {name: row.case[name] for name in _OF_A_CASE if row.case.get(name) and not getattr(case, name)}
    areas = [area for row in rows for area in row.case.get("police_areas", ())]
    merged = list(dict.fromkeys([*case.police_areas, *areas]))
    if merged != list(case.police_areas):
        facts["police_areas"] = merged
    if facts:
        cases.change_case(by=by, at=at, case=case, facts=facts)


def _write(by: Member, at: datetime, case: Case, rows: Sequence[ConcernRow], *, only_adds: bool = False) -> None:
    """People, what they are suspected of, where they live, words, and the rows themselves. With `only_adds` nobody who stands
    is changed: whoever the rows tell of is somebody of their own, to be linked by whoever has the case."""
    known = {} if only_adds else people_known(case, [person_key(case, row) for row in rows])
    added: dict[str, ConcernRow] = {}
    for row in rows:
        whose = person_key(case, row)
        if row.person is not None and not (whose and (whose in known or whose in added)):
            added[whose or row.key] = row
    made = cases.add_people(
        by=by, at=at, case=case, people=[(new_id(), believed(row.person or {})) for row in added.values()]
    ) if added else []  # fmt: skip
    people = dict(zip(added, made, strict=True))
    notes: list[Note] = []
    for row in rows:
        if row.person is None or row in added.values():
            continue
        whose = person_key(case, row)
        person = known.get(whose) or people[whose]
        known[whose], lines = _merge(by, at, case, person, row.person)
        notes += [(REPORTED, line, person.id) for line in lines]
    everybody = {**people, **known}
    meet_people(by=by, at=timezone.now(), people=everybody.values())
    of_rows = [(row, everybody.get(person_key(case, row) or row.key) if row.person else None) for row in rows]
    _hang_on(by, at, case, of_rows, notes)
    _keep(by, at, case, of_rows, only_adds)
    told = {person.id: person for _, person in of_rows if person is not None}
    # Kept, and alerted of; whoever imports is told nothing.
    cases.compare_people(by=by, at=at, case=case, people=list(told.values()))


def _hang_on(
    by: Member, at: datetime, case: Case, rows: Sequence[tuple[ConcernRow, Person | None]], notes: list[Note]
) -> None:
    where = WHERE.get(case.nation, "")
    suspected = [(person, row.offence) for row, person in rows if person is not None and row.offence is not None]
    if acts := [(person, {**act, "where": where}) for person, act in suspected if not _is_recorded(person, act)]:
        cases.record_offences(by=by, at=at, case=case, offences=acts)
    if reach := [(person, row.reach) for row, person in rows if person is not None and row.reach]:
        cases.record_reported_addresses(by=by, at=at, case=case, addresses=reach)
    notes += list(words_of(case, rows))
    if notes:
        said = set(queries.words_said(case))
        new = [note for note in dict.fromkeys(notes) if note not in said]
        if new:
            actions.add_notes(by=by, at=at, case=case, notes=new)


def _keep(by: Member, at: datetime, case: Case, rows: Sequence[tuple[ConcernRow, Person | None]], only_adds: bool) -> None:
    """The rows themselves. Somebody whom one of `only_adds` made is no person of theirs who have the case: their next row with
    the reference is about their own."""
    keys = [person_key(case, row) for row, _ in rows]
    keys = [own_key(by, key) if key else "" for key in keys] if only_adds else keys
    kept = [(row.key, key, row.kept, person.id if person else None) for key, (row, person) in zip(keys, rows, strict=True)]
    actions.keep_rows(by=by, at=at, case=case, rows=kept)


def _is_recorded(person: Person, offence: Mapping[str, Any]) -> bool:
    told = {name: value for name, value in offence.items() if name != "stage"}
    return AllegedOffence.objects.filter(person=person, **told).exists()


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
        for kind, about, told in (
            (OWN_WORDS, None, lines), (REPORTED, None, apart),
            (OWN_WORDS, whose, row.of_person), (REPORTED, whose, row.person_apart),
        ):  # fmt: skip
            text = "\n".join(told)
            longest = LONGEST["words"]
            yield from ((kind, text[at : at + longest], about) for at in range(0, len(text), longest))


def person_key(case: Case, row: ConcernRow) -> str:
    """What tells that two rows of a case are about one person; empty where the row has no reference of its own for them."""
    return key_of_person(case.id, row.person_ref)


def believed(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of somebody new, with what is believed of them so far."""
    used = "possible_victim" in facts.get("roles", ())
    return {**facts, "belief": belief_after("", may_be_used=used, has_signs=False, has_new_sign=False)}


def _merge(by: Member, at: datetime, case: Case, person: Person, told: Mapping[str, Any]) -> tuple[Person, list[str]]:
    """Completes what is known of a person by another row about them; what differs is kept as text."""
    facts: dict[str, Any] = {}
    differs: list[str] = []
    for name, value in told.items():
        stands = getattr(person, name)
        if name == "roles":
            merged = list(dict.fromkeys([*stands, *value]))
            if merged != list(stands):
                facts["roles"] = merged
                facts["belief"] = person.belief or believed(facts)["belief"]
        elif value in ("", None) or value == stands:
            continue
        elif stands in ("", None) or (name == "age_basis" and stands == "unknown"):
            facts[name] = value
        elif name != "age_basis":
            differs.append(f"{name.replace('_', ' ').capitalize()}, as another row says: {value}")
    low, high = facts.get("age_min", person.age_min), facts.get("age_max", person.age_max)
    if low is not None and high is not None and low > high:
        differs += [f"{name}, as another row says: {facts.pop(name)}" for name in ("age_min", "age_max") if name in facts]
    if facts:
        version = Person.objects.values_list("version", flat=True).get(id=person.id)
        (person,) = cases.change_people(by=by, at=at, case_id=case.id, changes=[(person.id, version, facts)])
    return person, differs
