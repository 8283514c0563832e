"""The text of web pages, Markdown, plain text and mail files; in the process of its own that `text_alone.py` is."""

import base64
import email
import email.errors
import email.utils
import re
from contextlib import suppress
from email.header import decode_header, make_header
from email.message import Message
from itertools import islice
from typing import Any

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from lodestar.platform.files.reading_results import NOT_READABLE, TOO_DEEP, WRONG_KIND, Block, Refused

_LEFT_OUT = (
    "script", "style", "noscript", "template", "nav", "svg", "iframe", "input", "select", "textarea", "datalist", "search",
)  # fmt: skip
_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins", "kbd", "mark",
    "q", "s", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
})  # fmt: skip
_SPACED = frozenset({"td", "th", "label", "button"})  # stand on one line, a space apart
_HEADINGS = {f"h{depth}": depth for depth in range(1, 7)}

_MD_FRONT = re.compile(r"(\+\+\+|---)\n(.*?)\n\1\n", re.DOTALL)
_MD_TITLE = re.compile(r"^title\s*[=:]\s*[\"']?(.*?)[\"']?$", re.MULTILINE)
_MD_BREAK = re.compile(r"\n[ \t]*\n|\n(?=[ \t]{0,20}(?:[-*+•][ \t]|\d{1,3}[.)][ \t]|\||#{1,6}[ \t]))|(?<=  )\n")
_MD_HEADING = re.compile(r"(#{1,6})[ \t]+([^\n]*)\n?")
_MD_LINK = re.compile(r"!?\[([^\[\]]*+)\]\([^()\s]*+\)")
_MD_EMPHASIS = re.compile(r"(?<![\w/\\])(\*{1,3}|_{1,3})(?=\S)([^*_\n]{1,300})(?<=\S)\1(?!\w)")


def decoded(content: bytes) -> str:
    """The text of a file: UTF-16 by its mark, UTF-8 where it is, else Windows-1252; each line ends in one sign."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def txt(content: bytes) -> dict[str, Any]:
    """A plain text, with pages where it has form feeds between them."""
    pages = decoded(content).rstrip("\f\n").split("\f")
    if len(pages) == 1:
        return {"blocks": [(None, -1, pages[0])]}
    return {"blocks": [(number, -1, page) for number, page in enumerate(pages, 1)], "pages": len(pages)}


def md(content: bytes) -> dict[str, Any]:
    """A text in Markdown: its headings, paragraphs and items, without the signs of emphasis and the addresses of links."""
    text, title = decoded(content), ""
    if front := _MD_FRONT.match(text):
        title_match = _MD_TITLE.search(front[2])
        title, text = title_match[1] if title_match else "", text[front.end() :]
    blocks: list[Block] = []
    for part in _MD_BREAK.split(text):
        part = part.strip()
        heading = _MD_HEADING.match(part)
        if heading:
            blocks.append((None, len(heading[1]), _without_signs(heading[2])))
        blocks.append((None, 0, _without_signs(part[heading.end() if heading else 0 :])))
    return {"blocks": blocks, "title": title}


def _without_signs(text: str) -> str:
    text = _MD_LINK.sub(r"\1", _MD_LINK.sub(r"\1", text.replace("`", "")))  # a picture may be a link
    return _MD_EMPHASIS.sub(r"\2", _MD_EMPHASIS.sub(r"\2", text))  # one kind may stand in another


def html(content: bytes) -> dict[str, Any]:
    """A web page. Raises Refused for one that is nested too deep, or has no body."""
    parser = HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    tree = document_fromstring(decoded(content).encode(), parser=parser)
    if any(each.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for each in parser.error_log):
        raise Refused(TOO_DEEP)  # what stands deeper was cut off
    body = tree.find("body")
    if body is None:
        raise Refused(NOT_READABLE)
    title = " ".join((tree.findtext(".//title") or "").split())
    for each in body.xpath(".//*[@role='navigation' or @role='search' or @role='dialog']"):
        each.tag = "nav"
    parts = body.xpath("(.//main | .//*[@role='main'])[1]")
    if not parts and len(articles := body.findall(".//article")) == 1 and 2 * _length(articles[0]) > _length(body):
        parts = articles
    blocks = _blocks(parts[0]) if parts else []
    return {"blocks": blocks or _blocks(body), "title": title[:300]}


def _length(part: Any) -> int:
    return sum(map(len, part.itertext()))


def _blocks(root: Any) -> list[Block]:
    blocks: list[Block] = []
    parts: list[str] = []

    def end(depth: int = 0) -> None:
        text = " ".join("".join(parts).split())
        parts.clear()
        if text:
            blocks.append((None, depth, text))

    walk = etree.iterwalk(root, events=("start", "end"))
    for event, each in walk:
        if each.tag in _LEFT_OUT:
            parts.append(f" {each.tail or ''}" if event == "end" else "")
            if event == "start":
                walk.skip_subtree()
            continue
        if each.tag in _SPACED or _is_whole_cell(each):
            parts.append(" ")
        elif each.tag not in _INLINE:
            end(_HEADINGS.get(each.tag, 0) if event == "end" else 0)
        elif each.tag in ("sup", "sub") and event == "start" and not (each.text or "").strip()[:1].isalpha():
            parts.append(" ")  # the mark of a note is no part of the word before it
        parts.append((each.text or "") if event == "start" else (each.tail or "") if each is not root else "")
    end()
    return blocks


def _is_whole_cell(each: Any) -> bool:
    """Whether a paragraph is all that a cell of a table holds, so that it is part of the line of its row."""
    cell = each.getparent()
    return each.tag == "p" and cell is not None and cell.tag in ("td", "th") and len(cell) == 1


MOST_PARTS, MOST_ATTACHED = 200, 30
MOST_HEADER = 2_000  # characters
_HEADERS = ("subject", "from", "date", "message-id", "received", "mime-version", "content-type")
_ENDINGS = {"application/pdf": ".pdf", "text/html": ".html", "text/plain": ".txt", "text/markdown": ".md"}


def eml(content: bytes) -> dict[str, Any]:
    """A mail: the subject and text of it and of the mails forwarded in it as `blocks`; `sender`, what stands behind the @ of
    who sent it; `sent`, its Date; `attached` as (name, Base64). Whom it went to is not read."""
    message = email.message_from_bytes(content)  # with the policy that takes no header apart: a hostile one would take long
    if not any(name in message for name in _HEADERS):
        raise Refused(WRONG_KIND)
    letters: list[tuple[Message, list[Message]]] = [(message, [])]
    for part in islice(message.walk(), MOST_PARTS):
        if part.get_content_type() == "message/rfc822" and part.is_multipart():
            letters.append((part.get_payload(0), []))  # type: ignore[arg-type]  # of such a part it is a message
        elif not part.is_multipart():
            letters[-1][1].append(part)
    blocks: list[Block] = []
    attached: list[tuple[str, str]] = []
    for number, (letter, parts) in enumerate(letters):
        texts = [part for part in parts if _is_text(part)]
        blocks += [(None, min(number + 1, 2), _header(letter, "Subject")), *_body(texts)]
        for part in parts:
            if part not in texts and not _is_of_layout(part):
                attached.append(_attached(part, len(attached) + 1))
    note = f"It has {len(attached) - MOST_ATTACHED} more files with it, which were not read."
    return {
        "blocks": blocks, "title": blocks[0][2][:300], "sender": _house(message), "sent": _header(message, "Date")[:60],
        "attached": attached[:MOST_ATTACHED], "note": note if len(attached) > MOST_ATTACHED else "",
    }  # fmt: skip


def _is_text(part: Message) -> bool:
    is_file = part.get_filename() or part.get_content_disposition() == "attachment"
    return part.get_content_type() in ("text/plain", "text/html") and not is_file


def _is_of_layout(part: Message) -> bool:
    """Whether a part is a picture that a page shows, or a signature of the mail program."""
    kind = part.get_content_type()
    return (kind.startswith("image/") and "content-id" in part) or kind.endswith("-signature")


def _body(texts: list[Message]) -> list[Block]:
    """The plain texts of a mail; its pages where those say nothing."""
    plain = [(None, -1, _text(part)) for part in texts if part.get_content_type() == "text/plain"]
    if any(letter.isalnum() for _, _, text in plain for letter in text):
        return [*plain]
    return [block for part in texts if part.get_content_type() == "text/html" for block in _page(_text(part))]


def _page(text: str) -> list[Block]:
    """The blocks of a mail's page; none of an empty one."""
    try:
        blocks: list[Block] = html(text.encode("utf-8", "replace"))["blocks"]
    except etree.ParserError:
        return []
    except Refused as refused:
        if refused.code == NOT_READABLE:
            return []
        raise
    return blocks


def _text(part: Message) -> str:
    """The text of a part in the encoding that it names, or else as a file is read."""
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    try:
        charset = str(part.get_content_charset("ascii"))
        return content.decode(charset).replace("\r\n", "\n").replace("\r", "\n")
    except (LookupError, ValueError):
        return decoded(content)


def _attached(part: Message, number: int) -> tuple[str, str]:
    payload = part.get_payload(decode=True)
    name = part.get_filename() or f"attachment-{number}"
    name += "" if "." in name else _ENDINGS.get(part.get_content_type(), "")
    return name, base64.b64encode(payload if isinstance(payload, bytes) else b"").decode()


def _header(letter: Message, name: str) -> str:
    """A header as it reads: its encoded words decoded, or as they stand where that cannot be done."""
    raw = next((str(value) for key, value in letter.raw_items() if key.lower() == name.lower()), "")[:MOST_HEADER]
    written = raw.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    with suppress(ValueError, LookupError, email.errors.MessageError):
        written = str(make_header(decode_header(written)))
    return " ".join(written.split())


def _house(letter: Message) -> str:
    return email.utils.parseaddr(_header(letter, "From"))[1].rpartition("@")[2].lower()[:100]
