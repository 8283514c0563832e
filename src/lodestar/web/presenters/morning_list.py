"""The coordinator's morning list in finished words."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from lodestar.casework.ledger.models import Handover, Obligation
from lodestar.casework.ledger.presenters import Waiting, holder_words, in_a_list, lines, place_words, waiting
from lodestar.oversight.measures.queries.open_items import Against
from lodestar.oversight.releases.rules.releases import Period
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import RotaEntry
from lodestar.platform.design.when import day, moment
from lodestar.platform.text.grouping import grouped
from lodestar.web.presenters.work import DECIDED
from lodestar.web.queries import DECISION, FILED_ITSELF, WAITS, CameIn


def gravest_first(rows: Iterable[Handover], now: datetime) -> list[Handover]:
    """What was handed over, by case: first the case in which the gravest waits, and in a case what is due first."""
    by_case = grouped((row.obligation.case_id, row) for row in rows)

    def rank(of_case: Sequence[Handover]) -> tuple[Any, ...]:
        due = min((row.obligation.due_at for row in of_case if row.obligation.due_at), default=None)
        return (-max(row.obligation.gravity for row in of_case), due is None, due or now)

    return [row for of_case in sorted(by_case.values(), key=rank) for row in of_case]


def by_case(rows: Sequence[Handover], now: datetime) -> list[dict[str, Any]]:
    """The lines of the rows, a heading for each case."""
    places = {row.obligation.case.reference: place_words(row.obligation.case) for row in rows}
    cases: dict[str, list[Waiting]] = grouped((line.reference, line) for line in waiting(rows, now))
    return [{"reference": reference, "place": places[reference], "lines": own} for reference, own in cases.items()]


def clocks(rows: Sequence[Obligation], member: Member, now: datetime) -> list[list[Any]]:
    """What falls due in the next days, a row each: when, what, who, and who has it."""
    return [
        [
            moment(row.due_at, now) if row.due_at else "",
            {"words": line.sentence, "href": line.href},
            f"{in_a_list(row.person)}, {row.case.reference}" if row.person else row.case.reference,
            holder_words(row),
        ]
        for row in rows
        for line in lines([row], member, place=False, show_names=False)
    ]


WORDS = {WAITS: "Letter, not filed", FILED_ITSELF: "Letter, filed itself"}


def came_in(rows: Sequence[CameIn], now: datetime) -> list[dict[str, Any]]:
    """What came in, a line each with where it is looked at."""
    hrefs = {WAITS: "/letters/{0.id}/file", DECISION: "/people/{0.person}/referral", FILED_ITSELF: "/letters/{0.id}"}
    return [
        {
            "words": DECIDED.get(row.kind, WORDS.get(row.what)),
            "about": f"{moment(row.at, now)}{'. ' if row.reference else ''}{row.reference}",
            "href": hrefs[row.what].format(row),
            "act": "Choose the referral" if row.what == WAITS else "Check it",
            "is_strong": row.what != FILED_ITSELF,
        }
        for row in rows
    ]


def duty_words(entries: Sequence[RotaEntry], member: Member, now: datetime) -> list[str]:
    """Who is on duty as coordinator now, and who comes next."""
    words = []
    for row in entries:
        name = "You" if row.user_id == member.user else row.user.name
        when = f"until {moment(row.to_at, now)}" if row.from_at <= now else f"from {moment(row.from_at, now)}"
        words.append(f"{name}, {when}")
    return words


def month_so_far(against: dict[str, Against]) -> list[dict[str, Any]]:
    """Referrals of this month: made, received, and those of either without a crime."""
    made, received = against["nrm"].all + against["dtn"].all, against["received"]
    return [
        {"key": "Made by us", "value": f"{made:,}"},
        {"key": "Received to investigate", "value": f"{received.all:,}"},
        {"key": "Without a crime yet", "value": f"{against['nrm'].open + against['dtn'].open + received.open:,}"},
    ]


def return_due(month: Period, today: date) -> dict[str, Any]:
    """The monthly return that was not made yet, and whether it is late."""
    return {"words": f"Monthly return for {month.first:%B %Y}, due {day(month.return_due)}", "is_late": month.return_due < today}
