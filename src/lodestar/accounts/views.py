"""Signing in, choosing where one is at work, signing out."""

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from lodestar.accounts import actions, forms, queries
from lodestar.accounts.access import member_from
from lodestar.accounts.door import public
from lodestar.accounts.models import Membership, User
from lodestar.reference.queries import contacts_on
from lodestar.tenancy.within import as_user, within

WRONG = "That name, password and code do not go together. Check all three; the code changes every 30 seconds."


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
    return _page(request, form, status=422)


def _safe_next(request: HttpRequest) -> str:
    address = request.GET.get("next", "")
    return address if url_has_allowed_host_and_scheme(address, allowed_hosts=None) and address != "/" else ""


@public
def start(request: HttpRequest) -> HttpResponse:
    """Where the person is at work today: the only place they have, or the one they pick."""
    if not request.user.is_authenticated:
        return redirect(settings.LOGIN_URL)
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
    logout(request)
    response = redirect(settings.LOGIN_URL)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def locked_out(request: HttpRequest, original_response: Any = None, credentials: Any = None) -> HttpResponse:
    """Ten wrong tries in five minutes: wait, or ring."""
    form = forms.SignIn()
    return _page(request, form, status=429, locked=True)
