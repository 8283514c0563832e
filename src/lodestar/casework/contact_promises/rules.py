"""What may be promised, when it is to be done again, what a pause does, and when a promise is broken. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from lodestar.platform.registers.rules import state_rules
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.time.days import add_months, end_of_day, london_date

GIVEN = "promise_given"  # kind of notice
PROMISE = state_rules("contact_promises", "promise_states")
ROWS: Mapping[str, Mapping[str, str]] = {row["code"]: row for row in reference_list("contact_promises", "promise_kinds").rows}
KINDS: Mapping[str, str] = {code: row["name"] for code, row in ROWS.items()}
PAUSE, RELEASE = "pause", "release"  # a promise not to contact them; what the release of a suspect makes due, recorded with it
BEFORE_RELEASE, UPDATE = "tell_victim_before_release", "victim_update"  # obligations of the Victims' Code
RHYTHMS = {"": "Once", "weekly": "Every week", "fortnightly": "Every two weeks", "monthly": "Every month"}
_DAYS = {"weekly": 7, "fortnightly": 14}


def next_time(rhythm: str, done_at: datetime) -> datetime | None:
    """When the same is to be done again after it was done: the end of that day; None for what was promised once."""
    if not rhythm:
        return None
    done = london_date(done_at)
    return end_of_day(done + timedelta(days=_DAYS[rhythm]) if rhythm in _DAYS else add_months(done, 1))


def after_pause(by_when: datetime, begins: datetime, ends: datetime) -> datetime:
    """When something is to be done that falls into a pause: the end of the day after it. The rest keeps its time."""
    return end_of_day(london_date(ends) + timedelta(days=1)) if begins <= by_when <= ends else by_when


def outcome(kind: str, state: str, by_when: datetime, done_at: datetime | None, now: datetime) -> str:
    """`broken` where it was not done by then, `late` where it was done after it, else the state; a pause is just over."""
    if state == "done" and done_at is not None:
        return "late" if done_at > by_when else "done"
    return "broken" if state == "open" and by_when < now and kind != PAUSE else state
