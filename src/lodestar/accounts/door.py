"""The one door that every page stands behind: its permission, its tenant, its two transactions."""

import os
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect

from lodestar.accounts import actions
from lodestar.accounts.access import confirmed_member
from lodestar.accounts.permissions import Permission
from lodestar.accounts.queries import latest_draft
from lodestar.tenancy.within import within

View = Callable[..., HttpResponse]
SAFE_METHODS = ("GET", "HEAD")


def page(permission: Permission) -> Callable[[View], View]:
    """Declares the permission of a view and puts it behind the door.

    A GET runs in one transaction within the member's tenant. A POST runs in two: the first keeps what was typed as a
    draft, the second does the action and drops the draft; a repeated submission key is answered with the first result.
    Whoever lacks the permission sees what is seen where nothing is.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, **where: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect(f"{settings.LOGIN_URL}?next={request.path}")
            if "tenant" not in request.session:
                return redirect("/start")
            if request.session.get("hidden"):
                return redirect("/clock")
            if request.method in SAFE_METHODS:
                with within(request.session["tenant"]):
                    _admit(request, permission)
                    return view(request, **where)
            return _post(request, view, permission, where)

        door.permission = permission  # type: ignore[attr-defined]  # read by the tests of every URL
        return door

    return declare


def public(view: View) -> View:
    """Declares a view that needs no sign-in. The list of them stands in tests/access.toml."""
    view.permission = None  # type: ignore[attr-defined]  # read by the tests of every URL
    return view


def _admit(request: HttpRequest, permission: Permission) -> None:
    member = confirmed_member(request)
    if member is None or not member.may(permission):
        raise Http404
    request.member = member  # type: ignore[attr-defined]  # one attribute, read by views and the shell


def kill_point(name: str) -> None:
    """Ends the process here if a test asks for it (settings.KILL_AT, in the test environment only)."""
    if settings.KILL_AT == name:
        os._exit(137)


def _post(request: HttpRequest, view: View, permission: Permission, where: dict[str, Any]) -> HttpResponse:
    tenant, key = request.session["tenant"], submission_key(request)
    kill_point("before")
    with within(tenant):
        _admit(request, permission)
        first = actions.first_result(user=request.user.pk, key=key)
        if first is None:
            actions.keep_draft(user=request.user.pk, path=form_path(request), key=key, typed=request.POST)
    if first is not None:
        return HttpResponseRedirect(first)
    kill_point("between")
    with within(tenant):
        submission = actions.claim_submission(user=request.user.pk, key=key)
        if submission is None:
            return HttpResponseRedirect(actions.first_result(user=request.user.pk, key=key) or form_path(request))
        _admit(request, permission)
        response = view(request, **where)
        if isinstance(response, HttpResponseRedirect):
            actions.settle_submission(submission, location=response.url)
        else:
            transaction.set_rollback(True)  # a form shown again did nothing; its draft stays
        kill_point("inside")
    kill_point("after")
    return response


def submission_key(request: HttpRequest) -> UUID:
    """The key of the form sent. A form without one cannot be told from its repeat, so it is refused (404)."""
    try:
        return UUID(request.POST.get("submission_key", ""))
    except ValueError:
        raise Http404 from None


def typed(request: HttpRequest) -> QueryDict | None:
    """What a form on this page is to show: what was just sent, or with ?draft=1 what was typed before and not sent.

    None is a fresh form. A draft taken up again keeps its key, so that sending it drops it.
    """
    if request.method == "POST":
        return request.POST
    if request.GET.get("draft"):
        draft = latest_draft(request.user.pk, request.path)
        if draft is not None:
            request.resumed_key = str(draft.key)  # type: ignore[attr-defined]  # read by the shell
            return actions.draft_values(draft)
    return None


def form_path(request: HttpRequest) -> str:
    """The page a form stands on: quick hide posts it elsewhere."""
    path = request.POST.get("form_path", request.path)
    return path[:300] if path.startswith("/") and not path.startswith("//") else request.path
