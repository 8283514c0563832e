"""How long a token of another system lives, and how often it may ask: what the force of this transaction has set.

The dated settings of a force are kept in an app above this one, which registers how they are read.
"""

from collections.abc import Callable
from datetime import date, timedelta

from lodestar.platform.obligations.settings import SHIPPED, Settings

LONGEST, MOST_A_MINUTE = "token_days_most", "token_requests_a_minute"
WARNED = timedelta(days=14)  # before the last day
_read: list[Callable[[], Settings]] = []


def read_settings_with(read: Callable[[], Settings]) -> None:
    """Has the settings of the force of a transaction read by this function."""
    _read[:] = [read]


def last_day_possible(today: date) -> date:
    """The last day that a token made today can have."""
    return today + timedelta(days=set_number(LONGEST, today))


def requests_a_minute(today: date) -> int:
    """How many requests of one token are answered in a minute."""
    return set_number(MOST_A_MINUTE, today)


def set_number(key: str, day: date) -> int:
    """What the force of this transaction has set on this day, a number."""
    settings = _read[0]() if _read else SHIPPED
    return int(settings.on(day)[key])
