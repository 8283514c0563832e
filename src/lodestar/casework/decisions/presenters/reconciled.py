"""Referrals and crimes side by side, in words: whose the one is without the other, since when, and why."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from lodestar.casework.cases.presenters import label
from lodestar.casework.decisions.presenters.register import LONGEST
from lodestar.casework.decisions.queries.reconciled import KEPT, NO_CRIME, NO_REFERRAL, side_of
from lodestar.casework.ledger.queries.worklists import Tried
from lodestar.casework.referral_forms.rules.route import route_of
from lodestar.casework.referrals.models import Pairing, PairingSettled
from lodestar.platform.design.when import moment, short_day
from lodestar.platform.design.words import count, shortened
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


def open_ones(
    rows: Sequence[Pairing], side: str, reasons: Mapping[UUID, Tried], read: Mapping[UUID, PersonReading], now: datetime
) -> list[dict[str, Any]]:
    """The rows of one side that nobody has settled, each with the reason that somebody gave, else what the facts say."""
    entries = []
    for row in rows:
        reason = reasons.get(row.person_id)
        why = reason.because if reason else from_facts(read.get(row.person_id))
        entries.append(_pairing_row(row, side, why, f"{reason.name}, {short_day(reason.at, now)}" if reason else "", now))
    return entries


def settled_ones(
    rows: Sequence[Pairing], settlements: Mapping[UUID, Sequence[PairingSettled]], reasons: Mapping[UUID, Tried], now: datetime
) -> list[dict[str, Any]]:
    """The rows that somebody settled, each with the latest reason."""
    entries = []
    for row in rows:
        why = by = ""
        if row.person_id in settlements:
            settlement = settlements[row.person_id][0]
            why, by = settlement.reason, f"{settlement.settled_by.name}, {short_day(settlement.settled_at, now)}"
        elif row.person_id in reasons:
            reason = reasons[row.person_id]
            why, by = reason.because, f"{reason.name}, {short_day(reason.at, now)}"
        entries.append(_pairing_row(row, side_of(row), why, by, now))
    return entries


def _pairing_row(row: Pairing, side: str, why: str, by: str, now: datetime) -> dict[str, Any]:
    at = row.referral_at if side == NO_CRIME else row.crime_at
    return {
        "href": f"/people/{row.person_id}/reconciled",
        "who": shortened(label(row.person), LONGEST),
        "case": row.person.case.reference,
        "since": f"{'Sent' if side == NO_CRIME else 'Crime recorded'} {short_day(at, now)}" if at else "",
        "why": shortened(why, LONGEST),
        "by": by,
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
    return [
        {
            "label": f"{title} ({count(counted[code])})" if code in counted else title,
            "href": f"?show={code}",
            "current": code == show,
        }
        for code, title in TITLES.items()
    ]


def history(settlements: Sequence[PairingSettled], reason: Tried | None, now: datetime) -> list[tuple[str, str]]:
    """What was said of one person, the latest first: the words, and who said them when. What stands on another page is last."""
    entries = [(row.reason, f"{row.settled_by.name}, {moment(row.settled_at, now)}") for row in settlements]
    return entries + ([(reason.because, f"{reason.name}, {moment(reason.at, now)}")] if reason else [])
