"""What stands on the first page of a role beside its list, in finished words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from lodestar.casework.allocation.models import Allocation
from lodestar.casework.cases.models import Case
from lodestar.casework.cases.queries import RecentChange
from lodestar.casework.decisions.models import KINDS, Decision
from lodestar.casework.investigations.models import Review
from lodestar.casework.ledger.presenters import place_words, role_words
from lodestar.casework.ledger.queries.worklists import Listed
from lodestar.casework.worklists.presenters.worklists import late_count
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import ApiToken, Shift
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.design.when import day, due_in, local, moment, short_day
from lodestar.platform.design.words import MOST_COUNTED, count, shortened
from lodestar.platform.notices.due_items import KINDS as DUE_KINDS
from lodestar.platform.notices.due_items import DueItem
from lodestar.platform.text.grouping import grouped
from lodestar.web.queries import Waits

DECIDED = dict(KINDS)
NEWS = {
    "investigations.allocated": "a detective has the case",
    "investigations.crime_recorded": "the crime has a number",
    "recognition.belief_decided": "it was decided on reasonable grounds",
    "referrals.sent": "the referral was sent",
}


def service_warnings(disks: Iterable[str], ending: Iterable[ApiToken]) -> list[str]:
    """What an administrator is to see to: disks nearly full, tokens of the force that end soon."""
    return [*disks, *(f"The last day of the token of {token.name} is {day(token.last_day)}." for token in ending)]


def decided(rows: Iterable[Decision], now: datetime) -> list[dict[str, Any]]:
    """What was decided on the referrals of somebody, a line each: which, when, and on the one sent when."""
    return [
        {
            "words": f"{DECIDED[row.kind]}, {short_day(row.decided_on, now)}, on the referral of {sent}",
            "reference": row.referral.person.case.reference,
        }
        for row in rows
        for sent in (short_day(row.referral.sent_at, now),)
    ]


def news(became: Iterable[RecentChange], now: datetime) -> list[dict[str, Any]]:
    """What others did in the officer's cases, one line each."""
    return [
        {
            "words": f"{place_words(event.case) or 'Your case'}: {NEWS[event.code]}, {short_day(event.happened_at, now)}",
            "reference": event.case.reference,
        }
        for event in became
        if event.code in NEWS
    ]


def reviews(rows: Iterable[Waits], due: Mapping[UUID, date]) -> list[dict[str, Any]]:
    """Each with the day by which it is answered; who asks stands on its own page."""
    return [{"id": row.id, "reference": row.words, "due": day(due[row.id])} for row in rows if row.id and row.id in due]


def role_gaps(gaps: Iterable[tuple[str, Sequence[Listed], int]], now: datetime) -> list[dict[str, str]]:
    """One line for each role that nobody has: how much waits for it, how much of that is late, and the oldest time it was due."""
    found = []
    for role, rows, late in gaps:
        oldest = min((row.due for row in rows if row.due), default=None)
        since = f", {late_count(late, len(rows))} late" if late and oldest else ""
        since += f", the first due {moment(oldest, now)}" if since and oldest and len(rows) <= MOST_COUNTED else ""
        found.append({"role": role, "name": role_words(role), "words": f"{count(len(rows))} to do{since}"})
    return found


DUE_SHOWN = 5  # of one kind


def due_panel(items: Sequence[DueItem]) -> dict[str, Any]:
    """What is to be done by a day, a few of each kind in their order, and where all of a kind are that has more."""
    by_kind = grouped((item.kind, item) for item in items)
    shown = [item for item in items if item in by_kind[item.kind][:DUE_SHOWN]]
    return {"items": shown, "all": [DUE_KINDS[kind] for kind, some in by_kind.items() if len(some) > DUE_SHOWN]}


DAY_BEGINS, NIGHT_BEGINS = 7, 18  # hours of the clock
LONGEST = 160  # characters of directions in a panel
ANSWERED = {"done": ("Done", "green"), "not_possible": ("Not possible yet", "orange")}
NOT_ANSWERED = ("Not answered", "yellow")


def tonight(
    tours: Sequence[Shift], most: int, cases: Sequence[Case], authorities: Sequence[Allocation], member: Member, now: datetime
) -> dict[str, Any]:
    """The panel in words. `tours` holds one more than `most` when there are more."""
    names = [_on_tour(tour, member, now) for tour in tours]
    by_holder = grouped((case.interim_owner.name, case.reference) for case in cases)
    return {
        "title": "On today" if DAY_BEGINS <= local(now).hour < NIGHT_BEGINS else "On tonight",
        "on_tour": tuple(names[:most]),
        "more": len(names) > most,
        "sets_duty": member.may(Permission.DUTY_ROSTER_SET),
        "interim": tuple({"name": name, "references": tuple(some)} for name, some in by_holder.items()),
        "authorities": tuple(_authority(row, member, now) for row in authorities),
    }


def _on_tour(tour: Shift, member: Member, now: datetime) -> str:
    return f"{tour.user.name}{' (you)' if tour.user_id == member.user else ''}, until {moment(tour.to_at, now)}"


def _authority(row: Allocation, member: Member, now: datetime) -> dict[str, Any]:
    ends = row.expires_at or row.at
    page = "allocate" if member.may(Permission.CASE_ALLOCATE) else "authority" if row.authorised_by_id == member.user else ""
    where = f"/cases/{row.case.reference}/{page}" if page else f"/cases/{row.case.reference}"
    until = f"{moment(ends, now)}, {due_in(ends, now)}"
    return {"reference": row.case.reference, "owner": row.owner.name, "until": until, "href": where}


def directions(given: Sequence[tuple[Review, str]], now: datetime) -> list[dict[str, Any]]:
    """What the member directed, the latest first."""
    return [
        {
            "to": f"{row.to.name if row.to else 'Holder'}, {short_day(row.at, now)}",
            "reference": row.case.reference,
            "words": shortened(row.directions, LONGEST),
            "state": state,
            "colour": colour,
        }
        for row, (state, colour) in ((review, ANSWERED.get(answer, NOT_ANSWERED)) for review, answer in given)
    ]
