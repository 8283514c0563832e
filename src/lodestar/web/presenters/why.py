"""Why somebody may see a case, in one sentence they can check."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from lodestar.cases.queries.people import Seen
from lodestar.design.when import clock, moment, short_day
from lodestar.record.models import Event

WHY = {
    "seal": "It is sealed, and you are one of its named owners. No one else knows that it exists.",
    "owner": "You own this case",
    "opened": "You opened this case",
    "given": "You were given this case",
    "emergency": "You used emergency access",
    "unit": "It belongs to your unit, whose supervisor you are.",
    "force": "Your role serves the whole force.",
}


def why_you_see(seen: Seen, now: datetime) -> str:
    """The reason, with since when, and until when where it ends."""
    words = WHY[seen.how]
    if seen.since is None:
        return words
    until = f". It ends at {clock(seen.until)} on {short_day(seen.until, now)}" if seen.until else ""
    return f"{words}, {short_day(seen.since, now)}, {clock(seen.since)}{until}."


def emergency_words(event: Event, names: Mapping[UUID, str], lasts: timedelta, now: datetime) -> str:
    """That somebody opened the case by emergency access: who, when, until when, and the reason they gave."""
    ends = event.recorded_at + lasts
    until = f"it ended {moment(ends, now)}" if ends <= now else f"it ends {moment(ends, now)}"
    who = names.get(event.by, "A colleague")
    return f"{who}, {moment(event.recorded_at, now)}; {until}. \u201c{event.reason}\u201d"
