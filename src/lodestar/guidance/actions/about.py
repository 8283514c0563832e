"""What is said of a document besides its content: changed by one editor, marked until a second one has confirmed it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from lodestar.accounts.access import Member
from lodestar.guidance.actions.held import hold_document
from lodestar.guidance.actions.indexing import index_version, unindex_version
from lodestar.guidance.actions.stages import NotNow
from lodestar.guidance.models import Document, Version
from lodestar.guidance.queries.keeping import leads_to
from lodestar.record import actions as record

CIRCLE = "That is this document, or one that replaces it."


def change_about(*, by: Member, at: datetime, document: Document, said: Mapping[str, Any]) -> None:
    """Changes what is said of a document; the log says which fields. A new title is what search reads from now on. Where two
    people stood behind what is published, the change is marked until another editor confirms it; where a second person has
    still to look at the version, that is not whoever changed this."""
    hold_document(document)
    before = {name: getattr(document, name) for name, value in said.items() if getattr(document, name) != value}
    if not before:
        return
    for name in before:
        setattr(document, name, said[name])
    _needs_a_second(document, before, by, at)
    document.save(update_fields=[*before, "said_alone"])
    rows = Version.objects.select_for_update(of=("self",)).select_related("document")
    published = rows.filter(document=document, state="published", is_coming=False).first()
    if "title" in before and published is not None:
        unindex_version(published)
        index_version(published)
    record.append(
        "guidance.about_changed", by=by.user, role=by.role, at=at, subject=str(document.id), fields=sorted(before)
    )


def _needs_a_second(document: Document, before: Mapping[str, Any], by: Member, at: datetime) -> None:
    """Marks what was changed of a document, each with what it was before, on the row; the caller saves it. A change that is taken
    back leaves no mark."""
    rows = Version.objects.filter(document=document)
    standing = rows.filter(state="published", is_coming=False).first() or rows.order_by("-number").first()
    if standing is not None and _waits(standing, document):
        if by.user not in (standing.added_by_id, *standing.also_by):
            standing.also_by = [*standing.also_by, by.user]
            standing.save(update_fields=["also_by"])
        return
    marked = dict(document.said_alone)
    for name, was in before.items():
        first = marked[name]["before"] if name in marked else _kept(was)
        marked[name] = {"before": first, "by": str(by.user), "at": at.isoformat()}
        if first == _kept(getattr(document, name)):
            del marked[name]
    document.said_alone = marked


def _waits(version: Version, document: Document) -> bool:
    """Whether a second person has still to look at a version, and so at all that is said with it."""
    is_marked = version.state == "published" and version.is_alone and version.confirmed_at is None
    return version.state == "draft" or (is_marked and not document.is_own)


def _kept(value: Any) -> Any:
    """A value as the mark keeps it."""
    return value if value is None or isinstance(value, str | list | bool) else str(value)


def confirm_about(*, by: Member, at: datetime, document: Document) -> None:
    """A second editor confirms what others changed of what is said of a document. Raises NotNow."""
    hold_document(document)
    left = {name: mark for name, mark in document.said_alone.items() if mark["by"] == str(by.user)}
    confirmed = sorted(document.said_alone.keys() - left.keys())
    if not confirmed:
        raise NotNow("Someone else must confirm what you changed." if left else "It is not waiting for a second person.")
    document.said_alone = left
    document.save(update_fields=["said_alone"])
    record.append(
        "guidance.about_confirmed", by=by.user, role=by.role, at=at, subject=str(document.id), fields=confirmed
    )


def supersede(*, by: Member, at: datetime, document: Document, former: Document) -> None:
    """Says that one document replaces another, which is history from then on. Raises NotNow where they would replace each
    other."""
    list(Document.objects.select_for_update().filter(id__in=[document.id, former.id]).order_by("id"))
    document.refresh_from_db()
    former.refresh_from_db()
    if document.supersedes_id == former.id:
        return
    if leads_to(former, document):
        raise NotNow(CIRCLE)
    before = {"supersedes_id": document.supersedes_id}
    document.supersedes = former
    _needs_a_second(document, before, by, at)
    document.save(update_fields=["supersedes", "said_alone"])
    record.append("guidance.superseded", by=by.user, role=by.role, at=at, subject=str(former.id))
