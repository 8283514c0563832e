"""Reads the text of one document in a process of its own: PDF, Word, ODT, PowerPoint, HTML, Markdown, text, a message.

The parent sends the bytes and the ending of the file's name, and reads one JSON object; this process ends with one of the
codes below, or the kernel ends it for taking too long or too much memory. It opens no file and no socket, runs nothing
that a document holds, unpacks no archive to a disk and resolves no entity.
"""

import base64
import email
import email.policy
import io
import json
import logging
import os
import re
import resource
import sys
import zipfile
from typing import Any

import pypdfium2
from lxml import etree, html

from lodestar.kernel.of_nobody import letter_of_nobody, line_of_nobody

READ, NOT_READABLE, WRONG_KIND, ENCRYPTED, TOO_LARGE, UNSAFE, NOT_KNOWN = 0, 3, 4, 5, 6, 7, 8
MEMORY = 512_000_000  # bytes
MOST_UNPACKED = 200_000_000  # bytes, of all parts of an office file
MOST_PART = 60_000_000
MOST_TEXT = 6_000_000  # characters
MOST_WORDS = 1_000_000  # some 2,000 pages: whoever sent them cuts them into passages, in a process that serves others too
MOST_BLOCKS = 100_000
MOST_PAGES = 3_000
MOST_ATTACHED = 30
Block = tuple[int | None, int, str]  # page, depth of a heading (0: none, -1: a page as it is laid out), text

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAW = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_ODT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TITLES = "{http://purl.org/dc/elements/1.1/}title"
_ENDINGS = {
    "pdf": "pdf", "docx": "docx", "odt": "odt", "pptx": "pptx", "html": "html", "htm": "html", "xhtml": "html",
    "md": "md", "markdown": "md", "txt": "txt", "text": "txt", "eml": "eml",
}  # fmt: skip
_BLOCKS = {"p", "li", "td", "th", "dt", "dd", "blockquote", "pre", "figcaption", "caption", "div", "section", "summary"}
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_LEFT_OUT = ("script", "style", "noscript", "template", "nav", "svg", "button", "form", "iframe", "footer")


class Refused(Exception):
    """The document is not read; `code` says why."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def read(content: bytes, ending: str) -> dict[str, Any]:
    """What the document holds. Raises Refused, and whatever the libraries raise."""
    kind = _kind(content, ending)
    found = _READERS[kind](content)
    blocks: list[Block] = []
    length = words = 0
    for page, depth, text in found["blocks"]:
        length += len(text)
        words += len(text.split()) if length <= MOST_TEXT else 0
        if length > MOST_TEXT or words > MOST_WORDS or len(blocks) >= MOST_BLOCKS:
            raise Refused(TOO_LARGE)
        if text.strip():
            blocks.append((page, depth, text))
    return {"kind": kind, "title": "", "pages": None, "outline": [], "attached": [], "note": "", **found, "blocks": blocks}


def _kind(content: bytes, ending: str) -> str:
    named = _ENDINGS.get(ending.lower())
    if named is None:
        raise Refused(NOT_KNOWN)
    if b"%PDF-" in content[:1024]:
        is_what = "pdf"
    elif content.startswith(b"PK\x03\x04"):
        is_what = _office(content)
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
        page = document[number]
        text = page.get_textpage()
        found = str(text.get_text_range(errors="ignore"))
        text.close()
        page.close()
    except pypdfium2.PdfiumError:
        return ""
    return found.replace("\r\n", "\n").replace("\r", "\n")


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


# --- office files --------------------------------------------------------------------------------------------------------


def _archive(content: bytes) -> zipfile.ZipFile:
    archive = zipfile.ZipFile(io.BytesIO(content))
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > MOST_UNPACKED or len(parts) > 10_000:
        raise Refused(TOO_LARGE)
    for part in parts:
        if part.filename.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", part.filename) or ":" in part.filename:
            raise Refused(UNSAFE)
        if part.flag_bits & 1:
            raise Refused(ENCRYPTED)
    return archive


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        found = part.read(MOST_PART + 1)
    if len(found) > MOST_PART:
        raise Refused(TOO_LARGE)
    return found


def _tree(found: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    tree = etree.fromstring(found, parser)
    if tree.getroottree().docinfo.internalDTD is not None:
        raise Refused(UNSAFE)
    return tree


def _office(content: bytes) -> str:
    names = set(_archive(content).namelist())
    for part, kind in (("word/document.xml", "docx"), ("ppt/presentation.xml", "pptx"), ("content.xml", "odt")):
        if part in names:
            return kind
    raise Refused(WRONG_KIND)


def _office_title(archive: zipfile.ZipFile, part: str) -> str:
    if part not in archive.namelist():
        return ""
    return str(next(iter(_tree(_part(archive, part)).iter(_TITLES)), etree.Element("none")).text or "")[:300]


def _docx(content: bytes) -> dict[str, Any]:
    archive = _archive(content)
    blocks: list[Block] = []
    for paragraph in _tree(_part(archive, "word/document.xml")).iter(f"{_WORD}p"):
        style = next((one.get(f"{_WORD}val", "") for one in paragraph.iter(f"{_WORD}pStyle")), "").lower()
        level = re.match(r"(?:heading|title)\s*(\d?)", style)
        blocks.append((None, int(level[1] or 1) if level else 0, _said(paragraph)))
    return {"blocks": blocks, "title": _office_title(archive, "docProps/core.xml")}


def _said(paragraph: Any) -> str:
    """What a paragraph of Word says itself: a text box in it holds paragraphs of its own."""
    stands_for = {f"{_WORD}tab": " ", f"{_WORD}br": " ", f"{_WORD}noBreakHyphen": "-"}
    parts = (each for each in paragraph.iter(f"{_WORD}t", *stands_for) if next(each.iterancestors(f"{_WORD}p")) is paragraph)
    return "".join(stands_for.get(each.tag) or each.text or "" for each in parts)


def _odt(content: bytes) -> dict[str, Any]:
    archive = _archive(content)
    parts = _tree(_part(archive, "content.xml")).iter(f"{_ODT}h", f"{_ODT}p")
    blocks: list[Block] = [(None, 1 if each.tag == f"{_ODT}h" else 0, "".join(each.itertext())) for each in parts]
    return {"blocks": blocks, "title": _office_title(archive, "meta.xml")}


def _pptx(content: bytes) -> dict[str, Any]:
    archive = _archive(content)
    slides = sorted(
        (int(found[1]), name)
        for name in archive.namelist()
        if (found := re.fullmatch(r"ppt/slides/slide(\d+)\.xml", name))
    )
    blocks: list[Block] = []
    for number, name in slides:
        lines = ["".join(one.itertext(f"{_DRAW}t")) for one in _tree(_part(archive, name)).iter(f"{_DRAW}p")]
        said = [line for line in lines if line.strip()]
        blocks += [(number, 1 if place == 0 else 0, line) for place, line in enumerate(said)]
    return {"blocks": blocks, "pages": len(slides), "title": _office_title(archive, "docProps/core.xml")}


# --- text ---------------------------------------------------------------------------------------------------------------


def _decoded(content: bytes) -> str:
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode("utf-8-sig" if name == "utf-8" else name, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _txt(content: bytes) -> dict[str, Any]:
    pages = _decoded(content).replace("\r\n", "\n").split("\f")
    while len(pages) > 1 and not pages[-1].strip():
        pages.pop()
    if len(pages) == 1:
        return {"blocks": [(None, -1, pages[0])]}
    return {"blocks": [(number, -1, page) for number, page in enumerate(pages, 1)], "pages": len(pages)}


def _md(content: bytes) -> dict[str, Any]:
    text, title = _decoded(content).replace("\r\n", "\n"), ""
    if front := re.match(r"(\+\+\+|---)\n(.*?)\n\1\n", text, re.DOTALL):
        named = re.search(r"^title\s*[=:]\s*[\"']?(.*?)[\"']?$", front[2], re.MULTILINE)
        title, text = named[1] if named else "", text[front.end() :]
    blocks: list[Block] = []
    for part in re.split(r"\n\s*\n", text):
        for line in part.split("\n") if part.lstrip().startswith("#") else [part]:
            heading = re.match(r"(#{1,6})\s+(.*)", line.strip())
            plain = re.sub(
                r"!?\[([^\]]*)\]\([^)]*\)|[*_`]{1,3}", lambda found: found[1] or "", heading[2] if heading else line
            )
            blocks.append((None, len(heading[1]) if heading else 0, plain))
    return {"blocks": blocks, "title": title}


def _html(content: bytes, *, is_letter: bool = False) -> dict[str, Any]:
    """What a page says; a letter's own breaks of lines are kept."""
    tree = html.document_fromstring(
        _decoded(content).encode(), parser=html.HTMLParser(encoding="utf-8", no_network=True)
    )
    title = " ".join((tree.findtext(".//title") or "").split())
    body = next(iter(tree.xpath("//main | //article | //*[@role='main']")), tree.find("body"))
    if body is None:
        raise Refused(NOT_READABLE)
    etree.strip_elements(body, *_LEFT_OUT, etree.Comment, with_tail=False)
    blocks: list[Block] = []
    said: list[str] = []

    def end(depth: int = 0) -> None:
        if text := "\n".join(" ".join(one.split()) for one in "".join(said).split("\0")).strip():
            blocks.append((None, depth, text))
        said.clear()

    for event, each in etree.iterwalk(body, events=("start", "end")):
        name = each.tag if isinstance(each.tag, str) else ""
        level = re.fullmatch(r"h([1-6])", name)
        if name == "br":
            said.append(("\0" if is_letter else " ") if event == "start" else "")
        elif level or name in _BLOCKS or name in ("ul", "ol", "table", "tr", "body", "main", "article"):
            end(int(level[1]) if level and event == "end" else 0)
        said.append((each.text if event == "start" else each.tail if each is not body else "") or "")
    end()
    return {"blocks": blocks, "title": title[:300]}


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
    attached = []
    waits = [message]
    while waits and len(letters) < MOST_ATTACHED:
        one = waits.pop(0)
        letters.append(one)
        for part in one.iter_attachments():
            if part.get_content_type() == "message/rfc822":
                waits += part.get_payload()
            elif data := part.get_payload(decode=True):
                attached.append((str(part.get_filename() or "attachment"), data))
    return letters, attached


def _body(letter: Any) -> list[Block]:
    """What a letter says, without whose it is: readers need what it says, and it goes to all of them."""
    body = letter.get_body(preferencelist=("plain", "html"))
    if body is None:
        return []
    told = body.get_content()
    if body.get_content_type() == "text/html":
        return _lines_of_nobody(_html(told.encode(), is_letter=True)["blocks"])
    return [(None, -1, "\n".join(line for _, line in letter_of_nobody(told.replace("\r\n", "\n").split("\n"))))]


def _lines_of_nobody(blocks: list[Block]) -> list[Block]:
    """The blocks of a letter: a line of one may begin what is quoted, or end it."""
    lines = [(place, line) for place, (_, _, text) in enumerate(blocks) for line in text.split("\n")]
    kept: dict[int, list[str]] = {}
    for number, line in letter_of_nobody([line for _, line in lines]):
        kept.setdefault(lines[number][0], []).append(line)
    return [(*blocks[place][:2], "\n".join(said).strip()) for place, said in kept.items()]


def _house(letter: Any) -> str:
    """Where a letter comes from: what stands after the @ of its sender, who is a person."""
    found = re.search(r"@([\w-]+(?:\.[\w-]+)+)", str(letter.get("From", ""))[:1_000])
    return found[1].lower()[:100] if found else ""


_READERS = {"pdf": _pdf, "docx": _docx, "odt": _odt, "pptx": _pptx, "txt": _txt, "md": _md, "html": _html, "eml": _eml}


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
