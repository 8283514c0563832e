"""The register of referrals in words: where each stands, its next clock, its crime; and its open checks in counts."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from lodestar.casework.decisions.queries.register import ALL, FEW, LATE, NO_CHECK, RETURNED, Tally
from lodestar.casework.referrals.models import STATES
from lodestar.platform.design.words import count
from lodestar.platform.text.reference_lists import reference_list

DIRECTIONS = {"sent": "made_by_us", "received": "received_for_investigation"}
TITLES = {"sent": "Sent by us", "received": "Received to investigate"}
SHOWS = {ALL: "All", LATE: "Late", RETURNED: "Further information asked for", **dict(STATES)}


def kinds(kind: str) -> tuple[dict[str, Any], ...]:
    """The two kinds, which are never one list."""
    return tuple({"label": title, "href": f"/referrals?kind={code}", "current": code == kind} for code, title in TITLES.items())


def filters(kind: str, show: str, unit: UUID | None, counted: Mapping[str, int]) -> list[dict[str, Any]]:
    """Each way to look at the list, with how many there are; what holds nothing is left out, unless it is looked at."""
    choices = []
    for code, title in SHOWS.items():
        number = counted.get(code)
        if not number and code not in (show, ALL, LATE):
            continue
        words = f"{title} ({count(number)})" if number is not None else title
        choices.append({"words": words, "href": href(kind, code, unit), "current": code == show})
    return choices


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
