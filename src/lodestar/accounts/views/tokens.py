"""The tokens of other systems."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from lodestar.accounts import actions, forms, queries
from lodestar.accounts.door import page, submission_key, typed
from lodestar.accounts.permissions import Permission
from lodestar.kernel.ids import new_id

MOST_REVOKED = 50  # shown; the log holds them all


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
    if not request.POST.get(
        "name", ""
    ).strip():  # what it may do is chosen from the first, and is nothing that was typed
        return redirect("/tokens")
    kept = actions.keep_draft(user=member.user, path="/tokens", key=new_id(), typed=request.POST)
    return redirect("/tokens?draft=1" if kept else "/tokens")
