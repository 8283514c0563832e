"""A manifest as it is sent: CSV or JSON lines, one file a row; of its columns only `file` must be filled in."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lodestar.guidance.actions.intake import About
from lodestar.guidance.models.library import NATIONS, ORIGINS

_DAYS = {"published": "published_on", "valid_from": "valid_from", "valid_to": "valid_to", "review": "review_by"}
_LISTS = ("topics", "audience", "exploitation")
_NATIONS = {name.lower(): code for code, name in NATIONS.items()} | {
    "england & wales": "england_wales", "e&w": "england_wales", "ew": "england_wales", "united kingdom": "uk",
    "great britain": "uk", "gb": "uk", "ni": "northern_ireland", "all": "uk",
}  # fmt: skip


class NotAManifest(ValueError):
    """The manifest cannot be read; the words say where."""


@dataclass
class Row:
    """One row: which file, what is said of it, what it supersedes (a file's name or a title), and what was not understood."""

    file: str
    about: About
    supersedes: str
    not_understood: list[str]


def read_manifest(content: bytes) -> list[Row]:
    """The rows of a manifest; an empty one is none, and one that names no file is told by its line. Raises NotAManifest."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotAManifest("The manifest is not UTF-8 text: save it as UTF-8.") from None
    rows, nameless = [], 0
    for number, told in _told(text):
        row = {str(key).strip().lower(): value for key, value in told.items()}
        if any(str(value or "").strip() for value in row.values()):
            name = str(row.get("file") or "").strip()
            nameless += not name
            rows.append(_row(name or f"Line {number}, which names no file", row))
    if nameless and nameless == len(rows):
        raise NotAManifest("The manifest names no file: a column is called file, and each row names one in it.")
    return rows


def _told(text: str) -> Iterator[tuple[int, Mapping[Any, Any]]]:
    if text.lstrip().startswith(("{", "[")):
        lines = enumerate(text.splitlines(), 1) if text.lstrip().startswith("{") else enumerate(_list(text), 1)
        for number, line in lines:
            try:
                told = json.loads(line) if isinstance(line, str) and line.strip() else line
            except ValueError:
                raise NotAManifest(f"Line {number} of the manifest is not JSON.") from None
            if isinstance(told, dict):
                yield number, told
        return
    first = text.splitlines()[0] if text.strip() else ""
    divider = max(",;\t", key=first.count)
    yield from enumerate(csv.DictReader(io.StringIO(text), delimiter=divider), 2)


def _list(text: str) -> list[Any]:
    try:
        return list(json.loads(text))
    except ValueError:
        raise NotAManifest("The manifest is not JSON.") from None


def _row(name: str, row: Mapping[str, Any]) -> Row:
    about, odd = About(), []
    for key, limit in (("title", 300), ("publisher", 200), ("licence", 200)):
        setattr(about, key, " ".join(str(row.get(key) or "").split())[:limit])
    for key, field in _DAYS.items():
        if said := str(row.get(key) or "").strip():
            day = _day(said)
            setattr(about, field, day)
            if day is None:
                odd.append(f"{key} {said[:40]!r} is no day")
    for key in _LISTS:
        listed: Any = row.get(key) or []
        parts = listed if isinstance(listed, list) else str(listed).replace("|", ";").replace(",", ";").split(";")
        setattr(about, key, [" ".join(str(part).split())[:40] for part in parts if str(part).strip()][:20])
    about.origin = _known(str(row.get("origin") or ""), {code: code for code in ORIGINS}, "origin", odd)
    about.nation = _known(str(row.get("nation") or ""), _NATIONS | {code: code for code in NATIONS}, "nation", odd)
    if about.valid_from and about.valid_to and about.valid_to < about.valid_from:
        odd.append("it ends before it begins")
        about.valid_to = None
    return Row(name, about, str(row.get("supersedes") or "").strip(), odd)


def _known(said: str, codes: Mapping[str, str], name: str, odd: list[str]) -> str:
    plain = " ".join(said.lower().split())
    if plain and plain not in codes:
        odd.append(f"{name} {said[:40]!r} is not known")
    return codes.get(plain, "")


def _day(said: str) -> date | None:
    """A day as 2026-04-07, 7 April 2026, 07/04/2026, April 2026 or 2026; the first of a month or year where no more is said."""
    for shape in ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%B %Y", "%b %Y", "%Y-%m", "%Y"):
        try:
            return datetime.strptime(said[:30].split("T")[0].strip(), shape).date()
        except ValueError:
            continue
    return None
