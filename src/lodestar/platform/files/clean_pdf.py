"""A PDF written anew without what tells of its making, what is attached and what would run; in the process of its own that
`text_alone.py` is."""

import io
import re
from typing import Any

import pikepdf
from PIL import Image, ImageFile
from PIL.JpegImagePlugin import JpegImageFile

from lodestar.platform.files.reading_results import ENCRYPTED, NOT_READABLE, Refused

# Its making and earlier states; files attached inside, which nobody looked at; what would run when it is opened.
_GONE = frozenset({"/Metadata", "/PieceInfo", "/LastModified", "/EmbeddedFiles", "/AF", "/EF", "/OpenAction", "/AA",
                   "/JavaScript", "/JS", "/XFA"})  # fmt: skip
_STARTS = ("/Launch", "/JavaScript", "/ImportData", "/SubmitForm")  # actions that run something, or send something elsewhere
_FILTERS = {"/A85": "/ASCII85Decode", "/AHx": "/ASCIIHexDecode", "/Fl": "/FlateDecode", "/LZW": "/LZWDecode",
            "/RL": "/RunLengthDecode", "/DCT": "/DCTDecode"}  # fmt: skip
_PHOTOGRAPHS = {"/DCTDecode", "/JPXDecode"}
MOST_BEFORE = 1_024  # bytes before a photograph, which readers pass over
# What a camera or a program adds: its parts, or anything behind the picture. A scanner's plain pictures have none, and stay.
_JPEG_TELLS = re.compile(
    rb"\xff(?:[\xe1-\xed\xef\xfe]|\xe0(?!\0\x10JFIF\0)|\xee(?!\0\x0eAdobe)|\xd9[\s\0]*[^\s\0])"
)  # fmt: skip
_JPEG_2000_TELLS = re.compile(rb"xml |uuid|uinf|\xff\x64")


def clean(content: bytes) -> bytes:
    """The copy of a PDF that is handed out. Raises Refused, and whatever the libraries raise."""
    try:
        document = pikepdf.open(io.BytesIO(content))
    except pikepdf.PasswordError:
        raise Refused(ENCRYPTED) from None
    if not document.pages:
        raise Refused(NOT_READABLE)
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    for name in document.trailer.keys() - {"/Root", "/Size"}:
        del document.trailer[name]
    for each in (document.trailer, *document.objects):
        _clean_object(document, each)
    out = io.BytesIO()  # what nothing leads to any more is not written, nor are former revisions
    document.save(out, encryption=False, fix_metadata_version=False, deterministic_id=True)
    return out.getvalue()


def _clean_object(document: pikepdf.Pdf, numbered: Any) -> None:
    """Cleans one object and what stands in it without a number of its own."""
    waits = [numbered]
    while waits:
        each = waits.pop()
        if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            _clean_dictionary(each)
            if isinstance(each, pikepdf.Stream):
                _clean_photograph(document, each)
            children: list[Any] = [value for _, value in each.items()]
        else:
            children = list(each) if isinstance(each, pikepdf.Array) else []
        waits += [value for value in children if isinstance(value, pikepdf.Object) and not value.is_indirect]


def _clean_dictionary(dictionary: Any) -> None:
    names = dictionary.keys()
    for name in names & _GONE:
        value = dictionary[name]
        if not isinstance(value, pikepdf.Dictionary) or value.get("/Type") != "/Font":  # a font may be called /AA
            del dictionary[name]
    if dictionary.get("/S") in _STARTS:
        for name in names - {"/S", "/Type"}:
            if name in dictionary:
                del dictionary[name]
    if "/Rect" in names and "/T" in names and dictionary.get("/Subtype") != "/Widget":
        del dictionary["/T"]  # who wrote a remark; in a form it is the field's name


def _clean_photograph(document: pikepdf.Pdf, stream: pikepdf.Stream) -> None:
    """Takes a photograph out of what it is packed in besides, and draws it anew where it holds more than its picture. Raises
    Refused where it is packed as nobody packs one."""
    filters = [_FILTERS.get(str(filter_name), str(filter_name)) for filter_name in _listed(stream.get("/Filter"))]
    if not _PHOTOGRAPHS & set(filters):
        return
    *others, last = filters
    if last not in _PHOTOGRAPHS or _PHOTOGRAPHS & set(others):
        raise Refused(NOT_READABLE)
    given = _listed(stream.get("/DecodeParms", stream.get("/DP")))
    data = stream.read_raw_bytes()
    if others:
        packed = document.make_stream(data, Filter=pikepdf.Array(map(pikepdf.Name, others)))
        packed.DecodeParms = pikepdf.Array([*given, *[None] * len(filters)][: len(others)])
        data = packed.read_bytes()
    parameters = given[-1] if len(given) == len(filters) else None
    stream.write(_drawn_anew(data, last), filter=pikepdf.Name(last), decode_parms=parameters)


def _listed(given: Any) -> list[Any]:
    return list(given) if isinstance(given, pikepdf.Array) else [] if given is None else [given]


def _drawn_anew(data: bytes, kind: str) -> bytes:
    """A photograph without what a camera or a program wrote into it; as it is where there is nothing of that."""
    out = io.BytesIO()
    if kind == "/JPXDecode":
        if not _JPEG_2000_TELLS.search(data):
            return data
        with Image.open(io.BytesIO(data), formats=["JPEG2000"]) as picture:
            picture.save(out, "JPEG2000")
        return out.getvalue()
    data = data[max(0, data.find(b"\xff\xd8\xff", 0, MOST_BEFORE)) :]
    if not _JPEG_TELLS.search(data):
        return data
    with JpegImageFile(io.BytesIO(data)) as picture:
        picture.save(out, "JPEG", quality="keep", comment=b"")
    return out.getvalue()
