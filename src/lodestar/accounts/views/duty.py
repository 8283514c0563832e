"""Who is on duty."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from lodestar.accounts import actions, forms, queries
from lodestar.accounts.access import duty_for, units_of_roster
from lodestar.accounts.door import page, typed
from lodestar.accounts.permissions import Permission
from lodestar.kernel.paging import Place, place

DUTIES = 20  # of a unit's roster on one page


@page(Permission.DUTY_ROSTER_SET)
@require_http_methods(["GET", "HEAD", "POST"])
def duty(request: HttpRequest) -> HttpResponse:
    """Who is on duty for a unit, now and to come, and the form to say who is."""
    member = request.member  # type: ignore[attr-defined]  # put there by the door
    now, units = timezone.now(), units_of_roster(member)
    told = typed(request)
    wanted = (told.get("unit") if told else "") or request.GET.get("unit", "") or str(member.unit)
    unit = next((one for one in units if str(one.id) == wanted), None)
    if unit is None:
        raise Http404
    form = forms.OnDuty(queries.who_may_be_on_duty(timezone.localdate(now)), now, told)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            answers = form.cleaned_data
            actions.set_duty(
                by=member, at=now, unit=unit, user=answers["membership"].user_id, post=answers["post"],
                from_at=answers["from_at"], to_at=answers["to_at"],
            )  # fmt: skip
            return redirect(f"/duty?unit={unit.id}")
        status = 422
    rows = queries.duties_of(unit.id, now, DUTIES + 1, place(request.GET.get("after", "")))
    context = {
        "unit": unit,
        "units": units,
        "rows": rows[:DUTIES],
        "more": Place(rows[DUTIES - 1].from_at, rows[DUTIES - 1].id).mark() if len(rows) > DUTIES else "",
        "posts": dict(forms.POSTS),
        "form": form,
        "now": now,
    }
    return render(request, "accounts/duty.jinja", context, status=status)


@page(Permission.DUTY_ROSTER_SET)
@require_POST
def end_duty(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    """Ends a duty now, or takes out one that has not begun."""
    member = request.member  # type: ignore[attr-defined]  # put there by the door
    row = duty_for(member, duty_id)
    actions.end_duty(by=member, at=timezone.now(), duty=row)
    return redirect(f"/duty?unit={row.unit_id}")
