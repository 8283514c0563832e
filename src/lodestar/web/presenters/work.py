"""What stands on the first page of a role beside its list, in finished words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from lodestar.casework.decisions.models import KINDS, Decision
from lodestar.casework.investigations.models import Review
from lodestar.casework.ledger.presenters import role_words
from lodestar.casework.ledger.queries.worklists import Listed
from lodestar.casework.worklists.presenters.worklists import late_count
from lodestar.platform.accounts.models import ApiToken
from lodestar.platform.design.when import day, moment, short_day
from lodestar.platform.design.words import MOST_COUNTED, count, shortened
from lodestar.platform.notices.due_items import KINDS as DUE_KINDS
from lodestar.platform.notices.due_items import DueItem
from lodestar.platform.text.grouping import grouped
from lodestar.web.queries import Waits

DECIDED = dict(KINDS)


def service_warnings(disks: Iterable[str], papers: Iterable[str], ending: Iterable[ApiToken]) -> list[str]:
    """Return what an administrator has to see to: disks nearly full, papers that could not be made, tokens that end soon."""
    return [*disks, *papers, *(f"The last day of the token of {token.name} is {day(token.last_day)}." for token in ending)]


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


def due_panels(items: Sequence[DueItem]) -> dict[str, dict[str, Any]]:
    """Return two panels of what is due by a day: `due` about people and cases, which comes before the tasks of cases, and
    `due_other`, which comes after them: courses, plan items, reports and the like."""
    of_cases = [item for item in items if not DUE_KINDS[item.kind].after_cases]
    other = [item for item in items if DUE_KINDS[item.kind].after_cases]
    return {"due": _due_panel("panel-due", of_cases), "due_other": _due_panel("panel-due-other", other)}


def _due_panel(panel_id: str, items: Sequence[DueItem]) -> dict[str, Any]:
    """A few items of each kind in their order, and the page of all of a kind that has more."""
    by_kind = grouped((item.kind, item) for item in items)
    shown = [item for item in items if item in by_kind[item.kind][:DUE_SHOWN]]
    return {"id": panel_id, "items": shown, "all": [DUE_KINDS[kind] for kind, some in by_kind.items() if len(some) > DUE_SHOWN]}


LONGEST = 160  # characters of directions in a panel
ANSWERED = {"done": ("Done", "green"), "not_possible": ("Not possible yet", "orange")}
NOT_ANSWERED = ("Not answered", "yellow")


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
