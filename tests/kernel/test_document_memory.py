"""What a file that unpacks to very much costs: the process that reads it stays within its bounds, and whoever asked stays
small. Both are measured where they happen, by what the kernel counted as the most memory each had."""

import io
import json
import subprocess
import sys
import zipfile
import zlib

import pytest

from lodestar.kernel.filestore import NotAccepted
from lodestar.kernel.without_author import served

CHILD, PARENT = 512_000_000, 150_000_000  # bytes
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ASK = """
import json, resource, sys
from pathlib import Path
from lodestar.kernel.document_text import NotRead, read_document
told = []
for name in sys.argv[1:]:
    try:
        read = read_document(Path(name).read_bytes(), name.rpartition(".")[2])
        told.append(sum(len(text) for _, _, text in read["blocks"]))
    except NotRead as why:
        told.append(str(why))
most = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(json.dumps([told, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024, int(most.split()[1]) * 1024]))
"""
WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
HELLO = WORD.format("<w:p><w:r><w:t>hello</w:t></w:r></w:p>")


def packed(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def docx(document=HELLO, **parts):
    return packed(word__document_dot_xml=document, **parts)


def pdf(kids, content, count=1):
    flat = zlib.compress(content, 9)
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 5 0 R/Resources<</Font<</F1 4 0 R>>>>>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n" % len(flat) + flat + b"\nendstream",
    ]
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    listed = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)
    return out + b"xref\n0 6\n0000000000 65535 f \n" + listed + trailer


def bombs():
    """Each with what is said of it: how many letters of it were read, or a part of the sentence."""
    archive = packed(a=bytes(40_000_000))
    return {
        "paragraphs.docx": (docx(WORD.format("<w:p/>" * 6_000_000)), "more than can be read"),
        "picture.docx": (docx(word__media__a_dot_png=bytes(60_000_000)), 5),
        "archive.docx": (docx(word__media__a_dot_png=archive, word__embeddings__b_dot_docx=archive), 5),
        "deep.docx": (docx(WORD.format("<w:p>" * 500_000)), "cannot be read"),
        "pages.pdf": (pdf(b"3 0 R " * 100_000, b"BT /F1 9 Tf (x) Tj ET", 100_000), "more than can be read"),
        "stream.pdf": (pdf(b"3 0 R", b" " * 100_000_000), 0),
        "lines.html": (b"<html><body>" + b"<p>x</p>" * 101_000, "more than can be read"),
        "words.txt": (b"a " * 1_200_000, "more than can be read"),
        "good.txt": (b"hello", 5),
    }


def test_a_bomb_takes_no_more_than_its_bounds_and_the_next_file_is_read(tmp_path):
    every = bombs()
    for name, (content, _) in every.items():
        (tmp_path / name).write_bytes(content)
    command = [sys.executable, "-c", ASK, *(str(tmp_path / name) for name in every)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    told, child, parent = json.loads(ran.stdout)
    for (name, (_, expected)), said in zip(every.items(), told, strict=True):
        assert (expected in said) if isinstance(expected, str) else said == expected, (name, said)
    assert child <= CHILD
    assert parent <= PARENT


def test_what_unpacks_to_very_much_is_not_handed_out():
    """It is packed anew in a process of its own: what it unpacks to is known before anything of it is read."""
    much = {"[Content_Types]_dot_xml": "<Types/>", "ppt__presentation_dot_xml": "<a/>"}
    much |= {f"ppt__media__{number}_dot_png": bytes(30_000_000) for number in range(7)}
    with pytest.raises(NotAccepted):
        served(packed(**much), PPTX)
