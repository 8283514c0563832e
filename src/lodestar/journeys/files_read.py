"""A file of concerns, whatever it is: a table as text or as a workbook, or JSON lines. Its entries one by one, each with the text
that goes back to whoever has to put it right."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from stat import S_ISREG
from typing import Any

from lodestar.journeys.entries import (
    AS_UTF8,
    HEAD,
    Cells,
    Entry,
    Source,
    column_of,
    headed,
    is_of_a_day,
    names_of,
    no_names,
)
from lodestar.journeys.report_lines import why_no_row
from lodestar.journeys.row_read import COLUMNS
from lodestar.journeys.sheets_read import workbook_source
from lodestar.journeys.typed_days import is_month_first
from lodestar.kernel.cells import as_it_was, forced_text
from lodestar.kernel.old_letters import OLD_ENCODINGS, Guess
from lodestar.kernel.strict_json import read_json, values_in
from lodestar.kernel.table_text import (
    OLD,
    SAMPLE,
    Dialect,
    Line,
    NotRead,
    Record,
    dialect_of,
    encoding_of,
    lines_of,
    old_guess_of,
    records,
    said_separator,
    text_of,
)
from lodestar.kernel.typed import one_line
from lodestar.kernel.workbook import MOST_UNPACKED

KNOWN = frozenset(COLUMNS)
OF_AN_ENCOUNTER = {"encountered_at", "people"}
LOOKED_AT = 200  # entries, in which it is seen whether the month stands first in days
LARGEST_WHOLE = 5_000_000  # bytes of a JSON value that is not one a line
_OTHERS = (
    (b"\xd0\xcf\x11\xe0", "the file is a workbook of the old kind (.xls) or one with a password: save it as .xlsx or CSV"),
    (b"%PDF", "the file is a PDF: save the table as CSV or .xlsx"),
    (b"\x1f\x8b", "the file is packed (gzip): unpack it first"),
    (b"7z\xbc\xaf", "the file is packed (7-Zip): unpack it first"),
    (b"Rar!", "the file is packed (RAR): unpack it first"),
    (b"SQLite format 3", "the file is a database: save the table as CSV or .xlsx"),
)
_TWICE_SAVED = re.compile("\\w{0,30}[ÃÅÄ][\x80-\xbf\u2018-\u203a\u20ac]\\w*")  # UTF-8 that was taken for Windows-1252 and saved
_ESCAPED_BYTE = re.compile(r"\\udc[89a-f][0-9a-f]")
_HALF_A_SIGN = re.compile("[\ud800-\udc7f\udd00-\udfff]")  # as a JSON text may write one; what stands for a byte is no such
_SAVE = "open it in a spreadsheet and save it as .xlsx or CSV"
_MARKED = (
    ("<", f"the file is a web page or XML, which some systems call .xls: {_SAVE}"),
    ("{\\rtf", "the file is a document (RTF): save its table as CSV or .xlsx"),
)


def open_source(path: Path, columns: Sequence[str] = COLUMNS, most_unpacked: int = MOST_UNPACKED) -> Source:
    """The entries of a file whose columns are some of these; of a workbook no part that is larger than so many bytes. It is told
    where the month stands first in some days. Raises NotRead with one sentence, and OSError."""
    source = _opened(path, columns, most_unpacked)
    first, fault = _begun(source.entries)
    cells = (cell for entry in first for cell in entry.cells or ())
    shown = next((text for name, text in cells if is_of_a_day(name) and is_month_first(text)), "")
    if shown:
        source.notes.append(
            f"some days have the month first, such as {one_line(shown)[:40]}. Where both were possible, the first figure was "
            "read as the day: check these"
        )
    source.entries = _all(first, fault, source.entries)
    return source


def _begun(entries: Iterator[Entry]) -> tuple[list[Entry], NotRead | None]:
    """The first entries, and what ended them too soon."""
    first: list[Entry] = []
    try:
        first.extend(islice(entries, LOOKED_AT))
    except NotRead as fault:
        return first, fault
    return first, None


def _all(first: list[Entry], fault: NotRead | None, rest: Iterator[Entry]) -> Iterator[Entry]:
    yield from first
    if fault:
        raise fault
    yield from rest


def _opened(path: Path, columns: Sequence[str], most_unpacked: int) -> Source:
    if not path.is_dir() and not S_ISREG(path.stat().st_mode):
        raise NotRead("what is named is no file but a pipe or a device: save what it gives to a file first")
    with path.open("rb") as file:
        begins = file.read(16)
        file.seek(0)
        told = next((words for mark, words in _OTHERS if begins.startswith(mark)), "")
        if told:
            raise NotRead(told)
        if begins.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            return workbook_source(path, columns, most_unpacked)
        encoding = encoding_of(file)
    guess = old_guess_of(path) if encoding == OLD else None
    encoding = guess.name if guess else encoding
    begun = next((line.text.lstrip("\ufeff \t\r\n") for line in _first(path, encoding) if line.text.strip()), "")
    told = next((words for mark, words in _MARKED if begun.startswith(mark)), "")
    if told:
        raise NotRead(told)
    if begun.startswith(("{", "[")):
        source = _json_lines(path, "utf-8-sig" if encoding == "utf-8" else encoding, frozenset(columns))
    else:
        source = _table(path, encoding, columns)
    if guess:
        source.notes.append(_of_letters(guess))
    return source


def _of_letters(guess: Guess) -> str:
    """What is told of a file that is not UTF-8: what it was taken for, by which words that shows, what else it may be."""
    shown = f", such as {', '.join(guess.words)}" if guess.words else ""
    other = f"; if they are wrong it is {OLD_ENCODINGS[guess.other]}, and has to be saved as UTF-8" if guess.other else ""
    name = OLD_ENCODINGS[guess.name]
    return f"the file is not UTF-8: it was read as {name}, so look at the letters of the names{one_line(shown)[:200]}{other}"


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
    if (parts := _in_parts(path, encoding, known)) is not None:
        return Source("item", ".jsonl", iter(parts))
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


def _in_parts(path: Path, encoding: str, known: frozenset[str]) -> list[Entry] | None:
    """The values that follow one another in a file over several lines each, or in a list that ends too soon, with what is left
    last; None where each stands in a line of its own."""
    begun = (line.text.strip() for line in _first(path, encoding))
    first = next((text for text in begun if text not in ("", "[")), "")
    if path.stat().st_size > LARGEST_WHOLE or (first.startswith("{") and first.rstrip(",").endswith("}")):
        return None
    told, rest = values_in(text_of(path, encoding))
    if not told or not isinstance(told[0], dict):
        return None
    found = [_item(number, item, known) for number, item in enumerate(told, 1)]
    return [*found, _json_line(Line(len(found) + 1, rest + "\n"), known)] if rest else found


def _within(told: object, known: frozenset[str]) -> list[Any] | None:
    """The list that an object holds alone, under whatever names: as systems wrap what they hand over."""
    if not isinstance(told, dict) or cells_of(told, known) or OF_AN_ENCOUNTER & set(told):
        return None
    lists = [value for value in told.values() if isinstance(value, list) and any(isinstance(one, dict) for one in value)]
    objects = [value for value in told.values() if isinstance(value, dict)]
    if not lists and len(objects) == 1:
        return _within(objects[0], known)
    return lists[0] if len(lists) == 1 else None


def _item(number: int, item: Any, known: frozenset[str]) -> Entry:
    """An entry of a value by itself. Bytes in it that are no text stay such, so that it is refused as a line with them is."""
    raw = json.dumps(item, ensure_ascii=True)
    if _ESCAPED_BYTE.search(raw):
        raw = _HALF_A_SIGN.sub(lambda half: f"\\u{ord(half[0]):04x}", json.dumps(item, ensure_ascii=False))
    return _json_line(Line(number, raw + "\n"), known)


def _json_line(line: Line, known: frozenset[str]) -> Entry:
    """An entry of the columns of a table, or the line itself for whoever reads encounters."""
    if line.is_cut:
        return Entry(line.number, "", fault="it is longer than a million bytes, and does not go back: shorten it in the file")
    sent = line.text.strip().removesuffix(",").encode("utf-8", "surrogateescape")
    with suppress(ValueError):
        cells = cells_of(read_json(sent), known)
        if cells is not None:
            return Entry(line.number, line.text, cells=cells, is_object=True)
    return Entry(line.number, line.text, line=sent)


def cells_of(told: object, known: frozenset[str] = KNOWN) -> Cells | None:
    """The cells of an object whose keys are columns; None for an encounter, and for whatever else it may be."""
    if not isinstance(told, dict) or OF_AN_ENCOUNTER & set(told):
        return None
    cells = [(column_of(str(key), known), _text(value)) for key, value in told.items()]
    return cells if known & {name for name, _ in cells} else None


def _text(value: Any) -> str:
    if value is None or value in ([], {}):
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    if isinstance(value, dict) and value and all(isinstance(one, str | None) for one in value.values()):
        return " ".join(filter(None, value.values()))  # a name in its parts
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
        raise no_names(columns)
    head = next(records(iter([first[at]]), dialect)).cells
    names, notes = names_of(head, known)
    if at > (1 if separator else 0):
        notes.append(f"the names of the columns stand in line {first[at].number}: what stands before it was not read")
    if twice := _TWICE_SAVED.search(sample):
        notes.append(f"letters such as those of {one_line(twice[0])} look as if they had been saved wrongly before: they are "
                     "kept as they stand")  # fmt: skip
    rows = records(chain(first[at + 1 :], lines), dialect, len(names))
    text = first[at].text
    begin = (f"sep={separator}\n" if separator else "") + (text if text.endswith(("\n", "\r")) else text + "\n")
    return Source("line", ".csv", _rows(names, rows, known), AS_UTF8 + begin.lstrip("\ufeff"), notes)


def _rows(names: Sequence[str], rows: Iterator[Record], known: frozenset[str]) -> Iterator[Entry]:
    """The rows under the names that stand above them: where others follow further down, a row goes back with those, and so does
    each after it, since what went back before may have stood under others."""
    first, above = names, ""
    for row in rows:
        if again := headed(row.cells, names, known):
            names, above = again, row.raw if above or again != first else ""
        else:
            yield _row(names, row, above)


def _row(names: Sequence[str], record: Record, above: str) -> Entry:
    raw = above + record.raw if record.raw else ""
    if record.fault:
        return Entry(record.number, raw, fault=record.fault)
    extra = sum(1 for cell in record.cells[len(names) :] if cell.strip())
    if extra:
        marks = f"it has {len(record.cells)} cells where there are {len(names)} columns"
        return Entry(record.number, raw, fault=f"{marks}: put a text that holds the separator into quotation marks")
    cells = [(name, as_it_was(forced_text(cell))) for name, cell in zip(names, record.cells, strict=False)]
    if fault := why_no_row(cells):
        return Entry(record.number, raw, fault=fault)
    notes = ["zero bytes in it were left out"] if "\0" in record.raw else []
    if len(cells) < len(names) and not record.raw.endswith(("\n", "\r")):
        notes.append("the file ends within it, before its last column: look whether it was cut off")
    return Entry(record.number, raw, cells=cells, notes=tuple(notes))
