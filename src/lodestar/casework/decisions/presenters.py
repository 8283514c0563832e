"""What follows a referral in words: the register of referrals, and referrals beside crimes."""

from urllib.parse import urlencode

from lodestar.casework.decisions.queries.decisions import ALL, KEPT, LATE, NO_CRIME, NO_REFERRAL, RETURNED
from lodestar.casework.referral_forms.rules.route import route_of
from lodestar.casework.referrals.models import STATES
from lodestar.platform.obligations.encounter_reading import PersonReading

DIRECTIONS = {"sent": "made_by_us", "received": "received_for_investigation"}
TITLES = {"sent": "Sent by us", "received": "Received to investigate"}
SHOWS = {ALL: "All", LATE: "Late", RETURNED: "Further information asked for", **dict(STATES)}


def href(kind: str, show: str, team: str, after: str = "") -> str:
    """The address of one way to look at the list."""
    params = {"kind": kind, "show": show, "team": team, "after": after}
    return "/referrals?" + urlencode({name: value for name, value in params.items() if value})


PAIRS = {NO_CRIME: "Referrals without a crime", NO_REFERRAL: "Crimes without a referral", KEPT: "Settled"}
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
