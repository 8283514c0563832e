"""Tables that come as text: which letters, which marks between cells; then row by row, a broken one never the next one's trouble.

A file is read in pieces, so that a line of a hundred megabytes costs no memory. What cannot be decoded stays in the row as lone
surrogates: it is seen there, and can be written back byte for byte.
"""

import codecs
import csv
import io
import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

LONGEST_LINE = 1_000_000  # characters
MOST_LINES = 2_000  # of one row; a quote that stays open longer was never closed
SAMPLE = 65_536
SEPARATORS = (",", ";", "\t", "|", "^", "~", "\x1f")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_BROKEN = "lodestar.broken"  # how what is no UTF-16 is decoded: to a lone surrogate, as for other encodings
codecs.register_error(_BROKEN, lambda error: ("\udc80", getattr(error, "end", 0)))
_LONE = re.compile("[\ud800-\udfff]")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1e]")
_SAID = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_DOUBLE_QUOTED = re.compile(r'(?:^|[,;\t|^~])"', re.MULTILINE)
_SINGLE_QUOTED = re.compile(r"(?:^|([,;\t|^~]))'(?:[^'\n]|'')*(?:[,;\t|^~]|'')(?:[^'\n]|'')*'(?=[,;\t|^~]|\r?$)", re.MULTILINE)
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_SLASHED = re.compile(r'[^\\]\\"(?![,;\t|]|$)', re.MULTILINE)


# Windows' own, of Western and of Eastern Europe; a Mac's; those of a command line. The first counts where others are no better.
OLD_ENCODINGS = {
    "cp1252": "Windows-1252", "cp1250": "Windows-1250", "mac_roman": "Mac Roman", "cp850": "code page 850",
    "cp852": "code page 852",
}  # fmt: skip
_BEFORE_LETTERS, _AFTER_LETTERS = frozenset("’‘“„«»–—…•·¡¿©"), frozenset("’”»«–—…·®™°")


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
    """The encoding of a text: by its mark, by where zeros stand, UTF-8 where that fits, else Windows-1252. Raises NotRead."""
    head = file.read(SAMPLE)
    file.seek(0)
    if not head:
        raise NotRead("the file is empty")
    marked = next((name for bom, name in _BOMS if head.startswith(bom)), "")
    if marked:
        return marked
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) > len(head) * 0.2 and min(even, odd) < max(even, odd) / 4:
        return "utf-16-le" if odd > even else "utf-16-be"
    plain = head.decode("latin-1")
    if len(_NOT_TEXT.findall(plain)) > max(8, len(plain) // 50):
        raise NotRead("the file is neither text nor a workbook: save it as CSV in UTF-8, or as .xlsx")
    return "utf-8" if _is_utf8(file) else _of_one_byte(file)


def _of_one_byte(file: BinaryIO) -> str:
    """Of the old encodings of one byte a letter the one in which least stands where no letter does: amid the letters of a
    word; Windows-1252 where another is no better."""
    data = file.read(1 << 20)
    file.seek(0)
    return min(OLD_ENCODINGS, key=lambda name: _amiss(data.decode(name, "replace")))


def _amiss(text: str) -> int:
    """How many letters and marks stand where none does: a mark within a word, a capital after a small letter."""
    found = 0
    for match in _FOREIGN.finditer(text):
        before, here, after = text[match.start() - 1 : match.start()], match[0], text[match.end() : match.end() + 1]
        if here == "\ufffd" or here < "\xa0":
            found += 2
        elif here.isalpha() and here not in "ªº":
            found += (here.isupper() and (before.islower() or (before.isalpha() and after.islower()))) or here in "Ωπµ"
        elif before.isalpha() and after.isalpha():
            found += here not in "’‘–—"
        elif before.isalpha() or after.isalpha():
            found += here not in (_AFTER_LETTERS if before.isalpha() else _BEFORE_LETTERS)
    return found


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
    errors = _BROKEN if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
    with path.open("rb") as raw, io.TextIOWrapper(raw, encoding, errors=errors, newline="") as text:
        number = 0
        while line := text.readline(LONGEST_LINE + 1):
            number += 1
            is_cut = len(line) > LONGEST_LINE
            rest = line
            while is_cut and rest and not rest.endswith(("\n", "\r")):
                rest = text.readline(LONGEST_LINE)
            yield Line(number, line, is_cut)


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
    return '"' not in head and not _DOUBLE_QUOTED.search(sample) and bool(_SINGLE_QUOTED.search(sample))


def name_of(cell: str) -> str:
    """The name of a column as it is compared: small letters, with underscores between its words."""
    return re.sub(r"[\s._-]+", "_", cell.strip().strip("\ufeff*:").strip().casefold())


def known_name(cell: str, known: frozenset[str]) -> str:
    """The known name that a column has, whatever marks stand between its words and whatever is told in brackets after them;
    else its own name."""
    plain = name_of(cell)
    if plain in known:
        return plain
    bare = re.sub(r"[(\[{].*$", "", cell)
    tried = (bare, re.sub(r"(?<=[a-z])(?=[A-Z])", "_", bare), re.sub(r"[^\w]+", "_", bare))
    found = next((name for name in map(name_of, tried) if name in known), "")
    return found or _unmarked(known).get(name_of(bare).replace("_", ""), plain)


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
        line = self.waiting.popleft() if self.waiting else next(self._lines)
        self.taken.append(line)
        if line.is_cut:
            raise _OpenTooLong
        return line.text.replace("\0", "")


def records(lines: Iterator[Line], dialect: Dialect) -> Iterator[Record]:
    """The rows of a table. A line that is no row is told with its fault, and reading goes on with the line after it."""
    feed = _Feed(lines)
    reader = _reader(feed, dialect)
    while True:
        feed.taken = []
        fault = ""
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (_OpenTooLong, csv.Error) as error:
            cells, fault = [], _fault(error, feed.taken)
            # Only the first line is at fault; what followed it may be rows of their own.
            feed.waiting.extendleft(reversed(feed.taken[1:]))
            feed.taken = feed.taken[:1]
            reader = _reader(feed, dialect)
        if not feed.taken:
            return
        mended = _mended(feed.taken[0].text, dialect) if fault else []
        cells, fault = (mended, "") if mended else (cells, fault)
        raw = "".join(line.text for line in feed.taken)
        if not fault and is_undecoded(raw):
            cells, fault = [], "it holds bytes that are not text in the encoding of the file: put those letters right"
        if fault or any(cell.strip(" \t\r\n\x1a") for cell in cells):  # an old mark of the end of a file says nothing
            yield Record(feed.taken[0].number, tuple(cells), "" if feed.taken[0].is_cut else raw, fault)


def _mended(line: str, dialect: Dialect) -> list[str]:
    """The cells of a line in which only spaces stand between a closing quotation mark and the separator; else none."""
    quote, mark = re.escape(dialect.quote), re.escape(dialect.separator)
    told = re.sub(rf"{quote} +(?={mark}|[\r\n]*$)", dialect.quote, line.replace("\0", ""))
    return cells_of(told, dialect) if told != line else []


def _fault(error: Exception, taken: list[Line]) -> str:
    if taken and taken[0].is_cut:
        return "it is longer than a million characters"
    if isinstance(error, _OpenTooLong) or "unexpected end" in str(error):
        return "a quotation mark is opened and never closed"
    if "field larger" in str(error):
        return "one of its cells is longer than 131,072 characters"
    return "its quotation marks do not match: double those that stand inside a text"
