"""Rows of the sheets of a workbook (XLSX), as text. Nothing in it is run, fetched or unpacked to a disk.

A formula is read as the value that the spreadsheet kept for it, or where there is none as its own text. Office Open XML
(ISO/IEC 29500-1), parts 18.3 (sheets), 18.4 (shared texts) and 18.8 (styles).
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any

from lxml import etree

from lodestar.kernel.table_text import NotRead

MOST_PARTS = 2_000
MOST_UNPACKED = 400_000_000  # bytes of one part
MOST_RATIO = 300  # times that a part may grow when it is unpacked, once it is large
LARGE = 20_000_000
MOST_TEXTS = 2_000_000
MOST_MERGED = 100_000
FIRST_DAY = 367  # the first of 1901; a smaller number in a cell for days is a number, such as an age, that was typed there
MOST_COLUMNS = 16_384  # as many as a sheet has
NOT_READ = "the workbook cannot be read: open it in a spreadsheet and save it as .xlsx or CSV"
TOO_LARGE = "the workbook unpacks to more than is read: split it, or save it as CSV"
_OTHER_ARCHIVES = {
    "xl/workbook.bin": "a workbook of another kind (.xlsb)",
    "content.xml": "a workbook of another kind (.ods)",
    "word/document.xml": "a document (.docx)",
}
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATION_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_CELL = re.compile(r"([A-Z]{1,3})\d+")
_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})  # number formats that every workbook has
_MERGE = re.compile(rb'mergeCell ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')
_LONGEST_MERGE = 40  # bytes
_ASIDE = re.compile(r"\[[^\]]*\]|\"[^\"]*\"|\\.|_.|\*.")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how a text keeps what XML cannot (part 22.9.2.19)
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)


@dataclass(frozen=True)
class SheetRow:
    """One row: its number, its cells as text, and by their place which of them were formulas, which of those had no value, and in
    which stands what a spreadsheet shows of one that failed (`#N/A`), which belong to a cell that begins in a row above, which
    are `lost` because they point to a text that the workbook does not hold, and whether whoever opens it sees the row."""

    number: int
    cells: tuple[str, ...]
    formulas: frozenset[int] = frozenset()
    bare: frozenset[int] = frozenset()
    errors: frozenset[int] = frozenset()
    merged: frozenset[int] = frozenset()
    lost: frozenset[int] = frozenset()
    is_hidden: bool = False


@dataclass(frozen=True)
class Sheets:
    """The names of the sheets in their order, and where each lies."""

    names: tuple[str, ...]
    parts: tuple[str, ...]
    is_1904: bool
    hidden: tuple[str, ...] = ()


class _Bounded:
    """A part of the workbook that is read no further than it may go."""

    def __init__(self, part: IO[bytes], most: int) -> None:
        self._part = part
        self._left = most

    def read(self, size: int = -1) -> bytes:
        found = self._part.read(min(size, 1 << 16) if size > 0 else 1 << 16)
        self._left -= len(found)
        if self._left < 0:
            raise NotRead(TOO_LARGE)
        return found


class Workbook:
    """An open workbook. Raises NotRead, with one sentence, for whatever is none or is not safe to read."""

    def __init__(self, path: Path, most_unpacked: int = MOST_UNPACKED) -> None:
        try:
            self._file = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise NotRead(NOT_READ) from None
        parts = self._file.infolist()
        if len(parts) > MOST_PARTS:
            raise NotRead(TOO_LARGE)
        for part in parts:
            grown = part.file_size / max(1, part.compress_size)
            if part.file_size > MOST_UNPACKED or (part.file_size > LARGE and grown > MOST_RATIO):
                raise NotRead(TOO_LARGE)
        if sum(part.file_size for part in parts if part.filename.startswith("xl/")) > most_unpacked * 2:
            raise NotRead(TOO_LARGE)
        self._most = most_unpacked
        within = set(self._file.namelist())
        if "xl/workbook.xml" not in within:
            what = next((words for part, words in _OTHER_ARCHIVES.items() if part in within), "an archive that holds no workbook")
            raise NotRead(f"the file is {what}: save the sheet as .xlsx or CSV")
        self.sheets = self._sheets()
        self._texts: list[str] | None = None
        self._dates: frozenset[int] | None = None

    def rows(self, sheet: int = 0) -> Iterator[SheetRow]:
        """The rows of a sheet that hold something."""
        texts, dates = self._shared(), self._styles()
        merged = _Merged(self._merged(self.sheets.parts[sheet]))
        number = 0
        for row in self._elements(self.sheets.parts[sheet], "row"):
            number = _whole(row.get("r")) or number + 1
            cells: dict[int, str] = {}
            kinds: dict[int, str] = {}
            column = -1
            for cell in row:
                if etree.QName(cell).localname != "c":
                    continue
                column = _column(cell.get("r"), column + 1)
                if column >= MOST_COLUMNS:
                    break
                cells[column], kinds[column] = self._value(cell, texts, dates)
            if any(text.strip() for text in cells.values()) or "L" in kinds.values():
                from_above = merged.into(number, cells, kinds)
                told = tuple(cells.get(i, "") for i in range(max(cells) + 1))
                formulas, bare, errors, lost = (frozenset(_of_kind(kinds, kind)) for kind in ("fFe", "F", "eE", "L"))
                is_hidden = row.get("hidden") in ("1", "true")
                yield SheetRow(number, told, formulas, bare, errors, from_above, lost, is_hidden)

    @property
    def has_comments(self) -> bool:
        """Whether there are comments beside cells, which are no part of a table."""
        return any(re.match(r"xl/(?:threadedComments/|comments)", name) for name in self._file.namelist())

    # --- the parts -----------------------------------------------------------------------------------------------------

    def _elements(self, part: str, *names: str) -> Iterator[Any]:
        """The elements of these names in a part, each thrown away after it was looked at."""
        wanted = [f"{space}{name}" for name in names for space in (_MAIN, _STRICT)]
        try:
            with self._file.open(part) as opened:
                found = etree.iterparse(
                    _Bounded(opened, self._most), tag=wanted, resolve_entities=False, no_network=True, load_dtd=False,
                    huge_tree=False,
                )
                is_first = True
                for _, element in found:
                    if is_first and element.getroottree().docinfo.doctype:
                        raise NotRead("the workbook holds a document type of its own, which none needs: save it as CSV")
                    is_first = False
                    yield element
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]
        except (etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, OSError, EOFError, RuntimeError, NotImplementedError):
            raise NotRead(NOT_READ) from None
        except Exception as error:  # what zlib raises has no name of its own here
            if type(error).__module__ == "zlib":
                raise NotRead(NOT_READ) from None
            raise

    def _merged(self, part: str) -> dict[tuple[int, int], int]:
        """The cells that go over several rows, by row and place, each with its last row. They stand after the rows of a sheet."""
        found: dict[tuple[int, int], int] = {}
        try:
            with self._file.open(part) as opened:
                bounded, before = _Bounded(opened, self._most), b""
                while piece := bounded.read():
                    for match in _MERGE.finditer(before + piece):
                        if int(match[3]) > int(match[2]) and len(found) < MOST_MERGED:
                            found[int(match[2]), _column(f"{match[1].decode()}1", 0)] = int(match[3])
                    before = piece[-_LONGEST_MERGE:]
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError):
            return {}  # whoever reads the rows will say so
        return found

    def _sheets(self) -> Sheets:
        targets = dict(self._targets())
        names: list[str] = []
        parts: list[str] = []
        hidden: list[str] = []
        is_1904 = False
        for element in self._elements("xl/workbook.xml", "workbookPr", "sheet"):
            if etree.QName(element).localname == "workbookPr":
                is_1904 = element.get("date1904") in ("1", "true")
                continue
            target = targets.get(element.get(_RELATION) or element.get(_RELATION_STRICT) or "", "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if element.get("state", "visible") != "visible":
                hidden.append(element.get("name", ""))
            elif part in self._file.namelist():
                names.append(element.get("name", ""))
                parts.append(part)
        if not parts:
            raise NotRead("the workbook holds no sheet that can be seen: show the sheet that is meant, and save it")
        return Sheets(tuple(names), tuple(parts), is_1904, tuple(hidden))

    def _targets(self) -> Iterator[tuple[str, str]]:
        try:
            content = self._file.read("xl/_rels/workbook.xml.rels")
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, OSError, EOFError, RuntimeError, ValueError):
            raise NotRead(NOT_READ) from None
        for element in root.iter("{*}Relationship"):
            if element.get("TargetMode") != "External":
                yield element.get("Id", ""), element.get("Target", "")

    def _shared(self) -> list[str]:
        """The texts that cells point to. How a word is pronounced is no part of it."""
        if self._texts is None:
            self._texts = []
            if "xl/sharedStrings.xml" in self._file.namelist():
                for element in self._elements("xl/sharedStrings.xml", "si"):
                    self._texts.append(_text(element))
                    if len(self._texts) > MOST_TEXTS:
                        raise NotRead(TOO_LARGE)
        return self._texts

    def _styles(self) -> frozenset[int]:
        """The places of the styles that show a number as a date."""
        if self._dates is None:
            codes: dict[int, str] = {}
            dates: set[int] = set()
            if "xl/styles.xml" in self._file.namelist():
                for element in self._elements("xl/styles.xml", "numFmt", "cellXfs"):
                    if etree.QName(element).localname == "numFmt":
                        codes[_whole(element.get("numFmtId"))] = element.get("formatCode", "")
                        continue
                    kinds = [_whole(style.get("numFmtId")) for style in element]
                    dates = {at for at, kind in enumerate(kinds) if kind in _DATES or _shows_date(codes.get(kind, ""))}
            self._dates = frozenset(dates)
        return self._dates

    def _value(self, cell: Any, texts: list[str], dates: frozenset[int]) -> tuple[str, str]:
        """The text of a cell, and whether it is a formula: f of one with a value, F of one without, e of one that failed, E of
        the mark of a failure by itself, L of a text that is not there."""
        kind, held = cell.get("t", "n"), cell.find("{*}v")
        formula = cell.find("{*}f")
        value = (held.text or "") if held is not None else ""
        if kind == "inlineStr":
            value = _text(cell)
        elif kind == "s":
            at = value.strip()
            place = int(at) if at.isascii() and at.isdecimal() and len(at) < 9 else len(texts)
            if at and place >= len(texts):
                return "", "L"
            value = texts[place] if at else ""
        elif kind == "b":
            value = {"1": "TRUE", "0": "FALSE"}.get(value, value)
        elif kind == "n" and value:
            value = self._number(value, _whole(cell.get("s")) in dates)
        if formula is not None and not value:
            return f"={formula.text or ''}", "F"
        return value, ("e" if formula is not None else "E") if kind == "e" else "f" if formula is not None else ""

    def _number(self, value: str, is_date: bool) -> str:
        """A number as people write it; a date as 2026-03-02 or 2026-03-02 23:40."""
        try:
            number = float(value)
        except ValueError:
            return value
        if is_date and 0 < number < 1:
            return (_EPOCH + timedelta(seconds=round(number * 86_400))).strftime("%H:%M")
        if is_date and FIRST_DAY <= number < 200_000:
            epoch = _EPOCH_1904 if self.sheets.is_1904 else _EPOCH
            at = epoch + timedelta(seconds=round(number * 86_400))
            return at.strftime("%Y-%m-%d") if number == int(number) else at.strftime("%Y-%m-%d %H:%M")
        return str(int(number)) if number == number and abs(number) < 1e15 and number == int(number) else value


class _Merged:
    """What cells that go over several rows put into the rows after their first."""

    def __init__(self, last_rows: dict[tuple[int, int], int]) -> None:
        self._last_rows = last_rows
        self._open: dict[int, tuple[int, str, str]] = {}  # by place, until which row, what, and of which kind

    def into(self, number: int, cells: dict[int, str], kinds: dict[int, str]) -> frozenset[int]:
        """Puts into a row what belongs to it of cells above; the places where it did."""
        if not self._last_rows:
            return frozenset()
        self._open = {place: held for place, held in self._open.items() if held[0] >= number}
        filled = [place for place in self._open if not cells.get(place)]
        for place in filled:
            _, cells[place], kinds[place] = self._open[place]
        for place, text in cells.items():
            if (text or kinds[place] == "L") and (last := self._last_rows.get((number, place))):
                self._open[place] = (last, text, kinds[place])
        return frozenset(filled)


def _text(element: Any) -> str:
    kept = (part for part in element.iter("{*}t") if etree.QName(part.getparent()).localname != "rPh")
    told = "".join(part.text or "" for part in kept)
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), told) if "_x" in told else told


def _of_kind(kinds: dict[int, str], wanted: str) -> Iterator[int]:
    return (place for place, kind in kinds.items() if kind and kind in wanted)


def _shows_date(code: str) -> bool:
    return bool(re.search(r"[ymdhs]", _ASIDE.sub("", code.casefold())))


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 9 else 0


def _column(reference: str | None, otherwise: int) -> int:
    """The place of a cell, from 0, by its reference (`C5` is 2)."""
    match = _CELL.fullmatch(reference or "")
    if not match:
        return otherwise
    place = 0
    for letter in match[1]:
        place = place * 26 + ord(letter) - 64
    return place - 1
