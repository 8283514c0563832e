"""What web pages, Markdown and plain texts say: their words, without what steers a page or moves around in it."""

import re
from collections.abc import Callable, Collection, Iterator
from itertools import islice
from typing import Any

from lxml import etree, html

from lodestar.kernel.text_refused import NOT_READABLE, TOO_DEEP, Block, Refused

_BLOCKS = frozenset({
    "p", "li", "td", "th", "dt", "dd", "blockquote", "pre", "figcaption", "caption", "div", "section", "summary", "ul", "ol",
    "table", "tr", "body", "main", "article", "form", "fieldset", "legend", "header", "footer", "aside", "details",
    "hr", "address", "figure", "dl", "menu", "center", "hgroup",
})  # fmt: skip
_APART = frozenset({"button", "label"})  # these stand in a line, without a space between two
_LEFT_OUT = frozenset({
    "script", "style", "noscript", "template", "nav", "svg", "iframe", "input", "select", "textarea", "datalist", "search",
})  # fmt: skip
# What only says how words look: where that is never closed, each stands in the one before.
_SHAPING = re.compile(rb"</?(?:font|span|b|i|u|em|strong|small|big|tt)\b[^<>]*+>", re.IGNORECASE)
_PARTS = frozenset({"main", "article", "section"})  # of a page: what stands at their head or foot is not around the page
_ASKS = re.compile(r"cookie|consent-banner|onetrust", re.IGNORECASE)  # the name of what asks before it lets anybody read
FEWEST_WORDS = 25  # outside links and headings, of what a page says
_HEADED, _LEADS, _SAYS = "headed", "leads elsewhere", "says something"
_LEVEL = re.compile(r"h([1-6])")
_MARK = re.compile(r"[\[(]?\d{1,3}[\])]?(?:, ?\d{1,3})?|[*†‡]{1,3}")  # of a note, set high or low beside a word
_NOT_MARKED = re.compile(r"(?:^|[\W\d])(?:[^\W\d_]|[ckm]m|ft|yd|CO)$")  # what has a power or is chemistry: m, km, CO
# A break that begins something (an item, a number of its own, what no small word leads to), and does not only part a line in two.
_SMALL = r"(?<!\b(?:and|the)\n)(?<!\b(?:of|on|to|or)\n)"
_NEXT = re.compile(rf"\n(?:(?=[•–(-]|\d{{1,2}}[.)] |0\d{{2,4}} ?\d{{3}})|{_SMALL}(?=[A-Z])|{_SMALL}(?<!\d\n)(?=\d))")
_LINE_END = re.compile(r"\r\n?")
_FRONT = re.compile(r"(\+\+\+|---)\n(.*?)\n\1\n", re.DOTALL)
_NAMED = re.compile(r"^title\s*[=:]\s*[\"']?(.*?)[\"']?$", re.MULTILINE)
_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_HEADED_BY = re.compile(r"^([ \t]{0,20}#{1,6}[ \t][^\n]*)\n?", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\[\]]*+)\]\((?:[^()]++|\([^()]*+\))*+\)")
_CODE = re.compile(r"`{1,3}")
# The next of a list, a row of a table, what says first what it is of, or what stands behind a break that is meant.
_ITEM = re.compile(
    r"\n(?=[ \t]{0,20}(?:[-*+•][ \t]|\d{1,3}[.)][ \t]|\||[A-Z][^\n.:;]{1,40}:[ \t]))|(?:(?<=  )|\\)\n(?=[A-Z]|0\d{2,4} ?\d{3})"
)
_BULLET = re.compile(r"^([ \t]*)\*(?=[ \t])", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*(?:\*[ \t]*|_[ \t]*){3,}$", re.MULTILINE)
# An address on the web is read whole; a sign behind a stroke is meant as it stands.
_MARKS = re.compile(r"(?:https?://|www\.)[^\s*<>]*[^\s*<>_]|\\([*_])|(\*+|_+)")


def decoded(content: bytes) -> str:
    """The letters of a text, with one sign at the end of each line."""
    return one_line_end(_letters(content))


def one_line_end(text: str) -> str:
    """The text with the same sign at the end of each line, whichever program wrote it."""
    return _LINE_END.sub("\n", text)


def _letters(content: bytes) -> str:
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode("utf-8-sig" if name == "utf-8" else name, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def txt(content: bytes) -> dict[str, Any]:
    """A plain text, with pages where it has breaks between them."""
    pages = decoded(content).split("\f")
    while len(pages) > 1 and not pages[-1].strip():
        pages.pop()
    if len(pages) == 1:
        return {"blocks": [(None, -1, pages[0])]}
    return {"blocks": [(number, -1, page) for number, page in enumerate(pages, 1)], "pages": len(pages)}


# --- Markdown -----------------------------------------------------------------------------------------------------------


def md(content: bytes) -> dict[str, Any]:
    """A text in Markdown."""
    text, title = decoded(content), ""
    if front := _FRONT.match(text):
        named = _NAMED.search(front[2])
        title, text = named[1] if named else "", text[front.end() :]
    blocks: list[Block] = []
    for part in re.split(r"\n\s*\n", text):
        for line in (one for under in _HEADED_BY.split(part) for one in _ITEM.split(under)):
            heading = _HEADING.match(line.strip())
            plain = _LINK.sub(r"\1", _LINK.sub(r"\1", heading[2] if heading else line))  # a picture may be a link
            said = without_emphasis(_BULLET.sub(r"\1", _RULE.sub("", _CODE.sub("", plain))))
            blocks.append((None, len(heading[1]) if heading else 0, said))
    return {"blocks": blocks, "title": title}


def without_emphasis(text: str) -> str:
    """The text without the signs that stand in pairs at the edges of words; within a word or an address they are part of it, and
    one alone is meant as it stands."""
    opened: dict[str, list[tuple[int, int]]] = {}
    gone: list[tuple[int, int]] = []
    for found in _MARKS.finditer(text):
        start, end = found.span()
        if found[1]:
            gone.append((start, start + 1))
        if not found[2] or end - start > 3:
            continue
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        if opened.get(found[2]) and not before.isspace() and not after.isalnum():
            gone += [opened[found[2]].pop(), (start, end)]
        elif after.strip() and not before.isalnum():
            opened.setdefault(found[2], []).append((start, end))
    kept, last = [], 0
    for start, end in sorted(gone):
        kept.append(text[last:start])
        last = end
    return "".join([*kept, text[last:]])


# --- HTML ---------------------------------------------------------------------------------------------------------------


def page(content: bytes, *, is_letter: bool = False) -> dict[str, Any]:
    """What a page says; a letter's own breaks of lines are kept, and `items` tells which of its blocks are of a list."""
    whole = decoded(content).encode()
    tree = _tree(whole)
    if tree is None:
        tree = _tree(_SHAPING.sub(b"", whole))
    if tree is None:
        raise Refused(TOO_DEEP)
    title = " ".join((tree.findtext(".//title") or "").split())
    body = tree.find("body")
    if body is None:
        raise Refused(NOT_READABLE)
    _leave_out_around(body)
    for row in body.iter("tr"):
        _on_one_line(row)
    blocks, items = _blocks(_of_the_page(body), is_letter=is_letter)
    return {"blocks": blocks, "title": title[:300], **({"items": items} if is_letter else {})}


def _tree(content: bytes) -> Any:
    """What a page is made of; None where it stands too deep in each other, and would be cut off there. Old pages close little:
    `huge_tree` reads some 2,000 deep, without it 256."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    tree = html.document_fromstring(content, parser=parser)
    return None if any(each.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for each in parser.error_log) else tree


def _leave_out_around(body: Any) -> None:
    """Marks what stands around a page as left out, unless that is most of it: then it is the page, whatever it calls itself."""
    for each in body.xpath(".//*[@role='navigation' or @role='search']"):
        each.tag = "nav"
    _leave_out(body, _asking(body), lambda: _words_besides(body) >= FEWEST_WORDS)
    heads, feet = _around(body)
    whole = _length(body)
    _leave_out(body, [*_bare_heads(body, heads), *feet], lambda: 2 * _length(body) >= whole)


def _leave_out(body: Any, those: list[Any], is_left: Callable[[], bool]) -> None:
    """Marks parts of a page as left out, where enough is left without them."""
    tags = [each.tag for each in those]
    for each in those:
        each.tag = "nav"
    if not is_left():
        for each, tag in zip(those, tags, strict=True):
            each.tag = tag


def _asking(body: Any) -> list[Any]:
    """What lies before a page until it is answered, as about cookies, and does not hold the page itself."""
    found: list[Any] = []
    opened: list[Any] = []
    around = 0  # of those opened, how many hold the page
    for event, each in etree.iterwalk(body, events=("start", "end")):
        if event == "end":
            if opened and opened[-1] is each:
                opened.pop()
                found += [each] if len(opened) >= around else []
                around = min(around, len(opened))
        elif each.tag in ("article", "h1") or _is_main(each):
            around = len(opened)
        elif each is not body and _asks(each):
            opened.append(each)
    return found


def _asks(each: Any) -> bool:
    named = f"{each.get('id', '')} {each.get('class', '')}"
    return each.get("role") in ("dialog", "alertdialog") or bool(_ASKS.search(named))


def _is_main(each: Any) -> bool:
    return each.tag == "main" or each.get("role") == "main"


def _around(body: Any) -> tuple[set[Any], list[Any]]:
    """The headers and footers around a page, and not of a part of it."""
    heads: set[Any] = set()
    feet: list[Any] = []
    within = 0
    for event, each in etree.iterwalk(body, events=("start", "end")):
        if event == "start" and each is not body:
            if each.get("role") == "banner" or (each.tag == "header" and not within):
                heads.add(each)
            if each.get("role") == "contentinfo" or (each.tag == "footer" and not within):
                feet.append(each)
        if each.tag in _PARTS or _is_main(each):
            within += 1 if event == "start" else -1
    return heads, feet


def _bare_heads(body: Any, heads: Collection[Any]) -> list[Any]:
    """The headers that say nothing of a page: without a heading, they hold what leads elsewhere, or nothing but links."""
    found: list[Any] = []
    opened: list[tuple[Any, set[str]]] = [(None, set())]
    links = 0
    for event, each, text in _walked(body):
        if event == "start" and each in heads:
            opened.append((each, set()))
        links += (1 if event == "start" else -1) if each.tag == "a" else 0
        if event == "end" and opened[-1][0] is each:
            told = opened.pop()[1]
            opened[-1][1].update(told)
            if _HEADED not in told and (_LEADS in told or _SAYS not in told):
                found.append(each)
        told = opened[-1][1]
        told |= {_LEADS} if each.tag in ("nav", "search") else {_HEADED} if _LEVEL.fullmatch(each.tag) else set()
        told |= {_SAYS} if text.strip() and not links else set()
    return found


def _of_the_page(body: Any) -> Any:
    """Where what a page says stands: in its main part, if that says something or is most of it, or in an article, if that is. A
    page of several articles is all of them. Around a main part stand menus, which are links, however many."""
    mains = _outermost(body, _is_main)
    if len(mains) == 1 and _length(mains[0]):
        is_most = 2 * _length(mains[0], links=False) >= _length(body, links=False)
        if is_most or _words_besides(mains[0]) >= FEWEST_WORDS:
            return mains[0]
    outer = _outermost(body, lambda each: each.tag in ("article", "h1"))
    articles = [each for each in outer if each.tag == "article"]
    is_headed = len(articles) < len(outer)  # by what stands outside
    if len(articles) == 1 and not is_headed and 2 * _length(articles[0]) > _length(body):
        return articles[0]
    return body


def _outermost(body: Any, is_one: Callable[[Any], bool]) -> list[Any]:
    """The parts of a kind that stand in no other of it."""
    found: list[Any] = []
    is_within = False
    for event, each in etree.iterwalk(body, events=("start", "end")):
        if event == "end":
            is_within = is_within and each is not found[-1]
        elif not is_within and each is not body and is_one(each):
            found.append(each)
            is_within = True
    return found


def _words_besides(part: Any) -> int:
    """How many words a part says besides its headings and what leads elsewhere."""
    words = opened = 0
    for event, each, text in _walked(part):
        is_besides = each.tag == "a" or bool(_LEVEL.fullmatch(each.tag))
        opened += (1 if event == "start" else -1) if is_besides else 0
        words += len(text.split()) if not opened else 0
    return words


def _on_one_line(row: Any) -> None:
    """A row of a table whose cells hold a few words each is one line."""
    cells = [each for each in row if each.tag in ("td", "th")]
    within = [list(islice((one for one in cell.iterdescendants() if _is_block(one)), 2)) for cell in cells]
    if all(not found or [one.tag for one in found] == ["p"] for found in within):
        for each in (*cells, *(one for found in within for one in found)):
            each.tag = "label"


def _is_block(each: Any) -> bool:
    return each.tag in _BLOCKS or (isinstance(each.tag, str) and bool(_LEVEL.fullmatch(each.tag)))


def _length(part: Any, *, links: bool = True) -> int:
    """How much a part says; without what leads elsewhere, if that is not to count."""
    length = opened = 0
    for event, each, text in _walked(part):
        opened += (1 if event == "start" else -1) if each.tag == "a" and not links else 0
        length += len(text.strip()) if not opened else 0
    return length


def _walked(root: Any) -> Iterator[tuple[str, Any, str]]:
    """Where each part begins and ends, and the words that follow there, but for what is left out. That stays where it is: taking
    one after the other out of a page reads the words between them again with each."""
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, each in walk:
        tail = (each.tail or "") if each is not root else ""
        if each.tag not in _LEFT_OUT:
            yield event, each, (each.text or "") if event == "start" else tail
        elif event == "start":
            walk.skip_subtree()
        else:
            yield event, each, f" {tail}"


def _blocks(root: Any, *, is_letter: bool) -> tuple[list[Block], list[int]]:
    """What a part of a page says, and which of it is of a list."""
    blocks: list[Block] = []
    items: list[int] = []
    listed = 0  # lists around, by their items
    said: list[str] = []
    raised: list[int] = []  # where in it what is set high or low began

    def end(depth: int = 0) -> None:
        lines = [" ".join(one.split()) for one in "".join(said).split("\0")]
        whole = "\n".join(lines) if is_letter else " ".join(lines) if depth else _NEXT.sub("\0", "\n".join(lines))
        told = len(blocks)
        blocks.extend((None, depth, text) for text in map(str.strip, whole.split("\0")) if text)
        items.extend(range(told, len(blocks)) if listed else ())
        said.clear()

    for event, each, text in _walked(root):
        level = _LEVEL.fullmatch(each.tag)
        if each.tag == "br":
            said.append("\0" if event == "start" else "")
        elif each.tag in _APART:
            said.append(" ")
        elif level or each.tag in _BLOCKS:
            end(int(level[1]) if level and event == "end" else 0)
            listed += (1 if event == "start" else -1) if each.tag == "li" else 0
        elif each.tag in ("sup", "sub") and event == "start":
            raised.append(len(said))
        elif each.tag in ("sup", "sub") and _is_mark(said, begun := raised.pop()):
            said[begun] = f" {said[begun]}"
        said.append(text)
    end()
    return blocks, items


def _is_mark(said: list[str], begun: int) -> bool:
    """Whether what was said from there on is the mark of a note: a word or a number before it is none with it."""
    if not 0 < begun < len(said) <= begun + 8:  # a mark is a link at most, and not all that stands there
        return False
    before = next((each for each in reversed(said[max(0, begun - 8) : begun]) if each), "")[-20:]
    return bool(_MARK.fullmatch("".join(said[begun:]).strip())) and before[-1:].isalnum() and not _NOT_MARKED.search(before)
