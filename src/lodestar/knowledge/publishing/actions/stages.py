"""The stages of a version, and what is said of its document: approved, published, withdrawn, brought back, each by two."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from lodestar.knowledge.library.actions import mark_anew
from lodestar.knowledge.library.models import Document, Passage, Version
from lodestar.knowledge.library.queries.library import document_of, hold, hold_document, said_now, with_said
from lodestar.knowledge.publishing.actions.intake import NO_CAPTIONS
from lodestar.knowledge.publishing.queries import leads_to
from lodestar.knowledge.search.actions import index_version, unindex_version
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit


class NotNow(ValueError):
    """The version cannot take this step; the words say why."""


def approve(*, by: Member, at: datetime, version: Version) -> None:
    """A second person approves a draft. Raises NotNow."""
    hold(version)
    if version.state != "draft":
        raise NotNow("Only a draft can be approved.")
    if by.user in (version.added_by_id, *version.also_by):
        raise NotNow("Someone else must approve what you added.")
    version.state, version.approved_at, version.approved_by_id = "approved", timezone.now(), by.user
    version.save(update_fields=["state", "approved_at", "approved_by"])
    audit("guidance.approved", by=by, at=at, subject=str(version.id))


def refuse(*, by: Member, at: datetime, version: Version, because: str) -> None:
    """A draft, or an approved version, is not published, with the reason. It is kept, and editors see it. Raises NotNow."""
    hold(version)
    if version.state not in ("draft", "approved"):
        raise NotNow("Only what is not published yet can be refused.")
    version.state, version.refused_at, version.refused_by_id = "refused", timezone.now(), by.user
    version.refused_because = because.strip()[:400]
    version.save(update_fields=["state", "refused_at", "refused_by", "refused_because"])
    audit("guidance.refused", by=by, at=at, subject=str(version.id))


def publish(*, by: Member, at: datetime, version: Version, alone: bool = False, count: bool = True) -> None:
    """Publishes an approved version, or with `alone` a draft, which is marked so until a second person confirms it.

    The version published before is superseded, and what was said of the document with this one holds. One that is valid from a
    later day on does not take the place of another before that day. Raises NotNow.
    """
    document = hold(version)
    if version.state != "approved" and not (alone and version.state == "draft"):
        raise NotNow("A second person has to approve it first.")
    if version.media_type.startswith("video/") and not version.captions:
        raise NotNow(NO_CAPTIONS)
    standing = list(Version.objects.filter(document=document, state="published").order_by("number"))
    if standing and standing[-1].number > version.number:
        raise NotNow(f"Version {standing[-1].number} is published and newer. Refuse this one, or add it again.")
    _open_ended(version)
    begins = document_of(version).valid_from
    if standing and begins is not None and begins > timezone.localdate(at):
        raise NotNow(f"It is valid from {begins:%-d %B %Y}, and an earlier version is in use: publish it on that day.")
    version.is_alone = version.state == "draft"
    version.state, version.published_at, version.published_by_id = "published", timezone.now(), by.user
    _end(standing)
    _apply_to_document(version)
    version.save(update_fields=["state", "is_alone", "said", "published_at", "published_by"])
    mark_anew(version)
    index_version(version, count=count)
    audit("guidance.published", by=by, at=at, subject=str(version.id))


def _end(versions: Iterable[Version]) -> None:
    """Published versions that another takes the place of: search reads them no more, and what is said of the document stays
    with the one that was in use."""
    for version in versions:
        unindex_version(version)
        Version.objects.filter(id=version.id).update(state="superseded", about=said_now(version.document))


def _open_ended(version: Version) -> None:
    """A first day said with a version after the last day of the one before it ends that last day, and the other way round."""
    details, document = version.said, document_of(version)
    if document.valid_from and document.valid_to and document.valid_to < document.valid_from:
        version.said = {"valid_to": None, **details} if "valid_from" in details else {"valid_from": None, **details}


def _apply_to_document(version: Version) -> None:
    """What was said of the document with this version holds from now on."""
    document = version.document
    updated = with_said(document, version.said)
    for name in version.said:
        setattr(document, name, getattr(updated, name))
    if version.said:
        document.save(update_fields=list(version.said))


def confirm(*, by: Member, at: datetime, version: Version) -> None:
    """A second person confirms what was published without one. Raises NotNow."""
    hold(version)
    if version.state != "published" or not version.is_alone or version.confirmed_at is not None:
        raise NotNow("It is not waiting for a second person.")
    if by.user in (version.added_by_id, version.published_by_id, *version.also_by):
        raise NotNow("Someone else must confirm what you published.")
    version.confirmed_at, version.confirmed_by_id = timezone.now(), by.user
    version.save(update_fields=["confirmed_at", "confirmed_by"])
    audit("guidance.confirmed", by=by, at=at, subject=str(version.id))


def withdraw(*, by: Member, at: datetime, version: Version, because: str) -> None:
    """Takes a published version out of use, with the reason. It stays as history. Raises NotNow."""
    hold(version)
    if version.state != "published":
        raise NotNow("Only what is published can be withdrawn.")
    unindex_version(version)
    version.about = said_now(document_of(version))
    version.state, version.withdrawn_at, version.withdrawn_by_id = "withdrawn", timezone.now(), by.user
    version.withdrawn_because = because.strip()[:400]
    version.save(update_fields=["state", "about", "withdrawn_at", "withdrawn_by", "withdrawn_because"])
    audit("guidance.withdrawn", by=by, at=at, subject=str(version.id))


CIRCLE = "That is this document, or one that replaces it."


def change_about(*, by: Member, at: datetime, document: Document, changes: Mapping[str, Any]) -> None:
    """Changes what is said of a document; the log says which fields. A new title is what search reads from now on. Where two
    people stood behind what is published, the change is marked until another editor confirms it; where a second person has
    still to look at the version, that is not whoever changed this."""
    hold_document(document)
    before = {name: getattr(document, name) for name, value in changes.items() if getattr(document, name) != value}
    if not before:
        return
    for name in before:
        setattr(document, name, changes[name])
    _needs_a_second(document, before, by, at)
    document.save(update_fields=[*before, "said_alone"])
    rows = Version.objects.select_for_update(of=("self",)).select_related("document")
    published = rows.filter(document=document, state="published").first()
    if "title" in before and published is not None:
        unindex_version(published)
        index_version(published)
    audit("guidance.about_changed", by=by, at=at, subject=str(document.id), fields=sorted(before))


def _needs_a_second(document: Document, before: Mapping[str, Any], by: Member, at: datetime) -> None:
    """Marks what was changed of a document, each with what it was before, on the row; the caller saves it. A change that is taken
    back leaves no mark."""
    rows = Version.objects.filter(document=document)
    standing = rows.filter(state="published").first() or rows.order_by("-number").first()
    if standing is not None and _waits(standing, document):
        if by.user not in (standing.added_by_id, *standing.also_by):
            standing.also_by = [*standing.also_by, by.user]
            standing.save(update_fields=["also_by"])
        return
    marked = dict(document.said_alone)
    for name, was in before.items():
        first = marked[name]["before"] if name in marked else _json_value(was)
        marked[name] = {"before": first, "by": str(by.user), "at": at.isoformat()}
        if first == _json_value(getattr(document, name)):
            del marked[name]
    document.said_alone = marked


def _waits(version: Version, document: Document) -> bool:
    """Whether a second person has still to look at a version, and so at all that is said with it."""
    is_marked = version.state == "published" and version.is_alone and version.confirmed_at is None
    return version.state == "draft" or (is_marked and not document.is_own)


def _json_value(value: Any) -> Any:
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
    audit("guidance.about_confirmed", by=by, at=at, subject=str(document.id), fields=confirmed)


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
    audit("guidance.superseded", by=by, at=at, subject=str(former.id))


HISTORY = ("superseded", "withdrawn", "refused")
AT_ONCE = 2_000


def bring_back(*, by: Member, at: datetime, version: Version) -> Version:
    """A version that is history comes again as a draft with its content and what was said of it, for a second person to approve;
    returns that draft. The older one stays as it is. Raises NotNow."""
    hold(version)
    if version.state not in HISTORY:
        raise NotNow("Only a version that is history can be brought back.")
    others = Version.objects.filter(document=version.document_id)
    if others.filter(again_of=version.number, state__in=("draft", "approved")).exists():
        raise NotNow("It is brought back already, and waits for a second person.")
    draft = Version.objects.create(
        document_id=version.document_id, number=1 + others.count(), digest=version.digest, media_type=version.media_type,
        size=version.size, pages=version.pages, passages=version.passages, captions=version.captions, note=version.note,
        said=version.said if version.state == "refused" else version.about, again_of=version.number,
        added_at=timezone.now(), added_by_id=by.user,
    )  # fmt: skip
    rows = Passage.objects.filter(version=version).order_by("number")
    Passage.objects.bulk_create(
        (
            Passage(version=draft, number=row.number, page=row.page, heading=row.heading, text=row.text, stale=row.stale)
            for row in rows.iterator()
        ),
        batch_size=AT_ONCE,
    )
    audit("guidance.brought_back", by=by, at=at, subject=str(draft.id))
    return draft
