"""A document as a tagged PDF (PDF/UA-1, ISO 14289-1), set by typst in a process of its own.

Whatever was typed comes out: a character that no face holds, as typst says, as its code in brackets, and should typst refuse
a text after all, whatever is beyond Latin so.
"""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import fontpkg_ibm_plex_sans_arabic
import manimgx_fonts
import manimgx_fonts_cjk

from lodestar.platform.documents.description import (
    Block,
    BrokenDocument,
    Bullets,
    Document,
    Entry,
    Heading,
    NotMade,
    Table,
    TooBusy,
    refuse_too_long,
    texts,
)
from lodestar.platform.documents.typst_alone import MADE, NO_GLYPH, REFUSED
from lodestar.platform.documents.writing import coded, is_right_to_left, lines, pieces

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
SECONDS = 15  # of a processor; a pack with every answer as long as it may be takes two, in Chinese six
PATIENCE = 25.0  # seconds, on a busy machine
LATIN = 0x24F  # the last letter of the Latin alphabets of Europe
ENDED_BY_TIME = (-signal.SIGKILL, -signal.SIGXCPU)
BUSY = "The PDF could not be made just now. Try again in a minute, or take the Word version where there is one."
MOST_OF_FAULT = 400  # characters of what typst says
_HERE = Path(__file__).parent
_ALONE = str(_HERE / "typst_alone.py")
_MADE_AT_ONCE = BoundedSemaphore(2)
_CanBeDrawn = Callable[[str], bool]


def pdf(document: Document) -> bytes:
    """The document as a PDF: the same bytes for the same document. Raises NotMade."""
    status, out = _alone(document, lambda _: True)
    if status == NO_GLYPH:
        missing = frozenset(json.loads(out))
        status, out = _alone(document, lambda character: character not in missing)
    if status != MADE:
        status, out = _alone(document, lambda character: ord(character) <= LATIN)
    if status != MADE:
        raise _fault(status, out)
    return out


def _fault(status: int, out: bytes) -> NotMade:
    if status in ENDED_BY_TIME:
        return TooBusy(BUSY)
    words = str(json.loads(out)) if status == REFUSED else f"typst ended with {status}"
    return BrokenDocument(words[:MOST_OF_FAULT], word_works=True)


def _alone(document: Document, can_be_drawn: _CanBeDrawn) -> tuple[int, bytes]:
    request = {
        "template": (_HERE / "typst" / "document.typ").read_text(encoding="utf-8"),
        "document": json.dumps(_as_data(document, can_be_drawn)),
        "fonts": FOLDERS,
    }
    if not _MADE_AT_ONCE.acquire(timeout=PATIENCE):
        raise TooBusy(BUSY)
    try:
        completed = subprocess.run(
            [sys.executable, "-I", _ALONE, str(SECONDS)],
            input=json.dumps(request).encode(), capture_output=True, timeout=PATIENCE, check=False,
            env={"RAYON_NUM_THREADS": "1"}, cwd=_HERE / "typst",
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise TooBusy(BUSY) from None
    finally:
        _MADE_AT_ONCE.release()
    return completed.returncode, completed.stdout


def _as_data(document: Document, can_be_drawn: _CanBeDrawn) -> dict[str, Any]:
    """What the template reads. Every text is cleaned here, and nowhere else. Raises NotMade."""
    refuse_too_long("\n".join(coded(line, can_be_drawn) for line in lines(text)) for text in texts(document))

    def passages_of(text: str) -> list[dict[str, Any]]:
        drawn = (coded(line, can_be_drawn) for line in lines(text))
        return [
            {"is_right_to_left": direction, "lines": [pieces(line) for line in passage]}
            for direction, passage in groupby(drawn, is_right_to_left)
        ]

    def flat(text: str) -> str:
        return coded(" ".join(lines(text)), can_be_drawn)

    def block(part: Block) -> dict[str, Any]:
        match part:
            case Heading():
                return {"kind": "heading", "level": part.level, "text": flat(part.text), "on_new_page": part.on_new_page}
            case Bullets():
                return {"kind": "bullets", "items": [passages_of(item) for item in part.items]}
            case Entry():
                kind = "remark" if part.is_remark else "answer"
                return {"kind": kind, "label": passages_of(part.label), "text": passages_of(part.text)}
            case Table():
                cells = [[passages_of(cell) for cell in row] for row in part.rows]
                headings = [passages_of(heading) for heading in part.headings]
                return {"kind": "table", "caption": passages_of(part.caption), "headings": headings, "rows": cells}
            case _:
                return {"kind": "paragraph", "text": passages_of(part.text)}

    return {
        "title": flat(document.title),
        "marking": flat(document.marking),
        "foot": flat(document.foot),
        "day": [document.day.year, document.day.month, document.day.day],
        "fonts": FAMILIES,
        "lang": document.lang.partition("-")[0],
        "scale": 4 / 3 if document.is_large else 1,
        "blocks": [block(part) for part in document.blocks],
    }
