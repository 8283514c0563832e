"""A film and its captions, looked at without playing it: what kind it is, what it says, and without who made it and where.

Nothing is decoded. An MP4 is a row of boxes, a WebM a row of elements, each with its length: that they fit into each other is
what tells a film from something that is called one. What cameras and programs write about people and places is blotted out
in its place, so that no other part moves.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

MP4, WEBM = "video/mp4", "video/webm"
ENDINGS = {"mp4": MP4, "m4v": MP4, "webm": WEBM}
MOST_CAPTIONS = 2_000_000  # bytes
MOST_CUES = 5_000
EVERY = 30  # seconds of captions in one part of the transcript
_INSIDE = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"moof", b"traf", b"mvex", b"dinf"})
_ABOUT = frozenset({b"udta", b"meta", b"uuid"})  # user data, metadata, XMP
_EBML, _SEGMENT, _TAGS, _INFO, _ATTACHED = 0x1A45DFA3, 0x18538067, 0x1254C367, 0x1549A966, 0x1941A469
_OF_INFO = frozenset({0x7BA9, 0x4461, 0x7384, 0x3C83AB, 0x3E83BB})  # title, date, names of files
_VOID, _CRC = 0xEC, 0xBF
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
CUT = "The film is broken or cut short: save it again and take it in anew."
NO_CAPTIONS = "The captions are not WebVTT: save them as a .vtt file that begins with WEBVTT."


def kind_of(content: bytes, ending: str) -> str:
    """The media type of a film, told by its bytes and its ending alike. Raises NotAFilm."""
    is_what = MP4 if content[4:8] == b"ftyp" else WEBM if content.startswith(_EBML.to_bytes(4)) else ""
    if not is_what or is_what != ENDINGS.get(ending.lower()) or (is_what == WEBM and b"webm" not in content[:64]):
        raise NotAFilm(NOT_ONE)
    return is_what


def without_maker(content: bytes, media_type: str) -> bytes:
    """The film without what was written into it about people, places and programs. Raises NotAFilm for a broken one."""
    blotted = bytearray(content)
    if media_type == MP4:
        _blot_boxes(blotted, 0, len(content))
    else:
        _blot_elements(blotted)
    return bytes(blotted)


def _blot_boxes(film: bytearray, start: int, end: int) -> None:
    at = start
    while at < end:
        length, name, head = int.from_bytes(film[at : at + 4]), bytes(film[at + 4 : at + 8]), 8
        if length == 1:
            length, head = int.from_bytes(film[at + 8 : at + 16]), 16
        length = length or end - at  # none: to the end
        if length < head or at + length > end:
            raise NotAFilm(CUT)
        if name in _ABOUT:
            film[at + 4 : at + 8] = b"free"
            film[at + head : at + length] = bytes(length - head)
        elif name in _INSIDE:
            _blot_boxes(film, at + head, at + length)
        at += length


def _blot_elements(film: bytearray) -> None:
    for name, _, inside, end in _elements(film, 0, len(film)):
        if name != _SEGMENT:
            continue
        for part, part_at, part_inside, part_end in _elements(film, inside, end):
            if part in (_TAGS, _ATTACHED):
                _void(film, part_at, part_end)
            elif part == _INFO:
                for one, one_at, _, one_end in list(_elements(film, part_inside, part_end)):
                    if one in _OF_INFO or one == _CRC:
                        _void(film, one_at, one_end)


def _void(film: bytearray, at: int, end: int) -> None:
    """Turns an element into one that says nothing and is as long."""
    length = end - at
    size = 1 if length - 2 < 127 else 8
    film[at : at + 1 + size] = bytes([_VOID]) + ((1 << 7 * size) | (length - 1 - size)).to_bytes(size)
    film[at + 1 + size : end] = bytes(length - 1 - size)


def _elements(film: bytearray, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """Of each element its name, where it begins, where its inside begins, and where it ends. Raises NotAFilm."""
    at = start
    while at < end:
        name, after = _number(film, at, end, keep_mark=True)
        size, inside = _number(film, after, end, keep_mark=False)
        is_open = size == (1 << 7 * (inside - after)) - 1  # its length is not told: to the end
        stop = end if is_open else inside + size
        if stop > end:
            raise NotAFilm(CUT)
        yield name, at, inside, stop
        at = stop


def _number(film: bytearray, at: int, end: int, *, keep_mark: bool) -> tuple[int, int]:
    """A number that says with its first bits how many bytes it has, and where it ends."""
    length = 9 - film[at].bit_length() if at < end else 9
    if length > 8 or at + length > end:
        raise NotAFilm(CUT)
    found = int.from_bytes(film[at : at + length])
    return (found if keep_mark else found & ((1 << 7 * length) - 1)), at + length


# --- captions ------------------------------------------------------------------------------------------------------------


def cues(content: bytes) -> list[Cue]:
    """The captions of a WebVTT file, without marks and styles. Raises NotAFilm."""
    try:
        text = content[: MOST_CAPTIONS + 1].decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise NotAFilm(NO_CAPTIONS) from None
    if len(content) > MOST_CAPTIONS or not text.startswith("WEBVTT"):
        raise NotAFilm(NO_CAPTIONS)
    found = []
    for block in re.split(r"\n\s*\n", text)[1:]:
        lines = block.strip("\n").split("\n")
        at = next((place for place, line in enumerate(lines[:2]) if "-->" in line), None)
        times = _TIME.findall(lines[at]) if at is not None else []
        said = html.unescape(_MARK.sub("", " ".join(lines[at + 1 :]))) if at is not None else ""
        words = " ".join(said.replace("-->", "").split())
        if len(times) == 2 and words:
            begin, end = map(_milliseconds, times)
            found.append(Cue(begin, max(begin, end), words))
    if not found or len(found) > MOST_CUES:
        raise NotAFilm(NO_CAPTIONS)
    return sorted(found, key=lambda cue: cue.begin)


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
