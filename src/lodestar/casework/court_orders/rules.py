"""The kinds and states of court orders, how long one may last, and when its owner looks at it next."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from lodestar.casework.evidence.rules import names
from lodestar.platform.registers.rules import state_rules
from lodestar.platform.text.reference_lists import reference_list, rows_on
from lodestar.platform.time.days import anniversary, end_of_day

BREACHED = "order_breached"  # a kind of notice
ORDER = state_rules("court_orders", "order_states")
KINDS: Mapping[str, str] = {row["code"]: row["name"] for row in reference_list("court_orders", "order_kinds").rows}
IN_FORCE, UNDECIDED = ("interim", "made", "varied"), ("considered", "applied", "interim")
LOOKED_FOR = ("stpo", "stro")  # one of them is considered before a case is closed
INFORMED = names("court_orders", "breach_questions", "victim_informed")


def kinds_on(day: date) -> dict[str, Mapping[str, Any]]:
    """The kinds of orders of a day, by code."""
    return {row["code"]: row for row in rows_on("court_orders", "order_kinds", day)}


def length_words(kind: Mapping[str, Any], start: date | None, end: date | None) -> str:
    """What is odd about the days of an order by what its Act allows; empty where nothing is. The list is not confirmed, so this
    asks a person and refuses nothing."""
    least, most = kind.get("least"), kind.get("most")
    if start and end and least and end < anniversary(start, least) - timedelta(days=1):
        return f"Shorter than the {least} years that the Act asks for (unconfirmed): check the order"
    if start and end and most and end > anniversary(start, most):
        return f"Longer than the {most} years that the Act allows (unconfirmed): check the order"
    return ""


def next_look(to: str, day: date, end: date | None, days: int) -> datetime | None:
    """When the owner looks next: so many days after `day` until the court has decided, so many before an order ends; never once
    it is over, nor while it runs until further order."""
    if to in ORDER.closed or (to in IN_FORCE and end is None):
        return None
    return end_of_day(end - timedelta(days=days) if to in IN_FORCE and end else day + timedelta(days=days))
