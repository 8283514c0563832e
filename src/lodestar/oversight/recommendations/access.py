"""Who sees reports and recommendations, who may record which step of an answer, and who may move a recommendation whither."""

from uuid import UUID

from django.db.models import QuerySet

from lodestar.oversight.recommendations.models import Recommendation, Report, ReportStep
from lodestar.oversight.recommendations.rules import CLAIMED, REOPENED, STATES, STEPS, VERIFIED
from lodestar.platform.accounts.access import Member, one_or_404
from lodestar.platform.accounts.permissions import Permission

VIEW, EDIT, VERIFY = Permission.OVERSIGHT_VIEW, Permission.RECOMMENDATION_EDIT, Permission.RECOMMENDATION_VERIFY


def reports_seen(member: Member) -> QuerySet[Report]:
    """Every report, for those who see oversight."""
    return Report.objects.all() if member.may(VIEW) else Report.objects.none()


def report_for(member: Member, report_id: UUID) -> Report:
    """The report of this id; Http404 for who does not see it."""
    return one_or_404(reports_seen(member).filter(id=report_id))


def recommendations_seen(member: Member) -> QuerySet[Recommendation]:
    """Every recommendation with its report and owner, for those who see oversight."""
    rows = Recommendation.objects.select_related("report", "owner", "requirement")
    return rows if member.may(VIEW) else rows.none()


def recommendation_for(member: Member, recommendation_id: UUID) -> Recommendation:
    """The recommendation of this id; Http404 for who does not see it."""
    return one_or_404(recommendations_seen(member).filter(id=recommendation_id))


def recorder_of(step: str) -> Permission:
    """Held by those whose own step it is: the chief officer's comments are the chief officer's, every other the body's."""
    return Permission.RESPONSE_APPROVE if step == "chief_comments" else Permission.RESPONSE_COMMENT


def steps_recorded_by(member: Member) -> list[str]:
    """The steps of an answer that a member may record: all for a coordinator, their own for a chief officer or policing body."""
    return [step for step in STEPS if member.may(EDIT) or member.may(recorder_of(step))]


def step_for(member: Member, step_id: UUID) -> ReportStep:
    """A step that was not withdrawn and that the member may withdraw, being theirs to record; Http404 otherwise."""
    rows = ReportStep.objects.select_related("report").filter(withdraws__isnull=True, withdrawals__isnull=True)
    return one_or_404(rows.filter(id=step_id, step__in=steps_recorded_by(member), report__in=reports_seen(member)))


def moves_for(member: Member, row: Recommendation) -> list[str]:
    """The states to which a member may take a recommendation: its owner alone claims that it is complete; who verifies holds that
    permission, is not its owner and did not claim it, and may also send back what was claimed, and reopen."""
    is_owner, verifies = member.user == row.owner_id, member.may(VERIFY)
    edits = is_owner or member.may(EDIT)
    may = {to: edits or (verifies and (to == REOPENED or row.state == CLAIMED)) for to in STATES.following(row.state)}
    may |= {CLAIMED: is_owner, VERIFIED: verifies and not is_owner and member.user != row.claimed_by_id}
    return [to for to in STATES.following(row.state) if may[to]]
