"""Films known by their first bytes, and their captions."""

import pytest

from lodestar.platform.files import film
from lodestar.platform.files.film import Cue, NotAFilm, cues, kind_of, transcript, webvtt
from lodestar.platform.text.reference_lists import PACKAGE
from tests.factories.guidance import film_bytes

OWN = sorted((PACKAGE / "knowledge" / "library" / "reference" / "films").glob("*.webm"))


def test_a_film_is_of_the_kind_that_its_name_and_its_bytes_say():
    assert kind_of(film_bytes(), "MP4") == film.MP4
    for path in OWN:
        assert kind_of(path.read_bytes(), "webm") == film.WEBM
        assert len(path.read_bytes()) < 1_000_000
        assert len(cues(path.with_suffix(".vtt").read_bytes())) >= 6
    matroska = b"\x1a\x45\xdf\xa3 matroska"
    for content, ending in ((b"I am a film.", "mp4"), (b"", "webm"), (matroska, "webm"), (film_bytes(), "webm")):
        with pytest.raises(NotAFilm, match="It is no film"):
            kind_of(content, ending)


def test_captions_are_read_without_marks_notes_and_styles():
    text = (
        "WEBVTT - a title\r\n\r\nNOTE nobody sees this\r\n\r\nSTYLE\r\n::cue{}\r\n\r\n1\r\n00:01.000 --> 00:02.500 line:0\r\n"
        "<v Jo>Ask &amp; <b>listen</b>.\r\nThen\r\n\r\n01:00:00.000 --> 01:00:01.000\r\nwrite.\r\n"
    )
    assert cues(text.encode()) == [Cue(1000, 2500, "Ask & listen. Then"), Cue(3_600_000, 3_601_000, "write.")]
    assert cues(webvtt(cues(text.encode())).encode()) == cues(text.encode())
    for content in (b"", b"1\n00:01,000 --> 00:02,000\nSRT", b"WEBVTT\n\nno time", b"\xff\xfe\0", b"WEBVTT" * 400_000):
        with pytest.raises(NotAFilm, match="WEBVTT"):
            cues(content)


def test_a_transcript_is_cut_every_half_minute():
    listed = [Cue(0, 9, "One."), Cue(12_000, 9, "Two."), Cue(31_000, 9, "Three.")]
    assert [text for _, _, text in transcript(listed)] == ["At 0:00", "One. Two.", "At 0:31", "Three."]
