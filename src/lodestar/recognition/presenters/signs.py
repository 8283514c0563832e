"""What the screen of signs shows beside its ticks: the other groups, what a search brought, words said before."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lodestar.design.when import moment
from lodestar.kernel.reference_lists import reference_list
from lodestar.recognition.models import Note
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


@dataclass(frozen=True)
class Said:
    """Words that somebody kept, with who and when."""

    words: str
    by: str
    when: str


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


def after(found: Sequence[Group], code: str) -> Group | None:
    """The group that comes next, None after the last."""
    position = next(at for at, group in enumerate(found) if group.code == code)
    return found[position + 1] if position + 1 < len(found) else None


def said(notes: Sequence[Note], now: datetime) -> list[Said]:
    """What was kept in somebody's own words."""
    return [Said(note.words, note.recorded_by.name, moment(note.recorded_at, now)) for note in notes]
