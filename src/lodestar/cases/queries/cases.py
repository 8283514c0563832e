"""References of cases for those who may know them without opening one, and what became of the cases that somebody opened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from lodestar.accounts.access import Member
from lodestar.cases.access import sees_cases
from lodestar.cases.models import Case
from lodestar.record.models import Event, Operation


def references_of(cases: Iterable[UUID]) -> dict[UUID, str]:
    """The references of these cases, sealed ones left out."""
    return dict(Case.objects.filter(id__in=set(cases), sealed=False).values_list("id", "reference"))


def case_of(reference: str) -> UUID | None:
    """The id of the case of this reference; None for a sealed one as for one that is not there."""
    return Case.objects.filter(reference=reference.strip().upper(), sealed=False).values_list("id", flat=True).first()


LOOKED_BACK = timedelta(days=60)
MOST_CASES = 30
TOLD = ("investigations.allocated", "investigations.crime_recorded", "recognition.belief_decided", "referrals.sent")


@dataclass(frozen=True)
class RecentChange:
    """One thing that somebody else did in a case."""

    case: Case
    code: str
    happened_at: datetime


def recent_changes(member: Member, now: datetime, most: int = 3) -> list[RecentChange]:
    """The newest things that others did in the member's own newest cases, sealed ones apart."""
    if not sees_cases(member):
        return []
    opened = Case.objects.filter(opened_by=member.user, sealed=False).order_by("-recorded_at")
    cases = {case.id: case for case in opened[:MOST_CASES]}
    # Sorted here and not in the database, which for the newest three would read the whole log of sixty days by time.
    log_events = Event.objects.filter(~Q(operation=Operation.CONSULTATION), case__in=list(cases), code__in=TOLD)
    events = log_events.filter(recorded_at__range=(now - LOOKED_BACK, now)).exclude(by=member.user) if cases else ()
    newest = sorted(events, key=lambda event: (event.recorded_at, event.id), reverse=True)[:most]
    return [RecentChange(cases[event.case], event.code, event.happened_at) for event in newest if event.case]
