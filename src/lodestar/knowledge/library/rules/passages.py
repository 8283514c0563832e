"""The passages of a document: some 120 words each, with page and heading. What every page repeats is kept once."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

WORDS = 120  # about as many in a passage
SHORTEST = 25  # words; what is shorter goes with what stands before it
REPEATED = 0.4  # on so many pages a line is a header or footer
FEWEST_REPEATED = 3  # and on no fewer
EDGE = 3  # lines at the top and at the foot of a page where those stand
LONGEST_HEADING = 70  # characters
FULL_LINE = 45  # so many fill one, where headings are set large: the next line ends it
LONGEST_NUMBERED = 50  # of one after a number with a point: a longer one begins a paragraph
MOST_UNNUMBERED = 6  # pages before the first that has a number, about
LONGEST_ENTRY = 120  # of a table of contents, before its dots
FEWEST_ENTRIES = 3  # so many are a table

_DOTS = re.compile(r"\.{4,}|(?:\. ){4,}|…{2,}")
_ENTRY = re.compile(rf".{{0,{LONGEST_ENTRY}}}?(?:\.{{4,}}+|(?:\. ){{4,}}+|…{{2,}}+)[. ]*+(?:\d{{1,3}}|[ivxl]{{1,6}})?\s*")
_NUMBERS = re.compile(r"\d+")
_COUNTS_PAGES = re.compile(r"(?:pages?|of|[\W\d_])+")
_PART = re.compile(r"[a-z]{2,20}(?: [a-z]{2,20})? #")  # case study 3, annex 2: a part of the document
_BROKEN = re.compile(r"(?<!\w)(\w++)[\ufffe\xad\x02]\n?(\w+)|(?<![a-z])([a-z]{2,}+)-\n([a-z]{2,})")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]")
_ENDS_LINE = dict.fromkeys("\r\x0b\x0c\x85", " ")  # in other programs: what stands on both sides are two words
_ITEM = re.compile(
    r"^\s*(?:[•▪●◦○–—·*]|o(?=\s)|\uf0b7|\uf0a7|\(?(?:\d{1,2}(?:\.\d{1,3}){1,3}\.?|\d{1,3}\.|[a-z]\)|[ivx]+\))\s*(?=\S))\s*"
)
_NUMBERED = re.compile(r"^\s*\d{1,2}\.\d")
_GOES_ON = re.compile(r"\b(?:the|an?|of|and|or|by|to|for|in|as|with|has|is|be|who|that)$|[.;:] ", re.IGNORECASE)
_ADDRESS = re.compile(r"\S@\S|https?:|www\.", re.IGNORECASE)
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


def pieces(blocks: Iterable[Sequence], outline: Sequence[Sequence] = ()) -> list[Piece]:
    """The passages of what was read: blocks of (page, depth of heading or -1 for a page as laid out, text), and the
    bookmarks of a PDF as (title, page)."""
    rows = [(page, depth, plain(text)) for page, depth, text in blocks]
    word_counts = Counter(word for _, _, text in rows for word in re.findall(r"[a-z]{4,}", text.lower()))
    repeated = _repeated([text for _, depth, text in rows if depth == -1])
    bookmarks: defaultdict[int | None, set[str]] = defaultdict(set)
    for title, on in outline:
        bookmarks[on].add(_shape(str(title)))
    seen: set[str] = set()
    passages: list[Piece] = []
    opened = _Open()
    for page, depth, text in rows:
        whole = _joined(text, word_counts)
        if opened.page != page:
            _close(opened, passages)
            opened.page = page
        lines = _page_lines(whole, page, repeated, seen) if depth == -1 else []
        for is_heading, line in _paragraphs(lines, bookmarks[page]) if depth == -1 else [(depth > 0, whole)]:
            _take(opened, passages, " ".join(line.split()), is_heading=is_heading)
    _close(opened, passages)
    return passages


def plain(text: str) -> str:
    """The text in one form of each letter, ligatures taken apart, without marks that steer a terminal or turn a line round."""
    whole = text.encode("utf-8", "replace").decode()  # half a letter cannot be kept
    folded = unicodedata.normalize("NFKC", whole.replace("\u00ad", "\x02").replace("\ufffe", "\x02"))
    return _CONTROL.sub(lambda match: match[0] if match[0] == "\x02" else _ENDS_LINE.get(match[0], ""), folded)


def _joined(text: str, word_counts: Counter[str]) -> str:
    """Words that a line's end broke, whole again where the document has the whole word elsewhere."""

    def join(match: re.Match[str]) -> str:
        first, second = match[1] or match[3], match[2] or match[4]
        return first + second if word_counts[(first + second).lower()] else f"{first}-{second}"

    return _BROKEN.sub(join, text).replace("\x02", "-")


# --- pages as they are laid out ---------------------------------------------------------------------------------------------


def _joined_spaces(line: str) -> str:
    return " ".join(line.split()).lower()


def _shape(line: str) -> str:
    return _NUMBERS.sub("#", _joined_spaces(line))


def _repeated(pages: Sequence[str]) -> frozenset[str]:
    """The shapes of lines that stand at the edge of many pages, whatever numbers are in them; on three pages nothing does."""
    if len(pages) <= FEWEST_REPEATED:
        return frozenset()
    counts = Counter(shape for text in pages for shape in set(map(_shape, _edge(_lines(text)))))
    return frozenset(shape for shape, count in counts.items() if count >= max(FEWEST_REPEATED, REPEATED * len(pages)))


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _edge(lines: Sequence[str]) -> list[str]:
    return [*lines[:EDGE], *lines[max(EDGE, len(lines) - EDGE) :]]


def _page_lines(text: str, page: int | None, repeated: Collection[str], seen: set[str]) -> list[str]:
    """The lines of a page without a table of contents, numbers of pages, and what other pages said at their edges (`seen`). A
    line that is left of those is a paragraph of its own."""
    every = _lines(text)
    entries = [line for line in every if _DOTS.search(line) and _ENTRY.fullmatch(line)]
    contents = set(entries) if len(entries) >= FEWEST_ENTRIES else set()
    inner = range(EDGE, len(every) - EDGE)
    remaining = []
    for place, line in enumerate(every):
        if line in contents:
            continue
        if place not in inner and _shape(line) in repeated:
            trimmed = _without_page(line, page)
            if "#" in trimmed and _COUNTS_PAGES.fullmatch(trimmed):
                continue
            trimmed = _joined_spaces(line) if _PART.fullmatch(trimmed) else trimmed
            if trimmed in seen:
                continue
            seen.add(trimmed)
        remaining.append(line)
    return remaining


def _without_page(line: str, page: int | None) -> str:
    """A line with a sign in place of each number that may be its page's: 999 on page 4 is one to ring."""

    def sign(match: re.Match[str]) -> str:
        return "#" if page is None or abs(int(match[0][:9]) - page) <= MOST_UNNUMBERED + page // 10 else match[0]

    return _NUMBERS.sub(sign, _joined_spaces(line))


def _paragraphs(lines: Sequence[str], bookmarks: Collection[str]) -> Iterator[tuple[bool, str]]:
    """Headings and paragraphs as (is it a heading, text). A paragraph is joined once: line by line, a long text is read again
    with each."""
    heading, length = "", 0
    paragraph: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=False):
        is_heading = _shape(line) in bookmarks or _looks_like_heading(line, paragraph[-1] if paragraph else "", following)
        if is_heading and len(heading) >= FULL_LINE > len(line):
            heading = f"{heading} {line.strip()}"
            continue
        if heading:
            yield True, heading
            heading = ""
        ends_before = length > 400 and paragraph[-1].rstrip().endswith(".")
        if paragraph and (is_heading or ends_before or _ITEM.match(line)):
            yield False, " ".join(paragraph)
            paragraph, length = [], 0
        if is_heading:
            heading = line
        else:
            paragraph.append(line)
            length += len(line) + 1
    if heading:
        yield True, heading
    if paragraph:
        yield False, " ".join(paragraph)


def _looks_like_heading(line: str, before: str, following: str) -> bool:
    """Whether a short line stands by itself: it begins with a capital, ends with a word, follows a sentence that is over, and
    another begins below it."""
    text = _ITEM.sub("", line, count=1).strip()
    if not 3 < len(text) <= LONGEST_HEADING or not text[-1].isalnum() or not text[0].isupper() or len(text.split()) > 12:
        return False
    if text.count("(") != text.count(")") or line.lstrip()[0] in "•▪●◦○–—·*" or _GOES_ON.search(text):
        return False
    if _ADDRESS.search(text) or _DOTS.search(text) or (len(text) > LONGEST_NUMBERED and _NUMBERED.match(line)):
        return False
    is_over = not before or before.rstrip()[-1:] in ".:;!?”’)"
    return is_over and bool(following) and (following.lstrip()[:1].isupper() or bool(_ITEM.match(following)))


# --- passages ---------------------------------------------------------------------------------------------------------------


def _take(opened: _Open, passages: list[Piece], line: str, *, is_heading: bool) -> None:
    if is_heading:
        if opened.words >= SHORTEST:
            _close(opened, passages)
        opened.heading = line[:200]
        opened.parts.append(f"\n\n{line}")
        opened.words += len(line.split())
        return
    for place, sentence in enumerate(_sentences(line)):
        count = len(sentence.split())
        if opened.words and opened.words + count > WORDS * 1.25:
            _close(opened, passages)
        opened.parts.append(f" {sentence}" if place else f"\n{sentence}")
        opened.words += count
        if opened.words >= WORDS:
            _close(opened, passages)


def _sentences(line: str) -> Iterator[str]:
    """The sentences of a paragraph; one without an end is cut, so that nobody's table is one passage."""
    for sentence in _SENTENCE.split(line):
        words = sentence.split()
        for start in range(0, len(words), WORDS):
            yield " ".join(words[start : start + WORDS])


def _close(opened: _Open, passages: list[Piece]) -> None:
    text = "".join(opened.parts)
    if text.strip():
        last = passages[-1] if passages else None
        if last and opened.words < SHORTEST and last.page == opened.page:
            last.text += text
        else:
            passages.append(Piece(opened.page, opened.heading, text.strip()))
    opened.parts, opened.words = [], 0


def first_heading(blocks: Iterable[Sequence]) -> str:
    """What a document without a title is called: its first heading, or the first line of its first page."""
    rows = [(depth, plain(text).replace("\x02", "-")) for _, depth, text in blocks]
    repeated = _repeated([text for depth, text in rows if depth == -1])
    for depth, text in rows:
        lines = [" ".join(line.split()) for line in text.split("\n") if line.strip() and _shape(line) not in repeated]
        lines = [line for line in lines if not _DOTS.search(line) and re.search(r"[A-Za-z]{3}", line)]
        if depth and lines:
            return lines[0][:200]
    return ""


SAME, GONE, NEW = "same", "gone", "new"
MANY = 3_000  # sentences, above which common ones are passed over so that it does not take minutes
_SENTENCE_ENDS = re.compile(r"(?<=[.!?:;])\s+")


@dataclass(frozen=True)
class Change:
    """One place that changed: the passage of the newer version it stands at, and its words as same, gone or new."""

    passage: int
    parts: tuple[tuple[str, str], ...]


def sentences(passages: Sequence[str]) -> list[tuple[str, int]]:
    """The sentences of passages in their order, each with the number of its passage."""
    return [
        (" ".join(sentence.split()), number)
        for number, text in enumerate(passages)
        for sentence in _SENTENCE_ENDS.split(text)
        if sentence.strip()
    ]


def changes(before: Sequence[str], after: Sequence[str]) -> list[Change]:
    """What of the passages `before` is gone and what is new in those `after`, in the order of the newer version."""
    old, new = sentences(before), sentences(after)
    matcher = SequenceMatcher(
        None, [words for words, _ in old], [words for words, _ in new], autojunk=max(len(old), len(new)) > MANY
    )
    result = []
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            continue
        place = new[min(new_start, len(new) - 1)][1] if new else 0
        removed = " ".join(words for words, _ in old[start:end])
        come = " ".join(words for words, _ in new[new_start:new_end])
        result.append(Change(place, tuple(_parts(removed, come))))
    return result


def _parts(removed: str, come: str) -> Iterator[tuple[str, str]]:
    """Words of one place: what both have stays plain, where they have enough in common to be read together."""
    old, new = removed.split(), come.split()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if not removed or not come or matcher.ratio() < 0.5:
        if removed:
            yield GONE, removed
        if come:
            yield NEW, come
        return
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            yield SAME, " ".join(old[start:end])
            continue
        if end > start:
            yield GONE, " ".join(old[start:end])
        if new_end > new_start:
            yield NEW, " ".join(new[new_start:new_end])
