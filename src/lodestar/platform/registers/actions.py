"""One change of a row's state."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.registers.models import RegisterRow
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit

OUTSIDE = UUID(int=0)  # whoever is no member


class MoveNotAllowed(ValueError):
    """The register does not let a row go from its state to that one, or only with one of its reasons."""


def move(
    *, by: Member | None, at: datetime, row: RegisterRow, to: str, seen: int, reason: str = "", because: str = "",
    **columns: Any,
) -> None:  # fmt: skip
    """Takes a row, of which version `seen` was seen, to another state and sets `columns` of it; by nobody where a person outside
    does it. Nothing is due any more in a closed state. Raises MoveNotAllowed, and ConcurrentEdit where somebody changed it
    meanwhile."""
    before = row.state
    if not row.rules.allows(before, to, reason):
        raise MoveNotAllowed(f"{before} to {to}: {reason}")
    changes = columns | {"state": to, "version": seen + 1} | ({"due_at": None} if to in row.rules.closed else {})
    if not type(row)._default_manager.filter(id=row.id, version=seen, state=before).update(**changes):
        raise ConcurrentEdit(row)
    for name, value in changes.items():
        setattr(row, name, value)
    row.moves.create(
        before=before, after=to, moved_at=at, mover_id=by.user if by else None, reason=reason, because=because,
        recorded_at=timezone.now(),
    )  # fmt: skip
    audit(row.moved, by=by or OUTSIDE, role="" if by else "outside", at=at, fields=["state", *columns], **row.logged())
