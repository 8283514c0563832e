"""One decision of what somebody else asked."""

from datetime import datetime
from typing import Any

from lodestar.platform.accounts.access import Member
from lodestar.platform.approvals.models import Approval
from lodestar.platform.audit.actions import audit
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit


class CannotDecide(ConcurrentEdit):
    """It was decided before, or by one who asked for it; `words` are for who tried."""

    words = "It is already decided"


def decide(*, by: Member, at: datetime, row: Approval, approved: bool, because: str, code: str, **columns: Any) -> None:
    """Approves or refuses what another asked, once, with the event `code` and what else of the row the decision sets. Who may is
    checked in `access`. Raises CannotDecide."""
    undecided = type(row)._default_manager.filter(id=row.id, decided_at__isnull=True)
    decision = {"approved": approved, "because": because, "decided_at": at, "decided_by_id": by.user} | columns
    if by.user in row.asker_ids or not undecided.update(**decision):
        raise CannotDecide
    audit(code, by=by, at=at, **row.logged())
