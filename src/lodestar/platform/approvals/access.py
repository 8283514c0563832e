"""Who decides what somebody else asked, who sees it and why it was asked, and what waits for whom."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from lodestar.platform.accounts.access import Member
from lodestar.platform.approvals.models import Approval

Asked = TypeVar("Asked", bound=Approval)


def may_decide(member: Member, asked: type[Approval]) -> bool:
    """Whether the member decides of this kind, by permission and rank."""
    return member.may(asked.decides) and (asked.ranks is None or member.rank in asked.ranks)


def may_judge(member: Member, row: Approval) -> bool:
    """Whether the member decides of this one: who did not ask for it."""
    return may_decide(member, type(row)) and member.user not in row.asker_ids


def sees_why(member: Member, row: Approval) -> bool:
    """Whether the member is shown the reasons: the one whose they are, and those who decide."""
    return row.asker_ids[0] == member.user or may_decide(member, type(row))


def approval_for(member: Member, seen: QuerySet[Asked], row: UUID, may_use: Callable[[Member, Asked], bool]) -> Asked:
    """One of those whose subject the member sees (`seen`): for the one who asked, for those who decide, and for whoever may
    use what was approved; Http404 otherwise."""
    approval = seen.filter(id=row).first() if member.may(seen.model.sees) else None
    if approval is None or not (sees_why(member, approval) or may_use(member, approval)):
        raise Http404
    return approval


def waiting_for(member: Member, seen: QuerySet[Asked], most: int) -> list[Asked]:
    """Of those whose subject the member sees, what waits for their decision and they did not ask for, the oldest first.
    Http404 for whoever decides nothing."""
    if not may_decide(member, seen.model):
        raise Http404
    waiting = seen.filter(decided_at__isnull=True)
    for column in seen.model.askers:
        waiting = waiting.exclude(**{column: member.user})
    return list(waiting.order_by("asked_at", "id")[:most])
