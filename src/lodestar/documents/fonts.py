"""The faces that PDFs are set in, and which characters they hold.

A face is chosen by its place in `FAMILIES`. PDF/UA-1 allows no box in place of a character, so a character that none of
them holds has to be known before.
"""

from functools import cache
from pathlib import Path

import fontpkg_ibm_plex_sans_arabic
import manimgx_fonts
import manimgx_fonts_cjk
from fontTools.ttLib import TTFont

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


def has_glyph(character: str) -> bool:
    """Whether a PDF can show it."""
    return ord(character) in _held()


@cache
def _held() -> frozenset[int]:
    """The points of all characters of the faces; some two megabytes, read once a process."""
    held = {point for first, last in _UNSEEN for point in range(first, last + 1)}
    for folder in FOLDERS:
        for file in sorted(Path(folder).glob("*.[ot]t[fc]")):
            if "Italic" not in file.name:
                with TTFont(file, fontNumber=0, lazy=True) as face:  # faces of a collection share it
                    held.update(face.getBestCmap())
    return frozenset(held)
