"""Handing on what is left at the end of a tour, and the tour itself."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.cases.access import case_for, people_of
from lodestar.casework.cases.models import Case
from lodestar.casework.ledger import actions, presenters
from lodestar.casework.ledger.models import Handover, Obligation
from lodestar.casework.ledger.queries import obligations as queries
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.actions import NoSuchEnd
from lodestar.platform.accounts.forms import TourEnd
from lodestar.platform.accounts.links import may_open
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import latest_tour, on_duty
from lodestar.platform.accounts.request_flow import page, submitted_or_draft, version_seen
from lodestar.platform.design.when import moment
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit

ONWARD = (
    ("Record another concern", "/record"),
    ("My work", "/my-work"),
    ("The case", "/cases/{}"),
    ("What to do now", "/cases/{}/do-now"),
)
NOTHING_CHOSEN = "Nothing was handed over: no task was ticked."
HANDED_BEFORE = (
    "Nothing was handed over now: {} handed over what you chose at {}. What you wrote here did not go with it. If "
    "the next person needs it, tell them{}."
)
TICKED_GONE = "Nothing was handed over: what you ticked has already been done. Anything you wrote was not sent."
NOTHING_LEFT = "Nothing was handed over: there is nothing left. What you wrote here was not sent."


@page(Permission.HAND_ON)
def hand_on(request: HttpRequest, reference: str) -> HttpResponse:
    """What is left of a case, passed to the coordinator's morning list with one tap."""
    member = member_of(request)
    case = case_for(member, reference, Permission.HAND_ON, viewed=request.method != "POST")
    now = timezone.now()
    rows, handed, left = _what_is_left(case, now)
    sent = submitted_or_draft(request)
    seen = version_seen(sent)
    message, status, form = "", 200, HandOn(sent, auto_id="%s")
    if request.method == "POST" and not form.is_valid():
        status = 422
    elif request.method == "POST":
        handover_note, chosen = form.cleaned_data["known"], _chosen(request, rows, handed, left)
        try:
            if chosen:
                actions.hand_on(by=member, at=now, case=case, obligations=chosen, note=handover_note)
        except ConcurrentEdit:
            chosen, (rows, handed, left) = [], _what_is_left(case, now)
        if chosen or not (left or handover_note):
            return redirect(request.path)
        message, status = _nothing_done(request, handed[seen or 0 :], left, now), 422
    duty = on_duty("coordinator", now, case.unit_id)
    context = {
        "ticked": set(sent.getlist("line")) if sent is not None else set(),
        "case": case,
        "left": left,
        "open": [line for line in left if not line["handed"]],
        "notes": presenters.handed_notes(handed, member.user, now),
        "version": len(handed) if message or seen is None else seen,
        "coordinator": duty.user.name if duty else "the coordinator",
        "onward": [
            (words, href)
            for words, href in ((words, href.format(case.reference)) for words, href in ONWARD)
            if may_open(member, href)
        ],
        "is_owned": case.owner_id is None and case.interim_owner_id == member.user,
        "now": now,
        "said": message,
        "form": form,
    }
    return render(request, "ledger/hand_on.jinja", context, status=status)


def _what_is_left(case: Case, now: datetime) -> tuple[list[Obligation], list[Handover], list[dict[str, Any]]]:
    """What is still owed and may be handed on, what was handed on, and the first line by line."""
    rows, handed = list(queries.left_to_hand_on(case, now)), list(queries.handed_on(case))
    return rows, handed, presenters.open_tasks(rows, people_of(case), handed, now)


def _chosen(
    request: HttpRequest, rows: Sequence[Obligation], handed: Sequence[Handover], left: Sequence[dict[str, Any]]
) -> list[Obligation]:
    """What a form hands on, of what nobody handed on before."""
    codes = {line["code"] for line in left if not line["handed"]}
    if request.POST.get("hand") != "all":
        codes &= set(request.POST.getlist("line"))
    before = {row.obligation_id for row in handed}
    return [row for row in rows if row.code in codes and row.id not in before]


def _nothing_done(request: HttpRequest, handed: Sequence[Handover], left: Sequence[dict[str, Any]], now: datetime) -> str:
    """Why a form handed nothing on: nothing was ticked or left, or somebody handed on the same since it was drawn (`handed`).
    `left` is what stands on the page."""
    is_all, chosen = request.POST.get("hand") == "all", set(request.POST.getlist("line"))
    before = [row for row in handed if is_all or row.obligation.code in chosen]
    if not before:
        return NOTHING_LEFT if is_all else TICKED_GONE if chosen else NOTHING_CHOSEN
    last = before[-1]
    member = member_of(request)
    whose = "you" if last.by_id == member.user else last.by.name
    otherwise = ", or send it with another task" if any(not line["handed"] for line in left) else ""
    return HANDED_BEFORE.format(whose, moment(last.handed_at, now), otherwise)


TOO_LONG = "A shift is 24 hours at most. Write a time within 24 hours of its start"


@page(Permission.SIGNED_IN)
def tour(request: HttpRequest) -> HttpResponse:
    """Names the end of the tour, or ends it now; what is due by its end moves with it."""
    member, now = member_of(request), timezone.now()
    form, status = TourEnd(now, submitted_or_draft(request)), 200
    if request.method == "POST":
        ends = now if "now" in request.POST else form.cleaned_data["ends"] if form.is_valid() else None
        try:
            if ends is not None:
                actions.end_tour(by=member, at=now, to_at=ends)
                return redirect("tour")
        except NoSuchEnd:
            form.add_error("ends", TOO_LONG)
        status = 422
    running = latest_tour(member.user, now)
    context = {"tour": running, "is_over": running is not None and running.to_at <= now, "form": form, "now": now}
    return render(request, "accounts/tour.jinja", context, status=status)


class HandOn(forms.Form):
    """A few words for whoever takes it over. Not compulsory; which lines is said by the buttons and ticks."""

    known = forms.CharField(
        label="What the next person needs to know",
        help_text="Like: “wants to be near her nan, not Marlsea”. No address here.",
        required=False,
        max_length=400,
    )
