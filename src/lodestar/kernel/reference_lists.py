"""Dated reference lists: TOML files beside the apps, each with where it came from, under what licence, and who
answers for it.

A list is data, found by the app and the name of its file; nothing is imported to read one. Each is read once a process.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

PACKAGE = Path(__file__).resolve().parent.parent

HEADER = ("title", "source", "licence", "attribution", "owner", "published", "review_by")


@dataclass(frozen=True)
class ReferenceList:
    """One list as it stands in its file: `header` says what `HEADER` names, `rows` are its rows in their order."""

    name: str  # app/list
    path: Path
    header: Mapping[str, Any]
    rows: tuple[Mapping[str, Any], ...] = field(default_factory=tuple)


@cache
def reference_list(app: str, name: str) -> ReferenceList:
    """The list `name` of `app`. Raises FileNotFoundError when there is none, tomllib.TOMLDecodeError when it is no
    TOML."""
    path = PACKAGE / app / "reference" / f"{name}.toml"
    with path.open("rb") as file:
        told = tomllib.load(file)
    rows = tuple(MappingProxyType(row) for row in told.pop("row", []))
    return ReferenceList(name=f"{app}/{name}", path=path, header=MappingProxyType(told), rows=rows)


def every_reference_list() -> tuple[ReferenceList, ...]:
    """All lists of all apps, by app and name."""
    found = sorted(PACKAGE.glob("*/reference/*.toml"))
    return tuple(reference_list(path.parent.parent.name, path.stem) for path in found)


def holds_on(row: Mapping[str, Any], day: date) -> bool:
    """Whether a dated row is the one of that day. `from` and `to` are days, both included; without one it is open."""
    start, end = row.get("from"), row.get("to")
    return (start is None or start <= day) and (end is None or day <= end)


@cache
def rows_on(app: str, name: str, day: date) -> tuple[Mapping[str, Any], ...]:
    """The rows of a list that hold on a day, in the order of the file."""
    return tuple(row for row in reference_list(app, name).rows if holds_on(row, day))
