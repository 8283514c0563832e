"""A document as it is handed out: without who made it and where, and of a kind that runs nothing."""

import re

from lodestar.kernel.document_text import NotRead, read_document
from lodestar.kernel.filestore import DOCX, ODT, PDF, PPTX, NotAccepted, without_metadata
from lodestar.kernel.film import ENDINGS

_TEXT = "text/plain; charset=utf-8"
_FRONT = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:\+\+\+|---)\r?\n.*?^(?:\+\+\+|---)\r?$", re.DOTALL | re.MULTILINE)
_AUTHOR = re.compile(rb"^(?:authors?|creator|email|contact)\s*[:=].*\n(?:[ \t-].*\n)*", re.MULTILINE | re.IGNORECASE)


def served(content: bytes, media_type: str) -> tuple[bytes, str]:
    """The bytes to hand out and their type. A page goes out as the words that are read in it: what else is in one says
    who wrote it, or runs. Raises NotAccepted."""
    if media_type in (PDF, DOCX, ODT, PPTX):
        return without_metadata(content, media_type), media_type
    if media_type in ENDINGS.values():
        return content, media_type  # a film, which nothing here takes apart
    if media_type == "message/rfc822":
        raise NotAccepted("A letter names its sender and recipient: only its edited text is shared.")
    if media_type == "text/html":
        return _words(content), _TEXT
    if media_type == "text/markdown":
        return _FRONT.sub(lambda front: _AUTHOR.sub(b"", front[0]), content), _TEXT
    return content, _TEXT


def _words(content: bytes) -> bytes:
    try:
        found = read_document(content, "html")
    except NotRead as error:
        raise NotAccepted(str(error)) from None
    parts = [found["title"], *(text.strip() for _, _, text in found["blocks"])]
    return "\n\n".join(part for place, part in enumerate(parts) if part and part not in parts[:place][:1]).encode() + b"\n"
