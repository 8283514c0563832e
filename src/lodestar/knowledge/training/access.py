"""Who sees what of training: what belongs to courses who manages it, coverage who leads, their own answers everybody."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from lodestar.platform.accounts.access import Member, one_or_404, units_below
from lodestar.platform.accounts.models import Unit
from lodestar.platform.accounts.permissions import Permission, Reach


def row_for(member: Member, rows: QuerySet[Any], row: UUID, permission: Permission = Permission.TRAINING_MANAGE) -> Any:
    """A course, session, attendance or question, for who has the permission; Http404 otherwise."""
    return one_or_404(rows.filter(id=row) if member.may(permission) else rows.none())


def units_covered(member: Member) -> list[UUID] | None:
    """The units whose coverage the member sees: who leads a unit theirs and those below, None for the whole force."""
    if Reach.TENANT in member.reaches or Reach.UNIT not in member.reaches:
        return None
    return units_below(member.unit, Unit.objects.only("id", "parent_id"))
