"""The coordinator's pages of referrals: the register of them all, and which checks of the form were open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lodestar.accounts.access import Member
from lodestar.accounts.door import page
from lodestar.accounts.permissions import Permission
from lodestar.cases.access import people_shown
from lodestar.design.when import on
from lodestar.kernel.paging import place
from lodestar.referrals.presenters import quality as quality_words
from lodestar.referrals.presenters import register as words
from lodestar.referrals.queries import register as checks
from lodestar.referrals.queries import register as queries

EACH = 20
TEAMS = 20


@page(Permission.REFERRALS_COORDINATE)
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Every referral of one kind: where it stands, its clock, what is late, what was asked for, and whether a crime is
    recorded."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
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
    found = queries.lines(rows[:EACH], now)
    people_shown(member, [line.now.referral.person_id for line in found])
    mark = queries.place_of(rows[EACH - 1], show).mark() if len(rows) > EACH else ""
    context = {
        "lines": words.shown(found, now),
        "kinds": words.kinds(kind),
        "kind": kind,
        "title": words.TITLES[kind],
        "show": show,
        "showing": words.SHOWS[show],
        "filters": words.filters(kind, show, unit, asked.counts(now) if after is None else {}),
        "teams": words.teams(units, unit),
        "team": chosen.name if chosen else typed,
        "no_team": typed and chosen is None,
        "next": words.href(kind, show, unit, mark) if mark else "",
        "first": "" if after is None else words.href(kind, show, unit),
    }
    return render(request, "referrals/register.jinja", context)


@page(Permission.REFERRALS_COORDINATE)
@require_safe
def quality(request: HttpRequest) -> HttpResponse:
    """How often each check of the form was open at sending, by team and against what was decided, for one quarter."""
    now = timezone.now()
    first = checks.quarter_asked(request.GET.get("quarter", ""), now)
    after = request.GET.get("after", "")
    counted = checks.Counted(first)
    teams = {name: tally for name, tally in counted.by_team().items() if name > after}
    shown = dict(list(teams.items())[:TEAMS])
    later = checks.quarter_after(first)
    context = {
        "quarter": quality_words.quarter(first),
        "outcomes": list(quality_words.OUTCOMES.values()),
        "against": quality_words.against_outcome(counted.by_outcome()),
        "teams": quality_words.of_teams(shown),
        "more_teams": quality_words.href(first, list(shown)[-1]) if len(teams) > len(shown) else "",
        "first_teams": quality_words.href(first) if after else "",
        "before": quality_words.before(first),
        "after": (quality_words.href(later), quality_words.quarter(later)) if later <= on(now) else None,
    }
    return render(request, "referrals/quality.jinja", context)
