"""The only way to an offence of a person: together with the right to see their case."""

from uuid import UUID

from lodestar.casework.cases.access import or_404, person_for
from lodestar.casework.cases.models import AllegedOffence
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission


def offences_for(
    member: Member, person: UUID, offence: UUID, permission: Permission, *, viewed: bool
) -> tuple[AllegedOffence, list[AllegedOffence]]:
    """One offence of a person, and all of theirs in the order recorded, if the member holds the permission and sees the
    case; Http404 otherwise, and where the offence is somebody else's. `viewed` writes the showing into the log."""
    suspect = person_for(member, person, permission, viewed=viewed)
    rows = list(AllegedOffence.objects.filter(person=suspect).order_by("id"))
    wanted = or_404(next((row for row in rows if row.id == offence), None))
    for row in rows:
        row.person = suspect
    return wanted, rows
