"""The entries of a file as rows of concerns, those of one incident together. Pure."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import TypeVar

from lodestar.journeys.entries import Entry, Source
from lodestar.journeys.equal_rows import EqualRows, is_of_nobody_named
from lodestar.journeys.row_read import NothingTold, RowTold, row_of
from lodestar.kernel.table_text import NotRead

MOST_TOGETHER = 200  # rows of one incident that are written in one transaction
Kept = TypeVar("Kept")
Read = RowTold | str | None  # a row, why it is none, or None for an encounter


def together(source: Source, now: datetime, entries: Iterable[Entry] | None = None) -> Iterator[list[tuple[Entry, Read]]]:
    """The entries of a file in their order, each as it is read, with rows of one incident that follow one another as one.
    `entries` are all of them, where they were read before."""
    equal = EqualRows(source)
    found: list[tuple[Entry, Read]] = []
    open_for = ""
    try:
        for entry in source.entries if entries is None else entries:
            row = row_or_fault(entry, now)
            row = equal.told_apart(entry, row) if isinstance(row, RowTold) else row
            incident = row.incident if isinstance(row, RowTold) else ""
            if found and (not incident or incident != open_for or len(found) >= MOST_TOGETHER):
                yield found
                found = []
            open_for = incident
            found.append((entry, row))
    except NotRead:  # a workbook that is broken further down: what was read before stands
        if found:
            yield found
        raise
    if found:
        yield found


def several(groups: Iterable[list[tuple[Entry, Read]]], most: int) -> Iterator[list[list[tuple[Entry, Read]]]]:
    """The rows of one incident together with those of the next ones, `most` rows that are written in one transaction. What is no
    row comes by itself, in its place."""
    return gathered(groups, most, counts=len, is_alone=lambda group: not isinstance(group[0][1], RowTold))


def gathered(
    things: Iterable[Kept], most: int, *, counts: Callable[[Kept], int] = lambda _: 1,
    is_alone: Callable[[Kept], bool] = lambda _: False,
) -> Iterator[list[Kept]]:  # fmt: skip
    """What is read from a file, in its order, until it `counts` as `most` or more; what `is_alone` comes by itself. Where
    reading ends with NotRead, what was read before comes first."""
    found: list[Kept] = []
    try:
        for thing in things:
            if found and is_alone(thing):
                yield found
                found = []
            found.append(thing)
            if is_alone(thing) or sum(map(counts, found)) >= most:
                yield found
                found = []
    except NotRead:  # a workbook that is broken further down: what was read before stands
        if found:
            yield found
        raise
    if found:
        yield found


def have_equals(entries: Iterable[Entry], now: datetime, most: int) -> bool:
    """Whether two of the first entries tell of nobody named and say the same, so that they are two people in one file alone."""
    found: dict[int, int] = {}
    try:
        for entry in islice(entries, most):
            said = hash(tuple(sorted(cell for cell in entry.cells or () if cell[1].strip())))
            found[said] = found.get(said, 0) + 1
            if found[said] == 2 and isinstance(row := row_or_fault(entry, now), RowTold) and is_of_nobody_named(row):
                return True
    except NotRead:
        pass  # what was read before is all that can be told of
    return False


def row_or_fault(entry: Entry, now: datetime) -> Read:
    """What an entry says, or why it says nothing; None where it is no row of a table."""
    if entry.fault or entry.line is not None:
        return entry.fault or None
    try:
        return row_of(entry.cells or [], now, is_object=entry.is_object)
    except NothingTold as fault:
        return str(fault)
