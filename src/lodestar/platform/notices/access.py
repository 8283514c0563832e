"""Which notices a member sees: their own, and none about a case that they do not see any more."""

from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from lodestar.platform.accounts.access import Member, one_or_404
from lodestar.platform.notices.kinds import KINDS, cases_seen
from lodestar.platform.notices.models import Notice


def notices_of(member: Member) -> QuerySet[Notice]:
    """The member's notices, the latest first, each with who gave it and the `reference` of its case."""
    seen = cases_seen(member).filter(id=OuterRef("case")).values("reference")[:1]
    rows = Notice.objects.filter(to_id=member.user, kind__in=KINDS).annotate(reference=Subquery(seen))
    rows = rows.filter(Q(case__isnull=True) | Q(reference__isnull=False))
    return rows.select_related("by").order_by("-at", "-id")


def unopened(member: Member) -> QuerySet[Notice]:
    """Those of them that the member has not opened."""
    return notices_of(member).filter(opened_at__isnull=True)


def notice_for(member: Member, notice: UUID) -> Notice:
    """One notice of the member's; Http404 otherwise."""
    return one_or_404(notices_of(member).filter(id=notice))
