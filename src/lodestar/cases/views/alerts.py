"""Alerts to professional standards: the list, and one of them taken up or of no concern. It holds nothing of a case."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.accounts.access import member_of
from lodestar.accounts.permissions import Permission
from lodestar.accounts.queries import at_work_by_name
from lodestar.accounts.request_flow import page, submitted_or_draft
from lodestar.cases import access
from lodestar.cases.actions.alerts import CannotSettle, NoAddress, alerts_shown, record_staff_address, settle_alert
from lodestar.cases.forms.alerts import OwnAddress, Settled
from lodestar.cases.presenters.alerts import lines
from lodestar.cases.queries.alerts import alerts_for, staff_addresses
from lodestar.cases.queries.cases import references_of

OPEN, SETTLED = 50, 20
NOT_KNOWN_AGAIN = {
    "address": "Include the number and postcode, so that it can be recognised",
    "household": "Include the number and postcode of each, so that it can be recognised",
}


@page(Permission.ALERT_SETTLE, only="GET")
def alerts(request: HttpRequest) -> HttpResponse:
    """What is to be asked about, the newest first, and what was made of it before."""
    member = member_of(request)
    waiting = list(alerts_for(member.user, settled=False)[: OPEN + 1])
    settled = list(alerts_for(member.user, settled=True)[:SETTLED])
    alerts_shown(by=member, at=timezone.now(), subject="list")
    references = references_of(case for alert in (*waiting, *settled) for case in alert.cases)
    context = {
        "open": lines(waiting[:OPEN], references),
        "more": len(waiting) > OPEN,
        "settled": lines(settled, references),
        "now": timezone.now(),
    }
    return render(request, "cases/standards_alerts.jinja", context)


@page(Permission.ALERT_SETTLE)
def alert(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """One alert: what it counts, and what is made of it, with a reason."""
    member = member_of(request)
    row = access.standards_alert_for(member, notice_id)
    form = Settled(submitted_or_draft(request), auto_id="%s") if row.settled_at is None else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            try:
                settle_alert(by=member, at=timezone.now(), alert=row.id, **form.cleaned_data)
                return redirect("standards-alerts")
            except CannotSettle as error:
                form.add_error(None, str(error))
    else:
        alerts_shown(by=member, at=timezone.now(), subject=str(row.id))
    (line,) = lines([row], references_of(row.cases))
    context = {"line": line, "form": form}
    return render(request, "cases/standards_alert.jinja", context, status=422 if request.method == "POST" else 200)


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
                record_staff_address(
                    by=member, at=timezone.now(), user=user, address=form.cleaned_data["address"].strip(),
                    household=form.cleaned_data["household"],
                )  # fmt: skip
                return redirect("standards-addresses")
            except NoAddress as fault:
                field = "address" if str(fault) == form.cleaned_data["address"].strip() else "household"
                form.add_error(field, NOT_KNOWN_AGAIN[field])
    context = {"form": form, "rows": staff_addresses(OPEN)}
    return render(request, "cases/standards_addresses.jinja", context, status=422 if request.method == "POST" else 200)
