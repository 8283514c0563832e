"""Rows of one file that say the same in every cell: of nobody whose name or reference is told each is somebody else. Pure.

Four girls of one house, none of whom gives a name, are four equal rows; a row that a system exports twice is one. A name or the
sender's reference tells which it is, and without either nobody is lost for want of one.
"""

import hashlib
from collections import Counter
from dataclasses import replace

from lodestar.journeys.entries import Entry, Source
from lodestar.journeys.nobody_named import names_nobody
from lodestar.journeys.row_read import RowTold

_SHEETS = 10_000  # more than a workbook has parts


class EqualRows:
    """The rows of one file that came so far. Of a table as long as it likes only numbers are kept."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._sheets: list[str] = []
        self._first: dict[int, int] = {}  # by what a row is known, where the first that says so stands
        self._more: Counter[int] = Counter()

    def told_apart(self, entry: Entry, row: RowTold) -> RowTold:
        """The row, the first time it stands in the file. Once more it is the same, or where it tells of somebody without a name
        or a reference another one, with its number among them in what it is known by; either is told."""
        if entry.sheet not in self._sheets:
            self._sheets.append(entry.sheet)
        known = int(row.key[:16], 16)
        here = entry.number * _SHEETS + self._sheets.index(entry.sheet)
        first = self._first.setdefault(known, here)
        if first == here:
            return row
        number, sheet = divmod(first, _SHEETS)
        place = self._source.place(replace(entry, number=number, sheet=self._sheets[sheet]))
        if not is_of_nobody_named(row):
            return replace(row, notes=[*row.notes, f"it says the same as {place}, and was taken for the same"])
        self._more[known] += 1
        key = hashlib.sha256(f"{row.key}\n{self._more[known] + 1}".encode()).hexdigest()
        return replace(row, key=key, notes=[*row.notes, f"it says the same as {place} without a name: it is somebody else"])


def is_of_nobody_named(row: RowTold) -> bool:
    """Whether a row tells of somebody by whom no other row can be known: without a name, and without a reference."""
    return row.person is not None and not row.person_ref and names_nobody(str(row.person.get("name", "")))
