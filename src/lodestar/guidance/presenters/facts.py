"""Facts that no longer hold, as rows of a table."""

from collections.abc import Iterable
from typing import Any

from lodestar.design.when import day as day_words
from lodestar.guidance.models import StaleFact
from lodestar.guidance.presenters.passages import sentence


def cells(rows: Iterable[tuple[StaleFact, int]], today: Any) -> list[list[dict[str, Any]]]:
    """The facts as rows of a table: what no longer holds, what does and since when, how many passages quote it."""
    return [
        [
            {"words": ", ".join(row.says[:3]), "href": f"/guidance/facts/{row.id}", "more": f" ({row.called})",
             **_state(row, today)},
            {"words": f"{sentence(row.replaced_by)}, since {day_words(row.from_date)}"},
            {"words": str(count)},
        ]
        for row, count in rows
    ]  # fmt: skip


def _state(row: StaleFact, today: Any) -> dict[str, str]:
    if not row.is_used:
        return {"tag": "Not used", "colour": "grey"}
    return {"tag": "Past its review", "colour": "yellow"} if row.review_by < today else {}
