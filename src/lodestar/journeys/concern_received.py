"""A concern is received at a screen: a case, its people, whether they are safe, the signs seen. One transaction a screen."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.accounts.actions import on_tour
from lodestar.cases import actions as cases
from lodestar.cases import ledger
from lodestar.cases.models import AllegedOffence, Case, Person
from lodestar.cases.queries.people import reach_of
from lodestar.cases.rules.reported import as_reported, line
from lodestar.recognition import actions, queries
from lodestar.recognition.actions.prompts import meet_people
from lodestar.recognition.rules import Sign
from lodestar.recognition.rules.offences import STAGES
from lodestar.recognition.rules.signs import NONE, belief_after, exploitation_types, threats_after
from lodestar.record import actions as record

CODE = "recognition.concern_recorded"
DESCRIBES = {"name", "description", "birth_date", "age_min", "age_max", "language", "belief"}  # by which people are compared
CALLED_BY = frozenset({"name", "birth_date"})  # by which earlier records are looked for
QUICK_STAGES = tuple(code for code, _ in STAGES)


class StaleCase(Exception):
    """Someone saved the case meanwhile: what the writer had before them has to be compared with it anew."""


@dataclass(frozen=True)
class PersonTold:
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
class ConcernTold:
    """What the first screen said: the columns of the case that were changed, the kind of place, the people.

    `operation` is None where nothing was said about it, and empty to take the case out of one.
    """

    facts: Mapping[str, Any]
    people: Sequence[PersonTold] = ()
    place_kind: str | None = None
    operation: str | None = None


def receive_concern(*, by: Member, at: datetime, case_id: UUID, told: ConcernTold) -> tuple[Case, bool]:
    """Opens the case with its people, under the id that the form was drawn with; and whether whoever saves it is to be told of
    somebody who may have been met before. `at` is when they were met.

    Raises StaleCase when the same form, open twice, was saved at the same moment: then the case is there.
    """
    facts = {"nation": queries.nation_of(by.tenant), **told.facts}
    on_tour(user=by.user, at=timezone.now())
    everybody: list[Person] = []
    with ledger.opening(case_id, by=by.user, at=at, code=CODE, people=everybody):
        try:
            with transaction.atomic():  # a savepoint: what failed is undone, and the case that stands can be read
                case = cases.open_case(by=by, at=at, case_id=case_id, facts=facts)
        except IntegrityError:
            raise StaleCase from None
        is_told = _write(by, at, case, told, everybody)
    return case, is_told


def change_concern(*, by: Member, at: datetime, case: Case, version: int, told: ConcernTold) -> tuple[Case, bool]:
    """Changes what the first screen says of a case that stands, and tells the same. `version` is that of the case as it was read.

    Raises StaleCase, and cases.StaleVersion for a person.
    """
    with ledger.acting_on(case.id, by=by.user, at=at, code=CODE) as (locked,):
        if locked.version != version or locked.operation_id != case.operation_id:
            raise StaleCase
        if told.facts:
            before = [("before", locked.what, None)] if "what" in told.facts and locked.what else []
            cases.change_case(by=by, at=at, case=locked, facts=told.facts)
            if before:
                actions.add_notes(by=by, at=at, case=locked, notes=before)
        is_told = _write(by, at, locked, told)
    return locked, is_told


def _write(by: Member, at: datetime, case: Case, told: ConcernTold, everybody: list[Person] | None = None) -> bool:
    """Writes what the screen said, and adds whom it recorded to `everybody` of a new case. Whether somebody who was named now
    may have been met before, and it is to be told."""
    if told.operation is not None:
        cases.name_operation(by=by, at=at, case=case, name=told.operation)
    place = {} if told.place_kind is None else {"place": told.place_kind}
    new = [one for one in told.people if one.version is None]
    added = _add(by, at, case, new, place) if new else []
    if everybody is not None:
        everybody += added
    old = {one.id: one for one in told.people if one.version is not None}
    changed = _change(by, at, case, old, place) if old else []
    reach = None if changed else {one.id: [as_given(one.reach)] for one in new if one.reach}
    is_told = cases.compare_people(by=by, at=at, case=case, people=[*added, *changed], reach=reach)
    record.append(CODE, by=by, at=at, case=case.id, people=[one.id for one in told.people], fields=sorted(told.facts))
    return is_told


def _add(by: Member, at: datetime, case: Case, new: Sequence[PersonTold], place: Mapping[str, str]) -> list[Person]:
    rows = []
    for told in new:
        used = "possible_victim" in told.facts.get("roles", ())
        belief = belief_after("", may_be_used=used, has_signs=False, has_new_sign=False)
        rows.append((told.id, {**told.facts, **place, "belief": belief}))
    people = cases.add_people(by=by, at=at, case=case, people=rows)
    if where := [(person, as_given(told.reach)) for person, told in zip(people, new, strict=True) if told.reach]:
        cases.record_reported_addresses(by=by, at=at, case=case, addresses=where, are_new=True)
    meet_people(by=by, at=timezone.now(), people=people, are_new=True)
    acts = [(person, told.offence) for person, told in zip(people, new, strict=True) if told.is_suspected]
    if acts:
        cases.record_offences(by=by, at=at, case=case, offences=acts)
    return people


def _change(
    by: Member, at: datetime, case: Case, old: Mapping[UUID, PersonTold], place: Mapping[str, str]
) -> list[Person]:
    """The people who were changed, as they are now."""
    everybody = queries.known_people(case)
    people = [one for one in everybody if one.row.id in old]
    changes = []
    for one in people:
        told = old[one.row.id]
        facts = {**told.facts, **place}
        if "roles" in facts:
            facts["belief"] = belief_after(
                one.row.belief,
                is_decided=one.is_answered,
                may_be_used="possible_victim" in facts["roles"],
                has_signs=bool(one.signs),
                has_new_sign=False,
            )
        facts = {name: value for name, value in facts.items() if getattr(one.row, name) != value}
        if facts:
            changes.append((one.row.id, told.version or 0, facts))
    if changes:
        read = {one.row.id: one.row for one in people}
        changed = cases.change_people(by=by, at=at, case_id=case.id, changes=changes, read=read)
        if any(CALLED_BY & set(facts) for _, _, facts in changes):
            meet_people(by=by, at=timezone.now(), people=changed)
    for one in people:
        if old[one.row.id].is_suspected is not None:
            _suspect(by, at, case, one.row, old[one.row.id])
    reached = {one.row.id for one in people if _reach(by, at, case, one.row, old[one.row.id].reach)}
    named = reached | {person for person, _, facts in changes if set(facts) & DESCRIBES}
    return [one.row for one in people if one.row.id in named]


def _reach(by: Member, at: datetime, case: Case, row: Person, typed: str) -> bool:
    """Keeps where somebody who was recorded before can be reached. Whether it was not held yet."""
    if not typed or as_given(typed) in reach_of([row.id]).get(row.id, ()):
        return False
    cases.record_reported_addresses(by=by, at=at, case=case, addresses=[(row, as_given(typed))])
    return True


def as_given(typed: str) -> str:
    """A telephone or an address as it is kept: nobody has agreed with them that it is safe to use."""
    return as_reported([line("Given at the scene", typed)])


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
        changes = [(one.id, one.version or 0, one.facts) for one in people if one.facts]
        if changes:
            cases.change_people(by=by, at=at, case_id=case.id, changes=changes)


@dataclass(frozen=True)
class SignsTold:
    """What a screen of signs said: ticks made and taken back, what was taken from whom, beliefs answered, words."""

    seen: Collection[actions.Tick] = ()
    taken_back: Collection[actions.Tick] = ()
    seized: Mapping[UUID, Sequence[str]] = field(default_factory=dict)
    beliefs: Mapping[UUID, str] = field(default_factory=dict)
    words: str = ""


def record_signs(
    *, by: Member, at: datetime, case: Case, told: SignsTold, signs: Mapping[str, Sign], list_date: date
) -> bool:
    """Records signs, and of each person what follows: kinds of exploitation, and a belief for a supervisor to decide on. Whether
    somebody of whom there were no grounds until now may have been met before, and it is to be told.

    `signs` are those of the list that hold, by code.
    """
    with ledger.acting_on(case.id, by=by.user, at=at, code=actions.CODE) as (locked,):
        if told.seen or told.taken_back:
            met = locked.encountered_at
            actions.record_signs(
                by=by, at=met, case=locked, seen=told.seen, taken_back=told.taken_back, list_date=list_date
            )
        if told.words:
            actions.add_notes(by=by, at=at, case=locked, notes=[("own_words", told.words, None)])
        return _follow(by, at, locked, told, signs)


def _follow(by: Member, at: datetime, case: Case, told: SignsTold, signs: Mapping[str, Sign]) -> bool:
    """What signs, seizures and answers make of each person's own facts."""
    named = {person for _, person in (*told.seen, *told.taken_back) if person} | {*told.seized, *told.beliefs}
    if not named:
        return False
    everybody = queries.known_people(case)
    touched = [one for one in everybody if one.row.id in named]
    had = {one.row.id: _signs_before(one, told) for one in touched}
    had_none = {one.row.id for one in touched if one.row.belief == NONE}
    if told.beliefs:
        actions.record_beliefs(by=by, at=at, case=case, beliefs=told.beliefs, how="recorded")
    changes = [(one.row.id, one.row.version, facts) for one in touched if (facts := _facts(told, one, had[one.row.id]))]
    if changes:
        read = {one.row.id: one.row for one in touched}
        cases.change_people(by=by, at=at, case_id=case.id, changes=changes, read=read)
    _exploitation(by, at, case, [one for one in touched if one.signs != had[one.row.id]], had, signs)
    come_back = [one.row for one in touched if one.row.id in had_none and one.row.belief != NONE]
    return cases.compare_people(by=by, at=at, case=case, people=come_back)


def _signs_before(known: queries.KnownPerson, told: SignsTold) -> frozenset[str]:
    """The signs laid on them before this screen."""
    made = {code for code, whose in told.seen if whose == known.row.id}
    gone = {code for code, whose in told.taken_back if whose == known.row.id}
    return (known.signs - made) | gone


def _facts(told: SignsTold, known: queries.KnownPerson, had: frozenset[str]) -> dict[str, Any]:
    """The columns of one person that change."""
    person = known.row
    belief = belief_after(
        person.belief, answered=told.beliefs.get(person.id, ""), is_decided=known.is_answered,
        may_be_used="possible_victim" in person.roles, has_signs=bool(known.signs), has_new_sign=not known.signs <= had,
    )  # fmt: skip
    wanted = {
        "belief": belief,
        "seized": list(told.seized.get(person.id, person.seized)),
        "threats": list(threats_after(person.threats, had=had, has=known.signs)),
    }
    return {name: value for name, value in wanted.items() if getattr(person, name) != value}


def _exploitation(
    by: Member, at: datetime, case: Case, ticked: Sequence[queries.KnownPerson], had: Mapping[UUID, frozenset[str]],
    signs: Mapping[str, Sign],
) -> None:  # fmt: skip
    """Records the kinds that the signs point to, and takes back a bare one that only signs taken back pointed to."""
    new: list[tuple[Person, dict[str, str]]] = []
    gone: dict[UUID, set[str]] = {}
    for one in ticked:
        before = exploitation_types(sign for code, sign in signs.items() if code in had[one.row.id])
        types = exploitation_types(sign for code, sign in signs.items() if code in one.signs)
        new += [(one.row, {"type": kind}) for kind in types if kind not in one.kinds]
        if no_more := (set(before) - set(types)) & one.kinds:
            gone[one.row.id] = no_more
    if new:
        cases.record_exploitations(by=by, at=at, case=case, exploitations=new)
    rows = [row for row in queries.bare_exploitations(gone) if row.type in gone[row.person_id]] if gone else []
    if rows:
        cases.take_back_exploitations(by=by, at=at, case=case, exploitations=rows)
