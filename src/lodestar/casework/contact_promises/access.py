"""Who sees promises: who sees the person's case."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F, Q, QuerySet

from lodestar.casework.cases.access import people_shown, visible, visible_cases
from lodestar.casework.cases.rules import ENDS_OFFERS
from lodestar.casework.contact_promises.models import Promise
from lodestar.casework.safe_addresses.queries import gate_columns
from lodestar.casework.safe_addresses.rules import NO_CONTACT
from lodestar.platform.accounts.access import Member, member_from, one_or_404
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import at_work


def promises_seen(member: Member) -> QuerySet[Promise]:
    """The promises to everybody in cases that the member sees."""
    rows = Promise.objects.select_related("person__case", "owner", "promised_by")
    return rows.filter(visible(member, "person__case__")) if member.may(Permission.CASE_VIEW) else rows.none()


def promises_to_do(member: Member) -> QuerySet[Promise]:
    """Of these what is due, by time: nothing of a person who asked never to be contacted again (practice, harm F1)."""
    rows = promises_seen(member).filter(state="open", due_at__isnull=False).annotate(**gate_columns("person"))
    asked_since = Q(rule_recorded_at__isnull=True) | Q(wished_at__gt=F("rule_recorded_at"))
    never = Q(rule_channel__isnull=False, rule_channel=NO_CONTACT) | Q(wish__isnull=False, wish__in=ENDS_OFFERS) & asked_since
    return rows.exclude(never).order_by("due_at", "id")


def sees_case(user: UUID, case: UUID) -> bool:
    """Whether a colleague at work who records promises sees a case: one who does not would not know of what is theirs to do."""
    rows = at_work(Permission.PROMISE_RECORD).filter(user=user)
    return any(visible_cases(member_from(row)).filter(id=case).exists() for row in rows)


def promise_for(member: Member, promise: UUID, *, viewed: bool = False) -> Promise:
    """One promise, with the right to see the person; Http404 otherwise."""
    row = one_or_404(promises_seen(member).filter(id=promise))
    record_shown(member, [row] if viewed else [])
    return row


def record_shown(member: Member, rows: Iterable[Promise]) -> None:
    """Writes down whose rows were on a list."""
    people_shown(member, [row.person_id for row in rows])
