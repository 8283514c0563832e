"""Office files as other programs write them: parts with other names, the strict form, slides in their order, tables alike."""

import io
import zipfile

import pytest

from lodestar.kernel.text_alone import read
from lodestar.kernel.text_refused import UNSAFE, WRONG_KIND, Refused
from lodestar.kernel.word_alone import cleaned
from tests.kernel.test_text_alone import ODT, WORD, blocks, packed

TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RING = WORD.format("document", "<w:p><w:r><w:t>Ring.</w:t><w:footnoteReference w:id='2'/></w:r></w:p>")
NOTE = WORD.format("footnotes", "<w:footnote w:id='2'><w:p><w:r><w:t>At night.</w:t></w:r></w:p></w:footnote>")


def leads(*relations, of=TYPE):
    """The part that says where one leads: to each of these (name, kind, part)."""
    each = "".join(f'<Relationship Id="{name}" Type="{of}/{kind}" Target="{part}"/>' for name, kind, part in relations)
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{each}</Relationships>'


def lines(parts, ending):
    return [text for _, text in blocks(packed(parts), ending)]


# --- parts with other names -----------------------------------------------------------------------------------------------


def numbered(target="word/document2.xml"):
    """As the program of a browser writes it."""
    return {
        "[Content_Types].xml": "<Types/>", "_rels/.rels": leads(("rId1", "officeDocument", target)), "word/document2.xml": RING,
        "word/_rels/document2.xml.rels": leads(("rId4", "footnotes", "footnotes2.xml")), "word/footnotes2.xml": NOTE,
    }  # fmt: skip


@pytest.mark.parametrize("target", ["word/document2.xml", "/word/document2.xml", "./word/../word/document2.xml"])
def test_a_word_document_whose_parts_are_numbered_is_read(target):
    assert lines(numbered(target), "docx") == ["Ring.", "At night."]


def test_a_word_document_whose_parts_are_numbered_goes_out():
    with zipfile.ZipFile(io.BytesIO(cleaned(packed(numbered())))) as copy:
        assert copy.read("word/document2.xml").decode() == RING


@pytest.mark.parametrize(
    ("relations", "code"),
    [
        (leads(("rId1", "officeDocument", "xl/document2.xml")), WRONG_KIND),
        (leads(("rId1", "officeDocument", "word/document3.xml")), WRONG_KIND),
        (leads(("rId1", "styles", "word/document2.xml")), WRONG_KIND),
        ("<broken", WRONG_KIND),
        (f"<!DOCTYPE x>{leads()}", UNSAFE),
    ],
)
def test_what_leads_to_no_document_is_none(relations, code):
    with pytest.raises(Refused) as refused:
        read(packed(numbered() | {"_rels/.rels": relations}), "docx")
    assert refused.value.code == code


def test_the_strict_form_of_a_word_document_is_read():
    strict = {"wordprocessingml/2006/main": "wordprocessingml/main", "officeDocument/2006/": "officeDocument/"}

    def strictly(told):
        for usual, name in strict.items():
            told = told.replace(f"schemas.openxmlformats.org/{usual}", f"purl.oclc.org/ooxml/{name}")
        return told

    assert lines({name: strictly(told) for name, told in numbered().items()}, "docx") == ["Ring.", "At night."]


def test_a_sign_between_two_words_parts_them():
    body = "<w:p><w:r><w:t>0800</w:t></w:r><w:r><w:sym w:font='Wingdings' w:char='F028'/></w:r><w:r><w:t>1111</w:t></w:r></w:p>"
    assert lines({"word/document.xml": WORD.format("document", body)}, "docx") == ["0800 1111"]


# --- slides ---------------------------------------------------------------------------------------------------------------

SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml'
    f'/2006/main" xmlns:r="{TYPE}"'
)


def slide(*paragraphs, kind="body"):
    said = "".join(f"<a:p><a:r><a:t>{each}</a:t></a:r></a:p>" for each in paragraphs)
    return f'<p:sp><p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr>{said}</p:sp>'


def shown(*shapes):
    return f"<p:sld {SPACES}>{''.join(shapes)}</p:sld>"


def presentation(*names):
    ids = "".join(f'<p:sldId r:id="{name}"/>' for name in names)
    return {
        "ppt/presentation.xml": f"<p:presentation {SPACES}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": leads(*((f"rId{one}", "slide", f"slides/slide{one}.xml") for one in (1, 2, 10))),
        **{f"ppt/slides/slide{one}.xml": shown(slide(f"Slide {one}", "Ring.")) for one in (1, 2, 10)},
        "ppt/slides/_rels/slide2.xml.rels": leads(("rId1", "notesSlide", "../notesSlides/notesSlide7.xml")),
        "ppt/notesSlides/notesSlide7.xml": shown(slide("2", kind="sldNum"), slide("Say it slowly."), slide("Kent", kind="ftr")),
    }


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["rId10", "rId2", "rId1"], ["Slide 10", "Slide 2", "Slide 1"]),
        (["rId2"], ["Slide 2"]),  # the others were taken out
        (["rId9", ""], ["Slide 1", "Slide 2", "Slide 10"]),
    ],
)
def test_slides_are_read_as_they_are_shown_with_what_their_speaker_noted(names, told):
    found = read(packed(presentation(*names)), "pptx")
    said = [(page, depth, text) for page, depth, text in found["blocks"]]
    noted = {"Slide 2": ["Say it slowly."]}
    assert said == [
        (number, depth, text)
        for number, head in enumerate(told, 1)
        for depth, text in [(1, head), (0, "Ring."), *((0, each) for each in noted.get(head, []))]
    ]
    assert found["pages"] == len(told)


@pytest.mark.parametrize("part", ["ppt/presentation.xml", "ppt/_rels/presentation.xml.rels", "ppt/notesSlides/notesSlide7.xml"])
def test_slides_are_read_where_what_leads_to_them_is_damaged(part):
    told = lines(presentation("rId1", "rId2", "rId10") | {part: "<broken"}, "pptx")
    assert [each for each in told if each.startswith("Slide")] == ["Slide 1", "Slide 2", "Slide 10"]


# --- tables ---------------------------------------------------------------------------------------------------------------


def cell(*said):
    return f"<w:tc>{''.join(f'<w:p><w:r><w:t>{each}</w:t></w:r></w:p>' for each in said)}</w:tc>"


def controlled(inside):
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (cell("Police") + controlled(cell("ring")) + cell("101"), ["Police ring 101"]),
        (cell("Police") + controlled(controlled(cell("ring"))), ["Police ring"]),
        (cell("Police") + f"<w:tc>{controlled('<w:p><w:r><w:t>ring</w:t></w:r></w:p>')}</w:tc>", ["Police ring"]),
        (cell("Police") + controlled(cell("ring", "101")), ["Police", "ring", "101"]),
    ],
)  # fmt: skip
def test_a_row_of_word_is_one_line_whatever_is_asked_in_it(row, told):
    assert lines({"word/document.xml": WORD.format("document", f"<w:tbl><w:tr>{row}</w:tr></w:tbl>")}, "docx") == told


def odt_lines(body):
    table = ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw='
    return lines({"content.xml": ODT.replace(" xmlns:draw=", table, 1).format(body)}, "odt")


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (["<text:p>Police</text:p>", "", "<text:p>ring</text:p>"], ["Police ring"]),
        (["<text:p>Police</text:p>", "<text:p>ring</text:p><text:p>101</text:p>"], ["Police", "ring", "101"]),
        (["<text:p>Police</text:p>", "<text:list><text:list-item><text:p>ring</text:p></text:list-item></text:list>"],
         ["Police", "ring"]),
        (["<text:h>Police</text:h>", "<text:p>ring</text:p>"], ["Police", "ring"]),
    ],
)  # fmt: skip
def test_a_row_of_an_opendocument_text_is_one_line_too(cells, told):
    row = "".join(f"<table:table-cell>{each}</table:table-cell>" for each in cells)
    assert odt_lines(f"<table:table><table:table-row>{row}</table:table-row></table:table>") == told


def test_a_picture_within_a_paragraph_is_none_of_its_words():
    picture = "<draw:frame><draw:image><office:binary-data>iVBORw0KGgo=</office:binary-data></draw:image></draw:frame>"
    assert odt_lines(f"<text:p>Ring{picture}first.</text:p>") == ["Ring first."]
