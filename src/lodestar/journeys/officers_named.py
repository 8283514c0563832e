"""The officer whom a row names: whoever is at work here by that name has the case from the start, and is told."""

from collections.abc import Sequence
from typing import Any

from lodestar.accounts.access import Member
from lodestar.accounts.models import Membership
from lodestar.accounts.permissions import Permission
from lodestar.accounts.queries import called_at_work
from lodestar.journeys.concern_rows import ConcernRow

SHORT = 60  # characters


def officer_named(rows: Sequence[ConcernRow]) -> Membership | None:
    """The one officer at work who may have a case and is called as the first of these rows that names any says."""
    named = next((row.officer for row in rows if row.officer), "")
    return called_at_work(named, Permission.CONCERN_RECORD) if named else None


def officer_facts(officer: Membership | None) -> dict[str, Any]:
    """The columns of a new case that say whose it is meanwhile, where its rows name somebody."""
    return {"interim_owner_id": officer.user_id, "unit_id": officer.unit_id} if officer else {}


def officer_note(by: Member, named: str, officer: Membership | None) -> str:
    """What is told of the officer beside the row that names one."""
    short = named if len(named) <= SHORT else f"{named[:SHORT]}…"
    if officer is None:
        return f"officer “{short}” does not match one working user who may have a case: kept as text, and {by.username} has it"
    return f"officer “{short}” has the case and the scene tasks"
