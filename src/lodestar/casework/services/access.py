"""The only way to a service."""

from uuid import UUID

from lodestar.casework.cases.access import or_404
from lodestar.casework.services.models import Service
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission


def service_for(member: Member, service_id: UUID, permission: Permission) -> Service:
    """The service of this id, if the member holds the permission; Http404 otherwise."""
    rows = Service.objects.select_related("changed_by").filter(id=service_id)
    return or_404(rows.first() if member.may(permission) else None)
