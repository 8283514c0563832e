"""The one door that every page stands behind: its permission, its tenant, its two transactions."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any, Literal
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.contrib.auth import logout
from django.db import IntegrityError, OperationalError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_POST, require_safe
from psycopg.errors import DeadlockDetected, UniqueViolation

from lodestar.platform.accounts import actions
from lodestar.platform.accounts.access import confirmed_member, is_over, look_refused
from lodestar.platform.accounts.confined_pages import confined_view
from lodestar.platform.accounts.form_envelope import form_path, is_anothers, way_here, words_typed
from lodestar.platform.accounts.models import Draft, Submission
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import draft_at, memberships_today
from lodestar.platform.tenancy.tenant_transaction import as_user, within
from lodestar.platform.text.ids import id_in, new_id

View = Callable[..., HttpResponse]
METHODS = ("GET", "HEAD", "POST")
SAFE_METHODS = ("GET", "HEAD")
NO_FORM_HERE = 405
AT_ONCE = (UniqueViolation, DeadlockDetected)  # what somebody else wrote at the same moment came first
TRIES = 5  # of one form: as many may write the same at one moment


class NoPlace(Exception):
    """The membership that the session was begun with does not hold any more."""


class NotTheirs(Http404):
    """Whoever is at work here lacks the permission of the page; they may have had it when they opened it."""


def page(
    permission: Permission, *, besides: Permission | None = None, asks: bool = False, only: Literal["GET", "POST"] | None = None
) -> Callable[[View], View]:
    """Declares the permission of a view and puts it behind the door; with `only` it shows ("GET") or takes a form ("POST").

    A GET runs in one transaction within the member's tenant. A POST runs in two: the first keeps what was typed as a
    draft, the second does the action and drops the draft; a repeated submission key is answered with the first result.
    What trips over a row that somebody else wrote at the same moment is done again, and finds that row.
    Whoever lacks the permission, and the one that serves `besides`, sees what is seen where nothing is. With `asks` a POST is a
    question: a page answers it, in one transaction, and nothing that was typed is kept.
    """

    allowed = (permission, besides) if besides else (permission,)

    def declare(view: View) -> View:
        if only:
            view = {"GET": require_safe, "POST": require_POST}[only](view)

        @wraps(view)
        def guarded_view(request: HttpRequest, **where: Any) -> HttpResponse:
            if request.method not in METHODS:
                return HttpResponseNotAllowed(METHODS)
            turned_away = _turned_away(request)
            if turned_away is not None:
                return turned_away
            if request.method == "POST" and is_anothers(request, request.POST):
                return _given_back(request, is_anothers=True)
            try:
                if request.method == "POST" and not asks:
                    return _post(request, view, allowed, where)
                with within(request.session["tenant"]):
                    _admit(request, allowed)
                    _file_missing(request)
                    response = _is_a_page(request, confined_view(request, view, where, allowed))
                    if response.status_code >= 400:
                        transaction.set_rollback(True)
                    return response
            except NoPlace:
                return _to_another_place(request)
            except Http404 as error:
                draft = _refused(request, where, error)
                if draft is None:
                    raise
                return redirect(f"/drafts/{draft.id}?no=form")

        vars(guarded_view).update(permission=permission, allowed=allowed, asks=asks)  # for `may_open`, and tests of every URL
        return guarded_view

    return declare


def _refused(request: HttpRequest, where: dict[str, Any], error: Http404) -> Draft | None:
    """Record that a page did not open, and keep what was typed for it. Return the member's own draft that a GET names: it has a
    page of its own."""
    if isinstance(error, NotTheirs):
        keep_typed(request)
    _record_refusal(request, where)
    if request.method not in SAFE_METHODS or not request.GET.get("draft") or "tenant" not in request.session:
        return None
    with within(request.session["tenant"]):
        return _draft(request)


def _record_refusal(request: HttpRequest, where: dict[str, Any]) -> None:
    """Writes down that somebody at work asked for a thing that they are not shown: not there and not theirs alike, after what
    the page itself did is undone."""
    member = getattr(request, "member", None)
    if member is not None and where:
        with within(member.tenant):
            look_refused(member, request.path, where)


def public(view: View) -> View:
    """Declares a view that needs no sign-in. The list of them stands in tests/access.toml."""

    @wraps(view)
    def public_view(request: HttpRequest, **where: Any) -> HttpResponse:
        return _is_a_page(request, view(request, **where))

    public_view.permission = None  # type: ignore[attr-defined]  # read by the tests of every URL
    return public_view


def _is_a_page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer, unless somebody typed an address that only takes forms: an empty sheet would tell them nothing (404). What
    was typed there and not sent stands on a page of its own."""
    if response.status_code == NO_FORM_HERE and request.method in SAFE_METHODS:
        draft = _draft(request)
        if draft is None:
            raise Http404
        return redirect(f"/drafts/{draft.id}?no=form")  # which would lead back here
    return response


def _turned_away(request: HttpRequest) -> HttpResponse | None:
    """The answer to whoever is not at work here just now; what they typed comes back or is kept."""
    if request.user.is_authenticated and is_over(request):
        draft_address = keep_typed(request)
        logout(request)
        if draft_address:
            return redirect(to_sign_in(draft_address, ended="all"))
    if not request.user.is_authenticated:
        return signed_out(request) if request.method == "POST" else redirect(to_sign_in(way_here(request)))
    if "tenant" not in request.session:
        is_written = request.method == "POST" and (words_typed(request.POST) or request.FILES)
        return _given_back(request) if is_written else redirect("/start")
    if request.session.get("hidden"):
        keep_typed(request)
        return redirect("/clock")
    return None


def to_sign_in(back_to: str, *, ended: str = "") -> str:
    """The address of the sign-in that leads back to a page of Lodestar's own; `ended` says why it is asked for again: "1" the
    time was over, "all" the person was signed out everywhere."""
    return f"{settings.LOGIN_URL}?{f'ended={ended}&' if ended else ''}next={quote(back_to)}"


def _admit(request: HttpRequest, allowed: Sequence[Permission]) -> None:
    member = confirmed_member(request)
    if member is None:
        raise NoPlace
    at = request.resolver_match.url_name if request.resolver_match else None
    member = replace(member, page=at or "")
    request.member = member  # type: ignore[attr-defined]  # one attribute, read by views and the shell
    if not any(member.may(permission) for permission in allowed):
        raise NotTheirs


def _to_another_place(request: HttpRequest) -> HttpResponse:
    """Begins again where the person has a place today. What they typed is kept for where they had it; whoever has no place
    there any more has it back at once."""
    tenant, words, files = request.session["tenant"], words_typed(request.POST), file_names(request)
    keep_typed(request)
    for name in ("tenant", "tenant_name", "membership", "not_real", "confined"):
        request.session.pop(name, None)
    if words or files:
        with as_user(_user(request)):
            is_left = memberships_today(_user(request)).filter(tenant=tenant).exists()
        if not is_left:
            missing(request, files)
            return render(request, "accounts/no_place.jinja", {"typed": words}, status=403)
    return redirect("/start")


def kill_point(name: str) -> None:
    """Ends the process here if a test asks for it (settings.KILL_AT, in the test environment only)."""
    if name == settings.KILL_AT:
        os._exit(137)


def _post(request: HttpRequest, view: View, allowed: Sequence[Permission], where: dict[str, Any]) -> HttpResponse:
    tenant, key, user = request.session["tenant"], submission_key(request), _user(request)
    sent = actions.fingerprint(request.POST, request.FILES)
    kill_point("before")
    with within(tenant):
        _admit(request, allowed)
        first = actions.first_result(user=user, key=key)
        if first is not None:
            return _repeat(request, first, sent)
        actions.keep_draft(user=user, path=form_path(request), key=key, typed=request.POST, files=file_names(request))
    kill_point("between")
    for again in range(TRIES, 0, -1):
        try:
            response = _do(request, view, allowed, where, sent)
            break
        except (IntegrityError, OperationalError) as error:
            if again == 1 or not isinstance(error.__cause__, AT_ONCE):
                raise
            for file in _files(request):
                file.seek(0)  # once more: now it reads what the other wrote
    kill_point("after")
    return response


def _given_back(request: HttpRequest, **why: bool) -> HttpResponse:
    """The answer to a form that was drawn for the same person in another force (`is_anothers`), or before they were at work
    for none: it is done and kept nowhere."""
    if request.headers.get("Accept") == "application/json" and why:  # a page's own script, which reads nothing else
        return JsonResponse({"said": "Not saved: someone else is signed in here now"}, status=403)
    missing(request, file_names(request))
    return render(request, "403_csrf.jinja", {"typed": words_typed(request.POST), **why}, status=403)


def _files(request: HttpRequest) -> list[Any]:
    return [file for _, files in request.FILES.lists() for file in files]


def file_names(request: HttpRequest) -> list[str]:
    """What the files are called that were sent with a form."""
    return [str(file.name) for file in _files(request)]


def _do(request: HttpRequest, view: View, allowed: Sequence[Permission], where: dict[str, Any], sent: str) -> HttpResponse:
    """The second transaction of a POST: the action itself, once for each key."""
    tenant, key, user = request.session["tenant"], submission_key(request), _user(request)
    with within(tenant):
        submission = actions.claim_submission(user=user, key=key, sent=sent)
        if submission is None:
            return _repeat(request, actions.first_result(user=user, key=key), sent)
        _admit(request, allowed)
        missing(request, file_names(request))  # told where the form is shown again: a browser sends no file twice
        response = confined_view(request, view, where, allowed)
        if response.status_code == NO_FORM_HERE:
            raise Http404  # a page that takes no form looks like no page to one sent there, whoever sends it
        if isinstance(response, HttpResponseRedirect):
            actions.settle_submission(submission, location=response.url)
        else:
            transaction.set_rollback(True)  # a form shown again did nothing; its draft stays
        kill_point("inside")
    return response


def _repeat(request: HttpRequest, first: Submission | None, sent: str) -> HttpResponse:
    """The answer to a key that was used: where it led, or, with another text or another file under it, the form with that
    text, which says that the file was not added.

    So does a page gone back to, or a draft taken up in two tabs. Within the tenant.
    """
    here = form_path(request)
    if first is None:
        return HttpResponseRedirect(here)
    actions.drop_draft(user=first.user_id, key=first.key)  # kept a moment ago, when the first was not yet done
    key, files = new_id(), file_names(request)
    if first.sent != sent and actions.keep_draft(user=first.user_id, path=here, key=key, typed=request.POST, files=files):
        return HttpResponseRedirect(f"{here}?draft={key}")
    return HttpResponseRedirect(first.location)


def submission_key(request: HttpRequest) -> UUID:
    """The key of the form sent. A form without one cannot be told from its repeat, so it is refused (404)."""
    key = id_in(request.POST.get("submission_key", ""))
    if key is None:
        raise Http404
    return key


def keep_typed(request: HttpRequest, sent: QueryDict | None = None) -> str | None:
    """Keeps what a form was sent with, or as much of it as is given, for a person who cannot have it done just now.

    The address that shows it again, and says which file came with it and has to be chosen again; None where nothing was
    typed, nobody can be told from whom it is, it was drawn for another force, or the page promises that nothing of what is
    typed there is kept.
    """
    if request.method != "POST" or "tenant" not in request.session or not request.user.is_authenticated:
        return None
    files = file_names(request) if sent is None else []
    sent = request.POST if sent is None else sent
    key = id_in(sent.get("submission_key", ""))
    if key is None or is_anothers(request, sent):
        return None
    here = form_path(request, sent)
    if _keeps_nothing(here):
        return None
    with within(request.session["tenant"]):
        if actions.first_result(user=_user(request), key=key) is not None:
            key = new_id()  # the key has had its result
        is_kept = actions.keep_draft(user=_user(request), path=here, key=key, typed=sent, files=files)
    return f"{here}?draft={key}" if is_kept else None


def _keeps_nothing(address: str) -> bool:
    """Whether a form of this page is answered and gone (`asks`), or is of nobody at work: a password is sent to such a page."""
    try:
        view = resolve(address.partition("?")[0]).func
    except Resolver404:
        return False
    return bool(getattr(view, "asks", False)) or getattr(view, "permission", None) is None


def signed_out(request: HttpRequest) -> HttpResponse:
    """The page for whoever sent a form without being signed in any more, with their words to take along: nothing was done."""
    missing(request, file_names(request))
    context = {"typed": words_typed(request.POST), "sign_in_href": to_sign_in(form_path(request))}
    return render(request, "accounts/signed_out.jinja", context, status=403)


def words_here(request: HttpRequest) -> list[str]:
    """What somebody at work wrote for a page that they cannot open any more: just sent, or with ?draft= kept before.

    A case may be sealed, or leave them, while they write. Empty for a page that promises to keep nothing.
    """
    member, page_asked = getattr(request, "member", None), getattr(request.resolver_match, "func", None)
    if member is None or getattr(page_asked, "asks", False):
        return []
    if request.method == "POST":
        missing(request, file_names(request))
        return words_typed(request.POST)
    with within(member.tenant):
        sent = submitted_or_draft(request)
        return words_typed(sent) if sent is not None else []


def submitted_or_draft(request: HttpRequest) -> QueryDict | None:
    """What a form on this page is to show: what was just sent, or with ?draft= what was typed before and not sent.

    None is a fresh form. A draft taken up again keeps its key, so that sending it drops it.
    """
    if request.method == "POST":
        return request.POST
    draft = _draft(request)
    if draft is None:
        return None
    request.resumed_key = str(draft.key)  # type: ignore[attr-defined]  # read by the shell
    return actions.draft_values(draft)


def _draft(request: HttpRequest) -> Draft | None:
    """The draft that the address names by its key, or with ?draft=1 the last of this page. Looked up once."""
    asked = request.GET.get("draft", "")
    if asked and not hasattr(request, "draft"):
        key = None if asked == "1" else id_in(asked)
        request.draft = draft_at(_user(request), request.path, key) if key or asked == "1" else None  # type: ignore[attr-defined]  # asked for here alone
    return getattr(request, "draft", None)


def _file_missing(request: HttpRequest) -> None:
    """Has the page say which file came with the draft that is taken up, and has to be chosen again."""
    draft = _draft(request)
    files = actions.draft_files(draft) if draft is not None else []
    if draft is not None and files:
        missing(request, files)
        if not words_typed(actions.draft_values(draft)):
            request.resumed_key = str(draft.key)  # type: ignore[attr-defined]  # nothing else is in it that could be lost


def missing(request: HttpRequest, files: list[str]) -> None:
    """Has the page that answers say that these files were not added."""
    request.files_missing = files  # type: ignore[attr-defined]  # read by the shell


def version_seen(sent: QueryDict | None) -> int | None:
    """Which version, or how many rows, whoever wrote a form had before them, as it says itself; None where it says nothing.

    A form shown again says the same: what was written meanwhile has not been told to whoever wrote it yet.
    """
    written = sent.get("version", "") if sent is not None else ""
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 6 else None


def _user(request: HttpRequest) -> UUID:
    """The id of the person signed in."""
    user = request.user.pk
    if user is None:
        raise Http404
    return user
