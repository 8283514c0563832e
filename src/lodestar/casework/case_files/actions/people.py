"""Recording people and what is known of them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import ProtectedError
from django.forms.models import model_to_dict
from django.utils import timezone

from lodestar.casework.cases.models import AllegedOffence, Case, Exploitation, FirstAccount, Person, PersonVersion
from lodestar.casework.cases.people_listeners import (
    PersonChange,
    announce_changed,
    announce_recorded,
    announce_suspected,
    compare_people,
)
from lodestar.casework.cases.rules import ARRESTED, CUSTODY, KEPT, evidence_summary, is_a_list, may_be_held
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.actions import answer_duty
from lodestar.casework.ledger.models import Obligation
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.obligations.closing_records import BY_PAGE
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.text.ids import new_id
from lodestar.platform.text.sorting import sort_key
from lodestar.platform.text.text_normalise import one_line, several_lines

# Reported of a person, in the order in which it decides their category (Data Protection Act 2018 section 38(3)).
CATEGORIES = (("possible_victim", "victim"), ("suspect", "suspect"), ("exploiter", "suspect"), ("witness", "witness"))


def category_of(roles: list[str]) -> str:
    """The category that a person's parts in the case give; a possible victim is a victim first, whatever else."""
    return next((category for role, category in CATEGORIES if role in roles), "other")


def add_person(*, by: Member, at: datetime, case: Case, facts: Mapping[str, Any], person_id: UUID | None = None) -> Person:
    """Records a person in the case. `facts` are columns that are known; all may be missing."""
    return add_people(by=by, at=at, case=case, people=[(person_id or new_id(), facts)])[0]


def add_people(
    *, by: Member, at: datetime, case: Case, people: Sequence[tuple[UUID, Mapping[str, Any]]], is_new: bool = False
) -> list[Person]:  # fmt: skip
    """Records several people at once, each under the id made for them, in their order. One event names them all. `is_new`: the
    case was made in the same transaction, and has nobody yet."""
    with ledger.acting_on(case.id, by=by.user, at=at, code="cases.person_recorded") as (locked,):
        numbers = Person.objects.none() if is_new else Person.objects.filter(case=locked)
        last = numbers.order_by("-number").values_list("number", flat=True).first() or 0
        now = timezone.now()
        made = Person.objects.bulk_create(
            Person(
                id=person_id,
                case=locked,
                number=number,
                recorded_at=now,
                recorded_by_id=by.user,
                **_with_derived(facts, at if may_be_held(at, now) else None),
            )
            for number, (person_id, facts) in enumerate(people, last + 1)
        )
        announce_recorded(made, met={locked.id: locked.encountered_at}, known_reach={})
        if people:
            audit(
                "cases.person_recorded", by=by, at=at, case=locked.id, people=[person_id for person_id, _ in people],
                fields=sorted({name for _, facts in people for name in facts}),
            )  # fmt: skip
        return made


def _with_derived(facts: Mapping[str, Any], held_from: datetime | None = None) -> dict[str, Any]:
    """The facts with what follows from them: met in custody is held since then, `held_from`, unless that is not said."""
    derived = dict(facts)
    if held_from and facts.get("place") == CUSTODY:
        derived = {"held_from": held_from} | derived
    if "name" in facts:
        derived["sort_key"] = sort_key(facts["name"])[:400]
    if "roles" in facts:
        derived["category"] = category_of(list(facts["roles"]))
    return derived


def change_person(*, by: Member, at: datetime, person: Person, version: int, facts: Mapping[str, Any]) -> Person:
    """Changes what is recorded of a person and keeps what it said before.

    Raises ConcurrentEdit when the row is no longer the `version` that the writer had before them.
    """
    return change_people(by=by, at=at, case_id=person.case_id, changes=[(person.id, version, facts)])[0]


def change_people(
    *,
    by: Member,
    at: datetime,
    case_id: UUID,
    changes: Sequence[tuple[UUID, int, Mapping[str, Any]]],
    read: Mapping[UUID, Person] | None = None,
) -> list[Person]:
    """Changes what is recorded of several people of a case: of each their id, the version seen, and the new facts.

    `read` are their rows where the caller has read them under the lock of the case. Raises ConcurrentEdit for the first
    that is no longer that version; then none is changed.
    """
    with ledger.acting_on(case_id, by=by.user, at=at, code="cases.person_changed") as (case,):
        ids = [person_id for person_id, _, _ in changes]
        rows = read or {row.id: row for row in Person.objects.select_for_update().filter(id__in=ids).order_by("id")}
        stale = next((rows[changed_id] for changed_id, version, _ in changes if rows[changed_id].version != version), None)
        if stale is not None:
            raise ConcurrentEdit(stale)
        PersonVersion.objects.bulk_create(_as_it_was(rows[changed_id], by) for changed_id in ids)
        fields = {name for changed, _, facts in changes for name, value in facts.items() if getattr(rows[changed], name) != value}
        columns, written, since = {"version"}, [], at if may_be_held(at, timezone.now()) else None
        for changed_id, _, facts in changes:
            written.append(PersonChange(rows[changed_id], facts.keys(), rows[changed_id].belief))
            for name, value in _with_derived(facts, None if rows[changed_id].held_from else since).items():
                setattr(rows[changed_id], name, value)
                columns.add(name)
            rows[changed_id].version += 1
        Person.objects.bulk_update([rows[changed_id] for changed_id in ids], sorted(columns))
        announce_changed(written, met={case_id: case.encountered_at})
        audit("cases.person_changed", by=by, at=at, case=case_id, people=ids, fields=sorted(fields))
    return [rows[changed_id] for changed_id in ids]


def _as_it_was(row: Person, by: Member) -> PersonVersion:
    before = {
        name: value if isinstance(value, (str, int, bool, list, type(None))) else str(value)
        for name, value in model_to_dict(row).items()
        if name not in ("id", "case")
    }
    return PersonVersion(person=row, version=row.version, said=before, changed_at=timezone.now(), changed_by_id=by.user)


def record_exploitation(*, by: Member, at: datetime, person: Person, facts: Mapping[str, Any]) -> Exploitation:
    """Records one exploitation of a person."""
    return record_rows(model=Exploitation, by=by, at=at, case=person.case, rows=[(person, facts)])[0]


def change_exploitation(*, by: Member, at: datetime, exploitation: Exploitation, facts: Mapping[str, Any]) -> Exploitation:
    """Changes what is recorded of one exploitation. Raises ConcurrentEdit where it is no longer as `exploitation` says."""
    _change_row(by, at, exploitation.person, exploitation, facts, [f"exploitation_{name}" for name in facts])
    return exploitation


def _change_row(by: Member, at: datetime, person: Person, row: Any, facts: Mapping[str, Any], fields: list[str]) -> None:
    """Changes what hangs on a person. Raises ConcurrentEdit where anything of it is no longer as `row` says."""
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="cases.person_changed"):
        theirs = type(row).objects.filter(id=row.id).first()
        if theirs is None or model_to_dict(theirs) != model_to_dict(row):
            raise ConcurrentEdit
        for name, value in facts.items():
            setattr(row, name, value)
        row.save(update_fields=list(facts))
        _now_held(at, [person] if facts.get("stage") in ARRESTED else [])
        if isinstance(row, AllegedOffence):
            announce_suspected(by=by, at=at, offences=[row])
        _note(by, at, person, row.id, fields)


def record_offence(*, by: Member, at: datetime, person: Person, facts: Mapping[str, Any]) -> AllegedOffence:
    """Records an act that a person is suspected of."""
    return record_rows(model=AllegedOffence, by=by, at=at, case=person.case, rows=[(person, facts)])[0]


def record_rows(
    *, model: Any, by: Member, at: datetime, case: Case, rows: Sequence[tuple[Person, Mapping[str, Any]]]
) -> list[Any]:
    """Records exploitation, or acts that people are suspected of, for people of a case. One event names them all."""
    with ledger.acting_on(case.id, by=by.user, at=at, code="cases.person_changed"):
        made = model.objects.bulk_create(model(id=new_id(), person=person, **facts) for person, facts in rows)
        _now_held(at, [person for person, facts in rows if facts.get("stage") in ARRESTED])
        if model is AllegedOffence:
            announce_suspected(by=by, at=at, offences=made)
        if people := {person.id for person, _ in rows}:
            subject = str(made[0].id) if len(made) == 1 else ""
            audit(
                "cases.person_changed", by=by, at=at, case=case.id, people=sorted(people), subject=subject,
                fields=[model.__name__.lower()],
            )  # fmt: skip
    return list(made)


def _now_held(at: datetime, people: Sequence[Person]) -> None:
    """These were arrested by `at`, and are held since then, unless it is known since when they are."""
    new = [person for person in people if person.held_from is None]
    if not new or not may_be_held(at, timezone.now()):
        return
    Person.objects.filter(id__in=[person.id for person in new], held_from__isnull=True).update(held_from=at)
    for person in new:
        person.held_from = at


def change_offence(
    *, by: Member, at: datetime, person: Person, offence: AllegedOffence, facts: Mapping[str, Any]
) -> AllegedOffence:
    """Changes what an act is said to be, or how far the case against the person has gone. Raises ConcurrentEdit where
    anything of it is no longer as `offence` says."""
    _change_row(by, at, person, offence, facts, list(facts))
    return offence


def take_back_offence(*, by: Member, at: datetime, person: Person, offence: AllegedOffence) -> bool:
    """Takes an act off a person. Returns False, and leaves it, where a decision already rests on it."""
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="cases.person_changed"):
        offence_id = offence.id
        try:
            offence.delete()
        except ProtectedError:
            return False
        if not AllegedOffence.objects.filter(person=person, stage__in=ARRESTED).exists():  # the arrest was a mistake
            unsaid = Person.objects.filter(id=person.id, in_custody_from__isnull=True, released_at__isnull=True)
            unsaid.exclude(place=CUSTODY).update(held_from=None)
        _note(by, at, person, offence_id, ["allegedoffence"])
    return True


def take_back_exploitations(*, by: Member, at: datetime, case: Case, exploitations: Sequence[Exploitation]) -> None:
    """Takes exploitation off people of a case. One event names them all."""
    with ledger.acting_on(case.id, by=by.user, at=at, code="cases.person_changed"):
        Exploitation.objects.filter(id__in=[row.id for row in exploitations]).delete()
        people = sorted({row.person_id for row in exploitations})
        audit("cases.person_changed", by=by, at=at, case=case.id, people=people, fields=["exploitation"])


def _note(by: Member, at: datetime, person: Person, row: UUID, fields: list[str]) -> None:
    audit("cases.person_changed", by=by, at=at, case=person.case_id, people=[person.id], subject=str(row), fields=fields)


def learn_of_person(*, by: Member, at: datetime, person: Person, version: int, facts: Mapping[str, Any]) -> bool:
    """Changes what is recorded of a person and compares them. Whether anything new is to be told to the writer: what, the page
    of the concern says. Raises ConcurrentEdit, as `change_person`."""
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="cases.person_changed") as (case,):
        changed = change_person(by=by, at=at, person=person, version=version, facts=facts)
        return compare_people(by=by, at=at, case=case, people=[changed])


EVIDENCE = "golden_hour_evidence"


def record_first_account(
    *,
    by: Member,
    at: datetime,
    people: Sequence[Person],
    reference: str,
    officer: str = "",
    words: str = "",
    kept_evidence: Collection[str] = (),
    more: str = "",
) -> list[FirstAccount]:
    """Records that the first account of these people of one case is on a video taken at `at`, and what else was kept.

    With a list of what was kept it answers what is owed of them as `golden_hour_evidence`.
    """
    (case_id,) = {person.case_id for person in people}
    codes = [code for code in KEPT if code in kept_evidence]
    with ledger.acting_on(case_id, by=by.user, at=at, code="cases.first_account_recorded") as (case,):
        now = timezone.now()
        rows = FirstAccount.objects.bulk_create(
            FirstAccount(
                person=person,
                reference=one_line(reference)[:60],
                officer=one_line(officer)[:40],
                taken_at=at,
                taken_words=words[:40],
                kept=codes,
                more=several_lines(more)[:400],
                recorded_at=now,
                recorded_by_id=by.user,
            )
            for person in people
        )
        audit(
            "cases.first_account_recorded", by=by, at=at, case=case_id, people=sorted(person.id for person in people),
            fields=["reference", *(["kept"] if codes or more else [])],
        )  # fmt: skip
        owed = Obligation.objects.filter(case=case, person__in=people, code=EVIDENCE, state="open")
        if is_a_list(codes, more) and (open_ones := list(owed)):
            because = f"Video {rows[0].reference}. {evidence_summary(codes, more)}"
            answer_duty(by=by, at=at, case=case, obligations=open_ones, kind="done", because=because, record=BY_PAGE)
    return rows
