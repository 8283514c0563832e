"""Who sees requirements: whoever holds the permission sees all of the force, since they name nobody."""

from uuid import UUID

from lodestar.oversight.requirements.models import Requirement, RequirementLink
from lodestar.platform.accounts.access import Member, one_or_404
from lodestar.platform.accounts.permissions import Permission

VIEW, EDIT = Permission.OVERSIGHT_VIEW, Permission.REQUIREMENT_EDIT


def requirement_for(member: Member, requirement: UUID, permission: Permission = VIEW) -> Requirement:
    """A requirement of the force; Http404 otherwise."""
    rows = Requirement.objects.filter(id=requirement)
    return one_or_404(rows if member.may(permission) else rows.none())


def link_for(member: Member, link: UUID) -> RequirementLink:
    """A link that is not taken back, for who may change it; Http404 otherwise."""
    rows = RequirementLink.objects.filter(id=link, removed_at__isnull=True).select_related("requirement")
    return one_or_404(rows if member.may(EDIT) else rows.none())
