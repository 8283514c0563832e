"""Who sees what of the library: drafts are their editors', what was published is everyone's, what was is history."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from lodestar.knowledge.library.models import Document, Version
from lodestar.platform.accounts.access import Member, one_or_404, units_below
from lodestar.platform.accounts.models import Unit
from lodestar.platform.accounts.permissions import Permission, Reach

BEFORE_PUBLISHED = ("draft", "approved", "refused")


def may_edit(member: Member) -> bool:
    """Whether the member keeps the library."""
    return member.may(Permission.GUIDANCE_EDIT)


def may_count(member: Member) -> bool:
    """Whether the member sees how many have read a document: who leads a unit, and whoever keeps the library."""
    return may_edit(member) or member.may(Permission.UNIT_WORK_VIEW)


def units_counted(member: Member) -> list[UUID] | None:
    """The units of which the member sees how many have read: their own and those below, or None for all of the force, for
    whoever keeps the library or serves the whole force. Http404 for everybody else."""
    if not may_count(member):
        raise Http404
    if may_edit(member) or Reach.TENANT in member.reaches:
        return None
    return units_below(member.unit, Unit.objects.only("id", "parent_id"))


def visible_versions(member: Member) -> QuerySet[Version]:
    """The versions that the member sees: an editor all, everyone else those that are or were published."""
    rows = Version.objects.select_related("document")
    if not member.may(Permission.GUIDANCE_READ):
        return rows.none()
    return rows if may_edit(member) else rows.exclude(state__in=BEFORE_PUBLISHED)


def visible_documents(member: Member) -> QuerySet[Document]:
    """The documents of which the member sees a version."""
    seen = visible_versions(member).filter(document=OuterRef("id"))
    return Document.objects.filter(Exists(seen))


def version_for(member: Member, version: UUID) -> Version:
    """The version of this id, if the member sees it; Http404 otherwise."""
    return one_or_404(visible_versions(member).filter(id=version))


def document_for(member: Member, document: UUID) -> Document:
    """The document of this id, if the member sees a version of it; Http404 otherwise."""
    return one_or_404(visible_documents(member).filter(id=document))


def version_shown(member: Member, document: Document, used: QuerySet[Version]) -> Version:
    """The version that a document's page shows: the one in use, of those that are `used`, else the latest that the member sees, a
    refused one last; Http404 for none."""
    rows = visible_versions(member).filter(document=document).order_by("-number")
    in_use = rows.filter(id__in=used.filter(document=document)).first()
    return in_use or rows.exclude(state="refused").first() or one_or_404(rows)
