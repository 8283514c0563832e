"""How far a version has come: approved by a second person, published, confirmed, withdrawn."""

from datetime import datetime
from typing import Any

from django.db.models import Field
from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.guidance.actions.facts import mark_anew
from lodestar.guidance.actions.indexing import index_version, unindex_version
from lodestar.guidance.actions.intake import NO_CAPTIONS
from lodestar.guidance.models import Document, Version
from lodestar.record import actions as record


class NotNow(ValueError):
    """The version cannot take this step; the words say why."""


def approve(*, by: Member, at: datetime, version: Version) -> None:
    """A second person approves a draft. Raises NotNow."""
    if version.state != "draft":
        raise NotNow("Only a draft can be approved.")
    if version.added_by_id == by.user:
        raise NotNow("Somebody else has to approve what you added.")
    version.state, version.approved_at, version.approved_by_id = "approved", timezone.now(), by.user
    version.save(update_fields=["state", "approved_at", "approved_by"])
    record.append("guidance.approved", by=by.user, role=by.role, at=at, subject=str(version.id))


def publish(*, by: Member, at: datetime, version: Version, alone: bool = False, count: bool = True) -> None:
    """Publishes an approved version, or with `alone` a draft, which is marked so until a second person confirms it.

    The version published before is superseded, and what was said of the document with this one holds. Raises NotNow.
    """
    if version.state != "approved" and not (alone and version.state == "draft"):
        raise NotNow("A second person has to approve it first.")
    if version.media_type.startswith("video/") and not version.captions:
        raise NotNow(NO_CAPTIONS)
    _say(version)
    for before in Version.objects.filter(document=version.document_id, state="published"):
        unindex_version(before)
        Version.objects.filter(id=before.id).update(state="superseded")
    version.is_alone = version.state == "draft"
    version.state, version.published_at, version.published_by_id = "published", timezone.now(), by.user
    version.save(update_fields=["state", "is_alone", "published_at", "published_by"])
    mark_anew(version)
    index_version(version, count=count)
    record.append("guidance.published", by=by.user, role=by.role, at=at, subject=str(version.id))


def _say(version: Version) -> None:
    """What was said of the document with this draft holds from now on."""
    document = version.document
    for name, value in version.said.items():
        kept_as: Field[Any, Any] = Document._meta.get_field(name)  # type: ignore[assignment]  # no relation is said
        setattr(document, name, kept_as.to_python(value))
    if version.said:
        document.save(update_fields=list(version.said))


def confirm(*, by: Member, at: datetime, version: Version) -> None:
    """A second person confirms what was published without one. Raises NotNow."""
    if not version.is_alone or version.confirmed_at is not None:
        raise NotNow("It does not wait for a second person.")
    if by.user in (version.added_by_id, version.published_by_id):
        raise NotNow("Somebody else has to confirm what you published.")
    version.confirmed_at, version.confirmed_by_id = timezone.now(), by.user
    version.save(update_fields=["confirmed_at", "confirmed_by"])
    record.append("guidance.confirmed", by=by.user, role=by.role, at=at, subject=str(version.id))


def withdraw(*, by: Member, at: datetime, version: Version, because: str) -> None:
    """Takes a published version out of use, with the reason. It stays as history. Raises NotNow."""
    if version.state != "published":
        raise NotNow("Only what is published can be withdrawn.")
    unindex_version(version)
    version.state, version.withdrawn_at, version.withdrawn_by_id = "withdrawn", timezone.now(), by.user
    version.withdrawn_because = because.strip()[:400]
    version.save(update_fields=["state", "withdrawn_at", "withdrawn_by", "withdrawn_because"])
    record.append("guidance.withdrawn", by=by.user, role=by.role, at=at, subject=str(version.id))
