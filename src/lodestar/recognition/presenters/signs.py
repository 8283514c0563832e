"""What the screen of signs shows beside its ticks: the other groups, what a search brought, words said before."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lodestar.cases.models import Person
from lodestar.design.when import moment
from lodestar.kernel.reference_lists import reference_list
from lodestar.recognition.models import BeliefDecision, Note, SignSeen
from lodestar.recognition.rules import Sign

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
    listed = reference_list("recognition", "signs").header["groups"]
    return [
        Group(row["code"], row["title"], number, len(listed), _ticked(counts[row["code"]]))
        for number, row in enumerate(listed, 1)
    ]


def _ticked(count: int) -> str:
    return f"{count} ticked" if count else "none ticked"


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
