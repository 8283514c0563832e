"""What to do now: the first screen of a case."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.cases.access import as_seen, case_for, people_shown
from lodestar.casework.cases.models import Case
from lodestar.casework.safety import actions, queries
from lodestar.casework.safety.forms import DoNow
from lodestar.casework.safety.presenters.lines import lines
from lodestar.casework.safety.presenters.screen import RINGS, screen
from lodestar.directory.contacts.presenters.numbers import ring_now
from lodestar.directory.contacts.queries import contact_book
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.actions import keep_draft
from lodestar.platform.accounts.links import may_open
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import on_duty
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.text.ids import new_id

NOTHING_FILLED_IN = "Nothing is filled in yet: tick who each line was done for, then save."


@page(Permission.DUTY_ANSWER)
def do_now(request: HttpRequest, reference: str) -> HttpResponse:
    """At most seven lines for all the people of a case, saved together."""
    member = member_of(request)
    case = case_for(member, reference, Permission.DUTY_ANSWER)
    if request.method == "POST":
        return _save(request, case)
    scene = queries.scene(case)
    people_shown(member, [person.id for person in scene.people], case=case)
    return _do_now_page(request, scene, _form(request, scene, submitted_or_draft(request)))


def _form(request: HttpRequest, scene: queries.Scene, data: QueryDict | None) -> DoNow:
    member = member_of(request)
    of_case = lines(scene, user=member.user, now=timezone.now(), unfolded=request.GET.get("open", ""))
    return DoNow(of_case, data, met=scene.case.encountered_at, may_ask=member.may(Permission.SECTION45_ANSWER))


def _do_now_page(
    request: HttpRequest, scene: queries.Scene, form: DoNow, *, message: str = "", status: int = 200
) -> HttpResponse:
    member, now = member_of(request), timezone.now()
    duty = on_duty("supervisor", now, scene.case.unit_id)
    sergeant = "you" if duty and duty.user_id == member.user else duty.user.name if duty else ""
    context: dict[str, Any] = {
        "case": scene.case,
        "form": form,
        "said": message,
        "screen": screen(
            scene,
            user=member.user,
            now=now,
            unfolded=request.GET.get("open", ""),
            sergeant=sergeant,
            rings={code: ring_now((code,), now, contact_book(now)) for code in RINGS},
            may_open=partial(may_open, as_seen(member, scene.case)),
        ),
    }
    return render(request, "safety/do_now.jinja", context, status=status)


def _save(request: HttpRequest, case: Case) -> HttpResponse:
    """Stores every line that was filled in; what is half filled in is kept, and says what it lacks."""
    member = member_of(request)
    scene = queries.scene_answered(case)
    form = _form(request, scene, request.POST)
    if not actions.save_lines(by=member, at=timezone.now(), scene=scene, entries=form.entries()):
        message = "" if form.errors else NOTHING_FILLED_IN
        return _do_now_page(request, queries.scene(case), form, message=message, status=422)
    rest, query = form.half_filled(), {}
    if rest:
        keep_draft(user=member.user, path=request.path, key=new_id(), typed=rest)
        query["draft"] = "1"
    first = form.first_half_filled
    if first and request.GET.get("open") == first:
        query["open"] = first
    return redirect(f"{request.path}{'?' if query else ''}{urlencode(query)}{f'#{first}' if first else ''}")
