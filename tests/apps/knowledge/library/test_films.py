"""Films with their captions: taken in, found, shown."""

import tomllib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from lodestar.knowledge.library.models import Document, Version
from lodestar.knowledge.library.queries.essentials import film_files
from lodestar.knowledge.publishing.actions import intake
from lodestar.knowledge.publishing.actions import stock as stocking
from lodestar.knowledge.publishing.actions.intake import About
from lodestar.knowledge.publishing.actions.stages import NotNow, publish
from lodestar.knowledge.publishing.actions.stock import stock
from lodestar.platform.accounts.models import User
from lodestar.platform.files.document_text import NotRead, read_film
from lodestar.platform.files.film import cues
from tests.apps.knowledge.library.test_pages import text_of
from tests.factories.guidance import CAPTIONS, a_film, film_bytes
from tests.factories.signed_in import form


def test_a_film_plays_on_its_page_with_captions_and_its_transcript_is_found(asks, editor):
    version = a_film(editor, captions=CAPTIONS.replace(b"safe now", b"near a kidney"), title="A film")
    found = asks.get("/guidance?q=kidney")
    assert "A film, At 0:01" in text_of(found)
    page = asks.get(f"/guidance/documents/{version.document_id}").content.decode()
    assert f'<source src="/guidance/films/{version.id}" type="video/mp4">' in page
    assert f'<track kind="captions" src="/guidance/films/{version.id}/captions"' in page
    assert "near a kidney" in page
    track = asks.get(f"/guidance/films/{version.id}/captions")
    assert track["Content-Type"] == "text/vtt; charset=utf-8"
    assert cues(track.content)[0].words == "Ask whether the person is near a kidney."


def test_it_is_served_of_its_safe_type_and_in_the_part_that_is_asked_for(asks, editor):
    content = film_bytes()
    read = read_film(content, "mp4", CAPTIONS)
    taken = intake.take_in(by=editor, at=timezone.now(), file_name="a.mp4", content=content, read=read, about=About())
    publish(by=editor, at=timezone.now(), version=taken.version, alone=True)
    path = f"/guidance/films/{taken.version.id}"
    got = asks.get(path)
    assert (got["Content-Type"], got["X-Content-Type-Options"]) == ("video/mp4", "nosniff")
    assert got.content == content
    assert asks.get(f"/guidance/versions/{taken.version.id}/file").content == content
    part = asks.get(path, headers={"Range": "bytes=4-7"})
    assert (part.status_code, part.content) == (206, b"ftyp")
    assert part["Content-Range"] == f"bytes 4-7/{len(content)}"
    assert asks.get(path, headers={"Range": "bytes=-4"}).content == got.content[-4:]
    for odd in ("bytes=-", "bytes=9-4", "bytes=99999-", "lines=1-2", "bytes=0-1,3-4"):
        assert asks.get(path, headers={"Range": odd}).status_code == 200


def test_what_is_no_film_is_at_no_film_s_address_and_a_draft_is_its_editors_alone(take_in, asks, one):
    other = take_in("a.txt", "Ring the desk.").version
    assert asks.get(f"/guidance/films/{other.id}").status_code == 404
    sent = form(file=SimpleUploadedFile("a.mp4", film_bytes()), captions=SimpleUploadedFile("a.vtt", CAPTIONS))
    draft = one.post("/guidance/add", sent)["Location"].split("/")[3]
    for path in (f"/guidance/films/{draft}", f"/guidance/films/{draft}/captions"):
        assert [client.get(path).status_code for client in (asks, one)] == [404, 200]


def test_a_film_that_is_text_is_refused_in_one_sentence(one):
    page = one.post("/guidance/add", form(file=SimpleUploadedFile("a.webm", b"I am a film."), title="Marmalade"))
    assert page.status_code == 422
    assert "It is no film, whatever the ending of its name says" in text_of(page)
    with pytest.raises(NotRead, match="WEBVTT"):
        read_film(film_bytes(), "mp4", b"Not captions")


def test_a_film_is_published_with_captions_only_and_these_can_come_after_it(one, editor):
    content = film_bytes()
    one.post("/guidance/add", form(file=SimpleUploadedFile("a.mp4", content)))
    version = Version.objects.get()
    assert "A film without captions" in text_of(one.get(f"/guidance/versions/{version.id}/stage"))
    with pytest.raises(NotNow, match="without captions"):
        publish(by=editor, at=timezone.now(), version=version, alone=True)
    one.post("/guidance/add", form(file=SimpleUploadedFile("a.mp4", content), captions=SimpleUploadedFile("a.vtt", CAPTIONS)))
    version.refresh_from_db()
    assert (version.passages, version.note) == (1, "")
    publish(by=editor, at=timezone.now(), version=version, alone=True)


def test_a_folder_with_films_takes_in_each_with_the_captions_beside_it(editor, tmp_path, capsys):
    folder = tmp_path / "films"
    folder.mkdir()
    (folder / "good.mp4").write_bytes(film_bytes())
    (folder / "good.vtt").write_bytes(CAPTIONS)
    (folder / "silent.mp4").write_bytes(film_bytes())
    (folder / "text.webm").write_text("I am a film.")
    (folder / "guide.txt").write_text("Ring the desk.")
    user = User.objects.get(id=editor.user).username
    call_command("guidance_import", str(folder), publish=True, user=user, tenant="fenmarch", manifest="")
    said = capsys.readouterr().out
    assert "text.webm: refused. It is no film, whatever the ending of its name says" in said
    assert "good.vtt" not in said
    assert "silent.mp4: 0 passages. A film without captions" in said
    assert "2 published without a second person, 1 taken in as drafts, 0 were already here, 1 refused" in said
    states = dict(Version.objects.values_list("document__file_name", "state"))
    assert (states["good.mp4"], states["silent.mp4"], states["guide.txt"]) == ("published", "draft", "published")


def test_the_project_s_own_films_come_with_it_and_are_told_as_their_words_are(editor, asks, monkeypatch):
    monkeypatch.setattr(stocking, "film_files", film_files)
    monkeypatch.setattr(stocking, "topic_files", list)
    stock(by=editor, at=timezone.now())
    assert {path.stem for path in film_files()} >= {"section-45", "nrm"}
    for path in film_files():
        told = tomllib.loads(path.with_suffix(".toml").read_text())
        said = [cue.words for cue in cues(path.with_suffix(".vtt").read_bytes())]
        assert said == [slide["says"] for slide in told["slide"]], f"{path.name}: make it anew with films/make.py"
        document = Document.objects.get(file_name=path.name)
        page = asks.get(f"/guidance/documents/{document.id}")
        assert len(page.content) < 30_000
        assert "<video" in page.content.decode()
    assert "Film: the first hour" in text_of(asks.get("/guidance?q=move+phones+others+listen+through"))
