"""A picture out of a document without what cameras and programs wrote into it; read in the process of the document's reader."""

import gzip
import io
import re
import zlib

from PIL import Image

from lodestar.kernel.pdf_alone import without_camera
from lodestar.kernel.svg_alone import drawing

PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"pHYs", b"bKGD", b"cHRM", b"sBIT"})
_DRAWN_ANEW = ("GIF", "TIFF", "BMP", "WEBP")
_WMF = (b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00", b"\x02\x00\x09\x00")  # which has no place for words about itself
_PACKED, MOST_UNPACKED = b"\x1f\x8b", 60_000_000  # EMZ and WMZ
# What a page shows under such a name is a picture; a sound, a film or a document beside them is left out of it.
_NAMED = re.compile(
    r"(?:media|Pictures)/.*\.(?:jpe?g|jfif|png|gif|tiff?|bmp|dib|emf|wmf|emz|wmz|webp|svg|pict?|pct|heic|avif|eps|svm|ico)",
    re.IGNORECASE | re.DOTALL,
)


class NotShown(ValueError):
    """A picture that cannot be handed out without what it may tell."""


def shown(name: str, found: bytes) -> bytes:
    """What goes out of a part that a page shows: a picture without what cameras and programs wrote into it, and nothing for what
    is no picture. Raises NotShown: a page without its picture says something else, and nobody would know."""
    try:
        return picture(found)
    except NotShown:
        if found and _NAMED.search(name):
            raise
        return b""


def picture(found: bytes) -> bytes:
    """A picture without what cameras and programs wrote into it. Raises NotShown for what is none, or of an unknown kind."""
    if found.startswith(_PACKED):
        return gzip.compress(_plain(_unpacked(found)), mtime=0)
    if found[:400].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<"):
        try:
            return drawing(found, _plain)
        except Exception:  # lxml raises many kinds for what is none
            raise NotShown from None
    return _plain(found)


def _plain(found: bytes) -> bytes:
    """A picture that is neither packed nor holds others."""
    if found.startswith(b"\xff\xd8"):
        return without_camera(found)
    if found.startswith(PNG):
        return without_notes(found)
    if found[40:44] == b" EMF":
        return _without_description(found)
    if found.startswith(_WMF):
        return found
    if found.startswith((b"GIF8", b"II*\0", b"MM\0*", b"BM")) or (found.startswith(b"RIFF") and found[8:12] == b"WEBP"):
        return _drawn_anew(found)
    raise NotShown


def _unpacked(found: bytes) -> bytes:
    """Raises NotShown."""
    reader = zlib.decompressobj(31)
    try:
        whole = reader.decompress(found, MOST_UNPACKED)
    except zlib.error:
        raise NotShown from None
    if not reader.eof:
        raise NotShown
    return whole


def _drawn_anew(found: bytes) -> bytes:
    out = io.BytesIO()
    try:
        with Image.open(io.BytesIO(found), formats=_DRAWN_ANEW) as drawn:
            kind = str(drawn.format)
            drawn.load()
            plain = Image.frombytes(drawn.mode, drawn.size, drawn.tobytes())
            if drawn.mode == "P":
                plain.putpalette(drawn.getpalette() or [])
            told = {name: drawn.info[name] for name in ("transparency",) if name in drawn.info}
            plain.save(out, kind, **({"lossless": b"VP8L" in found[:64]} if kind == "WEBP" else told))
    except Exception:  # Pillow raises many kinds for what is none
        raise NotShown from None
    return out.getvalue()


def _without_description(emf: bytes) -> bytes:
    """An EMF without the words in which a program says what it is and what it drew."""
    letters, at = int.from_bytes(emf[60:64], "little"), int.from_bytes(emf[64:68], "little")
    end = min(at + 2 * letters, len(emf))
    return emf[:at] + b"\0" * (end - at) + emf[end:] if letters and 88 <= at < end else emf


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
