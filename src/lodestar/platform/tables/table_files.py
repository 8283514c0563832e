"""A table in a file: comma-separated text or a workbook, its headings and its rows one by one, as they stand there; and which
column of a template a heading is: the same letters and figures, or what a person decided. Pure."""

import codecs
import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO

from lodestar.platform.text.csv_safety import as_it_was, forced_text

IGNORED = ""  # what stands for the column of a heading that a person said is not read


class TwoHeadings(ValueError):
    """Two headings of a file are one column, which has room for one; `str` says which."""


def folded_heading(heading: str) -> str:
    """A heading as it is compared: its letters and figures in small letters; one that has none as it stands."""
    plain = unicodedata.normalize("NFKC", heading).casefold()
    return "".join(filter(str.isalnum, plain)) or plain.strip()


def headings_as_shown(headings: Sequence[str]) -> tuple[str, ...]:
    """The headings, of which a blank one is called by its place."""
    return tuple(" ".join(heading.split()) or f"column {place}" for place, heading in enumerate(headings, 1))


def columns_for(
    headings: Sequence[str], names: Mapping[str, str], several: frozenset[str] = frozenset()
) -> tuple[str | None, ...]:
    """The column of each heading by `names`, which holds folded headings; IGNORED where it is not read, None where nobody has
    decided. Raises TwoHeadings where two are one column that is not among `several`."""
    columns = tuple(names.get(folded_heading(heading)) for heading in headings)
    for column, count in Counter(column for column in columns if column and column not in several).items():
        if count > 1:
            both = [heading for heading, own in zip(headings, columns, strict=True) if own == column]
            raise TwoHeadings(f"the headings {' and '.join(both)} both mean {column}: leave one of them out")
    return columns


Opener = Callable[[], BinaryIO]
OLD_TEXT = "cp1252"
FORMULA = "holds a formula, which is not read: put its value there"
_SEPARATORS = ",;\t"
_PIECE = 1_000_000  # bytes


class NotRead(ValueError):
    """The file as a whole is not read; `str` is one sentence that says why and what would do."""


@dataclass(frozen=True)
class Row:
    """One row that is not blank: the line or row in which it begins, its cells, and why it cannot be read, empty where it can."""

    number: int
    cells: tuple[str, ...]
    fault: str = ""


@dataclass(frozen=True)
class Table:
    """What a file holds. `rows` reads them from the first each time it is called; `unit` is what their numbers count."""

    headings: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]
    unit: str = "line"
    encoding: str = ""
    notes: list[str] = field(default_factory=list)


def encoding_of(file: Opener) -> str:
    """UTF-16 by its mark; UTF-8 where the whole file is that, with or without a mark; else Windows-1252. Raises NotRead for what
    is no text."""
    with file() as opened:
        start = opened.read(4)
    if not start:
        raise NotRead("the file is empty: save the table again")
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        if not _decodes(file, "utf-16"):
            raise NotRead("the file is marked as UTF-16 and is not: save it as CSV in UTF-8")
        return "utf-16"
    return "utf-8-sig" if _decodes(file, "utf-8-sig") else OLD_TEXT


def _decodes(file: Opener, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with file() as opened:
        try:
            while piece := opened.read(_PIECE):
                if "\0" in decoder.decode(piece):
                    raise NotRead("the file is neither text nor a workbook: save it as CSV in UTF-8, or as .xlsx")
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def text_of(file: Opener, encoding: str) -> io.TextIOWrapper:
    """The file opened as text. Bytes that are no letters of Windows-1252 stay as lone surrogates."""
    opened = file()
    if encoding == OLD_TEXT and opened.read(3) != codecs.BOM_UTF8:
        opened.seek(0)
    return io.TextIOWrapper(opened, encoding, errors="surrogateescape" if encoding == OLD_TEXT else "strict", newline="")


def text_table(file: Opener, encoding: str) -> Table:
    """A table as text, its cells parted by commas, semicolons or tabs: by what parts most in its first row. Raises NotRead where
    the marks of a row do not match, wherever that is: nothing of such a file is read."""
    separator = max(_SEPARATORS, key=lambda mark: len(_first(file, encoding, mark)))
    headings = tuple(as_it_was(cell.strip()) for cell in _first(file, encoding, separator))
    for _ in _records(file, encoding, separator):
        pass

    def rows() -> Iterator[Row]:
        for number, cells in islice(_records(file, encoding, separator), 1, None):
            if any(cell.strip() for cell in cells):
                yield row_of(number, [as_it_was(forced_text(cell)) for cell in cells], headings)

    return Table(headings, rows, encoding=encoding)


def _first(file: Opener, encoding: str, separator: str) -> list[str]:
    with suppress(NotRead):
        return next(_records(file, encoding, separator), (1, []))[1]
    return []


def row_of(number: int, cells: list[str], headings: tuple[str, ...]) -> Row:
    """A row of text under these headings, with why it is none of them."""
    while len(cells) > len(headings) and not cells[-1].strip():
        cells.pop()
    fault = ""
    if len(cells) != len(headings):
        fault = f"it has {len(cells)} cells where there are {len(headings)} headings"
    elif formula := next((name for name, cell in zip(headings, cells, strict=True) if cell.startswith("=")), ""):
        fault = f"{formula} {FORMULA}"
    elif any("\ud800" <= letter <= "\udfff" for cell in cells if not cell.isascii() for letter in cell):
        fault = "it contains characters that are not text: correct those"
    return Row(number, tuple(cells), fault)


def _records(file: Opener, encoding: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """The rows as they are, each with the line in which it begins. Raises NotRead."""
    with text_of(file, encoding) as text:
        reader = csv.reader(text, delimiter=separator, strict=True)
        number = 1
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise NotRead(f"the quotation marks of line {number} do not match ({error}): correct them") from None
            yield number, cells
            number = reader.line_num + 1
