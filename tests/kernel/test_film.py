"""Films and captions looked at without playing them: what is none is refused, and nothing tells who made it."""

from pathlib import Path

import pytest

from lodestar.kernel import film
from lodestar.kernel.film import Cue, NotAFilm, cues, kind_of, transcript, webvtt, without_maker
from lodestar.kernel.reference_lists import PACKAGE
from tests.factories.guidance import a_box, film_bytes

OWN = sorted((PACKAGE / "guidance" / "reference" / "films").glob("*.webm"))


NONE = [b"I am a film.", b"", b"\x1a\x45\xdf\xa3 matroska", film_bytes().replace(b"ftyp", b"file")]
CUT = [(film_bytes()[:-3], film.MP4), (OWN[0].read_bytes()[:-2000], film.WEBM)]
NO_CAPTIONS = [b"", b"1\n00:01,000 --> 00:02,000\nSRT", b"WEBVTT\n\nno time", b"\xff\xfe\0", b"WEBVTT" * 400_000]


@pytest.mark.parametrize("content", NONE, ids=["text", "empty", "matroska", "no box"])
@pytest.mark.parametrize("ending", ["mp4", "webm"])
def test_a_film_that_is_text_or_something_else_is_refused(content, ending):
    with pytest.raises(NotAFilm, match="It is no film, whatever the ending of its name says"):
        kind_of(content, ending)


def test_a_film_is_of_the_kind_that_its_name_says():
    assert kind_of(film_bytes(), "MP4") == film.MP4
    assert kind_of(OWN[0].read_bytes(), "webm") == film.WEBM
    with pytest.raises(NotAFilm):
        kind_of(film_bytes(), "webm")


def test_of_an_mp4_what_cameras_write_is_blotted_out_in_its_place():
    place = a_box(b"udta", a_box(b"\xa9xyz", b"+53.2307-000.5406/"))
    content = film_bytes(a_box(b"trak", a_box(b"meta", b"Made by Marmalade")) + place + a_box(b"mvhd", b"kept"))
    found = without_maker(content + a_box(b"uuid", b"XMP of Marmalade"), film.MP4)
    assert len(found) == len(content) + 24
    assert b"Marmalade" not in found
    assert b"53.2307" not in found
    assert b"kept" in found
    assert found.count(b"free") == 3


def element(name, inside):
    size = len(inside)
    return name + ((1 << 56) | size).to_bytes(8) + inside


def test_of_a_webm_too_tags_titles_and_days_are_blotted_out():
    info = element(b"\x15\x49\xa9\x66", element(b"\x7b\xa9", b"By Marmalade") + element(b"\x2a\xd7\xb1", b"\x0f\x42\x40"))
    tags = element(b"\x12\x54\xc3\x67", b"Marmalade " * 40)
    head = element(b"\x1a\x45\xdf\xa3", element(b"\x42\x82", b"webm"))
    content = head + element(b"\x18\x53\x80\x67", info + tags + element(b"\x1f\x43\xb6\x75", b"pictures"))
    found = without_maker(content, film.WEBM)
    assert len(found) == len(content)
    assert b"Marmalade" not in found
    assert b"pictures" in found
    assert b"\x0f\x42\x40" in found
    assert without_maker(found, film.WEBM) == found  # what stands in its place is read as what it is


@pytest.mark.parametrize(("content", "kind"), CUT, ids=["mp4", "webm"])
def test_one_that_is_cut_short_is_refused(content, kind):
    with pytest.raises(NotAFilm, match="broken or cut short"):
        without_maker(content, kind)


def test_captions_are_read_without_marks_notes_and_styles():
    text = (
        "WEBVTT - a title\r\n\r\nNOTE nobody sees this\r\n\r\nSTYLE\r\n::cue{}\r\n\r\n1\r\n00:01.000 --> 00:02.500 line:0\r\n"
        "<v Jo>Ask &amp; <b>listen</b>.\r\nThen\r\n\r\n01:00:00.000 --> 01:00:01.000\r\nwrite.\r\n"
    )
    assert cues(text.encode()) == [Cue(1000, 2500, "Ask & listen. Then"), Cue(3_600_000, 3_601_000, "write.")]
    assert cues(webvtt(cues(text.encode())).encode()) == cues(text.encode())


@pytest.mark.parametrize("content", NO_CAPTIONS, ids=["empty", "srt", "none", "binary", "large"])
def test_captions_that_are_none_are_refused(content):
    with pytest.raises(NotAFilm, match="WEBVTT"):
        cues(content)


def test_a_transcript_is_cut_every_half_minute():
    listed = [Cue(0, 9, "One."), Cue(12_000, 9, "Two."), Cue(31_000, 9, "Three.")]
    assert [text for _, _, text in transcript(listed)] == ["At 0:00", "One. Two.", "At 0:31", "Three."]


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_the_project_s_own_films_are_small_and_tell_of_nobody(path: Path):
    content = path.read_bytes()
    assert len(content) < 1_000_000
    assert kind_of(content, "webm") == film.WEBM
    assert len(cues(path.with_suffix(".vtt").read_bytes())) >= 6
    assert b"/tmp" not in content
