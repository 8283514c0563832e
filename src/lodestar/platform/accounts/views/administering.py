"""What an administrator and a supervisor set: the tokens of other systems, who may come in by the force's own sign-in, who is on
duty."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.platform.accounts import actions, forms, queries
from lodestar.platform.accounts.access import duty_for, member_of, units_of_roster
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import WARNED, last_day_possible
from lodestar.platform.accounts.request_flow import page, submission_key, submitted_or_draft
from lodestar.platform.design.when import day as shown_day
from lodestar.platform.text.ids import new_id
from lodestar.platform.text.paging import Place, place

MOST_ENDED = 50  # shown; the log holds them all


@page(Permission.TOKEN_MANAGE, asks=True)
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens of other systems, and making one. Its text stands in the answer to the form and nowhere else."""
    now = timezone.now()
    today = timezone.localdate(now)
    form = forms.MakeToken(today, submitted_or_draft(request))
    made, repeated, is_wrong = None, False, request.method == "POST" and not form.is_valid()
    if request.method == "POST" and not is_wrong:
        member, key = member_of(request), submission_key(request)
        typed = form.cleaned_data
        made = actions.make_token(
            by=member, at=now, token=key, name=typed["name"], permission=typed["may"], last_day=typed["last_day"]
        )
        repeated = made is None
        actions.drop_draft(user=member.user, key=key)
    rows = list(queries.tokens())
    context = {
        "form": form,
        "made": made,
        "repeated": repeated,
        "in_force": [token for token in rows if not token.revoked_at and token.last_day >= today],
        "ended": [token for token in rows if token.revoked_at or token.last_day < today][:MOST_ENDED],
        "warn_until": today + WARNED,
        "now": now,
    }
    return render(request, "accounts/tokens.jinja", context, status=422 if is_wrong else 200)


@page(Permission.TOKEN_MANAGE, only="POST")
def revoke(request: HttpRequest, token: UUID) -> HttpResponse:
    """Ends a token at once. The name of another, half written beside the button, is there again."""
    member = member_of(request)
    if not actions.revoke_token(by=member, at=timezone.now(), token=token):
        raise Http404
    name, last_day = (request.POST.get(box, "").strip() for box in ("name", "last_day"))
    shown = shown_day(last_day_possible(timezone.localdate()))
    if not name and last_day in ("", shown):  # what is chosen from the first is nothing that was typed
        return redirect("/tokens")
    is_kept = actions.keep_draft(user=member.user, path="/tokens", key=new_id(), typed=request.POST)
    return redirect("/tokens?draft=1" if is_kept else "/tokens")


MOST = 100  # accounts shown at once; one person is found by their user name


@page(Permission.FORCE_SIGN_IN_APPROVE)
def identities(request: HttpRequest) -> HttpResponse:
    """The accounts of the force's own sign-in by which people come in, and the form to add one."""
    member = member_of(request)
    form = forms.ForceAccount(submitted_or_draft(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        user = queries.at_work_by_name(form.cleaned_data["username"])
        if user is None:
            form.add_error("username", f"No one working here today has the user name {form.cleaned_data['username']}")
        else:
            try:
                actions.approve_identity(by=member, at=timezone.now(), user=user, account_name=form.cleaned_data["named"])
                return redirect("force-sign-ins")
            except actions.UnableToApprove as error:
                form.add_error("named", str(error))
    wanted = request.GET.get("who", "").strip().lower()[:80]
    rows = queries.identities()
    rows = rows.filter(user__username=wanted) if wanted else rows
    context = {
        "form": form,
        "provider": settings.FORCE_SIGN_IN.get(member.tenant),
        "rows": list(rows.filter(ended_at__isnull=True)[: MOST + 1]),
        "ended": list(rows.filter(ended_at__isnull=False)[:20]),
        "most": MOST,
        "wanted": wanted,
        "lapses": timezone.now() - queries.FIRST_USE_WITHIN,
    }
    return render(request, "accounts/identities.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.FORCE_SIGN_IN_APPROVE, only="POST")
def end_identity(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """Ends an account at once: nobody comes in by it any more."""
    member = member_of(request)
    if not actions.end_identity(by=member, at=timezone.now(), identity=identity_id):
        raise Http404
    return redirect("force-sign-ins")


DUTIES = 20  # of a unit's roster on one page


@page(Permission.DUTY_ROSTER_SET)
def duty(request: HttpRequest) -> HttpResponse:
    """Who is on duty for a unit, now and to come, and the form to say who is."""
    member = member_of(request)
    now, units = timezone.now(), units_of_roster(member)
    submitted = submitted_or_draft(request)
    wanted = (submitted.get("unit") if submitted else "") or request.GET.get("unit", "") or str(member.unit)
    unit = next((candidate for candidate in units if str(candidate.id) == wanted), None)
    if unit is None:
        raise Http404
    form = forms.OnDuty(queries.who_may_be_on_duty(timezone.localdate(now)), now, submitted)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        actions.set_duty(
            by=member, at=now, unit=unit, user=answers["membership"].user_id, post=answers["post"],
            from_at=answers["from_at"], to_at=answers["to_at"],
        )  # fmt: skip
        return redirect(f"/duty?unit={unit.id}")
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
    return render(request, "accounts/duty.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.DUTY_ROSTER_SET, only="POST")
def end_duty(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    """Ends a duty now, or takes out one that has not begun."""
    member = member_of(request)
    row = duty_for(member, duty_id)
    actions.end_duty(by=member, at=timezone.now(), duty=row)
    return redirect(f"/duty?unit={row.unit_id}")
