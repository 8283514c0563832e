"""The coordinator's pages of referrals: the register, which checks of the form were open, and referrals beside crimes."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.cases.access import people_shown, person_for
from lodestar.casework.cases.presenters import label, person_heading
from lodestar.casework.decisions.actions import settle_pairing
from lodestar.casework.decisions.forms import Settled
from lodestar.casework.decisions.presenters import reconciled as pair_words
from lodestar.casework.decisions.presenters import register as words
from lodestar.casework.decisions.queries import reconciled as pairs
from lodestar.casework.decisions.queries import register as queries
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.design.when import on
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.text.paging import place

EACH = 20


@page(Permission.REFERRALS_COORDINATE, only="GET")
def register(request: HttpRequest) -> HttpResponse:
    """Every referral of one kind: where it stands, its clock, what is late, what was asked for, and whether a crime is
    recorded."""
    member = member_of(request)
    now = timezone.now()
    kind = request.GET.get("kind", "")
    kind = kind if kind in words.TITLES else "sent"
    show = request.GET.get("show", "")
    show = show if show in words.SHOWS else queries.ALL
    units = queries.units()
    typed = request.GET.get("unit", "").strip()
    chosen = queries.unit_asked(typed) if typed else None
    unit = chosen.id if chosen else None
    after = place(request.GET.get("after", ""))
    asked = queries.Register(member, words.DIRECTIONS[kind], unit)
    rows = asked.page(show, now, EACH + 1, after)
    people_shown(member, [row.referral.person_id for row in rows[:EACH]])
    mark = queries.place_of(rows[EACH - 1], show).mark() if len(rows) > EACH else ""
    context = {
        "lines": queries.lines(rows[:EACH], now),
        "label": label,
        "now": now,
        "kinds": words.kinds(kind),
        "kind": kind,
        "title": words.TITLES[kind],
        "show": show,
        "showing": words.SHOWS[show],
        "filters": words.filters(kind, show, unit, asked.counts(now) if after is None else {}),
        "units": units,
        "unit": unit,
        "team": chosen.name if chosen else typed,
        "no_team": typed and chosen is None,
        "next": words.href(kind, show, unit, mark) if mark else "",
        "first": "" if after is None else words.href(kind, show, unit),
    }
    return render(request, "decisions/register.jinja", context)


@page(Permission.REFERRALS_COORDINATE, only="GET")
def quality(request: HttpRequest) -> HttpResponse:
    """How often each check of the form was open at sending, by team and against what was decided, for one quarter."""
    now = timezone.now()
    first = queries.quarter_asked(request.GET.get("quarter", ""), now)
    after = request.GET.get("after", "")
    teams = [(name, tally) for name, tally in queries.by_team(first).items() if name > after]
    shown = dict(teams[:EACH])
    later = queries.quarter_after(first)
    context = {
        "quarter": words.quarter(first),
        "outcomes": list(words.OUTCOMES.values()),
        "against": words.against_outcome(queries.by_outcome(first)),
        "teams": words.of_teams(shown),
        "more_teams": words.quarter_link(first, list(shown)[-1])[0] if len(teams) > EACH else "",
        "first_teams": words.quarter_link(first)[0] if after else "",
        "before": words.quarter_link(queries.quarter_after(first, -1)),
        "after": words.quarter_link(later) if later <= on(now) else None,
    }
    return render(request, "decisions/quality.jinja", context)


PAIRS = 25


@page(Permission.REFERRALS_COORDINATE, only="GET")
def reconciled(request: HttpRequest) -> HttpResponse:
    """One of the three lists, a page of it: without a crime, without a referral, settled."""
    member = member_of(request)
    asked = request.GET.get("show", "")
    show = asked if asked in pair_words.TITLES else pairs.NO_CRIME
    after, now = place(request.GET.get("after", "")), timezone.now()
    pairings = pairs.listed(member, show, PAIRS + 1, after)
    rows = pairings[:PAIRS]
    people_shown(member, [row.person_id for row in rows])
    is_settled, side = show == pairs.KEPT, pairs.NO_CRIME if show == pairs.KEPT else show
    reasons = pairs.latest_reasons([row for row in rows if pairs.side_of(row) == side], side)
    read = pairs.read(rows) if show == pairs.NO_REFERRAL else {}
    latest = reasons | {person: said[0] for person, said in (pairs.settled(rows) if is_settled else {}).items()}
    context = {
        "title": pair_words.TITLES[show],
        "show": show,
        "is_settled": is_settled,
        "sides": pair_words.sides(show, pairs.counts(member) if after is None else {}),
        "lines": [(row, pairs.side_of(row), latest.get(row.person_id)) for row in rows],
        "label": label,
        "from_facts": lambda person: pair_words.from_facts(read.get(person)),
        "now": now,
        "after": pairs.place_of(rows[-1], show).mark() if len(pairings) > PAIRS else "",
        "is_first": after is None,
    }
    return render(request, "decisions/reconciled.jinja", context)


@page(Permission.REFERRALS_COORDINATE)
def settle(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What is there of one person, what is not, and why that is right."""
    member = member_of(request)
    person = person_for(member, person_id, Permission.REFERRALS_COORDINATE, viewed=request.method != "POST")
    form, now, has_changed = Settled(submitted_or_draft(request), auto_id="%s"), timezone.now(), False
    if request.method == "POST" and form.is_valid():
        side = request.POST.get("side", "")
        try:
            settle_pairing(by=member, at=now, person=person, side=side, reason=form.cleaned_data["reason"])
            return redirect(f"/referrals/reconciled?show={side}")
        except ConcurrentEdit:
            has_changed = True
    pairing = pairs.pairing_of(person.id)
    side = pairs.side_of(pairing)
    rows = [pairing] if pairing is not None and side else []
    read = pairs.read(rows) if side == pairs.NO_REFERRAL else {}
    reason = pairs.latest_reasons(rows, side).get(person.id) if side else None
    context = person_heading(person) | {
        "side": side,
        "stands": pair_words.STANDS[side],
        "hint": pair_words.HINTS.get(side, ""),
        "facts": pair_words.from_facts(read.get(person.id)),
        "said": pair_words.history([*pairs.settled(rows).get(person.id, ()), *filter(None, [reason])], now),
        "has_changed": has_changed,
        "form": form,
    }
    return render(request, "decisions/settle.jinja", context, status=422 if request.method == "POST" else 200)
