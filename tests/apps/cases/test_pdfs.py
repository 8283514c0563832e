"""PDFs: evidence byte for byte, handed out without what tells of their making, and never a burden to the server."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, StreamObject

from lodestar.cases.models import CaseFile
from lodestar.cases.views import papers
from lodestar.kernel import filestore
from lodestar.kernel.filestore import NotAccepted, accepted, without_metadata
from lodestar.kernel.pdf_alone import without_camera
from tests.factories.accounts import a_member
from tests.factories.cases import a_case
from tests.factories.signed_in import form, signed_in

TOLD = b"Zzyzx Street"


def a_photograph():
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x010E] = TOLD.decode()
    Image.new("RGB", (40, 30), "blue").save(out, "JPEG", exif=exif, comment=TOLD)
    assert out.getvalue().count(TOLD) == 2
    return out.getvalue()


def a_pdf():
    """Two revisions, an author, XMP, what an editor keeps, and a photograph with what a camera adds."""
    writer = PdfWriter()
    page = writer.add_blank_page(100, 100)
    writer.add_metadata({"/Author": TOLD.decode(), "/Title": TOLD.decode()})
    xmp = DecodedStreamObject()
    xmp.set_data(TOLD)
    writer.root_object[NameObject("/Metadata")] = writer._add_object(xmp)
    page[NameObject("/PieceInfo")] = DictionaryObject({NameObject("/Editor"): NameObject("/ZzyzxStreet")})
    picture = StreamObject()
    picture._data = a_photograph()
    picture[NameObject("/Filter")] = NameObject("/DCTDecode")
    picture[NameObject("/Subtype")] = NameObject("/Image")
    picture[NameObject("/Width")], picture[NameObject("/Height")] = NameObject("/40"), NameObject("/30")
    pictures = DictionaryObject({NameObject("/P"): writer._add_object(picture)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): pictures})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.fixture
def at_papers(client, fenmarch, settings, tmp_path):
    settings.VAR = tmp_path
    officer = a_member("frontline")
    case = a_case(officer)
    signed_in(client, officer)
    sent = form(what="The rota", paper=SimpleUploadedFile("a.pdf", a_pdf(), "application/pdf"))
    assert client.post(f"/cases/{case.reference}/files", sent).status_code == 302
    return client, CaseFile.objects.get(case=case)


def test_a_pdf_is_handed_out_without_what_tells_of_its_making():
    given = a_pdf()
    assert TOLD in given
    clean = without_metadata(given)
    assert b"Zzyzx" not in clean
    found = PdfReader(io.BytesIO(clean))
    assert len(found.pages) == 1
    assert not found.metadata
    picture = found.pages[0]["/Resources"]["/XObject"]["/P"]._data
    assert Image.open(io.BytesIO(picture)).size == (40, 30)


def test_a_pdf_that_is_evidence_is_kept_byte_for_byte():
    given = a_pdf()
    assert accepted(given) == (given, "application/pdf")


def test_both_are_to_be_had(at_papers):
    client, row = at_papers
    page = client.get(f"/cases/{row.case.reference}/files").content.decode()
    assert f'href="/files/{row.id}?as=added"' in page
    handed_out, as_added = client.get(f"/files/{row.id}"), client.get(f"/files/{row.id}?as=added")
    assert TOLD not in handed_out.content
    assert TOLD in as_added.content
    assert "-as-added.pdf" in as_added["Content-Disposition"]
    for answer in (handed_out, as_added):
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_one_that_cannot_be_made_ready_says_so(at_papers, monkeypatch):
    client, row = at_papers

    def busy(*_given):
        raise NotAccepted("busy")

    monkeypatch.setattr(papers, "without_metadata", busy)
    answer = client.get(f"/files/{row.id}")
    assert answer.status_code == 503
    assert "The PDF is not ready just now" in answer.content.decode()


def test_a_pdf_that_keeps_a_reader_busy_is_given_up(monkeypatch):
    """Fifteen megabytes of objects without a list of them took a quarter of a minute, in the web server's own process."""
    monkeypatch.setattr(filestore, "PDF_SECONDS", 1)
    with pytest.raises(NotAccepted, match="takes too long to read"):
        accepted(b"%PDF-1.4\n" + b"1 0 obj\n<<>>\nendobj\n" * 700_000)


def test_no_more_than_two_are_read_at_once(monkeypatch):
    monkeypatch.setattr(filestore, "PATIENCE", 0.01)
    for _ in range(2):
        filestore._PDFS_READ.acquire()
    try:
        with pytest.raises(NotAccepted, match="could not be read just now"):
            accepted(a_pdf())
    finally:
        filestore._PDFS_READ.release(2)


@pytest.mark.parametrize("content", [b"", b"GIF", b"\xff\xd8", b"\xff\xd8\xff\xe1\x00\x08Exif", b"\xff\xd8\xff\xe1\x00\x00"])
def test_what_is_no_photograph_stays_as_it_is(content):
    assert without_camera(content) == content


def test_a_pdf_without_pages_is_refused():
    out = io.BytesIO()
    PdfWriter().write(out)
    with pytest.raises(NotAccepted, match="has no pages"):
        accepted(out.getvalue())
