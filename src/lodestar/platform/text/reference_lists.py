"""Dated reference lists: TOML files beside the apps, each with where it came from, under what licence, and who answers for it.

A list is data, found by the app and the name of its file; nothing is imported to read one. Each is read once a process.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

PACKAGE = Path(__file__).resolve().parents[2]

HEADER = ("title", "source", "licence", "attribution", "owner", "published", "review_by")


class Unreadable(ValueError):
    """A list that cannot be read at all; `str` names it and says why in one line."""


@dataclass(frozen=True)
class ReferenceList:
    """One list as it stands in its file: `header` says what `HEADER` names, `rows` are its rows in their order."""

    name: str  # app/list
    path: Path
    header: Mapping[str, Any]
    rows: tuple[Mapping[str, Any], ...] = field(default_factory=tuple)


@cache
def reference_list(app: str, name: str) -> ReferenceList:
    """The list `name` of `app`. Raises FileNotFoundError when there is none, Unreadable when it is no TOML in UTF-8."""
    return read_list(next(PACKAGE.glob(f"*/{app}/reference/{name}.toml"), PACKAGE / app / "reference" / f"{name}.toml"))


@cache
def words_of(app: str, name: str, kind: str, column: str = "name") -> Mapping[str, str]:
    """What the codes of one kind of a list of words are called, in its order; or another column of them."""
    return {row["code"]: row[column] for row in reference_list(app, name).rows if row["kind"] == kind}


def read_list(path: Path) -> ReferenceList:
    """The list in a file `app/reference/name.toml`, read anew. Raises as `reference_list` does."""
    name = f"{path.parent.parent.name}/{path.stem}"
    try:
        content = tomllib.loads(path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Unreadable(f"{name} is not in UTF-8: byte {error.start} is {error.object[error.start]:#04x}") from error
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(f"{name} is no TOML: {' '.join(str(error).split())}") from error
    rows = tuple(MappingProxyType(row) for row in content.pop("row", []))
    return ReferenceList(name=name, path=path, header=MappingProxyType(content), rows=rows)


def list_files() -> tuple[Path, ...]:
    """The file of every list of every app, by app and name."""
    return tuple(sorted(PACKAGE.glob("*/*/reference/*.toml")))


def every_reference_list() -> tuple[ReferenceList, ...]:
    """All lists of all apps, by app and name."""
    return tuple(reference_list(path.parent.parent.name, path.stem) for path in list_files())


def holds_on(row: Mapping[str, Any], day: date) -> bool:
    """Whether a dated row is the one of that day. `from` and `to` are days, both included; without one it is open."""
    start, end = row.get("from"), row.get("to")
    return (start is None or start <= day) and (end is None or day <= end)


@lru_cache(maxsize=4096)  # days of facts may be any
def rows_on(app: str, name: str, day: date) -> tuple[Mapping[str, Any], ...]:
    """The rows of a list that hold on a day, in the order of the file."""
    return tuple(row for row in reference_list(app, name).rows if holds_on(row, day))
