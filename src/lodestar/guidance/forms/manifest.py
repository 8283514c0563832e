"""A manifest as it is sent: CSV or JSON lines, one file a row; of its columns only `file` must be filled in."""

import codecs
import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from lodestar.guidance.actions.intake import About
from lodestar.guidance.models.library import CLASSIFICATIONS, NATIONS, ORIGINS
from lodestar.kernel.typed import one_line
from lodestar.kernel.uk_dates import read_partial

_DAYS = {"published": "published_on", "valid_from": "valid_from", "valid_to": "valid_to", "review": "review_by"}
_BETWEEN = re.compile(r"[\s_:-]+")  # OFFICIAL: SENSITIVE, OFFICIAL_SENSITIVE
_TIME_AFTER = re.compile(r"(?<=\d)[Tt ]\s?\d{1,2}:\d\d.*$")
_LISTS = ("topics", "audience", "exploitation")
_WORDS = {"title": 300, "publisher": 200, "licence": 200}
_FIELDS = {**_DAYS, **{name: name for name in (*_WORDS, *_LISTS, "origin", "nation", "classification")}}
_COLUMNS = frozenset({"file", "supersedes", *_FIELDS})
MOST_NAMED = 8
UTF_16 = "The manifest is UTF-16 text, and was read as that."
GUESSED = "The manifest is not UTF-8: it was read as Windows writes it (1252). Look at its accents and dashes."
_NATIONS = {name.lower(): code for code, name in NATIONS.items()} | {
    "england & wales": "england_wales", "e&w": "england_wales", "ew": "england_wales", "united kingdom": "uk",
    "great britain": "uk", "gb": "uk", "ni": "northern_ireland", "all": "uk",
}  # fmt: skip


class NotAManifest(ValueError):
    """The manifest cannot be read; the words say where."""


@dataclass
class Row:
    """One row: which file, what is said of it, what it supersedes (a file's name or a title), what was not understood, the
    fields of which the row has a cell with nothing in it, and whether it is left for two people to publish."""

    file: str
    about: About
    supersedes: str
    not_understood: list[str]
    blank: frozenset[str] = frozenset()
    is_not_published: bool = False


class Manifest(NamedTuple):
    """The rows that can be read, a sentence on each line that cannot, which is passed over, one on columns not known, and one
    where its letters had to be guessed."""

    rows: list[Row]
    not_read: list[str]
    not_known: str = ""
    guessed: str = ""


class _Broken(NamedTuple):
    """A line that cannot be read: what it is."""

    why: str


def read_manifest(content: bytes) -> Manifest:
    """The rows of a manifest; an empty one is none, one that names no file is told by its line, and a line that cannot be read is
    passed over with a sentence on it. Raises NotAManifest where no line can be read, or none names a file."""
    text, guessed = _text(content)
    rows, not_read, nameless = [], [], 0
    columns: dict[str, None] = {}
    for number, told in _told(text):
        if isinstance(told, _Broken):
            not_read.append(f"Line {number} of the manifest {told.why}: it was passed over.")
            continue
        row = {str(key).strip().lower(): value for key, value in told.items()}
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
    is_utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if b"\0" in content and not is_utf16:
        raise NotAManifest("The manifest is no text: save it as CSV in UTF-8.")
    try:
        text, guessed = content.decode("utf-16" if is_utf16 else "utf-8-sig"), UTF_16 if is_utf16 else ""
    except UnicodeDecodeError:
        text, guessed = content.decode("cp1252", "replace"), GUESSED
    return text.replace("\r\n", "\n").replace("\r", "\n"), guessed


def _not_known(columns: list[str]) -> str:
    if not columns:
        return ""
    named = ", ".join(one_line(name)[:40] for name in columns[:MOST_NAMED])
    more = f" and {len(columns) - MOST_NAMED} more" if len(columns) > MOST_NAMED else ""
    return f"Columns of the manifest that are not known, and were not read: {named}{more}."


def _told(text: str) -> Iterator[tuple[int, Mapping[Any, Any] | _Broken]]:
    """Each row with its line or place and what it says: of a JSON list, JSON one a line, or a table."""
    lines = text.split("\n")
    with suppress(ValueError, RecursionError):
        whole = json.loads(text)
        yield from ((number, _object(row)) for number, row in enumerate(whole if isinstance(whole, list) else [whole], 1))
        return
    if any(line.strip().startswith(("{", "[")) for line in lines[:2]):
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield number, _object(json.loads(line))
                except (ValueError, RecursionError):  # so deep that Python gives up
                    yield number, _Broken("is not JSON")
    else:
        yield from _of_table(lines)


def _object(row: Any) -> Mapping[Any, Any] | _Broken:
    return row if isinstance(row, dict) else _Broken("is no row: an object that names its file")


def _of_table(lines: Sequence[str]) -> Iterator[tuple[int, Mapping[Any, Any] | _Broken]]:
    """Rows of a table, one a line; the first names the columns. Before it may stand remarks after a #, and `sep=`."""
    names: list[str] = []
    divider = ","
    for number, line in enumerate(lines, 1):
        if not line.strip() or (not names and line.lstrip('"').lower().startswith(("#", "sep="))):
            continue
        divider = divider if names else max(",;\t|", key=line.count)
        if line.count('"') % 2 or len(line) >= csv.field_size_limit():
            yield number, _Broken("is a broken row: a quotation mark in it is open, or it is too long")
            continue
        (cells,) = csv.reader([line], delimiter=divider)
        if not names:
            names = cells
        elif any(map(str.strip, cells)):
            yield number, _of_cells(names, cells)


def _of_cells(names: Sequence[str], cells: Sequence[str]) -> Mapping[Any, Any] | _Broken:
    if any(map(str.strip, cells[len(names) :])):
        return _Broken("has more columns than the first: a comma within one wants quotation marks around it")
    return dict(zip(names, cells, strict=False))


def _row(name: str, row: Mapping[str, Any]) -> Row:
    about, odd = About(), []
    for key, limit in _WORDS.items():
        setattr(about, key, one_line(str(row.get(key) or ""))[:limit])
    for key, field in _DAYS.items():
        if said := str(row.get(key) or "").strip():
            day = _day(said)
            setattr(about, field, day)
            if day is None:
                odd.append(f"{key} {said[:40]!r} is no day")
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
    blank = frozenset(field for key, field in _FIELDS.items() if key in row and not str(row[key] or "").strip())
    return Row(name, about, one_line(str(row.get("supersedes") or ""))[:300], odd, blank, is_not_published=is_not_known)


def _marking(said: str, odd: list[str]) -> tuple[str, bool]:
    """How a file is marked, and whether that is not known: it may be higher than what the library holds, so that it is taken
    for the highest it does."""
    plain = _BETWEEN.sub("-", said.upper()).strip("-")
    if not said or plain in CLASSIFICATIONS:
        return plain, False
    odd.append(f"classification {said[:40]!r} is not known: it is taken as {CLASSIFICATIONS[-1]}, and a draft stays a draft")
    return CLASSIFICATIONS[-1], True


def _known(said: str, codes: Mapping[str, str], name: str, odd: list[str]) -> str:
    plain = " ".join(said.lower().split())
    if plain and plain not in codes:
        odd.append(f"{name} {said[:40]!r} is not known")
    return codes.get(plain, "")


def _day(said: str) -> date | None:
    """A day as people and programs write it, without the time after it; the first of a month or year where no more is said."""
    words = _TIME_AFTER.sub("", said[:60])
    with suppress(ValueError):
        return date.fromisoformat(f"{read_partial(words) or words}-01-01"[:10])
    return None
