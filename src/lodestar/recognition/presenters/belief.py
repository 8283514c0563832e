"""What a supervisor reads before deciding: signs in the words of the list, what was said, what was answered before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lodestar.cases.models import Person
from lodestar.design.when import moment
from lodestar.recognition.models import BeliefDecision, SignSeen
from lodestar.recognition.rules import Sign

BELIEFS = {
    "reasonable_grounds": "Reasonable grounds",
    "signs_only": "Signs only, for a supervisor to decide",
    "none": "No reasonable grounds recorded yet",
    "": "Not answered",
}


@dataclass(frozen=True)
class Seen:
    """The signs of one person or of the scene, in the words of the list."""

    on_person: tuple[str, ...]
    on_scene: tuple[str, ...]


@dataclass(frozen=True)
class Decided:
    """One answer given before: what, by whom, when, and why."""

    words: str
    by: str
    when: str
    because: str
    would_change: str


def seen(rows: Sequence[SignSeen], person: Person, signs: Mapping[str, Sign]) -> Seen:
    """The signs laid on the person and on the scene, each in the order of the list."""
    ticked = {(row.code, row.person_id) for row in rows}
    return Seen(
        on_person=tuple(sign.sentence for code, sign in signs.items() if (code, person.id) in ticked),
        on_scene=tuple(sign.sentence for code, sign in signs.items() if (code, None) in ticked),
    )


def decided(rows: Sequence[BeliefDecision], now: datetime) -> list[Decided]:
    """What was answered before, the latest first."""
    return [
        Decided(BELIEFS[row.belief], row.by.name, moment(row.decided_at, now), row.because, row.would_change)
        for row in rows
    ]
