"""How grave a wait is: a child, somebody in custody, danger; from structured facts alone."""

from datetime import UTC, datetime

from lodestar.platform.obligations.encounter_reading import reading
from lodestar.platform.obligations.facts import Birth, Encounter, Exploitation, PersonFacts, SuspectedAct
from lodestar.platform.obligations.gravity import CHILD, CUSTODY, DANGER, gravities
from lodestar.platform.obligations.settings import SHIPPED

MET = datetime(2026, 3, 2, 23, 40, tzinfo=UTC)
PEOPLE = {
    "nothing known": (PersonFacts("1"), 0),
    "in dispute": (PersonFacts("2", birth=Birth(basis="disputed")), CHILD),
    "under 18": (PersonFacts("3", birth=Birth(age_max=17)), CHILD),
    "18": (PersonFacts("4", birth=Birth(age_min=18, age_max=18)), 0),
    "held": (PersonFacts("5", place="custody"), CUSTODY),
    "arrested": (PersonFacts("6", suspected_of=(SuspectedAct(stage="arrest"),)), CUSTODY),
    "stopped": (PersonFacts("7", suspected_of=(SuspectedAct(stage="stop"),)), 0),
    "not out of danger": (PersonFacts("8", out_of_danger="no"), DANGER),
    "out of danger": (PersonFacts("9", out_of_danger="yes"), 0),
    "still in it": (PersonFacts("10", exploitation=(Exploitation(still_in_situation=True),)), DANGER),
    "dead": (PersonFacts("11", alive=False, place="custody", birth=Birth(age_max=12)), 0),
}


def test_each_fact_counts_as_it_should_and_a_case_as_its_gravest_person():
    encounter = Encounter(MET, people=tuple(person for person, _ in PEOPLE.values()))
    found = gravities(reading(encounter, SHIPPED))
    wrong = {name: found[person.id] for name, (person, expected) in PEOPLE.items() if found[person.id] != expected}
    assert wrong == {}
    assert found[None] == CHILD
