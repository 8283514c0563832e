"""What a member has to do next in each of their cases, and what of it is late."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from lodestar.casework.ledger.models import Obligation
from lodestar.platform.accounts.access import Member


@dataclass
class Steps:
    """Of one case what is the member's: the first time due, how much is late, and what is next: the soonest not late yet, else
    the one late longest, else one without a time."""

    next: UUID
    first: datetime | None
    late: int = 0
    has_coming: bool = False


def own_steps(member: Member, cases: Collection[UUID], now: datetime) -> dict[UUID, Steps]:
    """The member's steps in each of these cases, which they see; nothing of a case in which they have none."""
    theirs = Q(holder_id=member.user) | Q(holder__isnull=True, with_role__in=member.owes)
    rows = Obligation.objects.filter(theirs, case__in=cases, state="open", opens_at__lte=now)
    found: dict[UUID, Steps] = {}
    for case, row, due in rows.order_by(F("due_at").asc(nulls_last=True), "id").values_list("case_id", "id", "due_at"):
        steps = found.setdefault(case, Steps(row, due))
        if due is not None and due < now:
            steps.late += 1
        elif due is not None and steps.late and not steps.has_coming:
            steps.next, steps.has_coming = row, True
    return found
