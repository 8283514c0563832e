"""What becomes of the rows of a file, in words."""

import json
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from django.urls import reverse

from lodestar.exchange.imports.import_files import ADDED, LET_GO, MADE, REFUSED, STOOD, RowOutcome
from lodestar.platform.audit.presenters import capital

MOST_SHOWN = 40  # rows: no page is longer for a longer file
LONGEST_NOTE = 300  # characters: what is told of forty rows stays within the bytes of a page
_BECOMES = {MADE: "New", ADDED: "Added to", STOOD: "Already here", REFUSED: "Not imported", LET_GO: "Not imported"}
WOULD = ("would be new", "would be added to an existing case", "are already here", "cannot be imported")
DID = ("are new", "were added to an existing case", "were already here", "were not imported")
Lines = Sequence[tuple[str, RowOutcome]]  # each row by its place in the file


def parse_report_rows(report_json: str) -> Lines:
    """The rows of a report that was kept."""
    return [(place, RowOutcome(what, reference, tuple(notes))) for place, what, reference, notes in json.loads(report_json)]


def lines_of(lines: Lines, *, seen: Collection[str] = ()) -> dict[str, Any]:
    """Rows of a table, and how many more there are: those that are not taken in first, then those of which something is told,
    then the others, each in the file's order. `seen`: references of cases that the reader may open."""
    rows = [(capital(place), _outcome_words(row, seen), _shorten_notes(row.notes)) for place, row in _ranked(lines)]
    return {"rows": rows, "more": max(0, len(lines) - MOST_SHOWN)}


def references_shown(lines: Lines) -> list[str]:
    """The references that stand on the page."""
    return [row.reference for _, row in _ranked(lines) if row.reference]


def _ranked(lines: Lines) -> Lines:
    return sorted(lines, key=lambda line: (line[1].what not in (REFUSED, LET_GO), not line[1].notes))[:MOST_SHOWN]


def _outcome_words(row: RowOutcome, seen: Collection[str]) -> str | dict[str, str]:
    words = f"{_BECOMES[row.what]} {row.reference}".strip()
    return {"words": words, "href": reverse("case", args=[row.reference])} if row.reference in seen else words


def _shorten_notes(notes: Sequence[str]) -> str:
    """The notes as far as they fit."""
    words = "; ".join(notes)
    return words if len(words) <= LONGEST_NOTE else f"{words[:LONGEST_NOTE].rpartition(' ')[0]}…"


def summary(lines: Lines, words: Sequence[str]) -> str:
    """How many rows became what, or would, in one sentence."""
    counts = Counter(REFUSED if row.what == LET_GO else row.what for _, row in lines)
    outcomes = zip((MADE, ADDED, STOOD, REFUSED), words, strict=True)
    parts = [f"{counts[what]} {says}" for what, says in outcomes if counts[what] or what == MADE]
    return f"Of the rows of the file {', '.join(parts)}."
