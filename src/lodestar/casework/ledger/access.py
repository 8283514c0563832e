"""What is owed, and what was handed on, each with the right to see it."""

from uuid import UUID

from django.db.models import OuterRef, QuerySet
from django.http import Http404

from lodestar.casework.cases.access import at_the_desk, or_404, visible
from lodestar.casework.ledger.models import Handover, Obligation
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission


def obligation_for(member: Member, obligation: UUID, permission: Permission) -> Obligation:
    """One thing owed in a case that the member sees; Http404 otherwise."""
    rows = Obligation.objects.select_related("case", "person", "holder").exclude(state="not_owed")
    here = visible(member, "case__", besides=at_the_desk(member, permission, pk=OuterRef("person_id")))
    return or_404(rows.filter(here, id=obligation).first() if member.may(permission) else None)


def waiting_hand_ons(member: Member) -> QuerySet[Handover]:
    """What officers handed on and nobody has taken, of the cases the member sees."""
    if not member.may(Permission.HAND_ON_TAKE):
        raise Http404
    return Handover.objects.select_related("obligation", "by").filter(
        visible(member, "obligation__case__"), taken_at__isnull=True
    )
