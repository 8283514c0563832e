"""The frame of the recording screens: which step, which people are on the page, who to ring."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.concerns.rules import Sign
from lodestar.platform.design.when import moment
from lodestar.platform.text.reference_lists import reference_list

STEPS = 3
RING = ("emergency", "duty_sergeant")
LONGEST_PLACE = 60  # characters of a place in the line above a heading


def caption(step: int, case: Case | None, now: datetime) -> str:
    """The line above the heading: `Step 2 of 3: Marlsea, 02:11`."""
    words = f"Step {step} of {STEPS}"
    if case is None:
        return words
    place = case.place if len(case.place) <= LONGEST_PLACE else f"{case.place[:LONGEST_PLACE]}…"
    when = case.encountered_as or moment(case.encountered_at, now)
    return f"{words}: {place}, {when}" if place else f"{words}: {when}"


def window(people: Sequence[Person], start: int, size: int) -> tuple[Sequence[Person], int]:
    """The people from the `start`th on, at most `size` of them, so that a page stays light; and where the next begin, 0 when
    there are none."""
    first = start if 1 <= start <= len(people) else 1
    after = first + size
    return people[first - 1 : after - 1], after if after <= len(people) else 0


def others(people: Sequence[Person], names: Mapping[Any, str], shown: Sequence[Any], size: int) -> list[dict[str, Any]]:
    """The people who are not on this page, by pages of `size`: where each begins, and who is on it."""
    parts = [(start, people[start - 1 : start - 1 + size]) for start in range(1, len(people) + 1, size)]
    return [
        {"words": ", ".join(names[person.id] for person in part), "start": start}
        for start, part in parts
        if any(person.id not in shown for person in part)
    ]


SHORT = {"held_by_others": "Papers, phone, money held"}  # for a button


def groups(ticks: Iterable[tuple[str, Any]], signs: Mapping[str, Sign]) -> list[dict[str, Any]]:
    """The groups of signs in their order: of how many each is which, and how many of it are recorded, in words."""
    counts = Counter(signs[code].group for code in {code for code, _ in ticks} if code in signs)
    listed = reference_list("concerns", "signs").header["groups"]
    return [
        {**row, "number": number, "of": len(listed), "ticked": f"{counts[row['code']] or 'none'} ticked"}
        for number, row in enumerate(listed, 1)
    ]


BELIEFS = {
    "reasonable_grounds": "Reasonable grounds",
    "signs_only": "Signs only, for a supervisor to decide",
    "none": "No reasonable grounds recorded yet",
    "": "Not answered",
}
