"""The four fixed tables of a quarter, and which of their numbers are hidden; the steps of a question. Pure.

No table crosses two of domain, stage, district and reason, and none is narrowed but by its quarter. A gap belongs to the one
quarter in which it arose; a published quarter is never counted again. A person counts once in a cell: a small number is a small
number of people.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from lodestar.platform.statistics.suppression import LEAST, counts_shown, hidden_in
from lodestar.platform.time.days import add_months, start_of_day

GAP_AFTER = timedelta(days=14)  # a need that is not met for so long is a gap, also where nobody said why
PUBLISHED_WITHIN = timedelta(days=30)  # of the end of a quarter
MOST_BACK = 8  # quarters that can be published afterwards
ANSWER_WITHIN = timedelta(days=28)  # a question of the local policing body
NOT_KNOWN, ELSEWHERE, TOTAL = "not_known", "elsewhere", ("total", "")  # elsewhere: a district in which no unit works
TABLES = {
    "domain": "What was needed", "stage": "Stage of support", "district": "District",
    "reason": "Why it was not met",
}  # fmt: skip
ONE_CELL_EACH = ("stage", "district")  # each person is in one cell of these: their cells come to the total
MEASURED = (
    "not_assessed",
    "wish_not_asked",
    "people_waited",
    "people_waiting",
    "people_unsuitable",
)  # numbers of people apart from the tables

# A question: who may take which step after which.
ASKED, ANSWERED, DECIDED, PUBLISHED, FOLLOWED_UP = "asked", "answered", "decided", "published", "followed_up"
STEPS = {
    ASKED: "Asked", ANSWERED: "Answered by the force", DECIDED: "Decided by the policing body", PUBLISHED: "Answer published",
    FOLLOWED_UP: "Followed up",
}  # fmt: skip
NEXT: Mapping[str, Sequence[str]] = {
    ASKED: (ANSWERED,), ANSWERED: (DECIDED,), DECIDED: (PUBLISHED,), PUBLISHED: (FOLLOWED_UP,), FOLLOWED_UP: (FOLLOWED_UP,),
}  # fmt: skip
OF_FORCE = (ANSWERED,)


@dataclass(frozen=True)
class Quarter:
    """A quarter of a year by its name (`2026-Q3`), its first and its last day."""

    first: date

    @property
    def name(self) -> str:
        return f"{self.first.year}-Q{(self.first.month + 2) // 3}"

    @property
    def after(self) -> date:
        """The first day that is not in it."""
        return add_months(self.first, 3)

    @property
    def begins(self) -> datetime:
        return start_of_day(self.first)

    @property
    def ends(self) -> datetime:
        """The first instant that is not in it."""
        return start_of_day(self.after)


def quarter_of(day: date) -> Quarter:
    """The quarter in which a day lies."""
    return Quarter(date(day.year, (day.month - 1) // 3 * 3 + 1, 1))


def quarter_named(name: str) -> Quarter | None:
    """The quarter of this name; None for anything else."""
    year, _, number = name.partition("-Q")
    is_one = len(year) == 4 and year.isascii() and year.isdecimal() and number in ("1", "2", "3", "4") and int(year) > 2014
    return Quarter(date(int(year), int(number) * 3 - 2, 1)) if is_one else None


@dataclass(frozen=True)
class Gap:
    """One unmet need that became a gap: whose, when, and under which cell of each table; an empty cell is not known."""

    person: UUID
    arose_at: datetime
    cells: Mapping[str, str]


def unpublished(published: Collection[str], first: date | None, today: date) -> list[Quarter]:
    """The quarters that are over and were not published, the earliest first: from that of the first need that was recorded, at
    most `MOST_BACK` of them."""
    quarter, quarters = quarter_of(quarter_of(today).first - timedelta(days=1)), list[Quarter]()
    while first is not None and quarter.after > first and len(quarters) < MOST_BACK:
        quarters += [quarter] if quarter.name not in published else []
        quarter = quarter_of(quarter.first - timedelta(days=1))
    return quarters[::-1]


def published_tables(
    gaps: Iterable[Gap], cells: Mapping[str, Sequence[str]], measured: Mapping[str, int], *, secondary: bool = True
) -> dict[str, Any]:
    """The tables as they are published: for each its cells in their order with the number of people, None where it is hidden; the
    total; and numbers of people apart. `secondary` off hides small numbers alone, which protects nobody (a test shows it)."""
    counted = _counts(gaps, cells)
    lines = [[*((table, cell) for cell in counted[table]), TOTAL] for table in ONE_CELL_EACH]
    # People may be in several cells of the others: their total bounds the sum of the cells, so they are lines of their own.
    lines += [[*((table, cell) for cell in counted[table]), (table, "")] for table in TABLES if table not in ONE_CELL_EACH]
    whole = {(table, cell): number for table, of_table in counted.items() for cell, number in of_table.items()}
    whole |= {line[-1]: sum(whole[name] for name in line[:-1]) for line in lines}
    hidden = hidden_in(lines if secondary else (), whole)
    shown = {name: None if name in hidden else number for name, number in whole.items()}
    return {
        "least_shown": LEAST,
        "total": shown[TOTAL],
        "tables": {table: [[cell, shown[table, cell]] for cell in of_table] for table, of_table in counted.items()},
        "measured": counts_shown({name: measured.get(name, 0) for name in MEASURED}),
    }


def _counts(gaps: Iterable[Gap], cells: Mapping[str, Sequence[str]]) -> dict[str, dict[str, int]]:
    people: dict[tuple[str, str], set[UUID]] = {}
    placed: set[UUID] = set()
    for gap in sorted(gaps, key=lambda gap: (gap.arose_at, str(gap.person), sorted(gap.cells.items()))):
        for table in TABLES:
            if table not in ONE_CELL_EACH or gap.person not in placed:
                cell = gap.cells.get(table, "")
                people.setdefault((table, cell if cell in cells[table] else NOT_KNOWN), set()).add(gap.person)
        placed.add(gap.person)
    return {
        table: {cell: len(people.get((table, cell), ())) for cell in (*cells[table], NOT_KNOWN)} for table in TABLES
    }  # fmt: skip


def of_year(quarters: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A year as sums of the published cells of its quarters, and of nothing else: a cell that any quarter hides is hidden.
    Somebody with a gap in two quarters counts in both."""

    def added(numbers: Sequence[int | None]) -> int | None:
        return None if None in numbers else sum(number or 0 for number in numbers)

    tables: dict[str, list[list[Any]]] = {}
    for table in TABLES:
        by_cell: dict[str, list[int | None]] = {}
        for quarter in quarters:
            for cell, number in quarter["tables"][table]:
                by_cell.setdefault(cell, []).append(number)
        tables[table] = [[cell, added(numbers)] for cell, numbers in by_cell.items()]
    return {"total": added([quarter["total"] for quarter in quarters]), "tables": tables}


def is_ons_code(code: str) -> bool:
    """Whether this may be the code of a district: a letter of the country (X for what is invented) and eight figures."""
    return len(code) == 9 and code[0] in "EWX" and code[1:].isascii() and code[1:].isdecimal()


def cost_of(people: int | None, pounds: int | None) -> int | None:
    """What help for so many people would cost at so many pounds each; None where either is not known or not shown."""
    return None if people is None or pounds is None else people * pounds


def may_follow(before: str, step: str, *, is_of_force: bool) -> bool:
    """Whether a step may follow another one, taken by the force or by the local policing body."""
    return step in NEXT.get(before, ()) and (step in OF_FORCE) == is_of_force
