"""Another officer has a case meanwhile: the one before is off, has moved or has left the force."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lodestar.accounts import queries as accounts
from lodestar.accounts.access import Member
from lodestar.accounts.door import page, typed
from lodestar.accounts.permissions import Permission
from lodestar.cases import access
from lodestar.cases.actions import PassedMeanwhile, UnableToSeal, change_interim_owner
from lodestar.cases.forms.handing_on import Interim
from lodestar.cases.models import Case

MOST_COLLEAGUES = 30
UNKNOWN = "No colleague who may record a concern has the user name {}"


@page(Permission.CASE_GIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def interim_owner(request: HttpRequest, reference: str) -> HttpResponse:
    """Who has the case until a detective has it, with what is still open with the officer before. Where another supervisor
    chose somebody meanwhile, the page says so before it takes the choice."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    case = access.case_to_pass_on(member, reference, viewed=request.method != "POST")
    colleagues = {row.user_id: row.user.name for row in access.meanwhile(case)[:MOST_COLLEAGUES]}
    sent = typed(request)
    form = Interim(sent, colleagues.items(), is_sealed=case.sealed)
    moved = request.method == "POST" and request.POST.get("seen") != str(case.interim_owner_id)
    if request.method == "POST" and not moved and form.is_valid():
        to = _chosen(form)
        try:
            if to is not None and _passed(member, case, to, form):
                return redirect(f"/cases/{case.reference}")
        except PassedMeanwhile:
            case, moved = access.case_to_pass_on(member, reference, viewed=False), True
    seen = sent.get("seen", case.interim_owner_id) if sent is not None and not moved else case.interim_owner_id
    context = {"case": case, "form": form, "has_left": _has_left(case), "moved": moved, "seen": seen}
    return render(request, "cases/interim_owner.jinja", context, status=422 if request.method == "POST" else 200)


def _passed(member: Member, case: Case, to: UUID, form: Interim) -> bool:
    """Whether the colleague has it now. One who is no named owner of a sealed case, perhaps sealed meanwhile, cannot."""
    try:
        change_interim_owner(by=member, at=timezone.now(), case=case, to=to)
    except UnableToSeal as refusal:
        form.add_error("to", str(refusal))
        return False
    return True


def _has_left(case: Case) -> bool:
    return case.interim_owner_id in accounts.gone(timezone.localdate())


def _chosen(form: Interim) -> UUID | None:
    """The colleague chosen, or None with the form saying what is wrong."""
    if form.cleaned_data["to"]:
        return UUID(form.cleaned_data["to"])
    username = form.cleaned_data["other"].strip()
    found = accounts.named([username], Permission.CONCERN_RECORD).get(username.lower())
    if found is None:
        form.add_error("other", UNKNOWN.format(username))
        return None
    return found.user_id
