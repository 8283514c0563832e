"""What follows a referral in words: the register of referrals, its open checks in counts, and referrals beside crimes."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from lodestar.casework.decisions.queries.decisions import KEPT, NO_CRIME, NO_REFERRAL
from lodestar.casework.decisions.queries.register import ALL, FEW, LATE, NO_CHECK, RETURNED, Tally
from lodestar.casework.referral_forms.rules.route import route_of
from lodestar.casework.referrals.models import STATES
from lodestar.platform.obligations.encounter_reading import PersonReading
from lodestar.platform.text.reference_lists import reference_list

DIRECTIONS = {"sent": "made_by_us", "received": "received_for_investigation"}
TITLES = {"sent": "Sent by us", "received": "Received to investigate"}
SHOWS = {ALL: "All", LATE: "Late", RETURNED: "Further information asked for", **dict(STATES)}


def href(kind: str, show: str, unit: UUID | None, after: str = "") -> str:
    """The address of one way to look at the list."""
    params = {"kind": kind, "show": show, "unit": str(unit) if unit else "", "after": after}
    return "/referrals?" + urlencode({name: value for name, value in params.items() if value})


OUTCOMES = {"rg_positive": "First decision positive", "rg_negative": "First decision negative", "": "No decision yet"}
NONE_OPEN = "No check open"
Cells = list[str]


def number(counted: int) -> str:
    """A count as it is shown: what is small is not, so that nobody is picked out."""
    return "fewer than 5" if 0 < counted < FEW else str(counted)


def against_outcome(tallies: Mapping[str, Tally]) -> list[Cells]:
    """A row for each check that was open in any, the most frequent first, with how many of each outcome."""
    rows = [["All that were written here", *(number(tallies[code].sent) for code in OUTCOMES)]]
    codes = {code for tally in tallies.values() for code in tally.checks}
    totals = {code: sum(tally.checks[code] for tally in tallies.values()) for code in codes}
    order = sorted(totals, key=lambda code: (code != NO_CHECK, -totals[code], code))
    return rows + [[_title(code), *(number(tallies[outcome].checks[code]) for outcome in OUTCOMES)] for code in order]


def of_teams(tallies: Mapping[str, Tally]) -> list[Cells]:
    """For each team how many it sent, and its checks with how often each was open; of a team that sent few nothing more."""
    return [[team, number(tally.sent), _open_in(tally)] for team, tally in tallies.items()]


def _open_in(tally: Tally) -> str:
    if tally.sent < FEW:
        return "Too few to show"
    codes = sorted(tally.checks, key=lambda code: (code == NO_CHECK, -tally.checks[code], code))
    shown = [f"{_title(code)}: {tally.checks[code]}" for code in codes if tally.checks[code] >= FEW]
    few = [_title(code) for code in codes if 0 < tally.checks[code] < FEW]
    return "; ".join([*shown, *([f"{number(1)} each: {', '.join(few)}"] if few else [])])


def _title(code: str) -> str:
    titles = {row["code"]: row["title"] for row in reference_list("referral_forms", "coach_checks").rows}
    return NONE_OPEN if code == NO_CHECK else titles.get(code, code)


def quarter(first: date) -> str:
    """A quarter in words: `October to December 2026`."""
    last = date(first.year, first.month + 2, 1)
    return f"{first:%B} to {last:%B} {first.year}"


def quarter_link(first: date, after: str = "") -> tuple[str, str]:
    """The address of a quarter, and of the team after whose name its teams begin, and the words of the quarter."""
    params = {"quarter": f"{first.year}-{(first.month + 2) // 3}", "after": after}
    return "/referrals/quality?" + urlencode({name: value for name, value in params.items() if value}), quarter(first)


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
