"""What somebody outside is to be told of a person, or was: immigration, or whoever is told a safe address. For the one who
asked, for those who decide and for those who may tell it."""

from typing import NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Q
from django.http import Http404

from lodestar.casework.cases.access import DETECTIVE_INSPECTORS, visible
from lodestar.casework.disclosures.models import AddressDisclosure, ImmigrationDisclosure
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission

Asked = TypeVar("Asked", AddressDisclosure, ImmigrationDisclosure)


class _Rights(NamedTuple):
    """Who decides, tells and sees; and the column that says who had asked first, where it was told at another time."""

    decides: Permission
    tells: Permission
    sees: Permission
    first: str


_RIGHTS: dict[type, _Rights] = {
    AddressDisclosure: _Rights(
        Permission.ADDRESS_TELL_DECIDE, Permission.ADDRESS_RECORD, Permission.ADDRESS_VIEW, "first_asked_by"
    ),
    ImmigrationDisclosure: _Rights(
        Permission.IMMIGRATION_DECIDE, Permission.IMMIGRATION_TELL, Permission.IMMIGRATION_TELL, "proposed_by"
    ),
}


def _first(row: Asked) -> UUID | None:
    first_asker: UUID | None = getattr(row, f"{_RIGHTS[type(row)].first}_id")
    return first_asker


def may_decide(member: Member, asked: type[Asked]) -> bool:
    """Whether the member decides who outside is told: a detective inspector or above, by permission and rank."""
    return member.may(_RIGHTS[asked].decides) and member.rank in DETECTIVE_INSPECTORS


def may_tell(member: Member, row: Asked) -> bool:
    """Whether the member, who sees the case, may tell what was approved, or might before it was told: whoever works the case,
    and not only the one who asked, who may be off."""
    return bool(member.may(_RIGHTS[type(row)].tells) and row.approved and not row.happened_without)


def may_record_disclosure(member: Member, row: Asked) -> bool:
    """Whether the member, who sees the case, may write down that somebody was told as this was approved: once."""
    return may_tell(member, row) and row.told_at is None and not row.told_outside


def may_judge(member: Member, row: Asked) -> bool:
    """Whether the member decides of this one: who neither asked for it nor wrote down that it was told."""
    return may_decide(member, type(row)) and member.user not in (row.asked_by_id, _first(row))


def sees_why(member: Member, row: Asked) -> bool:
    """Whether the member is shown the reasons: the one who asked, and those who decide. A colleague who wrote down that it was
    told did not write them."""
    return (_first(row) or row.asked_by_id) == member.user or may_decide(member, type(row))


def asked_for(member: Member, asked: type[Asked], row: UUID) -> Asked:
    """What was asked, for the one who asked, for those who decide and for whoever may tell what was approved, while they see the
    case; Http404 otherwise."""
    rows = asked.objects.select_related("person__case", "asked_by", "decided_by", "told_by", _RIGHTS[asked].first)
    disclosure = rows.filter(visible(member, "person__case__"), id=row).first() if member.may(_RIGHTS[asked].sees) else None
    if disclosure is None or not (sees_why(member, disclosure) or may_tell(member, disclosure)):
        raise Http404
    return disclosure


def to_decide(member: Member, asked: type[Asked], most: int) -> list[Asked]:
    """What waits for a detective inspector, of the cases that the member sees and did not ask for themselves, the oldest first.
    Http404 for whoever decides nothing."""
    if not may_decide(member, asked):
        raise Http404
    first = _RIGHTS[asked].first
    rows = asked.objects.select_related("person__case", "asked_by").filter(decided_at__isnull=True)
    rows = rows.filter(visible(member, "person__case__")).exclude(asked_by_id=member.user)
    rows = rows.filter(Q(**{f"{first}__isnull": True}) | ~Q(**{first: member.user}))
    return list(rows.order_by("asked_at", "id")[:most])
