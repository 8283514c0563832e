"""Passages that quote a fact that no longer holds, as their owner sees them: where, which fact, and what is confirmed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lodestar.design.when import day as day_words
from lodestar.guidance.models import Passage, StaleFact
from lodestar.guidance.presenters.passages import anchor, quoting, sentence, warnings, where
from lodestar.guidance.rules.superseded import Fact


@dataclass(frozen=True)
class Quoted:
    """One passage: its document and place, the sentence, and what differs."""

    title: str
    href: str
    owner: str
    said: str
    differs: tuple[str, ...]


def quoted(rows: Iterable[Passage], facts: Sequence[Fact]) -> list[Quoted]:
    """Passages for the list of their owners."""
    found = []
    for row in rows:
        document, place = row.version.document, where(row)
        told = [fact for fact in facts if fact.code in row.stale]
        found.append(
            Quoted(
                f"{document.title}, {place}" if place and place != document.title else document.title,
                f"/guidance/documents/{document.id}?at={row.number}#{anchor(row.number)}",
                document.owner, quoting(row.text, told), warnings(told),
            )
        )  # fmt: skip
    return found


def cells(rows: Iterable[tuple[StaleFact, int]], today: Any) -> list[list[dict[str, Any]]]:
    """The facts as rows of a table: what no longer holds, what does and since when, how many passages quote it."""
    return [
        [
            {"words": ", ".join(row.says[:3]), "href": f"/guidance/facts/{row.id}", "more": f" ({row.called})",
             **_state(row, today)},
            {"words": f"{sentence(row.replaced_by)}, since {day_words(row.from_date)}"},
            {"words": str(count), "href": f"/guidance/facts/quoted?fact={row.code}" if count else ""},
        ]
        for row, count in rows
    ]  # fmt: skip


def _state(row: StaleFact, today: Any) -> dict[str, str]:
    if not row.is_used:
        return {"tag": "Not used", "colour": "grey"}
    return {"tag": "Past its review", "colour": "yellow"} if row.review_by < today else {}
