"""PDFs: evidence byte for byte, handed out without what tells of their making, and never a burden to the server."""

import base64
import io
import zlib

import pikepdf
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import Array, Dictionary, Name, Object
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject, StreamObject

from lodestar.casework.case_files.models import CaseFile
from lodestar.casework.case_files.views import people as case_files
from lodestar.platform.files import clean_copies, document_text
from lodestar.platform.files.clean_pdf import clean
from lodestar.platform.files.document_text import NotRead
from lodestar.platform.files.filestore import NotAccepted, accepted
from lodestar.platform.files.reading_results import Refused
from tests.factories.accounts import a_member
from tests.factories.cases import a_case
from tests.factories.signed_in import form, signed_in
from tests.offenders import each

TOLD = b"Zzyzx Street"
REMARK = b"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/T(Zzyzx Street)/A<</S/Launch/F(Zzyzx Street)>>>>"
RUNS = b"<</S/JavaScript/JS(app.alert\\('Zzyzx Street'\\))>>"


def a_photograph():
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x010E] = TOLD.decode()
    Image.new("RGB", (40, 30), "blue").save(out, "JPEG", exif=exif, comment=TOLD)
    assert out.getvalue().count(TOLD) == 2
    return out.getvalue()


def blank():
    made = pikepdf.new()
    made.add_blank_page(page_size=(100, 100))
    return made, made.pages[0]


def saved(made, **how):
    out = io.BytesIO()
    made.save(out, **how)
    return out.getvalue()


def a_pdf_with(data, filters, params=None):
    """A page with one picture in it, packed so."""
    made, page = blank()
    picture = made.make_stream(
        data, Type=Name.XObject, Subtype=Name.Image, ColorSpace=Name.DeviceRGB, Width=40, Height=30, BitsPerComponent=8
    )
    picture.Filter = filters(made) if callable(filters) else filters
    if params is not None:
        picture.DecodeParms = params
    page.Resources = Dictionary(XObject=Dictionary(P=picture))
    page.Contents = made.make_stream(b"q 100 0 0 100 0 0 cm /P Do Q")
    return saved(made)


def a_pdf(**how):
    """As office programs write one: a list with a number of its own, a font, a remark, an author, XMP, what an editor keeps; and
    what may hide inside others without a number: scripts, a file, what a press starts."""
    made, page = blank()
    page.Contents = made.make_stream(b"BT /AA 12 Tf 20 50 Td (Ring first.) Tj ET")
    font = made.make_indirect(Object.parse(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"))
    page.Resources = Dictionary(Font=made.make_indirect(Dictionary(AA=font)))
    page.Annots = made.make_indirect(Array([made.make_indirect(Object.parse(REMARK)), Object.parse(REMARK)]))
    page.PieceInfo = Object.parse(b"<</Editor/ZzyzxStreet>>")
    made.Root.Names = Object.parse(b"<</JavaScript<</Names[(a)" + RUNS + b"]>>>>")
    made.attachments["a"] = TOLD
    made.Root.OpenAction = made.make_indirect(Array([Object.parse(RUNS)]))
    made.Root.Metadata = made.make_stream(TOLD)
    made.docinfo.Author = TOLD.decode()
    return saved(made, fix_metadata_version=False, **how)


def changed_since(first):
    """The same with a revision at its end, as a program that only adds writes it: the former words are still in the file."""
    writer = PdfWriter(io.BytesIO(first), incremental=True)
    drawn = DecodedStreamObject()
    drawn.set_data(b"BT /AA 12 Tf 20 50 Td (Ring at once.) Tj ET")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(drawn)
    out = io.BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(first)
    return out.getvalue()


def drawn_and_said(content):
    """What its first page says, once it is drawn."""
    found = pypdfium2.PdfDocument(content)
    found[0].render()
    return found[0].get_textpage().get_text_range()


def everything_in(content):
    """All that a PDF holds, unpacked."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    return repr([(one, one.get_data() if isinstance(one, StreamObject) else b"") for one in writer._objects])


@pytest.fixture
def at_papers(client, fenmarch, settings, tmp_path):
    settings.VAR = tmp_path
    officer = a_member("frontline")
    case = a_case(officer)
    signed_in(client, officer)
    sent = form(what="The rota", paper=SimpleUploadedFile("a.pdf", a_pdf(), "application/pdf"))
    assert client.post(f"/cases/{case.reference}/files", sent).status_code == 302
    return client, CaseFile.objects.get(case=case)


def test_a_pdf_is_handed_out_whole_and_without_what_hides_in_it():
    """A list with a number of its own, which every office program writes, was once taken for a dictionary."""
    packed = a_pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate)
    for given, says in ((a_pdf(), "Ring first."), (packed, "Ring first."), (changed_since(a_pdf()), "Ring at once.")):
        found = clean(given)
        assert drawn_and_said(found) == says
        inside = everything_in(found)
        assert "Zzyzx" in everything_in(given)
        for name in ("Zzyzx", "/JS'", "/EmbeddedFiles", "/EF'", "/OpenAction", "Ring first." if says == "Ring at once." else "-"):
            assert name not in inside
        reader = PdfReader(io.BytesIO(found))
        assert (len(reader.pages), reader.metadata or {}) == (1, {})
        assert "/AA" in reader.pages[0]["/Resources"]["/Font"]  # a font may be called as what would run


def test_a_portfolio_sorted_by_its_dates_is_handed_out():
    made, _ = blank()
    made.Root.Collection = Object.parse(b"<</Sort<</S[/Date]/A[<</S<<>>>>]>>>>")
    assert len(PdfReader(io.BytesIO(clean(saved(made)))).pages) == 1


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
        raise NotRead("busy")

    monkeypatch.setattr(case_files, "clean_copy", busy)
    answer = client.get(f"/files/{row.id}")
    assert answer.status_code == 503
    assert "The PDF is not ready just now" in answer.content.decode()


def test_a_pdf_that_keeps_a_reader_busy_is_given_up(monkeypatch):
    """Fifteen megabytes of objects without a list of them took a quarter of a minute, in the web server's own process."""
    monkeypatch.setattr(clean_copies, "SECONDS", 1)
    with pytest.raises(NotAccepted, match="takes too long"):
        accepted(b"%PDF-1.4\n" + b"1 0 obj\n<<>>\nendobj\n" * 700_000)


def test_no_more_than_two_are_read_at_once(monkeypatch):
    monkeypatch.setattr(document_text, "PATIENCE", 0.01)
    for _ in range(2):
        document_text._READERS.acquire()
    try:
        with pytest.raises(NotAccepted, match="could not be read right now"):
            accepted(a_pdf())
    finally:
        document_text._READERS.release(2)


def test_a_pdf_without_pages_is_refused():
    with pytest.raises(NotAccepted, match="cannot be read"):
        accepted(saved(pikepdf.new()))


# --- photographs in it ------------------------------------------------------------------------------------------------


def in_letters(data):
    return base64.a85encode(data) + b"~>"


def names(*listed):
    return Array(map(Name, listed))


PACKED = {
    "letters": (in_letters(a_photograph()), ("/ASCII85Decode", "/DCTDecode")),
    "hexadecimal": (a_photograph().hex().encode() + b">", ("/ASCIIHexDecode", "/DCTDecode")),
    "squeezed": (zlib.compress(a_photograph()), ("/FlateDecode", "/DCTDecode"), Object.parse(b"[null <</ColorTransform 1>>]")),
    "both": (in_letters(zlib.compress(a_photograph())), ("/ASCII85Decode", "/FlateDecode", "/DCTDecode")),
    "short": (in_letters(a_photograph()), ("/A85", "/DCT")),
    "told elsewhere": (a_photograph(), lambda made: made.make_indirect(Name.DCTDecode)),
    "a list elsewhere": (a_photograph(), lambda made: made.make_indirect(names("/DCTDecode"))),
    "behind a line": (b"\r\n" + a_photograph(), ("/DCTDecode",)),
}


@each("packed", PACKED.values(), ids=PACKED)
def test_a_photograph_tells_nothing_however_it_is_packed(packed):
    """Only one that was packed in nothing else was read; of others the place where they were taken went out."""
    data, filters, *params = packed
    found = clean(a_pdf_with(data, filters if callable(filters) else names(*filters), *params))
    (picture,) = PdfReader(io.BytesIO(found)).pages[0].images
    assert TOLD not in picture.data
    assert TOLD not in found
    shown = pypdfium2.PdfDocument(found)[0].render().to_pil().convert("RGB").getpixel((50, 50))
    assert shown[2] > 200 > 50 > shown[0]


def test_a_photograph_that_is_packed_as_nobody_does_is_refused():
    for filters in (("/DCTDecode", "/FlateDecode"), ("/DCTDecode", "/DCTDecode"), ("/Zzyzx", "/DCTDecode")):
        with pytest.raises((Refused, pikepdf.PdfError)):
            clean(a_pdf_with(a_photograph(), names(*filters)))


def test_a_photograph_goes_without_what_stands_beside_its_picture_and_a_plain_one_as_it_is():
    """A telephone keeps a second picture behind the first; a scanner's plain pages are not drawn anew."""
    plain, told = io.BytesIO(), a_photograph()
    Image.new("RGB", (40, 30), "blue").save(plain, "JPEG", progressive=True)
    assert plain.getvalue() in clean(a_pdf_with(plain.getvalue(), names("/DCTDecode")))
    profile = told[:2] + b"\xff\xe0\x00\x0eJFXX\0" + TOLD[:7] + told[2:]
    for given in (plain.getvalue() + told, b"\n" + told, told + TOLD, told[:2] + b"\xff\xff" + told[2:], profile):
        (picture,) = PdfReader(io.BytesIO(clean(a_pdf_with(given, names("/DCTDecode"))))).pages[0].images
        assert TOLD[:7] not in picture.data
        assert Image.open(io.BytesIO(picture.data)).convert("RGB").getpixel((5, 5))[2] > 250


def test_a_jpeg_2000_goes_without_what_programs_wrote_into_it():
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "blue").save(out, "JPEG2000")
    box = (8 + 3 * len(TOLD)).to_bytes(4, "big") + b"xml " + TOLD * 3
    given = out.getvalue()
    at = given.index(b"jp2h") - 4
    found = clean(a_pdf_with(in_letters(given[:at] + box + given[at:]), names("/ASCII85Decode", "/JPXDecode")))
    assert TOLD not in found
    assert given in found
