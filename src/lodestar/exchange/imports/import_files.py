"""A file that comes in: a table whose headings are the template's or were mapped by a person, or lines of JSON; what becomes of
one row of it; what stops one row, and what stops all."""

import io
import json
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from django.db import DatabaseError, IntegrityError, OperationalError

from lodestar.platform.tables.rules import CONFIRMED, REASON, Template
from lodestar.platform.tables.table_files import (
    IGNORED,
    OLD_TEXT,
    NotRead,
    Opener,
    Row,
    Table,
    TwoHeadings,
    columns_for,
    encoding_of,
    folded_heading,
    headings_as_shown,
    text_of,
    text_table,
)
from lodestar.platform.tables.workbook import workbook_table
from lodestar.platform.text.csv_safety import harmless, table
from lodestar.platform.text.strict_json import read_json
from lodestar.platform.text.text_normalise import one_line

MADE, ADDED, STOOD, LET_GO, REFUSED = "made", "added", "stood", "let_go", "refused"


@dataclass(frozen=True)
class RowOutcome:
    """What became of one row: made (its concern), added (to one that stood), stood already, let go, or refused; the case's
    reference, which is empty where whoever imports may not know of the case; what they are told of it, which of a row that is
    not taken in begins with why; what the other system calls it; and whether it may show a sign."""

    what: str
    reference: str = ""
    notes: tuple[str, ...] = ()
    name: str = ""
    has_sign: bool = False


LONGEST_TOLD = 1_000  # characters
AT_ONCE = 1_000_000  # bytes
# Classes of PostgreSQL's error codes: no connection (also without a code), held by others, no room, told to stop, a fault of
# the system.
NOT_OF_A_LINE = ("", "08", "40", "53", "55", "57", "58")
BUSY = ("40001", "40P01", "55P03")  # others held what the row needed: the number of the next case, mostly
MOST_TRIES = 5  # each waits as long as a statement may for a lock (5 s)
WHY_NOT_KEPT = "a value cannot be kept: one of them is of a kind or a length that has no place here"
Done = TypeVar("Done")


class RowRejected(ValueError):
    """A row or line that does not come in; `str` says why in one sentence, `path` in which of its cells, where it is one."""

    def __init__(self, why: str, path: str = "") -> None:
        super().__init__(why)
        self.path = path


def printable(words: str) -> str:
    """The words as a terminal may print them: what was sent cannot move its cursor, nor go on for ever."""
    return one_line(words)[:LONGEST_TOLD]


def printable_file_name(path: Path) -> str:
    """What a file is called, as it can be kept: the bytes of its name need not be text."""
    return one_line(os.fsencode(path.name).decode("utf-8", "replace"))


def is_of_the_database(error: BaseException) -> bool:
    """Whether it tells of a database that is gone, stopping or full, and so would be told of every line to come."""
    return isinstance(error, OperationalError) and _code(error)[:2] in NOT_OF_A_LINE


def attempt(write: Callable[[], Done], tries: int = MOST_TRIES) -> Done:
    """What the write gives. Tried again once where somebody wrote the same meanwhile, and some times more where others keep the
    database busy, who are no fault of a row. Raises RowRejected for what cannot be kept."""
    try:
        return tried(write, tries)
    except RowRejected:
        raise
    except (DatabaseError, ValueError) as error:
        if is_of_the_database(error):
            raise
        raise RowRejected(WHY_NOT_KEPT) from None


def tried(write: Callable[[], Done], tries: int = MOST_TRIES) -> Done:
    """What the write gives. Done again once where somebody wrote the same meanwhile, and `tries` times more where others keep
    the database busy. Raises what the last try raises."""
    for _ in range(tries):
        try:
            return write()
        except OperationalError as error:
            if _code(error) not in BUSY:
                raise
        except IntegrityError:
            break
    return write()


def _code(error: BaseException) -> str:
    return getattr(error.__cause__, "sqlstate", None) or ""


OF_AN_ENCOUNTER = frozenset({"encountered_at", "people"})
LONGEST_LINE = 1_000_000  # characters of JSON
CHANGED_SHOWN = 10
_NAMES = ("name", "forename", "surname")
_AGES = frozenset({"born", "age"})
WORDS = frozenset({*_NAMES, "narrative"})
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
Cells = list[tuple[str, str]]


@dataclass(frozen=True)
class Entry:
    """One row or line. `cells` are those with something in them, by their columns; `others` stand under headings that are not
    read. `line` is what a line of JSON holds that is no row. `came` is all of it as it goes back."""

    number: int
    cells: Cells = field(default_factory=list)
    others: Cells = field(default_factory=list)
    came: tuple[str, ...] = ()
    line: str | None = None
    fault: str = ""


@dataclass(frozen=True)
class ImportFile:
    """A file of one kind. `unmapped` are its headings that nobody has decided about: while there are any it has no entries.
    `entries` reads it from its beginning each time it is called."""

    template: Template
    entries: Callable[[], Iterator[Entry]]
    headings: tuple[str, ...] = ()
    unmapped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    unit: str = "line"
    is_json: bool = False

    def place(self, entry: Entry) -> str:
        """Where an entry stands: line 3."""
        return f"{self.unit} {entry.number}"

    def rejects(self, rejected: Sequence[tuple[Entry, str]]) -> str:
        """These entries as a file to put right, each with the reason; no spreadsheet runs anything of it."""
        if self.is_json:
            return _storable("".join(f"{entry.came[0]}\n" for entry, _ in rejected))
        existing_headings = set(map(folded_heading, self.headings))
        extra = [CONFIRMED] if CONFIRMED in self.template.columns and folded_heading(CONFIRMED) not in existing_headings else []
        places = [at for at, heading in enumerate(self.headings) if folded_heading(heading) != folded_heading(REASON)]
        rows = [
            [*(entry.came[at] if at < len(entry.came) else "" for at in places), *entry.came[len(self.headings) :],
             *("" for _ in extra), reason]
            for entry, reason in rejected
        ]  # fmt: skip
        head = [*(self.headings[at] for at in places), *extra, REASON]
        return table([harmless(text) for text in head], [[_storable(text) for text in row] for row in rows]).decode()


def _storable(text: str) -> str:
    """The text as it can be kept: what is no letter stands as a question mark."""
    return text.encode("utf-8", "replace").decode()


def open_import(file: Opener, template: Template, decided: Mapping[str, str], ignored: Collection[str] = ()) -> ImportFile:
    """The file as one of this template. `decided` is the column of each folded heading beside the template's own names, empty
    where what stands under it is not read, as under those `ignored`. Raises NotRead."""
    names = {**decided, **template.names, **dict.fromkeys(map(folded_heading, ignored), IGNORED)}
    with file() as opened:
        start = opened.read(4)
    if start == _OLD_WORKBOOK:
        raise NotRead("the file is a workbook of the old kind (.xls) or has a password: save it as .xlsx or CSV")
    if start.startswith(b"PK"):
        return _of_table(workbook_table(file, lambda heading: template.knows(heading, decided)), template, names)
    encoding = encoding_of(file)
    with text_of(file, encoding) as text:
        begins = text.read(2_000).lstrip()[:1]
    if begins == "[":
        raise NotRead("the file is a list in JSON: write each of its objects on a line of its own, without the brackets")
    if begins == "{":
        return ImportFile(template, lambda: _json_entries(file, template, names), is_json=True)
    sheet = text_table(file, encoding)
    if not any(template.knows(heading, decided) for heading in sheet.headings):
        raise NotRead(f"its first line has none of the headings of the template, such as {', '.join(template.columns[:4])}")
    return _of_table(sheet, template, names)


def _of_table(sheet: Table, template: Template, names: Mapping[str, str]) -> ImportFile:
    headings = headings_as_shown(sheet.headings)
    try:
        columns = columns_for(headings, names, template.several)
    except TwoHeadings as fault:
        raise NotRead(str(fault)) from None
    unmapped = tuple(heading for heading, column in zip(headings, columns, strict=True) if column is None)
    if lost := lost_age(headings, columns, template):
        raise NotRead(f"{lost}: people would be imported without the age in it. Map it to born or age")
    notes = list(sheet.notes)
    if sheet.encoding == OLD_TEXT:
        changed = ", ".join(_changed_names(sheet, columns))
        notes.append(f"the file is not UTF-8: it was read as Windows-1252. Look at the letters of {changed or 'its texts'}")
    if left_out := [heading for heading, column in zip(headings, columns, strict=True) if column == IGNORED]:
        notes.append(f"headings that are not read, kept sealed with the row: {', '.join(left_out)}")

    def entries() -> Iterator[Entry]:
        for row in () if unmapped else sheet.rows():
            yield _entry(row, headings, columns)

    return ImportFile(template, entries, headings, unmapped, tuple(notes), sheet.unit)


def lost_age(headings: Sequence[str], columns: Sequence[str | None], template: Template) -> str:
    """A heading that is not read though it tells how old somebody is, where no other does; empty where there is none."""
    if _AGES.intersection(filter(None, columns)):
        return ""
    lost = (heading for heading, column in zip(headings, columns, strict=True) if column == IGNORED)
    return next((heading for heading in lost if is_of_an_age(heading, template)), "")


def is_of_an_age(heading: str, template: Template) -> bool:
    """Whether a heading is known to tell how old somebody is."""
    plain = folded_heading(heading)
    return plain in _AGES or template.proposed.get(plain) in _AGES


def _changed_names(sheet: Table, columns: Sequence[str | None]) -> list[str]:
    """Some cells with letters that another encoding would make others of: names first."""
    of_names = [at for at, column in enumerate(columns) if column in _NAMES]
    for places in (of_names, range(len(columns))):
        cells = (row.cells[at] for row in sheet.rows() for at in places if at < len(row.cells))
        if shown := list(islice(dict.fromkeys(one_line(cell)[:60] for cell in cells if not cell.isascii()), CHANGED_SHOWN)):
            return shown
    return []


def _entry(row: Row, headings: Sequence[str], columns: Sequence[str | None]) -> Entry:
    if row.fault:
        return Entry(row.number, came=row.cells, fault=row.fault)
    filled = [(heading, column, cell) for heading, column, cell in zip(headings, columns, row.cells, strict=True) if cell.strip()]
    return Entry(
        row.number,
        [(column, _with_heading(heading, column, cell)) for heading, column, cell in filled if column],
        [(heading, cell) for heading, column, cell in filled if not column and folded_heading(heading) != folded_heading(REASON)],
        row.cells,
    )


def _with_heading(heading: str, column: str, cell: str) -> str:
    """What stands under a heading for any way to reach somebody, after that: a name alone does not tell where it is one."""
    return cell if column != "contact" or folded_heading(heading) == column else f"{heading}: {cell}"


# --- JSON ---------------------------------------------------------------------------------------------------------------------


def _json_entries(file: Opener, template: Template, names: Mapping[str, str]) -> Iterator[Entry]:
    with io.TextIOWrapper(file(), "utf-8-sig", errors="surrogateescape", newline="\n") as text:
        for number, line in enumerate(text, 1):
            if line.strip():
                yield _json_entry(number, line.strip(), template, names)


def _json_entry(number: int, line: str, template: Template, names: Mapping[str, str]) -> Entry:
    if len(line) > LONGEST_LINE:
        return Entry(number, came=(line,), fault="it is longer than a million characters: shorten it")
    try:
        cells, others = object_cells(read_json(line.encode("utf-8", "surrogateescape")), template, names) or (None, [])
    except RowRejected as fault:
        return Entry(number, came=(line,), fault=str(fault))
    except UnicodeDecodeError:
        return Entry(number, came=(line,), fault="it is not text in UTF-8: save the file as UTF-8")
    except ValueError as fault:
        return Entry(number, came=(line,), fault=f"it is no JSON that can be read: {fault}")
    if cells is None:
        return Entry(number, came=(line,), line=line)
    return Entry(number, cells, others, (line,))


def object_cells(value: object, template: Template, names: Mapping[str, str]) -> tuple[Cells, Cells] | None:
    """The cells of an object whose keys are columns, and those under keys that are not read; None for an encounter and whatever
    else it may be. Raises RowRejected where nobody has decided about a key: what stands there may be somebody's age."""
    if not isinstance(value, dict) or OF_AN_ENCOUNTER & set(value):
        return None
    filled = [(key, names.get(folded_heading(key)), _text(cell_value)) for key, cell_value in value.items()]
    if not any(column for _, column, _ in filled):
        return None
    if unknown := [one_line(key)[:60] for key, column, text in filled if column is None and text.strip()]:
        raise RowRejected(f"{', '.join(unknown)}: no column of the template is called so, and no mapping of the force names it")
    if lost := lost_age([key for key, _, text in filled if text], [column for _, column, text in filled if text], template):
        raise RowRejected(f"{lost}: people would be imported without the age in it", lost)
    for key, column, _ in filled:
        if column and (wanted := _kind_wanted(column, value[key])):
            raise RowRejected(f"{one_line(key)[:60]} must be {wanted}", key)
    cells = [(column, _with_heading(key, column, text)) for key, column, text in filled if column and text.strip()]
    return cells, [(key, text) for key, column, text in filled if not column and text.strip()]


def _kind_wanted(column: str, value: Any) -> str:
    """What has to stand in a cell of this column, where something else does: nobody is called 7, and no object tells what
    happened."""
    if column == IGNORED or value is None or isinstance(value, str) or (isinstance(value, list) and _all_texts(value)):
        return ""
    if column in WORDS:
        return "text"
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return "" if is_number else "text, a number or a list of texts"


def _all_texts(value: list[Any]) -> bool:
    """Whether a list holds texts alone."""
    return all(isinstance(item, str) for item in value)


def _text(value: Any) -> str:
    if value is None or value in ([], {}):
        return ""
    if isinstance(value, list) and _all_texts(value):
        return "; ".join(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
