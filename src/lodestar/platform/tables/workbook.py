"""The first sheet of a workbook that has headings, row by row. A formula is seen and not read; what unpacks to more than any
table does is refused before it is opened. Pure."""

import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from openpyxl import load_workbook

from lodestar.platform.tables.table_files import FORMULA, NotRead, Opener, Row, Table, row_of

MOST_UNPACKED = 50_000_000  # bytes, of all its parts together
MOST_PARTS = 1_000
MOST_COLUMNS = 200
FAILED = "holds what the spreadsheet could not work out: put its value there"
_BROKEN = (
    KeyError, ValueError, TypeError, IndexError, AttributeError, SyntaxError, RuntimeError, OSError, EOFError,
    zipfile.BadZipFile, zlib.error,
)  # fmt: skip
_PIECE = 1_000_000  # bytes


def workbook_table(file: Opener, is_heading: Callable[[str], bool]) -> Table:
    """The first sheet in whose first row a cell is a heading. Raises NotRead."""
    refuse_bomb(file)
    try:
        names, at, headings = _sheet(file, is_heading)
    except NotRead:
        raise
    except _BROKEN:
        raise NotRead("the workbook cannot be read: open it in a spreadsheet and save it again, or as CSV") from None
    others = [name for name in names if name != names[at]]
    notes = [f"the sheet {names[at]} was read" + (f", and not {', '.join(others)}" if others else "")]
    return Table(headings, lambda: _rows(file, at, headings), "row", notes=notes)


def refuse_bomb(file: Opener) -> None:
    """Raises NotRead for a packed file that unpacks to too much, by what it says of itself and by what is really in it; and for
    one whose parts declare entities."""
    too_large = NotRead(f"the workbook unpacks to more than {MOST_UNPACKED // 1_000_000} MB: split it, or save it as CSV")
    try:
        with file() as opened, zipfile.ZipFile(opened) as parts:
            listed = parts.infolist()
            if len(listed) > MOST_PARTS or sum(part.file_size for part in listed) > MOST_UNPACKED:
                raise too_large
            size = 0
            for part in listed:
                with parts.open(part) as unpacked:
                    before = b""
                    while piece := unpacked.read(_PIECE):
                        size += len(piece)
                        if size > MOST_UNPACKED:
                            raise too_large
                        if _declares(before + piece):
                            raise NotRead("the workbook declares what no spreadsheet does: save it again, or as CSV")
                        before = piece[-20:]
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError):
        raise NotRead("the workbook is damaged or has a password: save it again without one, or as CSV") from None


def _declares(piece: bytes) -> bool:
    """Whether it declares entities, in letters of one byte or of two."""
    plain = piece.replace(b"\0", b"") if b"\0" in piece else piece
    return b"<!DOCTYPE" in plain or b"<!ENTITY" in plain


def _sheet(file: Opener, is_heading: Callable[[str], bool]) -> tuple[list[str], int, tuple[str, ...]]:
    """The names of the sheets, which of them is read, and its headings."""
    with file() as opened:
        book = _opened(opened)
        names = [sheet.title for sheet in book.worksheets]
        for at, sheet in enumerate(book.worksheets):
            first = next(_cells(sheet), ())
            cells = [_text(cell.value).strip() for cell in first]
            while cells and not cells[-1]:
                cells.pop()
            if any(map(is_heading, cells)):
                return names, at, tuple(cells)
    raise NotRead("no sheet has headings of the template in its first row")


def _opened(opened: Any) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it does not read: pictures, rules of entry
        return load_workbook(opened, read_only=True, data_only=False, keep_links=False)


def _cells(sheet: Any) -> Iterator[tuple[Any, ...]]:
    sheet.reset_dimensions()  # what a file says of its own size may be wrong
    return iter(sheet.iter_rows(max_col=MOST_COLUMNS))


def _rows(file: Opener, at: int, headings: tuple[str, ...]) -> Iterator[Row]:
    with file() as opened:
        try:
            for number, cells in enumerate(islice(_cells(_opened(opened).worksheets[at]), 1, None), 2):
                if any(cell.value not in (None, "") for cell in cells):
                    yield _row(number, cells, headings)
        except _BROKEN:
            raise NotRead("the workbook is damaged further down: save it again, or as CSV") from None


def _row(number: int, cells: tuple[Any, ...], headings: tuple[str, ...]) -> Row:
    texts = [_text(cell.value) for cell in cells]
    width = max((at + 1 for at, text in enumerate(texts) if text.strip()), default=0)
    texts = texts[: max(width, len(headings))]
    for kind, why in (("f", FORMULA), ("e", FAILED)):
        for place, cell in enumerate(cells):
            if getattr(cell, "data_type", "") == kind:
                name = headings[place] if place < len(headings) else f"column {place + 1}"
                return Row(number, tuple(texts), f"{name} {why}")
    return row_of(number, texts, headings)


def _text(value: object) -> str:
    """A cell as it would be typed: days as 2026-03-09, times as 02:25."""
    if isinstance(value, datetime):
        at = (value + timedelta(milliseconds=500)).replace(microsecond=0)
        clock = "%H:%M:%S" if at.second else "%H:%M"
        return f"{at:%Y-%m-%d}" if at.time() == time() else f"{at:%Y-%m-%d {clock}}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(getattr(value, "text", None) or value)  # of a formula over several cells its text
