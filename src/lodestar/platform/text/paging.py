"""A place in a long list, so that the next page begins after a row and not after a number of rows."""

import base64
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID


@dataclass(frozen=True)
class Place:
    """The row after which a page begins: its time in the list's order (None where it has none) and its id."""

    at: datetime | None
    id: UUID

    def mark(self) -> str:
        """The place as one word for an address. It holds a time and an id, and nothing of anyone."""
        written = f"{self.at.isoformat() if self.at else ''}~{self.id}"
        return base64.urlsafe_b64encode(written.encode()).decode().rstrip("=")


def place(mark: str) -> Place | None:
    """The place that a mark names; None for the beginning, and for a mark that is none.

    Its time is told in UTC: another's offset may be one that the database cannot read.
    """
    try:
        at, _, row = base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)).decode().partition("~")
        when = datetime.fromisoformat(at) if at else None
        if when is not None and when.tzinfo is None:
            return None
        return Place(when.astimezone(UTC) if when else None, UUID(row))
    except (ValueError, OverflowError):  # broken base64 is a ValueError too
        return None
