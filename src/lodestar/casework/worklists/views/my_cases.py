"""The cases of one's own, as cards."""

from datetime import UTC, datetime
from itertools import chain

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lodestar.casework.cases import access, queries
from lodestar.casework.ledger.queries.worklists import obligations, own_steps
from lodestar.casework.worklists.presenters import my_cases as words
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page
from lodestar.platform.text.paging import Place, place
from lodestar.platform.text.text_normalise import whole_number

PAGE = 15
SORTED = 300  # the newest cases, in the order of what is due; older ones follow behind a link
NEVER = datetime.max.replace(tzinfo=UTC)


@page(Permission.CASE_VIEW, only="GET")
def my_cases(request: HttpRequest) -> HttpResponse:
    """The cases that I opened, own or was given: what is due first stands first, what I have to do nothing in last."""
    member, now = member_of(request), timezone.now()
    after = request.GET.get("after", "")
    rows = access.own_cases(member, SORTED + 1, place(after))
    last = rows[SORTED - 1] if len(rows) > SORTED else None
    cases = rows[:SORTED]
    steps = own_steps(member, [case.id for case in cases], now)
    cases.sort(key=lambda case: (case.id not in steps, (steps[case.id].first if case.id in steps else None) or NEVER))
    start = whole_number(request.GET.get("from", ""))
    some = cases[start : start + PAGE]
    ids = [case.id for case in some]
    people = queries.people_in(ids)
    access.people_shown(member, [person.id for person in chain(*(words.shown_people(some) for some in people.values()))])
    rows_next = obligations([steps[case].next for case in ids if case in steps])
    read = words.OwnCases(people, queries.exploitation_in(ids), steps, rows_next)
    context = {
        "cards": words.cards(some, read, member, now),
        "may_ask": member.may(Permission.EMERGENCY_ACCESS),
        "next": start + PAGE if len(cases) > start + PAGE else 0,
        "from_after": after,
        "after": Place(last.recorded_at, last.id).mark() if last else "",
        "now": now,
    }
    return render(request, "worklists/my_cases.jinja", context)
