"""What is given out, for reading and as files."""

import json
from collections.abc import Mapping
from typing import Any

from lodestar.exchange.models import KINDS, Release
from lodestar.exchange.rules.files import table
from lodestar.exchange.rules.returned import COUNTS
from lodestar.kernel.written import MONTHS

COLUMNS = {"adult": "Adults", "child": "Children", "not_known": "Age not known"}


RETURN = ("schema", "version", "force", "month", "made_on", "due_on", "late", "least_shown", "counts", "hidden")


def number(value: int | None) -> str:
    """A number as it is shown: a hidden one says so and not what it is."""
    return "not shown" if value is None else str(value)


def title(row: Release) -> str:
    """What a release is called: `Monthly return, March 2026`."""
    year, part = row.period.split("-")
    when = f"{MONTHS[int(part) - 1].capitalize()} {year}" if row.kind == "return" else f"quarter {part[1]} of {year}"
    return f"{dict(KINDS)[row.kind]}, {when}"


def _content(row: Release) -> dict[str, Any]:
    """What was kept, in the order in which it is read: the database keeps none."""
    told: Mapping[str, Any] = row.content
    if row.kind != "return":
        return dict(told)
    counts = {name: told["counts"][name] for name in COUNTS if name in told["counts"]}
    return {name: counts if name == "counts" else told[name] for name in RETURN if name in told}


def rows_of(row: Release) -> tuple[list[str], list[list[str]]]:
    """The head and the rows of a release, as a table shows it."""
    told = _content(row)
    if row.kind == "return":
        return ["What", "How many"], [[COUNTS[name], number(value)] for name, value in told["counts"].items()]
    head = ["Kind", *(COLUMNS[name] for name in told["columns"]), "All"]
    rows = [
        [one["kind"].capitalize(), *(number(value) for value in one["counts"]), number(one["sum"])]
        for one in told["rows"]
    ]
    return head, [*rows, ["All", *(number(value) for value in told["sums"]), number(told["total"])]]


def as_file(row: Release, kind: str) -> bytes:
    """A release as JSON or CSV. In CSV a hidden number is an empty cell; JSON has null."""
    if kind == "json":
        return (json.dumps(_content(row), ensure_ascii=False, indent=1) + "\n").encode()
    told = _content(row)
    if row.kind == "return":
        names = ("schema", "version", "force", "month", "made_on", "due_on", "late")
        head = [*names, *told["counts"]]
        cells = [*(told[name] for name in names), *told["counts"].values()]
        return table(head, [[_cell(value) for value in cells]])
    rows = [[one["kind"], *one["counts"], one["sum"]] for one in told["rows"]]
    rows.append(["all", *told["sums"], told["total"]])
    return table(["kind", *told["columns"], "all"], [[_cell(value) for value in row] for row in rows])


def _cell(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
