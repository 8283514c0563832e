"""Emergency access to a case: which one, why, and nothing there."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.accounts.access import member_of
from lodestar.accounts.permissions import Permission
from lodestar.accounts.request_flow import page, submitted_or_draft
from lodestar.cases import access
from lodestar.cases.actions.emergency_access import try_emergency_access
from lodestar.cases.forms.emergency_access import Emergency
from lodestar.cases.queries.settings import emergency_lasts


def _hours() -> int:
    return int(emergency_lasts(timezone.now()).total_seconds() // 3600)


@page(Permission.EMERGENCY_ACCESS, only="GET")
def ask(request: HttpRequest) -> HttpResponse:
    """Which case somebody means, who was told its reference; the next page asks why."""
    reference = "".join(request.GET.get("reference", "").split()).upper()[:60].replace("/", "")
    if reference:
        return redirect(f"/emergency/{quote(reference)}")
    return render(request, "cases/emergency_ask.jinja", {"hours": _hours()})


@page(Permission.EMERGENCY_ACCESS)
def emergency(request: HttpRequest, reference: str) -> HttpResponse:
    """Asks why, whatever the reference: what is sealed, what is not there and what is look the same until the answer."""
    member = member_of(request)
    form = Emergency(submitted_or_draft(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        if access.visible_cases(member).filter(reference=reference).exists():
            return redirect(f"/cases/{reference}")
        case = access.unsealed_case(reference)
        reason = form.cleaned_data["reason"]
        opened = try_emergency_access(by=member, at=timezone.now(), reference=reference, case=case, reason=reason)
        return redirect(f"/cases/{reference}" if opened else f"/emergency/{reference}/nothing")
    context = {"reference": reference, "form": form, "hours": _hours()}
    return render(request, "cases/emergency.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.EMERGENCY_ACCESS, only="GET")
def nothing(request: HttpRequest, reference: str) -> HttpResponse:
    """What is sealed and what is not there end here alike."""
    return render(request, "design/nothing_here.jinja", status=404)
