"""A scan is given a transcript, on the page and from a folder: found, marked, looked at by two, with the scan as it came."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from lodestar.guidance import actions
from lodestar.guidance.actions.transcripts import transcribe
from lodestar.guidance.models import Document, Passage, Posting, Version
from lodestar.guidance.views import transcripts
from lodestar.kernel.text_alone import read
from tests.apps.guidance.test_import_command import blank_pdf, folder, named, taken  # noqa: F401  # and fixtures
from tests.apps.guidance.test_pages import text_of
from tests.factories.signed_in import form, signed_in

WORDS = b"The reception centre opens at six.\fRing the duty sergeant first."


@pytest.fixture(autouse=True)
def _nothing_in_stock(monkeypatch):
    monkeypatch.setattr(actions, "stock", lambda **_: 0)


@pytest.fixture
def one(editor):
    return signed_in(Client(), editor)


@pytest.fixture
def other(second):
    return signed_in(Client(), second)


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
    assert actions.original(version) == scan


def test_a_published_scan_is_given_one_which_waits_for_somebody_else(one, other, folder, named, editor, second):  # noqa: F811
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
    sent = one.post(
        "/guidance/add", form(file=a_file("b.txt", b"Ring last."), transcript=a_file("a.txt", WORDS), title="B")
    )
    assert "The transcript was not read." in text_of(one.get(sent["Location"]))


@pytest.mark.parametrize("beside", ["scan.transcript.txt", "scan.pdf.transcript.txt"])
def test_a_transcript_beside_a_scan_in_a_folder_is_its_text(folder, named, beside):  # noqa: F811
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


def test_a_transcript_that_stands_with_other_ends_of_its_lines_is_the_same(folder, named, editor):  # noqa: F811
    """As those stand that were taken before lines were kept: the next run made each of them new, for somebody to confirm."""
    (folder / "scan.pdf").write_bytes(blank_pdf())
    taken(folder, named)
    told = read(b"Ring the desk:\n- at six\n- at nine", "md")
    assert transcribe(by=editor, at=timezone.now(), version=Version.objects.get(), read=told)
    passage = Passage.objects.get()
    assert "\n" in passage.text
    Passage.objects.update(text=" ".join(passage.text.split()))
    assert not transcribe(by=editor, at=timezone.now(), version=Version.objects.get(), read=told)
    assert transcribe(by=editor, at=timezone.now(), version=Version.objects.get(), read=read(b"Ring the desk:\n- at two", "md"))


def test_a_scan_that_is_withdrawn_while_its_transcript_is_read_stays_withdrawn(one, editor, folder, named, monkeypatch):  # noqa: F811
    (folder / "scan.pdf").write_bytes(blank_pdf())
    taken(folder, named, "--publish")
    version = Version.objects.get()
    whole = transcripts.read_transcript

    def meanwhile(file):
        actions.withdraw(by=editor, at=timezone.now(), version=Version.objects.get(), because="The number changed.")
        return whole(file)

    monkeypatch.setattr(transcripts, "read_transcript", meanwhile)
    sent = one.post(f"/guidance/versions/{version.id}/transcript", form(transcript=a_file("a.txt", WORDS)))
    assert sent.status_code == 422
    assert "is history" in text_of(sent)


def test_a_transcript_changes_nothing_of_a_version_that_was_withdrawn_meanwhile(folder, named, editor):  # noqa: F811
    (folder / "scan.pdf").write_bytes(blank_pdf())
    taken(folder, named, "--publish")
    version, same = Version.objects.get(), Version.objects.get()
    actions.withdraw(by=editor, at=timezone.now(), version=same, because="The number changed.")
    with pytest.raises(actions.NotNow, match="is history"):
        transcribe(by=editor, at=timezone.now(), version=version, read=read(WORDS, "txt"))
    assert (Version.objects.get().state, Posting.objects.exists()) == ("withdrawn", False)
