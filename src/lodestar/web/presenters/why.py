"""Why somebody may see a case, in one sentence they can check."""

from datetime import datetime

from lodestar.cases.queries.people import Seen
from lodestar.design.when import clock, short_day

WHY = {
    "seal": "It is sealed, and you are one of its named owners. Nobody else knows that it exists.",
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
