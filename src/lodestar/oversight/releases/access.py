"""Which table of a period somebody may see and give out."""

from uuid import UUID

from lodestar.oversight.releases.models import Release
from lodestar.platform.accounts.access import Member, one_or_404
from lodestar.platform.accounts.permissions import Permission


def release_for(member: Member, release: UUID) -> Release:
    """A table of a period, for whoever may give them out; Http404 otherwise."""
    rows = Release.objects.select_related("made_by").filter(id=release)
    return one_or_404(rows if member.may(Permission.EXPORT) else rows.none())
