"""Reads one Word document in a process of its own and writes it anew without what tells of its making.

As `pdf_alone.py`: the parent gives the seconds, sends the bytes and reads the copy; nothing else is opened. What is taken
off: who wrote it and with what, names beside comments and changes, what cameras wrote into its pictures, files attached
inside, and whatever would fetch something from elsewhere when it is opened. One that holds a program is refused.
"""

import io
import os
import re
import resource
import sys
import zipfile

from lodestar.kernel.pdf_alone import MEMORY, NOT_A_PDF, READ, without_camera

NOT_A_DOCUMENT, PROGRAM = NOT_A_PDF, 5
MOST_PARTS = 2_000
LARGEST_WHOLE = 200_000_000  # bytes, unpacked
PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"pHYs", b"bKGD", b"cHRM", b"sBIT"})
EMPTY = {
    "docProps/core.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp="http:'
    b'//schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http:'
    b'//schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http:'
    b'//schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
}
_WHO = re.compile(rb"""((?:w\d*|w15|cr):(?:author|initials|providerId|userId))=("[^"]*"|'[^']*')""")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_TARGET = re.compile(rb"""\bTarget=("[^"]*"|'[^']*')""")


class HasProgram(ValueError):
    """The document holds a program that would run when it is opened."""


def cleaned(content: bytes) -> bytes:
    """The document without what tells of its making. Raises ValueError, or what zipfile raises, for what is none."""
    source = zipfile.ZipFile(io.BytesIO(content))
    parts = source.infolist()
    names = {part.filename for part in parts}
    if len(parts) > MOST_PARTS or len(names) != len(parts) or sum(part.file_size for part in parts) > LARGEST_WHOLE:
        raise ValueError("too large, or a part twice")
    if not {"[Content_Types].xml", "word/document.xml"} <= names:
        raise ValueError("no document")
    if any("vba" in name.lower() for name in names):
        raise HasProgram
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for part in parts:
            if not part.is_dir():
                plain = zipfile.ZipInfo(part.filename)  # the day on which it was packed stays behind
                plain.compress_type = zipfile.ZIP_DEFLATED
                copy.writestr(plain, _part(part.filename, source.read(part)))
    return out.getvalue()


def _part(name: str, found: bytes) -> bytes:
    lower = name.lower()
    if name in EMPTY:
        return EMPTY[name]
    if lower.startswith(("word/embeddings/", "docprops/thumbnail")):
        return b""
    if lower.endswith((".xml", ".rels")):
        if b"\0" in found or b"<!DOCTYPE" in found:
            raise ValueError("no plain XML")
        if b"macroEnabled" in found and lower == "[content_types].xml":
            raise HasProgram
        return _RELATION.sub(at_home, found) if lower.endswith(".rels") else _WHO.sub(rb'\1=""', found)
    return without_camera(found) if found.startswith(b"\xff\xd8") else without_notes(found) if found.startswith(PNG) else found


def at_home(found: re.Match[bytes]) -> bytes:
    """A relation that fetches nothing: a link that somebody may follow stays, anything else from outside goes nowhere."""
    relation = found.group()
    if b"External" not in relation or b"/hyperlink" in relation:
        return relation
    return _TARGET.sub(b'Target="about:blank"', relation)


def without_notes(found: bytes) -> bytes:
    """A PNG without the parts that programs and cameras add; as it is where it cannot be told apart."""
    kept, at = [PNG], len(PNG)
    while at + 12 <= len(found):
        length, kind = int.from_bytes(found[at : at + 4], "big"), found[at + 4 : at + 8]
        if kind in _PNG_KEPT:
            kept.append(found[at : at + 12 + length])
        at += 12 + length
        if kind == b"IEND":
            return b"".join(kept)
    return found


def main(seconds: int) -> int:
    """From standard input to standard output."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    os.nice(10)  # pages come first
    try:
        copy = cleaned(sys.stdin.buffer.read())
    except HasProgram:
        return PROGRAM
    except Exception:  # zipfile raises many kinds for what is none
        return NOT_A_DOCUMENT
    sys.stdout.buffer.write(copy)
    return READ


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
