"""Named reads of what was handed on: of one case, and of the morning list."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from lodestar.casework.cases.models import Case
from lodestar.casework.ledger.access import waiting_hand_ons
from lodestar.casework.ledger.models import Handover, Obligation
from lodestar.platform.accounts.access import Member
from lodestar.platform.text.paging import Place

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


def waiting(member: Member, after: Place | None = None) -> QuerySet[Handover]:
    """What waits for a coordinator in the cases the member sees: the longest due first, what has no hour last.

    `after` is the last one shown, for the next page.
    """
    rows = waiting_hand_ons(member).select_related("obligation__case", "obligation__person", "by")
    if after is not None:
        later = Q(obligation__due_at__isnull=True, id__gt=after.id)
        if after.at is not None:
            later = (
                Q(obligation__due_at__gt=after.at)
                | Q(obligation__due_at=after.at, id__gt=after.id)
                | Q(obligation__due_at__isnull=True)
            )
        rows = rows.filter(later)
    return rows.order_by(F("obligation__due_at").asc(nulls_last=True), "id")


def taken_since(member: Member, since: datetime) -> QuerySet[Handover]:
    """What the member took over since a moment, newest first."""
    return (
        Handover.objects.filter(taken_by_id=member.user, taken_at__gte=since)
        .select_related("obligation__case", "obligation__person", "by")
        .order_by("-taken_at", "id")
    )


def still_waiting(member: Member, ids: Sequence[UUID]) -> list[Handover]:
    """Those of these that nobody has taken yet and the member may take."""
    return list(waiting_hand_ons(member).filter(id__in=ids).order_by("id"))
