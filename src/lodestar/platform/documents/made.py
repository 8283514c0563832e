"""The one door: a described document becomes the file that was asked for."""

from collections.abc import Callable
from dataclasses import dataclass

from lodestar.platform.documents.description import Document
from lodestar.platform.documents.pdf import pdf
from lodestar.platform.documents.word import word


@dataclass(frozen=True)
class Kind:
    """A kind of file: what it is called in a response, and how it is made."""

    media_type: str
    make: Callable[[Document], bytes]


KINDS = {
    "pdf": Kind("application/pdf", pdf),
    "docx": Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", word),
}


def made(document: Document, kind: str) -> bytes:
    """The document as one of `KINDS`: the same bytes for the same document.

    Raises NotMade, whose words are for the person who asked, and KeyError for another kind.
    """
    return KINDS[kind].make(document)
