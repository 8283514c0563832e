"""The text of a document that somebody else made, read by `text_alone.py` in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from lodestar.kernel import film
from lodestar.kernel import text_refused as why

SECONDS = 60  # of a processor, and of a clock beside it
PATIENCE = 90.0  # seconds by the clock, on a busy machine
LARGEST = 60_000_000  # bytes
_SOURCE = str(Path(__file__).resolve().parents[2])
_ALONE = (
    "import sys; sys.path.insert(0, sys.argv[3]); from lodestar.kernel import text_alone; "
    "sys.exit(text_alone.main(int(sys.argv[1]), sys.argv[2]))"
)
_TOO_LONG = "It takes too long or too much memory to read: split it, or save it as a plainer file."
_WHY = {
    why.NOT_READABLE: "It cannot be read: it is broken or cut short. Save it again and re-import it.",
    why.WRONG_KIND: "It is not what the ending of its name says: give it the right ending, or the right file.",
    why.ENCRYPTED: "It is locked with a password, or is of an old kind (DOC, PPT): save it again without one.",
    why.TOO_LARGE: "It unpacks to more than can be read: split it.",
    why.UNSAFE: "It points outside itself, as no document needs to: save it again from a trusted program.",
    why.TOO_DEEP: "Its contents are nested too deeply to read: save it as a simpler file.",
    why.NOT_KNOWN: "This kind of file cannot be imported: PDF, DOCX, ODT, PPTX, HTML, Markdown, text, EML, MP4 and WebM are.",
}


class NotRead(ValueError):
    """The document is not read; the words are one sentence for whoever sent it."""


def read_film(content: bytes, ending: str, captions: bytes = b"") -> dict[str, Any]:
    """What a film holds, as `read_document` tells it: its captions are its text, and `captions` what is shown with it; empty
    where none came. Nothing of it is decoded, so no process of its own is needed. Raises NotRead."""
    if not content:
        raise NotRead("The file is empty.")
    if len(content) > LARGEST:
        raise NotRead("The file is larger than 60 MB: split it.")
    try:
        media_type = film.kind_of(content, ending)
        listed = film.cues(captions) if captions else []
    except film.NotAFilm as none:
        raise NotRead(str(none)) from None
    return {
        "kind": media_type.removeprefix("video/"), "title": "", "pages": None, "outline": [], "attached": [],
        "blocks": film.transcript(listed), "captions": film.webvtt(listed) if listed else "",
    }  # fmt: skip


def read_document(content: bytes, ending: str) -> dict[str, Any]:
    """What the document holds: `kind`, `title`, `pages` (None where its kind has none), `blocks` of (page, depth of a
    heading, text), `outline`, and for a message `attached`. Raises NotRead."""
    if ending.lower() in film.ENDINGS:
        return read_film(content, ending)
    if not content:
        raise NotRead("The file is empty.")
    if len(content) > LARGEST:
        raise NotRead("The file is larger than 60 MB: split it.")
    try:
        found = subprocess.run(
            [sys.executable, "-I", "-c", _ALONE, str(SECONDS), ending, _SOURCE],
            input=content, capture_output=True, timeout=PATIENCE, env={}, cwd="/", check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise NotRead(_TOO_LONG) from None
    if found.returncode != why.READ:
        raise NotRead(_WHY.get(found.returncode, _TOO_LONG))
    told: dict[str, Any] = json.loads(found.stdout)
    return told
