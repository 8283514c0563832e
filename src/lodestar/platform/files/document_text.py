"""The text and the clean copy of a document that somebody else made, made by `text_alone.py` in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from lodestar.platform.files import film
from lodestar.platform.files.reading_results import (
    ENCRYPTED,
    NOT_KNOWN,
    NOT_READABLE,
    READ,
    TOO_DEEP,
    TOO_LARGE,
    UNSAFE,
    WRONG_KIND,
)

SECONDS = 60  # of a processor
PATIENCE = 20.0  # seconds by the clock besides, on a busy machine
LARGEST = 60_000_000  # bytes
_SOURCE = str(Path(__file__).resolve().parents[3])
_ALONE = (
    "import sys; sys.path.insert(0, sys.argv[3]); from lodestar.platform.files import text_alone; "
    "sys.exit(text_alone.main(int(sys.argv[1]), sys.argv[2]))"
)
_READERS = BoundedSemaphore(2)
_BUSY = "It could not be read right now. Keep it and add it in a minute."
_TOO_LONG = "It takes too long or too much memory to read: split it, or save it as a plainer file."
_WHY = {
    NOT_READABLE: "It cannot be read: it is broken or cut short. Save it again and choose it again.",
    WRONG_KIND: "It is not what the ending of its name says: give it the right ending, or the right file.",
    ENCRYPTED: "It is locked with a password, or is of an old kind (DOC, PPT): save it again without one.",
    TOO_LARGE: "It unpacks to more than can be read: split it.",
    UNSAFE: "It points outside itself, as no document needs to: save it again from a trusted program.",
    TOO_DEEP: "Its contents are nested too deeply to read: save it as a simpler file.",
    NOT_KNOWN: "This kind of file cannot be imported: PDF, DOCX, ODT, PPTX, HTML, Markdown, text, EML, MP4 and WebM are.",
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


def read_file(content: bytes, ending: str, captions: bytes = b"") -> dict[str, Any]:
    """What a file holds, with the captions that came with a film. Raises NotRead."""
    if captions and ending.lower() in film.ENDINGS:
        return read_film(content, ending, captions)
    return read_document(content, ending)


def read_document(content: bytes, ending: str, seconds: int = SECONDS) -> dict[str, Any]:
    """What the document holds: `kind`, `title`, `pages` (None where its kind has none), `blocks` of (page, depth of a
    heading, text), `outline`, and for a message `attached`. Raises NotRead."""
    if ending.lower() in film.ENDINGS:
        return read_film(content, ending)
    document: dict[str, Any] = json.loads(read_alone(content, ending, seconds))
    return document


def read_alone(content: bytes, kind: str, seconds: int) -> bytes:
    """What the process of its own says of a document of this kind, within so many seconds of a processor. Two at once are enough
    for any force: some megabytes of nonsense keep a reader busy for all of them. Raises NotRead."""
    if not content:
        raise NotRead("The file is empty.")
    if len(content) > LARGEST:
        raise NotRead("The file is larger than 60 MB: split it.")
    if not _READERS.acquire(timeout=PATIENCE):
        raise NotRead(_BUSY)
    try:
        process = subprocess.run(
            [sys.executable, "-I", "-c", _ALONE, str(seconds), kind, _SOURCE],
            input=content, capture_output=True, timeout=seconds + PATIENCE, env={}, cwd="/", check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise NotRead(_BUSY) from None
    finally:
        _READERS.release()
    if process.returncode != READ:
        raise NotRead(_WHY.get(process.returncode, _TOO_LONG))
    return process.stdout
