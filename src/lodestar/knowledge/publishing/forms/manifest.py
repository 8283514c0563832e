"""A manifest as it is sent: CSV or JSON lines, one file a row; of its columns only `file` must be filled in."""

import codecs
import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple

from lodestar.knowledge.library.models import CLASSIFICATIONS, NATIONS, ORIGINS
from lodestar.knowledge.library.rules.documents import clean_file_name, last, tidy
from lodestar.knowledge.publishing.actions.intake import About
from lodestar.platform.text.text_normalise import one_line
from lodestar.platform.time.fuzzy import PartialDate, partial_date
from lodestar.platform.time.uk_dates import read_partial

_DAYS = {"valid_from": "valid_from", "valid_to": "valid_to", "review": "review_by"}
_LINE_ENDS = re.compile(r"\r\n|\r|\n")  # JSON and a cell may hold the other signs at which Python ends a line
_BETWEEN = re.compile(r"[\s_:-]+")  # OFFICIAL: SENSITIVE, OFFICIAL_SENSITIVE
_URL = re.compile(r"https?://[^\s<>\"']+")
_TIME_AFTER = re.compile(r"(?<=\d)[Tt ]\s?\d{1,2}:\d\d.*$")
_LISTS = ("topics", "audience", "exploitation")
_WORDS = {"title": 300, "publisher": 200, "licence": 200}
_COLUMNS = frozenset({"file", "supersedes", "url", "published", "origin", "nation", "classification", *_DAYS, *_WORDS, *_LISTS})
LONGEST_URL = 500
MOST_NAMED = 8
GUESSED = "The manifest is not UTF-8: it was read as Windows writes it (1252). Look at its accents and dashes."
_NATIONS = {name.lower(): code for code, name in NATIONS.items()} | {
    "england & wales": "england_wales", "e&w": "england_wales", "ew": "england_wales", "united kingdom": "uk",
    "great britain": "uk", "gb": "uk", "ni": "northern_ireland", "all": "uk",
}  # fmt: skip


class NotAManifest(ValueError):
    """The manifest cannot be read; the words say where."""


@dataclass
class Row:
    """One row: which file, what is said of it, what it supersedes (a file's name or a title), what was not understood, and
    whether it is left for two people to publish."""

    file: str
    about: About
    supersedes: str
    not_understood: list[str]
    is_not_published: bool = False


class Manifest(NamedTuple):
    """The rows that can be read, a sentence on each line that cannot, which is passed over, one on columns not known, and one
    where its letters had to be guessed."""

    rows: list[Row]
    not_read: list[str]
    not_known: str = ""
    guessed: str = ""


def read_manifest(content: bytes) -> Manifest:
    """The rows of a manifest: a table whose first line names the columns, a list in JSON, or JSON line by line. A line that is no
    row is passed over with a sentence on it. Raises NotAManifest where the whole cannot be read, or no row names a file."""
    text, guessed = _text(content)
    rows, not_read, nameless = [], [], 0
    columns: dict[str, None] = {}
    for number, record in _records(text):
        if isinstance(record, str):
            not_read.append(f"Line {number} of the manifest {record}: it was passed over.")
            continue
        row = {str(key).strip().lower(): value for key, value in record.items()}
        columns.update(dict.fromkeys(name for name in row if name and name not in _COLUMNS))
        if any(str(value or "").strip() for value in row.values()):
            name = str(row.get("file") or "").strip()
            nameless += not name
            rows.append(_row(name or f"Line {number}, which names no file", row))
    if not_read and nameless == len(rows):
        raise NotAManifest(f"No line of the manifest can be read. {not_read[0]}")
    if nameless and nameless == len(rows):
        raise NotAManifest("The manifest names no file: a column is called file, and each row names one in it.")
    return Manifest(rows, not_read, _not_known(list(columns)), guessed)


def _text(content: bytes) -> tuple[str, str]:
    """What the manifest says, and a sentence where it is not UTF-8. Raises NotAManifest for what is no text."""
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    with suppress(UnicodeDecodeError):
        return content.decode("utf-16" if marked else "utf-8-sig"), ""
    if marked or b"\0" in content:
        raise NotAManifest("The manifest is no text: save it as CSV in UTF-8.")
    return content.decode("cp1252", "replace"), GUESSED


def _not_known(columns: list[str]) -> str:
    if not columns:
        return ""
    names = ", ".join(one_line(name)[:40] for name in columns[:MOST_NAMED])
    more = f" and {len(columns) - MOST_NAMED} more" if len(columns) > MOST_NAMED else ""
    return f"Columns of the manifest that are not known, and were not read: {names}{more}."


def _records(text: str) -> Iterator[tuple[int, Mapping[Any, Any] | str]]:
    """Each line, or row of a list, with its number and what it says, or why it is no row. Raises NotAManifest."""
    start = text.lstrip()[:1]
    if start == "[":
        yield from enumerate(map(_object, _json(text)), 1)
    elif start == "{":
        for number, line in enumerate(_LINE_ENDS.split(text), 1):
            if line.strip():
                try:
                    yield number, _object(_json(line))
                except NotAManifest:
                    yield number, "is not JSON"
    else:
        yield from _of_table(text)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):  # so deep that Python gives up
        raise NotAManifest("The manifest is not JSON.") from None


def _object(row: Any) -> Mapping[Any, Any] | str:
    return row if isinstance(row, dict) else "is no row: an object that names its file"


def _of_table(text: str) -> Iterator[tuple[int, Mapping[Any, Any] | str]]:
    head = next(iter(_LINE_ENDS.split(text)), "")
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    try:
        for row in reader:
            if any(cell.strip() for cell in row.pop(None, None) or ()):
                yield reader.line_num, "has more columns than the first: a comma within one wants quotation marks around it"
            else:
                yield reader.line_num, row
    except csv.Error as error:
        raise NotAManifest(f"Line {reader.line_num} of the manifest cannot be read: {error}.") from None


def _row(name: str, row: Mapping[str, Any]) -> Row:
    about, odd = About(), []
    for key, limit in _WORDS.items():
        setattr(about, key, one_line(str(row.get(key) or ""))[:limit])
    for key, field in _DAYS.items():
        if value := str(row.get(key) or "").strip():
            partial = _partial(value)
            if not partial:
                odd.append(f"{key} {value[:40]!r} is no day")
            else:  # the last day of a year is that of what holds until then
                setattr(about, field, partial.latest if field == "valid_to" else partial.earliest)
    if value := str(row.get("published") or "").strip():
        about.published_on = str(_partial(value) or "")
        if not about.published_on:
            odd.append(f"published {value[:40]!r} is no day")
    about.url = str(row.get("url") or "").strip()
    if about.url and (len(about.url) > LONGEST_URL or not _URL.fullmatch(about.url)):
        odd.append(f"url {about.url[:40]!r} is no web address")
        about.url = ""
    for key in _LISTS:
        listed: Any = row.get(key) or []
        parts = listed if isinstance(listed, list) else str(listed).replace("|", ";").replace(",", ";").split(";")
        setattr(about, key, [part[:40] for part in (one_line(str(each)) for each in parts) if part][:20])
    about.origin = _known(str(row.get("origin") or ""), {code: code for code in ORIGINS}, "origin", odd)
    about.nation = _known(str(row.get("nation") or ""), _NATIONS | {code: code for code in NATIONS}, "nation", odd)
    about.classification, is_not_known = _marking(str(row.get("classification") or "").strip(), odd)
    if about.valid_from and about.valid_to and about.valid_to < about.valid_from:
        odd.append("it ends before it begins")
        about.valid_to = None
    return Row(name, about, one_line(str(row.get("supersedes") or ""))[:300], odd, is_not_published=is_not_known)


def _marking(text: str, odd: list[str]) -> tuple[str, bool]:
    """How a file is marked, and whether that is not known: it may be higher than what the library holds, so that it is taken
    for the highest it does."""
    plain = _BETWEEN.sub("-", text.upper()).strip("-")
    if not text or plain in CLASSIFICATIONS:
        return plain, False
    odd.append(f"classification {text[:40]!r} is not known: it is taken as {CLASSIFICATIONS[-1]}, and a draft stays a draft")
    return CLASSIFICATIONS[-1], True


def _known(text: str, codes: Mapping[str, str], name: str, odd: list[str]) -> str:
    plain = " ".join(text.lower().split())
    if plain and plain not in codes:
        odd.append(f"{name} {text[:40]!r} is not known")
    return codes.get(plain, "")


def _partial(text: str) -> PartialDate | None:
    """A day, a month or a year as people and programs write it, without the time after it."""
    words = _TIME_AFTER.sub("", text[:60])
    with suppress(ValueError):
        return partial_date(read_partial(words) or words)
    return None


class Rows:
    """The rows of a manifest beside a folder. `of`: the row of each file, by the name that the file goes by. `doubled`: rows of a
    file that a later row is of. `left`: rows of no file of the folder."""

    def __init__(self, rows: Sequence[Row], paths: Mapping[str, str]) -> None:
        """`paths`: where each file lies in the folder, by the name that it goes by."""
        self.of: dict[str, Row] = {}
        self.doubled: list[Row] = []
        self.left: list[Row] = []
        self._at = {clean_file_name(path): name for name, path in paths.items()}
        self._called: defaultdict[str, list[str]] = defaultdict(list)
        for path, name in self._at.items():
            self._called[last(path)].append(name)
        for row in rows:
            name = self._at.get(tidy(row.file), "")
            if not name:
                self.left.append(row)
            else:
                self.doubled += [self.of[name]] if name in self.of else []
                self.of[name] = row
        for row in list(self.left):
            name = self.file(row.file)
            if name and name not in self.of:
                self.of[name] = row
                self.left.remove(row)

    def file(self, written: str) -> str:
        """The name that the file goes by which lies where it is written, or alone has that name; else nothing."""
        path = tidy(written)
        called = self._called.get(last(path), [])
        return self._at.get(path) or (called[0] if len(called) == 1 else "")
