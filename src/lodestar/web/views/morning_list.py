"""The coordinator's morning: what the night handed over, what is late, what falls due, what came in, and what is to be sent."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.cases.access import people_shown
from lodestar.casework.ledger import actions, presenters
from lodestar.casework.ledger.models import OF_REFERRALS, Handover, Obligation
from lodestar.casework.ledger.presenters import holder_words, in_a_list, lines, place_words, waiting
from lodestar.casework.ledger.queries import obligations as handing_on
from lodestar.casework.ledger.queries import worklists
from lodestar.casework.ledger.queries.worklists import Worklists
from lodestar.oversight.releases.queries import release_of
from lodestar.oversight.releases.rules import releases
from lodestar.oversight.releases.rules.releases import Period as Month
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.models import RotaEntry
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page
from lodestar.platform.design.when import day, moment
from lodestar.platform.design.words import MOST_COUNTED, count
from lodestar.platform.text.grouping import grouped
from lodestar.platform.text.ids import id_in
from lodestar.platform.time.days import london
from lodestar.web import queries
from lodestar.web.presenters.work import DECIDED
from lodestar.web.queries import DECISION, FILED_ITSELF, WAITS, CameIn

SHOWN = 10  # lines of each section
ALL_SHOWN = 40  # lines of the one section that is shown alone
MOST = 200  # handovers read at once; more wait until some of these are taken
TAKEN_SHOWN = 5
AHEAD = timedelta(days=3)
NIGHT = timedelta(hours=8)  # before midnight, from when on what came in is of this night
HANDED, LATE, CLOCKS, CAME = "handed", "late", "clocks", "came"
ALONE = (HANDED, CLOCKS, CAME)  # what is late has its page among the worklists


@page(Permission.HAND_ON_TAKE)
def morning_list(request: HttpRequest) -> HttpResponse:
    """The morning list; with `?show=` one of its sections alone, longer."""
    member, now = member_of(request), timezone.now()
    if request.method == "POST":
        return _take(request, now)
    show = request.GET.get("show", "") if request.GET.get("show") in ALONE else ""
    most = ALL_SHOWN if show else SHOWN
    midnight = london(now).replace(hour=0, minute=0, second=0, microsecond=0)
    waiting = gravest_first(handing_on.waiting(member)[: MOST + 1], now)
    by_line = grouped((presenters.waiting_line(row), row.id) for row in waiting)
    handed, taken = handing_on.read_whole([row for some in list(by_line.values())[:most] for row in some], member, midnight)
    owed = _owed(member, [row.obligation_id for row in waiting], now, most)
    came = queries.came_in(member, midnight - NIGHT, ALL_SHOWN + 1)
    cases = by_case(handed, now)
    lines = [line for of_case in cases for line in of_case["lines"]]
    people = [row.obligation.person_id for row in handed]
    people += [row.person_id for row in (*owed[LATE][0], *owed[CLOCKS][0])]
    people_shown(member, [person for person in people if person])
    entries = came_in(came, now)
    context = {
        "show": show,
        "now": now,
        "cases": cases,
        "all": ",".join(line["value"] for line in lines),
        "how_many_lines": len(lines),
        "counts": {
            HANDED: count(len(by_line)), LATE: count(owed[LATE][1]), CLOCKS: count(owed[CLOCKS][1]),
            CAME: count(len(entries)),
        },
        "more": {HANDED: len(waiting) > len(handed), CLOCKS: owed[CLOCKS][1] > most, CAME: len(entries) > most},
        "late": presenters.lines(owed[LATE][0], member),
        "clocks": clocks(owed[CLOCKS][0], member, now),
        "came": entries[:most],
        "taken": presenters.waiting(taken, now)[:TAKEN_SHOWN],
        "already": request.GET.get("already", "").isdecimal() and int(request.GET["already"][:4]),
    }  # fmt: skip
    return render(request, "web/morning_list.jinja", context | _panels(member, now))


def _owed(member: Member, waiting: Sequence[UUID], now: datetime, most: int) -> dict[str, tuple[list[Obligation], int]]:
    """What is late, the gravest first, and what falls due in the next days, the soonest first: so many of each and how many
    there are. Of what is the coordinator's, of what was handed over and is `waiting`, and of the clocks of referrals whoever has
    them."""
    lists = Worklists(member)
    mine, by = lists.mine(), now + AHEAD
    ahead = {"due_at__gte": now, "due_at__lt": by, "sort_at__gte": now, "sort_at__lt": by}  # both: each has its index
    clocks = [lists.unsealed.filter(OF_REFERRALS).exclude(with_role="coordinator")]
    handed = lists.open.filter(id__in=waiting).exclude(holder=member.user)
    late = [branch.filter(due_at__lt=now, sort_at__lt=now) for branch in (*mine, handed)]
    soon = [branch.filter(**ahead) for branch in (*mine, *clocks)]
    listed = worklists.listed({LATE: late}, now, MOST_COUNTED + 1)
    listed |= worklists.listed({CLOCKS: soon}, now, MOST_COUNTED + 1, soonest_first=True)
    first = {name: [item.id for item in rows[:most]] for name, rows in listed.items()}
    by_id = worklists.obligations([row for rows in first.values() for row in rows])
    return {name: ([by_id[row] for row in rows if row in by_id], len(listed[name])) for name, rows in first.items()}


def _panels(member: Member, now: datetime) -> dict[str, Any]:
    """What stands beside the list: who is on duty, and the monthly return."""
    today = london(now).date()
    month = releases.period("return", releases.latest_over("return", today))
    rota, deputies = queries.coordinators(member, now)
    return {
        "duty": duty_words(rota, member, now),
        "deputies": deputies,
        "return_due": return_due(month, today) if month and release_of("return", month.name) is None else None,
    }


def _take(request: HttpRequest, now: datetime) -> HttpResponse:
    """Takes over the lines named; what a colleague took a moment before stays theirs, and the page says so."""
    member = member_of(request)
    wanted: Sequence[Any] = list(filter(None, map(id_in, request.POST.get("take", "").split(",")[:MOST])))
    rows = handing_on.still_waiting(member, wanted)
    taken = actions.take_hand_on(by=member, at=now, hand_ons=rows) if rows else []
    missed = len(set(wanted)) - len(taken)
    return redirect(f"{request.path}?{urlencode({'already': missed})}" if missed else request.path)


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
    cases = grouped((str(line["reference"]), line) for line in waiting(rows, now))
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


def return_due(month: Month, today: date) -> dict[str, Any]:
    """The monthly return that was not made yet, and whether it is late."""
    return {"words": f"Monthly return for {month.first:%B %Y}, due {day(month.return_due)}", "is_late": month.return_due < today}
