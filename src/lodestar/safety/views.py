"""What to do now: the first screen of a case."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lodestar.accounts.actions import keep_draft
from lodestar.accounts.door import page, typed
from lodestar.accounts.permissions import Permission
from lodestar.accounts.queries import on_duty
from lodestar.cases.access import case_for
from lodestar.cases.models import Obligation
from lodestar.design.when import on
from lodestar.kernel.ids import new_id
from lodestar.record import actions as record
from lodestar.reference.queries import contacts_on
from lodestar.safety import actions, queries
from lodestar.safety.forms import DoNow, Tap, tap_of
from lodestar.safety.presenters import Line, lines, screen

NOTHING_TAPPED = "Nothing was answered yet. What you wrote is still here: now tap the answer it goes with."
WHY_NOT_NEEDED = "Say in a few words why it is not needed, so that the next one need not ask"
BOXES = ("said", "why", "at", "time")


@page(Permission.DUTY_ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def do_now(request: HttpRequest, reference: str) -> HttpResponse:
    """At most seven lines for all the people of a case, one tap each."""
    member = request.member  # type: ignore[attr-defined]  # put there by the door
    case = case_for(member, reference, Permission.DUTY_ANSWER)
    scene = queries.scene(case)
    now, unfolded = timezone.now(), request.GET.get("open", "")
    found = lines(scene, user=member.user, now=now, unfolded=unfolded)
    if request.method == "POST":
        return _answer(request, scene, found)
    record.append(
        "cases.people_listed",
        by=member.user,
        role=member.role,
        at=now,
        case=case.id,
        people=[person.id for person in scene.people],
    )
    return _shown(request, scene, DoNow(found, typed(request)))


def _shown(
    request: HttpRequest, scene: queries.Scene, form: DoNow, *, said: str = "", status: int = 200
) -> HttpResponse:
    member, now = request.member, timezone.now()  # type: ignore[attr-defined]  # put there by the door
    duty = on_duty("supervisor", now, scene.case.unit_id)
    sergeant = "you" if duty and duty.user_id == member.user else duty.user.name if duty else ""
    context: dict[str, Any] = {
        "case": scene.case,
        "form": form,
        "said": said,
        "screen": screen(
            scene,
            user=member.user,
            now=now,
            unfolded=request.GET.get("open", ""),
            sergeant=sergeant,
            contacts=contacts_on(on(now)),
        ),
    }
    return render(request, "safety/do_now.jinja", context, status=status)


def _answer(request: HttpRequest, scene: queries.Scene, found: Sequence[Line]) -> HttpResponse:
    member = request.member  # type: ignore[attr-defined]  # put there by the door
    form, tap = DoNow(found, request.POST), tap_of(found, request.POST)
    form.is_valid()
    if tap is None:
        form.keep_errors_of("")
        return _shown(request, scene, form, said=NOTHING_TAPPED, status=422)
    line = next(one for one in found if one.code == tap.line)
    if tap.kind in ("time", "now"):
        return _time(request, scene, form, line, tap)
    owed = _owed(scene, tap)
    answer = {"because": form.data.get(f"{tap.line}_said", ""), "told": ""}
    if line.wording.is_told:
        answer = {"because": "", "told": answer["because"]}
    if tap.kind == "done":
        if form.keep_errors_of(tap.line, "said") or not owed:
            return _shown(request, scene, form, status=422)
        actions.tap(by=member, at=timezone.now(), case=scene.case, owed=owed, kind="done", **answer)
        return _onward(request, line, tap, used=("said",))
    if tap.kind == "not_needed" and not form.value(tap.line, "why") and f"{tap.line}_why" not in form.errors:
        form.add_error(f"{tap.line}_why", WHY_NOT_NEEDED)
    if form.keep_errors_of(tap.line, "why", "at") or not owed:
        return _shown(request, scene, form, status=422)
    because, written = form.value(tap.line, "why"), form.value(tap.line, "at")
    store = actions.answer_at if written else actions.tap
    at = written.at if written else timezone.now()
    store(by=member, at=at, case=scene.case, owed=owed, kind=tap.kind, because=because)
    return _onward(request, line, tap, used=("why", "at"))


def _time(request: HttpRequest, scene: queries.Scene, form: DoNow, line: Line, tap: Tap) -> HttpResponse:
    """The time of taps that came long after the event."""
    member = request.member  # type: ignore[attr-defined]  # put there by the door
    written = form.value(tap.line, "time")
    if tap.kind == "time" and written is None and f"{tap.line}_time" not in form.errors:
        form.add_error(f"{tap.line}_time", "Write the time like 0225, or tap “Just now”")
    if tap.kind == "time" and form.keep_errors_of(tap.line, "time"):
        return _shown(request, scene, form, status=422)
    if line.ask:
        at = written.at if tap.kind == "time" else None
        actions.give_time(by=member, at=at, case=scene.case, taps=line.ask.answers, owed=scene.owed)
    return _onward(request, line, tap, used=("time",))


def _owed(scene: queries.Scene, tap: Tap) -> list[Obligation]:
    """What a tap answers: of each person what is open on the line; where nothing is, what was answered before.

    A colleague's answer of a moment ago takes nothing away: both are recorded.
    """
    numbers = {person.id: person.number for person in scene.people}
    rows = [row for row in scene.owed if row.code == tap.line and numbers.get(row.person_id) in tap.numbers]
    still_open = {row.person_id for row in rows if row.state == "open"}
    return [row for row in rows if row.state == "open" or row.person_id not in still_open]


def _onward(request: HttpRequest, line: Line, tap: Tap, used: tuple[str, ...]) -> HttpResponse:
    """Back to the line just answered. What was half written on other lines is kept and shown again."""
    member = request.member  # type: ignore[attr-defined]  # put there by the door
    rest = QueryDict(mutable=True)
    for name, value in request.POST.items():
        code, _, box = name.rpartition("_")
        if box in BOXES and str(value).strip() and not (code == line.code and box in used):
            rest[name] = value
    query = {}
    if rest:
        keep_draft(user=member.user, path=request.path, key=new_id(), typed=rest)
        query["draft"] = "1"
    still = {tick.number for tick in line.ticks if tick.is_open} - tap.numbers
    if request.GET.get("open") == line.code and still:
        query["open"] = line.code
    return redirect(f"{request.path}{'?' if query else ''}{urlencode(query)}#{line.code}")
