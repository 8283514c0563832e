"""The sheets of a workbook as rows of one table: those that name columns of it, in whatever order; of the others it is told."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice, zip_longest
from pathlib import Path

from lodestar.journeys.entries import AS_UTF8, HEAD, Entry, Source, as_csv, headed, is_of_a_day, names_of, no_names
from lodestar.journeys.report_lines import why_no_row
from lodestar.journeys.values_read import from_1904
from lodestar.kernel.cells import as_it_was
from lodestar.kernel.table_text import NotRead, known_name
from lodestar.kernel.typed import one_line
from lodestar.kernel.workbook import SheetRow, Workbook

LARGEST_WORKBOOK = 100_000_000  # bytes
SHOWS_NO_VALUE = "in the workbook"  # what a column is called under which the mark of a formula that failed is kept


def workbook_source(path: Path, columns: Sequence[str], most_unpacked: int) -> Source:
    """The rows of a workbook. Raises NotRead with one sentence."""
    known = frozenset(columns)
    if path.stat().st_size > LARGEST_WORKBOOK:
        raise NotRead(f"the workbook is larger than {LARGEST_WORKBOOK // 1_000_000} MB: split it, or save it as CSV")
    book = Workbook(path, most_unpacked)
    heads = {place: head for place in range(len(book.sheets.names)) if (head := _head(book, place, known))}
    if not heads:
        raise no_names(columns)
    first = next(iter(heads.values()))
    names, notes = names_of(first.cells, known)
    named = {place: names_of(head.cells, known)[0] for place, head in heads.items()}
    read = [place for place, other in named.items() if set(other) <= set(names)]
    if any(heads[place].lost for place in read):
        notes.append("the workbook does not hold the names of some columns: what stands under them is kept as text")
    notes += _of_sheets(book, read, [place for place in heads if place not in read])
    rows = _sheets(book, {place: (heads[place], named[place]) for place in read}, names, known)
    return Source("row", ".csv", rows, AS_UTF8 + as_csv(first.cells), notes)


def _head(book: Workbook, sheet: int, known: frozenset[str]) -> SheetRow | None:
    """The row of a sheet that names the columns; None where none of its first rows does."""
    for row in islice(book.rows(sheet), HEAD):
        named = {known_name(cell, known) for cell in row.cells}
        if len(known & named) > 1 or named <= known:
            return row
    return None


def _of_sheets(book: Workbook, read: Sequence[int], others: Sequence[int]) -> Iterator[str]:
    """What is told of the sheets: which were read where not all were, and which hold something that was not."""
    names = [one_line(name) for name in book.sheets.names]
    left = [name for place, name in enumerate(names) if place not in read]
    if len(read) > 1:
        yield f"the sheets {', '.join(names[place] for place in read)} were read one after the other"
        bare = [name for place, name in enumerate(names) if place not in read and place not in others]
        if bare:
            yield f"sheets that name no columns were not read: {', '.join(bare)}"
    elif left:
        yield f"only the sheet {names[read[0]]} was read, not {', '.join(left)}"
    for place in others:
        yield f"the sheet {names[place]} names columns too, and others: to import it, save it as a file of its own"
    if book.has_comments:
        yield "comments on cells were not read: put what matters of them into a column"
    if book.sheets.is_1904:
        yield "the workbook counts its days from 1904: a number where a day is meant was read so"
    if book.sheets.hidden:
        yield f"hidden sheets were not read: {', '.join(map(one_line, book.sheets.hidden))}"


def _sheets(
    book: Workbook, read: Mapping[int, tuple[SheetRow, Sequence[str]]], first: Sequence[str], known: frozenset[str]
) -> Iterator[Entry]:  # fmt: skip
    above = ""
    for sheet, (head, names) in read.items():
        above = yield from _entries(book, sheet, head, names, first, known, as_csv(head.cells) if above else "")


def _entries(
    book: Workbook, sheet: int, head: SheetRow, names: Sequence[str], first: Sequence[str], known: frozenset[str], above: str
) -> Generator[Entry, None, str]:  # fmt: skip
    """The rows of a sheet after its head. What goes back of one stands in the order of the first sheet's columns; or under the
    names `above` it, once there were others further down. Returns those that were last."""
    called = one_line(book.sheets.names[sheet]) if len(book.sheets.names) > 1 else ""
    for row in book.rows(sheet):
        if row.number <= head.number:
            continue
        if book.sheets.is_1904:
            row = _counted_from_1904(row, names, known)
        if again := headed(row.cells, names, known):
            names, above = again, as_csv(row.cells) if above or not set(again) <= set(first) else ""
        elif above:
            entry = _entry(names, names, row, called)
            yield replace(entry, raw=above + entry.raw)
        else:
            yield _entry(names, first, row, called)
    return above


def _counted_from_1904(row: SheetRow, names: Sequence[str], known: frozenset[str]) -> SheetRow:
    """The row with what its columns of days hold as numbers, which the workbook shows as such, as the days that it means."""
    of_days = set(filter(is_of_a_day, known))
    cells = (from_1904(cell) if name in of_days else cell for name, cell in zip_longest(names, row.cells, fillvalue=""))
    return replace(row, cells=tuple(islice(cells, len(row.cells))))


def _entry(names: Sequence[str], first: Sequence[str], row: SheetRow, sheet: str) -> Entry:
    extra = [cell for cell in row.cells[len(names) :] if cell.strip()]
    raw = as_csv(_in_order(row.cells, names, first))
    if row.lost:
        told = ", ".join(names[at] if at < len(names) else f"column {at + 1}" for at in sorted(row.lost))
        fault = f"the workbook is damaged and does not hold the text of its cells under {told}: write them there anew"
        return Entry(row.number, raw, fault=fault, sheet=sheet)
    if extra:
        fault = f"it has {len(row.cells)} cells where there are {len(names)} columns"
        return Entry(row.number, raw, fault=fault, sheet=sheet)
    cells = []
    for at, (name, cell) in enumerate(zip(names, row.cells, strict=False)):
        cells.append((f"{name} {SHOWS_NO_VALUE}" if at in row.errors else name, as_it_was(cell)))
    if fault := why_no_row(cells):
        return Entry(row.number, raw, fault=fault, sheet=sheet)
    return Entry(row.number, raw, cells=cells, notes=tuple(_of_a_row(names, row)), sheet=sheet)


def _of_a_row(names: Sequence[str], row: SheetRow) -> Iterator[str]:
    for places, words in (
        (row.formulas - row.errors - row.bare, "a formula was read as the value it had"),
        (row.bare - row.errors, "a formula that had no value yet is kept as its text"),
        (row.merged, "a cell that goes over several rows counts for each of them"),
        (row.errors, "what the spreadsheet could not work out is kept as text alone"),
    ):
        told = [names[at] for at in sorted(places) if at < len(names)]
        if told:
            yield f"{words}: {', '.join(told)}"
    if row.is_hidden:
        yield "the workbook hides this row, as a filter does"


def _in_order(cells: Sequence[str], names: Sequence[str], first: Sequence[str]) -> list[str]:
    """The cells as they would stand in the first sheet that was read; what stands beyond the columns comes last."""
    if list(names) == list(first):
        return list(cells)
    told = [""] * len(first)
    free = {name: [at for at, one in enumerate(first) if one == name] for name in first}
    for name, cell in zip(names, cells, strict=False):
        told[free[name].pop(0) if free[name] else first.index(name)] = cell
    return told + list(cells[len(names) :])
