"""Recording an order, what the court made of it, its conditions, and its breaches."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from lodestar.casework.cases.models import Person
from lodestar.casework.court_orders.models import CourtOrder, OrderBreach, OrderCondition
from lodestar.casework.court_orders.rules import BREACHED, IN_FORCE, next_look
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.queries import set_number
from lodestar.platform.audit.actions import audit
from lodestar.platform.notices.actions import notify
from lodestar.platform.registers.actions import move
from lodestar.platform.time.days import london_date


def record_order(*, by: Member, at: datetime, person: Person, kind: str, protects: Person | None = None) -> CourtOrder:
    """Begins the record of an order against a person of a case: from now it is considered."""
    day = london_date(at)
    row = CourtOrder.objects.create(
        person=person, protects=protects, kind=kind, state="considered", owner_id=by.user, recorded_at=timezone.now(),
        recorded_by_id=by.user, due_at=next_look("considered", day, None, set_number("order_look_days", day)),
    )  # fmt: skip
    audit("orders.recorded", by=by, at=at, fields=["kind"], **row.logged())
    return row


def move_order(
    *, by: Member, at: datetime, row: CourtOrder, to: str, seen: int, reason: str = "", because: str = "",
    conditions: Sequence[str] | None = None, **columns: Any,
) -> None:  # fmt: skip
    """Records what became of an order by `at`, or that it was looked at, with its days; where `conditions` are given, those that
    are not among them end. Raises MoveNotAllowed and ConcurrentEdit."""
    day = london_date(at)
    days = set_number("order_ends_days" if to in IN_FORCE else "order_look_days", day)
    columns |= {"breach_waits": False, "due_at": next_look(to, day, columns.get("to_on", row.to_on), days)}
    move(by=by, at=at, row=row, to=to, seen=seen, reason=reason, because=because, **columns)
    if conditions is None:
        return
    now = timezone.now()
    present = {str(condition.words): condition.id for condition in row.conditions.filter(ended_at__isnull=True)}
    ended = [condition for words, condition in present.items() if words not in conditions]
    OrderCondition.objects.filter(id__in=ended).update(ended_at=at)
    added, last = [words for words in dict.fromkeys(conditions) if words not in present], row.conditions.count()
    OrderCondition.objects.bulk_create(
        OrderCondition(order=row, number=number, words=words, recorded_at=now) for number, words in enumerate(added, last + 1)
    )


def record_breach(*, by: Member, at: datetime, order: CourtOrder, **facts: Any) -> OrderBreach:
    """Records a breach that came at `at`, whatever state the order is in by now: its owner has to look at it at once."""
    now = timezone.now()
    breach = OrderBreach.objects.create(order=order, happened_at=at, recorded_at=now, recorded_by_id=by.user, **facts)
    CourtOrder.objects.filter(id=order.id).update(due_at=now, breach_waits=True)
    audit("orders.breached", by=by, at=at, fields=sorted(facts), **order.logged())
    case, person = order.person.case_id, order.person_id
    notify(to=[order.owner_id], kind=BREACHED, by=by, at=now, case=case, person=person, subject=str(order.id))
    return breach
