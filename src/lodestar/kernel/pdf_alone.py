"""Reads one PDF in a process of its own and writes it anew without what its maker's programs wrote into it.

The parent gives the seconds of processor time, sends the bytes and reads the copy; this process ends with one of the
codes below, or the kernel ends it. It opens no file and no socket. What is taken off: the document's information, XMP,
what editors keep for themselves, earlier revisions, what cameras wrote into the photographs inside, files attached inside,
and what would run when it is opened.
"""

import io
import logging
import os
import re
import resource
import sys
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    EncodedStreamObject,
    IndirectObject,
    NameObject,
    NullObject,
    StreamObject,
)

READ, NO_PAGES, NOT_A_PDF = 0, 3, 4
MEMORY = 1_500_000_000  # bytes
TOLD = ("/Metadata", "/PieceInfo", "/LastModified")
INSIDE = ("/EmbeddedFiles", "/AF", "/EF")  # files attached inside: another paper, which nobody looked at
RUNS = ("/OpenAction", "/AA", "/JavaScript", "/JS", "/XFA")  # what would run when the paper is opened
_OTHERS = frozenset({"/Launch", "/JavaScript", "/ImportData", "/SubmitForm"})  # what a press would start, or send elsewhere
# Below these stand names that their maker chose: a font may be called /AA.
_NAMED = frozenset({"/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/Properties", "/CharProcs",
                    "/ClassMap", "/RoleMap", "/Dests"})  # fmt: skip
_JPEG, _START, _START_OF_SCAN, _END = b"\xff\xd8", 0xD8, 0xDA, 0xD9
_LOOKS = {0xE0: b"JFIF", 0xEE: b"Adobe"}  # how wide, and in what colours: without them the picture looks otherwise
_NEXT = re.compile(rb"\xff[\xc0-\xcf\xd8-\xfe]")  # the next part, behind what is drawn
MOST_BEFORE = 1_024  # bytes
_PHOTOGRAPHS = frozenset({"/DCTDecode", "/JPXDecode"})
_IN_FULL = {"/A85": "/ASCII85Decode", "/AHx": "/ASCIIHexDecode", "/Fl": "/FlateDecode", "/LZW": "/LZWDecode",
            "/RL": "/RunLengthDecode", "/DCT": "/DCTDecode"}  # fmt: skip


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
    if isinstance(held, StreamObject):
        _picture(held)


def _picture(held: Any) -> None:
    """A photograph in a stream without what a camera or a program wrote into it, unpacked from what it is packed in besides.
    Raises ValueError where it is packed as nobody packs one, or whatever pypdf raises."""
    filters = [_IN_FULL.get(str(one), str(one)) for one in _as_list(held.get("/Filter"))]
    if not any(one in _PHOTOGRAPHS for one in filters):
        return
    if filters[-1] not in _PHOTOGRAPHS or any(one in _PHOTOGRAPHS for one in filters[:-1]):
        raise ValueError("a photograph within a photograph")
    given = _as_list(held.get("/DecodeParms", held.get("/DP")))
    data = held._data
    if filters[:-1]:
        packed = EncodedStreamObject()
        packed._data = data
        packed[NameObject("/Filter")] = ArrayObject(NameObject(one) for one in filters[:-1])
        packed[NameObject("/DecodeParms")] = ArrayObject([*given, *[NullObject()] * len(filters)][: len(filters) - 1])
        data = packed.get_data()
        held.pop("/DecodeParms", None)
        if len(given) == len(filters):
            held[NameObject("/DecodeParms")] = given[-1]
    held[NameObject("/Filter")] = NameObject(filters[-1])
    held._data = without_boxes(data) if filters[-1] == "/JPXDecode" else without_camera(data)


def _as_list(given: Any) -> list[Any]:
    """What is given, or each of it where it is a list; itself, where it stands elsewhere."""
    found = given.get_object() if isinstance(given, IndirectObject) else given
    if found is None or isinstance(found, NullObject):
        return []
    return [one.get_object() for one in found] if isinstance(found, ArrayObject) else [found]


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
    """A JPEG without the parts that programs and cameras add, and without what stands before and behind it; as it is where it is
    none. What a reader passes over between two parts is left out."""
    start = jpeg.find(_JPEG, 0, MOST_BEFORE)
    if start < 0:
        return jpeg
    kept, at, is_drawn = [_JPEG], start + 2, False
    while (at := jpeg.find(b"\xff", at)) >= 0 and at + 4 <= len(jpeg):
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big") + 2
        if is_drawn and marker in (_START, _END):
            break
        if marker < 0xC0 or marker == 0xFF or 0xD0 <= marker <= _END:  # no part: a filling, a mark within what is drawn
            at += 1
            continue
        end = at + length
        if marker == _START_OF_SCAN:
            is_drawn = True
            following = _NEXT.search(jpeg, end)
            end = following.start() if following else len(jpeg)
        is_told = 0xE0 <= marker <= 0xEF or marker == 0xFE
        if not is_told or (marker in _LOOKS and jpeg.startswith(_LOOKS[marker], at + 4)):
            kept.append(jpeg[at:end])
        at = end
    return b"".join([*kept, b"\xff\xd9"]) if is_drawn else jpeg


def without_boxes(jpeg: bytes) -> bytes:
    """A JPEG 2000 without the boxes in which programs and cameras tell of it."""
    kept, at = [], 0
    if jpeg[4:8] != b"jP  ":
        return jpeg
    while at + 8 <= len(jpeg):
        length, kind = int.from_bytes(jpeg[at : at + 4], "big"), jpeg[at + 4 : at + 8]
        if length == 1:
            length = int.from_bytes(jpeg[at + 8 : at + 16], "big")
        end = at + length if length >= 8 else len(jpeg)
        if kind not in (b"xml ", b"uuid", b"uinf"):
            kept.append(jpeg[at:end])
        at = end
    return b"".join(kept)


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
