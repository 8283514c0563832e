"""Reads one PDF in a process of its own and writes it anew without what its maker's programs wrote into it.

The parent gives the seconds of processor time, sends the bytes and reads the copy; this process ends with one of the
codes below, or the kernel ends it. It opens no file and no socket. What is taken off: the document's information, XMP,
what editors keep for themselves, earlier revisions, what cameras wrote into the photographs inside, files attached inside,
and what would run when it is opened.
"""

import io
import logging
import os
import resource
import sys
from typing import Any

from pypdf import PdfReader, PdfWriter

READ, NO_PAGES, NOT_A_PDF = 0, 3, 4
MEMORY = 1_500_000_000  # bytes
TOLD = ("/Metadata", "/PieceInfo", "/LastModified")
INSIDE = ("/EmbeddedFiles", "/AF", "/EF")  # files attached inside: another paper, which nobody looked at
RUNS = ("/OpenAction", "/AA", "/JavaScript", "/JS", "/XFA")  # what would run when the paper is opened
_JPEG, _START_OF_SCAN, _END = b"\xff\xd8", 0xDA, 0xD9
_KEPT_MARKERS = frozenset({0xE0, 0xEE})  # how wide, and in what colours: without them the picture looks otherwise


def cleaned(content: bytes) -> bytes | None:
    """The PDF without what it tells of its making; None where it has no pages. Raises whatever pypdf raises."""
    reader = PdfReader(io.BytesIO(content), strict=False)
    if not reader.pages:
        return None
    writer: Any = PdfWriter(clone_from=reader)
    writer.metadata = None
    for each in writer._objects:  # pypdf's own walk of all objects compresses and merges besides
        if hasattr(each, "pop"):
            for name in (*TOLD, *INSIDE, *RUNS):
                each.pop(name, None)
        if hasattr(each, "get") and each.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
            each._data = without_camera(each._data)
    without = _written(writer)
    return _written(PdfWriter(clone_from=PdfReader(without))).getvalue()  # once more: what nothing leads to any more goes


def _written(writer: Any) -> io.BytesIO:
    out = io.BytesIO()
    writer.write(out)
    return out


def without_camera(jpeg: bytes) -> bytes:
    """A JPEG without the parts that programs and cameras add; as it is where it cannot be told apart."""
    if not jpeg.startswith(_JPEG):
        return jpeg
    kept, at = [_JPEG], 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big") + 2
        if marker in (_START_OF_SCAN, _END):
            return b"".join([*kept, jpeg[at:]])
        is_told = 0xE0 <= marker <= 0xEF or marker == 0xFE
        if not is_told or marker in _KEPT_MARKERS:
            kept.append(jpeg[at : at + length])
        at += length
    return jpeg


def main(seconds: int) -> int:
    """From standard input to standard output."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    os.nice(10)  # pages come first
    logging.disable()
    try:
        copy = cleaned(sys.stdin.buffer.read())
    except Exception:  # pypdf raises many kinds for what is no PDF
        return NOT_A_PDF
    if copy is None:
        return NO_PAGES
    sys.stdout.buffer.write(copy)
    return READ


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
