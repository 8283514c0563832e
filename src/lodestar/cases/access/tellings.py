"""Telling a safe address to somebody outside: for the one who asked, for those who decide and for those who may tell it."""

from uuid import UUID

from django.db.models import Q
from django.http import Http404

from lodestar.accounts.access import Member
from lodestar.accounts.permissions import Permission
from lodestar.cases.access import DETECTIVE_INSPECTORS, visible
from lodestar.cases.models import AddressTelling


def may_decide(member: Member) -> bool:
    """Whether the member decides who outside is told a safe address: a detective inspector, by permission and rank."""
    return member.may(Permission.ADDRESS_TELL_DECIDE) and member.rank in DETECTIVE_INSPECTORS


def may_judge(member: Member, row: AddressTelling) -> bool:
    """Whether the member decides of this one: who neither asked for it nor wrote down that it was told."""
    return may_decide(member) and member.user not in (row.asked_by_id, row.first_asked_by_id)


def may_tell(member: Member, row: AddressTelling) -> bool:
    """Whether the member, who sees the case, may tell what was approved, or might before it was told: whoever works the case."""
    return bool(member.may(Permission.ADDRESS_RECORD) and row.approved and not row.happened_without)


def may_write_told(member: Member, row: AddressTelling) -> bool:
    """Whether the member, who sees the case, may write down that somebody was told as this was approved: once."""
    return may_tell(member, row) and row.told_at is None and not row.told_outside


def sees_why(member: Member, row: AddressTelling) -> bool:
    """Whether the member is shown the reasons: the one who asked, and those who decide."""
    return (row.first_asked_by_id or row.asked_by_id) == member.user or may_decide(member)


def telling_for(member: Member, telling: UUID) -> AddressTelling:
    """What was asked of a safe address, for the one who asked, for those who decide and for whoever may tell what was approved,
    while they see the case; Http404 otherwise."""
    rows = AddressTelling.objects.select_related("person__case", "asked_by", "decided_by", "told_by", "first_asked_by")
    rows = rows.filter(visible(member, "person__case__"), id=telling)
    found = rows.first() if member.may(Permission.ADDRESS_VIEW) else None
    if found is None or not (sees_why(member, found) or may_tell(member, found)):
        raise Http404
    return found


def tellings_to_decide(member: Member, most: int) -> list[AddressTelling]:
    """What waits for a detective inspector, of the cases that the member sees and did not ask for themselves, the oldest
    first. Http404 for whoever decides nothing."""
    if not may_decide(member):
        raise Http404
    rows = AddressTelling.objects.select_related("person__case", "asked_by").filter(decided_at__isnull=True)
    rows = rows.filter(visible(member, "person__case__")).exclude(asked_by_id=member.user)
    rows = rows.filter(Q(first_asked_by__isnull=True) | ~Q(first_asked_by_id=member.user))
    return list(rows.order_by("asked_at", "id")[:most])
