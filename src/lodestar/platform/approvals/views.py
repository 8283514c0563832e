"""The page of one approval and the list of those that wait, for a client that says which and in what words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.request_flow import submitted_or_draft
from lodestar.platform.approvals.access import Asked, may_judge, sees_why
from lodestar.platform.approvals.actions import CannotDecide
from lodestar.platform.approvals.forms import DecisionForm

MOST = 50


@dataclass(frozen=True)
class ApprovalPages(Generic[Asked]):
    """The pages of one kind: `find` and `waiting` give rows together with the right to see them, `decide` is the action (by,
    at, row, approved, because), and after it comes the address named `leads_to`. `question` of a row is asked with its yes;
    `words` are those of one row, `lines` those of the list."""

    model: type[Asked]
    find: Callable[[Member, type[Asked], UUID], Asked]
    waiting: Callable[[Member, type[Asked], int], Sequence[Asked]]
    decide: Callable[..., None]
    leads_to: str
    template: str
    list_template: str
    question: Callable[[Asked], tuple[str, str]]
    words: Callable[[Asked], dict[str, Any]]
    lines: Callable[[Member, Sequence[Asked]], Sequence[Any]]


def approval_page(
    request: HttpRequest, pages: ApprovalPages[Asked], row: Asked, follow_up: forms.Form | None = None
) -> HttpResponse:
    """The page of one, to decide. `follow_up` is the form of what the member does under the approval: where it is given and
    something was sent, that was it and has to be put right."""
    member, now, is_sent = member_of(request), timezone.now(), request.method == "POST"
    decides = follow_up is None and may_judge(member, row) and (row.decided_at is None or is_sent)
    if is_sent and not decides and follow_up is None:
        raise Http404
    form = DecisionForm(submitted_or_draft(request) if decides else None, auto_id="%s", question=pages.question(row))
    if is_sent and decides and form.is_valid():
        answers = form.cleaned_data
        try:
            pages.decide(by=member, at=now, row=row, approved=answers["approved"] == "yes", because=answers["because"])
            return redirect(pages.leads_to)
        except CannotDecide as refusal:
            form.add_error(None, refusal.words)
    if is_sent:
        row = pages.find(member, pages.model, row.id)  # as a colleague left it meanwhile
    context = {
        "row": row,
        "form": form if decides else None,
        "follow_up": follow_up,
        "lapsed": bool(row.lapses_at and now >= row.lapses_at),
        "sees_why": sees_why(member, row),
        **pages.words(row),
    }
    return render(request, pages.template, context, status=422 if is_sent else 200)


def waiting_page(request: HttpRequest, pages: ApprovalPages[Asked]) -> HttpResponse:
    """What waits for the member's decision, the oldest first."""
    member = member_of(request)
    rows = pages.waiting(member, pages.model, MOST + 1)
    context = {"rows": pages.lines(member, rows)[:MOST], "more": len(rows) > MOST}
    return render(request, pages.list_template, context)
