"""The passages of a document: what is repeated on every page goes, broken words are joined, each keeps its page and heading."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

WORDS = 120  # about as many in a passage
SHORTEST = 25  # words; what is shorter goes with what stands before it
REPEATED = 0.4  # on so many pages a line is a header or footer
FEWEST_REPEATED = 3  # and on no fewer
MOST_NUMBERS = 9  # of a line, one of which may be its page's
EDGE = 3  # lines at the top and at the foot of a page where those stand
LONGEST_HEADING = 90  # characters
FULL_LINE = 45  # and so many fill one, where headings are set large
LONGEST_ENTRY = 120  # of a table of contents, before its dots
FEWEST_ENTRIES = 3  # so many are a table
RUNG = frozenset({"101", "105", "111", "112", "116", "119", "141", "999"})  # numbers that are rung, and no pages
OF_TRANSCRIPT = "Transcript"  # what stands above the passages of one
# What a line is: `APART` is text that begins a passage, `HEADS_ANEW` the running head of other pages than those before.
HEADING, APART, TEXT, HEADS_ANEW = "heading", "apart", "text", "heads anew"

_DOTS = re.compile(r"\.{4,}|(?:\. ){4,}|…{2,}")
_NUMBERS = re.compile(r"\d+")
_LETTER = re.compile(r"[^\W\d_]")
_OF_PAGE = re.compile(r"\d{1,4}")
_COUNTS = re.compile(r"\bpage #")
_COUNTS_ALONE = re.compile(r"(?:pages?|of|[\W_])+")
# What the last word of a heading may be that counts parts of a document, one to a page, and no pages.
_PARTS = frozenset({
    "account", "action", "activity", "annex", "appendix", "article", "box", "case", "chapter", "day", "example", "exercise",
    "figure", "form", "lesson", "level", "module", "objective", "option", "part", "person", "phase", "principle", "priority",
    "profile", "question", "recommendation", "rule", "scenario", "schedule", "section", "session", "sign", "stage", "standard",
    "step", "story", "study", "table", "theme", "tip", "topic", "unit", "victim", "week",
})  # fmt: skip
_IN_CONTENTS = re.compile(r"\d{1,3}|[ivxl]{1,6}")
_BROKEN = re.compile(r"(?<!\w)(\w++)[\ufffe\xad\x02]\n?(\w+)|(?<![a-z])([a-z]{2,}+)-\n([a-z]{2,})")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]")
_ENDS_LINE = dict.fromkeys("\r\x0b\x0c\x85", " ")  # in other programs: what stands on both sides are two words
_BULLET = re.compile(r"^\s*(?:[•▪●◦○–—·*]|o(?=\s)|\uf0b7|\uf0a7)\s*")
_PARAGRAPH = re.compile(r"^\(?(?:\d{1,2}(?:\.\d{1,3}){1,3}\.?|\d{1,3}\.|[a-z]\)|[ivx]+\))\s*(?=\S)")
_ADDRESS = re.compile(r"\S@\S|https?:|www\.", re.IGNORECASE)
_DATED = re.compile(
    r"^(?:(?:last |first )?(?:updated|reviewed|published|issued)\b|version \d|v\d|"
    r"(?:\d{1,2}(?:st|nd|rd|th)? )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* (?:19|20)\d\d$)",
    re.IGNORECASE,
)
# A heading may end in another: What to look out for.
_GOES_ON = re.compile(r"\b(?:the|an?|of|and|or|following)\s*$", re.IGNORECASE)
_DEEP = re.compile(r"(\d{1,2}(?:\.\d{1,3}){1,3})\.?\s*[^\W\d]")
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+(?=[A-Z0-9•(“\"'‘])")


@dataclass
class Piece:
    """One passage: its page and heading where there are any, and its text: each block, as an item of a list or a cell, on a line
    of its own, and before a heading a blank one."""

    page: int | None
    heading: str
    text: str


@dataclass
class _Open:
    page: int | None = None
    heading: str = ""
    parts: list[str] = field(default_factory=list)
    words: int = 0


@dataclass(frozen=True)
class _Layout:
    """What a document's pages tell of how it is laid out: the shapes of lines that they repeat, and which of those count the
    pages; lines that stand on many, which numbers count them as (page, number), which words it has, and how deep the numbers
    before its paragraphs go. `told`: of what is repeated, what has been read once."""

    repeated: frozenset[str]
    counting: frozenset[str]
    same: frozenset[str]
    numbers: Collection[tuple[int | None, int]]
    known: Counter[str]
    paragraphs: frozenset[int]
    told: set[str] = field(default_factory=set)


@dataclass
class _Lines:
    """Lines that are one heading or one paragraph. They are joined once: line by line, a long text is read again with each."""

    kind: str
    lines: list[str] = field(default_factory=list)
    length: int = -1  # of them joined

    def add(self, line: str) -> "_Lines":
        self.lines.append(line)
        self.length += len(line) + 1
        return self

    @property
    def last(self) -> str:
        return self.lines[-1] if self.lines else ""

    @property
    def text(self) -> str:
        return " ".join(self.lines)


def pieces(blocks: Iterable[Sequence], outline: Sequence[Sequence] = ()) -> list[Piece]:
    """The passages of what was read: blocks of (page, depth of heading or -1 for a page as laid out, text), and the
    bookmarks of a PDF as (title, page)."""
    rows = [(page, depth, plain(text)) for page, depth, text in blocks]
    layout = _layout(rows)
    marks: defaultdict[int | None, set[str]] = defaultdict(set)
    for title, on in outline:
        marks[on].add(_shape(str(title)))
    found: list[Piece] = []
    opened = _Open()
    for page, depth, text in rows:
        alone = [(HEADING if depth > 0 else TEXT, _joined(text, layout.known))]
        lines = _page_lines(page, text, layout, marks[page]) if depth == -1 else alone
        if opened.page != page:
            _close(opened, found)
            opened.page = page
        for kind, line in lines:
            _take(opened, found, kind, " ".join(line.split()))
    _close(opened, found)
    return found


def plain(text: str) -> str:
    """The text in one form of each letter, ligatures taken apart, without marks that steer a terminal or turn a line round."""
    whole = text.encode("utf-8", "replace").decode()  # half a letter cannot be kept
    told = unicodedata.normalize("NFKC", whole.replace("\u00ad", "\x02").replace("\ufffe", "\x02"))
    return _CONTROL.sub(lambda found: found[0] if found[0] == "\x02" else _ENDS_LINE.get(found[0], ""), told)


def _vocabulary(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in re.findall(r"[a-z]{4,}", text.lower()))


def _joined(text: str, known: Counter[str]) -> str:
    """Words that a line's end broke, whole again where the document has the whole word elsewhere."""

    def join(found: re.Match[str]) -> str:
        first, second = found[1] or found[3], found[2] or found[4]
        return first + second if known[(first + second).lower()] else f"{first}-{second}"

    return _BROKEN.sub(join, text).replace("\x02", "-")


def _layout(rows: Sequence[tuple]) -> _Layout:
    pages = [text for _, depth, text in rows if depth == -1]
    repeated = _repeated(pages)
    if not any(_LETTER.search(line) and _shape(line) not in repeated for _, _, text in rows for line in text.split("\n")):
        repeated = frozenset()  # where every page says the same, that is what the document says
    run_on = _run_on(rows)
    counting = frozenset(shape for shape in repeated if _counts_pages(shape, run_on[shape]))
    return _Layout(
        repeated, counting, _of_many([[_said(line, counting) for line in _at_edge(text)] for text in pages]), run_on["#"],
        _vocabulary(text for _, _, text in rows), _numbered_paragraphs(pages),
    )  # fmt: skip


def _counts_pages(shape: str, numbers: Iterable[tuple[int | None, int]]) -> bool:
    """Whether lines of this shape count the pages; `numbers`: those of them that run on, each with its page."""
    *words, last = shape.split(" ")
    is_of_parts = last == "#" and len(words) <= 3 and not _PARTS.isdisjoint(words[-1:])
    return bool(_COUNTS.search(shape)) or (not is_of_parts and len({page for page, _ in numbers}) >= FEWEST_REPEATED)


def _shape(line: str) -> str:
    return _NUMBERS.sub("#", " ".join(line.split()).lower())


def _said(line: str, counting: Collection[str]) -> str:
    """What a line says, whatever page it stands on."""
    shape = _shape(line)
    return shape if shape in counting else " ".join(line.split()).lower()


def _repeated(pages: Sequence[str]) -> frozenset[str]:
    """Lines that stand at the edge of many pages, whatever number is in them."""
    return _of_many([[_shape(line) for line in _at_edge(text)] for text in pages])


def _of_many(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """What stands on many of these pages; on three in all, nothing does."""
    if len(pages) <= FEWEST_REPEATED:
        return frozenset()
    counts = Counter(one for page in pages for one in set(page))
    return frozenset(one for one, count in counts.items() if count >= max(FEWEST_REPEATED, REPEATED * len(pages)))


def _at_edge(text: str) -> list[str]:
    lines = [line for line in text.split("\n") if line.strip()]
    return [*lines[:EDGE], *lines[-EDGE:]]


def _run_on(rows: Sequence[tuple]) -> defaultdict[str, set[tuple[int | None, int]]]:
    """Of lines at the edges of pages, by their shape: the numbers, each with its page, that run on from page to page. One alone
    that does not may be one to ring."""
    ahead: defaultdict[tuple[str, int, int], set[int]] = defaultdict(set)  # by how much a number is ahead of its page: the pages
    for page, depth, text in rows:
        if depth == -1 and page is not None:
            for line in _at_edge(text):
                shape = _shape(line)
                for place, number in enumerate(islice(_NUMBERS.finditer(line), MOST_NUMBERS)):
                    if _OF_PAGE.fullmatch(number[0]):
                        ahead[shape, place, int(number[0]) - page].add(page)
    found: defaultdict[str, set[tuple[int | None, int]]] = defaultdict(set)
    for (shape, _, by), pages in ahead.items():  # every other page may be empty
        found[shape] |= {(page, page + by) for page in pages if pages & {page - 2, page - 1, page + 1, page + 2}}
    return found


def _numbered_paragraphs(pages: Iterable[str]) -> frozenset[int]:
    """How deep the numbers go (1.2: two) that this document puts before paragraphs rather than headings: most of those lines
    run on in the next with a small letter."""
    every: Counter[int] = Counter()
    run_on: Counter[int] = Counter()
    for page in pages:
        for line, following in pairwise([*(line.strip() for line in page.split("\n") if line.strip()), ""]):
            if depth := _depth(line):
                every[depth] += 1
                run_on[depth] += following[:1].islower()
    return frozenset(depth for depth, count in every.items() if run_on[depth] * 2 > count)


def _depth(line: str) -> int:
    """Of how many parts the number before a line is; 0 of one or none."""
    number = _DEEP.match(line)
    return len(number[1].split(".")) if number else 0


def _page_lines(page: int | None, text: str, layout: _Layout, titles: Collection[str]) -> list[tuple[str, str]]:
    """A page as (what it is, text): lines of a paragraph are joined, and what the layout repeats is read once, by itself."""
    kept = [line for line in _joined(text, layout.known).split("\n") if line.strip()]
    edge = {*range(EDGE), *range(len(kept) - EDGE, len(kept))}
    contents = _contents(kept)
    lines, above, below = list[str](), list[str](), list[str]()
    for place, line in enumerate(kept):
        if line in contents or (place in edge and _is_of_layout(page, line, layout)):
            continue
        if place in edge and _shape(line) in layout.repeated and _said(line, layout.counting) in layout.same:
            (below if lines else above).append(line)
        else:
            lines.append(line)
    around = [[(kind, line) for line in each] for kind, each in ((HEADS_ANEW, above), (TEXT, below))]
    return [*around[0], *_paragraphs(lines, layout, titles), *around[1]]


def _paragraphs(lines: Sequence[str], layout: _Layout, titles: Collection[str]) -> list[tuple[str, str]]:
    """What a page says itself: its headings and paragraphs, whole."""
    found: list[_Lines] = []
    ahead = [*lines, "", ""]
    for line, following, after in zip(lines, ahead[1:], ahead[2:], strict=False):
        before = found[-1] if found else _Lines(HEADING)
        stands_apart = _looks_like_heading(line, before.last, following)
        is_numbered = _depth(line.strip()) in layout.paragraphs
        is_whole = not _GOES_ON.search(line) or _ends_heading(following, line, after)
        if before.kind == HEADING and before.lines and _ends_heading(line, before.text, following):
            before.add(line)
        elif _shape(line) in titles or (stands_apart and is_whole and not is_numbered):
            found.append(_Lines(HEADING).add(line))
        elif stands_apart and is_numbered:
            found.append(_Lines(APART).add(line))
        elif before.kind == HEADING or _begins(line, before):
            found.append(_Lines(TEXT).add(line))
        else:
            before.add(line)
    return [(one.kind, one.text) for one in found]


def _is_of_layout(page: int | None, line: str, layout: _Layout) -> bool:
    """Whether a line at the edge of a page counts the pages, or is repeated and was read before."""
    bare, shape = line.strip(), _shape(line)
    if bare.isdigit():
        return bool(_OF_PAGE.fullmatch(bare)) and (page, int(bare)) in layout.numbers
    if shape not in layout.repeated:
        return False
    said = _said(line, layout.counting)
    is_told = said in layout.told or bool(_COUNTS_ALONE.fullmatch(shape))
    layout.told.add(said)
    return is_told


def _contents(lines: Iterable[str]) -> frozenset[str]:
    """Those of a page's lines that are of a table of contents: a title, dots, and a page. A number that is rung may be one of a
    page only among others. And those that are dots alone."""
    dotted = {line: _led_to(line) for line in lines if _DOTS.search(line)}
    is_table = sum(bool(number) and number not in RUNG for number in dotted.values()) >= FEWEST_ENTRIES
    bare = {line for line in dotted if not line.strip(" .")}
    return frozenset(bare | {line for line, number in dotted.items() if number and (is_table or number not in RUNG)})


def _led_to(line: str) -> str:
    """The number of a page to which dots lead after a title; empty where they do not."""
    before, _, number = line.rpartition(".")
    title = before.rstrip(" .")
    is_led = before.count(".", len(title)) >= 3 and len(title) <= LONGEST_ENTRY  # and the one before the number
    return number.strip() if is_led and _IN_CONTENTS.fullmatch(number.strip()) else ""


def _ends_heading(line: str, heading: str, following: str) -> bool:
    """Whether a heading that fills its line ends on the next, which is short and stands before a paragraph. After a small word
    that may end a heading a capital begins another one: only within a name do capitals follow each other over a line's end."""
    text = line.strip()
    goes_on = bool(_GOES_ON.search(heading))
    begins_another = text[:1].isupper() and heading.split()[-1].islower()
    return (
        (goes_on or (len(heading) >= FULL_LINE and not begins_another))
        and len(heading) + len(text) <= 2 * LONGEST_HEADING
        and len(text) < FULL_LINE
        and text[-1:].isalnum()
        and not (_BULLET.match(text) or _PARAGRAPH.match(text))
        and bool(_BULLET.match(following) or _PARAGRAPH.match(following) or len(following) >= FULL_LINE)
        and (following.lstrip()[:1].isupper() or bool(_BULLET.match(following) or _PARAGRAPH.match(following)))
    )


def _begins(line: str, before: _Lines) -> bool:
    """Whether a line begins a paragraph: a bullet, a number, or a new sentence after one that ended short."""
    return bool(_BULLET.match(line) or _PARAGRAPH.match(line)) or (before.length > 400 and before.last.rstrip().endswith("."))


def _looks_like_heading(line: str, before: str, following: str) -> bool:
    text = _PARAGRAPH.sub("", line).strip()
    if not 3 < len(text) <= LONGEST_HEADING or text[-1] in ".,;:)”’-" or not text[0].isupper():
        return False
    if text.count("(") != text.count(")") or _ADDRESS.search(text) or _DOTS.search(text):  # it goes on; where to write (to)
        return False
    is_over = not before or before.rstrip()[-1:] in ".:;!?”’)"
    follows = bool(following) and (
        following.lstrip()[:1].isupper() or bool(_BULLET.match(following) or _PARAGRAPH.match(following))
    )
    return is_over and follows and len(text.split()) <= 12


def _take(opened: _Open, found: list[Piece], kind: str, line: str) -> None:
    if kind != TEXT and opened.words >= SHORTEST:
        _close(opened, found)
    if kind == HEADING:
        opened.heading = line[:200]
        opened.parts.append(f"\n\n{line}")
        opened.words += len(line.split())
        return
    if kind == HEADS_ANEW:
        opened.heading = ""
    for place, sentence in enumerate(_sentences(line)):
        count = len(sentence.split())
        if opened.words and opened.words + count > WORDS * 1.25:
            _close(opened, found)
        opened.parts.append(f" {sentence}" if place else f"\n{sentence}")
        opened.words += count
        if opened.words >= WORDS:
            _close(opened, found)


def _sentences(line: str) -> Iterator[str]:
    """The sentences of a paragraph; one without an end is cut, so that nobody's table is one passage."""
    for sentence in _SENTENCE.split(line):
        words = sentence.split()
        for start in range(0, len(words), WORDS):
            yield " ".join(words[start : start + WORDS])


def _close(opened: _Open, found: list[Piece]) -> None:
    text = "".join(opened.parts)
    if text.strip():
        last = found[-1] if found else None
        if last and opened.words < SHORTEST and last.page == opened.page:
            last.text += text
        else:
            found.append(Piece(opened.page, opened.heading, text.strip()))
    opened.parts, opened.words = [], 0


def first_heading(blocks: Iterable[Sequence]) -> str:
    """What a document without a title is called: its first heading, or the first lines of its first page."""
    told = [(depth, plain(text).replace("\x02", "-")) for _, depth, text in blocks]
    repeated = _repeated([text for depth, text in told if depth == -1])
    for depth, text in told:
        lines = [" ".join(line.split()) for line in text.split("\n") if line.strip() and _shape(line) not in repeated]
        lines = [line for line in lines if not _DOTS.search(line) and re.search(r"[A-Za-z]{3}", line)]
        if depth > 0 and lines:
            return lines[0][:200]
        if depth == -1 and lines:
            taken = lines[:1]
            for line in lines[1:3]:  # a title often runs over two lines or three
                if _DATED.search(line) or taken[-1].endswith(".") or len(" ".join(taken)) > 100 or not line[:1].isalnum():
                    break
                if taken[-1][-1:].isalnum() and len(taken[-1]) < 25 and not line[:1].islower():
                    break
                taken.append(line)
            return " ".join(taken)[:200]
    return ""
