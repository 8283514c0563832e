"""Writes of recognition: signs, words, beliefs, rows of a table, each inside an action that has locked the case; and a concern
that is received at a screen: a case, its people, whether they are safe, the signs seen. One transaction a screen."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from lodestar.casework.case_files.actions import people as people_actions
from lodestar.casework.case_files.actions.case import change_case, name_operation, open_case
from lodestar.casework.case_files.actions.people import change_person
from lodestar.casework.cases.models import AllegedOffence, Case, Exploitation, Person
from lodestar.casework.cases.people_listeners import announce_named, compare_people
from lodestar.casework.concerns import queries
from lodestar.casework.concerns.models import BeliefDecision, ImportedRow, Note, SignSeen
from lodestar.casework.concerns.rules import NONE, Sign, belief_after, exploitation_types, threats_after
from lodestar.casework.ledger import ledger
from lodestar.casework.safe_addresses.actions import record_reported_addresses
from lodestar.casework.safe_addresses.queries import reach_of
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.actions import on_tour
from lodestar.platform.audit.actions import audit
from lodestar.platform.names.reported import as_reported, line
from lodestar.platform.reference.rules import STAGES
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit

SIGNS = "recognition.signs_recorded"
CONCERN = "recognition.concern_recorded"
Tick = tuple[str, UUID | None]  # the code of a sign, and whose it is; of the scene none


def _tick(by: Member, at: datetime, case: Case, seen: Collection[Tick], taken_back: Collection[Tick], list_date: date) -> None:
    """Adds signs seen at `at`, and takes back ticks by date and name. What stands already is left as it is."""
    now = timezone.now()
    tick = {"case": case, "list_date": list_date, "seen_at": at, "recorded_at": now, "recorded_by_id": by.user}
    rows = [SignSeen(person_id=person, code=code, **tick) for code, person in sorted(seen, key=str)]
    SignSeen.objects.bulk_create(rows, ignore_conflicts=True)
    if taken_back:
        ticks = Q()
        for code, person in taken_back:
            ticks |= Q(code=code, person=person)
        standing = SignSeen.objects.filter(ticks, case=case, withdrawn_at__isnull=True)
        standing.update(withdrawn_at=now, withdrawn_by=by.user)
    people = sorted({person for _, person in (*seen, *taken_back) if person})
    audit(SIGNS, by=by, at=at, case=case.id, people=people, fields=["signs"])


def add_notes(*, by: Member, at: datetime, case: Case, notes: Sequence[tuple[str, str, UUID | None]]) -> None:
    """Keeps words as they were said: (kind, words, whose they are about). What stands is never changed."""
    with ledger.acting_on(case.id, by=by.user, at=at, code=SIGNS):
        now = timezone.now()
        Note.objects.bulk_create(
            Note(case=case, person_id=person, kind=kind, words=words, recorded_at=now, recorded_by_id=by.user)
            for kind, words, person in notes
        )
        people = sorted({person for _, _, person in notes if person})
        audit(SIGNS, by=by, at=at, case=case.id, people=people, fields=["words"])


def keep_rows(*, by: Member, at: datetime, case: Case, rows: Sequence[tuple[str, str, str, UUID | None]]) -> list[ImportedRow]:
    """Keeps rows of a table as they came: (what it is known by, the person's own key or nothing, the row, whose it is)."""
    with ledger.acting_on(case.id, by=by.user, at=at, code=CONCERN):
        now = timezone.now()
        made = ImportedRow.objects.bulk_create(
            ImportedRow(
                case=case, person_id=person, key=key, person_key=person_key, typed=typed, recorded_at=now, recorded_by_id=by.user
            )
            for key, person_key, typed, person in rows
        )
        people = sorted({person for _, _, _, person in rows if person})
        audit(CONCERN, by=by, at=at, case=case.id, people=people, fields=["row"])
    return list(made)


def record_beliefs(
    *, by: Member, at: datetime, case: Case, beliefs: Mapping[UUID, str], how: str, because: str = "", would_change: str = ""
) -> None:
    """Adds what somebody answered on whether each of these people may be a victim. Their own rows the caller changes."""
    code = "recognition.belief_decided"
    with ledger.acting_on(case.id, by=by.user, at=at, code=code):
        answered = {"how": how, "because": because, "would_change": would_change, "decided_at": at, "by_id": by.user}
        BeliefDecision.objects.bulk_create(
            BeliefDecision(person_id=person, belief=belief, recorded_at=timezone.now(), **answered)
            for person, belief in beliefs.items()
        )
        fields = ["belief", "because", "would_change"]
        audit(code, by=by, at=at, case=case.id, people=sorted(beliefs), fields=fields)


def decide_belief(
    *, by: Member, at: datetime, person: Person, version: int, belief: str, because: str = "", would_change: str = ""
) -> bool:
    """Records the decision with its reason, and what would change it. Certainty is not needed (Modern Slavery Act 2015
    s52(1)); without a reason *no grounds yet* leaves the reason owed. Of whom there were no grounds before nobody was told of:
    they are compared now. Whether anything of that is to be told to the decider.

    `version` is that of the person the decider had before them. Raises ConcurrentEdit.
    """
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="recognition.belief_decided"):
        is_new = person.belief != belief
        comes_back = person.belief == NONE != belief
        changed = change_person(by=by, at=at, person=person, version=version, facts={"belief": belief})
        record_beliefs(
            by=by,
            at=at,
            case=person.case,
            beliefs={person.id: belief},
            how="decided" if is_new else "recorded",
            because=because,
            would_change=would_change,
        )
        return comes_back and compare_people(by=by, at=at, case=person.case, people=[changed])


DESCRIBES = {"name", "description", "birth_date", "age_min", "age_max", "language", "belief"}  # by which people are compared
CALLED_BY = frozenset({"name", "birth_date"})  # by which earlier records are looked for
QUICK_STAGES = tuple(code for code, _ in STAGES)


@dataclass(frozen=True)
class PersonInput:
    """What a form said of one person: the columns that were changed, and of what they are suspected.

    `version` is that of the row the writer saw, None for somebody new. `offence` are the columns of the act to record or
    change; `is_suspected` is None where nothing was said about it. `reach` is a telephone or an address that is known now.
    """

    id: UUID
    version: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    offence: Mapping[str, Any] = field(default_factory=dict)
    is_suspected: bool | None = None
    reach: str = ""


@dataclass(frozen=True)
class ConcernInput:
    """What the first screen said: the columns of the case that were changed, the kind of place, the people.

    `operation` is None where nothing was said about it, and empty to take the case out of one.
    """

    facts: Mapping[str, Any]
    people: Sequence[PersonInput] = ()
    place_kind: str | None = None
    operation: str | None = None


def receive_concern(*, by: Member, at: datetime, case_id: UUID, concern_input: ConcernInput) -> tuple[Case, bool]:
    """Opens the case with its people, under the id that the form was drawn with; and whether whoever saves it is to be told of
    somebody who may have been met before. `at` is when they were met.

    Raises ConcurrentEdit when the same form, open twice, was saved at the same moment: then the case is there.
    """
    facts = {"nation": queries.nation_of(by.tenant), **concern_input.facts}
    on_tour(user=by.user, at=timezone.now())
    with ledger.opening(case_id, by=by.user, at=at, code=CONCERN):
        try:
            with transaction.atomic():  # a savepoint: what failed is undone, and the case that stands can be read
                case = open_case(by=by, at=at, case_id=case_id, facts=facts)
        except IntegrityError:
            raise ConcurrentEdit from None
        is_told = _write(by, at, case, concern_input, is_new=True)
    return case, is_told


def change_concern(*, by: Member, at: datetime, case: Case, version: int, concern_input: ConcernInput) -> tuple[Case, bool]:
    """Changes what the first screen says of a case that stands, and tells the same. `version` is that of the case as it was read.

    Raises ConcurrentEdit.
    """
    with ledger.acting_on(case.id, by=by.user, at=at, code=CONCERN) as (locked,):
        if locked.version != version or locked.operation_id != case.operation_id:
            raise ConcurrentEdit
        if concern_input.facts:
            before = [("before", locked.what, None)] if "what" in concern_input.facts and locked.what else []
            change_case(by=by, at=at, case=locked, facts=concern_input.facts)
            if before:
                add_notes(by=by, at=at, case=locked, notes=before)
        is_told = _write(by, at, locked, concern_input, is_new=False)
    return locked, is_told


def _write(by: Member, at: datetime, case: Case, concern_input: ConcernInput, *, is_new: bool) -> bool:
    """Writes what the screen said. Whether somebody who was named now may have been met before, and it is to be told."""
    if concern_input.operation is not None:
        name_operation(by=by, at=at, case=case, name=concern_input.operation)
    place = {} if concern_input.place_kind is None else {"place": concern_input.place_kind}
    new = [entry for entry in concern_input.people if entry.version is None]
    added = _add(by, at, case, new, place, is_new=is_new) if new else []
    old = {entry.id: entry for entry in concern_input.people if entry.version is not None}
    changed = _change(by, at, case, old, place) if old else []
    reach = None if changed else {entry.id: [as_given(entry.reach)] for entry in new if entry.reach}
    is_told = compare_people(by=by, at=at, case=case, people=[*added, *changed], reach=reach)
    people = [entry.id for entry in concern_input.people]
    audit(CONCERN, by=by, at=at, case=case.id, people=people, fields=sorted(concern_input.facts))
    return is_told


def _add(
    by: Member, at: datetime, case: Case, new: Sequence[PersonInput], place: Mapping[str, str], *, is_new: bool
) -> list[Person]:  # fmt: skip
    rows = []
    for entry in new:
        used = "possible_victim" in entry.facts.get("roles", ())
        belief = belief_after("", may_be_used=used, has_signs=False, has_new_sign=False)
        rows.append((entry.id, {**entry.facts, **place, "belief": belief}))
    people = people_actions.add_people(by=by, at=at, case=case, people=rows, is_new=is_new)
    if where := [(person, as_given(entry.reach)) for person, entry in zip(people, new, strict=True) if entry.reach]:
        record_reported_addresses(by=by, at=at, case=case, addresses=where, are_new=True)
    announce_named(by=by, at=timezone.now(), people=people, are_new=True)
    if acts := [(person, entry.offence) for person, entry in zip(people, new, strict=True) if entry.is_suspected]:
        people_actions.record_rows(model=AllegedOffence, by=by, at=at, case=case, rows=acts)
    return people


def _change(by: Member, at: datetime, case: Case, old: Mapping[UUID, PersonInput], place: Mapping[str, str]) -> list[Person]:
    """The people who were changed, as they are now."""
    people = [person for person in queries.known_people(case) if person.id in old]
    changes = []
    for person in people:
        facts = {**old[person.id].facts, **place}
        if "roles" in facts:
            facts["belief"] = belief_after(
                person.belief, is_decided=person.is_answered, may_be_used="possible_victim" in facts["roles"],
                has_signs=bool(person.sign_codes), has_new_sign=False,
            )  # fmt: skip
        if facts := {name: value for name, value in facts.items() if getattr(person, name) != value}:
            changes.append((person.id, old[person.id].version or 0, facts))
    if changes:
        read = {person.id: person for person in people}
        changed = people_actions.change_people(by=by, at=at, case_id=case.id, changes=changes, read=read)
        if any(CALLED_BY & set(facts) for _, _, facts in changes):
            announce_named(by=by, at=timezone.now(), people=changed)
    for person in people:
        if old[person.id].is_suspected is not None:
            _suspect(by, at, case, person, old[person.id])
    reached = {person.id for person in people if _reach(by, at, case, person, old[person.id].reach)}
    to_compare = reached | {person for person, _, facts in changes if set(facts) & DESCRIBES}
    return [person for person in people if person.id in to_compare]


def _reach(by: Member, at: datetime, case: Case, row: Person, typed: str) -> bool:
    """Keeps where somebody who was recorded before can be reached. Whether it was not held yet."""
    if not typed or as_given(typed) in reach_of([row.id]).get(row.id, ()):
        return False
    record_reported_addresses(by=by, at=at, case=case, addresses=[(row, as_given(typed))])
    return True


def as_given(typed: str) -> str:
    """A telephone or an address as it is kept: nobody has agreed with them that it is safe to use."""
    return as_reported([line("Given at the scene", typed)])


def _suspect(by: Member, at: datetime, case: Case, row: Person, person_input: PersonInput) -> None:
    acts = list(AllegedOffence.objects.filter(person=row).order_by("id"))
    if person_input.is_suspected:
        first = acts[0] if acts else None
        if first is None:
            people_actions.record_offence(by=by, at=at, person=row, facts=person_input.offence)
        elif changed := {name: value for name, value in person_input.offence.items() if getattr(first, name) != value}:
            people_actions.change_offence(by=by, at=at, person=row, offence=first, facts=changed)
        return
    withdrawn_notes = []
    for act in acts:
        words = f"Suspected of: {act.title or 'something not named yet'} ({dict(STAGES).get(act.stage, act.stage)})"
        is_early = act.stage in ("", *QUICK_STAGES)
        if is_early and people_actions.take_back_offence(by=by, at=at, person=row, offence=act):
            withdrawn_notes.append(("taken_back", words, row.id))
    if withdrawn_notes:
        add_notes(by=by, at=at, case=case, notes=withdrawn_notes)


def record_safety(
    *, by: Member, at: datetime, case: Case, version: int, facts: Mapping[str, Any], people: Sequence[PersonInput]
) -> None:
    """Records whether they are out of danger and what they need first. Raises ConcurrentEdit."""
    with ledger.acting_on(case.id, by=by.user, at=at, code="cases.person_changed") as (locked,):
        if locked.version != version:
            raise ConcurrentEdit
        if facts:
            change_case(by=by, at=at, case=locked, facts=facts)
        if changes := [(entry.id, entry.version or 0, entry.facts) for entry in people if entry.facts]:
            people_actions.change_people(by=by, at=at, case_id=case.id, changes=changes)


@dataclass(frozen=True)
class SignsInput:
    """What a screen of signs said: ticks made and taken back, what was taken from whom, beliefs answered, words."""

    seen: Collection[Tick] = ()
    taken_back: Collection[Tick] = ()
    seized: Mapping[UUID, Sequence[str]] = field(default_factory=dict)
    beliefs: Mapping[UUID, str] = field(default_factory=dict)
    words: str = ""


def record_signs(
    *, by: Member, at: datetime, case: Case, signs_input: SignsInput, signs: Mapping[str, Sign], list_date: date
) -> bool:
    """Records signs, and of each person what follows: kinds of exploitation, and a belief for a supervisor to decide on. Whether
    somebody of whom there were no grounds until now may have been met before, and it is to be told.

    `signs` are those of the list that hold, by code.
    """
    with ledger.acting_on(case.id, by=by.user, at=at, code=SIGNS) as (locked,):
        if signs_input.seen or signs_input.taken_back:
            _tick(by, locked.encountered_at, locked, signs_input.seen, signs_input.taken_back, list_date)
        if signs_input.words:
            add_notes(by=by, at=at, case=locked, notes=[("own_words", signs_input.words, None)])
        return _follow(by, at, locked, signs_input, signs)


def _follow(by: Member, at: datetime, case: Case, signs_input: SignsInput, signs: Mapping[str, Sign]) -> bool:
    """What signs, seizures and answers make of each person's own facts."""
    ticked = {person for _, person in (*signs_input.seen, *signs_input.taken_back) if person}
    person_ids = ticked | {*signs_input.seized, *signs_input.beliefs}
    if not person_ids:
        return False
    people = [person for person in queries.known_people(case) if person.id in person_ids]
    had = {person.id: _signs_before(person, signs_input) for person in people}
    had_none = {person.id for person in people if person.belief == NONE}
    if signs_input.beliefs:
        record_beliefs(by=by, at=at, case=case, beliefs=signs_input.beliefs, how="recorded")
    changes = [(person.id, person.version, facts) for person in people if (facts := _facts(signs_input, person, had[person.id]))]
    if changes:
        people_actions.change_people(
            by=by, at=at, case_id=case.id, changes=changes, read={person.id: person for person in people}
        )
    _exploitation(by, at, case, [person for person in people if {*person.sign_codes} != had[person.id]], had, signs)
    come_back = [person for person in people if person.id in had_none and person.belief != NONE]
    return compare_people(by=by, at=at, case=case, people=come_back)


def _signs_before(person: Any, signs_input: SignsInput) -> set[str]:
    """The signs laid on them before this screen."""
    made = {code for code, whose in signs_input.seen if whose == person.id}
    withdrawn = {code for code, whose in signs_input.taken_back if whose == person.id}
    return ({*person.sign_codes} - made) | withdrawn


def _facts(signs_input: SignsInput, person: Any, had: Collection[str]) -> dict[str, Any]:
    """The columns of one person that change."""
    has = {*person.sign_codes}
    belief = belief_after(
        person.belief, answered=signs_input.beliefs.get(person.id, ""), is_decided=person.is_answered,
        may_be_used="possible_victim" in person.roles, has_signs=bool(has), has_new_sign=not has <= {*had},
    )  # fmt: skip
    seized = list(signs_input.seized.get(person.id, person.seized))
    wanted = {"belief": belief, "seized": seized, "threats": list(threats_after(person.threats, had=had, has=has))}
    return {name: value for name, value in wanted.items() if getattr(person, name) != value}


def _exploitation(
    by: Member, at: datetime, case: Case, ticked: Sequence[Any], had: Mapping[UUID, Collection[str]], signs: Mapping[str, Sign]
) -> None:
    """Records the kinds that the signs point to, and takes back a bare one that only signs taken back pointed to."""
    new: list[tuple[Person, dict[str, str]]] = []
    no_more: dict[UUID, set[str]] = {}
    for person in ticked:
        before = exploitation_types(sign for code, sign in signs.items() if code in had[person.id])
        types = exploitation_types(sign for code, sign in signs.items() if code in person.sign_codes)
        new += [(person, {"type": kind}) for kind in types if kind not in person.kinds]
        if kinds := ({*before} - {*types}) & {*person.kinds}:
            no_more[person.id] = kinds
    if new:
        people_actions.record_rows(model=Exploitation, by=by, at=at, case=case, rows=new)
    if rows := [row for row in queries.bare_exploitations(no_more) if row.type in no_more[row.person_id]] if no_more else []:
        people_actions.take_back_exploitations(by=by, at=at, case=case, exploitations=rows)
