"""Whom a search in the log may name, for those who see no case: never anybody of a sealed one."""

from collections.abc import Iterable
from uuid import UUID

from lodestar.casework.cases.models import Person
from lodestar.intelligence.identities.queries import compared, people_called
from lodestar.intelligence.identities.rules.match_reasons import Described

NO_VICTIM = "none"  # the belief of those who are filed under nothing


def people_for_log(name: str, most: int) -> list[UUID]:
    """The people of a name, for whoever answers who has looked at them: of cases that are not sealed, whatever is believed of
    them, who fits best first. They see no case for it."""
    rows = Person.objects.filter(case__sealed=False)
    fits = people_called(rows, name, most)
    unfiled = rows.filter(belief=NO_VICTIM).exclude(name="").values_list("id", "name")
    fits += compared(Described(names=(name,)), list(unfiled.iterator()))
    return [person for person, _ in sorted(fits, key=lambda row: (row[1], row[0]))][:most]


def shown_in_log(people: Iterable[UUID]) -> list[Person]:
    """These people with their cases, in this order, without those of sealed cases."""
    rows = Person.objects.select_related("case").filter(case__sealed=False).in_bulk(list(people))
    return [rows[person] for person in people if person in rows]


def numbers_for_log(people: Iterable[UUID]) -> dict[UUID, str]:
    """How these people are called in the log, which names nobody: by their case and their number in it; those of sealed cases
    are left out."""
    rows = Person.objects.filter(id__in=list(people), case__sealed=False).values_list("id", "case__reference", "number")
    return {person: f"person {number} in {reference}" for person, reference, number in rows}
