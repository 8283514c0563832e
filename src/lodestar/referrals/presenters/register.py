"""The register of referrals in words: where each stands, its next clock, and whether its crime is recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from lodestar.accounts.models import Unit
from lodestar.cases.presenters.people import label
from lodestar.design.when import due_at, is_late, short_day
from lodestar.design.words import count
from lodestar.referrals.models import STATES
from lodestar.referrals.presenters.decided import FOLLOWING
from lodestar.referrals.queries.register import ALL, LATE, RETURNED, Line

LONGEST = 160  # characters of a name or a reason in a list
DIRECTIONS = {"sent": "made_by_us", "received": "received_for_investigation"}
TITLES = {"sent": "Sent by us", "received": "Received to investigate"}
ROUTES = {"nrm": "NRM", "dtn": "Duty to Notify"}
SHOWS = {ALL: "All", LATE: "Late", RETURNED: "Further information asked for", **dict(STATES)}
CLOCKS = {
    **FOLLOWING,
    "watch_reasonable_grounds_decision": "First decision",
    "consider_reconsideration": "Reconsideration",
    "put_referral_right": "Put right what was sent",
    "send_supplementary_information": "Send supplementary information",
    "turning_18_consent": "Turning 18: ask again",
}


@dataclass(frozen=True)
class Shown:
    """One referral of the register: where it leads, whose it is, what stands there."""

    href: str
    who: str
    about: str
    case: str
    state: str
    returned: bool
    clock: str
    due: str
    late: bool
    crime: str
    crime_missing: bool
    why_href: str  # the page on which somebody says why there is no crime; empty where there is one


def shown(found: Sequence[Line], now: datetime) -> list[Shown]:
    """The lines in words."""
    return [_shown(one, now) for one in found]


def _shown(one: Line, now: datetime) -> Shown:
    referral, clock, pairing = one.now.referral, one.clock, one.pairing
    sent = f"{ROUTES[referral.route]}, {short_day(referral.sent_at, now)}"
    has_crime = pairing is not None and pairing.crime_at is not None
    settled = pairing is not None and pairing.settled
    late = clock is not None and clock.due_at is not None and is_late(clock.due_at, now)
    return Shown(
        href=f"/referrals/{referral.id}/decision" if referral.route == "nrm" else f"/people/{referral.person_id}/referral",
        who=shortened(label(referral.person)),
        about=f"{sent}. {one.now.unit.name}",
        case=f"{referral.person.case.reference}{f', {one.reference}' if one.reference else ''}",
        state=dict(STATES)[one.now.state],
        returned=one.now.returned,
        clock=CLOCKS.get(clock.code, "") if clock else "",
        due=due_at(clock.due_at, now) if clock and clock.due_at else "",
        late=late,
        crime="Crime recorded" if has_crime else "No crime, with a reason" if settled else "No crime recorded",
        crime_missing=not has_crime and not settled,
        why_href="" if has_crime else f"/people/{referral.person_id}/reconciled",
    )


def shortened(words: str) -> str:
    """A name or a reason as a list shows it, in one line; the whole of it stands on its own page."""
    words = " ".join(words.split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}\u2026"


def kinds(kind: str) -> tuple[dict[str, Any], ...]:
    """The two kinds, which are never one list."""
    return tuple(
        {"label": title, "href": f"/referrals?kind={code}", "current": code == kind} for code, title in TITLES.items()
    )


def filters(kind: str, show: str, unit: UUID | None, counted: Mapping[str, int]) -> list[dict[str, Any]]:
    """Each way to look at the list, with how many there are; what holds nothing is left out, unless it is looked at."""
    found = []
    for code, title in SHOWS.items():
        number = counted.get(code)
        if not number and code not in (show, ALL, LATE):
            continue
        words = f"{title} ({count(number)})" if number is not None else title
        found.append({"words": words, "href": href(kind, code, unit), "current": code == show})
    return found


def href(kind: str, show: str, unit: UUID | None, after: str = "") -> str:
    """The address of one way to look at the list."""
    told = {"kind": kind, "show": show, "unit": str(unit) if unit else "", "after": after}
    return "/referrals?" + urlencode({name: value for name, value in told.items() if value})


def teams(rows: Sequence[Unit], unit: UUID | None) -> list[tuple[str, str, bool]]:
    """The units to choose from, and which is chosen."""
    return [("", "Every team", unit is None), *((str(row.id), row.name, row.id == unit) for row in rows)]
