"""The only way to a service, and to the person whom a place is looked for."""

from uuid import UUID

from lodestar.casework.cases.access import or_404, person_for
from lodestar.casework.cases.models import Person
from lodestar.casework.services.models import Service
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission


def service_for(member: Member, service_id: UUID, permission: Permission) -> Service:
    """The service of this id, if the member holds the permission; Http404 otherwise."""
    rows = Service.objects.select_related("changed_by").filter(id=service_id)
    return or_404(rows.first() if member.may(permission) else None)


def person_to_place(member: Member, person_id: UUID, *, viewed: bool = False) -> Person:
    """The person for whom a place is looked for, where the member sees their case; Http404 otherwise."""
    return person_for(member, person_id, Permission.SERVICES_VIEW, viewed=viewed)
