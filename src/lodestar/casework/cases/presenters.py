"""How a person of a case is called on a page: by the name they gave, else by what was seen, else by their number."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from lodestar.casework.cases.models import FirstAccount, Person
from lodestar.platform.design.when import day_time
from lodestar.platform.obligations.ages import age_in_words
from lodestar.platform.obligations.facts import Birth
from lodestar.platform.text.reference_lists import words_of
from lodestar.platform.text.sorting import isolated
from lodestar.platform.time.days import london_date
from lodestar.platform.time.fuzzy import partial_date

LONGEST = 40  # characters of a name on a button
person_words = partial(words_of, "cases", "person_words")  # what the codes of a kind are called
PLACES, PARTS = person_words("place"), person_words("part")


def label(person: Person) -> str:
    """The words by which a person is told from the others of their case."""
    return isolated(_words(person))


def _words(person: Person) -> str:
    return person.name.strip() or person.description.strip() or f"Person {person.number}"


def labels(people: Iterable[Person]) -> dict[UUID, str]:
    """A label for each person by id, short enough for a button. Two alike are told apart by their numbers."""
    short = {person.id: (_short(_words(person)), person.number) for person in people}
    seen = Counter(words.casefold() for words, _ in short.values())
    return {
        person: f"{isolated(words)} ({number})" if seen[words.casefold()] > 1 else isolated(words)
        for person, (words, number) in short.items()
    }


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"


def age_words(person: Person, on: date) -> str:
    """The age on a day as it was given, in words: `looks 16 or 17`, `says 17`; empty when nothing is known."""
    born = partial_date(person.birth_date) if person.birth_date else None
    return age_in_words(Birth(born, person.age_min, person.age_max, person.age_basis), on)


def with_age(person: Person, on: date) -> str:
    """The label and the age, where there is one: `Kieran, says 16`."""
    age = age_words(person, on)
    return f"{label(person)}, {age}" if age else label(person)


def person_heading(person: Person) -> dict[str, Any]:
    """What stands at the head of a page about one person: they, their case, and how old they were when they were met."""
    return {"person": person, "case": person.case, "who": with_age(person, london_date(person.case.encountered_at))}


DO_NOT_ASK = "It is their account: watch it. Do not ask them to repeat it, and do not retype it."


def video(row: FirstAccount) -> str:
    """A video as anybody finds it again: `Body-worn video BWV-7714, 3 March 2026, 02:14, officer 4471`."""
    officer = f", officer {row.officer}" if row.officer else ", officer’s number not recorded"
    return f"Body-worn video {row.reference}, {row.taken_words or day_time(row.taken_at)}{officer}"


def videos(rows: Iterable[FirstAccount]) -> list[str]:
    """These videos in words, each once."""
    return list(dict.fromkeys(video(row) for row in rows))
