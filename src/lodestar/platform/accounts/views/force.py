"""Signing in by the force's own sign-in, and the second proof that Lodestar asks where that asked for none."""

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import authenticate
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from lodestar.platform.accounts import actions, forms, openid, queries
from lodestar.platform.accounts.access import has_digits
from lodestar.platform.accounts.force_sign_in import Provider
from lodestar.platform.accounts.models import ForceIdentity, User
from lodestar.platform.accounts.request_flow import public
from lodestar.platform.accounts.views.sign_in import HOW, ONLY, let_in, safe_next
from lodestar.platform.tenancy.tenant_transaction import within

NOBODY = UUID(int=0)  # whom the force's sign-in named is not known here
ASKED, HALF = "force_asked", "force_half"  # in the session: questions on their way; who is named and still owes a proof
AT_ONCE = 3  # tabs in which one signs in at the same time
GOOD_FOR = timedelta(minutes=10)
_LOG = logging.getLogger(__name__)

# Each is one sentence, and says what to do.
ASK = "your force’s administrator of Lodestar"
AWAY = "Your force’s sign-in does not answer just now: try again in a minute, or sign in with your password."
BEGIN_AGAIN = "This sign-in was begun too long ago, or in another browser: begin it again."
NOT_LET_IN = "Your force’s sign-in did not let you in: try again, or ask your force’s IT desk."
NOT_BELIEVED = f"What your force’s sign-in answered could not be checked: try again, and if it happens again tell {ASK}."
NOT_KNOWN = f"The account you signed in with has no access to Lodestar: ask {ASK} to add it."
NO_PROOF = f"Your force’s sign-in did not ask for a second proof, and you have no code generator here: ask {ASK}."
WRONG = "That is not the code that your app shows now. It changes every 30 seconds."


def _provider(force: str) -> Provider:
    if force not in settings.FORCE_SIGN_IN:
        raise Http404
    provider: Provider = settings.FORCE_SIGN_IN[force]
    return provider


def _back_to(request: HttpRequest, force: str) -> str:
    return request.build_absolute_uri(reverse("force-sign-in-back", args=[force]))


def _refused(request: HttpRequest, sentence: str, status: int, force: str = "") -> HttpResponse:
    return render(request, "accounts/not_let_in.jinja", {"sentence": sentence, "force": force}, status=status)


@public
@require_GET
def begin(request: HttpRequest, force: str) -> HttpResponse:
    """Sends the browser to the force's own sign-in, with a question that its answer must fit."""
    provider = _provider(force)
    if request.user.is_authenticated:
        return redirect("/start")
    again = request.GET.get("again") == "1"
    try:
        asked = openid.begin(provider, back_to=_back_to(request, force), oldest=settings.SESSION_ABSOLUTE, again=again)
    except openid.NotSignedIn as error:
        _LOG.warning("the sign-in of %s cannot be begun: %s", force, error)
        return _refused(request, AWAY, 503)
    waiting = list(request.session.get(ASKED, {}).items())[1 - AT_ONCE :]
    question = {"force": force, "nonce": asked.nonce, "verifier": asked.verifier, "next": safe_next(request)}
    request.session[ASKED] = {**dict(waiting), asked.state: {**question, "at": timezone.now().isoformat()}}
    return HttpResponseRedirect(asked.address)


@public
@require_GET
def back(request: HttpRequest, force: str) -> HttpResponse:
    """What the force's own sign-in answered. Each question is good for one answer."""
    provider = _provider(force)
    if request.user.is_authenticated:
        return redirect("/start")
    waiting = request.session.get(ASKED, {})
    asked = waiting.pop(request.GET.get("state", ""), None)
    request.session[ASKED] = waiting
    if not asked or asked["force"] != force or _is_old(asked["at"]):
        return _refused(request, BEGIN_AGAIN, 400, force)
    code, called = request.GET.get("code", ""), request.GET.get("iss", provider.issuer)  # RFC 9207
    if request.GET.get("error") or not code:
        return _refused(request, NOT_LET_IN, 403, force)
    try:
        if called != provider.issuer:
            raise openid.NotSignedIn("another provider answered")
        provider_identity = openid.finish(
            provider, code=code, nonce=asked["nonce"], verifier=asked["verifier"], back_to=_back_to(request, force),
            oldest=settings.SESSION_ABSOLUTE, now=timezone.now(),
        )  # fmt: skip
    except openid.Away as error:
        _LOG.warning("the sign-in of %s does not answer: %s", force, error)
        return _refused(request, AWAY, 503, force)
    except openid.NotSignedIn as error:
        _LOG.warning("the sign-in of %s is not believed: %s", force, error)
        return _refused(request, NOT_BELIEVED, 403, force)
    return _admit_or_refuse(request, provider, provider_identity, asked["next"])


def _is_old(at: str) -> bool:
    return timezone.now() - datetime.fromisoformat(at) > GOOD_FOR


def _admit_or_refuse(
    request: HttpRequest, provider: Provider, provider_identity: openid.ProviderIdentity, next_page: str
) -> HttpResponse:
    """Whom it named, let in, asked for more, or turned away. At the first use of an account the person's own code is asked
    for besides, where they have one: whoever approved it cannot come in as them by an account of their own."""
    now = timezone.now()
    with within(provider.force):
        identity = queries.identity_of(provider.issuer, provider_identity.subject, provider_identity.account_name, now)
        is_known = identity is not None and queries.memberships_today(identity.user_id).exists()
        if not is_known:
            actions.turned_away(by=identity.user_id if identity else NOBODY, at=now, why="not known")
    if identity is None or not is_known:
        return _refused(request, NOT_KNOWN, 403, provider.force)
    half = {
        "identity": str(identity.id),
        "user": str(identity.user_id),
        "force": provider.force,
        "subject": provider_identity.subject,
        "next": next_page,
        "at": now.isoformat(),
    }
    proves_here = has_digits(identity.user_id)
    if not provider_identity.second_factor or (identity.bound_at is None and proves_here):
        if not proves_here:
            return _refused(request, NO_PROOF, 403, provider.force)
        request.session[HALF] = half
        return redirect("second-proof")
    return _let_in(request, identity.user, half)


def _let_in(request: HttpRequest, user: User, half: dict[str, Any]) -> HttpResponse:
    provider, now = _provider(half["force"]), timezone.now()
    with within(provider.force):
        identity: ForceIdentity | None = queries.identities().filter(id=half["identity"], ended_at__isnull=True).first()
        is_bound = identity is not None and identity.bound_at is not None and identity.subject == half["subject"]
        if not is_bound and not actions.bind_identity(
            by=user.id, at=now, identity=UUID(half["identity"]), issuer=provider.issuer, subject=half["subject"]
        ):
            actions.turned_away(by=user.id, at=now, why="not bound")
            return _refused(request, NOT_KNOWN, 403, provider.force)
    return let_in(request, user, next_page=half["next"], **{ONLY: provider.force, HOW: "force"})


def _half(request: HttpRequest) -> tuple[dict[str, Any], User] | None:
    """Whom the force's own sign-in named a moment ago in this session, and who still owes a proof."""
    half = request.session.get(HALF)
    if request.user.is_authenticated or not half or half["force"] not in settings.FORCE_SIGN_IN or _is_old(half["at"]):
        return None
    user = queries.active_user(UUID(half["user"]))
    return (half, user) if user else None


@public
@require_http_methods(["GET", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """The six digits of whom the force's own sign-in named. Nobody is signed in until they fit."""
    pending = _half(request)
    if pending is None:
        return redirect(settings.LOGIN_URL)
    half, user = pending
    form = forms.SecondProof(request.POST if request.method == "POST" else None)
    if form.is_valid():
        proven = authenticate(request, username=user.username, code=form.cleaned_data["code"], after_force=user.id)
        if isinstance(proven, User):
            del request.session[HALF]
            return _let_in(request, proven, half)
        form.add_error("code", WRONG)
    return render(request, "accounts/second.jinja", {"form": form}, status=422 if form.errors else 200)
