"""Who may come in by the force's own sign-in: the administrator says so beforehand."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from lodestar.accounts import actions, forms, queries
from lodestar.accounts.access import Member
from lodestar.accounts.door import page, typed
from lodestar.accounts.permissions import Permission

MOST = 100  # accounts shown at once; one person is found by their user name


@page(Permission.FORCE_SIGN_IN_APPROVE)
@require_http_methods(["GET", "HEAD", "POST"])
def identities(request: HttpRequest) -> HttpResponse:
    """The accounts of the force's own sign-in by which people come in, and the form to add one."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    form = forms.ForceAccount(typed(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        user = queries.at_work_by_name(form.cleaned_data["username"])
        if user is None:
            form.add_error("username", f"No one working here today has the user name {form.cleaned_data['username']}")
        else:
            try:
                actions.approve_identity(by=member, at=timezone.now(), user=user, named=form.cleaned_data["named"])
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


@page(Permission.FORCE_SIGN_IN_APPROVE)
@require_POST
def end_identity(request: HttpRequest, identity_id: UUID) -> HttpResponse:
    """Ends an account at once: nobody comes in by it any more."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    if not actions.end_identity(by=member, at=timezone.now(), identity=identity_id):
        raise Http404
    return redirect("force-sign-ins")
