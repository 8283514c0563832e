"""Who sees which item of the plan: all of it for whoever reads oversight, their own for everybody else who owns one."""

from uuid import UUID

from django.db.models import QuerySet

from lodestar.oversight.plan.models import Milestone, PlanItem
from lodestar.platform.accounts.access import Member, one_or_404
from lodestar.platform.accounts.permissions import Permission

VIEW, EDIT = Permission.OVERSIGHT_VIEW, Permission.PLAN_EDIT


def items_seen(member: Member) -> QuerySet[PlanItem]:
    """All items, or those that are the member's own, each with its owner."""
    rows = PlanItem.objects.select_related("owner")
    return rows if member.may(VIEW) else rows.filter(owner=member.user)


def may_change(member: Member, item: PlanItem) -> bool:
    """Whether the member keeps the plan or owns this item."""
    return member.may(EDIT) or item.owner_id == member.user


def item_for(member: Member, item: UUID, *, changes: bool = False) -> PlanItem:
    """An item that the member sees, or may change; Http404 otherwise."""
    rows = items_seen(member).filter(id=item)
    return one_or_404(rows.filter(owner=member.user) if changes and not member.may(EDIT) else rows)


def milestone_for(member: Member, milestone: UUID) -> Milestone:
    """A milestone of an item that the member may change; Http404 otherwise."""
    rows = Milestone.objects.select_related("item__owner").filter(id=milestone, item__in=items_seen(member))
    return one_or_404(rows if member.may(EDIT) else rows.filter(item__owner=member.user))
