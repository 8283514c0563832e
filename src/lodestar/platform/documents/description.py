"""What stands in a document, not how it looks. Whoever writes a document describes it; `made` turns it into a file."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from http import HTTPStatus
from typing import Any, ClassVar

MOST_CHARACTERS = 1_000_000  # more than the Home Office's form with each of its answers as long as it takes
MOST_LINES = 50_000  # a thousand pages
LEVELS = (2, 3)  # of headings below the title
TOO_LONG = "The text is longer than a document can be. Shorten the longest answers."


class NotMade(Exception):
    """The document cannot be made; `str` says in one sentence what to do. Any view may raise it: a page answers with
    `status`."""

    status: ClassVar[int] = HTTPStatus.SERVICE_UNAVAILABLE
    retry_after: ClassVar[int | None] = None  # seconds
    word_works = False  # whether the same document can still be had as Word
    instead: tuple[str, str] | None = None  # a sentence and an address: where the same can be read meanwhile


class TooBusy(NotMade):
    """No time or no free slot for typst: the same document can be made in a minute."""

    retry_after = 60
    word_works = True


class TooLong(NotMade):
    """The document is longer than any may be: its writer has to shorten it."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class BrokenDocument(NotMade):
    """A document that no PDF/UA-1 reader can follow: a fault of Lodestar, which trying again does not mend. `structure` is for
    the server's log and names no content; `text` is the place in the document."""

    def __init__(self, structure: str, text: str = "", *, word_works: bool = False) -> None:
        super().__init__(f"This paper could not be made: {structure}" + (f" (“{text}”)" if text else "."))
        self.structure = structure
        self.word_works = word_works


@dataclass(frozen=True)
class Heading:
    """A heading below the title: `level` 2, or 3 within it."""

    text: str
    level: int = 2
    on_new_page: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph in our own words, of one line or several."""

    text: str


@dataclass(frozen=True)
class Bullets:
    """A list, each item one paragraph."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """What was asked and what was answered, in the answer's own lines. `is_remark`: these words are ours, since there is no
    answer."""

    label: str
    text: str
    is_remark: bool = False


@dataclass(frozen=True)
class Table:
    """Rows below one row of headings; the first cell of a row says what the row is. Every row has a cell for each heading."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""


Block = Heading | Paragraph | Bullets | Entry | Table


@dataclass(frozen=True)
class Document:
    """A whole document. Raises BrokenDocument for headings that PDF/UA-1 refuses. `marking` stands on every page, `foot` beside
    the page number; neither they nor `title` may name anybody, since programs show a title where the document is not open. `day`
    is the only time it bears."""

    title: str
    marking: str
    foot: str
    day: date
    blocks: tuple[Block, ...]
    lang: str = "en"  # the language of its text
    is_large: bool = False  # a PDF in letters of 14 point

    def __post_init__(self) -> None:
        _refuse_broken_headings(self)


def _refuse_broken_headings(document: Document) -> None:
    """Refuse an empty heading, and one more than a level below the heading before it; the title is level 1 (ISO 14289-1, 7.4)."""
    level = 1
    if not document.title.strip():
        raise BrokenDocument("the title is empty")
    for heading in document.blocks:
        if not isinstance(heading, Heading):
            continue
        if not heading.text.strip():
            raise BrokenDocument("a heading is empty")
        if heading.level not in LEVELS or heading.level > level + 1:
            raise BrokenDocument(f"a heading of level {heading.level} follows one of level {level}", heading.text)
        level = heading.level


_BLOCKS: dict[str, type[Block]] = {kind.__name__.lower(): kind for kind in (Heading, Paragraph, Bullets, Entry, Table)}


def stored(document: Document) -> dict[str, Any]:
    """The document as JSON holds it, to be made again as it is whatever becomes of what it was made from."""
    blocks = [{"block": type(block).__name__.lower()} | asdict(block) for block in document.blocks]
    return asdict(document) | {"day": document.day.isoformat(), "blocks": blocks}


def _tuples(value: Any) -> Any:
    return tuple(_tuples(each) for each in value) if isinstance(value, list) else value


def restored(content: Mapping[str, Any]) -> Document:
    """The document that `stored` gave. Raises KeyError for anything else."""
    blocks = (
        _BLOCKS[block["block"]](**{name: _tuples(value) for name, value in block.items() if name != "block"})
        for block in content["blocks"]
    )
    return Document(**dict(content) | {"day": date.fromisoformat(content["day"]), "blocks": tuple(blocks)})


def parts_of(document: Document) -> list[tuple[str, list[Block]]]:
    """A document in parts for pages: what comes before its first heading goes with it."""
    parts: list[tuple[str, list[Block]]] = []
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 2 and (not parts or parts[-1][0]):
            parts.append((block.text, []))
        elif isinstance(block, Heading) and block.level == 2:
            parts[-1] = (block.text, parts[-1][1])
        elif not parts:
            parts.append(("", [block]))
        else:
            parts[-1][1].append(block)
    return parts


def texts(document: Document) -> tuple[str, ...]:
    """Everything that stands in it, in its order, the title first."""
    all_texts = [document.title]
    for block in document.blocks:
        if isinstance(block, Bullets):
            all_texts += block.items
        elif isinstance(block, Entry):
            all_texts += (block.label, block.text)
        elif isinstance(block, Table):
            all_texts += (block.caption, *block.headings, *(cell for row in block.rows for cell in row))
        else:
            all_texts.append(block.text)
    return tuple(all_texts)


def refuse_too_long(shown_texts: Iterable[str]) -> None:
    """Raises TooLong for texts, as they would be shown, that nobody could read and that would keep a processor busy."""
    characters = breaks = 0
    for text in shown_texts:
        characters += len(text)
        breaks += text.count("\n")
    if characters > MOST_CHARACTERS or breaks > MOST_LINES:
        raise TooLong(TOO_LONG)
