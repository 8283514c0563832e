"""One decision about several tasks: who is to have them, a reminder, a working time; of one that is stuck also that it is not
needed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.case_files.actions.tasks import agree_working_time, give_tasks, remind_holders
from lodestar.casework.cases.access import people_shown
from lodestar.casework.ledger.access import obligations_to_change
from lodestar.casework.ledger.actions import answer_duty
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.presenters import may_answer, permission_to_answer, where_answered
from lodestar.casework.ledger.queries.worklists import obligations
from lodestar.casework.worklists.forms import ChangeTasks
from lodestar.casework.worklists.presenters.worklists import grouped
from lodestar.casework.worklists.views.worklists import PAGE_TO_CHANGE, tried
from lodestar.platform.accounts.access import Member, member_from, member_of
from lodestar.platform.accounts.models import Membership
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import at_work, called_at_work
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.obligations.closing_records import DONE_BY, kinds_of
from lodestar.platform.text.ids import id_in

MOST_COLLEAGUES = 15
NOT_FOUND = "No colleague at work here who may answer tasks has this name"
NOT_THEIRS = "This colleague may not answer any of these tasks"
BACK = ("/my-work", "/my-team", "/my-unit", "/unfilled-roles")


@page(Permission.CASE_GIVE)
def change(request: HttpRequest) -> HttpResponse:
    """The tasks ticked on a list, and what is decided about them. Nothing is closed here but the one that is not needed. Where
    none is open and the member's to decide the page says so, whatever was asked for."""
    member, now = member_of(request), timezone.now()
    typed = submitted_or_draft(request)
    sent = typed if typed is not None and "line" in typed else request.GET
    ids = _ticked(sent.getlist("line") if sent.get("select") != "all" else [sent.get("every", "")])
    rows = obligations_to_change(member, ids)
    if not rows:
        status = 422 if request.method == "POST" else 200
        return render(request, "worklists/change_tasks.jinja", {"rows": (), "form": None, "back": "/my-work"}, status=status)
    kinds = ["give", "remind", "time", *(["not_needed"] if _is_one_decision(rows, member) else [])]
    colleagues = {row.user_id: row for row in at_work(Permission.DUTY_ANSWER).filter(unit__in={row.unit_id for row in rows})}
    choices = [(str(user), row.user.name) for user, row in list(colleagues.items())[:MOST_COLLEAGUES]]
    form = ChangeTasks(typed, auto_id="%s", colleagues=choices, kinds=kinds, now=now)
    back = sent.get("back", "") if sent.get("back", "") in BACK else "/my-work"
    if request.method == "POST" and form.is_valid():
        done = _change(member, now, rows, form)
        if done is not None:
            numbers = {"changed": form.cleaned_data["kind"], "done": len(done), "missed": len(ids) - len(done)}
            if until := form.cleaned_data["kind"] == "time" and form.cleaned_data["until"]:
                numbers["after"] = sum(row.due_at is not None and row.due_at < until for row in done)
            return redirect(f"{back}?{urlencode(numbers)}")
    elif request.method != "POST":
        people_shown(member, [row.person_id for row in rows if row.person_id])
    by_id = obligations([row.id for row in rows])
    shown = [by_id[row.id] for row in rows]
    context = {
        "groups": grouped(shown, member, now, tried(shown)),
        "rows": rows,
        "form": form,
        "back": back,
        "answered_at": where_answered(rows[0], rows[0].case.reference, member) if _is_one_decision(rows, member) else "",
        "now": now,
    }
    return render(request, "worklists/change_tasks.jinja", context, status=422 if request.method == "POST" else 200)


def _ticked(values: Sequence[str]) -> list[UUID]:
    """The ids that ticks sent: a line of several people sends several."""
    found = dict.fromkeys(id_in(word) for value in values for word in value.split("."))
    return [one for one in found if one][: PAGE_TO_CHANGE * 2]


def _is_one_decision(rows: Sequence[Obligation], member: Member) -> bool:
    """Whether these are one stuck thing, which one reason may close for all whom it is about."""
    first = rows[0]
    alike = all((row.case_id, row.code, row.moment) == (first.case_id, first.code, first.moment) for row in rows)
    theirs = member.may(Permission.DUTY_ANSWER) and all(row.not_possible and may_answer(row, member) for row in rows)
    return alike and theirs and "not_needed" in kinds_of(first.code)


def _change(member: Member, at: datetime, rows: Sequence[Obligation], form: ChangeTasks) -> list[Obligation] | None:
    """Does what was chosen, and returns for which tasks; None, with the form saying why, where nobody can be given any."""
    said = form.cleaned_data
    told: dict[str, Any] = {"by": member, "at": at, "obligations": rows, "reason": said["reason"]}
    if said["kind"] == "remind":
        return remind_holders(**told)
    if said["kind"] == "time":
        return agree_working_time(**told, until=said["until"])
    if said["kind"] == "not_needed":
        answer_duty(by=member, at=at, case=rows[0].case, obligations=rows, kind="not_needed", because=said["reason"])
        return list(rows)
    colleague = _colleague(said["to"], said["other"])
    if colleague is None:
        form.add_error("other" if said["other"] else "to", NOT_FOUND)
        return None
    theirs = [row for row in rows if _may_have(row, member_from(colleague))]
    if not theirs:
        form.add_error("to", NOT_THEIRS)
        return None
    return give_tasks(**{**told, "obligations": theirs}, to=colleague.user_id)


def _colleague(chosen: str, name: str) -> Membership | None:
    if name:
        return called_at_work(name, Permission.DUTY_ANSWER)
    user = id_in(chosen)
    return at_work(Permission.DUTY_ANSWER).filter(user_id=user).first() if user else None


def _may_have(row: Obligation, colleague: Member) -> bool:
    """Whether the colleague may answer this once they have it: some answers are a page's that not everybody may open, and some
    are one role's alone."""
    return colleague.may(permission_to_answer(row.code)) and DONE_BY.get(row.code, "") in ("", *colleague.owes)
