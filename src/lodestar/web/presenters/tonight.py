"""What stands beside a supervisor's decisions: who is on tour, who has cases meanwhile, authorities, directions given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lodestar.accounts.access import Member
from lodestar.accounts.models import Tour
from lodestar.accounts.permissions import Permission
from lodestar.cases.models import Case
from lodestar.design.when import due_in, local, moment, short_day
from lodestar.design.words import shortened
from lodestar.investigations.models import Allocation
from lodestar.investigations.queries import Given

DAY_BEGINS, NIGHT_BEGINS = 7, 18  # hours of the clock
LONGEST = 160  # characters of directions in a panel
ANSWERED = {"done": ("Done", "green"), "not_possible": ("Not possible yet", "orange")}


@dataclass(frozen=True)
class Interim:
    """An officer who has cases meanwhile, with the references of these."""

    name: str
    references: tuple[str, ...]


@dataclass(frozen=True)
class Authority:
    """An authority that runs: of which case, who has it, until when, and where a detective is given it."""

    reference: str
    owner: str
    until: str
    href: str


@dataclass(frozen=True)
class Direction:
    """Directions that were given: to whom and when, in which case, what, and how they stand."""

    to: str
    reference: str
    words: str
    state: str
    colour: str


@dataclass(frozen=True)
class Tonight:
    """The panel. `more` says that more are on tour than are named."""

    title: str
    on_tour: tuple[str, ...]
    more: bool
    interim: tuple[Interim, ...]
    authorities: tuple[Authority, ...]


def tonight(
    tours: Sequence[Tour], most: int, cases: Sequence[Case], authorities: Sequence[Allocation], member: Member, now: datetime
) -> Tonight:
    """The panel in words. `tours` holds one more than `most` when there are more."""
    names = [_on_tour(tour, member, now) for tour in tours]
    held: dict[str, list[str]] = {}
    for case in cases:
        held.setdefault(case.interim_owner.name, []).append(case.reference)
    return Tonight(
        title="On today" if DAY_BEGINS <= local(now).hour < NIGHT_BEGINS else "On tonight",
        on_tour=tuple(names[:most]),
        more=len(names) > most,
        interim=tuple(Interim(name, tuple(some)) for name, some in held.items()),
        authorities=tuple(_authority(row, member, now) for row in authorities),
    )


def _on_tour(tour: Tour, member: Member, now: datetime) -> str:
    return f"{tour.user.name}{' (you)' if tour.user_id == member.user else ''}, until {moment(tour.to_at, now)}"


def _authority(row: Allocation, member: Member, now: datetime) -> Authority:
    ends = row.expires_at or row.at
    page = "allocate" if member.may(Permission.CASE_ALLOCATE) else "authority" if row.authorised_by_id == member.user else ""
    where = f"/cases/{row.case.reference}/{page}" if page else f"/cases/{row.case.reference}"
    return Authority(row.case.reference, row.owner.name, f"{moment(ends, now)}, {due_in(ends, now)}", where)


def directions(given: Sequence[Given], now: datetime) -> list[Direction]:
    """What the member directed, the latest first."""
    found = []
    for one in given:
        row = one.review
        state, colour = ANSWERED.get(one.answer, ("Not answered", "yellow"))
        found.append(
            Direction(
                to=f"{row.to.name if row.to else 'Holder'}, {short_day(row.at, now)}",
                reference=row.case.reference,
                words=shortened(row.directions, LONGEST),
                state=state,
                colour=colour,
            )
        )
    return found
