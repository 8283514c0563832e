"""Work of people who have left: their cases go to a colleague, what they took from the morning list goes back to it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.case_files.actions.case import UnableToSeal, change_interim_owner
from lodestar.casework.case_files.forms import HandOverCases
from lodestar.casework.case_files.queries import HeldCases, held_by_leavers
from lodestar.casework.case_files.views.sharing import MOST_COLLEAGUES, chosen_colleague
from lodestar.casework.cases.access import or_404
from lodestar.casework.ledger.actions import return_to_morning_list
from lodestar.casework.ledger.presenters import place_words
from lodestar.platform.accounts import queries as accounts
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit


@page(Permission.CASE_GIVE, only="GET")
def leavers(request: HttpRequest) -> HttpResponse:
    """Who has left the force or leaves soon and still has cases, and how many."""
    member, today = member_of(request), timezone.localdate()
    context = {"people": held_by_leavers(member, today), "today": today}
    return render(request, "case_files/leavers.jinja", context)


@page(Permission.CASE_GIVE)
def leaver(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """The cases of one of them: the ticked ones get another acting case owner."""
    member, today = member_of(request), timezone.localdate()
    held = _cases_of(member, user_id)
    form = _form(request, held)
    if request.method == "POST" and form.is_valid():
        to = chosen_colleague(form, Permission.CONCERN_RECORD)
        if to is not None:
            _hand_over(member, held, form, to)
            return redirect("/leavers")
    context = {"held": held, "form": form, "today": today, "may_allocate": member.may(Permission.CASE_ALLOCATE)}
    return render(request, "case_files/leaver.jinja", context, status=422 if request.method == "POST" else 200)


def _cases_of(member: Member, user: UUID) -> HeldCases:
    return or_404(next((leaver for leaver in held_by_leavers(member, timezone.localdate()) if leaver.user == user), None))


def _form(request: HttpRequest, held: HeldCases) -> HandOverCases:
    units = {case.unit_id for case in held.acting}
    rows = accounts.at_work(Permission.CONCERN_RECORD).filter(unit__in=units).exclude(user=held.user)[:MOST_COLLEAGUES]
    colleagues = {row.user_id: row.user.name for row in rows}.items()
    choices = [(str(case.id), f"{case.reference}, {place_words(case)}") for case in held.acting]
    return HandOverCases(submitted_or_draft(request), auto_id="%s", colleagues=colleagues, cases=choices)


def _hand_over(member: Member, held: HeldCases, form: HandOverCases, to: UUID) -> None:
    """Gives the ticked cases to the colleague. What somebody else handed over or sealed meanwhile stays as they did it."""
    now, ticked = timezone.now(), set(form.cleaned_data["cases"])
    for case in [case for case in held.acting if str(case.id) in ticked]:
        try:
            change_interim_owner(by=member, at=now, case=case, to=to)
        except (ConcurrentEdit, UnableToSeal):
            continue


@page(Permission.CASE_GIVE, only="POST")
def leaver_taken(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """What they took from the morning list and did not finish goes back to it."""
    member = member_of(request)
    held = _cases_of(member, user_id)
    if held.taken:
        return_to_morning_list(by=member, at=timezone.now(), hand_ons=held.taken)
    return redirect("/leavers")
