"""The text of a PDF page by page, with its bookmarks. Read in the process of its own that `text_alone.py` is."""

from typing import Any

import pypdfium2

from lodestar.platform.files.reading_results import ENCRYPTED, MOST_TEXT, NOT_READABLE, TOO_LARGE, Block, Refused

MOST_PAGES = 3_000


def pdf(content: bytes) -> dict[str, Any]:
    """A PDF: a block a page, as it is laid out, and its `outline` of (title, page)."""
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
        page_text = str(text.get_text_range(errors="ignore"))
        text.close()
        drawn.close()
    except pypdfium2.PdfiumError:
        return ""
    return page_text.replace("\r\n", "\n").replace("\r", "\n")


def _outline(document: Any) -> list[tuple[str, int]]:
    entries: list[tuple[str, int]] = []
    try:
        for mark in document.get_toc(max_depth=4):
            target = mark.get_dest()
            index = target.get_index() if target else None
            if index is not None and len(entries) < MOST_PAGES:
                entries.append((str(mark.get_title())[:200], index + 1))
    except (pypdfium2.PdfiumError, RuntimeError, ValueError):
        return entries
    return entries
