"""Films with their captions and scans with their transcripts: taken in, found, marked, looked at by two."""

import tomllib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from lodestar.knowledge.library.models import Document, Passage, Version
from lodestar.knowledge.library.queries.documents import original
from lodestar.knowledge.library.queries.essentials import film_files
from lodestar.knowledge.publishing.actions import intake
from lodestar.knowledge.publishing.actions import stock as stocking
from lodestar.knowledge.publishing.actions.intake import About
from lodestar.knowledge.publishing.actions.stages import NotNow, publish, withdraw
from lodestar.knowledge.publishing.actions.stock import stock
from lodestar.knowledge.publishing.actions.transcripts import transcribe
from lodestar.knowledge.publishing.views import keeping
from lodestar.knowledge.search.models import Posting
from lodestar.platform.accounts.models import User
from lodestar.platform.files.document_text import NotRead, read_film
from lodestar.platform.files.film import cues
from lodestar.platform.files.text_alone import read
from tests.apps.knowledge.library.test_import_command import blank_pdf, taken
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


WORDS = b"The reception centre opens at six.\fRing the duty sergeant first."


def a_file(name, content):
    return SimpleUploadedFile(name, content)


def test_a_scan_is_added_with_its_transcript(one, other):
    scan = blank_pdf()
    sent = one.post("/guidance/add", form(file=a_file("scan.pdf", scan), transcript=a_file("a.txt", WORDS), title="Scan"))
    version = Version.objects.get()
    assert sent["Location"] == f"/guidance/versions/{version.id}/stage"
    for step in ("approve", "publish"):
        assert other.post(sent["Location"], form(**{step: "1"})).status_code == 302
    page = text_of(one.get(f"/guidance/documents/{version.document_id}"))
    assert "Page 2, transcript" in page
    assert "A scan with a transcript" in page
    assert Posting.objects.filter(term="sergeant").exists()
    assert original(version) == scan


def test_a_published_scan_is_given_one_which_waits_for_somebody_else(one, other, folder, named, editor, second):
    (folder / "scan.pdf").write_bytes(blank_pdf())
    taken(folder, named, "--publish")
    version = Version.objects.get()
    path = f"/guidance/versions/{version.id}"
    assert f'href="{path}/transcript"' in one.get(f"{path}/stage").content.decode()
    assert one.post(f"{path}/transcript", form()).status_code == 422
    assert one.post(f"{path}/transcript", form(transcript=a_file("a.pdf", WORDS))).status_code == 422
    assert one.post(f"{path}/transcript", form(transcript=a_file("a.txt", WORDS)))["Location"] == f"{path}/stage"
    version.refresh_from_db()
    assert (version.state, version.is_alone, version.passages) == ("published", True, 2)
    assert Posting.objects.filter(term="sergeant").exists()
    assert one.post(f"{path}/stage", form(confirm="1")).status_code == 422
    assert other.post(f"{path}/stage", form(confirm="1")).status_code == 302
    assert one.post(f"{path}/transcript", form(transcript=a_file("a.txt", b"Another one.")))["Location"] == f"{path}/stage"
    version.refresh_from_db()
    assert (version.confirmed_at, version.passages) == (None, 1)


def test_who_transcribes_what_was_approved_does_not_approve_it_too(one, other):
    one.post("/guidance/add", form(file=a_file("scan.pdf", blank_pdf()), title="Scan"))
    version = Version.objects.get()
    path = f"/guidance/versions/{version.id}"
    other.post(f"{path}/stage", form(approve="1"))
    other.post(f"{path}/transcript", form(transcript=a_file("a.txt", WORDS)))
    version.refresh_from_db()
    assert (version.state, version.approved_by) == ("draft", None)
    assert other.post(f"{path}/stage", form(approve="1")).status_code == 422
    assert one.post(f"{path}/stage", form(approve="1")).status_code == 302


def test_what_has_text_of_its_own_takes_none(one, take_in):
    version = take_in("guide.txt", "Ring first.").version
    path = f"/guidance/versions/{version.id}/transcript"
    assert "text of its own" in text_of(one.get(path))
    assert one.post(path, form(transcript=a_file("a.txt", WORDS))).status_code == 422
    assert Passage.objects.get().text == "Ring first."
    sent = one.post("/guidance/add", form(file=a_file("b.txt", b"Ring last."), transcript=a_file("a.txt", WORDS), title="B"))
    assert "The transcript was not read." in text_of(one.get(sent["Location"]))


@pytest.mark.parametrize("beside", ["scan.transcript.txt", "scan.pdf.transcript.txt"])
def test_a_transcript_beside_a_scan_in_a_folder_is_its_text(folder, named, beside):
    (folder / "scan.pdf").write_bytes(blank_pdf())
    taken(folder, named, "--publish")
    (folder / beside).write_bytes(WORDS)
    said = taken(folder, named, "--publish")
    assert "Its transcript was taken" in said
    assert "0 refused" in said
    assert Document.objects.get().file_name == "scan.pdf"
    assert {one.heading for one in Passage.objects.all()} == {"Transcript"}
    assert [one.page for one in Passage.objects.order_by("number")] == [1, 2]
    assert "Its transcript was taken" not in taken(folder, named, "--publish")


def test_a_scan_that_is_withdrawn_while_its_transcript_is_read_stays_withdrawn(one, editor, folder, named, monkeypatch):
    (folder / "scan.pdf").write_bytes(blank_pdf())
    taken(folder, named, "--publish")
    version = Version.objects.get()
    whole = keeping.read_transcript

    def meanwhile(file):
        withdraw(by=editor, at=timezone.now(), version=Version.objects.get(), because="The number changed.")
        return whole(file)

    monkeypatch.setattr(keeping, "read_transcript", meanwhile)
    sent = one.post(f"/guidance/versions/{version.id}/transcript", form(transcript=a_file("a.txt", WORDS)))
    assert sent.status_code == 422
    assert "is history" in text_of(sent)


def test_a_transcript_changes_nothing_of_a_version_that_was_withdrawn_meanwhile(folder, named, editor):
    (folder / "scan.pdf").write_bytes(blank_pdf())
    taken(folder, named, "--publish")
    version, same = Version.objects.get(), Version.objects.get()
    withdraw(by=editor, at=timezone.now(), version=same, because="The number changed.")
    with pytest.raises(NotNow, match="is history"):
        transcribe(by=editor, at=timezone.now(), version=version, read=read(WORDS, "txt"))
    assert (Version.objects.get().state, Posting.objects.exists()) == ("withdrawn", False)
