"""The third screen: what have you seen? One group of signs at a time; a search finds one in the officer's own words."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lodestar.accounts.door import page, typed
from lodestar.accounts.permissions import Permission
from lodestar.cases.presenters.people import labels
from lodestar.journeys.concern_received import SignsTold, record_signs
from lodestar.journeys.views.recording import member_of, number, onward, sign_groups, signs_at, signs_told, tried
from lodestar.kernel.days import london_date
from lodestar.kernel.reference_lists import reference_list
from lodestar.recognition import queries
from lodestar.recognition.access import concern_for
from lodestar.recognition.forms.signs import Recorded, SignsScreen
from lodestar.recognition.presenters.screens import caption, others, window
from lodestar.recognition.presenters.signs import after, groups, said
from lodestar.recognition.rules import find_signs, signs_on

PEOPLE = 3  # with ticks on a page at once
FOUND = 5  # signs that a search brings


@page(Permission.CONCERN_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def signs(request: HttpRequest, case_id: UUID, group: str) -> HttpResponse:
    """The signs of one group, for each person and for the scene."""
    if group not in sign_groups():
        raise Http404
    if request.method == "POST":
        return tried(lambda: _sent(request, case_id, group))
    screen = _screen(request, case_id, group, typed(request), viewed=True)
    return _shown(request, screen)


def _screen(
    request: HttpRequest, case_id: UUID, group: str, data: QueryDict | None, *, viewed: bool = False
) -> SignsScreen:
    case = concern_for(member_of(request), case_id, Permission.CONCERN_RECORD, viewed=viewed)
    known = queries.known_people(case)
    people = [one.row for one in known]
    scene: list[str] = case.scene_codes  # type: ignore[attr-defined]  # read with the case
    recorded = Recorded(
        case=case,
        people=people,
        names=labels(people),
        ticks=frozenset(
            [*((code, None) for code in scene), *((code, one.row.id) for one in known for code in one.signs)]
        ),
        answers={one.row.id: _answer(one) for one in known},
    )
    listed = {sign.code: sign for sign in signs_on(london_date(case.encountered_at))}
    start = request.GET.get("from", "") if data is None else data.get("from", request.GET.get("from", ""))
    here = window(people, number(start), PEOPLE).people
    return SignsScreen(recorded, here=here, signs=listed, group=group, data=data)


def _answer(known: queries.KnownPerson) -> str:
    """What somebody answered of this person; that signs wait for a decision is nobody's answer."""
    return known.row.belief if known.is_answered or known.row.belief != "signs_only" else ""


def _shown(request: HttpRequest, screen: SignsScreen, *, status: int = 200) -> HttpResponse:
    now, recorded = timezone.now(), screen.recorded
    case = recorded.case
    listed = groups(recorded.ticks, screen.signs)
    context = {
        "case": case,
        "screen": screen,
        "form": screen.form(),
        "caption": caption(3, case, now),
        "group": next(one for one in listed if one.code == screen.group),
        "groups": listed,
        "next_group": after(listed, screen.group),
        "notes": said(queries.notes_of(case), now),
        "others": others(
            recorded.people,
            recorded.names,
            [person.id for person in screen.here],
            PEOPLE,
            f"/record/{case.id}/signs/{screen.group}",
        ),
    }
    return render(request, "recognition/signs.jinja", context, status=status)


def _sent(request: HttpRequest, case_id: UUID, group: str) -> HttpResponse:
    screen = _screen(request, case_id, group, request.POST)
    can_read = screen.tail.is_valid()
    query = screen.tail.cleaned_data.get("q", "")
    if "find" in request.POST or (query and "next" not in request.POST and "keep" not in request.POST):
        screen.found, screen.is_search = find_signs(query, list(screen.signs.values()))[:FOUND], True
        return _shown(request, screen, status=200 if can_read else 422)
    answered = screen.answered()
    if answered.clashing or not can_read:
        return _shown(request, screen, status=422)
    told = SignsTold(
        seen=answered.seen,
        taken_back=answered.taken_back,
        seized=answered.seized,
        beliefs=answered.beliefs,
        words=screen.tail.cleaned_data["words"],
    )
    case, now = screen.recorded.case, timezone.now()
    published: date = reference_list("recognition", "signs").header["published"]
    is_told = record_signs(by=member_of(request), at=now, case=case, told=told, signs=screen.signs, list_date=published)
    way_on = request.POST.get("next", "done")
    more = signs_at(case, way_on)
    if is_told:
        then = signs_told(way_on) or ("stop" if way_on == "stop" else "duties")
        here = f"{group}:{number(request.POST.get('from', request.GET.get('from', '')))}"
        return redirect(f"/record/{case.id}/met?then={then}&from={here}")
    return redirect(more) if more else onward(request, case, f"/cases/{case.reference}/do-now")
