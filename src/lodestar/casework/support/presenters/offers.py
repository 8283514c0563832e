"""Help offered again, for reading: when it is owed, and what came of each offer."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from lodestar.casework.cases.rules import Ladder
from lodestar.casework.consent.presenters import shown_words
from lodestar.casework.support.models import Offer
from lodestar.casework.support.rules import MADE, days_of, met
from lodestar.platform.design.when import day, moment, on
from lodestar.platform.text.reference_lists import words_of

HOW, OUTCOMES = ([*words_of("support", "offer_words", kind).items()] for kind in ("how", "outcome"))
COMES_BACK = (
    "Any time, at any police station or through the helpline. They need no document and no reason. They can ask to "
    "speak to someone alone, with an interpreter."
)


def state_of(ladder: Ladder, is_owed: bool) -> str:
    """Which page this is: `unwanted`, `unsafe`, `open` while offers are owed, or `none`."""
    if not ladder.is_offered_again:
        return ladder.contact
    return "open" if is_owed else "none"


def days_owed(refused: datetime | None, offers: Sequence[Offer], now: datetime) -> list[dict[str, str]]:
    """The three days, and how each stands."""
    if refused is None:
        return []
    made = [(row.offered_at, row) for row in offers if row.outcome in MADE and row.since is not None]
    done = met(refused, [(at, row) for at, row in made if on(row.since or at) == on(refused)])
    rows = []
    for count, when in days_of(refused).items():
        row = done.get(f"day {count}")
        if row is not None:
            says = f"Offered {moment(row.offered_at, now)}"
        else:
            says = "To come" if when > on(now) else "Due today" if when == on(now) else "Late"
        rows.append({"key": f"Day {count}, {day(when)}", "value": says})
    return rows


def lines(rows: Iterable[Offer], user: UUID, now: datetime) -> list[dict[str, Any]]:
    """The offers so far, in the order given."""
    return [_line(row, user, now) for row in rows]


def _line(row: Offer, user: UUID, now: datetime) -> dict[str, Any]:
    agreed = {True: "in the agreed way", False: "not in the agreed way", None: ""}[row.as_agreed]
    officer = {True: "by someone they know", False: "by someone new to them", None: ""}[row.known_officer]
    how = dict(HOW).get(row.how, "")
    parts = (how[:1].lower() + how[1:], agreed, officer, shown_words(row.leaflet), row.said.rstrip("."))
    return {
        "outcome": dict(OUTCOMES)[row.outcome],
        "when": moment(row.offered_at, now),
        "how": ". ".join(part[:1].upper() + part[1:] for part in (", ".join(filter(None, parts[:4])), parts[4]) if part),
        "by": "you" if row.recorded_by_id == user else row.recorded_by.name,
    }
