"""Open checks by team, and against what was decided, in words: counts alone, small ones not shown."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from lodestar.kernel.reference_lists import reference_list
from lodestar.referrals.queries.register import FEW, NO_CHECK, Tally, quarter_after

OUTCOMES = {"rg_positive": "First decision positive", "rg_negative": "First decision negative", "": "No decision yet"}
NONE_OPEN = "No check open"
Cells = list[str]


def number(counted: int) -> str:
    """A count as it is shown: what is small is not, so that nobody is picked out."""
    return "fewer than 5" if 0 < counted < FEW else str(counted)


def against_outcome(found: Mapping[str, Tally]) -> list[Cells]:
    """A row for each check that was open in any, the most frequent first, with how many of each outcome."""
    rows = [["All that were written here", *(number(found[code].sent) for code in OUTCOMES)]]
    totals = {code: sum(tally.checks[code] for tally in found.values()) for code in _codes(found)}
    order = sorted(totals, key=lambda code: (code != NO_CHECK, -totals[code], code))
    return rows + [[_title(code), *(number(found[outcome].checks[code]) for outcome in OUTCOMES)] for code in order]


def of_teams(found: Mapping[str, Tally]) -> list[Cells]:
    """For each team how many it sent, and its checks with how often each was open; of a team that sent few nothing more."""
    return [[team, number(tally.sent), _open_in(tally)] for team, tally in found.items()]


def _open_in(tally: Tally) -> str:
    if tally.sent < FEW:
        return "Too few to show"
    told = sorted(tally.checks, key=lambda code: (code == NO_CHECK, -tally.checks[code], code))
    shown = [f"{_title(code)}: {tally.checks[code]}" for code in told if tally.checks[code] >= FEW]
    few = [_title(code) for code in told if 0 < tally.checks[code] < FEW]
    return "; ".join([*shown, *([f"{number(1)} each: {', '.join(few)}"] if few else [])])


def _codes(found: Mapping[str, Tally]) -> set[str]:
    return {code for tally in found.values() for code in tally.checks}


def _title(code: str) -> str:
    titles = {row["code"]: row["title"] for row in reference_list("referrals", "coach_checks").rows}
    return NONE_OPEN if code == NO_CHECK else titles.get(code, code)


def quarter(first: date) -> str:
    """A quarter in words: `October to December 2026`."""
    last = date(first.year, first.month + 2, 1)
    return f"{first:%B} to {last:%B} {first.year}"


def href(first: date, after: str = "") -> str:
    """The address of a quarter, and the team after whose name its teams begin."""
    told = {"quarter": f"{first.year}-{(first.month + 2) // 3}", "after": after}
    return "/referrals/quality?" + urlencode({name: value for name, value in told.items() if value})


def before(first: date) -> tuple[str, str]:
    """The address and the words of the quarter before."""
    earlier = quarter_after(first, -1)
    return href(earlier), quarter(earlier)
