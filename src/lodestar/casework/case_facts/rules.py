"""What may be recorded as having happened, or as planned, and the events that obligations count from. Pure.

What happens to a suspect is an event of the other possible victims of the case, under names that tell it from their own
prosecution and release.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from lodestar.platform.obligations.obligations import as_day

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
    "suspect_arrested": Kind("Suspect arrested", SUSPECT, "suspect_arrest"),
    "suspect_bailed": Kind("Suspect bailed", SUSPECT, "suspect_bail"),
    "suspect_to_be_released": Kind("Suspect to be released, or conditions to end", SUSPECT, TO_BE_RELEASED, is_planned=True),
    "suspect_released": Kind("Suspect released, or conditions ended", SUSPECT, "suspect_release"),
    "suspect_charged": Kind("Suspect charged", SUSPECT, "charge"),
    "suspect_not_prosecuted": Kind("No further action against the suspect", SUSPECT, NO_FURTHER_ACTION),
    "suspect_outcome": Kind("Suspect sentenced, acquitted or another outcome", SUSPECT, "outcome"),
    "victim_updated": Kind("Victim updated", VICTIM),
    "victim_told_of_release": Kind("Victim told of a planned release", VICTIM),
    "forced_marriage_known": Kind("Forced marriage, or a risk of it, is known", VICTIM, "forced_marriage_known"),
    "rape_reported": Kind("Rape or sexual assault reported", VICTIM, "rape_reported"),
    "other_crime_known": Kind("Another crime against them is known", VICTIM, "other_crime_known"),
    "crime_reported": Kind("Crime reported by them or for them", VICTIM, "crime_reported"),
    "accommodated": Kind("Child placed in care or other accommodation", VICTIM, "accommodated"),
    "found_adult": Kind("Age settled: adult when encountered", VICTIM),
    "found_child": Kind("Age settled: under 18 when encountered", VICTIM),
    "charging_planned": Kind("Charging decision expected", OWN, "charge_decision", is_planned=True),
    "disposal_planned": Kind("Out-of-court disposal expected", OWN, "out_of_court_disposal", is_planned=True),
    "no_action_planned": Kind("No further action expected", OWN, "no_further_action", is_planned=True),
    "hearing_planned": Kind("Court hearing listed", OWN, "hearing", is_planned=True),
    "release_planned": Kind("To be released from custody or prison", OWN, "release", is_planned=True),
    "crime_received": Kind("Crime received from another force to investigate", CASE, "crime_received"),
    "closing_proposed": Kind("Closing the case is proposed", CASE, "closing_proposed"),
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
