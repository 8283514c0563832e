"""A file of concerns, whatever it is: a table as text or as a workbook, or JSON lines. Its entries one by one, each with the text
that goes back to whoever has to put it right."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any

from lodestar.journeys.row_read import COLUMNS
from lodestar.kernel.cells import as_it_was, harmless
from lodestar.kernel.strict_json import read_json
from lodestar.kernel.table_text import (
    OLD_ENCODINGS,
    SAMPLE,
    Dialect,
    Line,
    NotRead,
    Record,
    dialect_of,
    encoding_of,
    known_name,
    lines_of,
    records,
    said_separator,
)
from lodestar.kernel.typed import one_line
from lodestar.kernel.workbook import SheetRow, Workbook

KNOWN = frozenset(COLUMNS)
OF_AN_ENCOUNTER = {"encountered_at", "people"}
LARGEST_WORKBOOK = 100_000_000  # bytes
LARGEST_WHOLE = 5_000_000  # bytes of a JSON value that is not one a line
HEAD = 20  # lines, in which the names of the columns are looked for
_OTHERS = (
    (b"\xd0\xcf\x11\xe0", "the file is a workbook of the old kind (.xls) or one with a password: save it as .xlsx or CSV"),
    (b"%PDF", "the file is a PDF: save the table as CSV or .xlsx"),
)
Cells = list[tuple[str, str]]


@dataclass(frozen=True)
class Entry:
    """One line or row: `cells` with the names of their columns, or `value`, what a line of JSON holds; or a `fault`. `raw` is its
    text as it goes back, empty where it is too long for that."""

    number: int
    raw: str
    cells: Cells | None = None
    line: bytes | None = None
    fault: str = ""
    notes: tuple[str, ...] = ()


@dataclass
class Source:
    """An open file: what its entries are called, how a file of rejected ones ends and begins, what is to be told of the whole."""

    unit: str
    ending: str
    entries: Iterator[Entry]
    head: str = ""
    notes: list[str] = field(default_factory=list)


def open_source(path: Path, columns: Sequence[str] = COLUMNS) -> Source:
    """The entries of a file whose columns are some of these. Raises NotRead with one sentence, and OSError."""
    with path.open("rb") as file:
        begins = file.read(8)
        file.seek(0)
        told = next((words for mark, words in _OTHERS if begins.startswith(mark)), "")
        if told:
            raise NotRead(told)
        if begins.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            return _workbook(path, columns)
        encoding = encoding_of(file)
    begun = next((line.text.lstrip("\ufeff \t\r\n") for line in _first(path, encoding) if line.text.strip()), "")
    if begun.startswith(("{", "[")):
        return _json_lines(path, "utf-8-sig" if encoding in {"utf-8", *OLD_ENCODINGS} else encoding, frozenset(columns))
    return _table(path, encoding, columns)


def _no_names(columns: Sequence[str]) -> NotRead:
    return NotRead(
        f"its first lines do not name the columns, of which there are {', '.join(columns[:4])} and others: "
        "put the names of the columns into the first line"
    )


def _first(path: Path, encoding: str) -> list[Line]:
    found: list[Line] = []
    for line in lines_of(path, encoding):
        found.append(line)
        if len(found) >= HEAD:
            break
    return found


# --- JSON ---------------------------------------------------------------------------------------------------------------


def _json_lines(path: Path, encoding: str, known: frozenset[str]) -> Source:
    whole = _whole(path, encoding, known)
    if whole is not None:
        return Source("item", ".jsonl", (_item(number, item, known) for number, item in enumerate(whole, 1)))
    lines = (line for line in lines_of(path, encoding) if line.text.strip() not in ("", "[", "]"))
    return Source("line", ".jsonl", (_json_line(line, known) for line in lines))


def _whole(path: Path, encoding: str, known: frozenset[str]) -> list[Any] | None:
    """What a file holds that is one JSON value over several lines, or a list of them; None where each line is one."""
    if path.stat().st_size > LARGEST_WHOLE:
        return None
    with suppress(ValueError):
        told = read_json(path.read_bytes().decode(encoding).encode())
        if isinstance(told, list):
            return told
        within = _within(told, known)
        return within or ([told] if len(_first(path, encoding)) > 1 else None)
    return None


def _within(told: object, known: frozenset[str]) -> list[Any] | None:
    """The list that an object holds alone, under whatever name: as systems wrap what they hand over."""
    if not isinstance(told, dict) or cells_of(told, known) or OF_AN_ENCOUNTER & set(told):
        return None
    lists = [value for value in told.values() if isinstance(value, list) and any(isinstance(one, dict) for one in value)]
    return lists[0] if len(lists) == 1 else None


def _item(number: int, item: Any, known: frozenset[str]) -> Entry:
    raw = json.dumps(item, ensure_ascii=True)
    return _json_line(Line(number, raw + "\n"), known)


def _json_line(line: Line, known: frozenset[str]) -> Entry:
    """An entry of the columns of a table, or the line itself for whoever reads encounters."""
    if line.is_cut:
        return Entry(line.number, "", fault="it is longer than a million bytes")
    sent = line.text.strip().removesuffix(",").encode("utf-8", "surrogateescape")
    with suppress(ValueError):
        cells = cells_of(read_json(sent), known)
        if cells is not None:
            return Entry(line.number, line.text, cells=cells)
    return Entry(line.number, line.text, line=sent)


def cells_of(told: object, known: frozenset[str] = KNOWN) -> Cells | None:
    """The cells of an object whose keys are columns; None for an encounter, and for whatever else it may be."""
    if not isinstance(told, dict) or OF_AN_ENCOUNTER & set(told):
        return None
    cells = [(known_name(str(key), known), _text(value)) for key, value in told.items()]
    return cells if known & {name for name, _ in cells} else None


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and abs(value) < 1e15 and value == int(value):
        return str(int(value))
    return json.dumps(value, ensure_ascii=False)


# --- tables as text ------------------------------------------------------------------------------------------------------


def _table(path: Path, encoding: str, columns: Sequence[str]) -> Source:
    known = frozenset(columns)
    lines = lines_of(path, encoding)
    first = list(islice(lines, HEAD))
    separator = said_separator(first[0].text.lstrip("\ufeff")) if first else ""
    sample = "".join(line.text for line in first)[:SAMPLE]
    found = [(at, *dialect_of(line.text, sample, known, separator)) for at, line in enumerate(first) if not line.is_cut]
    at, held, dialect = next((one for one in found if one[1] > 1), next((one for one in found if one[1]), (0, 0, Dialect())))
    if not held:
        raise _no_names(columns)
    head = next(records(iter([first[at]]), dialect)).cells
    names, notes = _names(head, known)
    if at > (1 if separator else 0):
        notes.append(f"the names of the columns stand in line {first[at].number}: what stands before it was not read")
    if encoding in OLD_ENCODINGS:
        notes.append(f"the file is not UTF-8: it was read as {OLD_ENCODINGS[encoding]}, so look at the letters of the names")
    rows = records(chain(first[at + 1 :], lines), dialect)
    text = first[at].text
    begin = (f"sep={separator}\n" if separator else "") + (text if text.endswith(("\n", "\r")) else text + "\n")
    return Source("line", ".csv", (_row(names, row) for row in rows), begin.lstrip("\ufeff"), notes)


def _names(head: Sequence[str], known: frozenset[str]) -> tuple[list[str], list[str]]:
    """The names of the columns, and what is to be told of them. One without a name is called by its place."""
    names = [name if name in known else one_line(cell) or f"column {at}" for at, (name, cell) in
             enumerate(((known_name(cell, known), cell) for cell in head), 1)]  # fmt: skip
    unknown = [name for name, cell in zip(names, head, strict=True) if name not in known and cell.strip()]
    notes = []
    if unknown:
        notes.append(f"columns that are not known, kept as text: {', '.join(unknown)}")
    twice = sorted({name for name in names if name in known and names.count(name) > 1})
    if twice:
        notes.append(f"columns that stand twice, of which the first with something in it counts: {', '.join(twice)}")
    return names, notes


def _row(names: Sequence[str], record: Record) -> Entry:
    if record.fault:
        return Entry(record.number, record.raw, fault=record.fault)
    extra = sum(1 for cell in record.cells[len(names) :] if cell.strip())
    if extra:
        marks = f"it has {len(record.cells)} cells where there are {len(names)} columns"
        return Entry(record.number, record.raw, fault=f"{marks}: put a text that holds the separator into quotation marks")
    cells = [(name, as_it_was(cell)) for name, cell in zip(names, record.cells, strict=False)]
    notes = ("zero bytes in it were left out",) if "\0" in record.raw else ()
    return Entry(record.number, record.raw, cells=cells, notes=notes)


# --- workbooks -----------------------------------------------------------------------------------------------------------


def _workbook(path: Path, columns: Sequence[str]) -> Source:
    known = frozenset(columns)
    if path.stat().st_size > LARGEST_WORKBOOK:
        raise NotRead(f"the workbook is larger than {LARGEST_WORKBOOK // 1_000_000} MB: split it, or save it as CSV")
    book = Workbook(path)
    heads = [(place, head) for place in range(len(book.sheets.names)) if (head := _head(book, place, known))]
    if not heads:
        raise _no_names(columns)
    head = heads[0][1]
    names, notes = _names(head.cells, known)
    same = [place for place, other in heads if _names(other.cells, known)[0] == names]
    notes += _of_sheets(book, same, [place for place, _ in heads if place not in same])
    rows = chain.from_iterable(_rows_after(book, place, dict(heads)[place].number) for place in same)
    return Source("row", ".csv", (_sheet_row(names, row) for row in rows), as_csv(head.cells), notes)


def _head(book: Workbook, sheet: int, known: frozenset[str]) -> SheetRow | None:
    """The row of a sheet that names the columns; None where none of its first rows does."""
    for row in islice(book.rows(sheet), HEAD):
        named = {known_name(cell, known) for cell in row.cells}
        if len(known & named) > 1 or named <= known:
            return row
    return None


def _rows_after(book: Workbook, sheet: int, head: int) -> Iterator[SheetRow]:
    return (row for row in book.rows(sheet) if row.number > head)


def _of_sheets(book: Workbook, read: Sequence[int], others: Sequence[int]) -> Iterator[str]:
    """What is told of the sheets: which were read where not all were, and which hold something that was not."""
    names = [one_line(name) for name in book.sheets.names]
    if len(read) > 1:
        yield f"the sheets {', '.join(names[place] for place in read)} were read one after the other"
    elif len(names) > 1:
        left = [name for place, name in enumerate(names) if place not in read]
        yield f"only the sheet {names[read[0]]} was read, not {', '.join(left)}"
    for place in others:
        yield f"the sheet {names[place]} names columns too, and others: to import it, save it as a file of its own"
    if book.sheets.hidden:
        yield f"hidden sheets were not read: {', '.join(map(one_line, book.sheets.hidden))}"


def _sheet_row(names: Sequence[str], row: SheetRow) -> Entry:
    raw = as_csv(row.cells)
    extra = [cell for cell in row.cells[len(names) :] if cell.strip()]
    if extra:
        return Entry(row.number, raw, fault=f"it has {len(row.cells)} cells where there are {len(names)} columns")
    cells = [(name, as_it_was(cell)) for name, cell in zip(names, row.cells, strict=False)]
    told = [names[at] for at in sorted(row.formulas)]
    notes = (f"a formula was read as the value it had: {', '.join(told)}",) if told else ()
    return Entry(row.number, raw, cells=cells, notes=notes)


def as_csv(cells: Sequence[str]) -> str:
    """A line of a table that no spreadsheet runs anything of."""
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow([harmless(cell) for cell in cells])
    return out.getvalue()
