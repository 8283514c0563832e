"""Who may see a case and has it: sealing, giving, another officer meanwhile, cases of leavers; and its operation."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.case_files.actions import case as actions
from lodestar.casework.case_files.actions.case import UnableToSeal, change_interim_owner
from lodestar.casework.case_files.forms import Give, HandOverCases, Operation, Seal, Unseal
from lodestar.casework.case_files.queries import HeldCases, held_by_leavers
from lodestar.casework.cases import access
from lodestar.casework.cases.access import or_404
from lodestar.casework.cases.models import Case
from lodestar.casework.cases.queries import team_of
from lodestar.casework.ledger.actions import return_to_morning_list
from lodestar.casework.ledger.presenters import place_words
from lodestar.platform.accounts import queries as accounts
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.form_envelope import words_typed
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.design.words import listed
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit

MOST_COLLEAGUES = 30
ALREADY = "{} is already sealed. Someone sealed it before you."
NOT_ANY_MORE = "{} is no longer sealed. Someone unsealed it before you."
SEALED = "Someone sealed the case while you were writing, and named you as an owner"
UNKNOWN = "No colleague who may see a case has the user name {}"


def _of_the_unit(case: Case) -> list[tuple[UUID, str]]:
    """Colleagues of the case's unit who may see cases."""
    rows = accounts.at_work(Permission.CASE_VIEW).filter(unit=case.unit_id)[:MOST_COLLEAGUES]
    return [(row.user_id, row.user.name) for row in rows]


@page(Permission.CASE_SEAL)
def seal(request: HttpRequest, reference: str) -> HttpResponse:
    """Seals a case, with a reason and at least two named owners."""
    member = member_of(request)
    case = access.case_for(member, reference, Permission.CASE_SEAL, viewed=request.method != "POST")
    if case.sealed:
        return _by_now(request, case, ALREADY, f"/cases/{case.reference}/unseal")
    team = [(row.user_id, row.user.name) for row in team_of(case, timezone.now())]
    colleagues = dict([*_of_the_unit(case), *team, (member.user, f"{member.name} (you)")])
    form = Seal(submitted_or_draft(request), auto_id="%s", colleagues=colleagues.items())
    if request.method == "POST" and form.is_valid():
        usernames = form.cleaned_data["others"].split()
        named_colleagues = accounts.members_by_username(usernames, Permission.CASE_VIEW)
        unknown = [name for name in usernames if name.lower() not in named_colleagues]
        owners = [*(UUID(owner) for owner in form.cleaned_data["owners"]), *(row.user_id for row in named_colleagues.values())]
        try:
            if unknown:
                form.add_error("others", UNKNOWN.format(listed(unknown)))
            else:
                actions.seal_case(by=member, at=timezone.now(), case=case, reason=form.cleaned_data["reason"], owners=owners)
                return redirect(f"/cases/{case.reference}" if member.user in owners else "/my-work")
        except actions.UnableToSeal:
            case = access.case_for(member, reference, Permission.CASE_SEAL, viewed=False)  # nothing here, if others own it
            form.add_error("owners", SEALED if case.sealed else "Name at least two owners")
    status = 422 if request.method == "POST" else 200
    return render(request, "case_files/seal.jinja", {"case": case, "form": form}, status=status)


@page(Permission.CASE_VIEW)
def unseal(request: HttpRequest, reference: str) -> HttpResponse:
    """Unseals a case, by a named owner who did not seal it."""
    member = member_of(request)
    case = access.case_for(member, reference, Permission.CASE_VIEW, viewed=request.method != "POST")
    if not case.sealed:
        return _by_now(request, case, NOT_ANY_MORE, f"/cases/{case.reference}")
    form = Unseal(submitted_or_draft(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        try:
            actions.unseal_case(by=member, at=timezone.now(), case=case, reason=form.cleaned_data["reason"])
            return redirect(f"/cases/{case.reference}")
        except actions.UnableToSeal as refusal:
            case = access.case_for(member, reference, Permission.CASE_VIEW, viewed=False)
            if not case.sealed:
                return _by_now(request, case, NOT_ANY_MORE, f"/cases/{case.reference}")
            form.add_error("reason", str(refusal))
    context = {"case": case, "form": form, "is_sealer": case.sealed_by_id == member.user, "owners": access.owners_of(case)}
    return render(request, "case_files/unseal.jinja", context, status=422 if request.method == "POST" else 200)


def _by_now(request: HttpRequest, case: Case, message: str, leads_to: str) -> HttpResponse:
    """Where a case is sealed, or unsealed, already: what was typed about it; with nothing typed, the next page."""
    data = submitted_or_draft(request)
    words = words_typed(data) if data is not None else []
    if not words:
        return redirect(leads_to)
    context = {"case": case, "said": message.format(case.reference), "typed": words, "leads_to": leads_to}
    return render(request, "case_files/seal_by_now.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.CASE_GIVE)
def give(request: HttpRequest, reference: str) -> HttpResponse:
    """Lets a colleague see and work a case: by its unit's supervisor, or the coordinator."""
    member = member_of(request)
    case = access.case_to_give(member, reference, viewed=request.method != "POST")
    team = {row.user_id: row.user.name for row in team_of(case, timezone.now())}
    form = Give(submitted_or_draft(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_case(by=member, at=timezone.now(), case=case, to=form.cleaned_data["colleague"])
        except ConcurrentEdit:
            raise Http404 from None  # as for a case that was sealed before
        return redirect(f"/cases/{case.reference}")
    context = {
        "case": case,
        "form": form,
        "team": team.values(),
        "colleagues": [name for user, name in _of_the_unit(case) if user not in team],
    }
    return render(request, "case_files/give.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.OPERATION_NAME)
def operation(request: HttpRequest, reference: str) -> HttpResponse:
    """Puts a case into an operation, or takes it out. Where somebody else did so meanwhile, the page says so before it takes
    the name."""
    member = member_of(request)
    case = access.case_for(member, reference, Permission.OPERATION_NAME, viewed=request.method != "POST")
    sent = submitted_or_draft(request)
    form = Operation(sent, auto_id="%s", initial={"name": case.operation.name if case.operation else ""})
    moved = request.method == "POST" and request.POST.get("version", "") != _operation_of(case)
    if request.method == "POST" and not moved and form.is_valid():
        try:
            actions.name_operation(by=member, at=timezone.now(), case=case, name=" ".join(form.cleaned_data["name"].split()))
            return redirect(f"/cases/{case.reference}")
        except ConcurrentEdit:
            case, moved = access.case_for(member, reference, Permission.OPERATION_NAME, viewed=False), True
    there = _operation_of(case)  # whoever comes back to what they typed has seen what they saw as they wrote
    version = sent.get("version", there) if sent is not None and not moved else there
    context = {"case": case, "form": form, "version": version, "moved": moved}
    return render(request, "case_files/operation.jinja", context, status=422 if request.method == "POST" else 200)


def _operation_of(case: Case) -> str:
    """By what the page knows again which operation the case was in when it was drawn."""
    return str(case.operation_id or "")


@page(Permission.CASE_GIVE)
def interim_owner(request: HttpRequest, reference: str) -> HttpResponse:
    """Who has the case until a detective has it, with what is still open with the officer before. Where another supervisor
    chose somebody meanwhile, the page says so before it takes the choice."""
    member = member_of(request)
    case = access.case_to_pass_on(member, reference, viewed=request.method != "POST")
    colleagues = [row.user.name for row in access.possible_interim_owners(case)[:MOST_COLLEAGUES]]
    sent = submitted_or_draft(request)
    form = Give(sent, auto_id="%s", permission=Permission.CONCERN_RECORD)
    moved = request.method == "POST" and request.POST.get("seen") != str(case.interim_owner_id)
    if request.method == "POST" and not moved and form.is_valid():
        try:
            actions.change_interim_owner(by=member, at=timezone.now(), case=case, to=form.cleaned_data["colleague"])
            return redirect(f"/cases/{case.reference}")
        except actions.UnableToSeal as refusal:
            form.add_error("colleague", str(refusal))
        except ConcurrentEdit:
            case, moved = access.case_to_pass_on(member, reference, viewed=False), True
    seen = sent.get("seen", case.interim_owner_id) if sent is not None and not moved else case.interim_owner_id
    has_left = case.interim_owner_id in accounts.leavers(timezone.localdate())
    context = {"case": case, "form": form, "colleagues": colleagues, "has_left": has_left, "moved": moved, "seen": seen}
    return render(request, "case_files/interim_owner.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.CASE_GIVE, only="GET")
def leavers(request: HttpRequest) -> HttpResponse:
    """Who has left the force or leaves soon and still has cases, and how many."""
    member, today = member_of(request), timezone.localdate()
    context = {"people": held_by_leavers(member, today), "today": today}
    return render(request, "case_files/leavers.jinja", context)


@page(Permission.CASE_GIVE)
def leaver(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """The cases of one of them: the ticked ones get another acting case owner."""
    member = member_of(request)
    held = _cases_of(member, user_id)
    choices = [(str(case.id), f"{case.reference}, {place_words(case)}") for case in held.acting]
    form = HandOverCases(submitted_or_draft(request), auto_id="%s", cases=choices)
    if request.method == "POST" and form.is_valid():
        _hand_over(member, held, form)
        return redirect("/leavers")
    units = {case.unit_id for case in held.acting}
    rows = accounts.at_work(Permission.CONCERN_RECORD).filter(unit__in=units).exclude(user=held.user)[:MOST_COLLEAGUES]
    context = {
        "held": held,
        "form": form,
        "colleagues": [row.user.name for row in rows],
        "may_allocate": member.may(Permission.CASE_ALLOCATE),
    }
    return render(request, "case_files/leaver.jinja", context, status=422 if request.method == "POST" else 200)


def _cases_of(member: Member, user: UUID) -> HeldCases:
    return or_404(next((leaver for leaver in held_by_leavers(member, timezone.localdate()) if leaver.user == user), None))


def _hand_over(member: Member, held: HeldCases, form: HandOverCases) -> None:
    """Gives the ticked cases to the colleague. What somebody else handed over or sealed meanwhile stays as they did it."""
    now, ticked, to = timezone.now(), set(form.cleaned_data["cases"]), form.cleaned_data["colleague"]
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
