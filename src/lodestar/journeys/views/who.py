"""The first screen: what, where, when, and who is there. Saved, it is a case with its people, and nothing is lost after it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lodestar.accounts.access import Member
from lodestar.accounts.door import page, typed
from lodestar.accounts.permissions import Permission
from lodestar.cases.access import people_of
from lodestar.cases.models import Case
from lodestar.cases.presenters.people import labels
from lodestar.journeys.concern_received import ConcernTold, PersonTold, StaleCase, change_concern, receive_concern
from lodestar.journeys.views.recording import id_of, member_of, number, onward, tried
from lodestar.kernel.ids import new_id
from lodestar.recognition import queries
from lodestar.recognition.access import concern_for, standing_concern
from lodestar.recognition.forms.concern import Sheet, WhoScreen
from lodestar.recognition.presenters.screens import caption, others, window

SHEETS = 2  # people on a page at once, so that it stays light
MOST_SENT = 12  # people that one page may send


@page(Permission.CONCERN_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """A new concern. Its id stands in the address from the start, so that Back leads to what was saved."""
    data = typed(request)
    case_id = id_of((data if data is not None else request.GET).get("case", ""))
    if case_id is None:
        return redirect(f"/record?case={new_id()}")
    member = member_of(request)
    if request.method == "POST":
        return tried(lambda: _save(request, case_id, standing_concern(member, case_id)))
    case = standing_concern(member, case_id)
    if case is not None:
        return redirect(f"/record/{case.id}/who")
    order = _sent_order(data) if data is not None else [new_id() for _ in range(SHEETS)]
    return _shown(request, case_id, None, _screen(member, None, order, data))


@page(Permission.CONCERN_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def who(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The same screen of a concern that stands."""
    member = member_of(request)
    case = concern_for(member, case_id, Permission.CONCERN_RECORD, viewed=request.method != "POST")
    if request.method == "POST":
        return tried(lambda: _save(request, case.id, concern_for(member, case_id, Permission.CONCERN_RECORD, viewed=False)))
    data = typed(request)
    order = _sent_order(data) if data is not None else _order(request, case)
    return _shown(request, case.id, case, _screen(member, case, order, data))


def _sent_order(data: Any) -> list[UUID]:
    """The people of the page that was sent, new or recorded, by the ids it carried."""
    sent = [id_of(one) for one in data.getlist("person")[:MOST_SENT]]
    found = list(dict.fromkeys(one for one in sent if one is not None))
    return found or [new_id() for _ in range(SHEETS)]


def _order(request: HttpRequest, case: Case) -> list[UUID]:
    """The people to show: some of those recorded, or empty sheets for more."""
    people = people_of(case)
    if request.GET.get("more") or not people:
        return [new_id() for _ in range(SHEETS)]
    return [person.id for person in window(people, number(request.GET.get("from", "")), SHEETS).people]


def _screen(member: Member, case: Case | None, order: Sequence[UUID], data: Mapping[str, Any] | None) -> WhoScreen:
    people = people_of(case) if case else []
    rows = {person.id: person for person in people}
    offences = queries.first_offences(rows) if rows else {}
    may_reach = member.may(Permission.ADDRESS_RECORD)
    return WhoScreen(
        case, order=order, rows=rows, offences=offences, names=labels(people), takes_reach=may_reach, data=data
    )


def _shown(
    request: HttpRequest, case_id: UUID, case: Case | None, screen: WhoScreen, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    people = people_of(case) if case else []
    shown = [sheet.id for sheet in screen.sheets]
    context = {
        "case": case,
        "case_id": case_id,
        "screen": screen,
        "caption": caption(1, case, now),
        "others": others(people, labels(people), shown, SHEETS, f"/record/{case_id}/who"),
        "last": None if case or request.method == "POST" else queries.last_concern(member_of(request), now),
        "now": now,
    }
    return render(request, "recognition/who.jinja", context, status=status)


def _save(request: HttpRequest, case_id: UUID, case: Case | None) -> HttpResponse:
    member, now = member_of(request), timezone.now()
    screen = _screen(member, case, _sent_order(request.POST), request.POST)
    new = [sheet.id for sheet in screen.sheets if sheet.row is None]
    if new and queries.is_taken(case_id, new, by_us=case is not None):
        if case is None and standing_concern(member, case_id) is not None:
            raise StaleCase  # the same form, open twice: the other one was saved since we looked
        raise Http404
    if not screen.settle():
        return _shown(request, case_id, case, screen, status=422)
    told = _told(screen)
    if case is None:
        when = screen.concern.cleaned_data["when"]
        saved = receive_concern(by=member, at=when.at if when else now, case_id=case_id, told=told)
    else:
        saved = change_concern(by=member, at=now, case=case, version=case.version, told=told)
    case_id = saved.case.id
    if saved.is_told:
        then = {"add": "more", "stop": "stop"}.get(request.POST.get("next", ""), "safe")
        return redirect(f"/record/{case_id}/met?then={then}")
    return onward(request, saved.case, f"/record/{case_id}/{'who?more=1' if request.POST.get('next') == 'add' else 'safe'}")


def _told(screen: WhoScreen) -> ConcernTold:
    concern = screen.concern
    facts = {name: value for name, value in concern.facts().items() if screen.case or name != "encountered_at"}
    says_where = concern.changed("met", "met_other") or (
        concern.place_kind and any(one.row is None for one in screen.told)
    )
    return ConcernTold(
        facts=facts,
        people=[_person_told(screen, sheet) for sheet in screen.told],
        place_kind=concern.place_kind if says_where else None,
        operation=concern.cleaned_data["operation"] if concern.changed("operation") else None,
    )


def _person_told(screen: WhoScreen, sheet: Sheet) -> PersonTold:
    form, row = sheet.form, sheet.row
    says = form.changed("part", "offence", "stage")
    return PersonTold(
        id=sheet.id,
        version=row.version if row else None,
        facts=form.facts(row.roles if row else ()),
        offence=screen.act_of(sheet) if says and form.is_suspected else {},
        is_suspected=form.is_suspected if says else None,
        reach=form.reached,
    )
