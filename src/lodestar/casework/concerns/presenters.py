"""The frame of the recording screens: which step, which people are on the page, who to ring."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.concerns.models import BeliefDecision, Note, SignSeen
from lodestar.casework.concerns.rules import Sign
from lodestar.platform.design.when import moment
from lodestar.platform.text.reference_lists import reference_list

STEPS = 3
RING = ("emergency", "duty_sergeant")
LONGEST_PLACE = 60  # characters of a place in the line above a heading


@dataclass(frozen=True)
class Window:
    """Some of the people of a case, so that a page stays light however many they are."""

    people: tuple[Person, ...]
    more: int  # where the next begin, 0 when there are none


def caption(step: int, case: Case | None, now: datetime) -> str:
    """The line above the heading: `Step 2 of 3: Marlsea, 02:11`."""
    words = f"Step {step} of {STEPS}"
    if case is None:
        return words
    place = case.place if len(case.place) <= LONGEST_PLACE else f"{case.place[:LONGEST_PLACE]}…"
    when = case.encountered_as or moment(case.encountered_at, now)
    return f"{words}: {place}, {when}" if place else f"{words}: {when}"


def window(people: Sequence[Person], start: int, size: int) -> Window:
    """The people from the `start`th on, at most `size` of them."""
    first = start if 1 <= start <= len(people) else 1
    shown = tuple(people[first - 1 : first - 1 + size])
    after = first + size
    return Window(shown, after if after <= len(people) else 0)


def others(
    people: Sequence[Person], names: Mapping[Any, str], shown: Sequence[Any], size: int, href: str
) -> list[dict[str, Any]]:
    """Links to the people who are not on this page, by pages of `size`."""
    links = []
    for start in range(1, len(people) + 1, size):
        part = people[start - 1 : start - 1 + size]
        if any(person.id not in shown for person in part):
            links.append(
                {"words": ", ".join(names[person.id] for person in part), "href": f"{href}?from={start}", "start": start}
            )
    return links


SHORT = {"held_by_others": "Papers, phone, money held"}  # for a button


@dataclass(frozen=True)
class Group:
    """One group of signs: `number` in their order, `ticked` how many of it are recorded, in words."""

    code: str
    title: str
    number: int
    of: int
    ticked: str


def groups(ticks: Iterable[tuple[str, Any]], signs: Mapping[str, Sign]) -> list[Group]:
    """The groups of the list in their order."""
    counts = Counter(signs[code].group for code in {code for code, _ in ticks} if code in signs)
    listed = reference_list("concerns", "signs").header["groups"]
    return [
        Group(row["code"], row["title"], number, len(listed), f"{counts[row['code']] or 'none'} ticked")
        for number, row in enumerate(listed, 1)
    ]


def after(ordered: Sequence[Group], code: str) -> Group | None:
    """The group that comes next, None after the last."""
    position = next(at for at, group in enumerate(ordered) if group.code == code)
    return ordered[position + 1] if position + 1 < len(ordered) else None


def note_lines(notes: Sequence[Note], now: datetime) -> list[dict[str, Any]]:
    """What was kept in somebody's own words."""
    return [{"words": note.words, "by": note.recorded_by.name, "when": moment(note.recorded_at, now)} for note in notes]


BELIEFS = {
    "reasonable_grounds": "Reasonable grounds",
    "signs_only": "Signs only, for a supervisor to decide",
    "none": "No reasonable grounds recorded yet",
    "": "Not answered",
}


def seen(rows: Sequence[SignSeen], person: Person, signs: Mapping[str, Sign]) -> dict[str, Any]:
    """The signs laid on the person and on the scene, each in the order of the list."""
    ticked = {(row.code, row.person_id) for row in rows}
    return {
        "on_person": tuple(sign.sentence for code, sign in signs.items() if (code, person.id) in ticked),
        "on_scene": tuple(sign.sentence for code, sign in signs.items() if (code, None) in ticked),
    }


def decided(rows: Sequence[BeliefDecision], now: datetime) -> list[dict[str, Any]]:
    """What was answered before, the latest first."""
    return [
        {
            "words": BELIEFS[row.belief],
            "by": row.by.name,
            "when": moment(row.decided_at, now),
            "because": row.because,
            "would_change": row.would_change,
        }
        for row in rows
    ]
