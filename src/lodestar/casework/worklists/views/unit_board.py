"""The board of a unit: how much is to do, late and since when, by team, by kind and by officer."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lodestar.casework.ledger.presenters import sentence_of
from lodestar.casework.ledger.queries import unit_board as queries
from lodestar.casework.worklists.presenters import unit_board as words
from lodestar.platform.accounts.access import member_of, units_below
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import names_and_usernames_of
from lodestar.platform.accounts.request_flow import page
from lodestar.platform.text.ids import id_in
from lodestar.platform.text.sorting import sort_key

EACH = 12  # teams, kinds or officers on one page


@page(Permission.UNIT_WORK_VIEW, only="GET")
def unit_board(request: HttpRequest) -> HttpResponse:
    """Open and late tasks of a unit and those below it, by team, kind or officer. Officers stand by name: it is for balance,
    and no ranking."""
    member, now = member_of(request), timezone.now()
    units = {unit.id: unit for unit in queries.units_on_board(member)}
    own = units_below(member.unit, units.values())
    is_force = "unit" not in request.GET and len(units) > len(own)  # who serves the force begins with all its teams
    unit = None if is_force else units.get(id_in(request.GET.get("unit", str(member.unit))) or UUID(int=0))
    if not (unit or is_force):
        raise Http404
    below = units_below(unit.id, units.values()) if unit else list(units)
    by = words.TEAM if is_force else request.GET.get("by", words.TEAM if len(below) > 1 else words.KIND)
    if by not in words.TABS:
        raise Http404
    sought: dict[UUID, str] = {}
    if by == words.TEAM:
        tallies = queries.by_team(below, now)
        names = {team.id: team.name for team in units.values()}
        tallies.sort(key=lambda tally: names[tally.key])
    elif by == words.KIND:
        tallies = queries.by_kind(below, now)
        names = {tally.key: sentence_of(tally.key) for tally in tallies}
    else:
        tallies = queries.by_officer(below, now)
        staff = names_and_usernames_of(tally.key for tally in tallies)
        names = {user: name for user, (name, _) in staff.items()}
        sought = {user: username for user, (_, username) in staff.items()}
        tallies.sort(key=lambda tally: (sort_key(names[tally.key]), tally.key))
    # A list is narrowed to one unit alone: that of several is the member's own.
    narrow = {"unit": unit.id} if unit and len(below) == 1 else {}
    begin = int(request.GET["from"][:5]) if request.GET.get("from", "").isdecimal() else 0
    shown = tallies[begin : begin + EACH]
    context = {
        "unit": unit,
        "of": words.whose(unit.name if unit else "", len(below)),
        "by": by,
        "tabs": words.tabs(by, unit.id) if unit else (),
        "total": words.total_words(tallies, now),
        "bars": words.plot(shown, names),
        "key": words.KEY,
        "columns": words.COLUMNS[by],
        "rows": words.rows(shown, names, by, narrow, now, sought),
        "next": begin + EACH if len(tallies) > begin + EACH else 0,
        "is_first": not begin,
        "to_list": words.list_href(**narrow),
        "above": unit.parent_id if unit and unit.parent_id in units else None,
        "may_set_duty": member.may(Permission.DUTY_ROSTER_SET),
    }
    return render(request, "worklists/unit_board.jinja", context)
