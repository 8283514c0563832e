"""What the recording screens have in common: where they lead, and how a screen is shown again."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from lodestar.accounts.access import Member
from lodestar.cases.actions import StaleVersion
from lodestar.cases.models import Case
from lodestar.journeys.concern_received import StaleCase
from lodestar.kernel.reference_lists import reference_list

TRIES = 3  # a colleague who saves at the same moment makes us read again


def member_of(request: HttpRequest) -> Member:
    """Who is asking."""
    member: Member = request.member  # type: ignore[attr-defined]  # put there by the door
    return member


def number(text: str) -> int:
    """A number from an address; 1 for anything else."""
    return int(text) if text.isdecimal() and len(text) < 5 else 1


def id_of(text: str) -> UUID | None:
    """An id that a form carried, or None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None


def sign_groups() -> list[str]:
    """The groups of signs, one a screen."""
    return [row["code"] for row in reference_list("recognition", "signs").header["groups"]]


def signs_told(told: str) -> str:
    """Which screen of signs a button or an address names: `labour:1` of `labour`, `labour:4` for those who come after; empty
    where it names none."""
    group, _, start = told.partition(":")
    return f"{group}:{number(start)}" if group in sign_groups() else ""


def signs_at(case: Case, told: str) -> str:
    """The address of that screen, empty where none is named."""
    group, _, start = signs_told(told).partition(":")
    more = f"?from={start}" if number(start) > 1 else ""
    return f"/record/{case.id}/signs/{group}{more}" if group else ""


def onward(request: HttpRequest, case: Case, way_on: str) -> HttpResponse:
    """Where the button pressed leads; the plain way on for Enter, which presses none."""
    if request.POST.get("next") == "stop":
        return redirect("/my-work")
    return redirect(way_on)


def tried(once: Callable[[], Any]) -> Any:
    """Does it, and again from a fresh reading when somebody saved in between."""
    for left in range(TRIES - 1, -1, -1):
        try:
            return once()
        except (StaleCase, StaleVersion):
            if not left:
                raise
    return None
