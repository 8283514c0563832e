"""What somebody typed and did not send."""

from contextlib import suppress
from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from lodestar.accounts import actions as accounts
from lodestar.accounts import queries
from lodestar.accounts.access import Member, draft_for
from lodestar.accounts.door import may_open, missing, page
from lodestar.accounts.permissions import Permission
from lodestar.accounts.sent import words_typed
from lodestar.web.presenters.drafts import Kept, kept


@page(Permission.SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def drafts(request: HttpRequest) -> HttpResponse:
    """Each with the way back to it. What it holds stands on its own page only."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    if request.method == "POST":
        with suppress(ValueError):  # no draft was named: there is nothing to forget
            accounts.drop_draft(user=member.user, key=UUID(request.POST.get("forget", "")))
        return redirect("/drafts")
    rows = [draft for draft in kept(queries.drafts_of(member.user)) if not draft.href.startswith("/drafts")]
    shown = [row if _opens(member, row) else replace(row, href="") for row in rows]
    return render(request, "web/drafts.jinja", {"drafts": shown, "now": timezone.now()})


def _opens(member: Member, row: Kept) -> bool:
    """Whether the page that a draft was typed on is still there, and one of those that the member's roles open."""
    try:
        return may_open(member, row.href)
    except Resolver404:
        return False


@page(Permission.SIGNED_IN)
@require_safe
def draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """What somebody typed into one form, as words: its own page may be closed to them by now, or only take forms."""
    found = draft_for(request.member, draft_id)  # type: ignore[attr-defined]  # the door sets it
    missing(request, accounts.draft_files(found))
    row = kept([found])[0]
    has_form = not request.GET.get("no") and _opens(request.member, row)  # type: ignore[attr-defined]  # the same
    context = {
        "draft": row if has_form else replace(row, href=""),
        "typed": words_typed(accounts.draft_values(found)),
        "now": timezone.now(),
    }
    return render(request, "web/draft.jinja", context)
