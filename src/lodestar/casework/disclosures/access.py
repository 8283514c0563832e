"""What somebody outside is to be told of a person, or was: immigration, or whoever is told a safe address. For the one who
asked, for those who decide and for those who may tell it."""

from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from lodestar.casework.cases.access import visible
from lodestar.casework.disclosures.models import DisclosureApproval
from lodestar.platform.accounts.access import Member
from lodestar.platform.approvals.access import approval_for, waiting_for

Asked = TypeVar("Asked", bound=DisclosureApproval)


def may_tell(member: Member, row: DisclosureApproval) -> bool:
    """Whether the member, who sees the case, may tell what was approved, or might before it was told: whoever works the case,
    and not only the one who asked, who may be off."""
    return bool(member.may(row.tells) and row.approved and not row.happened_without)


def may_record_disclosure(member: Member, row: DisclosureApproval) -> bool:
    """Whether the member, who sees the case, may write down that somebody was told as this was approved: once."""
    return may_tell(member, row) and row.told_at is None and not row.told_outside


def _seen(member: Member, asked: type[Asked]) -> QuerySet[Asked]:
    rows = asked._default_manager.select_related("person__case", "asked_by", "decided_by", "told_by", asked.askers[0])
    return rows.filter(visible(member, "person__case__"))


def asked_for(member: Member, asked: type[Asked], row: UUID) -> Asked:
    """What was asked, as `approval_for`, while the member sees the case."""
    return approval_for(member, _seen(member, asked), row, may_tell)


def to_decide(member: Member, asked: type[Asked], most: int) -> list[Asked]:
    """What waits for the member's decision, as `waiting_for`, of the cases that they see."""
    return waiting_for(member, _seen(member, asked), most)
