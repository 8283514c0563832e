"""The document of a file's name, or of what somebody calls it."""

from lodestar.guidance.models import Document
from lodestar.guidance.rules.names import kept, last, tidy


class MoreThanOne(ValueError):
    """Several documents have the title."""


def document_called(name: str) -> Document | None:
    """The document of a file of this name."""
    return Document.objects.filter(file_name=kept(name)).first()


def document_named(written: str, but: Document) -> Document | None:
    """The document that a name is of: that of its file, or else its title, where another one than `but` has that. Raises
    MoreThanOne."""
    others = Document.objects.exclude(id=but.id)
    found = document_called(tidy(written)) or others.filter(file_name=last(tidy(written))).first()
    if found is not None:
        return found
    titled = list(others.filter(title__iexact=written).order_by("id")[:2])
    if len(titled) > 1:
        raise MoreThanOne("More than one document has that title: write the name of its file.")
    return titled[0] if titled else None
