"""The paragraphs of Word documents, presentations and OpenDocument texts, as they stand now: without what tracked changes struck
out and without comments. Read in the process of its own that `text_alone.py` is."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import docx as word
import pptx as powerpoint
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from lodestar.platform.files.reading_results import ENCRYPTED, TOO_LARGE, UNSAFE, Block, Refused

MOST_UNPACKED = 200_000_000  # bytes, of all parts of an office file
MOST_PARTS = 10_000

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAW = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CELLS = f"{_WORD}tc", "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}table-cell"
# Struck out, moved away, said beside the text, or the same again for older programs.
_LEFT_OUT = (
    f"{_WORD}del", f"{_WORD}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    f"{_TEXT}tracked-changes", f"{_TEXT}note-citation", "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}annotation",
)  # fmt: skip
_SIGNS = {
    **{f"{_WORD}{name}": " " for name in ("tab", "br", "cr", "sym")}, f"{_WORD}noBreakHyphen": "-", f"{_DRAW}br": " ",
    **{f"{_TEXT}{name}": " " for name in ("tab", "line-break", "s")},
}  # fmt: skip


def check_archive(content: bytes) -> None:
    """Raises Refused for an office file that unpacks to too much or is locked, before any part of it is read."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused(TOO_LARGE)
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(ENCRYPTED)


def docx(content: bytes) -> dict[str, Any]:
    """A Word document; its footnotes and endnotes follow its text."""
    document = word.Document(io.BytesIO(content))
    levels = {style.style_id: _level(style.name or "") for style in document.styles}
    trees = [document.element]
    for kind in (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES):
        trees += [_tree(part.blob) for part in (r.target_part for r in document.part.rels.values() if r.reltype == kind)]
    paragraphs = []
    for tree in trees:
        etree.strip_elements(tree, *_LEFT_OUT, with_tail=False)
        for paragraph in tree.iter(f"{_WORD}p"):
            style = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
            level = 0 if style is None else levels.get(style.get(f"{_WORD}val"), 0)
            paragraphs.append((level, _paragraph_text(paragraph, f"{_WORD}t"), paragraph))
    return {"blocks": list(_blocks(paragraphs)), "title": document.core_properties.title[:300]}


def _level(style: str) -> int:
    """The depth of a heading by the name of its style; 0 for what is none."""
    name, _, depth = style.lower().partition(" ")
    return {"title": 1, "heading": int(depth) if depth.isdecimal() else 1}.get(name, 0)


def pptx(content: bytes) -> dict[str, Any]:
    """A presentation: the first line of a slide heads it, and the speaker's notes follow it."""
    presentation = powerpoint.Presentation(io.BytesIO(content))
    blocks: list[Block] = []
    for number, slide in enumerate(presentation.slides, 1):
        etree.strip_elements(slide.element, *_LEFT_OUT, with_tail=False)
        lines = [_paragraph_text(paragraph, f"{_DRAW}t") for paragraph in slide.element.iter(f"{_DRAW}p")]
        notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
        lines = [line for line in (*lines, *(notes.text.split("\n") if notes else ())) if line.strip()]
        blocks += [(number, int(place == 0), line) for place, line in enumerate(lines)]
    return {"blocks": blocks, "pages": len(presentation.slides), "title": presentation.core_properties.title[:300]}


def odt(content: bytes) -> dict[str, Any]:
    """An OpenDocument text."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        tree = _tree(archive.read("content.xml"))
        about = _tree(archive.read("meta.xml")) if "meta.xml" in archive.namelist() else None
    etree.strip_elements(tree, *_LEFT_OUT, with_tail=False)
    heading = f"{_TEXT}h"
    paragraphs = [(int(each.tag == heading), _paragraph_text(each), each) for each in tree.iter(heading, f"{_TEXT}p")]
    title = "" if about is None else about.findtext(".//{http://purl.org/dc/elements/1.1/}title")
    return {"blocks": list(_blocks(paragraphs)), "title": (title or "")[:300]}


def _tree(content: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    tree = etree.fromstring(content, parser)
    if tree.getroottree().docinfo.internalDTD is not None:
        raise Refused(UNSAFE)
    return tree


def _paragraph_text(paragraph: Any, words: str = "") -> str:
    """What a paragraph says itself: a text box or a note in it holds paragraphs of its own. `words`: the only elements whose
    text counts; of an OpenDocument text all do."""
    parts: list[str] = []
    walk = etree.iterwalk(paragraph, events=("start", "end"))
    for event, each in walk:
        if event == "end":
            parts.append((each.tail or "") if each is not paragraph and not words else "")
        elif each.tag == paragraph.tag and each is not paragraph:
            parts.append(" ")
            walk.skip_subtree()
        else:
            parts += [_SIGNS.get(each.tag, ""), (each.text or "") if not words or each.tag == words else ""]
    return "".join(parts)


def _blocks(paragraphs: Iterable[tuple[int, str, Any]]) -> Iterator[Block]:
    """The blocks of (depth, text, element): cells of one row that hold a paragraph each are one line."""
    for _, group in groupby(paragraphs, key=lambda paragraph: _row(paragraph[2])):
        (depth, first, _), *others = group
        yield None, depth, " ".join([first, *(text for _, text, _ in others)])


def _row(paragraph: Any) -> Any:
    """The row of a table to whose line a paragraph belongs; the paragraph itself, which is like no other, where to none."""
    cell = paragraph.getparent()
    beside = (paragraph.getprevious(), paragraph.getnext())
    is_alone = all(each is None or each.tag == f"{_WORD}tcPr" for each in beside)
    return cell.getparent() if cell.tag in _CELLS and is_alone else paragraph
