"""What the demo force shows of allocation: a case handed over by an override and not acknowledged, a conflict of interest, and a
detective on long leave whose case is offered on."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from lodestar.casework.allocation.actions import allocate, record_conflict
from lodestar.casework.allocation.models import Allocation
from lodestar.casework.allocation.rules.ranking import Investigator, Ranked
from lodestar.casework.cases.models import Case
from lodestar.platform.accounts.access import Member
from lodestar.platform.staff.actions.requests import enter_leave
from lodestar.platform.time.days import london_date


def hand_over_and_offer(members: Mapping[str, Member], now: datetime) -> None:
    """The latest case of one detective goes to the other; the trainee goes on leave for three weeks."""
    giver, taker, allocator = members["investigator2"], members["investigator"], members["allocation"]
    case = Case.objects.filter(owner=giver.user, sealed=False).order_by("-recorded_at", "id").first()
    if case is not None:
        place = Ranked(Investigator(taker.name), 2, True, {}, ("PIP2 on that day.",))
        record_conflict(
            by=giver, at=now - timedelta(hours=3), case=case, user=giver.user, reason="His sister works for the letting agent."
        )
        allocate(
            by=allocator, at=now - timedelta(hours=2), case=case, owner=taker.user, ranked=place, override="knows_case",
            reason="She has the linked case from the same street.", seen=Allocation.objects.filter(case=case).count(),
        )  # fmt: skip
    today = london_date(now)
    enter_leave(by=members["trainee"], at=now, user=members["trainee"].user, first_day=today, last_day=today + timedelta(days=20))
