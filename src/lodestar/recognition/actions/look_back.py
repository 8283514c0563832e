"""People of cases and those of earlier records are looked at beside one another, whenever either comes in."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from lodestar.accounts.access import Member
from lodestar.cases.models import Person
from lodestar.recognition.models import MetBefore
from lodestar.recognition.queries.records import called_of, called_on
from lodestar.recognition.rules.earlier import NOT, SURE, Called, births_sought, how_alike
from lodestar.record import actions as record

CODE = "recognition.met_before"
NOBODY = UUID(int=0)  # what runs by itself at night


def meet_people(*, by: Member | None, at: datetime, people: Iterable[Person], are_new: bool = False) -> None:
    """Looks for earlier records of these people of cases, and lets go what holds no more, as where a name was put right. Of new
    people nothing is read first. `by` is nobody at night."""
    rows = list(people)
    births = {birth for person in rows for birth in births_sought(person.birth_date)}
    known = called_on(births)
    wanted = {
        (earlier, person.id): how == SURE
        for person in rows
        for earlier, how in _likest(Called(person.name, person.birth_date), known).items()
    }
    stands = MetBefore.objects.none() if are_new else MetBefore.objects.filter(person__in=[person.id for person in rows])
    standing = {(row.earlier_person_id, row.person_id): row for row in stands}
    gone = [row.id for pair, row in standing.items() if pair not in wanted or row.is_sure != wanted[pair]]
    if gone:
        MetBefore.objects.filter(id__in=gone).delete()
    _add(by, at, {pair: sure for pair, sure in wanted.items() if pair not in standing or standing[pair].id in gone})


def meet_records(*, by: Member, at: datetime, people: Collection[UUID]) -> None:
    """Looks for people of cases to whom these earlier records belong."""
    known = called_of(people)
    births = {birth for _, called in known for birth in births_sought(called.birth_date)}
    rows = Person.objects.filter(birth_date__in=births).only("id", "name", "birth_date") if births else []
    pairs = {
        (earlier, person.id): how == SURE
        for person in rows
        for earlier, how in _likest(Called(person.name, person.birth_date), known).items()
    }
    _add(by, at, pairs)


def _likest(called: Called, known: Collection[tuple[UUID, Called]]) -> dict[UUID, str]:
    """Of those known who may be the one called so: how, as the surest of their records has it."""
    found: dict[UUID, str] = {}
    for earlier, other in known:
        if found.get(earlier) != SURE and (how := how_alike(called, other)) != NOT:
            found[earlier] = how
    return found


def _add(by: Member | None, at: datetime, pairs: dict[tuple[UUID, UUID], bool]) -> None:
    """Keeps what was found, and writes it down as a combination (Data Protection Act 2018 section 62)."""
    if pairs:
        who, role = (by.user, by.role) if by else (NOBODY, "")
        record.append(CODE, by=who, role=role, at=at, people=sorted({one for pair in pairs for one in pair}))
        MetBefore.objects.bulk_create(
            (
                MetBefore(earlier_person_id=earlier, person_id=person, is_sure=is_sure, found_at=at)
                for (earlier, person), is_sure in pairs.items()
            ),
            ignore_conflicts=True,
        )
