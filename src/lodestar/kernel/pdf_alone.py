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
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

READ, NO_PAGES, NOT_A_PDF = 0, 3, 4
MEMORY = 1_500_000_000  # bytes
TOLD = ("/Metadata", "/PieceInfo", "/LastModified")
INSIDE = ("/EmbeddedFiles", "/AF", "/EF")  # files attached inside: another paper, which nobody looked at
RUNS = ("/OpenAction", "/AA", "/JavaScript", "/JS", "/XFA")  # what would run when the paper is opened
_OTHERS = frozenset({"/Launch", "/JavaScript", "/ImportData", "/SubmitForm"})  # what a press would start, or send elsewhere
# Below these stand names that their maker chose: a font may be called /AA.
_NAMED = frozenset({"/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/Properties", "/CharProcs",
                    "/ClassMap", "/RoleMap", "/Dests"})  # fmt: skip
_JPEG, _START_OF_SCAN, _END = b"\xff\xd8", 0xDA, 0xD9
_KEPT_MARKERS = frozenset({0xE0, 0xEE})  # how wide, and in what colours: without them the picture looks otherwise


def cleaned(content: bytes) -> bytes | None:
    """The PDF without what it tells of its making; None where it has no pages. Raises whatever pypdf raises."""
    reader = PdfReader(io.BytesIO(content), strict=False)
    if not reader.pages:
        return None
    writer: Any = PdfWriter(clone_from=reader)
    writer.metadata = None
    chosen = {number for one in writer._objects for held in _inside(one) for number in _named(held)}
    for number, one in enumerate(writer._objects, 1):  # pypdf's own walk of all objects compresses and merges besides
        for each in _inside(one, is_named=number in chosen):
            _without(each)
    _without(writer.root_object)
    reached = _reached(writer)
    for number in range(1, len(writer._objects) + 1):
        if number not in reached:  # nothing leads to it any more: a file attached, a script
            writer._objects[number - 1] = None
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _inside(one: Any, *, is_named: bool = False) -> Iterator[Any]:
    """A dictionary, and those that stand in it or in a list without a number of their own; not one whose names are chosen. A
    list is no dictionary, though it can do most of what one can."""
    waits = [(one, is_named)]
    while waits:
        each, is_named = waits.pop()
        if isinstance(each, DictionaryObject):
            is_named = is_named and not {"/Type", "/S"} & each.keys()  # nobody hides a catalogue or an action so
            if not is_named:
                yield each
            waits += [(value, name in _NAMED and not is_named) for name, value in each.items()]
        elif isinstance(each, ArrayObject):
            waits += [(value, False) for value in each]


def _named(held: Any) -> list[int]:
    """The numbers of what a dictionary refers to whose names their maker chose."""
    return [value.idnum for name, value in held.items() if name in _NAMED and isinstance(value, IndirectObject)]


def _without(held: Any) -> None:
    """One dictionary without what tells of its making, what is attached, what runs, and who wrote a remark."""
    for name in (*TOLD, *INSIDE, *RUNS):
        held.pop(name, None)
    does = held.get("/S")  # in some dictionaries a list or a dictionary
    if isinstance(does, str) and does in _OTHERS:
        for name in [one for one in held if one not in ("/S", "/Type")]:
            held.pop(name)
    if "/Rect" in held and held.get("/Subtype") != "/Widget":
        held.pop("/T", None)  # who wrote the remark; in a form it is the field's name
    if held.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
        held._data = without_camera(held._data)


def _reached(writer: Any) -> set[int]:
    """The numbers of all objects to which the catalogue leads."""
    found: set[int] = set()
    waits = [writer.root_object.indirect_reference]
    while waits:
        each = waits.pop()
        if isinstance(each, IndirectObject):
            if each.idnum not in found:
                found.add(each.idnum)
                waits.append(writer._objects[each.idnum - 1])
        elif isinstance(each, DictionaryObject):
            waits += each.values()
        elif isinstance(each, ArrayObject):
            waits += each
    return found


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
