"""The document of a file's name, however its accents are spelt, or of what somebody calls it."""

from collections.abc import Iterable

from django.db.models import QuerySet

from lodestar.guidance.models import Document
from lodestar.guidance.rules.names import in_one_form, kept, last, spellings, tidy


def document_called(name: str, among: QuerySet[Document] | None = None) -> Document | None:
    """The document of a file of this name, spelt so, or else with its accents the other way, or else as names were kept before:
    each letter in one form, without spaces around."""
    ways = tuple(dict.fromkeys((*spellings(kept(name)), in_one_form(name))))
    rows: Iterable[Document] = (Document.objects.all() if among is None else among).filter(file_name__in=ways)
    return min(rows, key=lambda one: ways.index(one.file_name), default=None)


class MoreThanOne(ValueError):
    """Several documents have the title."""


def document_named(written: str, but: Document) -> Document | None:
    """The document that a name is of: that of its file, or else its title, where another one than `but` has that. Raises
    MoreThanOne."""
    path = tidy(written)
    found = document_called(path) or document_called(last(path), Document.objects.exclude(id=but.id))
    if found is not None:
        return found
    titled = list(Document.objects.filter(title__iexact=written).exclude(id=but.id).order_by("id")[:2])
    if len(titled) > 1:
        raise MoreThanOne("More than one document has that title: write the name of its file.")
    return titled[0] if titled else None
