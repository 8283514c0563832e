"""Who may see a place or an organisation: everyone in the force who may record them."""

from uuid import UUID

from django.http import Http404

from lodestar.directory.entities.models import Entity, Organisation, Place
from lodestar.platform.accounts.access import Member, one_or_404
from lodestar.platform.accounts.permissions import Permission

KINDS: dict[str, type[Entity]] = {"places": Place, "organisations": Organisation}


def model_of(kind: str) -> type[Entity]:
    """The table of a kind, as an address names it. Http404 for any other."""
    if kind not in KINDS:
        raise Http404
    return KINDS[kind]


def entity_for(member: Member, kind: str, entity: UUID) -> Entity:
    """A place or an organisation of the force. Http404 where there is none, or the member may not record them."""
    model = model_of(kind)
    if not member.may(Permission.ENTITY_RECORD):
        raise Http404
    return one_or_404(model._default_manager.select_related("recorded_by").filter(id=entity))
