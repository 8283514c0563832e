"""What is recorded of cases that were got through `access.py`."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from lodestar.cases.models import Case
from lodestar.investigations.models import Allocation, Crime, Review


def crimes_of(people: Sequence[UUID]) -> list[Crime]:
    """Crimes and reasons for these people, the earliest written first."""
    return list(Crime.objects.select_related("by").filter(person__in=people).order_by("recorded_at", "id"))


def allocations_of(case: Case) -> list[Allocation]:
    """Who was given the case, the latest first."""
    rows = Allocation.objects.select_related("owner", "by", "authorised_by", "supervised_by").filter(case=case)
    return list(rows.order_by("-at", "-number"))


def allocation_count(case: Case) -> int:
    """How many allocations the case has: the version of that list."""
    return Allocation.objects.filter(case=case).count()


def reviews_of(case: Case) -> list[Review]:
    """The reviews of the case, the latest first."""
    return list(Review.objects.select_related("by", "to").filter(case=case).order_by("-at", "-number"))


def authorities_running(cases: Sequence[UUID], now: datetime) -> list[Allocation]:
    """The detective inspectors' authorities under which these cases are held now, the first to end first."""
    latest: dict[UUID, Allocation] = {}
    for row in Allocation.objects.select_related("case", "owner").filter(case__in=cases).order_by("at", "number"):
        latest[row.case_id] = row
    running = [row for row in latest.values() if row.expires_at and row.expires_at > now]
    return sorted(running, key=lambda row: (row.expires_at or now, row.id))
