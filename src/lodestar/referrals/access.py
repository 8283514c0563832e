"""The only way to a referral: together with the right to see the case of its person."""

from uuid import UUID

from django.http import Http404
from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.accounts.permissions import Permission
from lodestar.cases.access import visible
from lodestar.record import actions as record
from lodestar.referrals.models import Referral


def nrm_referral_for(member: Member, referral: UUID, permission: Permission, *, viewed: bool) -> Referral:
    """The NRM referral of this id, if the member holds the permission and sees its case; Http404 otherwise.

    A notification gets no decision, so it is not there.
    """
    found = None
    if member.may(permission):
        rows = Referral.objects.select_related("person__case", "recorded_by")
        found = rows.filter(visible(member, "person__case__"), id=referral, route="nrm").first()
    if found is None:
        raise Http404
    if viewed:
        person = found.person
        record.append(
            "cases.person_viewed",
            by=member.user,
            role=member.role,
            at=timezone.now(),
            case=person.case_id,
            people=[person.id],
        )
    return found
