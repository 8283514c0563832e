"""When no e-mail goes out, and what one says."""

from datetime import datetime
from zoneinfo import ZoneInfo

NIGHT_FROM, NIGHT_TO = 22, 7  # hours in London in which nobody is sent a digest


def is_night(now: datetime) -> bool:
    """Whether it is between 22:00 and 07:00 in London."""
    hour = now.astimezone(ZoneInfo("Europe/London")).hour
    return hour >= NIGHT_FROM or hour < NIGHT_TO


def digest_words(number: int) -> str:
    """All that an e-mail says: it passes through systems that are not the force's."""
    return f"You have {number} new {'item' if number == 1 else 'items'} in Lodestar"
