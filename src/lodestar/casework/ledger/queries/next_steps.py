"""What a member has to do next in each of their cases, and what of it is late."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Min, Q, QuerySet

from lodestar.casework.ledger.models import Obligation
from lodestar.platform.accounts.access import Member


@dataclass(frozen=True)
class Own:
    """Of one case what is the member's: how much is open and how much late, and the first time due; None without a time."""

    open: int
    late: int
    first: datetime | None


def _own(member: Member, cases: Collection[UUID], now: datetime) -> QuerySet[Obligation]:
    theirs = Q(holder_id=member.user) | Q(holder__isnull=True, with_role__in=member.owes)
    return Obligation.objects.filter(theirs, case__in=cases, state="open", opens_at__lte=now)


def own_by_case(member: Member, cases: Collection[UUID], now: datetime) -> dict[UUID, Own]:
    """What is the member's in each of these cases, which they see; nothing of a case in which nothing is."""
    rows = _own(member, cases, now).values("case_id").order_by("case_id")
    counted = rows.annotate(open=Count("id"), late=Count("id", filter=Q(due_at__lt=now)), first=Min("due_at"))
    return {row["case_id"]: Own(row["open"], row["late"], row["first"]) for row in counted}


def next_of(member: Member, cases: Collection[UUID], now: datetime) -> dict[UUID, Obligation]:
    """What is next for the member in each of these cases: the soonest that is not late yet, else the one late longest, else one
    without a time."""
    rows = _own(member, cases, now).select_related("case")
    ordered = rows.order_by("case_id", F("due_at").asc(nulls_last=True), "id")
    late: dict[UUID, Obligation] = {}
    coming: dict[UUID, Obligation] = {}
    undated: dict[UUID, Obligation] = {}
    for row in ordered:
        kind = undated if row.due_at is None else late if row.due_at < now else coming
        kind.setdefault(row.case_id, row)
    return undated | late | coming
