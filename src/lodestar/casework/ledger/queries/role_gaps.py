"""Roles that owe something and that nobody in the force has: one line for the coordinator each, not each thing owed by them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils import timezone

from lodestar.casework.ledger.queries.worklists import Listed
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import DUTY_INSPECTOR, ROLES
from lodestar.platform.accounts.queries import in_force
from lodestar.platform.tenancy.request_cache import read_once

GAP = "gap:"  # how a list of the work of such a role is named


def unfilled_roles() -> tuple[str, ...]:
    """The `owed_by` values for which nobody at work in the force today answers, in the order of the roles."""
    return read_once("ledger.unfilled_roles", _unfilled_roles)


def _unfilled_roles() -> tuple[str, ...]:
    places = in_force(timezone.localdate()).filter(user__is_active=True).values_list("roles", "rank").distinct()
    filled: set[str] = set()
    for roles, rank in places:
        filled.update(owed for role in roles if role in ROLES for owed in ROLES[role].owes)
        if "inspector" in rank:
            filled.add(DUTY_INSPECTOR)
    owing = dict.fromkeys(owed for role in ROLES.values() for owed in role.owes)
    return tuple(owed for owed in owing if owed not in filled)


def covered_by(member: Member) -> tuple[str, ...]:
    """The roles for which the member stands in because nobody has them: all of these for a coordinator, none for others."""
    return unfilled_roles() if "coordinator" in member.owes else ()


def gaps(lists: Mapping[str, Sequence[Listed]], now: datetime) -> list[tuple[str, Sequence[Listed], int]]:
    """Of these lists those of roles that nobody has and that are not empty: the role, its rows, and how many are late."""
    found = [(name.removeprefix(GAP), rows) for name, rows in lists.items() if name.startswith(GAP) and rows]
    return [(role, rows, sum(row.due is not None and row.due < now for row in rows)) for role, rows in found]
