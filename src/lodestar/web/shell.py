"""What the layout of every page needs to know: who is here, where they may go, how the page is marked."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import DatabaseError
from django.http import HttpRequest

from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.form_envelope import form_of
from lodestar.platform.accounts.permissions import ROLES, Permission
from lodestar.platform.text.ids import new_id
from lodestar.web.queries import linked_pages

# In the order in which they are wanted: what does not fit into the bar stands on one page behind "More".
MENU = linked_pages("menu")
IN_BAR = 6  # two rows on a small telephone
MORE = ("More", "/more")


def places_of(member: Member) -> list[tuple[str, str, str]]:
    """Where a member may go from every page: label, address, and a sentence; in the order in which they are wanted. Who is no
    colleague, and reads as a lesser database role, is not led to what every colleague has."""
    no_colleague = Permission.SIGNED_IN if member.database else None
    return [
        (label, href, about) for label, href, permission, about in MENU if member.may(permission) and permission != no_colleague
    ]


def behind_more(member: Member) -> list[tuple[str, str, str]]:
    """Those of them that do not fit into the bar."""
    places = places_of(member)
    return places[IN_BAR - 1 :] if len(places) > IN_BAR else []


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor of every template. It asks the database nothing but who is at work, where no door did."""
    member = getattr(request, "member", None)
    at_work = member is not None or is_at_work(request)
    nav: list[dict[str, Any]] = []
    who = ""
    if member is not None:
        nav = _bar(member, request.path)
        names = ", ".join(ROLES[role].name.lower() for role in member.roles if role in ROLES)
        who = f"{request.session.get('tenant_name', '')}, {names}"
    return {
        "shell": {
            "signed_in": at_work,
            "marking": "OFFICIAL-SENSITIVE" if at_work else "OFFICIAL",
            "who": who,
            "nav": nav,
            "calls_wrong": _may_call_wrong(request, member),
            "finds": member is not None and member.may(Permission.CASE_VIEW),
            # What is refused before anyone is known has no session.
            "not_real_data": bool(settings.ENV != "production" and getattr(request, "session", {}).get("not_real")),
            "form_path": getattr(request, "form_stands_on", request.path),
            "submission_key": _key(request),
            "form_of": form_of(request) if at_work else "",
            "files_missing": tuple(getattr(request, "files_missing", ())),
        }
    }


def _may_call_wrong(request: HttpRequest, member: Member | None) -> bool:
    """Whether the foot of a page leads to *Something here is wrong*. On a page without a door the session says whether the reader
    has a lesser database role, which has no such page."""
    if member is None:
        return not getattr(request, "session", {}).get("confined")
    return member.may(Permission.RULE_CALL_WRONG)


def _bar(member: Member, path: str) -> list[dict[str, Any]]:
    """The bar of every page: all there is, or the first few and "More", which is where one is when one is at none of those."""
    hidden = behind_more(member)
    shown = [{"label": label, "href": href, "current": path.startswith(href)} for label, href, _ in places_of(member)]
    if hidden:
        is_there = any(path.startswith(href) for _, href, _ in [*hidden, (*MORE, "")])
        shown = [*shown[: IN_BAR - 1], {"label": MORE[0], "href": MORE[1], "current": is_there}]
    return shown


def is_at_work(request: HttpRequest) -> bool:
    """Whether somebody is at work here on a page that asked no door, such as an error or who to ring: it can be hidden.

    While the database is away nobody can say, and whoever has a cookie of a session may be.
    """
    if hasattr(request, "had_cookie"):
        return bool(request.had_cookie)
    session = getattr(request, "session", {})  # what is refused before anyone is known has none
    try:
        return "tenant" in session and SESSION_KEY in session and not session.get("hidden")
    except DatabaseError:
        request.session = {}  # type: ignore[assignment]  # asked once; the rest of the page goes without
        request.had_cookie = settings.SESSION_COOKIE_NAME in request.COOKIES  # type: ignore[attr-defined]  # asked once, too
        return bool(request.had_cookie)  # type: ignore[attr-defined]  # set in the line above


def _key(request: HttpRequest) -> str:
    """The key of the form on this page: the one just refused, the one of a draft taken up again, or a new one.

    What was sent is looked at only where the door has read it: a body too large to read must not stop the page that says so.
    """
    was_read = request.method == "POST" and hasattr(request, "member")
    sent = request.POST.get("submission_key", "") if was_read else getattr(request, "resumed_key", "")
    try:
        return str(UUID(sent)) if sent else str(new_id())
    except ValueError:
        return str(new_id())
