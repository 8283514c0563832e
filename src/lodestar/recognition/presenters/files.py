"""Words of a file that is taken in by a page: what each row would become, the ones to look at first."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

MOST_SHOWN = 40  # rows: no page is longer for a longer file
LONGEST_NOTE = 240  # characters
_BECOMES = {"made": "New", "added": "Added to", "stood": "Stands already", "refused": "Not taken in"}
_BECAME = {**_BECOMES, "stood": "Stood already"}
_COUNTED = {"made": "new", "added": "added", "stood": "stood", "refused": "refused"}


class Told(Protocol):
    """One row as it is told."""

    @property
    def place(self) -> str: ...
    @property
    def becomes(self) -> str: ...
    @property
    def reference(self) -> str: ...
    @property
    def notes(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Shown:
    """Rows of a table: where, what becomes of it, what is told of it; and how many more there are."""

    rows: list[tuple[str, str, str]]
    more: int


@dataclass(frozen=True)
class Kept:
    """One row as it was told when the file was taken in."""

    place: str
    becomes: str
    reference: str
    notes: tuple[str, ...]


def kept_lines(told: str) -> list[Kept]:
    """The rows of a report that was kept."""
    return [Kept(place, becomes, reference, tuple(notes)) for place, becomes, reference, notes in json.loads(told)]


def counted(lines: Iterable[Told]) -> dict[str, int]:
    """How many rows became what."""
    return Counter(_COUNTED[line.becomes] for line in lines)


def lines_of(lines: Sequence[Told], *, done: bool = False) -> Shown:
    """Those that are not taken in first, then those of which something is told, then the others, each in the file's order."""
    ranked = sorted(lines, key=lambda line: (line.becomes != "refused", not line.notes))
    words = _BECAME if done else _BECOMES
    rows = [
        (_upper(line.place), f"{words[line.becomes]} {line.reference}".strip(), "; ".join(line.notes)[:LONGEST_NOTE])
        for line in ranked[:MOST_SHOWN]
    ]
    return Shown(rows, max(0, len(lines) - MOST_SHOWN))


def summary(counted: Mapping[str, int]) -> str:
    """How many rows would become what, in one sentence."""
    return _sentence(counted, "would be new", "would be added to a case that stands", "stand already", "cannot be taken in")


def taken_words(counted: Mapping[str, int]) -> str:
    """How many rows became what, in one sentence."""
    return _sentence(counted, "are new", "were added to a case that stood", "stood already", "were not taken in")


def _sentence(counted: Mapping[str, int], *words: str) -> str:
    told = [f"{counted.get(name, 0)} {says}" for name, says in zip(("new", "added", "stood", "refused"), words, strict=True)
            if counted.get(name, 0) or name == "new"]  # fmt: skip
    return f"Of the rows of the file {', '.join(told)}."


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
