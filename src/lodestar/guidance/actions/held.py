"""Holding what something is done with: what it is then decides, not what a page or a run read of it before."""

from lodestar.guidance.models import Document, Version


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
