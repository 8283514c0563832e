"""The text of web pages, Markdown and plain text: of a page its main part or article, without what steers it."""

import re
from typing import Any

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from lodestar.kernel.text_refused import NOT_READABLE, TOO_DEEP, Block, Refused

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
        named = _MD_TITLE.search(front[2])
        title, text = named[1] if named else "", text[front.end() :]
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
    said: list[str] = []

    def end(depth: int = 0) -> None:
        text = " ".join("".join(said).split())
        said.clear()
        if text:
            blocks.append((None, depth, text))

    walk = etree.iterwalk(root, events=("start", "end"))
    for event, each in walk:
        if each.tag in _LEFT_OUT:
            said.append(f" {each.tail or ''}" if event == "end" else "")
            if event == "start":
                walk.skip_subtree()
            continue
        if each.tag in _SPACED or _is_whole_cell(each):
            said.append(" ")
        elif each.tag not in _INLINE:
            end(_HEADINGS.get(each.tag, 0) if event == "end" else 0)
        elif each.tag in ("sup", "sub") and event == "start" and not (each.text or "").strip()[:1].isalpha():
            said.append(" ")  # the mark of a note is no part of the word before it
        said.append((each.text or "") if event == "start" else (each.tail or "") if each is not root else "")
    end()
    return blocks


def _is_whole_cell(each: Any) -> bool:
    """Whether a paragraph is all that a cell of a table holds, so that it is part of the line of its row."""
    cell = each.getparent()
    return each.tag == "p" and cell is not None and cell.tag in ("td", "th") and len(cell) == 1
