"""The unit board in finished words: a plot and a table each of teams, kinds of task and officers, with the ways into lists."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from lodestar.casework.ledger.queries.unit_board import Tally
from lodestar.platform.design.plots import Bar, bars
from lodestar.platform.design.when import short_day
from lodestar.platform.design.words import shortened

LISTS = "/my-unit"
TEAM, KIND, OFFICER = "team", "kind", "officer"
FILTER_OF = {TEAM: "unit", KIND: "kind", OFFICER: "officer"}
TABS = {TEAM: "By team", KIND: "By kind of task", OFFICER: "By officer"}
LATE, REST = "late", "rest"
KEY = ((LATE, "Late"), (REST, "Not late"))
COLUMNS = {
    TEAM: ("Team", "Open", "Late", "Late since"),
    KIND: ("Task", "Open", "Late", "Late since"),
    OFFICER: ("Officer", "Open", "Late", "Late since", "Children", "Arrested"),
}
SHORT = 44  # characters that fit over a bar


def tabs(current: str, unit: UUID) -> list[dict[str, Any]]:
    """The three ways to look at a board."""
    return [
        {"label": label, "href": f"/unit-board?{urlencode({'by': by, 'unit': unit})}", "current": by == current}
        for by, label in TABS.items()
    ]


def whose(unit: str, below: int) -> str:
    """Whose board it is; without a unit the force's."""
    return f"{unit} and the teams below it" if unit and below > 1 else unit or "The whole force"


def list_href(**filters: Any) -> str:
    """The worklist of the unit, narrowed to these."""
    return f"{LISTS}?{urlencode(filters)}" if filters else LISTS


def plot(tallies: Sequence[Tally], names: Mapping[Any, str]) -> list[Bar]:
    """Bars on one scale, late and not late."""
    parts = [(shortened(names[tally.key], SHORT), [(LATE, tally.late), (REST, tally.open - tally.late)]) for tally in tallies]
    return bars(parts, same_scale=True)


def rows(
    tallies: Sequence[Tally], names: Mapping[Any, str], by: str, narrow: Mapping[str, Any], now: datetime,
    sought: Mapping[Any, str],
) -> list[list[Any]]:  # fmt: skip
    """The table of the same numbers; each number leads to the tasks it counts. `narrow` is what narrows all lists, `sought` what
    narrows one to a row where that is not its key."""
    return [
        _row(tally, names[tally.key], by, {**narrow, FILTER_OF[by]: sought.get(tally.key, tally.key)}, now) for tally in tallies
    ]


def _row(tally: Tally, name: str, by: str, narrowed: Mapping[str, Any], now: datetime) -> list[Any]:
    first = {"words": name, "href": f"/unit-board?{urlencode({'by': OFFICER, 'unit': tally.key})}"} if by == TEAM else name
    cells = [
        first,
        _number(tally.open, narrowed),
        _number(tally.late, {**narrowed, "stage": "late"}),
        short_day(tally.oldest, now) if tally.oldest else "none late",
    ]
    if by == OFFICER:
        cells += [_number(tally.children, {**narrowed, "child": 1}), _number(tally.in_custody, {**narrowed, "custody": 1})]
    return cells


def _number(many: int, filters: Mapping[str, Any]) -> Any:
    return {"words": f"{many:,}", "href": list_href(**filters)} if many else "0"


def total_words(tallies: Sequence[Tally], now: datetime) -> str:
    """All that is to do in one sentence."""
    late = sum(tally.late for tally in tallies)
    oldest = min((tally.oldest for tally in tallies if tally.oldest), default=None)
    since = f", the first since {short_day(oldest, now)}" if oldest else ""
    return f"{sum(tally.open for tally in tallies):,} open, {late:,} late{since}."
