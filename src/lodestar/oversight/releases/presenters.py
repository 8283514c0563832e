"""What is given out, for reading and as files."""

import json
from collections.abc import Mapping
from typing import Any

from lodestar.oversight.releases.models import KINDS, Release
from lodestar.oversight.releases.rules.releases import COUNTS
from lodestar.platform.text.csv_safety import table
from lodestar.platform.time.uk_dates import MONTHS

VERDICT_WORDS = {"happened": "Happened", "did_not": "Did not", "cannot_tell": "Cannot tell", "could_not": "Could not have"}
COLUMNS = {"adult": "Adults", "child": "Children", "not_known": "Age not known"}


RETURN = ("schema", "version", "force", "month", "made_on", "due_on", "late", "least_shown", "counts", "hidden")


def number(value: int | None) -> str:
    """A number as it is shown: a hidden one says so and not what it is."""
    return "not shown" if value is None else str(value)


def title(row: Release) -> str:
    """What a release is called: `Monthly return, March 2026`."""
    if "head" in row.content:
        return f"{dict(KINDS)[row.kind]}, {row.content['title']}"
    year, part = row.period.split("-")
    when = f"{MONTHS[int(part) - 1].capitalize()} {year}" if row.kind == "return" else f"quarter {part[1]} of {year}"
    return f"{dict(KINDS)[row.kind]}, {when}"


def _content(row: Release) -> dict[str, Any]:
    """What was kept, in the order in which it is read: the database keeps none."""
    content: Mapping[str, Any] = row.content
    if row.kind != "return":
        return dict(content)
    counts = {name: content["counts"][name] for name in COUNTS if name in content["counts"]}
    return {name: counts if name == "counts" else content[name] for name in RETURN if name in content}


def rows_of(row: Release) -> tuple[list[str], list[list[str]]]:
    """The head and the rows of a release, as a table shows it."""
    content = _content(row)
    if "head" in content:
        return content["head"], content["rows"]
    if row.kind == "return":
        return ["What", "How many"], [[COUNTS[name], number(value)] for name, value in content["counts"].items()]
    if row.kind == "figure":
        return ["Failing", *VERDICT_WORDS.values()], [_failing(entry) for entry in content["rows"]]
    rows = [[entry["kind"].capitalize(), number(entry["sum"])] for entry in content["rows"]]
    ages = [[COLUMNS[name], number(value)] for name, value in zip(content["columns"], content["sums"], strict=True)]
    return ["Possible victims", "How many"], [*rows, *ages, ["All", number(content["total"])]]


def _failing(entry: Mapping[str, Any]) -> list[str]:
    return [f"{entry['number']}. {entry['failing']}", *(number(entry[verdict]) for verdict in VERDICT_WORDS)]


def as_file(row: Release, kind: str) -> bytes:
    """A release as JSON or CSV. In CSV a hidden number is an empty cell; JSON has null."""
    if kind == "json":
        return (json.dumps(_content(row), ensure_ascii=False, indent=1) + "\n").encode()
    content = _content(row)
    if "head" in content:
        return table(content["head"], content["rows"])
    if row.kind == "return":
        names = ("schema", "version", "force", "month", "made_on", "due_on", "late")
        head = [*names, *content["counts"]]
        cells = [*(content[name] for name in names), *content["counts"].values()]
        return table(head, [[_cell(value) for value in cells]])
    if row.kind == "figure":
        keys = ("number", "failing", "version", *VERDICT_WORDS, "would_tell")
        return table(keys, [[_cell(entry[key]) for key in keys] for entry in content["rows"]])
    rows = [("kind", entry["kind"], entry["sum"]) for entry in content["rows"]]
    rows += [("age", name, value) for name, value in zip(content["columns"], content["sums"], strict=True)]
    rows.append(("all", "all", content["total"]))
    return table(["table", "line", "people"], [[_cell(value) for value in row] for row in rows])


def _cell(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
