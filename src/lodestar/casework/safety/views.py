"""What to do now: the first screen of a case."""

from collections.abc import Collection, Iterable
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
from lodestar.casework.safety.forms import Boxes, DoNow, Entry
from lodestar.casework.safety.presenters.lines import QUESTION, Line, is_bare_tap, lines
from lodestar.casework.safety.presenters.screen import RINGS, screen
from lodestar.directory.contacts.presenters.numbers import ring_now
from lodestar.directory.contacts.queries import contact_book
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.actions import keep_draft
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import on_duty
from lodestar.platform.accounts.request_flow import may_open, page, submitted_or_draft
from lodestar.platform.obligations.closing_records import LONGEST
from lodestar.platform.obligations.closing_rules import kinds_of
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
    return _do_now_page(request, scene, DoNow(_boxes(request, _lines(request, scene)), submitted_or_draft(request)))


def _lines(request: HttpRequest, scene: queries.Scene) -> list[Line]:
    member = member_of(request)
    return lines(scene, user=member.user, now=timezone.now(), unfolded=request.GET.get("open", ""))


def _boxes(request: HttpRequest, shown_lines: Iterable[Line]) -> list[Boxes]:
    may_ask = member_of(request).may(Permission.SECTION45_ANSWER)
    return [
        Boxes(
            line=line.code,
            label=line.wording.words,
            hint=line.wording.hint,
            longest=LONGEST,
            who=tuple(
                [(line.numbers, line.everyone)] * bool(line.everyone)
                + [(str(tick.number), tick.name if line.is_named else "Done") for tick in line.offered or line.ticks]
            ),
            kinds=frozenset(kinds_of(line.code)) - ({"done"} if line.wording.page else set()),
            asked=tuple(tick.number for tick in line.ticks) if line.code == QUESTION and may_ask else (),
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


def _save(request: HttpRequest, case: Case) -> HttpResponse:
    """Stores every line that was filled in; what is half filled in is kept, and says what it lacks."""
    member = member_of(request)
    scene = queries.scene_answered(case)
    form = DoNow(_boxes(request, _lines(request, scene)), request.POST, met=case.encountered_at)
    filled = [line for line in (_filled(scene, entry, member) for entry in form.entries()) if line.is_any]
    if not filled:
        message = "" if form.errors else NOTHING_FILLED_IN
        return _do_now_page(request, queries.scene(case), form, message=message, status=422)
    actions.save_lines(by=member, at=timezone.now(), case=case, lines=filled)
    rest, query = form.half_filled(), {}
    if rest:
        keep_draft(user=member.user, path=request.path, key=new_id(), typed=rest)
        query["draft"] = "1"
    first = form.first_half_filled
    if first and request.GET.get("open") == first:
        query["open"] = first
    return redirect(f"{request.path}{'?' if query else ''}{urlencode(query)}{f'#{first}' if first else ''}")


def _filled(scene: queries.Scene, entry: Entry, member: Member) -> actions.FilledLine:
    """One line as it is stored: what each of its parts answers."""
    done = _owed(scene, entry.line, entry.done) if entry.done else []
    otherwise = _owed(scene, entry.line, entry.otherwise_for, but=entry.done) if entry.otherwise else []
    people = {person.number: person for person in scene.people}
    taps = queries.own_answers(scene.case, member.user, entry.line) if entry.is_timed else []
    return actions.FilledLine(
        done=done,
        said=entry.said,
        otherwise=otherwise,
        kind=entry.otherwise,
        why=entry.why,
        otherwise_at=entry.at,
        taps=[answer for answer in taps if answer.kind == "done" and is_bare_tap(answer)],
        taps_at=entry.time,
        asked=people.get(entry.asked) if entry.answer else None,
        answer=entry.answer,
    )


def _owed(scene: queries.Scene, code: str, numbers: Collection[int], but: Collection[int] = ()) -> list[Obligation]:
    """What a line answers for these people, or for everybody of it: of each what is open; where nothing is, what was answered
    before. A colleague's answer of a moment ago takes nothing away: both are recorded."""
    on_line = [row for row in scene.owed if row.code == code and row.person and row.person.number not in but]
    still_open = {row.person_id for row in on_line if row.state == "open"}
    if numbers:
        on_line = [row for row in on_line if row.person and row.person.number in numbers]
    elif still_open:
        on_line = [row for row in on_line if row.person_id in still_open]
    return [row for row in on_line if row.state == "open" or row.person_id not in still_open]
