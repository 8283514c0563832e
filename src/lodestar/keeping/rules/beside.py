"""How long what lies beside the people of cases is kept: earlier records of other systems, likenesses that nobody took for one
human, what somebody typed and never sent, stored files to which nothing refers.

Nobody has to review these: they are copies, guesses and remains. The periods are settings of the force, and unconfirmed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from lodestar.keeping.rules import months_after

KINDS = ("earlier", "likeness", "request", "draft", "file")
MONTHS = {"earlier": "keep_earlier_months", "likeness": "keep_likeness_months", "request": "keep_request_months"}
MARKED = "keep_let_go_months"
DAYS = {"draft": "keep_draft_days", "file": "keep_file_days"}


@dataclass(frozen=True)
class Beside:
    """What is known of one of them. `last`: the day on which it came in or was changed last. `needed`: a question about it is
    open, or it is linked to somebody who is in a case. `held`: a legal hold is on a case it belongs to."""

    last: date
    needed: bool = False
    held: bool = False


def last_day(kind: str, last: date, settings: Mapping[str, str | int]) -> date:
    """The last day on which it is kept."""
    if kind in MONTHS:
        return months_after(last, int(settings[MONTHS[kind]]))
    return last + timedelta(days=int(settings[DAYS[kind]]))


def marked_until(today: date, settings: Mapping[str, str | int]) -> date:
    """The last day of the mark of what is let go today: until then what came from elsewhere does not come in again."""
    return months_after(today, int(settings[MARKED]))


def goes(kind: str, one: Beside, today: date, settings: Mapping[str, str | int]) -> bool:
    """Whether it is let go today: its time is over, nobody needs it, and nothing holds it."""
    return not one.held and not one.needed and last_day(kind, one.last, settings) < today


def latest(kind: str, today: date, settings: Mapping[str, str | int]) -> date:
    """The latest day on which one of them can have been changed last that goes today: for a query that looks for them."""
    day = today
    while last_day(kind, day, settings) >= today:
        day -= timedelta(days=1)
    return day
