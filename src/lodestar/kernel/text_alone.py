"""Reads the text of one document in a process of its own: PDF, Word, ODT, PowerPoint, HTML, Markdown, text, a message.

The parent sends the bytes and the ending of the file's name, and reads one JSON object; this process ends with one of the
codes below, or the kernel ends it for taking too long or too much memory. It opens no file and no socket, runs nothing
that a document holds, unpacks no archive to a disk and resolves no entity.
"""

import base64
import email
import email.policy
import json
import logging
import os
import re
import resource
import sys
from collections.abc import Collection
from typing import Any

import pypdfium2
from lxml import etree

from lodestar.kernel.letter_parts import files_of, words_of
from lodestar.kernel.of_nobody import Marks, letter_of_nobody, line_of_nobody
from lodestar.kernel.text_of_office import docx, odt, office_kind, pptx
from lodestar.kernel.text_of_pages import md, one_line_end, page, txt
from lodestar.kernel.text_refused import (
    ENCRYPTED,
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
MOST_TEXT = 6_000_000  # characters
MOST_WORDS = 1_000_000  # some 2,000 pages: whoever sent them cuts them into passages, in a process that serves others too
MOST_BLOCKS = 100_000
MOST_PAGES = 3_000
MOST_ATTACHED = 30

_ENDINGS = {
    "pdf": "pdf", "docx": "docx", "odt": "odt", "pptx": "pptx", "html": "html", "htm": "html", "xhtml": "html",
    "md": "md", "markdown": "md", "txt": "txt", "text": "txt", "eml": "eml",
}  # fmt: skip


def read(content: bytes, ending: str) -> dict[str, Any]:
    """What the document holds. Raises Refused, and whatever the libraries raise."""
    kind = _kind(content, ending)
    try:
        found = _READERS[kind](content)
    except RecursionError:
        raise Refused(TOO_DEEP) from None
    blocks: list[Block] = []
    length = words = 0
    for number, depth, text in found["blocks"]:
        length += len(text)
        words += len(text.split()) if length <= MOST_TEXT else 0
        if length > MOST_TEXT or words > MOST_WORDS or len(blocks) >= MOST_BLOCKS:
            raise Refused(TOO_LARGE)
        if text.strip():
            blocks.append((number, depth, text))
    return {"kind": kind, "title": "", "pages": None, "outline": [], "attached": [], "note": "", **found, "blocks": blocks}


def _kind(content: bytes, ending: str) -> str:
    named = _ENDINGS.get(ending.lower())
    if named is None:
        raise Refused(NOT_KNOWN)
    if b"%PDF-" in content[:1024]:
        is_what = "pdf"
    elif content.startswith(b"PK\x03\x04"):
        is_what = office_kind(content)
    elif named in ("pdf", "docx", "odt", "pptx") or (
        b"\0" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff"))
    ):
        raise Refused(WRONG_KIND)
    else:
        is_what = named
    if is_what != named:
        raise Refused(WRONG_KIND)
    return is_what


# --- PDF ---------------------------------------------------------------------------------------------------------------


def _pdf(content: bytes) -> dict[str, Any]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise Refused(ENCRYPTED if "password" in str(error).lower() else NOT_READABLE) from None
    if not 0 < len(document) <= MOST_PAGES:
        raise Refused(TOO_LARGE if len(document) else NOT_READABLE)
    blocks: list[Block] = []
    length = 0
    for number in range(len(document)):
        text = _page_text(document, number)
        length += len(text)
        if length > MOST_TEXT:
            raise Refused(TOO_LARGE)
        blocks.append((number + 1, -1, text))
    title = str(document.get_metadata_dict().get("Title") or "")
    return {"blocks": blocks, "pages": len(document), "title": title[:300], "outline": _outline(document)}


def _page_text(document: Any, number: int) -> str:
    """One page; empty where its drawing is beyond repair, so that the others are still read."""
    try:
        drawn = document[number]
        text = drawn.get_textpage()
        found = str(text.get_text_range(errors="ignore"))
        text.close()
        drawn.close()
    except pypdfium2.PdfiumError:
        return ""
    return one_line_end(found)


def _outline(document: Any) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    try:
        for mark in document.get_toc(max_depth=4):
            target = mark.get_dest()
            index = target.get_index() if target else None
            if index is not None and len(found) < MOST_PAGES:
                found.append((str(mark.get_title())[:200], index + 1))
    except (pypdfium2.PdfiumError, RuntimeError, ValueError):
        return found
    return found


# --- letters -----------------------------------------------------------------------------------------------------------


def _eml(content: bytes) -> dict[str, Any]:
    message: Any = email.message_from_bytes(content, policy=email.policy.default)
    if not message.keys():
        raise Refused(WRONG_KIND)
    letters, attached = _letters(message)
    blocks: list[Block] = []
    for number, letter in enumerate(letters):
        head = ", ".join(part for part in (_house(letter), str(letter.get("Date", ""))[:60]) if part)
        subject = line_of_nobody(str(letter.get("Subject", "")))
        blocks += [(None, 1 if number == 0 else 2, subject), (None, 0, head), *_body(letter)]
    found = [[name, base64.b64encode(data).decode()] for name, data in attached[:MOST_ATTACHED]]
    left = len(attached) - len(found)
    return {
        "blocks": blocks, "title": blocks[0][2][:300], "sender": _house(message), "sent": str(message.get("Date", ""))[:60],
        "attached": found, "note": f"It has {left} more files with it, which were not read." if left else "",
    }  # fmt: skip


def _letters(message: Any) -> tuple[list[Any], list[tuple[str, bytes]]]:
    """A message with those that were forwarded with it as files, in their order, and the other files of all of them."""
    letters: list[Any] = []
    attached: list[tuple[str, bytes]] = []
    waits = [message]
    while waits and len(letters) < MOST_ATTACHED:
        one = waits.pop(0)
        letters.append(one)
        forwarded, files = files_of(one)
        waits += forwarded
        attached += files
    return letters, attached


def _body(letter: Any) -> list[Block]:
    """What a letter says, without whose it is: readers need what it says, and it goes to all of them."""
    blocks: list[Block] = []
    listed: set[int] = set()  # which of them are of a list
    parts: set[int] = set()  # and which begin what was sent by itself
    for is_page, told in words_of(letter):
        found, items = _of_page(told) if is_page else ([(None, -1, told)], [])
        listed.update(len(blocks) + item for item in items)
        parts.add(len(blocks))
        blocks += found
    return _lines_of_nobody(blocks, listed, parts)


def _of_page(told: str) -> tuple[list[Block], list[int]]:
    """What the page of a letter says, and which of it is of a list: nothing where it is empty, and what came with the letter is
    read all the same."""
    try:
        found = page(told.encode("utf-8", "replace"), is_letter=True)
    except etree.ParserError:
        return [], []
    except Refused as refused:
        if refused.code == NOT_READABLE:
            return [], []
        raise
    return found["blocks"], found["items"]


def _lines_of_nobody(blocks: list[Block], listed: Collection[int], parts: Collection[int]) -> list[Block]:
    """The blocks of a letter: a line of one may begin what is quoted, or end it."""
    lines = [(place, line) for place, (_, _, text) in enumerate(blocks) for line in text.split("\n")]
    begun = {number for number, (place, _) in enumerate(lines) if number and place != lines[number - 1][0]}
    marks = Marks(
        begun,
        {number for number, (place, _) in enumerate(lines) if blocks[place][1] > 0},
        {number for number, (place, _) in enumerate(lines) if place in listed},
        {number for number in begun if lines[number][0] in parts},
    )
    kept: dict[int, list[str]] = {}
    for number, line in letter_of_nobody([line for _, line in lines], marks):
        kept.setdefault(lines[number][0], []).append(line)
    return [(*blocks[place][:2], "\n".join(said).strip()) for place, said in kept.items()]


def _house(letter: Any) -> str:
    """Where a letter comes from: what stands after the @ of its sender, who is a person."""
    found = re.search(r"@([\w-]+(?:\.[\w-]+)+)", str(letter.get("From", ""))[:1_000])
    return found[1].lower()[:100] if found else ""


_READERS = {"pdf": _pdf, "docx": docx, "odt": odt, "pptx": pptx, "txt": txt, "md": md, "html": page, "eml": _eml}


def main(seconds: int, ending: str) -> int:
    """From standard input to standard output."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    os.nice(5)  # pages come first
    logging.disable()
    try:
        found = read(sys.stdin.buffer.read(), ending)
        answer = json.dumps(found).encode()
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
