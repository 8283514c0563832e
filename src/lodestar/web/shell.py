"""What the layout of every page needs to know: who is here, where they may go, how the page is marked."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import DatabaseError
from django.http import HttpRequest

from lodestar.accounts.door import form_of
from lodestar.accounts.permissions import ROLES, Permission
from lodestar.kernel.ids import new_id

MENU = (
    ("My work", "/my-work", Permission.SIGNED_IN),
    ("Record", "/record", Permission.CONCERN_RECORD),
    ("Guidance", "/guidance", Permission.GUIDANCE_READ),
    ("Morning list", "/morning-list", Permission.HAND_ON_TAKE),
    ("Figures", "/figures", Permission.FIGURE_VIEW),
    ("Met before?", "/matches", Permission.PEOPLE_LINK),
    ("Giving out", "/exports", Permission.EXPORT),
    ("Referrals", "/referrals", Permission.REFERRALS_COORDINATE),
    ("Questions", "/prompts", Permission.PROMPTS_VIEW),
    ("Addresses told", "/addresses-told", Permission.ADDRESS_TELL_DECIDE),
    ("Alerts", "/standards", Permission.ALERT_SETTLE),
    ("The log", "/log", Permission.LOG_VIEW),
    ("Keeping", "/keeping", Permission.KEEPING_REVIEW),
    ("Requests", "/requests", Permission.SUBJECT_REQUEST),
    ("Breaches", "/breaches", Permission.BREACH_RECORD),
    ("Rules", "/rules", Permission.RULE_VIEW),
    ("Try the rules", "/assess", Permission.ASSESS),
    ("Force sign-in", "/force-sign-ins", Permission.FORCE_SIGN_IN_APPROVE),
    ("Tokens", "/tokens", Permission.TOKEN_MANAGE),
)


@dataclass(frozen=True)
class MenuItem:
    """One place to go."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True)
class Shell:
    """The frame of a page."""

    signed_in: bool
    marking: str
    who: str
    nav: tuple[MenuItem, ...]
    not_real_data: bool
    form_path: str
    submission_key: str
    form_of: str


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor of every template. It asks the database nothing but who is at work, where no door did."""
    member = getattr(request, "member", None)
    at_work = member is not None or _is_at_work(request)
    nav: tuple[MenuItem, ...] = ()
    who = ""
    if member is not None:
        nav = tuple(
            MenuItem(label, href, request.path.startswith(href))
            for label, href, permission in MENU
            if member.may(permission)
        )
        names = ", ".join(ROLES[role].name.lower() for role in member.roles if role in ROLES)
        who = f"{request.session.get('tenant_name', '')}, {names}"
    return {
        "shell": Shell(
            signed_in=at_work,
            marking="OFFICIAL-SENSITIVE" if at_work else "OFFICIAL",
            who=who,
            nav=nav,
            # What is refused before anyone is known has no session.
            not_real_data=bool(settings.ENV != "production" and getattr(request, "session", {}).get("not_real")),
            form_path=request.path,
            submission_key=_key(request),
            form_of=form_of(request) if at_work else "",
        )
    }


def _is_at_work(request: HttpRequest) -> bool:
    """Whether somebody is at work here on a page that asked no door, such as an error or who to ring: it can be hidden.

    While the database is away nobody can say, and whoever has a cookie of a session may be.
    """
    session = getattr(request, "session", {})  # what is refused before anyone is known has none
    try:
        return "tenant" in session and SESSION_KEY in session and not session.get("hidden")
    except DatabaseError:
        request.session = {}  # type: ignore[assignment]  # asked once; the rest of the page goes without
        return settings.SESSION_COOKIE_NAME in request.COOKIES


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
