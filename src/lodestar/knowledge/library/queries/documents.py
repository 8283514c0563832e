"""Which version of a document is in use on a day, what was said of the document with each, which document a name is of, and
the files as they came."""

from collections.abc import Mapping
from copy import copy
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Exists, Field, OuterRef, Q, QuerySet

from lodestar.knowledge.library.models import Document, Version
from lodestar.knowledge.library.rules.documents import clean_file_name, holds_on, last, publisher_name, tidy
from lodestar.platform.files.filestore import FileStore
from lodestar.platform.text.reference_lists import reference_list

SAID = (
    "title", "publisher", "origin", "nation", "audience", "topics", "exploitation", "owner", "published_on", "valid_from",
    "valid_to", "review_by", "classification", "licence",
)  # fmt: skip
BEFORE = ("draft", "approved", "refused")  # what is said with those is not said of the document


def in_use(on: date) -> QuerySet[Version]:
    """The published versions that are in use on a day, one of each document: a next version that holds from a later day on does
    not displace the one before it until that day, and then does so at once, before anything else has run."""
    rows = Version.objects.filter(state="published", is_coming=True, holds_from__lte=on)
    later = rows.filter(document=OuterRef("document"), number__gt=OuterRef("number"))
    return Version.objects.filter(~Q(is_coming=True, holds_from__gt=on), ~Exists(later), state="published")


def has_begun(on: date) -> Q:
    """Of versions: that their document has begun to hold by a day, so that it replaces what it says it replaces."""
    return Q(document__valid_from__isnull=True) | Q(document__valid_from__lte=on)


def next_of(document: Document, on: date) -> Version | None:
    """The version of a document that is published and holds from a later day on, the first of them."""
    rows = Version.objects.filter(document=document, state="published", is_coming=True, holds_from__gt=on)
    return rows.order_by("holds_from", "number").first()


def with_said(document: Document, fields: Mapping[str, Any]) -> Document:
    """A copy of a document as it is with what is said; it is not to be saved."""
    updated = copy(document)
    for name, value in fields.items():
        kept_as: Field[Any, Any] = Document._meta.get_field(name)  # type: ignore[assignment]  # no relation is said
        setattr(updated, name, kept_as.to_python(value))
    return updated


def document_of(version: Version) -> Document:
    """The document of a version as it is said with that one: what is to be said of it with one on its way, and what was said of
    it last with one that is history. It is not to be saved."""
    if version.is_coming or version.state in BEFORE:
        return with_said(version.document, version.said)
    return with_said(version.document, version.about) if version.state != "published" else version.document


def differing_fields(version: Version, fields: Mapping[str, Any]) -> list[str]:
    """The fields of which `said` says otherwise than is said of the document with a version."""
    document = document_of(version)
    return sorted(name for name, value in fields.items() if getattr(document, name) != value)


def said_now(document: Document) -> dict[str, Any]:
    """What is said of a document now, by the names of its fields."""
    return {name: getattr(document, name) for name in SAID}


class MoreThanOne(ValueError):
    """Several documents have the title."""


def document_called(name: str) -> Document | None:
    """The document of a file of this name."""
    return Document.objects.filter(file_name=clean_file_name(name)).first()


def document_named(written: str, but: Document) -> Document | None:
    """The document that a name is of: that of its file, or else its title, where another one than `but` has that. Raises
    MoreThanOne."""
    others = Document.objects.exclude(id=but.id)
    document = document_called(tidy(written)) or others.filter(file_name=last(tidy(written))).first()
    if document is not None:
        return document
    titled = list(others.filter(title__iexact=written).order_by("id")[:2])
    if len(titled) > 1:
        raise MoreThanOne("More than one document has that title: write the name of its file.")
    return titled[0] if titled else None


def hold_document(document: Document) -> None:
    """Holds a document until the transaction ends, and brings the row to what it is now."""
    document.refresh_from_db(from_queryset=Document.objects.select_for_update())


def hold(version: Version) -> Document:
    """Holds a version and before it its document until the transaction ends, brings the row to what it is now, and returns the
    document. Whoever else does something with the document waits."""
    document = Document.objects.select_for_update().get(id=version.document_id)
    version.refresh_from_db(from_queryset=Version.objects.select_for_update())
    version.document = document
    return document


def in_force(document: Document, on: date, *, is_replaced: bool) -> bool:
    """Whether a published document holds on a day."""
    return holds_on(on, document.valid_from, document.valid_to, is_replaced=is_replaced)


@cache
def publishers() -> Mapping[str, str]:
    """Of each publisher who writes for one nation alone, by name, that nation."""
    rows = reference_list("library", "publishers").rows
    return {publisher_name(name): row["nation"] for row in rows for name in row["names"]}


def originals() -> FileStore:
    """Where the bytes lie as they came."""
    return FileStore(settings.VAR / "guidance", settings.FILE_KEYS)


def original(version: Version) -> bytes:
    """The bytes of a version as they came. Raises FileNotFoundError, or CannotUnseal when they were changed."""
    return originals().get(version.tenant, version.digest)
