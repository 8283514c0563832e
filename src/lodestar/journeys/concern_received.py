"""A concern is received at a screen: a case, its people, whether they are safe, the signs seen. One transaction a screen."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from lodestar.accounts.access import Member
from lodestar.cases import actions as cases
from lodestar.cases import ledger
from lodestar.cases.models import AllegedOffence, Case, Exploitation, Person
from lodestar.recognition import actions, queries
from lodestar.recognition.rules import Sign
from lodestar.recognition.rules.from_signs import belief_after, exploitation_types, threats_after
from lodestar.recognition.rules.offences import STAGES
from lodestar.record import actions as record

CODE = "recognition.concern_recorded"
QUICK_STAGES = tuple(code for code, _ in STAGES)


class StaleCase(Exception):
    """Someone saved the case meanwhile: what the writer had before them has to be compared with it anew."""


@dataclass(frozen=True)
class PersonTold:
    """What a form said of one person: the columns that were changed, and of what they are suspected.

    `version` is that of the row the writer saw, None for somebody new. `offence` are the columns of the act to record or
    change; `is_suspected` is None where nothing was said about it.
    """

    id: UUID
    version: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    offence: Mapping[str, Any] = field(default_factory=dict)
    is_suspected: bool | None = None


@dataclass(frozen=True)
class ConcernTold:
    """What the first screen said: the columns of the case that were changed, the kind of place, the people.

    `operation` is None where nothing was said about it, and empty to take the case out of one.
    """

    facts: Mapping[str, Any]
    people: Sequence[PersonTold] = ()
    place_kind: str | None = None
    operation: str | None = None


def receive_concern(*, by: Member, at: datetime, case_id: UUID, told: ConcernTold) -> Case:
    """Opens the case with its people, under the id that the form was drawn with. `at` is when they were met."""
    facts = {"nation": queries.nation_of(by.tenant), **told.facts}
    case = cases.open_case(by=by, at=at, case_id=case_id, facts=facts)
    with ledger.acting_on(case.id, by=by.user, at=at, code=CODE):
        _write(by, at, case, told)
    return case


def change_concern(*, by: Member, at: datetime, case: Case, version: int, told: ConcernTold) -> Case:
    """Changes what the first screen says of a case that stands. `version` is that of the case as it was read.

    Raises StaleCase, and cases.StaleVersion for a person.
    """
    with ledger.acting_on(case.id, by=by.user, at=at, code=CODE) as (locked,):
        if locked.version != version:
            raise StaleCase
        if told.facts:
            before = [("before", locked.what, None)] if "what" in told.facts and locked.what else []
            cases.change_case(by=by, at=at, case=locked, facts=told.facts)
            if before:
                actions.add_notes(by=by, at=at, case=locked, notes=before)
        _write(by, at, locked, told)
    return locked


def _write(by: Member, at: datetime, case: Case, told: ConcernTold) -> None:
    if told.operation is not None:
        cases.name_operation(by=by, at=at, case=case, name=told.operation)
    standing = queries.people_by_id(case, [one.id for one in told.people if one.version is not None])
    place = {} if told.place_kind is None else {"place": told.place_kind}
    for one in told.people:
        if one.version is None:
            _add(by, at, case, one, place)
        elif one.id in standing:
            _change(by, at, case, standing[one.id], one, place)
    record.append(
        CODE,
        by=by.user,
        role=by.role,
        at=at,
        case=case.id,
        people=[one.id for one in told.people],
        fields=sorted(told.facts),
    )


def _add(by: Member, at: datetime, case: Case, told: PersonTold, place: Mapping[str, str]) -> None:
    used = "possible_victim" in told.facts.get("roles", ())
    belief = belief_after("", may_be_used=used, has_signs=False, has_new_sign=False)
    facts = {**told.facts, **place, **({"belief": belief} if belief else {})}
    person = cases.add_person(by=by, at=at, case=case, facts=facts, person_id=told.id)
    if told.is_suspected:
        cases.record_offence(by=by, at=at, person=person, facts=told.offence)


def _change(by: Member, at: datetime, case: Case, row: Person, told: PersonTold, place: Mapping[str, str]) -> None:
    facts = {**told.facts, **place}
    if "roles" in facts:
        facts |= _belief_of_roles(case, row, facts["roles"])
    facts = {name: value for name, value in facts.items() if getattr(row, name) != value}
    if facts:
        cases.change_person(by=by, at=at, person=row, version=told.version or 0, facts=facts)
    if told.is_suspected is not None:
        _suspect(by, at, case, row, told)


def _belief_of_roles(case: Case, row: Person, roles: Collection[str]) -> dict[str, str]:
    """The belief when somebody's part in the case was ticked or unticked."""
    signs = any(sign.person_id == row.id for sign in queries.signs_of(case))
    return {
        "belief": belief_after(
            row.belief,
            is_decided=row.id in queries.latest_decisions([row.id]),
            may_be_used="possible_victim" in roles,
            has_signs=signs,
            has_new_sign=False,
        )
    }


def _suspect(by: Member, at: datetime, case: Case, row: Person, told: PersonTold) -> None:
    acts = list(AllegedOffence.objects.filter(person=row).order_by("id"))
    if told.is_suspected:
        first = acts[0] if acts else None
        if first is None:
            cases.record_offence(by=by, at=at, person=row, facts=told.offence)
        elif changed := {name: value for name, value in told.offence.items() if getattr(first, name) != value}:
            cases.change_offence(by=by, at=at, person=row, offence=first, facts=changed)
        return
    gone = []
    for act in acts:
        words = f"Suspected of: {act.title or 'something not named yet'} ({dict(STAGES).get(act.stage, act.stage)})"
        is_early = act.stage in ("", *QUICK_STAGES)
        if is_early and cases.take_back_offence(by=by, at=at, person=row, offence=act):
            gone.append(("taken_back", words, row.id))
    if gone:
        actions.add_notes(by=by, at=at, case=case, notes=gone)


def record_safety(
    *,
    by: Member,
    at: datetime,
    case: Case,
    version: int,
    facts: Mapping[str, Any],
    people: Sequence[PersonTold],
) -> None:
    """Records whether they are out of danger and what they need first. Raises StaleCase, cases.StaleVersion."""
    with ledger.acting_on(case.id, by=by.user, at=at, code="cases.person_changed") as (locked,):
        if locked.version != version:
            raise StaleCase
        if facts:
            cases.change_case(by=by, at=at, case=locked, facts=facts)
        standing = queries.people_by_id(case, [one.id for one in people])
        for one in people:
            if one.facts and one.id in standing:
                cases.change_person(by=by, at=at, person=standing[one.id], version=one.version or 0, facts=one.facts)


@dataclass(frozen=True)
class SignsTold:
    """What a screen of signs said: ticks made and taken back, what was taken from whom, beliefs answered, words."""

    seen: Collection[actions.Tick] = ()
    taken_back: Collection[actions.Tick] = ()
    seized: Mapping[UUID, Sequence[str]] = field(default_factory=dict)
    beliefs: Mapping[UUID, str] = field(default_factory=dict)
    belief_of_all: str = ""  # one answer for everybody marked as used or with a sign
    words: str = ""


def record_signs(
    *, by: Member, at: datetime, case: Case, told: SignsTold, signs: Mapping[str, Sign], list_date: date
) -> None:
    """Records signs, and of each person what follows: kinds of exploitation, and a belief for a supervisor to decide on.

    `signs` are those of the list that hold, by code.
    """
    with ledger.acting_on(case.id, by=by.user, at=at, code=actions.CODE) as (locked,):
        if told.seen or told.taken_back:
            actions.record_signs(
                by=by,
                at=locked.encountered_at,
                case=locked,
                seen=told.seen,
                taken_back=told.taken_back,
                list_date=list_date,
            )
        if told.words:
            actions.add_notes(by=by, at=at, case=locked, notes=[("own_words", told.words, None)])
        _follow(by, at, locked, told, signs)


@dataclass(frozen=True)
class _OnPerson:
    """The signs laid on one person, by code, before this screen and after it, and what was answered before."""

    had: tuple[str, ...]
    has: tuple[str, ...]
    decided: str


def _follow(by: Member, at: datetime, case: Case, told: SignsTold, signs: Mapping[str, Sign]) -> None:
    """What signs, seizures and answers make of each person's own facts."""
    ticked = {person for _, person in (*told.seen, *told.taken_back) if person}
    if not (ticked or told.seized or told.beliefs or told.belief_of_all):
        return
    named = {*ticked, *told.seized, *told.beliefs}
    people = Person.objects.filter(case=case).order_by("number")
    touched = [person for person in people if told.belief_of_all or person.id in named]
    has: dict[UUID | None, list[str]] = {}
    for row in queries.signs_of(case):
        has.setdefault(row.person_id, []).append(row.code)
    decided = queries.latest_decisions([person.id for person in touched])
    kinds = queries.exploitations_of(ticked)
    for person in touched:
        now = tuple(has.get(person.id, ()))
        made = {code for code, whose in told.seen if whose == person.id}
        gone = tuple(code for code, whose in told.taken_back if whose == person.id)
        last = decided.get(person.id)
        on = _OnPerson((*(code for code in now if code not in made), *gone), now, last.belief if last else "")
        _person(by, at, person, told, on)
        if person.id in ticked:
            _exploitation(by, at, person, on, signs, kinds.get(person.id, []))


def _person(by: Member, at: datetime, person: Person, told: SignsTold, on: _OnPerson) -> None:
    used = "possible_victim" in person.roles
    answered = told.beliefs.get(person.id, "")
    if not answered and (used or on.has):
        answered = told.belief_of_all
    belief = belief_after(
        person.belief,
        answered=answered,
        is_decided=bool(on.decided),
        may_be_used=used,
        has_signs=bool(on.has),
        has_new_sign=not set(on.has) <= set(on.had),
    )
    wanted = {
        "belief": belief,
        "seized": list(told.seized.get(person.id, person.seized)),
        "threats": list(threats_after(person.threats, had=on.had, has=on.has)),
    }
    facts = {name: value for name, value in wanted.items() if getattr(person, name) != value}
    if answered and (answered != on.decided or "belief" in facts):
        actions.record_belief(by=by, at=at, person=person, belief=answered, how="recorded")
    if facts:
        cases.change_person(by=by, at=at, person=person, version=person.version, facts=facts)


def _exploitation(
    by: Member, at: datetime, person: Person, on: _OnPerson, signs: Mapping[str, Sign], standing: Sequence[Exploitation]
) -> None:
    """Records the kinds that the signs point to, and takes back a bare one that only signs taken back pointed to."""
    before = exploitation_types(signs[code] for code in on.had if code in signs)
    types = exploitation_types(signs[code] for code in on.has if code in signs)
    recorded = {row.type for row in standing}
    for kind in types:
        if kind not in recorded:
            cases.record_exploitation(by=by, at=at, person=person, facts={"type": kind})
    for row in standing:
        if row.type in before and row.type not in types and _is_bare(row):
            cases.take_back_exploitation(by=by, at=at, person=person, exploitation=row)


def _is_bare(row: Exploitation) -> bool:
    """Whether nothing but its kind is recorded, so that signs alone may have made it."""
    nothing_told = not (row.from_date or row.to_date or row.where or row.police_areas)
    return nothing_told and row.still_in_situation is None and row.organised is None
