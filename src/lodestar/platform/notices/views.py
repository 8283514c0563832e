"""New for you: all notices, opening one, marking all as seen; and the choice of the digest."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.links import may_open
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import OwnChoice
from lodestar.platform.accounts.request_flow import page
from lodestar.platform.notices.access import notice_for, unopened
from lodestar.platform.notices.actions import choose_digest, open_notices
from lodestar.platform.notices.queries import address_of, as_lines, in_one_line, page_of, wants_digest
from lodestar.platform.text.paging import Place, place

PAGE = 50


@page(Permission.SIGNED_IN, only="GET")
def new(request: HttpRequest) -> HttpResponse:
    """All notices, unopened ones or opened ones too."""
    member, shows_all = member_of(request), request.GET.get("show") == "all"
    rows = page_of(member, PAGE + 1, place(request.GET.get("after", "")), is_opened_too=shows_all)
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    context = {
        "lines": as_lines(rows[:PAGE]),
        "shows_all": shows_all,
        "after": Place(last.at, last.id).mark() if last else "",
        "now": timezone.now(),
    }
    return render(request, "notices/new.jinja", context)


@page(Permission.SIGNED_IN, only="GET")
def new_one(request: HttpRequest, new_item_id: UUID) -> HttpResponse:
    """Leads to what a notice is about. That it was opened is all that this writes: to look is what it records."""
    member = member_of(request)
    rows = in_one_line(member, notice_for(member, new_item_id))
    if request.method == "GET":
        open_notices(by=member, at=timezone.now(), notices=rows)
    address = address_of(rows)
    if not may_open(member, address):
        return render(request, "notices/closed.jinja", {"line": as_lines(rows)[0], "now": timezone.now()})
    return redirect(address)


@page(Permission.SIGNED_IN, only="POST")
def new_seen(request: HttpRequest) -> HttpResponse:
    """Marks as opened all that the member is shown. What they do not see any more stays as it is."""
    member = member_of(request)
    open_notices(by=member, at=timezone.now(), notices=unopened(member))
    return redirect("new")


@page(Permission.SIGNED_IN, only="POST")
def new_mail(request: HttpRequest) -> HttpResponse:
    """Switches the digest on or off."""
    choose_digest(by=member_of(request), is_wanted=request.POST.get("do") == "on")
    return redirect("account")


def digest_choice(member: Member) -> OwnChoice:
    """The digest on *Your account*."""
    is_on = wants_digest(member.user)
    return OwnChoice(
        title="E-mail about new items",
        now=f"{'On' if is_on else 'Off'}. It says only how many new items you have, a few times a day at most.",
        action="/new/mail",
        button=("off", "Switch e-mails off") if is_on else ("on", "Switch e-mails on"),
    )
