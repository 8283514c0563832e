"""Index keys of people."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.cases.people_listeners import PersonChange
from lodestar.casework.safe_addresses.queries import reach_of
from lodestar.intelligence.identities.models import PersonIndexKey
from lodestar.intelligence.identities.queries import describe, hashed, serialise_description
from lodestar.intelligence.identities.rules.blind_index import marks_of
from lodestar.platform.text.ids import new_id

MARKED_BY = frozenset({"name", "birth_date", "age_min", "age_max"})  # the columns of a person that marks are made of
NO_GROUNDS = "none"
AT_ONCE = 2000


def index_people(
    people: Sequence[Person], *, met: Mapping[UUID, datetime], known_reach: Mapping[UUID, Sequence[str]] | None = None
) -> int:
    """Files these people anew. `met` says by case when they were met, which is when their ages were true. `known_reach` is
    all that is held of where they can be reached, where the caller knows it. Who is believed to be no victim is filed
    under nothing. How many were filed."""
    reach = reach_of([person.id for person in people]) if known_reach is None else known_reach
    rows, unindexed_ids = [], []
    for person in people:
        row = _row(person, met.get(person.case_id), reach.get(person.id, ())) if is_filed(person) else None
        if row is None:
            unindexed_ids.append(person.id)
        else:
            rows.append(row)
    if unindexed_ids:
        PersonIndexKey.objects.filter(person__in=unindexed_ids).delete()
    if rows:
        PersonIndexKey.objects.bulk_create(
            rows, batch_size=2000, update_conflicts=True, update_fields=["marks", "told"], unique_fields=["tenant", "person"]
        )
    return len(rows)


def index_changed_people(changes: Sequence[PersonChange], *, met: Mapping[UUID, datetime]) -> None:
    """Files anew those of whom a column that marks are made of was written, or who can be found now or no more."""
    refiled = [
        change.person
        for change in changes
        if MARKED_BY & set(change.fields) or (change.belief_before != NO_GROUNDS) != is_filed(change.person)
    ]
    if refiled:
        index_people(refiled, met=met)


def is_filed(person: Person) -> bool:
    """Whether somebody can be found at all: who is believed to be no victim leaves no mark."""
    return person.belief != NO_GROUNDS


def mark_some(*, after: UUID | None, only_new: bool) -> tuple[UUID | None, int]:
    """Files the next people after this one, in order of id: the last of them, or None where there is none, and how many
    were filed."""
    people = Person.objects.only("id", "case").order_by("id")
    if only_new:
        people = people.exclude(id__in=PersonIndexKey.objects.values("person"))
    some = list((people.filter(id__gt=after) if after else people)[:AT_ONCE])
    if not some:
        return None, 0
    # Read again once their cases are held, as by whoever saves: what is saved meanwhile is not put back to what it was.
    cases = Case.objects.select_for_update(no_key=True).filter(id__in={row.case_id for row in some}).order_by("id")
    met = dict(cases.values_list("id", "encountered_at"))
    now = list(Person.objects.filter(id__in=[row.id for row in some]).order_by("id"))
    return some[-1].id, index_people(now, met=met)


def _row(person: Person, met: datetime | None, reach: Sequence[str]) -> PersonIndexKey | None:
    description = describe(person, met, reach)
    marks = sorted(hashed(marks_of(description)))
    return (
        PersonIndexKey(id=new_id(), person_id=person.id, marks=marks, told=serialise_description(description)) if marks else None
    )
