"""The faces that PDFs are set in, and which characters they hold.

A face is chosen by its place in `FAMILIES`. PDF/UA-1 allows no box in place of a character, so a character that none of
them holds has to be known before (OpenType specification, tables `cmap`, formats 4 and 12).
"""

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import fontpkg_ibm_plex_sans_arabic
import manimgx_fonts
import manimgx_fonts_cjk

FOLDERS = (
    str(Path(manimgx_fonts.__file__).parent),
    str(Path(manimgx_fonts_cjk.__file__).parent),
    str(Path(fontpkg_ibm_plex_sans_arabic.__file__).parent / "files"),
)
_SCRIPTS = (
    "Arabic", "Armenian", "Bengali", "Devanagari", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi", "Hebrew", "Kannada",
    "Khmer", "Lao", "Malayalam", "Myanmar", "Oriya", "Sinhala", "Tamil", "Telugu", "Thai",
)  # fmt: skip
FAMILIES = (
    "Noto Sans",
    # Before Noto's, whose letters come apart into a stroke and dots, each of which a reader of the file takes for the whole.
    "IBM Plex Sans Arabic",
    *(f"Noto Sans {script}" for script in _SCRIPTS),
    "Noto Sans CJK SC",
    "Noto Sans Symbols",
    "Noto Emoji",
)
# Unseen by their nature: drawn as nothing, whatever the face holds (Unicode, Default_Ignorable_Code_Point).
_UNSEEN = (
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x180B, 0x180F), (0x200B, 0x200F), (0x2060, 0x2064),
    (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xE0100, 0xE01EF),
)  # fmt: skip
_COLLECTION = b"ttcf"


def has_glyph(character: str) -> bool:
    """Whether a PDF can show it."""
    return ord(character) in _held()


@cache
def _held() -> frozenset[int]:
    """The points of all characters of the faces; some two megabytes, read once a process."""
    ranges = [*_UNSEEN]
    for folder in FOLDERS:
        for file in sorted(Path(folder).glob("*.[ot]t[fc]")):
            if "Italic" not in file.name:
                ranges += _ranges(file.read_bytes())
    return frozenset(point for first, last in ranges for point in range(first, last + 1))


def _ranges(font: bytes) -> Iterator[tuple[int, int]]:
    """The characters of a file, a face or a collection of faces that share them."""
    face = struct.unpack_from(">I", font, 12)[0] if font.startswith(_COLLECTION) else 0
    (tables,) = struct.unpack_from(">H", font, face + 4)
    for number in range(tables):
        tag, _, start, _ = struct.unpack_from(">4sIII", font, face + 12 + 16 * number)
        if tag == b"cmap":
            (count,) = struct.unpack_from(">H", font, start + 2)
            for each in {struct.unpack_from(">HHI", font, start + 4 + 8 * place)[2] for place in range(count)}:
                yield from _of_table(font, start + each)


def _of_table(font: bytes, start: int) -> Iterator[tuple[int, int]]:
    (kind,) = struct.unpack_from(">H", font, start)
    if kind == 12:
        (groups,) = struct.unpack_from(">I", font, start + 12)
        for place in range(groups):
            first, last, glyph = struct.unpack_from(">III", font, start + 16 + 12 * place)
            yield (first if glyph else first + 1), last
    elif kind == 4:
        yield from _of_segments(font, start)


def _of_segments(font: bytes, start: int) -> Iterator[tuple[int, int]]:
    (doubled,) = struct.unpack_from(">H", font, start + 6)
    ends = start + 14
    for place in range(0, doubled, 2):
        (last,) = struct.unpack_from(">H", font, ends + place)
        first, delta = (struct.unpack_from(">H", font, ends + 2 + doubled * times + place)[0] for times in (1, 2))
        at = ends + 2 + doubled * 3 + place
        (offset,) = struct.unpack_from(">H", font, at)
        for point in range(first, min(last, 0xFFFE) + 1):
            glyph = struct.unpack_from(">H", font, at + offset + 2 * (point - first))[0] if offset else point + delta
            if glyph & 0xFFFF:
                yield point, point
