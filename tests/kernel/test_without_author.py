"""What is handed out of the library tells neither who made it nor where a picture was taken, and runs nothing."""

import io
import zipfile

import pytest

from lodestar.kernel.filestore import NotAccepted
from lodestar.kernel.without_author import served, without_exif

ODT = "application/vnd.oasis.opendocument.text"
AUTHOR = b"Marmalade Quist"


def packed(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return out.getvalue()


def unpacked(content):
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_an_office_file_goes_out_without_its_author_and_with_its_words():
    meta = b"<meta:initial-creator>" + AUTHOR + b"</meta:initial-creator>"
    words = (
        b"<office:annotation><dc:creator>" + AUTHOR + b"</dc:creator></office:annotation><text:p>Ring first.</text:p>"
    )
    picture = b"\xff\xd8" + b"\xff\xe1\x00\x12" + AUTHOR + b"\xff\xda" + b"drawn"
    given, media_type = served(packed(meta_DOT_xml=meta, content_DOT_xml=words, Pictures__a_DOT_jpg=picture), ODT)
    parts = unpacked(given)
    assert media_type == ODT
    assert AUTHOR not in b"".join(parts.values())
    assert b"Ring first." in parts["content.xml"]
    assert parts["Pictures/a.jpg"].endswith(b"drawn")


@pytest.mark.parametrize("media_type", ["text/html", "message/rfc822", "text/markdown"])
def test_a_page_goes_out_as_plain_text(media_type):
    assert served(b"<script>alert(1)</script>", media_type) == (
        b"<script>alert(1)</script>",
        "text/plain; charset=utf-8",
    )


def test_what_cannot_be_freed_of_its_author_is_not_handed_out():
    with pytest.raises(NotAccepted):
        served(b"PK broken", ODT)


def test_what_is_no_jpeg_stays_as_it_is():
    assert without_exif(b"\x89PNG rest") == b"\x89PNG rest"
