"""The figure and its lists as CSV that no spreadsheet runs anything of."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from lodestar.analysis.presenters.lists import Shown
from lodestar.analysis.presenters.words import VERDICT_WORDS
from lodestar.analysis.queries.figure import Figure
from lodestar.analysis.rules import VERDICTS
from lodestar.analysis.rules.period import Period
from lodestar.kernel.cells import table
from lodestar.kernel.days import london

MARKING = "OFFICIAL-SENSITIVE, for the police alone. Sealed cases are in none of it. A rise may mean better recognition."
ABOUT = ("from", "to", "known_at", "counted")
HEAD = (
    "number", "failing", "version", *ABOUT, "all_cases", "could_have", *VERDICTS, "happened_in_cases_met_before", "would_tell",
    "marking",
)  # fmt: skip
LIST_HEAD = ("case", "met", "about", "unit", "failing", "verdict", "why", *ABOUT, "marking")


def told(period: Period, at: datetime, counted: str) -> list[str]:
    """What every row says of the period it is of, so that a row cut out still says it."""
    return [period.first.isoformat(), period.last.isoformat(), london(at).isoformat(timespec="seconds"), counted]


def figure_rows(figure: Figure, counted: str) -> list[dict[str, Any]]:
    """The figure, a row for each failing, by the names of `HEAD`."""
    before = figure.before
    found = []
    for number, counts in figure.counts.items():
        row = figure.defined[number]
        numbers = [counts.all, counts.could_have, *(counts.of(one) for one in VERDICTS), before[number]]
        cells = [number, row["title"], row["version"], *told(figure.period, figure.at, counted), *numbers]
        found.append(dict(zip(HEAD, [*cells, row["would_tell"], MARKING], strict=True)))
    return found


def figure_csv(figure: Figure, counted: str) -> bytes:
    """The figure as CSV."""
    return table(HEAD, [[str(cell) for cell in row.values()] for row in figure_rows(figure, counted)])


def list_csv(rows: Sequence[Shown], row: Mapping[str, Any], verdict: str, about: Sequence[str]) -> bytes:
    """The cases behind one number as CSV."""
    said = (row["title"], VERDICT_WORDS[verdict])
    cells = [(one.reference, one.met, one.about, one.unit, *said, "; ".join(one.why), *about, MARKING) for one in rows]
    return table(LIST_HEAD, cells)
