"""A document for Word (Office Open XML, ISO/IEC 29500), with styles that a screen reader and a table of contents read.

What was typed is text and nothing else: a field or a link stands in elements that are never made from it.
"""

import io
import zipfile
from datetime import UTC, datetime, time
from itertools import groupby
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from lodestar.platform.documents.description import Block, Bullets, Document, Entry, Heading, Table, refuse_too_long, texts
from lodestar.platform.documents.writing import is_right_to_left, lines

LANGUAGE = "en-GB"
FACE = "Arial"  # on every machine that has Word, which takes another for scripts that it lacks
INK, QUIET = RGBColor(0x0B, 0x0C, 0x0C), RGBColor(0x48, 0x4D, 0x51)
LABEL, ANSWER, REMARK = "Question", "Answer", "Remark"
_SIZES = {1: 20, 2: 14, 3: 12}  # points, by level
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that an archive can say of its parts


def word(document: Document) -> bytes:
    """The document as .docx: the same bytes for the same document. Raises NotMade."""
    refuse_too_long("\n".join(lines(text)) for text in texts(document))
    made: Any = docx.Document()
    _drop_picture(made.part.package.rels)
    _set_page(made)
    _set_styles(made.styles)
    _set_properties(made.core_properties, document)
    _mark(made.sections[0], document)
    _passages(made, _flat(document.title), "Heading 1")
    for block in document.blocks:
        _add(made, block)
    out = io.BytesIO()
    made.save(out)
    return _without_times(out.getvalue())


def _drop_picture(parts: Any) -> None:
    """Takes off the small picture of an empty page that comes with the library's template."""
    for key in [key for key, part in parts.items() if part.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        parts.pop(key)


def _set_page(made: Any) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(24)
    section.top_margin = section.bottom_margin = Mm(25)


def _set_styles(styles: Any) -> None:
    language = styles.element.find(f".//{qn('w:lang')}")
    language.set(qn("w:val"), LANGUAGE)
    _set_face(styles["Normal"], 11, INK)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    for level, size in _SIZES.items():
        style = styles[f"Heading {level}"]
        _set_face(style, size, INK)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(16), Pt(6)
    for name, size, ink in ((LABEL, 10, QUIET), (ANSWER, 11, INK), (REMARK, 11, INK)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _set_face(style, size, ink)
        style.paragraph_format.left_indent = None if name == LABEL else Mm(4)
    styles[LABEL].font.bold = True
    styles[LABEL].paragraph_format.keep_with_next = True
    styles[LABEL].paragraph_format.space_before, styles[LABEL].paragraph_format.space_after = Pt(8), Pt(2)
    styles[REMARK].font.italic = True


def _set_face(style: Any, size: int, ink: RGBColor) -> None:
    style.font.name, style.font.size, style.font.color.rgb = FACE, Pt(size), ink
    faces = style.element.rPr.rFonts
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        faces.attrib.pop(qn(f"w:{kind}"), None)
    for kind in ("eastAsia", "cs"):
        faces.set(qn(f"w:{kind}"), FACE)


def _set_properties(properties: Any, document: Document) -> None:
    """What programs show of it. It names nobody: neither who made it nor whom it is about."""
    properties.title = _flat(document.title)
    properties.language = LANGUAGE
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.created = properties.modified = datetime.combine(document.day, time(), UTC)
    properties.revision = 1


def _mark(section: Any, document: Document) -> None:
    above, below = section.header.paragraphs[0], section.footer.paragraphs[0]
    above.alignment = below.alignment = WD_ALIGN_PARAGRAPH.CENTER
    above.add_run(_flat(document.marking)).bold = True
    below.add_run(_flat(document.marking)).bold = True
    below.add_run(f". {_flat(document.foot)}. Page ")
    _count(below, "PAGE")
    below.add_run(" of ")
    _count(below, "NUMPAGES")


def _count(paragraph: Any, what: str) -> None:
    """A field that Word counts: the page, or how many there are."""
    field, run, text = OxmlElement("w:fldSimple"), OxmlElement("w:r"), OxmlElement("w:t")
    field.set(qn("w:instr"), what)
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _add(made: Any, block: Block) -> None:
    match block:
        case Heading():
            _passages(made, _flat(block.text), f"Heading {block.level}")
            made.paragraphs[-1].paragraph_format.page_break_before = block.on_new_page
        case Bullets():
            for item in block.items:
                _passages(made, item, "List Bullet")
        case Entry():
            _passages(made, block.label, LABEL)
            _passages(made, block.text, REMARK if block.is_remark else ANSWER)
        case Table():
            _add_table(made, block)
        case _:
            _passages(made, block.text, "Normal")


def _add_table(made: Any, block: Table) -> None:
    """A table whose first row comes again on each page and is read as its headings."""
    if block.caption:
        _passages(made, _flat(block.caption), LABEL)
    table = made.add_table(rows=0, cols=len(block.headings), style="Table Grid")
    for place, cells in enumerate((block.headings, *block.rows)):
        row = table.add_row()
        for cell, text in zip(row.cells, cells, strict=True):
            cell.paragraphs[0].add_run("\n".join(lines(text))).bold = place == 0 or None
    heading = OxmlElement("w:tblHeader")
    heading.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(heading)
    made.add_paragraph()


def _passages(made: Any, text: str, style: str) -> None:
    """The lines of a text, those that are read from the same side together in one paragraph."""
    styled = made.styles[style].style_id  # looked up once: by its name it takes most of the time of a long answer
    for from_the_right, passage in groupby(lines(text), is_right_to_left):
        paragraph = made.add_paragraph()
        paragraph._p.style = styled
        run = paragraph.add_run("\n".join(passage))
        if from_the_right:
            paragraph._p.pPr.append(OxmlElement("w:bidi"))
            run.font.rtl = True


def _flat(text: str) -> str:
    return " ".join(lines(text))


def _without_times(content: bytes) -> bytes:
    """The same archive, its parts without the time at which they were written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w") as rewritten:
        for part in given.infolist():
            rewritten.writestr(zipfile.ZipInfo(part.filename, _FIRST_DAY), given.read(part), zipfile.ZIP_DEFLATED)
    return out.getvalue()
