"""What is recorded of cases that were got through `access.py`."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F

from lodestar.cases.models import Case, Obligation
from lodestar.investigations.models import Allocation, Crime, Review


def crimes_of(people: Sequence[UUID]) -> list[Crime]:
    """Crimes and reasons for these people, the earliest written first."""
    return list(Crime.objects.select_related("by").filter(person__in=people).order_by("recorded_at", "id"))


def allocations_of(case: Case) -> list[Allocation]:
    """Who was given the case, the latest first."""
    rows = Allocation.objects.select_related("owner", "by", "authorised_by", "supervised_by").filter(case=case)
    return list(rows.order_by("-at", "-number"))


def allocation_owed(case: Case) -> list[Obligation]:
    """What is open of the PIP2 owner, also what opens only when an authority ends."""
    return list(Obligation.objects.filter(case=case, code="allocate_pip2_owner", state="open"))


def review_owed(case: Case) -> list[Obligation]:
    """The reviews that are owed and not answered, the soonest due first, also those that open later."""
    rows = Obligation.objects.filter(case=case, code="supervise_investigation", state="open")
    return list(rows.order_by(F("due_at").asc(nulls_last=True), "moment"))


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
