"""Named reads of what was handed on: of one case, and of the morning list."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from lodestar.casework.cases.models import Case
from lodestar.casework.ledger.access import waiting_hand_ons
from lodestar.casework.ledger.models import Handover, Obligation
from lodestar.platform.accounts.access import Member

FRONTLINE = "frontline"
LEFT = "hand_on_what_is_left"  # owed only while something is left: the one thing owed that turns on how the rest stands


def may_be_handed_on(case: Case) -> QuerySet[Obligation]:
    """What the officer still owes in a case, now or later: everything frontline that is not for the scene itself."""
    rows = Obligation.objects.filter(case=case, state="open", owed_by=FRONTLINE)
    return rows.exclude(when="now").exclude(code=LEFT).exclude(with_role__in=("supervisor", "coordinator"))


def left_to_hand_on(case: Case, now: datetime) -> QuerySet[Obligation]:
    """What may be handed on of what is owed by now, in the order of its hours."""
    return may_be_handed_on(case).filter(opens_at__lte=now).order_by(F("due_at").asc(nulls_last=True), "code", "id")


def handed_on(case: Case) -> QuerySet[Handover]:
    """What was handed on in a case, taken or not, in its order."""
    return Handover.objects.filter(obligation__case=case).select_related("taken_by", "obligation").order_by("handed_at", "id")


def waiting(member: Member) -> QuerySet[Handover]:
    """What waits for a coordinator in the cases the member sees: the longest due first, what has no hour last. Of each no more is
    read than tells which line of a list it is part of, and where that line stands."""
    columns = ("by_id", "known", *(f"obligation__{name}" for name in ("due_at", "case_id", "code", "gravity")))
    rows = waiting_hand_ons(member).select_related(None).select_related("obligation").only(*columns)
    return rows.order_by(F("obligation__due_at").asc(nulls_last=True), "id")


def read_whole(ids: Collection[UUID], member: Member, since: datetime) -> tuple[list[Handover], list[Handover]]:
    """These of `waiting`, whole and in their order, and what the member took over since a moment, newest first."""
    taken = Q(taken_by_id=member.user, taken_at__gte=since)
    rows = Handover.objects.select_related("obligation__case", "obligation__person", "by").filter(Q(id__in=ids) | taken)
    by_id = {row.id: row for row in rows.order_by("-taken_at", "id")}
    return [by_id[row] for row in ids if row in by_id], [row for row in by_id.values() if row.taken_at]


def still_waiting(member: Member, ids: Sequence[UUID]) -> list[Handover]:
    """Those of these that nobody has taken yet and the member may take."""
    return list(waiting_hand_ons(member).filter(id__in=ids).order_by("id"))
