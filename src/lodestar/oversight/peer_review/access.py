"""Who sees which peer review, case and finding: the coordinator all of them but no case; the reviewer their own, in its days."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from lodestar.casework.cases.models import Person
from lodestar.oversight.peer_review.models import UNSEALED, PeerFinding, PeerReview, SampleCase
from lodestar.oversight.peer_review.rules import AREA
from lodestar.platform.accounts.access import Member, one_or_404
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import at_work
from lodestar.platform.audit.actions import audit

MANAGE, DO = Permission.PEER_REVIEW_MANAGE, Permission.PEER_REVIEW_DO


def reviews_seen(member: Member) -> QuerySet[PeerReview]:
    """All reviews for who manages them; for a reviewer their own once it is under way, from its first to its last day."""
    rows, today = PeerReview.objects.select_related("owner", "reviewer"), timezone.localdate()
    if member.may(MANAGE):
        return rows
    rows = rows.filter(reviewer=member.user, first__lte=today, last__gte=today, state__in=["under_way", "reported"])
    return rows if member.may(DO) else rows.none()


def review_for(member: Member, review_id: UUID) -> PeerReview:
    """The review of this id, if the member sees it; Http404 otherwise."""
    return one_or_404(reviews_seen(member).filter(id=review_id))


def may_see_review(member: Member, peer_review_id: UUID) -> bool:
    """Whether the page of a review opens for the member. One query."""
    return reviews_seen(member).filter(id=peer_review_id).exists()


def sample_seen(member: Member) -> QuerySet[SampleCase]:
    """The cases that a member reviews now, by number; none that was sealed after it was drawn."""
    rows = SampleCase.objects.select_related("case", "review").filter(case__sealed=False, review__in=reviews_seen(member))
    rows = rows.filter(review__reviewer=member.user, review__state="under_way").order_by("number")
    return rows if member.may(DO) else rows.none()


def case_for(member: Member, review_id: UUID, number: int) -> SampleCase:
    """A case of the sample, for its reviewer alone; Http404 otherwise. The sensitive look at the case and its people is written
    into the log."""
    drawn = one_or_404(sample_seen(member).filter(review=review_id, number=number))
    people = list(Person.objects.filter(case=drawn.case_id).values_list("id", flat=True))
    audit("peer.case_viewed", by=member, at=timezone.now(), case=drawn.case_id, people=people, subject=str(drawn.id))
    return drawn


def findings_seen(member: Member) -> QuerySet[PeerFinding]:
    """All findings for who manages reviews; for a reviewer those of their own and the areas of earlier ones, to be judged. None
    about a case that was sealed since."""
    rows = PeerFinding.objects.select_related("review", "drawn", "owner", "plan_item").filter(UNSEALED)
    if member.may(MANAGE):
        return rows
    own = reviews_seen(member)
    later = own.filter(first__gt=OuterRef("review__last"))
    return rows.filter(Q(review__in=own) | Q(Exists(later), kind=AREA, review__reported_at__isnull=False))


def finding_for(member: Member, finding_id: UUID) -> PeerFinding:
    """A finding that the member sees; Http404 otherwise."""
    return one_or_404(findings_seen(member).filter(id=finding_id))


def possible_reviewers() -> dict[str, str]:
    """Who may be named as reviewer, by id: a peer reviewer and nothing else, whose last day is set."""
    rows = at_work(DO).filter(roles=["peer_reviewer"], to_date__isnull=False)
    return {str(row.user_id): row.user.name for row in rows}
