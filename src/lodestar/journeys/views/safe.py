"""The second screen: are they safe right now? Who to ring stands above every question."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lodestar.accounts.door import page, typed
from lodestar.accounts.permissions import Permission
from lodestar.accounts.queries import on_duty
from lodestar.cases.access import people_of
from lodestar.cases.models import Case, Person
from lodestar.cases.presenters.people import labels
from lodestar.journeys.concern_received import PersonTold, record_safety
from lodestar.journeys.views.recording import member_of, number, onward, tried
from lodestar.recognition.access import concern_for
from lodestar.recognition.forms.safety import SafeScreen
from lodestar.recognition.presenters.screens import Window, caption, rings, window
from lodestar.reference.queries import contacts_on

PEOPLE = 5  # on a page at once


@page(Permission.CONCERN_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def safe(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Out of danger or not, what they need first, and whether somebody there may control them."""
    if request.method == "POST":
        return tried(lambda: _save(request, case_id))
    case = concern_for(member_of(request), case_id, Permission.CONCERN_RECORD, viewed=True)
    people = people_of(case)
    return _shown(request, case, people, _screen(request, case, people, typed(request)))


def _window(request: HttpRequest, people: Sequence[Person]) -> Window:
    return window(people, number(request.GET.get("from", "")), PEOPLE)


def _screen(request: HttpRequest, case: Case, people: Sequence[Person], data: Any) -> SafeScreen:
    """The people of this page; of a form that was sent, those it was drawn for."""
    sent = set(data.getlist("person")) if data is not None else set()
    here = [person for person in people if str(person.id) in sent] or list(_window(request, people).people)
    return SafeScreen(case, here, labels(people), data)


def _shown(
    request: HttpRequest, case: Case, people: Sequence[Person], screen: SafeScreen, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    duty = on_duty("supervisor", now, case.unit_id)
    context = {
        "case": case,
        "screen": screen,
        "caption": caption(2, case, now),
        "rings": rings(contacts_on(timezone.localdate(now)), duty.user.name if duty else ""),
        "more": _window(request, people).more,
    }
    return render(request, "recognition/safe.jinja", context, status=status)


def _save(request: HttpRequest, case_id: UUID) -> HttpResponse:
    member = member_of(request)
    case = concern_for(member, case_id, Permission.CONCERN_RECORD, viewed=False)
    people = people_of(case)
    if not set(request.POST.getlist("person")) <= {str(person.id) for person in people}:
        raise Http404  # drawn for people of another case: their answers must not land on whoever has their number here
    screen = _screen(request, case, people, request.POST)
    if not screen.settle():
        return _shown(request, case, people, screen, status=422)
    told = [PersonTold(id=one.row.id, version=one.row.version, facts=one.form.facts()) for one in screen.people]
    record_safety(
        by=member, at=timezone.now(), case=case, version=case.version, facts=screen.control.facts(), people=told
    )
    more = _window(request, people).more
    return onward(request, case, f"/record/{case.id}/safe?from={more}" if more else f"/record/{case.id}/signs/drugs")
