"""What may be recorded as having happened, or as planned, and the events that obligations count from. Pure.

What happens to a suspect is an event of the other possible victims of the case, under names that tell it from their own
prosecution and release.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from lodestar.platform.obligations.obligations import as_day
from lodestar.platform.text.reference_lists import reference_list

SUSPECT, VICTIM, OWN, CASE = "suspect", "victim", "own", "case"  # whose an event is
GROUPS = {
    SUSPECT: "A suspect or exploiter",
    VICTIM: "A possible victim",
    OWN: "Planned for someone suspected of an offence",
    CASE: "The case",
}
NO_FURTHER_ACTION, TO_BE_RELEASED = "suspect_no_further_action", "suspect_to_be_released"


@dataclass(frozen=True)
class Kind:
    """One kind of event: its words, whose it is, the name under which the rules know it (empty for none), and whether it is
    planned, so that its day is still to come."""

    words: str
    of: str
    event: str = ""
    is_planned: bool = False


KINDS: dict[str, Kind] = {
    row["code"]: Kind(row["words"], row["of"], row.get("event", ""), row.get("is_planned", False))
    for row in reference_list("case_facts", "event_kinds").rows
}
CUSTODY_KINDS = {"suspect_arrested": "arrested", "suspect_bailed": "released", "suspect_released": "released"}
SETTLED = ("found_adult", "found_child")
MISSING, FOUND = "missing", "found"  # of a page of their own
ALL_KINDS = (*KINDS, MISSING, FOUND)
AGE_SETTLED = "age_settled"  # that somebody who was treated as a child is an adult
STEPS = ("suspect_arrest", "suspect_bail", "suspect_release", "charge", NO_FURTHER_ACTION, "outcome")
RULE_NAMES = {NO_FURTHER_ACTION: "no_further_action", TO_BE_RELEASED: "release"}  # as the list of obligations calls them


def release_moment(at: datetime) -> str:
    """The moment of `tell_victim_before_release` for a release planned for `at`."""
    return f"release {at.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def update_moments(told_at: datetime, steps: Iterable[tuple[str, datetime]]) -> list[str]:
    """The moments of `victim_update` that telling somebody at `told_at` answers: every step until then, each once."""
    names = [(RULE_NAMES.get(name, name), at) for name, at in steps if name in STEPS and at <= told_at]
    return list(dict.fromkeys(f"{name} {as_day(at).isoformat()}" for name, at in names))
