"""Alerts to professional standards: the list, and one of them taken up or of no concern. It holds nothing of a case."""

from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.cases import access
from lodestar.casework.cases.queries import references_of
from lodestar.information_governance.access_alerts import actions
from lodestar.information_governance.access_alerts.forms import Emergency, OwnAddress, Settled
from lodestar.information_governance.access_alerts.presenters import lines
from lodestar.information_governance.access_alerts.queries import (
    alerts_for,
    seconds_apart,
    staff_addresses,
    standards_alert_for,
    unsealed_case,
)
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import at_work_by_name
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.settings.queries import emergency_lasts

OPEN, SETTLED = 50, 20
NOT_KNOWN_AGAIN = "Include the number and postcode, so that it can be recognised"


@page(Permission.ALERT_SETTLE, only="GET")
def alerts(request: HttpRequest) -> HttpResponse:
    """What is to be asked about, the newest first, and what was made of it before."""
    member = member_of(request)
    waiting = list(alerts_for(member.user, settled=False)[: OPEN + 1])
    settled = list(alerts_for(member.user, settled=True)[:SETTLED])
    actions.alerts_shown(by=member, at=timezone.now(), subject="list")
    references = references_of(case for alert in (*waiting, *settled) for case in alert.cases)
    context = {
        "open": lines(waiting[:OPEN], references),
        "more": len(waiting) > OPEN,
        "settled": lines(settled, references),
        "apart": seconds_apart(timezone.now()),
        "now": timezone.now(),
    }
    return render(request, "access_alerts/standards_alerts.jinja", context)


@page(Permission.ALERT_SETTLE)
def alert(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """One alert: what it counts, and what is made of it, with a reason."""
    member = member_of(request)
    row = standards_alert_for(member, notice_id)
    form = Settled(submitted_or_draft(request), auto_id="%s") if row.settled_at is None else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            try:
                actions.settle_alert(by=member, at=timezone.now(), alert=row.id, **form.cleaned_data)
                return redirect("standards-alerts")
            except actions.CannotSettle as error:
                form.add_error(None, str(error))
    else:
        actions.alerts_shown(by=member, at=timezone.now(), subject=str(row.id))
    ((_, says, cases),) = lines([row], references_of(row.cases))
    context = {"alert": row, "says": says, "cases": cases, "form": form}
    return render(request, "access_alerts/standards_alert.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.ALERT_SETTLE)
def addresses(request: HttpRequest) -> HttpResponse:
    """Whose own address would be known again, and the form that adds one. No address is ever shown."""
    member = member_of(request)
    form = OwnAddress(submitted_or_draft(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        user = at_work_by_name(form.cleaned_data["username"])
        if user is None:
            form.add_error("username", f"No one working here today has the user name {form.cleaned_data['username']}")
        else:
            try:
                address = form.cleaned_data["address"].strip()
                actions.record_staff_address(by=member, at=timezone.now(), user=user, address=address)
                return redirect("standards-addresses")
            except actions.NoAddress:
                form.add_error("address", NOT_KNOWN_AGAIN)
    context = {"form": form, "rows": staff_addresses(OPEN)}
    return render(request, "access_alerts/standards_addresses.jinja", context, status=422 if request.method == "POST" else 200)


def _hours() -> int:
    return int(emergency_lasts(timezone.now()).total_seconds() // 3600)


@page(Permission.EMERGENCY_ACCESS, only="GET")
def ask(request: HttpRequest) -> HttpResponse:
    """Which case somebody means, who was told its reference; the next page asks why."""
    reference = "".join(request.GET.get("reference", "").split()).upper()[:60].replace("/", "")
    if reference:
        return redirect(f"/emergency/{quote(reference)}")
    return render(request, "access_alerts/emergency_ask.jinja", {"hours": _hours()})


@page(Permission.EMERGENCY_ACCESS)
def emergency(request: HttpRequest, reference: str) -> HttpResponse:
    """Asks why, whatever the reference: what is sealed, what is not there and what is look the same until the answer."""
    member = member_of(request)
    form = Emergency(submitted_or_draft(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        if access.visible_cases(member).filter(reference=reference).exists():
            return redirect(f"/cases/{reference}")
        case = unsealed_case(reference)
        reason = form.cleaned_data["reason"]
        opened = actions.try_emergency_access(by=member, at=timezone.now(), reference=reference, case=case, reason=reason)
        return redirect(f"/cases/{reference}" if opened else f"/emergency/{reference}/nothing")
    context = {"reference": reference, "form": form, "hours": _hours()}
    return render(request, "access_alerts/emergency.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.EMERGENCY_ACCESS, only="GET")
def nothing(request: HttpRequest, reference: str) -> HttpResponse:
    """What is sealed and what is not there end here alike."""
    return render(request, "design/nothing_here.jinja", status=404)
