"""What becomes of the rows of a file, in words."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from lodestar.platform.audit.presenters import capital

MOST_SHOWN = 40  # rows: no page is longer for a longer file
LONGEST_NOTE = 300  # characters: what is told of forty rows stays within the bytes of a page
_BECOMES = {"made": "New", "added": "Added to", "stood": "Already here", "refused": "Not imported", "let_go": "Not imported"}
_COUNTED = {"made": "new", "added": "added", "stood": "stood", "refused": "refused", "let_go": "refused"}


@dataclass(frozen=True)
class RowTable:
    """Rows of a table: where, what becomes of it, what is told of it; and how many more there are."""

    rows: list[tuple[str, str | dict[str, str], str]]
    more: int


@dataclass(frozen=True)
class ReportRow:
    """One row as it is told."""

    place: str
    becomes: str
    reference: str
    notes: tuple[str, ...]


def parse_report_rows(report_json: str) -> list[ReportRow]:
    """The rows of a report that was kept."""
    return [ReportRow(place, becomes, reference, tuple(notes)) for place, becomes, reference, notes in json.loads(report_json)]


def counted(lines: Iterable[ReportRow]) -> dict[str, int]:
    """How many rows became what."""
    return Counter(_COUNTED[line.becomes] for line in lines)


def lines_of(lines: Sequence[ReportRow], *, seen: Collection[str] = ()) -> RowTable:
    """Those that are not taken in first, then those of which something is told, then the others, each in the file's order.
    `seen`: references of cases that the reader may open."""
    rows = [(capital(line.place), _outcome_words(line, seen), _shorten_notes(line.notes)) for line in _ranked(lines)]
    return RowTable(rows, max(0, len(lines) - MOST_SHOWN))


def references_shown(lines: Sequence[ReportRow]) -> list[str]:
    """The references that stand on the page."""
    return [line.reference for line in _ranked(lines) if line.reference]


def _ranked(lines: Sequence[ReportRow]) -> list[ReportRow]:
    return sorted(lines, key=lambda line: (_COUNTED[line.becomes] != "refused", not line.notes))[:MOST_SHOWN]


def _outcome_words(line: ReportRow, seen: Collection[str]) -> str | dict[str, str]:
    words = f"{_BECOMES[line.becomes]} {line.reference}".strip()
    return {"words": words, "href": reverse("case", args=[line.reference])} if line.reference in seen else words


def _shorten_notes(notes: Sequence[str]) -> str:
    """The notes that fit, whole; of a first one that does not its beginning; and how many more there are."""
    fit = [note for place, note in enumerate(notes) if len("; ".join(notes[: place + 1])) <= LONGEST_NOTE]
    if notes and not fit:
        fit = [f"{notes[0][:LONGEST_NOTE].rpartition(' ')[0]}…"]
    more = len(notes) - len(fit)
    return "; ".join([*fit, f"and {more} more about this row"] if more else fit)


def summary(counted: Mapping[str, int]) -> str:
    """How many rows would become what, in one sentence."""
    return _sentence(counted, "would be new", "would be added to an existing case", "are already here", "cannot be imported")


def taken_words(counted: Mapping[str, int]) -> str:
    """How many rows became what, in one sentence."""
    return _sentence(counted, "are new", "were added to an existing case", "were already here", "were not imported")


def _sentence(counted: Mapping[str, int], *words: str) -> str:
    parts = [f"{counted.get(name, 0)} {says}" for name, says in zip(("new", "added", "stood", "refused"), words, strict=True)
            if counted.get(name, 0) or name == "new"]  # fmt: skip
    return f"Of the rows of the file {', '.join(parts)}."
