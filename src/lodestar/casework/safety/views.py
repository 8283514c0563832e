"""What to do now: the first screen of a case."""

from collections.abc import Iterable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.cases.access import case_for, people_shown
from lodestar.casework.cases.models import Case
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.safety import actions, queries
from lodestar.casework.safety.forms import Boxes, DoNow, Tap, half_written, tap_of
from lodestar.casework.safety.presenters.lines import WORDINGS, Line, is_bare_tap, lines
from lodestar.casework.safety.presenters.screen import RINGS, screen
from lodestar.directory.contacts.presenters.numbers import ring_now
from lodestar.directory.contacts.queries import contact_book
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.actions import keep_draft
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import on_duty
from lodestar.platform.accounts.request_flow import may_open, page, submitted_or_draft
from lodestar.platform.obligations.closing_records import LONGEST
from lodestar.platform.obligations.closing_rules import kinds_of
from lodestar.platform.text.ids import new_id
from lodestar.platform.time.uk_dates import CannotRead, read_when

NOTHING_TAPPED = "Nothing was answered yet. What you wrote is still here: now tap the answer it goes with."
WHY_NOT_NEEDED = "Say in a few words why it is not needed, so that the next person does not have to ask"
WRITE_THE_TIME = "Write the time like 0225, or tap “Just now”"


@page(Permission.DUTY_ANSWER)
def do_now(request: HttpRequest, reference: str) -> HttpResponse:
    """At most seven lines for all the people of a case, one tap each."""
    member = member_of(request)
    case = case_for(member, reference, Permission.DUTY_ANSWER)
    if request.method == "POST":
        return _answer(request, case)
    scene = queries.scene(case)
    people_shown(member, [person.id for person in scene.people], case=case)
    message = NOTHING_TAPPED if request.GET.get("unanswered") else ""
    return _do_now_page(request, scene, DoNow(_boxes(_lines(request, scene)), submitted_or_draft(request)), message=message)


def _lines(request: HttpRequest, scene: queries.Scene) -> list[Line]:
    member = member_of(request)
    return lines(scene, user=member.user, now=timezone.now(), unfolded=request.GET.get("open", ""))


def _boxes(shown_lines: Iterable[Line]) -> list[Boxes]:
    return [
        Boxes(
            line=line.code,
            label=line.wording.words,
            hint=line.wording.hint,
            longest=LONGEST,
            who=((line.numbers, f"{line.everyone} of them"), *((str(tick.number), tick.name) for tick in line.offered))
            if line.everyone
            else (),
        )
        for line in shown_lines
    ]


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
            may_open=partial(may_open, member),
        ),
    }
    return render(request, "safety/do_now.jinja", context, status=status)


def _answer(request: HttpRequest, case: Case) -> HttpResponse:
    tap = tap_of(WORDINGS, request.POST)
    if tap is not None and tap.kind in ("time", "now"):
        return _time(request, case, tap)
    scene = queries.scene_tapped(case)
    shown_lines = _lines(request, scene)
    form = DoNow(_boxes(shown_lines), request.POST)
    line = next((shown_line for shown_line in shown_lines if tap is not None and shown_line.code == tap.line), None)
    owed = _owed(scene, tap) if tap is not None else []
    form.is_valid()
    # What is answered on a page of its own, no tap stands for.
    is_elsewhere = tap and line and (tap.kind not in kinds_of(tap.line) or (tap.kind == "done" and line.wording.page))
    if tap is None or line is None or not owed or is_elsewhere:
        form.keep_errors_of("")
        return _do_now_page(request, queries.scene(case), form, message=NOTHING_TAPPED, status=422)
    return _store(request, case, form, line, tap, owed)


def _store(request: HttpRequest, case: Case, form: DoNow, line: Line, tap: Tap, owed: list[Obligation]) -> HttpResponse:
    """Stores one tap for each of its people."""
    member, now = member_of(request), timezone.now()
    used = ("said",) if tap.kind == "done" else ("why", "at", "who")
    if tap.kind == "not_needed" and not form.data.get(f"{tap.line}_why", "").strip():
        form.add_error(f"{tap.line}_why", WHY_NOT_NEEDED)
    if form.keep_errors_of(tap.line, *used):
        return _do_now_page(request, queries.scene(case), form, status=422)
    if tap.kind == "done":
        actions.tap(by=member, at=now, case=case, owed=owed, kind="done", said=form.value(tap.line, "said") or "")
    else:
        written, because = form.value(tap.line, "at"), form.value(tap.line, "why")
        store = actions.answer_at if written else actions.tap
        store(by=member, at=written.at if written else now, case=case, owed=owed, kind=tap.kind, because=because)
    still = {tick.number for tick in line.ticks if tick.is_open} - {person_number(row) for row in owed}
    return _onward(request, tap, used, stays_open=bool(still))


def _time(request: HttpRequest, case: Case, tap: Tap) -> HttpResponse:
    """The time of taps that came long after the event."""
    member = member_of(request)
    written = None
    if tap.kind == "time":
        try:
            written = read_when(request.POST.get(f"{tap.line}_time", ""), timezone.now())
            error = "" if written else WRITE_THE_TIME
        except CannotRead as refused:
            error = str(refused)
        if error:
            scene = queries.scene(case)
            form = DoNow(_boxes(_lines(request, scene)), request.POST)
            form.is_valid()
            form.keep_errors_of("")
            form.add_error(f"{tap.line}_time" if f"{tap.line}_time" in form.fields else None, error)
            return _do_now_page(request, scene, form, status=422)
    answers = queries.own_answers(case, member.user, tap.line)
    taps = [answer for answer in answers if answer.kind == "done" and is_bare_tap(answer)]
    actions.give_time(by=member, at=written.at if written else None, case=case, taps=taps)
    return _onward(request, tap, ("time",), stays_open=False)


def person_number(row: Obligation) -> int:
    """The number in the case of whom it is about."""
    return row.person.number if row.person else 0


def _owed(scene: queries.Scene, tap: Tap) -> list[Obligation]:
    """What a tap answers: of each person what is open on the line; where nothing is, what was answered before.

    A colleague's answer of a moment ago takes nothing away: both are recorded.
    """
    on_line = [row for row in scene.owed if row.code == tap.line and row.person]
    still_open = {row.person_id for row in on_line if row.state == "open"}
    if tap.numbers:
        on_line = [row for row in on_line if person_number(row) in tap.numbers]
    elif tap.kind == "done":
        return []
    elif still_open:
        on_line = [row for row in on_line if row.person_id in still_open]
    return [row for row in on_line if row.state == "open" or row.person_id not in still_open]


def _onward(request: HttpRequest, tap: Tap, used: tuple[str, ...], *, stays_open: bool) -> HttpResponse:
    """Back to the line just answered. What was half written on other lines is kept and shown again."""
    member = member_of(request)
    rest = half_written(request.POST, used=[f"{tap.line}_{box}" for box in used])
    query = {}
    if rest:
        keep_draft(user=member.user, path=request.path, key=new_id(), typed=rest)
        query["draft"] = "1"
    is_half_written = any(name.startswith(f"{tap.line}_") for name in rest)
    if is_half_written or (stays_open and request.GET.get("open") == tap.line):
        query["open"] = tap.line
    return redirect(f"{request.path}{'?' if query else ''}{urlencode(query)}#{tap.line}")
