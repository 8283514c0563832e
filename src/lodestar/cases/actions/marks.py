"""The marks of people, made anew in the transaction that changes what they rest on."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from lodestar.cases.models import Case, Person, PersonMarks
from lodestar.cases.queries.matching import described, marks_kept, to_told
from lodestar.cases.queries.people import reach_of
from lodestar.kernel.days import london_date
from lodestar.kernel.ids import new_id

MARKED_BY = frozenset({"name", "birth_date", "age_min", "age_max"})  # the columns of a person that marks are made of
NO_GROUNDS = "none"
AT_ONCE = 2000


def mark_people(
    people: Sequence[Person], *, met: Mapping[UUID, datetime], told: Mapping[UUID, Sequence[str]] | None = None
) -> int:
    """Files these people anew. `met` says by case when they were met, which is when their ages were true. `told` is all that
    is held of where they can be reached, where the caller knows it. Who is believed to be no victim is filed under nothing. How
    many were filed."""
    reach = reach_of([person.id for person in people]) if told is None else told
    rows, gone = [], []
    for person in people:
        row = _row(person, met.get(person.case_id), reach.get(person.id, ())) if is_filed(person) else None
        if row is None:
            gone.append(person.id)
        else:
            rows.append(row)
    if gone:
        PersonMarks.objects.filter(person__in=gone).delete()
    if rows:
        PersonMarks.objects.bulk_create(
            rows, batch_size=2000, update_conflicts=True, update_fields=["marks", "told"], unique_fields=["tenant", "person"]
        )
    return len(rows)


def is_filed(person: Person) -> bool:
    """Whether somebody can be found at all: who is believed to be no victim leaves no mark."""
    return person.belief != NO_GROUNDS


def mark_everybody(*, only_new: bool = False) -> int:
    """Files everybody of this force anew, or only those who are not filed yet, in this one transaction: how many."""
    count, last = 0, None
    while True:
        last, filed = mark_some(after=last, only_new=only_new)
        if last is None:
            return count
        count += filed


def mark_some(*, after: UUID | None, only_new: bool) -> tuple[UUID | None, int]:
    """Files the next people after this one, in order of id: the last of them, or None where there is none, and how many
    were filed."""
    people = Person.objects.only("id", "case").order_by("id")
    if only_new:
        people = people.exclude(id__in=PersonMarks.objects.values("person"))
    some = list((people.filter(id__gt=after) if after else people)[:AT_ONCE])
    if not some:
        return None, 0
    # Read again once their cases are held, as by whoever saves: what is saved meanwhile is not put back to what it was.
    cases = Case.objects.select_for_update(no_key=True).filter(id__in={row.case_id for row in some}).order_by("id")
    met = dict(cases.values_list("id", "encountered_at"))
    now = list(Person.objects.filter(id__in=[row.id for row in some]).order_by("id"))
    return some[-1].id, mark_people(now, met=met)


def _row(person: Person, met: datetime | None, reach: Sequence[str]) -> PersonMarks | None:
    told = described(
        name=person.name, born=person.birth_date, age_min=person.age_min, age_max=person.age_max,
        on=london_date(met) if met else None, reach=reach,
    )  # fmt: skip
    marks = marks_kept(told)
    return PersonMarks(id=new_id(), person_id=person.id, marks=marks, told=to_told(told)) if marks else None
