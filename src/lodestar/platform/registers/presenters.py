"""A register in words: cells for a page or a file, and the history of a row."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from lodestar.platform.design.when import due_at, is_late
from lodestar.platform.registers.models import Register, RegisterMove, RegisterRow


def due_cell(row: RegisterRow, now: datetime) -> Any:
    """When a row is due, marked where it is late: a cell of most registers."""
    if row.due_at is None:
        return ""
    late = {"tag": "Late", "colour": "red"} if is_late(row.due_at, now) else {}
    return {"words": due_at(row.due_at, now), **late}


def plain_cell(cell: Any) -> str:
    """A cell as a file holds it."""
    if isinstance(cell, dict):
        return " ".join(str(cell[part]) for part in ("tag", "words", "more") if cell.get(part))
    return str(cell)


def own_lines(register: Register, rows: Iterable[RegisterRow], now: datetime) -> dict[str, Any]:
    """A list of the rows of one person, for their page: its headings and its cells."""
    columns = [column for column in register.columns if not column.is_of_person]
    cells = [[column.cell(row, now) for column in columns] for row in rows]
    return {"headings": [column.heading for column in columns], "rows": cells}


def history_lines(register: Register, moves: Iterable[RegisterMove]) -> list[dict[str, Any]]:
    """The moves of a row, as the macro `timeline` takes them."""
    rules = register.model.rules
    return [
        {
            "title": rules.words(row.before, row.after),
            "by": row.mover.name if row.mover else register.outsider,
            "at": row.moved_at,
            "words": ". ".join(filter(None, (rules.reasons.get(row.after, {}).get(row.reason, ""), str(row.because)))),
        }
        for row in moves
    ]
