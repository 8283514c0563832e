"""Who may give an authority: besides the permission, the rank that stands on the membership."""

from django.http import Http404

from lodestar.casework.cases.access import case_for
from lodestar.casework.cases.models import Case
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import DETECTIVE_INSPECTORS, Permission


def may_authorise(member: Member) -> bool:
    """Whether the member may give a detective inspector's authority."""
    return member.may(Permission.ALLOCATION_AUTHORISE) and member.rank in DETECTIVE_INSPECTORS


def case_to_authorise(member: Member, reference: str, *, viewed: bool) -> Case:
    """The case, for somebody of that rank who sees it; Http404 for anybody else."""
    if not may_authorise(member):
        raise Http404
    return case_for(member, reference, Permission.ALLOCATION_AUTHORISE, viewed=viewed)
