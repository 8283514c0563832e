"""Pages that belong to no app: errors, who to ring, quick hide, drafts, a guide for each role."""

import sys
from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import UUID

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_GET, require_POST

from lodestar.directory.contacts.presenters.numbers import every_number, public_numbers
from lodestar.directory.contacts.queries import book_where_at_work
from lodestar.knowledge.library.presenters.essentials import first_steps, latest_essentials
from lodestar.platform.accounts import actions as accounts
from lodestar.platform.accounts import queries
from lodestar.platform.accounts.access import Member, draft_for, may_unlock, member_of
from lodestar.platform.accounts.confined_pages import about_oneself
from lodestar.platform.accounts.form_envelope import form_of, own_path, words_typed
from lodestar.platform.accounts.links import may_open
from lodestar.platform.accounts.permissions import ROLES, Permission
from lodestar.platform.accounts.request_flow import file_names, keep_typed, missing, page, public, words_here
from lodestar.platform.tenancy.tenant_transaction import is_away
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.tokens.api import problem
from lodestar.web.presenters.bare_pages import FAULT, bare_away, bare_clock, bare_essentials
from lodestar.web.presenters.drafts import DraftLine, draft_lines
from lodestar.web.shell import is_at_work

HOME = "/my-work"
HIDE, CLOCK = "/hide", "/clock"
URLENCODED = "application/x-www-form-urlencoded"
KEPT_OF_TOO_LONG = 1_000_000  # bytes of the beginning of a form that is too long to be taken


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """What is not there and what is not yours look the same, and the way to emergency access stands by both. Whoever wrote
    for it while it was theirs has their words back."""
    member = getattr(request, "member", None)
    has_way = member is not None and member.may(Permission.EMERGENCY_ACCESS)
    context: dict[str, Any] = {"emergency_href": _way_in(request.path)} if has_way else {}
    return render(request, "404.jinja", context | {"typed": words_here(request)}, status=404)


def _way_in(path: str) -> str:
    """Where emergency access begins: for the case that the address names, or where a case is asked for by its reference."""
    parts = path.split("/")
    return f"/emergency/{quote(parts[2])}" if parts[1] == "cases" and len(parts) > 2 and parts[2] else "/emergency"


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The same page again: who may not do something learns nothing from the refusal."""
    return render(request, "404.jinja", status=404)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Something sent could not be read at all, or is too long to be."""
    is_long = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    kept_href = _keep_beginning(request) if is_long else None
    if request.path == HIDE and hasattr(request, "session"):
        return _hidden(request, kept_href)
    if is_long:
        return render(request, "413.jinja", {"kept_href": kept_href}, status=413)
    return render(request, "400.jinja", status=400)


def _keep_beginning(request: HttpRequest) -> str | None:
    """Keeps the beginning of a form of ours that is too long, or has too many fields, to be taken; the address that shows it
    again."""
    if request.content_type != URLENCODED or not hasattr(request, "session") or not _is_ours(request):
        return None
    most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    sent = QueryDict(b"&".join(request.read(KEPT_OF_TOO_LONG).split(b"&")[:most]), encoding=request.encoding)
    return keep_typed(request, sent) if _is_theirs(request, sent) else None


def _is_ours(request: HttpRequest) -> bool:
    """Whether a page of Lodestar's own sent the form."""
    return request.headers.get("Origin", "") == f"{request.scheme}://{request.get_host()}"


def _is_theirs(request: HttpRequest, sent: QueryDict) -> bool:
    """Whether the form was drawn for whoever is signed in now, and not for who was before in the same browser."""
    return constant_time_compare(sent.get("form_of", ""), form_of(request))


def _is_page_of_work(request: HttpRequest) -> bool:
    """Whether the page asked for is one of somebody at work. A password is sent to a page without a permission, and what is
    sent there is given back in no box that shows it."""
    return bool(getattr(getattr(request.resolver_match, "func", None), "permission", None))


def server_error(request: HttpRequest) -> HttpResponse:
    """Lodestar failed; who to ring still stands, whatever else has failed with it."""
    if request.path in (HIDE, CLOCK):
        return HttpResponse(bare_clock(timezone.localtime()), status=500)
    if is_away(sys.exc_info()[1]):  # then nothing is kept, and no page that asks for a session is to be had
        return _away(request)
    try:
        return render(request, "500.jinja", status=500)
    except Exception:  # whatever the page needs may be the very thing that is broken
        return HttpResponse(FAULT, status=500)


def _away(request: HttpRequest) -> HttpResponse:
    """The database is away: another system is told so, and a person has back what they sent."""
    again = {"Retry-After": "60"}
    if getattr(getattr(request.resolver_match, "func", None), "token_permission", None):
        return problem(503, "cannot be answered just now; ask again in a minute", **again)
    typed: list[str] = []
    of_ours = request.method == "POST" and getattr(request, "csrf_processing_done", False)
    if of_ours and _is_page_of_work(request):
        with suppress(Exception):  # a body that cannot be read must not stop the page that says so
            typed = words_typed(request.POST)
    below = ""
    with suppress(Exception):  # whatever the essentials need must not stop the page that says what is wrong
        below = latest_essentials(timezone.now())
    return HttpResponse(bare_away(typed, below), status=503, headers=again)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form is older than the last sign-in, or another site sent it. Of our own form what was typed is kept. Whoever opens
    their own plan in a browser that keeps no cookie reads nothing of Lodestar."""
    if request.resolver_match and request.resolver_match.url_name == "note-link":
        return render(request, "person_plans/note_gone.jinja", status=403)
    is_ours = _is_ours(request)
    is_theirs = is_ours and _is_theirs(request, request.POST)
    kept_href = keep_typed(request) if is_theirs else None
    if request.path == HIDE:
        return _hidden(request, kept_href)
    is_of_work = is_ours and "form_of" in request.POST and _is_page_of_work(request)
    has_words = is_of_work and not kept_href  # they go back to the one tab they stood in
    if has_words:
        missing(request, file_names(request))
    context = {
        "kept_href": kept_href,
        "is_anothers": has_words and not is_theirs and request.user.is_authenticated,
        "typed": words_typed(request.POST) if has_words else [],
    }
    return render(request, "403_csrf.jinja", context, status=403)


@public
@require_GET
def ring(request: HttpRequest) -> HttpResponse:
    """Who to ring and the first steps, without sign-in."""
    return render(request, "web/ring.jinja", {"forces": _numbers(request), "steps": first_steps()})


def _numbers(request: HttpRequest) -> list[dict[str, Any]]:
    """The numbers of the force where somebody is at work and the database answers; else those that the worker kept."""
    now = timezone.now()
    book = book_where_at_work(request.session["tenant"], now) if is_at_work(request) and "tenant" in request.session else None
    return [{"name": "", "groups": every_number(now, book)}] if book else public_numbers(now)


@public
@require_GET
def essentials(request: HttpRequest) -> HttpResponse:
    """Who to ring, the first steps and the topics of the first night, without sign-in and without a database."""
    return HttpResponse(bare_essentials(latest_essentials(timezone.now())))


@public
def hide(request: HttpRequest) -> HttpResponse:
    """Quick hide: keeps what was typed, then shows a clock until the person answers for themselves again."""
    return _hidden(request, None if request.session.get("hidden") else keep_typed(request))


def _hidden(request: HttpRequest, kept_href: str | None) -> HttpResponse:
    """The clock, whatever was wrong with the form that asked for it. `kept_href`: where what was typed stands."""
    if request.user.is_authenticated and "tenant" in request.session:
        back_to = kept_href or _local(request.headers.get("Referer", ""))
        request.session["hidden"] = True
        request.session.setdefault("hidden_from", back_to if not back_to.startswith(HIDE) else HOME)
    return redirect(CLOCK)


def _local(address: str) -> str:
    """The page that led here, with what was asked of it; home when that is none of ours."""
    try:
        parts = urlsplit(address)
        return own_path(f"{parts.path}?{parts.query}" if parts.query else parts.path) or own_path(parts.path) or HOME
    except ValueError:
        return HOME


@public
@require_GET
def clock(request: HttpRequest) -> HttpResponse:
    """A plain clock."""
    problem = request.session.pop("unhide_refused", False)
    return render(request, "design/clock.jinja", {"now": timezone.localtime(), "problem": problem})


@public
@require_POST
def unhide(request: HttpRequest) -> HttpResponse:
    """Back to the page, when the person's own six digits or password were given. Five wrong answers sign them out."""
    if not request.session.get("hidden"):
        return redirect(HOME)
    if may_unlock(request, request.POST.get("t", "")):
        del request.session["hidden"]
        return redirect(request.session.pop("hidden_from", HOME))
    request.session["unhide_refused"] = bool(request.session.get("hidden"))  # not once they are signed out
    return redirect(CLOCK)


@page(Permission.SIGNED_IN)
@about_oneself
def drafts(request: HttpRequest) -> HttpResponse:
    """Each with the way back to it. What it holds stands on its own page only."""
    member = member_of(request)
    if request.method == "POST":
        with suppress(ValueError):  # no draft was named: there is nothing to forget
            accounts.drop_draft(user=member.user, key=UUID(request.POST.get("forget", "")))
        return redirect("/drafts")
    rows = [draft for draft in draft_lines(queries.drafts_of(member.user)) if not draft.href.startswith("/drafts")]
    shown = [row if _opens(member, row) else replace(row, href="") for row in rows]
    return render(request, "web/drafts.jinja", {"drafts": shown, "now": timezone.now()})


def _opens(member: Member, row: DraftLine) -> bool:
    """Whether the page that a draft was typed on is still there, and one of those that the member's roles open."""
    try:
        return may_open(member, row.href)
    except Resolver404:
        return False


@page(Permission.SIGNED_IN, only="GET")
@about_oneself
def draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """What somebody typed into one form, as words: its own page may be closed to them by now, or only take forms."""
    stored_draft = draft_for(request.member, draft_id)  # type: ignore[attr-defined]  # the door sets it
    missing(request, accounts.draft_files(stored_draft))
    row = draft_lines([stored_draft])[0]
    has_form = not request.GET.get("no") and _opens(request.member, row)  # type: ignore[attr-defined]  # the same
    may_ask = request.member.may(Permission.EMERGENCY_ACCESS) and not has_form  # type: ignore[attr-defined]  # the same
    context = {
        "draft": row if has_form else replace(row, href=""),
        "emergency_href": _way_in(stored_draft.path) if may_ask else "",
        "typed": words_typed(accounts.draft_values(stored_draft)),
        "now": timezone.now(),
    }
    return render(request, "web/draft.jinja", context)


@page(Permission.SIGNED_IN, only="GET")
@about_oneself
def guide(request: HttpRequest) -> HttpResponse:
    """The guide of the member's own roles, or of the role that is named: it is the same for everybody. Http404 for no role."""
    chosen = request.GET.get("role", "")
    if chosen and chosen not in ROLES:
        raise Http404
    roles = [chosen] if chosen else member_of(request).roles
    tasks = {row["code"]: row["tasks"] for row in reference_list("accounts", "role_guides").rows}
    context = {
        "guides": [(ROLES[role], tasks[role]) for role in roles if role in tasks],
        "others": [role for role in ROLES.values() if role.code not in roles],
        "may_follow": not chosen or chosen in member_of(request).roles,
    }
    return render(request, "web/guide.jinja", context)
