"""People of a case in words that anybody may read over a shoulder: their part, their age and how it is known, the belief."""

from collections.abc import Sequence

from lodestar.cases.models import Person
from lodestar.cases.presenters.people import age_words
from lodestar.kernel.facts import PersonFacts

PARTS = {
    "possible_victim": "possible victim",
    "suspect": "suspected of something",
    "exploiter": "suspected exploiter",
    "witness": "witness",
}
AGE_KNOWN_BY = {
    "document": "a paper shows it",
    "stated": "says so",
    "estimated": "looks it",
    "disputed": "in dispute",
    "assessed": "an age assessment found it",
}
BELIEFS = {
    "reasonable_grounds": "Reasonable grounds",
    "signs_only": "Signs seen, not decided yet",
    "none": "No reasonable grounds recorded yet",
}


def part_words(person: Person) -> str:
    """The person's part in the case, with more than one where they have it."""
    words = ", also ".join(PARTS.get(role, role) for role in person.roles)
    return words[:1].upper() + words[1:] if words else "Part not recorded"


def age_with_basis(person: Person, facts: PersonFacts | None = None) -> str:
    """The age as it was when met and how it is known: `16, says so`; empty when nothing is known."""
    age = age_words(person, person.recorded_at.date())
    if not age and person.birth_date:
        age = f"born {person.birth_date}"
    basis = AGE_KNOWN_BY.get(person.age_basis, "")
    return ", ".join(part for part in (age, basis) if part)


def caption(person: Person) -> str:
    """The part and the age, for the line above a name."""
    return ", ".join(part for part in (part_words(person), age_with_basis(person)) if part)


def not_known(person: Person) -> Sequence[str]:
    """What nobody has recorded of the person, in a few words each."""
    return [
        words
        for words, value in (
            ("name", person.name),
            ("age", age_words(person, person.recorded_at.date()) or person.birth_date),
            ("language", person.language),
            ("where they are", person.place),
        )
        if not value
    ]
