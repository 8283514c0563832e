"""What stands on the first page of a role beside its list, in finished words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from lodestar.casework.cases.models import Case
from lodestar.casework.cases.queries import RecentChange
from lodestar.casework.decisions.models import KINDS, Decision
from lodestar.casework.investigations.models import Allocation
from lodestar.casework.investigations.queries import Given
from lodestar.casework.ledger.presenters import place_words, role_words
from lodestar.casework.ledger.queries.worklists import Listed
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import ApiToken, Shift
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.design.when import day, due_in, local, moment, short_day
from lodestar.platform.design.words import count, shortened
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


def alerted(rows: Iterable[Waits], now: datetime) -> list[dict[str, Any]]:
    """Alerts that nobody has said they have seen, a line each: in which of one's cases somebody is whom it is about, and who
    recorded somebody like them; or what a report from elsewhere has to do with it. It says nothing of the other case, and no
    name of theirs: others see a first page over a shoulder."""
    return [
        {
            "id": row.id, "what": row.what, "reference": row.words,
            "recorded": f"{row.name or 'another force'}, {moment(row.at, now)}",
        }
        for row in rows
    ]  # fmt: skip


def asked(number: int) -> str:
    """What somebody is told of questions from earlier records that wait for their own answer."""
    if not number:
        return ""
    whom = "someone" if number == 1 else f"each of {count(number)} people"
    return f"You are asked whether {whom} in earlier records could be a possible victim"


def reviews(rows: Iterable[Waits], due: Mapping[UUID, date]) -> list[dict[str, Any]]:
    """Each with the day by which it is answered; who asks stands on its own page."""
    return [{"id": row.id, "reference": row.words, "due": day(due[row.id])} for row in rows if row.id and row.id in due]


def role_gaps(gaps: Iterable[tuple[str, Sequence[Listed], int]], now: datetime) -> list[dict[str, str]]:
    """One line for each role that nobody has: how much waits for it, how much of that is late, and the oldest time it was due."""
    found = []
    for role, rows, late in gaps:
        oldest = min((row.due for row in rows if row.due), default=None)
        since = f", {count(late)} late, the first due {moment(oldest, now)}" if late and oldest else ""
        found.append({"role": role, "name": role_words(role), "words": f"{count(len(rows))} to do{since}"})
    return found


DUE_SHOWN = 5  # of one kind


def due_panel(items: Sequence[DueItem]) -> dict[str, Any]:
    """What is to be done by a day, a few of each kind in their order, and where all of a kind are that has more."""
    by_kind = grouped((item.kind, item) for item in items)
    shown = [item for item in items if item in by_kind[item.kind][:DUE_SHOWN]]
    return {"items": shown, "all": [DUE_KINDS[kind] for kind, some in by_kind.items() if len(some) > DUE_SHOWN]}


def to_agree(number: int) -> str:
    """What policy owners are told of colleagues' changes that wait for them."""
    if not number:
        return ""
    return f"{count(number)} {'change of a setting waits' if number == 1 else 'changes of settings wait'} for a second person"


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


def directions(given: Sequence[Given], now: datetime) -> list[dict[str, Any]]:
    """What the member directed, the latest first."""
    return [
        {
            "to": f"{row.to.name if row.to else 'Holder'}, {short_day(row.at, now)}",
            "reference": row.case.reference,
            "words": shortened(row.directions, LONGEST),
            "state": state,
            "colour": colour,
        }
        for row, (state, colour) in ((direction.review, ANSWERED.get(direction.answer, NOT_ANSWERED)) for direction in given)
    ]
