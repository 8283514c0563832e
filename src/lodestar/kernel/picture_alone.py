"""A picture out of a document without what cameras and programs wrote into it; read in the process of the document's reader."""

import io

from PIL import Image

from lodestar.kernel.pdf_alone import without_camera

PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"pHYs", b"bKGD", b"cHRM", b"sBIT"})
_DRAWN_ANEW = ("GIF", "TIFF", "BMP")


def picture(found: bytes) -> bytes:
    """A picture without what cameras and programs wrote into it; nothing for what is none."""
    if found.startswith(b"\xff\xd8"):
        return without_camera(found)
    if found.startswith(PNG):
        return without_notes(found)
    if found[40:44] == b" EMF":
        return _without_description(found)
    if found.startswith((b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00")):  # WMF, which has no place for words about itself
        return found
    return _drawn_anew(found) if found.startswith((b"GIF8", b"II*\0", b"MM\0*", b"BM")) else b""


def _drawn_anew(found: bytes) -> bytes:
    out = io.BytesIO()
    try:
        with Image.open(io.BytesIO(found), formats=_DRAWN_ANEW) as drawn:
            kind = str(drawn.format)
            drawn.load()
            plain = Image.frombytes(drawn.mode, drawn.size, drawn.tobytes())
            if drawn.mode == "P":
                plain.putpalette(drawn.getpalette() or [])
            plain.save(out, kind, **{name: drawn.info[name] for name in ("transparency",) if name in drawn.info})
    except Exception:  # Pillow raises many kinds for what is none
        return b""
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
