"""Who sees requirements: whoever holds the permission sees all of the force, since they name nobody."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from lodestar.oversight.measures.rules.facts import Period
from lodestar.oversight.requirements.evidence import Evidence, Reference, read_evidence
from lodestar.oversight.requirements.models import Requirement, RequirementLink
from lodestar.oversight.requirements.rules.small_numbers import as_it_leaves
from lodestar.platform.accounts.access import Member, one_or_404
from lodestar.platform.accounts.permissions import Permission

VIEW, EDIT = Permission.OVERSIGHT_VIEW, Permission.REQUIREMENT_EDIT

OF_FORCE = (Permission.FIGURE_VIEW, Permission.RESPONSE_APPROVE)
OPENS = {
    "/measures": Permission.FIGURE_VIEW, "/deep-dives": Permission.FIGURE_VIEW, "/training": Permission.TRAINING_MANAGE,
    "/peer-reviews": Permission.PEER_REVIEW_MANAGE,
}  # fmt: skip


def sees_small_numbers(member: Member) -> bool:
    """Whether the member sees the numbers of the force anyhow. Others, as those of its policing body, read evidence of the usual
    days alone and without small numbers: of days that they choose one count could be taken from another."""
    return any(member.may(permission) for permission in OF_FORCE)


def evidence_for(
    member: Member, references: Iterable[Reference], period: Period, at: datetime
) -> dict[Reference, Evidence]:  # fmt: skip
    """The evidence of these references as this member may see it."""
    evidence = read_evidence(references, period, at)
    return evidence if sees_small_numbers(member) else {key: as_it_leaves(each) for key, each in evidence.items()}


def may_open(member: Member, href: str) -> bool:
    """Whether the member may open the page of a piece of evidence."""
    return all(member.may(permission) for begins, permission in OPENS.items() if href.startswith(begins))


def requirement_for(member: Member, requirement: UUID, permission: Permission = VIEW) -> Requirement:
    """A requirement of the force; Http404 otherwise."""
    rows = Requirement.objects.filter(id=requirement)
    return one_or_404(rows if member.may(permission) else rows.none())


def link_for(member: Member, link: UUID) -> RequirementLink:
    """A link that is not taken back, for who may change it; Http404 otherwise."""
    rows = RequirementLink.objects.filter(id=link, removed_at__isnull=True).select_related("requirement")
    return one_or_404(rows if member.may(EDIT) else rows.none())
