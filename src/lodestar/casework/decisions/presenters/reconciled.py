"""Referrals and crimes side by side, in words: whose the one is without the other, since when, and why."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from lodestar.casework.decisions.queries.reconciled import KEPT, NO_CRIME, NO_REFERRAL
from lodestar.casework.ledger.queries.worklists import Tried
from lodestar.casework.referral_forms.rules.route import route_of
from lodestar.platform.design.when import moment
from lodestar.platform.design.words import count
from lodestar.platform.obligations.encounter_reading import PersonReading

TITLES = {NO_CRIME: "Referrals without a crime", NO_REFERRAL: "Crimes without a referral", KEPT: "Settled"}
STANDS = {
    NO_CRIME: "A referral or notification is recorded, and no crime.",
    NO_REFERRAL: "A crime is recorded, and no referral or notification.",
    "": "Nothing to explain: both are recorded, or neither.",
}
HINTS = {  # of the reason that is asked for
    NO_CRIME: "For example: the force where it happened has recorded the crime, and its number",
    NO_REFERRAL: "For example: another body has referred them, and its reference",
}
ROUTES = {
    "nrm": "",  # a referral is owed, and that is no reason
    "dtn": "They said no, or contact was lost first. The Duty to Notify is needed.",
    "best_interests": "A best interests decision comes first.",
    "childrens_services": "No sign of their own exploitation is recorded.",
}


def from_facts(person: PersonReading | None) -> str:
    """Why somebody has no referral, by what is recorded of them; empty where it says nothing of that."""
    if person is None:
        return ""
    if "possible_victim" not in person.facts.roles and not person.has_grounds_or_signs:
        return "Not recorded as a possible victim any more."
    route = route_of(person)
    if route.code == "ask":
        return route.why[0]
    return ROUTES[route.code] if route.code in ROUTES else " ".join(route.why)


def sides(show: str, counted: Mapping[str, int]) -> list[dict[str, Any]]:
    """The three lists with how many rows each has, where that was counted, and which is looked at."""
    labels = {code: f"{title} ({count(counted[code])})" if code in counted else title for code, title in TITLES.items()}
    return [{"label": words, "href": f"?show={code}", "current": code == show} for code, words in labels.items()]


def history(reasons: Sequence[Tried], now: datetime) -> list[tuple[str, str]]:
    """What was said of one person: the words, and who said them when."""
    return [(reason.because, f"{reason.name}, {moment(reason.at, now)}") for reason in reasons]
