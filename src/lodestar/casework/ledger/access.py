"""What is owed, and what was handed on, each with the right to see it."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet
from django.http import Http404

from lodestar.casework.cases.access import at_the_desk, is_theirs, or_404, units_of, visible
from lodestar.casework.ledger.models import Handover, Obligation
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission, Reach


def obligation_for(member: Member, obligation: UUID, permission: Permission) -> Obligation:
    """One thing owed in a case that the member sees; Http404 otherwise."""
    rows = Obligation.objects.select_related("case", "person", "holder").annotate(**is_theirs(member, "case__"))
    rows = rows.exclude(state="not_owed")
    here = visible(member, "case__", besides=at_the_desk(member, permission, pk=OuterRef("person_id")))
    return or_404(rows.filter(here, id=obligation).first() if member.may(permission) else None)


def may_see_task(member: Member, obligation_id: UUID) -> bool:
    """Whether a task of a case that the member sees opens for them: at the custody desk (`as_seen`) only one of a person held
    now or released lately. One query at the desk, none elsewhere."""
    if member.only is None:
        return True
    here = at_the_desk(member, Permission.CASE_VIEW, pk=OuterRef("person_id"))
    return Obligation.objects.filter(here, id=obligation_id).exists()


def obligations_to_change(member: Member, ids: Collection[UUID]) -> list[Obligation]:
    """Those of these that are open and that the member may give to a colleague, remind of or agree a time for: in cases of
    their own unit or below, or of the force for who serves it; of a sealed case its named owners alone. The rest is left out.

    Http404 for whoever gives no cases.
    """
    if not member.may(Permission.CASE_GIVE):
        raise Http404
    rows = Obligation.objects.select_related("case", "person", "holder").filter(id__in=ids, state="open")
    rows = rows.filter(visible(member, "case__"))
    if Reach.TENANT not in member.reaches:
        rows = rows.filter(Q(sealed=True) | Q(unit__in=units_of(member)))
    return list(rows.order_by("-gravity", "sort_at", "id"))


def waiting_hand_ons(member: Member) -> QuerySet[Handover]:
    """What officers handed on and nobody has taken, of the cases the member sees."""
    if not member.may(Permission.HAND_ON_TAKE):
        raise Http404
    return Handover.objects.select_related("obligation", "by").filter(
        visible(member, "obligation__case__"), taken_at__isnull=True, obligation__state="open"
    )
