"""How old a person of a case may be, as the rules read it."""

from lodestar.cases.models import Person
from lodestar.cases.queries.facts import encounters
from lodestar.cases.queries.settings import settings_in_force
from lodestar.cases.rules import AgeReading, treat_as


def age_of(person: Person) -> AgeReading:
    """Whether the person is treated as a child, and why (Modern Slavery Act 2015 s51)."""
    encounter = encounters([person.case])[person.case_id]
    facts = next(one for one in encounter.people if one.id == str(person.id))
    return treat_as(encounter, facts, settings_in_force())
