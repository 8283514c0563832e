"""Copies that are handed out: without who made a document and where, and of a kind that runs nothing. What is kept stays."""

import re

from lodestar.platform.files.document_text import NotRead, read_alone, read_document
from lodestar.platform.files.film import ENDINGS

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
TEXT = "text/plain; charset=utf-8"
SECONDS = 8  # of a processor; 300 pages of guidance and a scanned paper of 25 MB take less than two
_AS_TEXT = {DOCX: "docx", ODT: "odt", PPTX: "pptx", "text/html": "html"}
_WITHOUT_LOOK = "The text alone: its pictures and its layout are not in this copy."
_FRONT = re.compile(rb"\A(?:\xef\xbb\xbf)?(\+\+\+|---)\r?\n.*?^\1\r?\n", re.DOTALL | re.MULTILINE)


def clean_copy(content: bytes, media_type: str) -> tuple[bytes, str]:
    """The bytes to hand out and their type: a PDF written anew, an office file or a page as the text that is read in it. Raises
    NotRead."""
    if media_type == PDF:
        return read_alone(content, "clean-pdf", SECONDS), PDF
    if media_type in ENDINGS.values():
        return content, media_type  # a film, which nothing here takes apart
    if media_type == "message/rfc822":
        raise NotRead("A letter names its sender and recipient: only its edited text is shared.")
    if media_type in _AS_TEXT:
        return _text(content, _AS_TEXT[media_type]), TEXT
    return _FRONT.sub(b"", content) if media_type == "text/markdown" else content, TEXT


def _text(content: bytes, ending: str) -> bytes:
    read = read_document(content, ending, SECONDS)
    head = read["title"] if ending == "html" else _WITHOUT_LOOK  # an office file's title is one of its properties
    parts = [head, *(text.strip() for _, _, text in read["blocks"])]
    return "\n\n".join(part for place, part in enumerate(parts) if part and part not in parts[:place][:1]).encode() + b"\n"
