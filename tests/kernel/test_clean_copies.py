"""What is handed out tells neither who made it nor where a picture was taken, and runs nothing: office files and pages as their
text, PDFs in `tests/apps/cases/test_pdfs.py`."""

import io
import zipfile

import docx
import pptx
import pytest

from lodestar.kernel.clean_copies import DOCX, ODT, PPTX, TEXT, clean_copy
from lodestar.kernel.document_text import NotRead

ODT_BODY = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><office:body><office:text>
<office:scripts><office:script>Quist</office:script></office:scripts><office:annotation><dc:creator>Quist</dc:creator></office:annotation>
<text:p>Ring first.</text:p></office:text></office:body></office:document-content>"""


def office(kind):
    """A file with its author, a title of its maker's and one paragraph."""
    out = io.BytesIO()
    if kind == ODT:
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("content.xml", ODT_BODY)
        return out.getvalue()
    made = docx.Document() if kind == DOCX else pptx.Presentation()
    if kind == DOCX:
        made.add_paragraph("Ring first.")
    else:
        made.slides.add_slide(made.slide_layouts[5]).shapes.title.text = "Ring first."
    made.core_properties.author = made.core_properties.title = "Marmalade Quist"
    made.save(out)
    return out.getvalue()


def test_each_kind_goes_out_as_what_is_read_in_it_and_without_its_author():
    page = (
        b'<html><head><meta name="author" content="Marmalade Quist"><title>Nail bars</title></head><body><!-- Quist -->'
        b"<script>Quist()</script><p>Ring first.</p></body></html>"
    )
    marked = b"+++\ntitle = 'Nail bars'\nauthor = 'Marmalade Quist'\n+++\nRing first.\n"
    text = b"The text alone: its pictures and its layout are not in this copy.\n\nRing first.\n"
    for given, media_type, expected in (
        *((office(kind), kind, text) for kind in (DOCX, ODT, PPTX)),
        (page, "text/html", b"Nail bars\n\nRing first.\n"),
        (marked, "text/markdown", b"Ring first.\n"),
        (b"Ring first.\n", "text/plain", b"Ring first.\n"),
    ):
        assert clean_copy(given, media_type) == (expected, TEXT), media_type


def test_what_cannot_be_freed_of_its_author_is_not_handed_out():
    for media_type in (DOCX, ODT, PPTX, "text/html", "message/rfc822"):
        with pytest.raises(NotRead):
            clean_copy(b"" if media_type == "text/html" else b"PK broken", media_type)
