"""Letters of the regional co-ordinator: with what came with them, of nobody, and no next version of what is somebody else's."""

from email.message import EmailMessage

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from lodestar.knowledge.library.models import Document, Passage
from lodestar.knowledge.publishing.actions import letters
from lodestar.knowledge.publishing.actions.intake import LETTER
from lodestar.knowledge.publishing.actions.stages import publish
from tests.apps.knowledge.library.test_import_command import taken
from tests.apps.knowledge.library.test_pages import text_of
from tests.factories.signed_in import form, signed_in

SENDER = "Marmalade Quist <m.quist@region.example>"


def a_letter(subject="Nail bars", words="Look at who holds the passports.", sender=SENDER, day="2 Nov 2026", **attached):
    message = EmailMessage()
    message["Subject"], message["From"] = subject, sender
    if day:
        message["Date"] = f"{day} 09:00:00 +0000"
    message["To"], message["Cc"] = "Jo Bloggs <jo.bloggs@force.example>", "al@force.example"
    message.set_content(words)
    for name, content in attached.items():
        message.add_attachment(content, filename=name.replace("_", "."))
    return message


def test_what_came_with_a_letter_is_no_next_version_of_the_forces_own(take_in, folder, named):
    own = take_in("note.txt", "Custody note\n\nAsk the custody sergeant.", title="Custody note").version
    (folder / "one.eml").write_bytes(a_letter(note_txt="Dust masks and nail bars.").as_bytes())
    (folder / "table.csv").write_text("file,title\nnote.txt,Custody\n")
    taken(folder, named, "--publish", "--manifest", str(folder / "table.csv"))
    own.refresh_from_db()
    assert (own.state, own.document.title) == ("published", "Custody note")
    other = Document.objects.get(file_name="region.example/2026-11-02/note.txt")
    assert (other.origin, other.publisher) == ("regional", "Regional co-ordinator, region.example")
    assert other.title != "Custody"


def test_a_letter_of_another_sender_is_no_next_version_though_it_is_called_the_same(take_in, folder, named):
    for sender, words in ((SENDER, "One."), ("x@elsewhere.example", "Two."), (SENDER, "Three.")):
        (folder / "news.eml").write_bytes(a_letter(words=words, sender=sender).as_bytes())
        taken(folder, named, "--publish")
    counts = {one.file_name: one.versions.count() for one in Document.objects.all()}
    assert counts == {"region.example/news.eml": 2, "elsewhere.example/news.eml": 1}


def test_a_letter_that_was_forwarded_is_read_with_what_came_with_it(folder, named):
    inner = a_letter("Car washes", "Ask who keeps the wages.", note_txt="Dust masks.")
    outer = a_letter()
    outer.add_attachment(inner)
    (folder / "fwd.eml").write_bytes(outer.as_bytes())
    taken(folder, named, "--publish")
    words = " ".join(Passage.objects.filter(version__document__file_name="region.example/fwd.eml").values_list("text", flat=True))
    assert "Car washes" in words
    assert "Ask who keeps the wages." in words
    assert Document.objects.filter(file_name="region.example/2026-11-02/note.txt", origin="regional").exists()


def test_an_editor_edits_a_letter_before_a_second_person_approves_it(editor, asks):
    client = signed_in(Client(), editor)
    letter = a_letter(words="Ring 0800 0121 700 or 07700 900123.\n\nKind regards\nMarmalade Quist\n")
    sent = client.post("/guidance/add", form(file=SimpleUploadedFile("one.eml", letter.as_bytes()), origin="force"))
    version = Document.objects.get().versions.get()
    assert version.note == LETTER
    path = f"/guidance/versions/{version.id}/text"
    assert path in client.get(sent["Location"]).content.decode()
    text = client.get(path).content.decode()
    assert "Marmalade Quist" in text
    assert "Bloggs" not in text
    assert client.post(path, form(text="")).status_code == 422
    client.post(path, form(text="# Nail bars\nRing 0800 0121 700."))
    version.refresh_from_db()
    assert (version.state, version.note, version.added_by_id) == ("draft", "", editor.user)
    publish(by=editor, at=timezone.now(), version=version, alone=True)
    for shown in (f"/guidance/documents/{version.document_id}", f"/guidance/versions/{version.id}/file"):
        page = asks.get(shown).content.decode()
        assert "0800 0121 700" in page
        assert not [told for told in ("Quist", "quist", "Bloggs", "07700", "al@force") if told in page]
    assert asks.get(path).status_code in (403, 404)
    client.post(path, form(text="Ring 0800 0121 701."))
    version.refresh_from_db()
    assert (version.state, version.is_alone, version.confirmed_at) == ("published", True, None)


def test_a_letter_on_the_page_is_what_it_is_from_a_folder(editor):
    client = signed_in(Client(), editor)
    letter = a_letter(note_txt="Dust masks.", tool_exe="MZ").as_bytes()
    sent = client.post(
        "/guidance/add", form(file=SimpleUploadedFile("one.eml", letter), origin="force", nation="england_wales", licence="Ours")
    )
    document = Document.objects.get(file_name="region.example/one.eml")
    assert (document.origin, document.topics, str(document.published_on)) == ("regional", ["newsletter"], "2026-11-02")
    assert (document.title, document.licence) == ("Nail bars", "Ours")
    assert Document.objects.get(file_name="region.example/2026-11-02/note.txt").origin == "regional"
    page = text_of(client.get(sent["Location"]))
    assert "1 file came with the letter." in page
    assert "1 file that came with it could not be read." in page


def test_what_came_with_two_letters_is_taken_in_in_one_order(editor, monkeypatch):
    """In two orders, of two letters at once each waited for the other."""
    order, whole = [], letters.take_in
    monkeypatch.setattr(letters, "take_in", lambda **told: order.append(told["file_name"]) or whole(**told))
    client = signed_in(Client(), editor)
    for number, came in enumerate((["a_txt", "b_txt"], ["b_txt", "a_txt"])):
        letter = a_letter(**{name: f"Dust masks {number} {name}." for name in came}).as_bytes()
        client.post("/guidance/add", form(file=SimpleUploadedFile(f"{number}.eml", letter), origin="force"))
    assert order == ["0.eml", "a.txt", "b.txt", "1.eml", "a.txt", "b.txt"]


def names():
    return {one.file_name: one.versions.count() for one in Document.objects.all()}


def test_a_file_of_the_folder_that_also_came_with_a_letter_is_known_by_its_own_name(folder, named):
    (folder / "a-letter.eml").write_bytes(a_letter(policy_txt="Dust masks.\n").as_bytes())
    (folder / "policy.txt").write_text("Dust masks.\n")
    table = folder / "table.csv"
    table.write_text("file,title\npolicy.txt,Of dust\n")
    told = taken(folder, named, "--publish", "--manifest", str(table))
    assert "region.example/policy.txt: already here, as policy.txt" in told
    assert names() == {"region.example/a-letter.eml": 1, "policy.txt": 1}
    document = Document.objects.get(file_name="policy.txt")
    assert (document.title, document.origin) == ("Of dust", "national")


# --- what comes with several letters of one sender --------------------------------------------------------------------


def in_use():
    """The words of what is in use, by name."""
    rows = Passage.objects.filter(version__state="published").exclude(version__document__file_name__endswith=".eml")
    return dict(rows.values_list("version__document__file_name", "text"))


def test_a_paper_that_came_with_another_letter_is_no_next_version(folder, named):
    papers = ((5, "Jan", "# Nail bars\n\nMasks."), (3, "Feb", "# Farms\n\nBoots."), (3, "Mar", "# Car washes\n\nSoap."))
    for day, month, words in papers:
        (folder / f"{month}.eml").write_bytes(a_letter(month, month, day=f"{day} {month} 2026", bulletin_md=words).as_bytes())
    taken(folder, named, "--publish")
    assert in_use() == {
        "region.example/2026-01-05/bulletin.md": "Nail bars\nMasks.",
        "region.example/2026-02-03/bulletin.md": "Farms\nBoots.",
        "region.example/2026-03-03/bulletin.md": "Car washes\nSoap.",
    }
    assert "0 published" in taken(folder, named, "--publish")
