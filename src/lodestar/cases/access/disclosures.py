"""What Immigration Enforcement is to be told of somebody, or was: for the one who proposed it and for those who decide."""

from uuid import UUID

from django.db.models import Q
from django.http import Http404

from lodestar.accounts.access import Member
from lodestar.accounts.permissions import Permission
from lodestar.cases.access import DETECTIVE_INSPECTORS, visible
from lodestar.cases.models import ImmigrationDisclosure


def may_decide(member: Member) -> bool:
    """Whether the member decides whether immigration is told: a detective inspector or above, by permission and rank."""
    return member.may(Permission.IMMIGRATION_DECIDE) and member.rank in DETECTIVE_INSPECTORS


def may_tell(member: Member, row: ImmigrationDisclosure) -> bool:
    """Whether the member, who sees the case, may tell immigration what was approved, or might before it was told: whoever works
    the case, and not only the one who proposed it, who may be off."""
    return bool(member.may(Permission.IMMIGRATION_TELL) and row.approved and not row.happened_without)


def may_write_told(member: Member, row: ImmigrationDisclosure) -> bool:
    """Whether the member, who sees the case, may write down that immigration was told as this was approved: once."""
    return may_tell(member, row) and row.told_at is None and not row.told_outside


def may_judge(member: Member, row: ImmigrationDisclosure) -> bool:
    """Whether the member decides of this one: who neither proposed it nor wrote down that it was told."""
    return may_decide(member) and member.user not in (row.asked_by_id, row.proposed_by_id)


def sees_why(member: Member, row: ImmigrationDisclosure) -> bool:
    """Whether the member is shown the reasons: the one who proposed it, and those who decide. A colleague who wrote down that it
    was told did not write them."""
    return (row.proposed_by_id or row.asked_by_id) == member.user or may_decide(member)


def disclosure_for(member: Member, disclosure: UUID) -> ImmigrationDisclosure:
    """One of them, for the one who proposed it, for those who decide, and for whoever may tell what was approved, while they
    see the case; Http404 otherwise."""
    rows = ImmigrationDisclosure.objects.select_related("person__case", "asked_by", "decided_by", "told_by", "proposed_by")
    rows = rows.filter(visible(member, "person__case__"), id=disclosure)
    found = rows.first() if member.may(Permission.IMMIGRATION_TELL) else None
    if found is None or not (sees_why(member, found) or may_tell(member, found)):
        raise Http404
    return found


def disclosures_to_decide(member: Member, most: int) -> list[ImmigrationDisclosure]:
    """What waits for a detective inspector, of the cases that the member sees and did not propose themselves, the oldest first.
    Http404 for whoever decides nothing."""
    if not may_decide(member):
        raise Http404
    rows = ImmigrationDisclosure.objects.select_related("person__case", "asked_by").filter(decided_at__isnull=True)
    rows = rows.filter(visible(member, "person__case__")).exclude(asked_by_id=member.user)
    rows = rows.filter(Q(proposed_by__isnull=True) | ~Q(proposed_by_id=member.user))
    return list(rows.order_by("asked_at", "id")[:most])
