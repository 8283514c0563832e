"""Files as telephones make them and as nobody should: what is kept, what it costs, and where it never lies."""

import io
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from PIL import Image, PngImagePlugin

from lodestar.casework.case_files.models import CaseFile
from lodestar.platform.files import filestore
from lodestar.platform.files.filestore import LARGEST, FileStore, NotAccepted, accepted
from tests.factories.accounts import a_member
from tests.factories.cases import a_case
from tests.factories.signed_in import form, signed_in
from tests.offenders import each


def picture(mode="RGB", size=(40, 30), kind="JPEG", **options):
    out = io.BytesIO()
    Image.new(mode, size, 1 if mode in ("1", "P", "L", "I;16") else None).save(out, kind, **options)
    return out.getvalue()


def opened(content):
    return Image.open(io.BytesIO(content))


# --- what telephones make ----------------------------------------------------------------------------------------------


def test_a_photograph_with_a_second_picture_inside_is_kept_without_it():
    """Portraits and photographs of high range hold a second picture, which makes them another kind to read."""
    second = Image.new("RGB", (40, 30), "blue")
    clean, kind = accepted(picture(kind="MPO", save_all=True, append_images=[second]))
    assert (kind, opened(clean).format, opened(clean).size) == ("image/jpeg", "JPEG", (40, 30))
    assert b"MPF\0" not in clean


@each("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_picture_of_any_depth_looks_as_it_did(mode):
    given = picture(mode, kind="PNG")
    clean, kind = accepted(given)
    assert kind == "image/png"
    assert opened(clean).convert("RGBA").tobytes() == opened(given).convert("RGBA").tobytes()


def test_a_drawing_with_few_colours_keeps_what_shows_through():
    drawing, out = Image.new("P", (40, 30), 1), io.BytesIO()
    drawing.putpalette([0, 0, 0, 9, 9, 9])
    drawing.save(out, "PNG", transparency=1)
    assert opened(accepted(out.getvalue())[0]).convert("RGBA").getpixel((0, 0)) == (9, 9, 9, 0)


def test_nothing_that_was_written_into_a_picture_stays():
    exif, notes = Image.Exif(), PngImagePlugin.PngInfo()
    exif[0x8825] = {1: "N", 2: (52.0, 1.0, 2.0)}
    exif[0x010E] = "Zzyzx"
    notes.add_text("Where", "Zzyzx")
    told = {"exif": exif, "icc_profile": b"Zzyzx" * 30}
    for given in (
        picture(**told, comment=b"Zzyzx"),
        picture(kind="PNG", pnginfo=notes, **told),
        picture("P", kind="PNG", pnginfo=notes, **told) + b"Zzyzx",
    ):
        assert b"Zzyzx" in given or b"iCCP" in given
        clean, _ = accepted(given)
        found = opened(clean)
        found.load()
        assert b"Zzyzx" not in clean
        assert not {"exif", "icc_profile", "comment", "Where"} & set(found.info)
        assert not found.getexif()


def test_a_picture_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert opened(accepted(picture(exif=exif))[0]).size == (30, 40)


# --- what it costs -----------------------------------------------------------------------------------------------------


def test_large_pictures_are_drawn_one_after_another(monkeypatch):
    """A small file can hold a large picture: sixteen of them at once would take the server's memory."""
    at_once, most = 0, 0
    counting, truly = threading.Lock(), filestore._drawn

    def drawn(content):
        nonlocal at_once, most
        with counting:
            at_once += 1
            most = max(most, at_once)
        try:
            return truly(content)
        finally:
            with counting:
                at_once -= 1

    monkeypatch.setattr(filestore, "_drawn", drawn)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(accepted, [picture(size=(900, 900))] * 4))
    assert most == 1


def test_a_picture_of_more_points_than_any_camera_has_is_never_drawn(monkeypatch):
    monkeypatch.setattr(filestore, "MOST_PIXELS", 1_000)
    with pytest.raises(NotAccepted, match="too large to open"):
        accepted(picture())


# --- where it never lies -------------------------------------------------------------------------------------------------


@pytest.fixture
def at_files(client, fenmarch, settings, tmp_path):
    settings.VAR = tmp_path
    officer = a_member("frontline")
    case = a_case(officer)
    signed_in(client, officer)
    return lambda content: client.post(f"/cases/{case.reference}/files", form(paper=SimpleUploadedFile("a.jpg", content)))


def test_a_file_too_large_to_keep_is_never_written_down_anywhere(at_files, monkeypatch):
    def written(*a, **k):
        raise AssertionError("a file lies on the disk as it was sent")

    monkeypatch.setattr(TemporaryUploadedFile, "__init__", written)
    refused = at_files(b"\xff\xd8" + bytes(2 * LARGEST))
    assert refused.status_code == 422
    assert "larger than 25 MB" in refused.content.decode()


def test_a_full_disk_is_said_in_words_and_leaves_nothing_half_written(at_files, monkeypatch, tmp_path):
    def full(*a, **k):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(filestore.os, "fsync", full)
    refused = at_files(picture())
    assert refused.status_code == 422
    assert "could not be saved right now" in refused.content.decode()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not CaseFile.objects.exists()


def test_the_same_file_put_twice_at_once_is_whole(tmp_path):
    store, content = FileStore(tmp_path, "k" * 40), bytes(range(256)) * 4_000
    with ThreadPoolExecutor(8) as pool:
        digests = set(pool.map(lambda _: store.put("fenmarch", content), range(16)))
    assert len(digests) == 1
    assert store.get("fenmarch", digests.pop()) == content
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1
