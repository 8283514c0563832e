"""Named reads of court orders: those that a member sees, of one case, what is open in it, and what happened when."""

from datetime import datetime

from django.db.models import QuerySet, Value

from lodestar.casework.cases.access import visible
from lodestar.casework.cases.models import Case
from lodestar.casework.court_orders.models import CourtOrder, CourtOrderMove, OrderBreach
from lodestar.casework.court_orders.rules import KINDS, LOOKED_FOR, ORDER, UNDECIDED
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission

ROWS = CourtOrder.objects.select_related("person__case", "protects", "owner")


def orders_seen(member: Member) -> QuerySet[CourtOrder]:
    """The orders against people of the cases that the member sees."""
    return ROWS.filter(visible(member, "person__case__")) if member.may(Permission.INVESTIGATION_VIEW) else ROWS.none()


def orders_of(case: Case) -> list[CourtOrder]:
    """The orders against people of a case, in the order in which they were recorded."""
    return list(ROWS.filter(person__case=case).order_by("recorded_at", "id"))


def open_for_closing(case: Case) -> list[tuple[str, str]]:
    """What of orders must be looked at before the case is closed: those that no court has decided, breaches that their owner has
    not looked at, and that no prevention or risk order was considered. Words, and the address."""
    rows = orders_of(case)
    lines = [
        (f"{KINDS[row.kind]}: {ORDER.states[row.state].lower()}", f"/orders/{row.id}") for row in rows if row.state in UNDECIDED
    ]
    lines += [(f"{KINDS[row.kind]}: a breach to look at", f"/orders/{row.id}") for row in rows if row.breach_waits]
    if not any(row.kind in LOOKED_FOR for row in rows):
        lines.append(("No prevention or risk order was considered (STPO, STRO)", f"/cases/{case.reference}/orders"))
    return lines


def timeline_rows(case: Case) -> list[tuple[datetime, str, str, str]]:
    """What happened with orders: when, kind, words, address."""
    moves = CourtOrderMove.objects.filter(row__person__case=case).values_list("moved_at", "row__kind", "after", "row")
    breaches = OrderBreach.objects.filter(order__person__case=case)
    rows = moves.union(breaches.values_list("happened_at", "order__kind", Value(""), "order"), all=True)
    return [
        (at, "decision", f"{KINDS[kind]}: {ORDER.states[to].lower()}", f"/orders/{row}")
        if to
        else (at, "event", f"{KINDS[kind]} breached", f"/orders/{row}")
        for at, kind, to, row in rows
    ]
