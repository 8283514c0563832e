"""Reads the text of one document in a process of its own: PDF, Word, ODT, PowerPoint, HTML, Markdown, text, a mail.

The parent sends the bytes and the ending of the file's name, and reads one JSON object; this process ends with one of the
codes of `reading_results`, or the kernel ends it for taking too long or too much memory. It opens no socket, runs nothing that a
document holds, unpacks no archive to a disk and resolves no entity.
"""

import json
import logging
import os
import resource
import sys
from importlib import import_module
from typing import Any

from lxml import etree

from lodestar.platform.files.reading_results import (
    ENCRYPTED,
    MOST_TEXT,
    NOT_KNOWN,
    NOT_READABLE,
    READ,
    TOO_DEEP,
    TOO_LARGE,
    WRONG_KIND,
    Block,
    Refused,
)

MEMORY = 512_000_000  # bytes
MOST_WORDS = 1_000_000  # some 2,000 pages: whoever sent them cuts them into passages, in a process that serves others too
MOST_BLOCKS = 100_000

_ENDINGS = {
    "pdf": "pdf", "docx": "docx", "odt": "odt", "pptx": "pptx", "html": "html", "htm": "html", "xhtml": "html",
    "md": "md", "markdown": "md", "txt": "txt", "text": "txt", "eml": "eml",
}  # fmt: skip
_PACKED = ("docx", "odt", "pptx")
# The library of one kind alone is loaded.
_READERS = {
    "pdf": "text_of_pdf", **dict.fromkeys(_PACKED, "text_of_office"), "html": "text_of_pages", "md": "text_of_pages",
    "txt": "text_of_pages", "eml": "text_of_pages",
}  # fmt: skip


def read(content: bytes, ending: str) -> dict[str, Any]:
    """What the document holds. Raises Refused, and whatever the libraries raise."""
    kind = _ENDINGS.get(ending.lower())
    if kind is None:
        raise Refused(NOT_KNOWN)
    _check_kind(content, kind)
    module = import_module(f"lodestar.platform.files.{_READERS[kind]}")
    try:
        if kind in _PACKED:
            module.check_archive(content)
        document = getattr(module, kind)(content)
    except RecursionError:
        raise Refused(TOO_DEEP) from None
    blocks: list[Block] = []
    length = words = 0
    for number, depth, text in document["blocks"]:
        length += len(text)
        words += len(text.split()) if length <= MOST_TEXT else 0
        if length > MOST_TEXT or words > MOST_WORDS or len(blocks) >= MOST_BLOCKS:
            raise Refused(TOO_LARGE)
        if text.strip():
            blocks.append((number, depth, text))
    return {"kind": kind, "title": "", "pages": None, "outline": [], "attached": [], "note": "", **document, "blocks": blocks}


def _check_kind(content: bytes, kind: str) -> None:
    """Raises Refused for bytes that are of another kind than the name says."""
    if kind in _PACKED and content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(ENCRYPTED)  # so office programs lock a file with a password
    is_pdf, is_packed = b"%PDF-" in content[:1024], content.startswith(b"PK\x03\x04")
    is_binary = b"\0" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if is_pdf != (kind == "pdf") or is_packed != (kind in _PACKED) or (is_binary and not is_pdf and not is_packed):
        raise Refused(WRONG_KIND)


def main(seconds: int, kind: str) -> int:
    """From standard input to standard output. `kind`: the ending of a name, or `clean-pdf` for the copy that is handed out."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    os.nice(5)  # pages come first
    logging.disable()
    try:
        content = sys.stdin.buffer.read()
        if kind == "clean-pdf":
            answer: bytes = import_module("lodestar.platform.files.clean_pdf").clean(content)
        else:
            answer = json.dumps(read(content, kind)).encode()
    except Refused as refused:
        return refused.code
    except MemoryError:
        return TOO_LARGE
    except etree.XMLSyntaxError as error:  # so it tells of memory that ran out, too
        return TOO_LARGE if error.code == etree.ErrorTypes.ERR_NO_MEMORY else NOT_READABLE
    except Exception:  # the libraries raise many kinds for what is none of theirs
        return NOT_READABLE
    sys.stdout.buffer.write(answer)
    return READ
