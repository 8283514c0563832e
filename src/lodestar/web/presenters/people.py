"""People of a case in words that anybody may read over a shoulder: their part, their age and how it is known, the belief."""

from collections.abc import Sequence
from datetime import date

from lodestar.cases.models import Person
from lodestar.cases.presenters.people import age_words

PARTS = {
    "possible_victim": "possible victim",
    "suspect": "suspected of something",
    "exploiter": "suspected exploiter",
    "witness": "witness",
}
AGE_KNOWN_BY = {
    "document": "identity document",
    "stated": "they said so",
    "estimated": "by appearance",
    "disputed": "in dispute",
    "assessed": "age assessment",
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


def age_with_basis(person: Person, met: date) -> str:
    """The age on the day they were met and how it is known: `16 (they said so)`; empty when nothing is known."""
    basis = AGE_KNOWN_BY.get(person.age_basis, "")
    age = age_words(person, met)
    return f"{age} ({basis})" if age and basis else age or basis


def caption(person: Person, met: date) -> str:
    """The part and the age, for the line above a name."""
    return ", ".join(part for part in (part_words(person), age_with_basis(person, met)) if part)


def not_known(person: Person, met: date) -> Sequence[str]:
    """What nobody has recorded of the person, in a few words each."""
    return [
        words
        for words, value in (
            ("name", person.name),
            ("age", age_words(person, met)),
            ("language", person.language),
            ("the place of the encounter", person.place),
        )
        if not value
    ]
