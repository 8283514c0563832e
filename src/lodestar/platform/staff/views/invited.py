"""The first sign-in of somebody who was invited: they show their code, and choose a password and a code generator."""

from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lodestar.platform.accounts.request_flow import public
from lodestar.platform.staff import queries
from lodestar.platform.staff.actions.requests import answer_invitation, code_hash
from lodestar.platform.staff.forms import InvitationCode, OwnProofs
from lodestar.platform.staff.models import Invitation
from lodestar.platform.tenancy.tenant_transaction import within

NOT_GOOD = "That user name and code do not go together, or the invitation has ended. Ask your administrator for another"
WRONG_DIGITS = "Those are not the digits your app shows now"


@public
def invited(request: HttpRequest, force: str) -> HttpResponse:
    """The code first, then a password and the six digits; the process of the database's owner lets them in a moment later."""
    tenant = queries.force_named(force)
    if tenant is None:
        raise Http404
    if request.method != "POST":
        return _page(request, InvitationCode(auto_id="%s"))
    with within(tenant.slug):
        form = InvitationCode(request.POST, auto_id="%s")
        invitation = _invitation(form)
        if invitation is None:
            if form.is_valid():
                form.add_error(None, NOT_GOOD)
            return _page(request, form, status=422)
        if "secret" not in request.POST:
            initial = {**form.cleaned_data, "secret": generate_totp_secret()}
            return _page(request, OwnProofs(auto_id="%s", initial=initial), invitation)
        proofs = OwnProofs(request.POST, auto_id="%s")
        if proofs.is_valid() and not shows(proofs.cleaned_data["secret"], proofs.cleaned_data["digits"]):
            proofs.add_error("digits", WRONG_DIGITS)
        if not proofs.is_valid():
            return _page(request, proofs, invitation, status=422)
        answers = proofs.cleaned_data
        answer_invitation(
            by=invitation.user_id, at=timezone.now(), invitation=invitation, password=answers["password"],
            secret=answers["secret"],
        )  # fmt: skip
    return render(request, "staff/invited_done.jinja", {"username": invitation.user.username})


def _invitation(form: InvitationCode) -> Invitation | None:
    if not form.is_valid():
        return None
    answers = form.cleaned_data
    return queries.invitation_by(answers["username"], code_hash(answers["code"]), timezone.now())


def shows(secret: str, digits: str) -> bool:
    """Whether a code generator of this secret shows these digits now, or half a minute before or after."""
    given = "".join(filter(str.isdecimal, digits))
    return given in [format_hotp_value(hotp_value(secret, counter)) for counter in yield_hotp_counters_from_time()]


def _page(request: HttpRequest, form: InvitationCode, invitation: Invitation | None = None, status: int = 200) -> HttpResponse:
    """The code, or what is chosen; a password is never shown again."""
    context = {"form": form, "invitation": invitation}
    return render(request, "staff/invited.jinja", context, status=status)
