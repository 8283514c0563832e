"""What Word documents, OpenDocument texts and presentations say: their paragraphs as they stand now, without what was struck
out of them and what somebody remarked beside them. No archive is unpacked to a disk and no entity resolved."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Set
from typing import Any

from lxml import etree

from lodestar.kernel.text_refused import ENCRYPTED, TOO_LARGE, UNSAFE, WRONG_KIND, Block, Refused

MOST_UNPACKED = 200_000_000  # bytes, of all parts of an office file
MOST_PART = 60_000_000
LONGEST_ROW = 2_000  # characters of a row of a table that is one line

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAW = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_FRAME = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}frame"
_TITLES = "{http://purl.org/dc/elements/1.1/}title"
_BOTH = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TWICE, _FALLBACK = f"{_BOTH}AlternateContent", f"{_BOTH}Fallback"  # the same again, for older programs
# What is passed over with all that is in it: what was struck out or moved away, and what was said beside the text.
_WORD_GONE = frozenset({f"{_WORD}del", f"{_WORD}moveFrom", _FALLBACK})
_TEXT_GONE = frozenset({f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}note-citation"})
_WORD_SIGNS = {f"{_WORD}{name}": " " for name in ("tab", "ptab", "br", "cr")} | {f"{_WORD}noBreakHyphen": "-"}
_TEXT_SIGNS = {f"{_TEXT}{name}": " " for name in ("tab", "line-break", "s")} | {_FRAME: " "}
_FILLING = frozenset({f"{_WORD}p", f"{_WORD}tbl", f"{_WORD}sdt"})  # of a cell
_DRAW_SIGNS = {f"{_DRAW}br": " "}
NO_NOTES = "Its notes at the foot of a page or at the end are damaged and were not read."


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


def office_kind(content: bytes) -> str:
    """Which of the three it is. Raises Refused."""
    names = set(archive_of(content).namelist())
    for part, kind in (("word/document.xml", "docx"), ("ppt/presentation.xml", "pptx"), ("content.xml", "odt")):
        if part in names:
            return kind
    raise Refused(WRONG_KIND)


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


def docx(content: bytes) -> dict[str, Any]:
    """A Word document. What stands at the foot of a page or at the end follows the paragraph that points to it."""
    archive = archive_of(content)
    notes, is_whole = _notes(archive)
    blocks: list[Block] = []
    row, one_line = None, dict[Any, bool]()
    for paragraph in _paragraphs(_tree(archive, "word/document.xml"), notes):
        style = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
        level = re.match(r"(?:heading|title)\s*(\d?)", "" if style is None else style.get(f"{_WORD}val", "").lower())
        said = _own(paragraph, {*_WORD_GONE, f"{_WORD}p"}, _WORD_SIGNS, f"{_WORD}t")
        before, row = row, _row_of(paragraph, one_line)
        if row is not None and row is before and len(blocks[-1][2]) < LONGEST_ROW:
            said = f"{blocks.pop()[2]} {said}"
        blocks.append((None, int(level[1] or 1) if level else 0, said))
    return {"blocks": blocks, "title": _title(archive, "docProps/core.xml"), "note": "" if is_whole else NO_NOTES}


def _notes(archive: zipfile.ZipFile) -> tuple[dict[tuple[str, str], Any], bool]:
    """The notes of a Word document, and whether all of them could be read: where they are damaged, what points to them is not."""
    found: dict[tuple[str, str], Any] = {}
    is_whole = True
    for kind in ("footnote", "endnote"):
        if f"word/{kind}s.xml" not in archive.namelist():
            continue
        try:
            tree = _tree(archive, f"word/{kind}s.xml")
        except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error) as error:
            if isinstance(error, etree.XMLSyntaxError) and error.code == etree.ErrorTypes.ERR_NO_MEMORY:
                raise
            is_whole = False
        else:
            found |= {(kind, each.get(f"{_WORD}id", "")): each for each in tree.iter(f"{_WORD}{kind}")}
    return found, is_whole


def _row_of(paragraph: Any, known: dict[Any, bool]) -> Any:
    """The row of a table that a paragraph of Word stands in, where each of its cells is one paragraph: the row is one line.
    `known`: of rows before, whether they are; a page may be one row of thousands of paragraphs."""
    cell = paragraph.getparent()
    row = cell.getparent() if cell is not None and cell.tag == f"{_WORD}tc" else None
    if row is None:
        return None
    if row not in known:
        cells = row.findall(f"{_WORD}tc")
        known[row] = all([one.tag for one in each if one.tag in _FILLING] == [f"{_WORD}p"] for each in cells)
    return row if known[row] else None


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
    blocks: list[Block] = [
        (None, 1 if each.tag == heading else 0, _own(each, passed, _TEXT_SIGNS))
        for each in _within(_tree(archive, "content.xml"), _TEXT_GONE)
        if each.tag in (heading, paragraph)
    ]
    return {"blocks": blocks, "title": _title(archive, "meta.xml")}


def pptx(content: bytes) -> dict[str, Any]:
    """A presentation; the first line of a slide heads it."""
    archive = archive_of(content)
    slides = sorted(
        (int(found[1]), name)
        for name in archive.namelist()
        if (found := re.fullmatch(r"ppt/slides/slide(\d+)\.xml", name))
    )
    gone = frozenset({_FALLBACK})
    blocks: list[Block] = []
    for number, name in slides:
        paragraphs = (each for each in _within(_tree(archive, name), gone) if each.tag == f"{_DRAW}p")
        lines = (_own(each, gone, _DRAW_SIGNS, f"{_DRAW}t") for each in paragraphs)
        said = [line for line in lines if line.strip()]
        blocks += [(number, 1 if place == 0 else 0, line) for place, line in enumerate(said)]
    return {"blocks": blocks, "pages": len(slides), "title": _title(archive, "docProps/core.xml")}
