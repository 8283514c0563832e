"""Signing in, choosing where one is at work, signing out; and one's own account: how one signs in, and one's passkeys."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from lodestar.platform.accounts import access, actions, adapter, forms, queries
from lodestar.platform.accounts.confined_pages import about_oneself
from lodestar.platform.accounts.form_envelope import own_path
from lodestar.platform.accounts.models import Membership, User
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, public, submitted_or_draft
from lodestar.platform.reference.queries import contacts_on
from lodestar.platform.tenancy.tenant_transaction import as_user, within

WRONG = "That name, password and code do not go together. Check all three; the code changes every 30 seconds."
PASSKEY_WRONG = "That passkey is not known here. Sign in another way, and look at your passkeys under Your account."
SIGN_OUT_THERE = "sign_out_there"  # in the session: where one signs out of the force's own sign-in
ONLY = "only"  # in the session: the force whose own sign-in vouched for the person; nobody else's places open by it
HOW = "how"  # in the session: by which way they came in


def _page(request: HttpRequest, form: forms.SignIn, status: int = 200, **more: Any) -> HttpResponse:
    ended = {"1": "after a time without use", "all": "everywhere"}.get(request.GET.get("ended", ""), "")
    there = request.session.get(SIGN_OUT_THERE, "") if request.GET.get("out") else ""
    context = {
        "form": form,
        "ended": ended,
        "sign_out_there": there,
        "after": urlencode({"next": safe_next(request)}) if safe_next(request) else "",
        "forces": _forces(request, again=bool(ended or there)),
        "contacts": contacts_on(timezone.localdate()),
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


@public
@require_POST
def ask_for_passkey(request: HttpRequest) -> HttpResponse:
    """The question for a passkey, whichever the device offers: it says nothing of who has one here."""
    return JsonResponse(adapter.ask_for())


@public
@require_POST
def by_passkey(request: HttpRequest) -> HttpResponse:
    """Signs in whoever holds the passkey that answered. It is two proofs: the device, and its holder's finger, face or PIN."""
    used = adapter.answered_by(request.POST.get("credential", ""))
    if used is None:
        return _page(request, forms.SignIn(), status=422, passkey_wrong=PASSKEY_WRONG)
    used.record_usage()
    return let_in(request, used.user, next_page=safe_next(request), **{HOW: "passkey"})


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
    request.session.update({**place, "not_real": tenant.made_by_demo})
    member = access.member_from(membership)
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
    there = request.session.get(SIGN_OUT_THERE, "")
    logout(request)
    if there:
        request.session[SIGN_OUT_THERE] = there  # of nobody any more: the next page offers it
    response = redirect(f"{settings.LOGIN_URL}?out=1" if there else settings.LOGIN_URL)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def locked_out(request: HttpRequest, original_response: Any = None, credentials: Any = None) -> HttpResponse:
    """Ten wrong tries in five minutes: wait, or ring."""
    response = _page(request, forms.SignIn(), status=429, locked=True)
    response.headers["Retry-After"] = str(int(settings.AXES_COOLOFF_TIME.total_seconds()))
    return response


JUST_NOW = timedelta(minutes=15)  # since they signed in: nobody else has taken the screen over meanwhile
PROVEN_FOR = timedelta(minutes=5)
PROVEN = "passkey_asked"  # in the session: when its person proved that it is them, to make a passkey
NOT_YOU = "That is not your password or the code your app shows now."
SIGN_IN_AGAIN = "Sign out and in again first: you can only do this just after signing in."
NOT_MADE = "No passkey came with it. Press the button again and follow your browser."


def _own(request: HttpRequest) -> User:
    user = queries.active_user(access.member_of(request).user)
    if user is None:
        raise Http404
    return user


def _can_prove(user: User) -> bool:
    """Whether they have a password, or six digits, to show that it is still them."""
    return user.has_usable_password() or "totp" in access.proofs_of(user)


def _unproven(request: HttpRequest, user: User) -> str:
    """Why it may be somebody else at the screen now, in a sentence; nothing where it is the person."""
    proof = request.POST.get("proof", "")
    if _can_prove(user):
        return "" if proof and access.may_unlock(request, proof) else NOT_YOU
    just_now = timezone.now() - datetime.fromisoformat(request.session["began"]) < JUST_NOW
    return "" if just_now else SIGN_IN_AGAIN


@page(Permission.SIGNED_IN, asks=True)
@about_oneself
def account(request: HttpRequest) -> HttpResponse:
    """How one signs in, and one's passkeys; a POST brings the passkey that a device has just made."""
    user = _own(request)
    form = forms.PasskeyName(submitted_or_draft(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        asked = request.session.pop(PROVEN, "")
        is_proven = bool(asked) and timezone.now() - datetime.fromisoformat(asked) < PROVEN_FOR
        credential = adapter.made(request.POST.get("credential", "")) if is_proven else None
        if credential is not None:
            name = form.cleaned_data["name"]
            actions.add_passkey(by=access.member_of(request), at=timezone.now(), name=name, credential=credential)
            return redirect("account")
        form.add_error("name", NOT_MADE)
    context = {
        "form": form,
        "proof": forms.Proof(auto_id="%s") if _can_prove(user) else None,
        "person": user,
        "proofs": access.proofs_of(user),
        "passkeys": adapter.passkeys_of(user),
        "how": request.session.get("how", "password"),
        "choices": queries.own_choices(access.member_of(request)),
        "now": timezone.now(),
    }
    return render(request, "accounts/account.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.SIGNED_IN, asks=True, only="POST")
@about_oneself
def ask(request: HttpRequest) -> HttpResponse:
    """The question with which a device makes a passkey, for whoever shows that it is still them."""
    user = _own(request)
    wrong = _unproven(request, user)
    if wrong:
        return JsonResponse({"said": wrong}, status=422)
    request.session[PROVEN] = timezone.now().isoformat()
    return JsonResponse(adapter.ask_to_make(user))


@page(Permission.SIGNED_IN)
@about_oneself
def passkey(request: HttpRequest, passkey: int) -> HttpResponse:
    """One passkey of one's own: its name, and removing it. The last proof one has stays."""
    user = _own(request)
    row = next((candidate for candidate in adapter.passkeys_of(user) if candidate.pk == passkey), None)
    if row is None:
        raise Http404
    sent = submitted_or_draft(request)
    form = forms.PasskeyName(sent if sent is not None else {"name": row.data["name"]}, auto_id="%s")
    proof = forms.Proof(auto_id="%s")
    member, now = access.member_of(request), timezone.now()
    if request.method == "POST" and "remove" in request.POST:
        wrong = _unproven(request, user)
        try:
            if not wrong and actions.remove_passkey(by=member, at=now, passkey=passkey):
                return redirect("account")
        except actions.LastProof:
            wrong = "It is your only way to prove who you are, so it cannot be removed."
        form = forms.PasskeyName({"name": row.data["name"]}, auto_id="%s")
        proof = forms.Proof({}, auto_id="%s")
        proof.add_error("proof", wrong or "It is removed already.")
    elif request.method == "POST" and form.is_valid():
        actions.name_passkey(by=member, at=now, passkey=passkey, name=form.cleaned_data["name"])
        return redirect("account")
    context = {
        "form": form,
        "proof": proof if access.can_be_removed(user) else None,
        "asks_proof": _can_prove(user),
        "row": row,
        "now": now,
    }
    return render(request, "accounts/passkey.jinja", context, status=422 if request.method == "POST" else 200)
