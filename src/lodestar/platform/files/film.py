"""A film, known by its first bytes, and its captions (WebVTT). Nothing of a film is decoded or changed."""

import html
import re
from dataclasses import dataclass

MP4, WEBM = "video/mp4", "video/webm"
ENDINGS = {"mp4": MP4, "m4v": MP4, "webm": WEBM}
MOST_CAPTIONS = 2_000_000  # bytes
MOST_CUES = 5_000
EVERY = 30  # seconds of captions in one part of the transcript
_TIME = re.compile(r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]\d)[.,](\d{3})")
_MARK = re.compile(r"<[^<>]*>")


class NotAFilm(ValueError):
    """The bytes are no film, or no captions; the words are one sentence for whoever sent them."""


@dataclass(frozen=True)
class Cue:
    """One line of captions: from when to when, in milliseconds, and its words."""

    begin: int
    end: int
    words: str


NOT_ONE = "It is no film, whatever the ending of its name says: send the film itself, as MP4 or WebM."
NO_CAPTIONS = "The captions are not WebVTT: save them as a .vtt file that begins with WEBVTT."


def kind_of(content: bytes, ending: str) -> str:
    """The media type of a film, told by its bytes and its ending alike. Raises NotAFilm."""
    is_webm = content.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in content[:64]
    media_type = MP4 if content[4:8] == b"ftyp" else WEBM if is_webm else ""
    if not media_type or media_type != ENDINGS.get(ending.lower()):
        raise NotAFilm(NOT_ONE)
    return media_type


# --- captions ------------------------------------------------------------------------------------------------------------


def cues(content: bytes) -> list[Cue]:
    """The captions of a WebVTT file, without marks and styles. Raises NotAFilm."""
    try:
        text = content[: MOST_CAPTIONS + 1].decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise NotAFilm(NO_CAPTIONS) from None
    if len(content) > MOST_CAPTIONS or not text.startswith("WEBVTT"):
        raise NotAFilm(NO_CAPTIONS)
    captions = []
    for block in re.split(r"\n\s*\n", text)[1:]:
        lines = block.strip("\n").split("\n")
        at = next((place for place, line in enumerate(lines[:2]) if "-->" in line), None)
        times = _TIME.findall(lines[at]) if at is not None else []
        caption_text = html.unescape(_MARK.sub("", " ".join(lines[at + 1 :]))) if at is not None else ""
        words = " ".join(caption_text.replace("-->", "").split())
        if len(times) == 2 and words:
            begin, end = map(_milliseconds, times)
            captions.append(Cue(begin, max(begin, end), words))
    if not captions or len(captions) > MOST_CUES:
        raise NotAFilm(NO_CAPTIONS)
    return sorted(captions, key=lambda cue: cue.begin)


def _milliseconds(parts: tuple[str, str, str, str]) -> int:
    hours, minutes, seconds, rest = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


def webvtt(listed: list[Cue]) -> str:
    """Captions as a WebVTT file of our own writing."""
    plain = (
        f"{_clock(cue.begin)} --> {_clock(cue.end)}\n{cue.words.replace('&', '&amp;').replace('<', '&lt;')}" for cue in listed
    )
    return "WEBVTT\n\n" + "\n\n".join(plain) + "\n"


def _clock(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def transcript(listed: list[Cue]) -> list[tuple[None, int, str]]:
    """What is said, as the parts of a document: every half minute under the time at which it begins."""
    blocks: list[tuple[None, int, str]] = []
    part = -1
    for cue in listed:
        if cue.begin // 1000 // EVERY != part:
            part = cue.begin // 1000 // EVERY
            begins = cue.begin // 1000
            blocks.append((None, 1, f"At {begins // 60}:{begins % 60:02}"))
            blocks.append((None, 0, cue.words))
        else:
            blocks[-1] = (None, 0, f"{blocks[-1][2]} {cue.words}")
    return blocks
