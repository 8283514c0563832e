"""A person's own account: how they sign in, their passkeys, and signing out."""

from datetime import datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from lodestar.accounts import actions, adapter, forms, queries
from lodestar.accounts.access import can_be_removed, may_unlock, proofs_of
from lodestar.accounts.door import page, typed
from lodestar.accounts.models import User
from lodestar.accounts.permissions import Permission

JUST_NOW = timedelta(minutes=15)  # since they signed in: nobody else has taken the screen over meanwhile
PROVEN_FOR = timedelta(minutes=5)
PROVEN = "passkey_asked"  # in the session: when its person proved that it is them, to make a passkey
NOT_YOU = "That is not your password or the code your app shows now."
SIGN_IN_AGAIN = "Sign out and in again first: you can only do this just after signing in."
NOT_MADE = "No passkey came with it. Press the button again and follow your browser."


def _own(request: HttpRequest) -> User:
    user = queries.active_user(request.member.user)  # type: ignore[attr-defined]  # the door sets it
    if user is None:
        raise Http404
    return user


def _can_prove(user: User) -> bool:
    """Whether they have a password, or six digits, to show that it is still them."""
    return user.has_usable_password() or "totp" in proofs_of(user)


def _unproven(request: HttpRequest, user: User) -> str:
    """Why it may be somebody else at the screen now, in a sentence; nothing where it is the person."""
    proof = request.POST.get("proof", "")
    if _can_prove(user):
        return "" if proof and may_unlock(request, proof) else NOT_YOU
    just_now = timezone.now() - datetime.fromisoformat(request.session["began"]) < JUST_NOW
    return "" if just_now else SIGN_IN_AGAIN


@page(Permission.SIGNED_IN, asks=True)
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """How one signs in, and one's passkeys; a POST brings the passkey that a device has just made."""
    user = _own(request)
    form = forms.PasskeyName(typed(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        asked = request.session.pop(PROVEN, "")
        is_proven = bool(asked) and timezone.now() - datetime.fromisoformat(asked) < PROVEN_FOR
        credential = adapter.made(request.POST.get("credential", "")) if is_proven else None
        if credential is not None:
            name = form.cleaned_data["name"]
            actions.add_passkey(by=request.member, at=timezone.now(), name=name, credential=credential)  # type: ignore[attr-defined]  # the door sets it
            return redirect("account")
        form.add_error("name", NOT_MADE)
    context = {
        "form": form,
        "proof": forms.Proof(auto_id="%s") if _can_prove(user) else None,
        "person": user,
        "proofs": proofs_of(user),
        "passkeys": adapter.passkeys_of(user),
        "how": request.session.get("how", "password"),
        "now": timezone.now(),
    }
    return render(request, "accounts/account.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.SIGNED_IN, asks=True)
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """The question with which a device makes a passkey, for whoever shows that it is still them."""
    user = _own(request)
    wrong = _unproven(request, user)
    if wrong:
        return JsonResponse({"said": wrong}, status=422)
    request.session[PROVEN] = timezone.now().isoformat()
    return JsonResponse(adapter.ask_to_make(user))


@page(Permission.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def passkey(request: HttpRequest, passkey: int) -> HttpResponse:
    """One passkey of one's own: its name, and removing it. The last proof one has stays."""
    user = _own(request)
    row = next((one for one in adapter.passkeys_of(user) if one.pk == passkey), None)
    if row is None:
        raise Http404
    sent = typed(request)
    form = forms.PasskeyName(sent if sent is not None else {"name": row.data["name"]}, auto_id="%s")
    proof = forms.Proof(auto_id="%s")
    member, now = request.member, timezone.now()  # type: ignore[attr-defined]  # the door sets it
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
        "proof": proof if can_be_removed(user) else None,
        "asks_proof": _can_prove(user),
        "row": row,
        "now": now,
    }
    return render(request, "accounts/passkey.jinja", context, status=422 if request.method == "POST" else 200)
