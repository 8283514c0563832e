"""A file of another body's system, for reading before it is taken in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from lodestar.design.when import moment
from lodestar.exchange.rules.coming_in import Incoming, IncomingStatus
from lodestar.kernel.text_normalise import one_line

MOST_NAMES, MOST_OF_A_NAME = 5, 60  # of one case of a file, and characters of each
MOST_NOTES, MOST_OF_A_NOTE = 30, 200


def coming(incoming_cases: Sequence[Incoming], standing: Sequence[IncomingStatus], now: datetime) -> list[dict[str, Any]]:
    """The cases of a file as they would be taken in: their people, when they were met, and what stands already."""
    return [
        {
            "title": one_line(incoming.encounter.reference or f"Case {place}")[:80],
            "who": _who(incoming),
            "met": moment(incoming.encounter.encountered_at, now) if incoming.is_dated else "Not said",
            "stands": status,
        }
        for place, (incoming, status) in enumerate(zip(incoming_cases, standing, strict=True), 1)
    ]


def _who(incoming: Incoming) -> str:
    names = [one_line(name)[:MOST_OF_A_NAME] or "Someone without a name" for name in incoming.names]
    more = len(names) - MOST_NAMES
    return ", ".join(names[:MOST_NAMES]) + (f", and {more} more" if more > 0 else "")


def left_behind(incoming_cases: Sequence[Incoming]) -> list[str]:
    """What of a file is not taken in, each once."""
    notes = [one_line(note)[:MOST_OF_A_NOTE] for incoming in incoming_cases for note in incoming.notes]
    distinct_notes = list(dict.fromkeys(notes))
    more = len(distinct_notes) - MOST_NOTES
    return distinct_notes[:MOST_NOTES] + ([f"And {more} more of the same kind."] if more > 0 else [])
