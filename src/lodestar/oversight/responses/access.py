"""Who sees which response, and which side may write it when."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from lodestar.oversight.recommendations.models import Recommendation
from lodestar.oversight.recommendations.rules import LOCAL
from lodestar.oversight.responses.models import Response
from lodestar.oversight.responses.rules.paragraphs import APPROVED, BODY, DRAFT, FORCE, SUBMITTED
from lodestar.platform.accounts.access import Member, one_or_404
from lodestar.platform.accounts.permissions import Permission

WRITE, APPROVE, COMMENT = Permission.RESPONSE_WRITE, Permission.RESPONSE_APPROVE, Permission.RESPONSE_COMMENT
GOVERNANCE = "governance"  # the part of a response that answers no recommendation


def responses_seen(member: Member) -> QuerySet[Response]:
    """All responses for those who write or approve them; for others who see oversight those that the chief officer approved."""
    rows = Response.objects.select_related("report")
    if not member.may(Permission.OVERSIGHT_VIEW):
        return rows.none()
    return rows if is_of_force(member) else rows.exclude(state__in=[DRAFT, SUBMITTED])


def is_of_force(member: Member) -> bool:
    """Whether the member writes or approves responses: everybody else reads them with small numbers hidden, as they leave."""
    return member.may(WRITE) or member.may(APPROVE)


def response_for(member: Member, response_id: UUID) -> Response:
    """The response of this id; Http404 for who does not see it."""
    return one_or_404(responses_seen(member).filter(id=response_id))


def side_of(member: Member, response: Response) -> str:
    """For which side the member may write just now: the force while it is a draft, its policing body once it is approved; empty
    where they may not."""
    if member.may(WRITE) and response.state == DRAFT:
        return FORCE
    return BODY if member.may(COMMENT) and response.state == APPROVED else ""


def part_for(response: Response, part: str) -> Recommendation | None:
    """The recommendation with this code, None for governance; Http404 for a part that the response does not have."""
    if part == GOVERNANCE:
        return None
    rows = response.report.recommendations.select_related("requirement")
    for row in rows.filter(addressees__overlap=[*LOCAL]):
        if row.code == part:
            return row
    raise Http404
