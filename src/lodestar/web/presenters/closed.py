"""What was owed and is answered, one line each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lodestar.cases.models import Obligation, ObligationEvent
from lodestar.web.presenters.owed import rule_of, short


@dataclass(frozen=True)
class Closed:
    """One thing that is owed no more: what, by whom, when it happened, and whether that was late."""

    sentence: str
    by: str
    at: datetime
    was_late: bool
    rule_href: str


def closed(
    rows: Sequence[Obligation], events: Mapping[UUID, ObligationEvent], names: Mapping[UUID, str]
) -> list[Closed]:
    """The lines, in the order of the rows."""
    found = []
    for row in rows:
        event, rule = events.get(row.id), rule_of(row)
        at = event.happened_at if event else row.closed_at
        if at is not None:
            found.append(
                Closed(
                    sentence=short(rule) if rule else row.code.replace("_", " "),
                    by=names.get(event.by, "a colleague") if event else "a colleague",
                    at=at,
                    was_late=row.due_at is not None and at > row.due_at,
                    rule_href=f"/rules/{row.code}",
                )
            )
    return found
