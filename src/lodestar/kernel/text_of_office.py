"""What Word documents, OpenDocument texts and presentations say: their paragraphs as they stand now, without what was struck
out of them and what somebody remarked beside them. No archive is unpacked to a disk and no entity resolved."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Set
from typing import Any, NamedTuple

from lxml import etree

from lodestar.kernel.text_refused import ENCRYPTED, TOO_LARGE, UNSAFE, WRONG_KIND, Block, Refused

MOST_UNPACKED = 200_000_000  # bytes, of all parts of an office file
MOST_PART = 60_000_000
LONGEST_ROW = 2_000  # characters of a row of a table that is one line

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAW = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SLIDE = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_LEADS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# In the strict form of these files the same is called otherwise.
_STRICT = tuple(
    (f"http://purl.oclc.org/ooxml/{strict}".encode(), f"http://schemas.openxmlformats.org/{usual}".encode())
    for strict, usual in (
        ("wordprocessingml/main", "wordprocessingml/2006/main"), ("drawingml/main", "drawingml/2006/main"),
        ("presentationml/main", "presentationml/2006/main"),
        ("officeDocument/relationships", "officeDocument/2006/relationships"),
    )
)  # fmt: skip
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_FRAME = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}frame"
_TITLES = "{http://purl.org/dc/elements/1.1/}title"
_BOTH = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TWICE, _FALLBACK = f"{_BOTH}AlternateContent", f"{_BOTH}Fallback"  # the same again, for older programs
# What is passed over with all that is in it: what was struck out or moved away, and what was said beside the text.
_WORD_GONE = frozenset({f"{_WORD}del", f"{_WORD}moveFrom", _FALLBACK})
_TEXT_GONE = frozenset({f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}note-citation", f"{_OFFICE}binary-data"})
_WORD_SIGNS = {f"{_WORD}{name}": " " for name in ("tab", "ptab", "br", "cr", "sym")} | {f"{_WORD}noBreakHyphen": "-"}
_TEXT_SIGNS = {f"{_TEXT}{name}": " " for name in ("tab", "line-break", "s")} | {_FRAME: " "}
_ROUND_NOTES = frozenset({"sldImg", "sldNum", "hdr", "ftr", "dt"})  # what else stands on a page of a speaker's notes
_DRAW_SIGNS = {f"{_DRAW}br": " "}
WORD, SLIDES = "word/document.xml", "ppt/presentation.xml"  # what they are mostly called
NO_NOTES = "Its notes at the foot of a page or at the end are damaged and were not read."


class _Grid(NamedTuple):
    """How a table is written: its row, its cells, a paragraph, what else fills a cell, and what may stand around either of
    these without being seen."""

    row: str
    cells: frozenset[str]
    paragraph: str
    filling: frozenset[str]
    unseen: frozenset[str]


_WORD_GRID = _Grid(
    f"{_WORD}tr", frozenset({f"{_WORD}tc"}), f"{_WORD}p", frozenset({f"{_WORD}p", f"{_WORD}tbl"}),
    frozenset({f"{_WORD}sdt", f"{_WORD}sdtContent", f"{_WORD}customXml"}),
)  # fmt: skip
_TEXT_GRID = _Grid(
    f"{_TABLE}table-row", frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}), f"{_TEXT}p",
    frozenset({f"{_TEXT}p", f"{_TEXT}h", f"{_TEXT}list", f"{_TEXT}section", f"{_TABLE}table"}), frozenset(),
)  # fmt: skip


def archive_of(content: bytes) -> zipfile.ZipFile:
    """An office file, none of whose parts is read yet. Raises Refused, or what zipfile raises."""
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


def _tree(archive: zipfile.ZipFile, name: str) -> Any:
    with archive.open(name) as part:
        found = part.read(MOST_PART + 1)
    if len(found) > MOST_PART:
        raise Refused(TOO_LARGE)
    for strict, usual in _STRICT:
        found = found.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    tree = etree.fromstring(found, parser)
    if tree.getroottree().docinfo.internalDTD is not None:
        raise Refused(UNSAFE)
    _keep_older(tree)
    return tree


def _keep_older(tree: Any) -> None:
    """What stands twice is read as newer programs show it; where that says nothing, what older ones show is kept in its place."""
    opened: list[bool] = []  # of those around: whether it has said something
    alone = []
    walk = etree.iterwalk(tree, events=("start", "end"), tag=(_TWICE, _FALLBACK, f"{_WORD}t", f"{_DRAW}t"))
    for event, each in walk:
        if each.tag == _TWICE and event == "start":
            opened.append(False)
        elif each.tag == _TWICE:
            says = opened.pop()
            opened[-1:] = [says or one for one in opened[-1:]]
        elif each.tag == _FALLBACK:
            alone += [each] if event == "start" and opened and not opened[-1] else []
        elif opened and (each.text or "").strip():
            opened[-1] = True
    for each in alone:
        each.tag = f"{_BOTH}Choice"


def _beside(archive: zipfile.ZipFile, name: str) -> Any:
    """A part without which the others can be read all the same; None where it is not there, or is damaged."""
    if name not in archive.NameToInfo:
        return None
    try:
        return _tree(archive, name)
    except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error) as error:
        if isinstance(error, etree.XMLSyntaxError) and error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise
        return None


def _led_to(archive: zipfile.ZipFile, name: str = "") -> dict[str, tuple[str, str]]:
    """The parts to which one leads, or the whole where it has no name: each with its kind, by what it is called there."""
    folder, file = posixpath.split(name)
    listed = _beside(archive, posixpath.join(folder, "_rels", f"{file}.rels"))
    return {} if listed is None else {
        each.get("Id", ""): (
            each.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/"),
        )
        for each in listed.iter(_RELATION)
        if each.get("TargetMode") != "External"
    }  # fmt: skip


def _part(archive: zipfile.ZipFile, led_to: dict[str, tuple[str, str]], kind: str, usual: str) -> str:
    """What the part of a kind is called; as usual where none is led to that is there."""
    return next((part for is_of, part in led_to.values() if is_of == kind and part in archive.NameToInfo), usual)


def office_kind(content: bytes) -> str:
    """Which of the three it is. Raises Refused."""
    archive = archive_of(content)
    for part, kind in ((WORD, "docx"), (SLIDES, "pptx"), ("content.xml", "odt")):
        if part in archive.NameToInfo:
            return kind
    main = _part(archive, _led_to(archive), "officeDocument", "")
    kind = {"word": "docx", "ppt": "pptx"}.get(main.partition("/")[0], "")
    if not kind:
        raise Refused(WRONG_KIND)
    return kind


def _title(archive: zipfile.ZipFile, part: str) -> str:
    if part not in archive.namelist():
        return ""
    return str(next(iter(_tree(archive, part).iter(_TITLES)), etree.Element("none")).text or "")[:300]


def _within(root: Any, gone: frozenset[str]) -> Iterator[Any]:
    """Whatever stands in a tree, each before what is in it, but for what is passed over."""
    walk = etree.iterwalk(root, events=("start",))
    for _, each in walk:
        if each.tag in gone:
            walk.skip_subtree()
        else:
            yield each


def _own(paragraph: Any, passed: Set[str], signs: Mapping[str, str], words: str = "") -> str:
    """What a paragraph says itself, without what is passed over in it: a text box or a note in it holds paragraphs of its own.
    `words`: the only elements that say something, where not all do."""
    said: list[str] = []
    walk = etree.iterwalk(paragraph, events=("start", "end"))
    for event, each in walk:
        if event == "end":
            said.append((each.tail or "") if each is not paragraph and not words else "")
        elif each is not paragraph and each.tag in passed:
            walk.skip_subtree()
        else:
            said += [signs.get(each.tag, ""), (each.text or "") if not words or each.tag == words else ""]
    return "".join(said)


class _Blocks:
    """The paragraphs of a document, where a row of a table is one line if each of its cells is one paragraph. `known`: of rows
    before, whether they are; a page may be one row of thousands of paragraphs."""

    def __init__(self, grid: _Grid) -> None:
        self.grid = grid
        self.blocks: list[Block] = []
        self.row: Any = None
        self.known: dict[Any, bool] = {}

    def add(self, paragraph: Any, depth: int, said: str) -> None:
        """One more, of what it says itself."""
        before, self.row = self.row, self._row_of(paragraph)
        if self.row is not None and self.row is before and len(self.blocks[-1][2]) < LONGEST_ROW:
            said = f"{self.blocks.pop()[2]} {said}"
        self.blocks.append((None, depth, said))

    def _row_of(self, paragraph: Any) -> Any:
        cell = self._around(paragraph)
        row = self._around(cell) if cell is not None and cell.tag in self.grid.cells else None
        if row is None or row.tag != self.grid.row:
            return None
        if row not in self.known:
            cells = (each for each in self._within(row) if each.tag in self.grid.cells)
            filled = ([one.tag for one in self._within(each) if one.tag in self.grid.filling] for each in cells)
            self.known[row] = all(tags in ([], [self.grid.paragraph]) for tags in filled)
        return row if self.known[row] else None

    def _around(self, each: Any) -> Any:
        each = each.getparent()
        while each is not None and each.tag in self.grid.unseen:
            each = each.getparent()
        return each

    def _within(self, each: Any) -> Iterator[Any]:
        for one in each:
            if one.tag in self.grid.unseen:
                yield from self._within(one)
            else:
                yield one


def docx(content: bytes) -> dict[str, Any]:
    """A Word document. What stands at the foot of a page or at the end follows the paragraph that points to it."""
    archive = archive_of(content)
    main = _part(archive, _led_to(archive), "officeDocument", WORD)
    notes, is_whole = _notes(archive, main)
    found = _Blocks(_WORD_GRID)
    for paragraph in _paragraphs(_tree(archive, main), notes):
        style = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
        level = re.match(r"(?:heading|title)\s*(\d?)", "" if style is None else style.get(f"{_WORD}val", "").lower())
        said = _own(paragraph, {*_WORD_GONE, f"{_WORD}p"}, _WORD_SIGNS, f"{_WORD}t")
        found.add(paragraph, int(level[1] or 1) if level else 0, said)
    return {"blocks": found.blocks, "title": _title(archive, "docProps/core.xml"), "note": "" if is_whole else NO_NOTES}


def _notes(archive: zipfile.ZipFile, main: str) -> tuple[dict[tuple[str, str], Any], bool]:
    """The notes of a Word document, and whether all of them could be read: where they are damaged, what points to them is not."""
    found: dict[tuple[str, str], Any] = {}
    is_whole = True
    led_to = _led_to(archive, main)
    for kind in ("footnote", "endnote"):
        part = _part(archive, led_to, f"{kind}s", f"word/{kind}s.xml")
        tree = _beside(archive, part)
        if tree is None:
            is_whole = is_whole and part not in archive.NameToInfo
        else:
            found |= {(kind, each.get(f"{_WORD}id", "")): each for each in tree.iter(f"{_WORD}{kind}")}
    return found, is_whole


def _paragraphs(root: Any, notes: dict[tuple[str, str], Any]) -> Iterator[Any]:
    """The paragraphs of Word, and after each those of its notes, each note once."""
    waits: list[Any] = []
    for each in _within(root, _WORD_GONE):
        if each.tag == f"{_WORD}p":
            yield from waits
            waits.clear()
            yield each
        elif each.tag in (f"{_WORD}footnoteReference", f"{_WORD}endnoteReference"):
            kind = each.tag.removeprefix(_WORD).removesuffix("Reference")
            note = notes.pop((kind, each.get(f"{_WORD}id", "")), None)
            waits += [] if note is None else [one for one in _within(note, _WORD_GONE) if one.tag == f"{_WORD}p"]
    yield from waits


def odt(content: bytes) -> dict[str, Any]:
    """An OpenDocument text."""
    archive = archive_of(content)
    heading, paragraph = f"{_TEXT}h", f"{_TEXT}p"
    passed = {*_TEXT_GONE, heading, paragraph}
    found = _Blocks(_TEXT_GRID)
    for each in _within(_tree(archive, "content.xml"), _TEXT_GONE):
        if each.tag in (heading, paragraph):
            found.add(each, 1 if each.tag == heading else 0, _own(each, passed, _TEXT_SIGNS))
    return {"blocks": found.blocks, "title": _title(archive, "meta.xml")}


def pptx(content: bytes) -> dict[str, Any]:
    """A presentation; the first line of a slide heads it, and what its speaker noted follows it."""
    archive = archive_of(content)
    slides = _slides(archive)
    blocks: list[Block] = []
    for number, name in enumerate(slides, 1):
        blocks += [(number, 1 if place == 0 else 0, line) for place, line in enumerate(_lines(_tree(archive, name)))]
        noted = _beside(archive, _part(archive, _led_to(archive, name), "notesSlide", ""))
        if noted is not None:
            for each in noted.iter(f"{_SLIDE}sp"):
                shape = each.find(f"{_SLIDE}nvSpPr/{_SLIDE}nvPr/{_SLIDE}ph")
                each.tag = _FALLBACK if shape is not None and shape.get("type") in _ROUND_NOTES else each.tag
            blocks += [(number, 0, line) for line in _lines(noted)]
    return {"blocks": blocks, "pages": len(slides), "title": _title(archive, "docProps/core.xml")}


def _slides(archive: zipfile.ZipFile) -> list[str]:
    """The parts that are slides, in the order in which they are shown, or else as they are numbered."""
    main = _part(archive, _led_to(archive), "officeDocument", SLIDES)
    led_to, shown = _led_to(archive, main), _beside(archive, main)
    ordered = (led_to.get(each.get(_LEADS, ""), ("", "")) for each in (() if shown is None else shown.iter(f"{_SLIDE}sldId")))
    slides = dict.fromkeys(part for kind, part in ordered if kind == "slide" and part in archive.NameToInfo)
    numbered = (re.fullmatch(r"ppt/slides/slide(\d{1,9})\.xml", name) for name in archive.namelist())
    return list(slides) or [each[0] for each in sorted(filter(None, numbered), key=lambda each: int(each[1]))]


def _lines(tree: Any) -> list[str]:
    """The lines that a slide says."""
    gone = frozenset({_FALLBACK})
    paragraphs = (each for each in _within(tree, gone) if each.tag == f"{_DRAW}p")
    return [line for each in paragraphs if (line := _own(each, gone, _DRAW_SIGNS, f"{_DRAW}t")).strip()]
