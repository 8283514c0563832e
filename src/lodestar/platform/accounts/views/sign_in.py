"""Signing in, choosing where one is at work, signing out; and one's own account."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from lodestar.platform.accounts import access, actions, forms, queries
from lodestar.platform.accounts.confined_pages import about_oneself
from lodestar.platform.accounts.form_envelope import own_path
from lodestar.platform.accounts.models import Membership, User
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, public
from lodestar.platform.reference.queries import contacts_on
from lodestar.platform.tenancy.tenant_transaction import as_user, within

WRONG = "That name, password and code do not go together. Check all three; the code changes every 30 seconds."
ONLY = "only"  # in the session: the force whose own sign-in vouched for the person; nobody else's places open by it
HOW = "how"  # in the session: by which way they came in


def _page(request: HttpRequest, form: forms.SignIn, status: int = 200, **more: Any) -> HttpResponse:
    ended = {"1": "after a time without use", "all": "everywhere"}.get(request.GET.get("ended", ""), "")
    context = {
        "form": form,
        "ended": ended,
        "after": urlencode({"next": safe_next(request)}) if safe_next(request) else "",
        "forces": _forces(request, again="ended" in request.GET),
        "contacts": contacts_on(timezone.localdate()),
        "filling": None if settings.PRODUCTION else queries.demo_filling(),
        **more,
    }
    return render(request, "accounts/sign_in.jinja", context, status=status)


def _forces(request: HttpRequest, again: bool) -> list[tuple[str, str]]:
    """The forces that have a sign-in of their own, by name, with the address that leads there. After a session has ended
    their own page asks anew: whoever sits at the screen next must not be let in as the one before."""
    if not settings.FORCE_SIGN_IN:
        return []
    tenants = queries.tenant_names(list(settings.FORCE_SIGN_IN))
    parameters = {"next": safe_next(request), "again": "1" if again else ""}
    more = urlencode({name: value for name, value in parameters.items() if value})
    after = f"?{more}" if more else ""
    return [(tenants[slug].name, f"/sign-in/force/{slug}{after}") for slug in settings.FORCE_SIGN_IN if slug in tenants]


@public
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name, password and code on one page; who to ring stands beside them."""
    if request.method != "POST":
        return redirect("/start") if request.user.is_authenticated else _page(request, forms.SignIn())
    form = forms.SignIn(request.POST)
    if form.is_valid():
        user = authenticate(request, **form.cleaned_data)
        if isinstance(user, User):
            return let_in(request, user, next_page=safe_next(request))
        form.add_error(None, WRONG)
    sent = request.POST.copy()
    sent["code"] = ""  # the next one will be another
    form.data = sent
    return _page(request, form, status=422)


def let_in(request: HttpRequest, user: User, *, next_page: str, **session_values: str) -> HttpResponse:
    """Begins the session of somebody who has shown who they are; `kept` goes into it."""
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    now = timezone.now().isoformat()
    request.session.update({"began": now, "seen": now, "next": next_page, **session_values})
    return redirect("/start")


def safe_next(request: HttpRequest) -> str:
    """Where the person meant to go, when that is a page of Lodestar's own."""
    address = own_path(request.GET.get("next", ""))
    return address if address != "/" else ""


@public
def start(request: HttpRequest) -> HttpResponse:
    """Where the person is at work today: the only place they have, or the one they pick."""
    if request.user.is_authenticated and access.is_over(request):
        logout(request)
    if not request.user.is_authenticated:
        return redirect(settings.LOGIN_URL)
    if "tenant" in request.session:
        return redirect("/my-work")  # at work already; to change places one signs out
    with as_user(request.user.pk):
        places = queries.memberships_today(request.user.pk)
        only = request.session.get(ONLY)
        memberships = list(places.filter(tenant=only) if only else places)
    chosen = memberships if len(memberships) == 1 else [m for m in memberships if str(m.id) == request.POST.get("at")]
    if chosen:
        return _begin(request, chosen[0])
    tenants = queries.tenant_names([membership.tenant for membership in memberships])
    places_shown = [(m.id, tenants[m.tenant].name, ", ".join(m.roles)) for m in memberships]
    return render(request, "accounts/start.jinja", {"places": places_shown}, status=200 if memberships else 403)


def _begin(request: HttpRequest, membership: Membership) -> HttpResponse:
    tenant = queries.tenant_names([membership.tenant])[membership.tenant]
    place = {"tenant": tenant.slug, "tenant_name": tenant.name, "membership": str(membership.id)}
    member = access.member_from(membership)
    request.session.update({**place, "not_real": tenant.made_by_demo, "confined": bool(member.database)})
    with within(tenant.slug):
        actions.signed_in(by=member, at=timezone.now(), how=request.session.get(HOW, "password"))
    return redirect(request.session.pop("next", "") or member.home)


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session; the browser is asked to forget."""
    if request.user.is_authenticated and "tenant" in request.session:
        with within(request.session["tenant"]):
            member = access.confirmed_member(request)
            if member is not None:
                actions.signed_out(by=member, at=timezone.now())
    came_by_force = ONLY in request.session
    logout(request)
    response = redirect(f"{settings.LOGIN_URL}?ended=here" if came_by_force else settings.LOGIN_URL)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def locked_out(request: HttpRequest, original_response: Any = None, credentials: Any = None) -> HttpResponse:
    """Ten wrong tries in five minutes: wait, or ring."""
    response = _page(request, forms.SignIn(), status=429, locked=True)
    response.headers["Retry-After"] = str(int(settings.AXES_COOLOFF_TIME.total_seconds()))
    return response


@page(Permission.SIGNED_IN, only="GET")
@about_oneself
def account(request: HttpRequest) -> HttpResponse:
    """How one signed in, what one chooses for oneself, and signing out."""
    member = access.member_of(request)
    context = {
        "person": member, "has_digits": access.has_digits(member.user), "how": request.session.get(HOW, "password"),
        "choices": queries.own_choices(member),
    }  # fmt: skip
    return render(request, "accounts/account.jinja", context)
