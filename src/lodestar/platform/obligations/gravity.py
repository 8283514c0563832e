"""How grave it is if what is owed waits: a child before somebody in custody, before somebody in danger. Worklists begin with
the gravest. It is read from structured facts only; what is not known adds nothing."""

from collections.abc import Mapping

from lodestar.platform.obligations.encounter_reading import PersonReading, Reading

CHILD, CUSTODY, DANGER = 4, 2, 1
WITH_CUSTODY = tuple(number for number in range(8) if number & CUSTODY)
WITH_DANGER = tuple(number for number in range(8) if number & DANGER)
NOT_OUT_OF_DANGER = ("no", "not_sure")


def gravity_of(person: PersonReading) -> int:
    """The sum of what holds of one living person: a child by Modern Slavery Act 2015 s51, arrested or in police custody with no
    release recorded, in danger. Where nothing is known of an age nobody is a child here, as in the rules."""
    if not person.is_living:
        return 0
    facts = person.facts
    in_custody = (person.in_custody or "arrest" in person.stages) and "release" not in person.events
    in_danger = facts.out_of_danger in NOT_OUT_OF_DANGER or facts.threats or facts.contact_lost or person.is_still_exploited
    return (CHILD if person.is_child else 0) + (CUSTODY if in_custody else 0) + (DANGER if in_danger else 0)


def gravities(read: Reading) -> Mapping[str | None, int]:
    """The gravity of each person by id; under None that of the case as a whole, which is that of its gravest person."""
    by_person: dict[str | None, int] = {person.id: gravity_of(person) for person in read.people}
    return {None: max(by_person.values(), default=0), **by_person}


def gravity_words(gravity: int) -> tuple[str, ...]:
    """What a gravity says, gravest first."""
    named = ((CHILD, "Child"), (CUSTODY, "Arrested or held"), (DANGER, "In danger"))
    return tuple(words for bit, words in named if gravity & bit)
