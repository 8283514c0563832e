"""Letters, each with the right to see it."""

from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from lodestar.casework.cases.access import or_404, visible
from lodestar.casework.decisions.models import Letter, LetterFiled
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.audit.actions import audit


def letter_for(member: Member, letter: UUID, permission: Permission, *, viewed: bool) -> Letter:
    """The letter of this id, if the member holds the permission and sees a case that it is filed in; what waits to be filed, or
    was put aside, is the coordinator's. Http404 otherwise."""
    theirs = LetterFiled.objects.filter(visible(member, "referral__person__case__"), referral__isnull=False)
    sees = Q(id__in=theirs.filter(letter=letter).values("letter"))
    if member.may(Permission.REFERRALS_COORDINATE):
        sees |= Q(waits=True) | Q(filed__how="aside")
    letter_row = or_404(Letter.objects.filter(sees, id=letter).first() if member.may(permission) else None)
    if viewed:
        audit("referrals.letter_viewed", by=member, at=timezone.now(), subject=str(letter_row.id))
    return letter_row
