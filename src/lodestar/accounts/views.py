"""Signing in, choosing where one is at work, signing out; who is on duty; and the tokens of other systems."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from lodestar.accounts import actions, forms, queries
from lodestar.accounts.access import confirmed_member, duty_for, member_from, units_of_roster
from lodestar.accounts.door import own_path, page, public, submission_key, typed
from lodestar.accounts.models import Membership, User
from lodestar.accounts.permissions import Permission
from lodestar.kernel.ids import new_id
from lodestar.kernel.paging import Place, place
from lodestar.reference.queries import contacts_on
from lodestar.tenancy.within import as_user, within

WRONG = "That name, password and code do not go together. Check all three; the code changes every 30 seconds."
DUTIES = 20  # of a unit's roster on one page
MOST_REVOKED = 50  # shown; the log holds them all


def _page(request: HttpRequest, form: forms.SignIn, status: int = 200, **more: Any) -> HttpResponse:
    ended = request.GET.get("ended") == "1"
    context = {"form": form, "ended": ended, "contacts": contacts_on(timezone.localdate()), **more}
    return render(request, "accounts/sign_in.jinja", context, status=status)


@public
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name, password and code on one page; who to ring stands beside them."""
    if request.method != "POST":
        return redirect("/start") if request.user.is_authenticated else _page(request, forms.SignIn())
    form = forms.SignIn(request.POST)
    if form.is_valid():
        user = authenticate(request, **form.cleaned_data)
        if isinstance(user, User):
            login(request, user, backend=settings.AUTHENTICATION_BACKENDS[-1])
            now = timezone.now().isoformat()
            request.session.update({"began": now, "seen": now, "next": _safe_next(request)})
            return redirect("/start")
        form.add_error(None, WRONG)
    typed = request.POST.copy()
    typed["code"] = ""  # the next one will be another
    form.data = typed
    return _page(request, form, status=422)


def _safe_next(request: HttpRequest) -> str:
    address = own_path(request.GET.get("next", ""))
    return address if address != "/" else ""


@public
def start(request: HttpRequest) -> HttpResponse:
    """Where the person is at work today: the only place they have, or the one they pick."""
    if not request.user.is_authenticated:
        return redirect(settings.LOGIN_URL)
    if "tenant" in request.session:
        return redirect("/my-work")  # at work already; to change places one signs out
    with as_user(request.user.pk):
        memberships = list(queries.memberships_today(request.user.pk))
    chosen = memberships if len(memberships) == 1 else [m for m in memberships if str(m.id) == request.POST.get("at")]
    if chosen:
        return _begin(request, chosen[0])
    tenants = queries.tenant_names([membership.tenant for membership in memberships])
    return render(
        request,
        "accounts/start.jinja",
        {"places": [(m.id, tenants[m.tenant].name, ", ".join(m.roles)) for m in memberships]},
        status=200 if memberships else 403,
    )


def _begin(request: HttpRequest, membership: Membership) -> HttpResponse:
    tenant = queries.tenant_names([membership.tenant])[membership.tenant]
    request.session.update(
        {
            "tenant": tenant.slug,
            "tenant_name": tenant.name,
            "membership": str(membership.id),
            "not_real": tenant.made_by_demo,
        }
    )
    with within(tenant.slug):
        actions.signed_in(by=member_from(membership), at=timezone.now())
    return redirect(request.session.pop("next", "") or "/my-work")


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session; the browser is asked to forget."""
    if request.user.is_authenticated and "tenant" in request.session:
        with within(request.session["tenant"]):
            member = confirmed_member(request)
            if member is not None:
                actions.signed_out(by=member, at=timezone.now())
    logout(request)
    response = redirect(settings.LOGIN_URL)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def locked_out(request: HttpRequest, original_response: Any = None, credentials: Any = None) -> HttpResponse:
    """Ten wrong tries in five minutes: wait, or ring."""
    form = forms.SignIn()
    response = _page(request, form, status=429, locked=True)
    response.headers["Retry-After"] = str(int(settings.AXES_COOLOFF_TIME.total_seconds()))
    return response


# --- tokens of other systems -----------------------------------------------------------------------------------------


@page(Permission.TOKEN_MANAGE, asks=True)
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens of other systems, and making one. Its text stands in the answer to the form and nowhere else."""
    form = forms.MakeToken(typed(request), auto_id="%s")
    made, repeated, status = None, False, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            made = actions.make_token(
                by=request.member,  # type: ignore[attr-defined]  # put there by the door
                at=timezone.now(),
                token=submission_key(request),
                name=form.cleaned_data["name"],
                permission=form.cleaned_data["may"],
            )
            repeated, status = made is None, 200
            actions.drop_draft(user=request.member.user, key=submission_key(request))  # type: ignore[attr-defined]  # the same
    rows = list(queries.tokens())
    context = {
        "form": form,
        "made": made,
        "repeated": repeated,
        "in_force": [token for token in rows if not token.revoked_at],
        "revoked": [token for token in rows if token.revoked_at][:MOST_REVOKED],
        "now": timezone.now(),
    }
    return render(request, "accounts/tokens.jinja", context, status=status)


@page(Permission.TOKEN_MANAGE)
@require_POST
def revoke(request: HttpRequest, token: UUID) -> HttpResponse:
    """Ends a token at once. The name of another, half written beside the button, is there again."""
    member = request.member  # type: ignore[attr-defined]  # put there by the door
    if not actions.revoke_token(by=member, at=timezone.now(), token=token):
        raise Http404
    if not request.POST.get("name", "").strip():  # what it may do is chosen from the first, and is nothing that was typed
        return redirect("/tokens")
    kept = actions.keep_draft(user=member.user, path="/tokens", key=new_id(), typed=request.POST)
    return redirect("/tokens?draft=1" if kept else "/tokens")


# --- who is on duty --------------------------------------------------------------------------------------------------


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
