"""What is handed out of the library tells neither who made it nor where a picture was taken, and runs nothing."""

import base64
import gzip
import io
import re
import zipfile

import pytest
from PIL import Image, PngImagePlugin

from lodestar.kernel.filestore import ODT, PPTX, NotAccepted
from lodestar.kernel.picture_alone import NotShown, picture, shown
from lodestar.kernel.without_author import served
from tests.offenders import each

AUTHOR = b"Marmalade Quist"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = (
    f'xmlns:office="{OFFICE}:office:1.0" xmlns:text="{OFFICE}:text:1.0" xmlns:draw="{OFFICE}:drawing:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
).encode()
ROOT = "http://schemas.openxmlformats.org"


def packed(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def unpacked(content):
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def a_picture(kind):
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = AUTHOR.decode()
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", AUTHOR.decode())
    more = {"PNG": {"pnginfo": told, "exif": exif}, "JPEG": {"exif": exif, "comment": AUTHOR}}
    more |= {"TIFF": {"exif": exif}, "WEBP": {"exif": exif}}
    Image.new("RGB", (40, 30), "blue").save(out, kind, **more.get(kind, {"comment": AUTHOR}))
    assert AUTHOR in out.getvalue()
    return out.getvalue()


def a_relation(number, kind, target, mode=""):
    return f'<Relationship Id="rId{number}" Type="{ROOT}/officeDocument/2006/relationships/{kind}" Target="{target}"{mode}/>'


def slides():
    """A presentation as programs write one, with what must not go out."""
    relations = "".join(
        [
            a_relation(1, "slide", "slides/slide1.xml"),
            a_relation(2, "vbaProject", "vbaProject.bin"),
            a_relation(3, "revisionInfo", "revisionInfo.xml"),
        ]
    )
    of_slide = "".join(
        [
            a_relation(1, "image", "../media/image1.png"),
            a_relation(2, "package", "../embeddings/letter.docx"),
            a_relation(3, "image", f"https://far.example/{AUTHOR.decode().split()[1]}.png", ' TargetMode="External"'),
            a_relation(4, "hyperlink", "https://help.example/", ' TargetMode="External"'),
            a_relation(5, "tags", "../tags/tag1.xml"),
        ]
    )
    names = ("presentation", "slides/slide1", "revisionInfo")
    types = "".join(f'<Override PartName="/ppt/{name}.xml" ContentType="a/b"/>' for name in names)
    return packed(
        {
            "[Content_Types].xml": f"<Types>{types}</Types>",
            "_rels/.rels": f"<Relationships>{a_relation(1, 'officeDocument', 'ppt/presentation.xml')}</Relationships>",
            "docProps/core.xml": AUTHOR,
            "docProps/thumbnail.jpeg": a_picture("JPEG"),
            "ppt/presentation.xml": "<p:presentation/>",
            "ppt/_rels/presentation.xml.rels": f"<Relationships>{relations}</Relationships>",
            "ppt/slides/slide1.xml": b'<p:sld><p:custDataLst><p:tags r:id="rId5"/></p:custDataLst><a:t>Ring first.</a:t>'
            b'<a:hlinkClick action="ppaction://macro?name=Quist"/></p:sld>',
            "ppt/slides/_rels/slide1.xml.rels": f"<Relationships>{of_slide}</Relationships>",
            "ppt/commentAuthors.xml": b'<p:cmAuthor id="1" name="' + AUTHOR + b'" initials=\'Quist\'/>',
            "ppt/media/image1.png": a_picture("PNG"),
            "ppt/media/image2.jpg": a_picture("JPEG"),
            "ppt/embeddings/letter.docx": packed({"word/document.xml": AUTHOR}),
            "ppt/vbaProject.bin": AUTHOR,
            "ppt/revisionInfo.xml": AUTHOR,
            "ppt/tags/tag1.xml": AUTHOR,
            "customXml/item1.xml": AUTHOR,
        }
    )


def text_document():
    words = (
        b"<office:document-content " + SPACES + b"><office:scripts><office:script>Quist</office:script>"
        b"<office:script>Quist</office:script><office:event-listeners><s:event-listener xmlns:s='urn:s'/>"
        b"<s:event-listener xmlns:s='urn:s'/></office:event-listeners></office:scripts>"
        b"<office:annotation><dc:creator>" + AUTHOR + b"</dc:creator></office:annotation><text:p>Ring first."
        b'<text:a xlink:href="https://help.example/">Help</text:a><draw:image xlink:href="https://far.example/Quist.png"/>'
        b'<draw:image xlink:href="Pictures/a.png"/></text:p></office:document-content>'
    )
    listed = "".join(
        f'<m:file-entry m:full-path="{name}"/>' for name in ("/", "content.xml", "Basic/Standard/Quist.xml", "Pictures/a.png")
    )
    return packed(
        {
            "mimetype": ODT,
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{OFFICE}:manifest:1.0">{listed}</m:manifest>',
            "content.xml": words,
            "styles.xml": b"<office:document-styles " + SPACES + b"/>",
            "settings.xml": AUTHOR,
            "meta.xml": AUTHOR,
            "Object 1/content.xml": b"<office:document-content " + SPACES + b"/>",
            "Object 1/meta.xml": AUTHOR,
            "Object 2": packed({"word/document.xml": AUTHOR}),
            "Basic/Standard/Quist.xml": AUTHOR,
            "Thumbnails/thumbnail.png": a_picture("PNG"),
            "Pictures/a.png": a_picture("PNG"),
            "Pictures/b.jpg": a_picture("JPEG"),
            "Pictures/c.docx": packed({"word/document.xml": AUTHOR}),
        }
    )


@each(
    ("given", "media_type", "main", "gone"),
    [
        (slides(), PPTX, "ppt/slides/slide1.xml", {"ppt/vbaProject.bin", "ppt/revisionInfo.xml", "customXml/item1.xml"}),
        (text_document(), ODT, "content.xml", {"Object 2", "Basic/Standard/Quist.xml", "settings.xml"}),
    ],
)
def test_an_office_file_goes_out_without_its_author_and_with_its_words(given, media_type, main, gone):
    """Words in a picture, a letter inside, a chart's author, a macro and a picture from elsewhere went out as they came."""
    clean, told = served(given, media_type)
    parts = unpacked(clean)
    assert told == media_type
    assert not [name for name, part in parts.items() if b"Quist" in part or b"word/document" in part]
    assert not gone & parts.keys()
    assert b"Ring first." in parts[main]
    everything = b"".join(parts.values())
    assert b"https://help.example/" in everything  # a link is for whoever follows it
    assert b"far.example" not in everything
    for name in ("ppt/media/image1.png", "ppt/media/image2.jpg", "Pictures/a.png", "Pictures/b.jpg"):
        if name in parts:
            assert Image.open(io.BytesIO(parts[name])).size == (40, 30)
    assert not any(name in everything.decode("latin-1") for name in ("vbaProject", "revisionInfo", "Basic/"))


@each("kind", ["PNG", "JPEG", "GIF", "TIFF", "WEBP"])
def test_a_picture_is_drawn_as_it_was_and_says_nothing(kind):
    clean = picture(a_picture(kind))
    assert AUTHOR not in clean
    with Image.open(io.BytesIO(clean)) as drawn:
        assert (drawn.format, drawn.size) == (kind, (40, 30))
        assert drawn.convert("RGB").getpixel((5, 5))[2] > 250


def test_what_is_no_picture_is_empty_where_one_is_shown_and_a_picture_of_an_unknown_kind_is_told():
    assert shown("ppt/media/a.mp4", b"Quist") == shown("ObjectReplacements/Object 1", b"VCLMTF Quist") == b""
    assert shown("ppt/embeddings/a.docx", b"PK") == shown("ppt/media/a.png", b"") == b""
    for name in ("ppt/media/a.pict", "Pictures/a.SVM", "Pictures/a.svg"):
        with pytest.raises(NotShown):
            shown(name, b"Quist")
    with pytest.raises(NotAccepted, match="A picture in the document"):
        served(packed(unpacked(slides()) | {"ppt/media/image3.emz": b"Quist"}), PPTX)


@each("plain", [bytes(40) + b" EMF" + bytes(60) + b"drawn", b"\xd7\xcd\xc6\x9adrawn"])
def test_a_packed_picture_goes_out_packed_and_says_nothing(plain):
    out = io.BytesIO()
    with gzip.GzipFile("Quist.emf", "wb", fileobj=out) as file:
        file.write(plain)
    assert b"Quist" in out.getvalue()
    clean = shown("word/media/a.emz", out.getvalue())
    assert b"Quist" not in clean
    assert gzip.decompress(clean) == plain


def test_a_packed_picture_without_end_is_told():
    for told in (gzip.compress(bytes(70_000_000)), gzip.compress(b"\xd7\xcd\xc6\x9a" * 99)[:-9]):
        with pytest.raises(NotShown):
            shown("word/media/a.wmz", told)


def test_a_drawing_goes_out_as_it_is_seen():
    within = base64.b64encode(a_picture("JPEG")).decode()
    clean = picture(f"""<?xml version="1.0"?><!-- Quist --><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://far.example/x.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:s="http://Quist.example/s" s:doc="Quist">
<metadata><x>Quist</x></metadata><title>Quist</title><s:view by="Quist"/><script>Quist()</script>
<style>@import "http://far.example/a"; .a {{ fill: url(http://far.example/b) }} .b {{ fill: url(#a) }}</style>
<path d="M0 0L9 9" class="a" onclick="Quist()" style="fill: URL( 'http://far.example/c')" mask="url(#m)"/>
<image xlink:href="http://far.example/d.png"/><image href="data:image/jpeg;base64,{within}"/><use xlink:href="#u"/>
<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">Quist</p></foreignObject><text>Ring first.</text></svg>""".encode())
    for gone in (b"Quist", b"far.example", b"DOCTYPE", b"onclick"):
        assert gone not in clean
    for stays in (b"M0 0L9 9", b"Ring first.", b'href="#u"', b"url(#a)", b'mask="url(#m)"'):
        assert stays in clean
    found = re.search(rb"base64,([^\"]+)", clean)
    assert found
    assert AUTHOR not in base64.b64decode(found[1])


@each("of", ['<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>', ""])
def test_a_drawing_that_may_fetch_something_is_told(of):
    with pytest.raises(NotShown):
        shown("Pictures/a.svg", f"{of}<svg xmlns='http://www.w3.org/2000/svg'><style>u\\72l(//a)</style></svg>".encode())


def test_a_page_goes_out_as_the_words_that_are_read_in_it():
    page = (
        b'<html><head><meta name="author" content="Marmalade Quist"><title>Nail bars</title></head><body><!-- Quist -->'
        b"<script>Quist()</script><p>Ring first.</p></body></html>"
    )
    assert served(page, "text/html") == (b"Nail bars\n\nRing first.\n", "text/plain; charset=utf-8")


def test_markdown_goes_out_without_its_author():
    page = b"+++\ntitle = 'Nail bars'\nauthor = 'Marmalade Quist'\n+++\nRing first.\n"
    assert served(page, "text/markdown")[0] == b"+++\ntitle = 'Nail bars'\n+++\nRing first.\n"


def test_what_cannot_be_freed_of_its_author_is_not_handed_out():
    for media_type in (ODT, PPTX, "text/html", "message/rfc822"):
        with pytest.raises(NotAccepted):
            served(b"" if media_type == "text/html" else b"PK broken", media_type)
