"""Word documents: kept byte for byte, handed out without what tells of their making, and nothing in them runs or fetches."""

import io
import re
import time
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from lodestar.cases.models import CaseFile
from lodestar.kernel.filestore import DOC, DOCX, NotAccepted, accepted, without_metadata
from lodestar.kernel.word_alone import MOST_PARTS, cleaned
from tests.factories.accounts import a_member
from tests.factories.cases import a_case
from tests.factories.signed_in import form, signed_in
from tests.offenders import each

TOLD = b"Zzyzx"
TYPES = b'<?xml version="1.0"?><Types><Override PartName="/word/document.xml" ContentType="main+xml"/></Types>'
BODY = b'<w:document><w:ins w:author="Zzyzx" w:initials=\'Zzyzx\' w:date="2026-03-02">Wages were kept</w:ins></w:document>'
RELATIONS = (
    b'<Relationships><Relationship Id="a" Type="x/attachedTemplate" Target="http://Zzyzx.example/t" TargetMode="External"/>'
    b'<Relationship Id="b" Type="x/hyperlink" Target="http://gov.example/" TargetMode="External"/>'
    b'<Relationship Id="c" Type="x/image" Target="media/a.jpg"/></Relationships>'
)
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "WordDocument".encode("utf-16-le") + bytes(500)


def a_jpeg():
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x010E] = TOLD.decode()
    Image.new("RGB", (4, 3)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def a_png():
    notes, out = PngInfo(), io.BytesIO()
    notes.add_text("Where", TOLD.decode())
    Image.new("RGB", (4, 3)).save(out, "PNG", pnginfo=notes)
    return out.getvalue()


def a_document(**more):
    parts = {
        "[Content_Types].xml": TYPES,
        "word/document.xml": BODY,
        "word/_rels/document.xml.rels": RELATIONS,
        "docProps/core.xml": b"<dc:creator>Zzyzx</dc:creator>",
        "docProps/app.xml": b"<Company>Zzyzx</Company>",
        "docProps/custom.xml": b"<p>Zzyzx</p>",
        "docProps/thumbnail.jpeg": a_jpeg(),
        "word/media/a.jpg": a_jpeg(),
        "word/media/b.png": a_png(),
        "word/embeddings/other.bin": b"Zzyzx" * 9,
    } | {name.replace("__", "/"): content for name, content in more.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_document_is_handed_out_without_what_tells_of_its_making():
    given = a_document()
    assert accepted(given) == (given, DOCX)
    copy = zipfile.ZipFile(io.BytesIO(without_metadata(given, DOCX)))
    assert copy.testzip() is None
    for name in copy.namelist():
        assert TOLD not in copy.read(name), name
    assert b"Wages were kept" in copy.read("word/document.xml")
    assert copy.read("word/_rels/document.xml.rels").count(b"about:blank") == 1
    assert b"http://gov.example/" in copy.read("word/_rels/document.xml.rels")
    for name in ("word/media/a.jpg", "word/media/b.png"):
        assert Image.open(io.BytesIO(copy.read(name))).size == (4, 3)
    assert {part.date_time for part in copy.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@each(
    ("content", "words"),
    [
        (b"PK\x03\x04 and no more", "cannot be read"),
        (a_document(**{"word__vbaProject.bin": b"x"}), "holds a program"),
        (a_document(**{"[Content_Types].xml": TYPES.replace(b"main", b"macroEnabled.main")}), "holds a program"),
        (a_document(**{"word__styles.xml": b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>"}), "cannot be read"),
        (a_document(**{"word__header1.xml": "<w/>".encode("utf-16")}), "cannot be read"),
        (a_document(**{f"word__{number}.xml": b"" for number in range(MOST_PARTS)}), "cannot be read"),
        (OLD.replace("WordDocument".encode("utf-16-le"), b"Workbook"), "This kind of file"),
        (OLD + "VBA".encode("utf-16-le"), "holds a program"),
    ],
)
def test_a_hostile_document_is_refused_in_words(content, words):
    with pytest.raises(NotAccepted, match=words):
        accepted(content)


def a_document_of_a_store():
    """A document as SharePoint and other programs pack it: who shared it, with what, on which printer."""
    types = "".join(
        f'<Override PartName="/{name}" ContentType="a/b"/>'
        for name in ("word/document.xml", "word/header1.xml", "customXml/itemProps1.xml", "docProps/core2.xml", "word/Quist.xml")
    )
    of_all = (
        b'<Relationships><Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/>'
        b'<Relationship Id="b" Type="x/core-properties" Target="/package/services/metadata/core-properties/1.psmdcp"/>'
        b'<Relationship Id="c" Type="x/core-properties" Target="docProps/core2.xml"></Relationship></Relationships>'
    )
    of_body = (
        b'<Relationships><Relationship Id="a" Type="x/customXml" Target="../customXml/item1.xml"/>'
        b'<Relationship Id="b" Type="x/header" Target="header1.xml"/>'
        b'<Relationship Id="d" Type="x/printerSettings" Target="printerSettings/p1.bin"/>'
        b'<Relationship Id="e" Type="x/image" Target="media/a%20b.png"/><Relationship Id="f" Type="x/image" Target="../NULL"/>'
        b'<Relationship Id="g" Type="x/image" Target="/word/media/c.svg"/></Relationships>'
    )
    body = (
        b'<w:document><w:ins ns0:author = "Zzyzx">Wages were kept</w:ins><w:sectPr><w:printerSettings r:id="d"/></w:sectPr>'
        b'<a:blip r:embed="e"><a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip r:embed="g"/></a:ext>'
        b"</a:extLst></a:blip></w:document>"
    )
    of_item = b'<Relationships><Relationship Id="a" Type="x/customXmlProps" Target="itemProps1.xml"/></Relationships>'
    letters = b"<w:mailMerge><w:query w:val='C:\\Zzyzx'/></w:mailMerge>"
    settings = b"<w:settings>" + letters + b"<w:docVars><w:docVar w:val='Zzyzx'/></w:docVars></w:settings>"
    return a_document(
        **{
            "[Content_Types].xml": f'<?xml version="1.0"?><Types>{types}</Types>'.encode(),
            "_rels__.rels": of_all,
            "word__document.xml": body,
            "word___rels__document.xml.rels": of_body,
            "word__settings.xml": settings,
            "word__header1.xml": b"<w:hdr>Lodge</w:hdr>",
            "word__media__a b.png": a_png(),
            "word__media__c.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><metadata>Zzyzx</metadata></svg>",
            "word__printerSettings__p1.bin": TOLD,
            "word__Quist.xml": TOLD,
            "customXml__item1.xml": b"<SharedWithUsers><DisplayName>Zzyzx</DisplayName></SharedWithUsers>",
            "customXml__itemProps1.xml": TOLD,
            "customXml___rels__item1.xml.rels": of_item,
            "package__services__metadata__core-properties__1.psmdcp": TOLD,
            "docProps__core2.xml": TOLD,
            "docMetadata__LabelInfo.xml": TOLD,
        }
    )


def test_what_a_store_or_a_printer_noted_is_left_out_with_what_leads_to_it():
    """Who a document was shared with, a second list of properties and the printer's name went out as they came."""
    copy = zipfile.ZipFile(io.BytesIO(without_metadata(a_document_of_a_store(), DOCX)))
    parts = {name: copy.read(name) for name in copy.namelist()}
    assert [name for name, part in parts.items() if TOLD in part] == []
    assert not [name for name in parts if name.startswith(("customXml/", "package/", "docMetadata/", "word/Q", "word/printer"))]
    assert b"Wages were kept" in parts["word/document.xml"]
    assert b"printerSettings" not in parts["word/document.xml"]
    assert b"svgBlip" not in parts["word/document.xml"]  # the PNG beside it is shown
    types = parts["[Content_Types].xml"].decode()
    assert re.findall('PartName="/([^"]+)"', types) == ["word/document.xml", "word/header1.xml"]
    assert re.findall(b' Id="(.)"', parts["_rels/.rels"]) == [b"a"]
    assert re.findall(b' Id="(.)"', parts["word/_rels/document.xml.rels"]) == [b"b", b"e", b"f", b"g"]
    assert Image.open(io.BytesIO(parts["word/media/a b.png"])).size == (4, 3)


@pytest.mark.parametrize("taken_in", [b'<w:altChunk r:id="a"/>', b'<w:subDoc r:id="a"/>'])
def test_one_that_takes_the_words_of_another_in_is_refused(taken_in):
    given = a_document(**{"word__document.xml": b"<w:document>" + taken_in + b"</w:document>", "word__a.mht": TOLD})
    with pytest.raises(NotAccepted, match="cannot be read"):
        accepted(given)


@pytest.mark.parametrize(("name", "part"), [("c.gif", b"GIF89a" + TOLD), ("c.pict", bytes(600) + TOLD), ("s/c.SVG", b"<svg/>")])
def test_a_picture_that_cannot_be_shown_is_told(name, part):
    """It went out empty, and nobody knew that something was there."""
    with pytest.raises(NotAccepted, match="A picture in the document"):
        without_metadata(a_document(**{f"word/media/{name}": part}), DOCX)
    copy = zipfile.ZipFile(io.BytesIO(without_metadata(a_document(**{"word/media/c.wav": part}), DOCX)))
    assert copy.read("word/media/c.wav") == b""


def test_a_part_with_a_number_or_a_hyphen_in_its_name_stays():
    names = ("styles2.xml", "footnotes2.xml", "charts/chart-1.xml", "charts/_rels/chart-1.xml.rels", "diagrams/data-1.xml",
             "media/sub/a.png", "_rels/footnotes2.xml.rels")  # fmt: skip
    given = {f"word/{name}": a_png() if name.endswith("png") else b"<w:x/>" for name in names}
    copy = zipfile.ZipFile(io.BytesIO(without_metadata(a_document(**given, **{"word/media/_rels/a.rels": b"<x/>"}), DOCX)))
    assert given.keys() <= set(copy.namelist())
    assert "word/media/_rels/a.rels" not in copy.namelist()


@each(
    "one",
    [
        "<w:mailMerge>", "<w:docVars ", "<a:ext {96DAC541-7B7A-43D3-8B79-37D633B846F1}>", "<Relationship ", "<Override ",
        " a:author", "<w:printerSettings>",
    ],
)  # fmt: skip
def test_a_part_that_says_one_thing_again_and_again_is_read_in_a_moment(one):
    row, begun = one.encode() * 30_000, time.process_time()
    cleaned(a_document(**{"word__settings.xml": row, "[Content_Types].xml": row, "word___rels__settings.xml.rels": row}))
    assert time.process_time() - begun < 5


def test_one_that_unpacks_to_more_than_anyone_writes_is_refused(monkeypatch):
    monkeypatch.setattr("lodestar.kernel.word_alone.LARGEST_WHOLE", 100)
    with pytest.raises(ValueError, match="too large"):
        cleaned(a_document())


@pytest.fixture
def at_files(client, fenmarch, settings, tmp_path):
    settings.VAR = tmp_path
    officer = a_member("frontline")
    case = a_case(officer)
    signed_in(client, officer)

    def add(name, content):
        sent = form(what="Their contract", paper=SimpleUploadedFile(name, content))
        assert client.post(f"/cases/{case.reference}/files", sent).status_code == 302
        return CaseFile.objects.get(case=case)

    return client, add


def test_both_are_to_be_had(at_files):
    client, add = at_files
    given = a_document()
    row = add("c.docx", given)
    handed_out, as_added = client.get(f"/files/{row.id}"), client.get(f"/files/{row.id}?as=added")
    assert as_added.content == given
    assert handed_out["Content-Type"] == as_added["Content-Type"] == DOCX
    assert zipfile.ZipFile(io.BytesIO(handed_out.content)).read("docProps/core.xml") != b"<dc:creator>Zzyzx</dc:creator>"
    assert handed_out["Content-Disposition"].endswith('.docx"')


def test_an_old_document_is_had_as_it_was_added_alone(at_files):
    client, add = at_files
    row = add("c.doc", OLD)
    assert row.media_type == DOC
    assert client.get(f"/files/{row.id}").status_code == 404
    answer = client.get(f"/files/{row.id}?as=added")
    assert answer.content == OLD
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    page = client.get(f"/cases/{row.case.reference}/files").content.decode()
    assert f'href="/files/{row.id}"' not in page
    assert f'href="/files/{row.id}?as=added"' in page
