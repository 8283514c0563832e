"""The only way to an offence of a person: together with the right to see their case."""

from uuid import UUID

from lodestar.casework.cases.access import or_404, person_for
from lodestar.casework.cases.models import AllegedOffence, Case
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission


def offences_in(case: Case) -> list[AllegedOffence]:
    """What anybody in a case is suspected of, in the order recorded: the place in this list is the number of an offence within
    the case, on pages and in `./lodestar cps summary`."""
    return list(AllegedOffence.objects.filter(person__case=case).order_by("id"))


def offences_for(
    member: Member, person: UUID, offence: UUID, permission: Permission, *, viewed: bool
) -> tuple[AllegedOffence, list[AllegedOffence], int]:
    """One offence of a person, all of theirs in the order recorded, and the number of the one within the case, if the member
    holds the permission and sees the case; Http404 otherwise, and where the offence is somebody else's. `viewed` writes the
    showing into the log."""
    suspect = person_for(member, person, permission, viewed=viewed)
    of_case = offences_in(suspect.case)
    rows = [row for row in of_case if row.person_id == suspect.id]
    wanted = or_404(next((row for row in rows if row.id == offence), None))
    for row in rows:
        row.person = suspect
    return wanted, rows, of_case.index(wanted) + 1
