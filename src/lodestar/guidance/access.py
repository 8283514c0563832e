"""Who may read which document: everybody what is published or was, editors the drafts too."""

from uuid import UUID

from django.http import Http404

from lodestar.accounts.access import Member
from lodestar.accounts.permissions import Permission
from lodestar.guidance.models import Version

_SHOWN = ("published", "withdrawn")  # a withdrawn one as history
_ORDER = {"published": 0, "approved": 1, "draft": 2, "withdrawn": 3, "superseded": 4}


def version_for(member: Member, document_id: UUID) -> Version:
    """The version of a document that the member reads: the one published, to editors also the one under way, else the
    one withdrawn last; Http404 where there is none for them."""
    states = (*_SHOWN, "draft", "approved") if member.may(Permission.GUIDANCE_EDIT) else _SHOWN
    rows = Version.objects.select_related("document", "document__supersedes").filter(
        document=document_id, state__in=states
    )
    found = sorted(rows, key=lambda row: (_ORDER[row.state], -row.number))
    if not found:
        raise Http404
    return found[0]
