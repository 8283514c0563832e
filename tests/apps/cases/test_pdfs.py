"""PDFs: evidence byte for byte, handed out without what tells of their making, and never a burden to the server."""

import base64
import io
import time
import zlib

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NullObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from lodestar.cases.models import CaseFile
from lodestar.cases.views import papers
from lodestar.kernel import filestore
from lodestar.kernel.filestore import NotAccepted, accepted, without_metadata
from lodestar.kernel.pdf_alone import without_boxes, without_camera
from tests.factories.accounts import a_member
from tests.factories.cases import a_case
from tests.factories.signed_in import form, signed_in
from tests.offenders import each

TOLD = b"Zzyzx Street"


def a_photograph():
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x010E] = TOLD.decode()
    Image.new("RGB", (40, 30), "blue").save(out, "JPEG", exif=exif, comment=TOLD)
    assert out.getvalue().count(TOLD) == 2
    return out.getvalue()


def a_pdf_with(data, filters, params=None):
    """A page with one picture in it, packed so."""
    writer = PdfWriter()
    page = writer.add_blank_page(100, 100)
    picture = StreamObject()
    picture._data = data
    picture[NameObject("/Filter")] = filters(writer) if callable(filters) else filters
    if params is not None:
        picture[NameObject("/DecodeParms")] = params
    for name, value in (("Type", "/XObject"), ("Subtype", "/Image"), ("ColorSpace", "/DeviceRGB")):
        picture[NameObject(f"/{name}")] = NameObject(value)
    for name, number in (("Width", 40), ("Height", 30), ("BitsPerComponent", 8)):
        picture[NameObject(f"/{name}")] = NumberObject(number)
    pictures = DictionaryObject({NameObject("/P"): writer._add_object(picture)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): pictures})
    drawn = DecodedStreamObject()
    drawn.set_data(b"q 100 0 0 100 0 0 cm /P Do Q")
    page[NameObject("/Contents")] = writer._add_object(drawn)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def names(*listed):
    return ArrayObject(NameObject(f"/{one}") for one in listed)


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


def a_dictionary(**parts):
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in parts.items()})


def text(words=""):
    return TextStringObject(words or TOLD.decode())


def an_ordinary_pdf(words="Ring first."):
    """As any office program writes one: a list with a number of its own, a font, a remark, and what may hide inside others
    without a number: scripts, a file, what a press starts."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    drawn = DecodedStreamObject()
    drawn.set_data(f"BT /AA 12 Tf 20 100 Td ({words}) Tj ET".encode())
    font = a_dictionary(Type=NameObject("/Font"), Subtype=NameObject("/Type1"), BaseFont=NameObject("/Helvetica"))
    fonts = writer._add_object(a_dictionary(AA=writer._add_object(font)))
    page[NameObject("/Resources")] = a_dictionary(Font=fonts)
    page[NameObject("/Contents")] = writer._add_object(drawn)
    runs = a_dictionary(S=NameObject("/JavaScript"), JS=text(f"app.alert('{TOLD.decode()}')"))
    starts = a_dictionary(S=NameObject("/Launch"), F=text())
    at = ArrayObject(map(NumberObject, (0, 0, 9, 9)))
    remark = a_dictionary(Type=NameObject("/Annot"), Subtype=NameObject("/Text"), Rect=at, T=text(), A=starts)
    page[NameObject("/Annots")] = writer._add_object(ArrayObject([writer._add_object(remark), remark]))
    attached = DecodedStreamObject()
    attached.set_data(TOLD)
    names = ArrayObject([text("a"), a_dictionary(Type=NameObject("/Filespec"), EF=a_dictionary(F=writer._add_object(attached)))])
    writer.root_object[NameObject("/Names")] = a_dictionary(
        JavaScript=a_dictionary(Names=ArrayObject([text("a"), runs])), EmbeddedFiles=a_dictionary(Names=names)
    )
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(ArrayObject([runs]))
    writer.add_metadata({"/Author": TOLD.decode()})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def in_an_object_stream():
    """A page tree and catalogue packed into one stream, as programs write since PDF 1.5."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(" + TOLD + b")>>]>>>>>>",
        b"<</Type/Pages/Count 1/Kids 5 0 R>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox 6 0 R/Resources<<>>>>",
        b"<</Author(" + TOLD + b")>>",
        b"[3 0 R]",
        b"[0 0 200 200]",
    ]
    body, heads = b"", []
    for number, one in enumerate(objects, 1):
        heads.append(f"{number} {len(body)}")
        body += one + b"\n"
    head = " ".join(heads).encode() + b"\n"
    packed = zlib.compress(head + body)
    made = b"%PDF-1.5\n"
    at = len(made)
    made += b"7 0 obj\n<</Type/ObjStm/N 6/First %d/Length %d/Filter/FlateDecode>>stream\n" % (len(head), len(packed))
    made += packed + b"\nendstream\nendobj\n"
    start = len(made)
    rows = [(0, 0, 255), *((2, 7, place) for place in range(6)), (1, at, 0), (1, start, 0)]
    told = b"".join(bytes([kind]) + where.to_bytes(4) + bytes([last]) for kind, where, last in rows)
    made += b"8 0 obj\n<</Type/XRef/Size 9/W[1 4 1]/Root 1 0 R/Info 4 0 R/Length %d>>stream\n" % len(told)
    return made + told + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start


def changed_since(first):
    """The same with a revision at its end, as a program that only adds writes it: the former words are still in the file."""
    writer = PdfWriter(io.BytesIO(first), incremental=True)
    drawn = DecodedStreamObject()
    drawn.set_data(b"BT /AA 12 Tf 20 100 Td (Ring at once.) Tj ET")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(drawn)
    writer.add_metadata({"/Author": TOLD.decode() + " again"})
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


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (an_ordinary_pdf(), "Ring first."),
        (changed_since(an_ordinary_pdf()), "Ring at once."),
        (in_an_object_stream(), ""),
    ],
    ids=["numbered-lists", "revised", "object-stream"],
)
def test_an_ordinary_pdf_is_handed_out_whole_and_without_what_hides_in_it(given, says):
    """A list with a number of its own, which every office program writes, was taken for a dictionary: no PDF was served."""
    clean = without_metadata(given)
    assert drawn_and_said(clean) == says
    assert TOLD not in clean
    inside = everything_in(clean)
    assert TOLD.decode() not in inside
    for name in ("/JS'", "/EmbeddedFiles", "/EF'", "/OpenAction", "/Author", "Ring first." if says == "Ring at once." else "-"):
        assert name not in inside
    assert len(PdfReader(io.BytesIO(clean)).pages) == 1


def test_a_portfolio_sorted_by_its_dates_is_handed_out():
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    sort = a_dictionary(S=ArrayObject([NameObject("/Date")]), A=ArrayObject([a_dictionary(S=a_dictionary())]))
    writer.root_object[NameObject("/Collection")] = a_dictionary(Sort=sort)
    out = io.BytesIO()
    writer.write(out)
    assert len(PdfReader(io.BytesIO(without_metadata(out.getvalue()))).pages) == 1


def test_a_font_may_be_called_as_what_would_run():
    clean = PdfReader(io.BytesIO(without_metadata(an_ordinary_pdf())))
    assert "/AA" in clean.pages[0]["/Resources"]["/Font"]


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
        with pytest.raises(NotAccepted, match="could not be read right now"):
            accepted(a_pdf())
    finally:
        filestore._PDFS_READ.release(2)


def in_letters(data):
    return base64.a85encode(data) + b"~>"


COLOURS = DictionaryObject({NameObject("/ColorTransform"): NumberObject(1)})
PACKED = {
    "letters": (in_letters(a_photograph()), names("ASCII85Decode", "DCTDecode"), None),
    "hexadecimal": (a_photograph().hex().encode() + b">", names("ASCIIHexDecode", "DCTDecode"), None),
    "squeezed": (zlib.compress(a_photograph()), names("FlateDecode", "DCTDecode"), ArrayObject([NullObject(), COLOURS])),
    "both": (in_letters(zlib.compress(a_photograph())), names("ASCII85Decode", "FlateDecode", "DCTDecode"), None),
    "short": (in_letters(a_photograph()), names("A85", "DCT"), None),
    "told elsewhere": (a_photograph(), lambda writer: writer._add_object(NameObject("/DCTDecode")), None),
    "a list elsewhere": (a_photograph(), lambda writer: writer._add_object(names("DCTDecode")), None),
    "behind a line": (b"\r\n" + a_photograph(), NameObject("/DCTDecode"), None),
}


@each("packed", PACKED.values(), ids=PACKED)
def test_a_photograph_tells_nothing_however_it_is_packed(packed):
    """Only one that was packed in nothing else was read; of others the place where they were taken went out."""
    clean = without_metadata(a_pdf_with(*packed))
    (picture,) = PdfReader(io.BytesIO(clean)).pages[0].images
    assert TOLD not in picture.data
    assert TOLD not in clean
    shown = pypdfium2.PdfDocument(clean)[0].render().to_pil().convert("RGB").getpixel((50, 50))
    assert shown[2] > 200 > 50 > shown[0]


@pytest.mark.parametrize("filters", [("DCTDecode", "FlateDecode"), ("DCTDecode", "DCTDecode"), ("Zzyzx", "DCTDecode")])
def test_a_photograph_that_is_packed_as_nobody_does_is_refused(filters):
    with pytest.raises(NotAccepted, match="cannot be read"):
        without_metadata(a_pdf_with(a_photograph(), names(*filters)))


def test_a_photograph_goes_without_what_stands_between_and_behind_its_parts():
    """A telephone keeps a second picture behind the first, and programs fill between the parts."""
    plain, told = io.BytesIO(), a_photograph()
    Image.new("RGB", (40, 30), "blue").save(plain, "JPEG", progressive=True)
    clean = without_camera(plain.getvalue())
    assert Image.open(io.BytesIO(clean)).tobytes() == Image.open(plain).tobytes()
    between = [told[:2] + one + told[2:] for one in (b"\xff\xff", TOLD)]
    for given in (plain.getvalue() + told, b"\n" + told, told + TOLD, *between):
        found = without_camera(given)
        assert TOLD not in found
        assert Image.open(io.BytesIO(found)).convert("RGB").getpixel((5, 5))[2] > 250
    profile = told[:2] + b"\xff\xe0\x00\x0eJFXX\0" + TOLD[:7] + told[2:]
    assert TOLD[:7] not in without_camera(profile)


def test_a_jpeg_2000_goes_without_what_programs_wrote_into_it():
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "blue").save(out, "JPEG2000")
    body = TOLD * 3
    box = (8 + len(body)).to_bytes(4, "big") + b"xml " + body
    given = out.getvalue()
    at = given.index(b"jp2h") - 4
    assert TOLD not in without_boxes(given[:at] + box + given[at:])
    assert without_boxes(given[:at] + box + given[at:]) == given
    clean = without_metadata(a_pdf_with(in_letters(given[:at] + box + given[at:]), names("ASCII85Decode", "JPXDecode")))
    assert TOLD not in clean
    assert given in clean


@each("one", [b"\xff", b"\xff\xd8", b"\xff\xda\x00\x02", b"\xff\xe1\x00\x02", b"\xff\xff\xda"])
def test_a_long_row_of_marks_is_read_in_a_moment(one):
    begun = time.process_time()
    without_camera(b"\xff\xd8\xff" + one * 300_000)
    assert time.process_time() - begun < 4


@each("content", [b"", b"GIF", b"\xff\xd8", b"\xff\xd8\xff\xe1\x00\x08Exif", b"\xff\xd8\xff\xe1\x00\x00"])
def test_what_is_no_photograph_stays_as_it_is(content):
    assert without_camera(content) == content


def test_a_pdf_without_pages_is_refused():
    out = io.BytesIO()
    PdfWriter().write(out)
    with pytest.raises(NotAccepted, match="has no pages"):
        accepted(out.getvalue())
