"""Who sees which deep dive, case, dispute and finding. A case that was sealed after it was drawn is nobody's here."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from lodestar.casework.cases.access import visible
from lodestar.casework.cases.models import Case, Person
from lodestar.oversight.deep_dives.models import CaseReview, DeepDive, Dispute, DrawnCase, Finding
from lodestar.oversight.deep_dives.rules.questions import refusal_of
from lodestar.platform.accounts.access import Member, one_or_404
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import at_work, in_force
from lodestar.platform.audit.actions import audit
from lodestar.platform.audit.models import Event

VIEWED = "dives.case_viewed"
DRAW, REVIEW = Permission.DEEP_DIVE_DRAW, Permission.DEEP_DIVE_REVIEW


def own_reviews(member: Member) -> QuerySet[CaseReview]:
    """The reviews that a member was given and has still, each with its case."""
    rows = CaseReview.objects.filter(reviewer=member.user, withdrawn_at__isnull=True, drawn__case__sealed=False)
    rows = rows.select_related("drawn__case", "drawn__dive")
    return rows if member.may(REVIEW) else rows.none()


def dives_seen(member: Member) -> QuerySet[DeepDive]:
    """All deep dives for whoever draws them and for those who read figures; for a reviewer those in which they have a case."""
    if member.may(DRAW) or member.may(Permission.FIGURE_VIEW):
        return DeepDive.objects.select_related("drawn_by")
    return DeepDive.objects.select_related("drawn_by").filter(Exists(own_reviews(member).filter(drawn__dive=OuterRef("pk"))))


def dive_for(member: Member, dive_id: UUID) -> DeepDive:
    """The deep dive of this id, if the member sees it; Http404 otherwise."""
    return one_or_404(dives_seen(member).filter(id=dive_id))


def drawn_for(member: Member, dive_id: UUID, number: int) -> DrawnCase:
    """A case of a sample, for whoever draws; Http404 otherwise."""
    rows = DrawnCase.objects.select_related("case", "dive").filter(dive=dive_id, number=number, case__sealed=False)
    return one_or_404(rows if member.may(DRAW) else rows.none())


def review_for(member: Member, dive_id: UUID, number: int, *, viewed: str = "") -> CaseReview:
    """The member's own review of a case; Http404 otherwise. `viewed` writes a sensitive look at that part of the case and at its
    people into the log."""
    review = one_or_404(own_reviews(member).filter(drawn__dive=dive_id, drawn__number=number))
    if viewed:
        case = review.drawn.case
        people = list(Person.objects.filter(case=case).values_list("id", flat=True))
        about: dict[str, Any] = {"case": case.id, "people": people, "subject": str(review.id), "fields": [viewed]}
        audit(VIEWED, by=member, at=timezone.now(), **about)
    return review


def parts_opened(review: CaseReview) -> set[str]:
    """The parts of the material of a case that its reviewer has opened, as the log has them."""
    looks = Event.objects.filter(code=VIEWED, by=review.reviewer_id, case=review.drawn.case_id, subject=str(review.id))
    return {part for parts in looks.values_list("fields", flat=True) for part in parts}


def result_for(member: Member, dive_id: UUID, number: int) -> DrawnCase:
    """A case of a sample that is graded: for its owner and their supervisor, where they see the case, and for whoever draws;
    Http404 otherwise."""
    rows = DrawnCase.objects.select_related("case__owner", "dive").filter(dive=dive_id, number=number, case__sealed=False)
    drawn = one_or_404(rows.filter(decided_on__isnull=False).filter(Q() if member.may(DRAW) else visible(member, "case__")))
    if not (member.may(DRAW) or may_dispute(member, drawn)):
        raise Http404
    return drawn


def may_dispute(member: Member, drawn: DrawnCase) -> bool:
    """Whether somebody owns the case or supervises whoever does."""
    owner = drawn.case.owner_id or drawn.case.interim_owner_id
    return member.user == owner or member.user in Reviewers([drawn.case]).managers[owner]


def dispute_for(member: Member, dispute_id: UUID) -> Dispute:
    """A dispute, for whoever draws; Http404 otherwise."""
    rows = Dispute.objects.select_related("drawn__case", "drawn__dive", "disputed_by")
    rows = rows.filter(id=dispute_id, drawn__case__sealed=False)
    return one_or_404(rows if member.may(DRAW) else rows.none())


def findings_seen(member: Member) -> QuerySet[Finding]:
    """All findings for whoever draws; for others their own; needs of training also for those who keep training."""
    rows = Finding.objects.select_related("dive", "drawn__case", "owner")
    rows = rows.filter(Q(drawn__isnull=True) | Q(drawn__case__sealed=False))
    if member.may(DRAW):
        return rows
    needs = ~Q(training_role="") if member.may(Permission.TRAINING_MANAGE) else Q(pk__in=[])
    return rows.filter(Q(owner=member.user) | needs)


def finding_for(member: Member, finding_id: UUID) -> Finding:
    """A finding that the member sees; Http404 otherwise."""
    return one_or_404(findings_seen(member).filter(id=finding_id))


class Reviewers:
    """Who may review: members who hold the permission, and why not each of some cases. Read once for all of them."""

    def __init__(self, cases: Iterable[Case]) -> None:
        rows = list(cases)
        self.members = {row.user_id: row.user.name for row in at_work(Permission.DEEP_DIVE_REVIEW)}
        owners = {case.owner_id or case.interim_owner_id for case in rows}
        today = in_force(timezone.localdate()).filter(user__is_active=True)
        units = list(today.filter(user__in=owners).values_list("user_id", "unit_id"))
        led: dict[UUID, set[UUID]] = defaultdict(set)
        supervisors = today.filter(unit__in=[unit for _, unit in units], roles__contains=["supervisor"])
        for user, unit in supervisors.values_list("user_id", "unit_id"):
            led[unit].add(user)
        self.managers: dict[UUID, set[UUID]] = defaultdict(set)
        for user, unit in units:
            self.managers[user] |= led[unit] - {user}

    def refusal(self, reviewer: UUID, case: Case, before: Iterable[UUID] = ()) -> str:
        """Why this reviewer may not have the case, as a code; empty where they may."""
        return refusal_of(reviewer, case, self.managers[case.owner_id or case.interim_owner_id], set(before))
