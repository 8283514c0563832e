"""The coordinator's morning: what the night handed over, what is late, what falls due, what came in, and what is to be sent."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.cases.access import people_shown
from lodestar.casework.ledger import actions, presenters
from lodestar.casework.ledger.models import OF_REFERRALS, Obligation
from lodestar.casework.ledger.queries import handing_on, worklists
from lodestar.casework.ledger.queries.worklists import Worklists
from lodestar.oversight.measures.access import scope_for
from lodestar.oversight.measures.queries.open_items import referrals_of
from lodestar.oversight.measures.rules.facts import Period
from lodestar.oversight.releases.rules import releases
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page
from lodestar.platform.design.when import local
from lodestar.platform.design.words import MOST_COUNTED, count
from lodestar.platform.text.grouping import grouped
from lodestar.platform.text.ids import id_in
from lodestar.web import queries
from lodestar.web.presenters import morning_list as words

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
    midnight = local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    waiting = words.gravest_first(handing_on.waiting(member)[: MOST + 1], now)
    by_line = grouped((presenters.waiting_line(row), row.id) for row in waiting)
    handed, taken = handing_on.read_whole([row for some in list(by_line.values())[:most] for row in some], member, midnight)
    owed = _owed(member, [row.obligation_id for row in waiting], now, most)
    came = queries.came_in(member, midnight - NIGHT, ALL_SHOWN + 1)
    cases = words.by_case(handed, now)
    lines = [line for of_case in cases for line in of_case["lines"]]
    people = [row.obligation.person_id for row in handed]
    people += [row.person_id for row in (*owed[LATE][0], *owed[CLOCKS][0])]
    people_shown(member, [person for person in people if person])
    entries = words.came_in(came, now)
    context = {
        "show": show,
        "now": now,
        "cases": cases,
        "all": ",".join(line.value for line in lines),
        "how_many_lines": len(lines),
        "counts": {
            HANDED: count(len(by_line)), LATE: count(owed[LATE][1]), CLOCKS: count(owed[CLOCKS][1]),
            CAME: count(len(entries)),
        },
        "more": {HANDED: len(waiting) > len(handed), CLOCKS: owed[CLOCKS][1] > most, CAME: len(entries) > most},
        "late": presenters.lines(owed[LATE][0], member),
        "clocks": words.clocks(owed[CLOCKS][0], member, now),
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
    listed = worklists.listed({LATE: late}, now, MOST_COUNTED + 1, order=worklists.LATE)
    listed |= worklists.listed({CLOCKS: soon}, now, MOST_COUNTED + 1, order=worklists.DUE)
    first = {name: [item.id for item in rows[:most]] for name, rows in listed.items()}
    by_id = worklists.obligations([row for rows in first.values() for row in rows])
    return {name: ([by_id[row] for row in rows if row in by_id], len(listed[name])) for name, rows in first.items()}


def _panels(member: Member, now: datetime) -> dict[str, Any]:
    """What stands beside the list: who is on duty, this month, and what is to be sent on."""
    today = local(now).date()
    month = releases.period("return", releases.latest_over("return", today))
    rota, deputies = queries.coordinators(member, now)
    made, newsletters = queries.to_send(month.name if month else "")
    return {
        "duty": words.duty_words(rota, member, now),
        "deputies": deputies,
        "month": words.month_so_far(referrals_of(scope_for(member), Period(today.replace(day=1), today))),
        "return_due": words.return_due(month, today) if month and not made else None,
        "newsletters": newsletters,
    }


def _take(request: HttpRequest, now: datetime) -> HttpResponse:
    """Takes over the lines named; what a colleague took a moment before stays theirs, and the page says so."""
    member = member_of(request)
    wanted: Sequence[Any] = list(filter(None, map(id_in, request.POST.get("take", "").split(",")[:MOST])))
    rows = handing_on.still_waiting(member, wanted)
    taken = actions.take_hand_on(by=member, at=now, hand_ons=rows) if rows else []
    missed = len(set(wanted)) - len(taken)
    return redirect(f"{request.path}?{urlencode({'already': missed})}" if missed else request.path)
