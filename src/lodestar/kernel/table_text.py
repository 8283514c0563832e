"""Tables that come as text: which letters, which marks between cells; then row by row, a broken one never the next one's trouble.

A file is read in pieces, so that a line of a hundred megabytes costs no memory. What cannot be decoded stays in the row as lone
surrogates: it is seen there, and can be written back byte for byte.
"""

import codecs
import csv
import io
import re
import unicodedata
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from lodestar.kernel.old_letters import Guess, guess_of
from lodestar.kernel.typed import without_unseen

LONGEST_LINE = 1_000_000  # characters
MOST_LINES = 2_000  # of one row; a quote that stays open longer was never closed
FEW_COLUMNS = 6  # of more, a row may leave out half of the last
MOST_OF_A_NAME = 40  # characters
SAMPLE = 65_536
OLD = "old"  # no UTF: which of the encodings before it is for `old_guess_of` to say
OLD_SAMPLE = 50_000  # bytes of lines that hold such letters
SEPARATORS = (",", ";", "\t", "|", "^", "~", "\x1f")
NEVER_CLOSED = "a quotation mark is opened and never closed"
TOO_LONG = "one of its cells is longer than 131,072 characters"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_MARK_TAKEN_FOR_LETTERS = "ï»¿"  # that of UTF-8, saved once more as if it were letters of Windows-1252
_BROKEN = "lodestar.broken"  # how what is no UTF-16 is decoded: to a lone surrogate, as for other encodings
codecs.register_error(_BROKEN, lambda error: ("\udc80", getattr(error, "end", 0)))
_LONE = re.compile("[\ud800-\udfff]")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1e]")
_SAID = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_DOUBLE_QUOTED = re.compile(r'(?:^|[,;\t|^~])"', re.MULTILINE)
_SINGLE_QUOTED = re.compile(r"(?:^|[,;\t|^~])'((?:[^'\n]|'')*+)'(?=[,;\t|^~]|\r?$)", re.MULTILINE)
_NEEDS_QUOTES = re.compile(r"[,;\t|^~]|''")
_SLASHED = re.compile(r'[^\\]\\"(?![,;\t|]|$)', re.MULTILINE)


class NotRead(ValueError):
    """The file as a whole is not read; `str` is one sentence that says why and what would do."""


@dataclass(frozen=True)
class Line:
    """One line as it stands in the file, with its end; `is_cut` where it was longer than is kept."""

    number: int
    text: str
    is_cut: bool = False


@dataclass(frozen=True)
class Record:
    """One row: the line it begins in, its cells, and its own text; `fault` says why there are no cells."""

    number: int
    cells: tuple[str, ...] = ()
    raw: str = ""
    fault: str = ""


@dataclass(frozen=True)
class Dialect:
    """How a table is written."""

    separator: str = ","
    quote: str = '"'
    escape: str | None = None


def encoding_of(file: BinaryIO) -> str:
    """The encoding of a text: by its mark, by where zeros stand, UTF-8 where that fits, else `OLD`. Raises NotRead."""
    head = file.read(SAMPLE)
    file.seek(0)
    if not head:
        raise NotRead("the file is empty: save the table again, and import that")
    marked = next((name for bom, name in _BOMS if head.startswith(bom)), "")
    if marked:
        return marked
    if name := _of_several_bytes(head):
        return name
    plain = head.decode("latin-1")
    if len(_NOT_TEXT.findall(plain)) > max(8, len(plain) // 50):
        raise NotRead("the file is neither text nor a workbook: save it as CSV in UTF-8, or as .xlsx")
    return "utf-8" if _is_utf8(file) else OLD


def old_guess_of(path: Path) -> Guess:
    """Which of the encodings from before UTF-8 a file is in, by what stands in its first lines with such letters."""
    found = bytearray()
    with path.open("rb") as file:
        while len(found) < OLD_SAMPLE and (line := file.readline(LONGEST_LINE)):
            if not line.isascii():
                found += line if line.endswith(b"\n") else line + b"\n"
    return guess_of(bytes(found))


def _of_several_bytes(head: bytes) -> str:
    """UTF-16 or UTF-32 without its mark, by where zeros stand, or by what the text would be; empty where it is neither."""
    zeros = [head[place::4].count(0) for place in range(4)]
    quarter = len(head) // 4
    if len(head) > 16 and min(zeros[2], zeros[3]) > quarter * 0.9 and zeros[0] < quarter / 10:
        return "utf-32-le"
    if len(head) > 16 and min(zeros[0], zeros[1]) > quarter * 0.9 and zeros[3] < quarter / 10:
        return "utf-32-be"
    even, odd = head[0::2].count(0), head[1::2].count(0)
    few, many = sorted((even, odd))
    if many > len(head) * 0.2 and few < many / 4:
        return "utf-16-le" if odd > even else "utf-16-be"
    if many > 4 and few < many / 8:  # letters of other scripts mostly, with the line ends and separators of any
        name = "utf-16-le" if odd > even else "utf-16-be"
        text = head[: len(head) // 2 * 2].decode(name, "replace")
        strange = sum(1 for letter in text if letter == "\ufffd" or unicodedata.category(letter) in ("Cn", "Co", "Cs"))
        return name if "\n" in text and strange <= len(text) // 100 else ""
    return ""


def _is_utf8(file: BinaryIO) -> bool:
    """Whether the file is UTF-8, or UTF-8 of which little is broken: more letters that it writes well than it does not."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    good = bad = 0
    while piece := file.read(1 << 20):
        text = decoder.decode(piece)
        if not text.isascii():
            lone = len(_LONE.findall(text))
            bad += lone
            good += sum(1 for letter in text if letter > "\x7f") - lone
    file.seek(0)
    return good >= bad


def lines_of(path: Path, encoding: str) -> Iterator[Line]:
    """The lines of a file with their ends, whichever of CR, LF and CRLF those are. One that is too long is cut."""
    with path.open("rb") as raw, io.TextIOWrapper(raw, encoding, errors=_errors(encoding), newline="") as text:
        number = 0
        while line := text.readline(LONGEST_LINE + 1):
            number += 1
            is_cut = len(line) > LONGEST_LINE
            rest = line
            while is_cut and rest and not rest.endswith(("\n", "\r")):
                rest = text.readline(LONGEST_LINE)
            yield Line(number, line, is_cut)


def text_of(path: Path, encoding: str) -> str:
    """The whole of a small file, decoded as its lines are."""
    return path.read_bytes().decode(encoding, _errors(encoding))


def _errors(encoding: str) -> str:
    return _BROKEN if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"


def is_undecoded(text: str) -> bool:
    """Whether the text holds bytes that were none of its encoding."""
    return bool(_LONE.search(text))


def said_separator(line: str) -> str:
    """What a first line `sep=;` names, as a spreadsheet writes it; empty where the line is none."""
    found = _SAID.fullmatch(line)
    return found[1] if found else ""


def dialect_of(head: str, sample: str, known: frozenset[str], separator: str = "") -> tuple[int, Dialect]:
    """How many of the `known` names a first line holds, and how the table that it heads is written. `sample` are lines of it."""
    best, found = 0, Dialect(separator or ",")
    quote = "'" if _is_in_single_quotes(head, sample) else '"'
    escape = "\\" if _SLASHED.search(sample) else None
    for mark in (separator,) if separator else SEPARATORS:
        dialect = Dialect(mark, quote, escape)
        names = Counter(known_name(cell, known) for cell in cells_of(head, dialect))
        held = len(known & set(names))
        if held > best:
            best, found = held, dialect
    return best, found


def _is_in_single_quotes(head: str, sample: str) -> bool:
    """Whether texts stand in single quotation marks: the names of the columns do, or of the cells those alone that need it."""
    if head.count("'") > head.count('"'):
        return head.lstrip("\ufeff ").startswith("'")
    if '"' in head or _DOUBLE_QUOTED.search(sample):
        return False
    return any(_NEEDS_QUOTES.search(cell[1]) for cell in _SINGLE_QUOTED.finditer(sample))


def name_of(cell: str) -> str:
    """The name of a column as it is compared: small letters, with underscores between its words."""
    told = without_unseen(cell.removeprefix(_MARK_TAKEN_FOR_LETTERS))
    return re.sub(r"[\s._-]+", "_", told.strip().strip('"*:').strip().casefold())


def known_name(cell: str, known: frozenset[str]) -> str:
    """The known name that a column has, whatever marks stand between its words and whatever is told in brackets after them;
    else its own name."""
    plain = name_of(cell)
    if plain in known:
        return plain
    bare = re.sub(r"[(\[{].*$", "", without_unseen(cell))
    tried = (bare, re.sub(r"(?<=[a-z])(?=[A-Z])", "_", bare), re.sub(r"[^\w]+", "_", bare))
    found = next((name for name in map(name_of, tried) if name in known), "")
    return found or _unmarked(known).get(name_of(bare).replace("_", ""), plain)


def may_name(cell: str, known: frozenset[str]) -> bool:
    """Whether a cell looks like a known name at first sight, for whoever looks at each row of a long table."""
    told = cell.strip(' "*:.\ufeff') if len(cell) < MOST_OF_A_NAME else ""
    return told.casefold().replace("_", "").replace(" ", "").replace("-", "") in _unmarked(known)


@lru_cache(maxsize=16)
def _unmarked(known: frozenset[str]) -> dict[str, str]:
    return {name.replace("_", ""): name for name in sorted(known)}


def cells_of(line: str, dialect: Dialect) -> list[str]:
    """The cells of one line by itself; none where it is no row."""
    try:
        return next(_reader(iter([line]), dialect), [])
    except csv.Error:
        return []


def _reader(lines: Iterator[str], dialect: Dialect) -> Iterator[list[str]]:
    return csv.reader(
        lines,
        delimiter=dialect.separator,
        quotechar=dialect.quote,
        escapechar=dialect.escape,
        doublequote=True,
        skipinitialspace=dialect.separator != " ",
        strict=True,
    )


class _OpenTooLong(Exception):
    """A row goes on for longer than any does: a quote of it was never closed."""


class _Feed:
    """Hands lines to the reader one by one, and keeps those of the row that is being read."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self.waiting: deque[Line] = deque()
        self.taken: list[Line] = []

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        if len(self.taken) >= MOST_LINES or sum(len(line.text) for line in self.taken[-1:]) > LONGEST_LINE:
            raise _OpenTooLong
        line = self.line()
        if line is None:
            raise StopIteration
        self.taken.append(line)
        if line.is_cut:
            raise _OpenTooLong
        return line.text.replace("\0", "")


    def line(self) -> Line | None:
        """The next line, which no row has; None at the end."""
        return self.waiting.popleft() if self.waiting else next(self._lines, None)


def records(lines: Iterator[Line], dialect: Dialect, width: int = 1) -> Iterator[Record]:
    """The rows of a table. A line that is no row is told with its fault, and reading goes on with the line after it; after a
    text that is never closed, or is too long, with the next line that has as many cells as a row of `width` columns: what stands
    before it is taken for more of that text, and goes back with its row."""
    fewest = width if width <= FEW_COLUMNS else (width + 1) // 2
    feed = _Feed(lines)
    reader = _reader(feed, dialect)
    while True:
        feed.taken = []
        fault, is_open = "", False
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (_OpenTooLong, csv.Error) as error:
            cells, fault = [], _fault(error, feed.taken)
            is_open = not feed.taken[0].is_cut and (fault in (NEVER_CLOSED, TOO_LONG) or len(feed.taken) > 1)
            # Only the first line is at fault; what followed it may be rows of their own.
            feed.waiting.extendleft(reversed(feed.taken[1:]))
            feed.taken = feed.taken[:1]
            reader = _reader(feed, dialect)
        if not feed.taken:
            return
        mended = _mended(feed.taken[0].text, dialect) if fault else []
        cells, fault = (mended, "") if mended else (cells, fault)
        if is_open and fault:
            feed.taken += _more_of_it(feed, dialect, fewest)
            last = feed.taken[-1].number
            fault += f" (lines {feed.taken[0].number} to {last} are taken for one row)" if len(feed.taken) > 1 else ""
        raw = "".join(line.text for line in feed.taken)
        if not fault and is_undecoded(raw):
            cells, fault = [], "it holds bytes that are not text in the encoding of the file: put those letters right"
        if fault or any(cell.strip(" \t\r\n\x1a") for cell in cells):  # an old mark of the end of a file says nothing
            yield Record(feed.taken[0].number, tuple(cells), "" if feed.taken[0].is_cut else raw, fault)


def _more_of_it(feed: _Feed, dialect: Dialect, width: int) -> list[Line]:
    """The lines that follow and are no rows of so many cells."""
    found: list[Line] = []
    while len(found) < MOST_LINES * 100 and (line := feed.line()) is not None:
        if line.is_cut or len(cells_of(line.text.replace("\0", ""), dialect)) >= width:
            feed.waiting.appendleft(line)
            break
        found.append(line)
    return found


def _mended(line: str, dialect: Dialect) -> list[str]:
    """The cells of a line in which only spaces stand between a closing quotation mark and the separator; else none."""
    quote, mark = re.escape(dialect.quote), re.escape(dialect.separator)
    told = re.sub(rf"{quote} +(?={mark}|[\r\n]*$)", dialect.quote, line.replace("\0", ""))
    return cells_of(told, dialect) if told != line else []


def _fault(error: Exception, taken: list[Line]) -> str:
    if taken and taken[0].is_cut:
        return "it is longer than a million characters, too long to go back: shorten it in the file itself"
    if isinstance(error, _OpenTooLong) or "unexpected end" in str(error):
        return NEVER_CLOSED
    if "field larger" in str(error):
        return TOO_LONG
    return "its quotation marks do not match: double those that stand inside a text"
