"""`guidance_import` and `guidance_search` as they are run: a folder goes in, what is hostile does not, the rest does."""

import io
import json
import zipfile
from contextlib import suppress

import docx
import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfWriter

from lodestar.guidance import actions
from lodestar.guidance.models import Document, Search, Version
from tests.factories.accounts import TenantFactory, a_member
from tests.factories.accounts import models as accounts

GOOD = "Wristbands stand for names."


def docx_file(text, **more):
    """A Word document that says this, with other parts beside it."""
    held, document = io.BytesIO(), docx.Document()
    document.add_paragraph(text)
    document.save(held)
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in more.items():
            archive.writestr(name.replace("__", "/"), content)
    return held.getvalue()


def blank_pdf(password=""):
    writer, held = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password)
    writer.write(held)
    return held.getvalue()


@pytest.fixture(autouse=True)
def _nothing_in_stock(monkeypatch):
    """What comes with Lodestar is put in by a test of its own."""
    monkeypatch.setattr(actions, "stock", lambda **_: 0)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "folder"
    made.mkdir()
    return made


@pytest.fixture
def named(fenmarch):
    member = a_member("guidance_editor")
    return accounts.User.objects.get(id=member.user).username


def run(*words):
    said = io.StringIO()
    with suppress(SystemExit):  # what was refused is told by the code it ends with
        call_command(*words, stdout=said)
    return said.getvalue()


def taken(folder, named, *more):
    return run("guidance_import", str(folder), "--as", named, *more)


def files():
    return set(Document.objects.filter(is_own=False).values_list("file_name", flat=True))


def test_what_is_hostile_is_refused_in_one_sentence_and_the_others_go_in(folder, named):
    hostile = {
        "empty.pdf": (b"", "is empty"),
        "text.pdf": (b"only text", "not what the ending of its name says"),
        "cut.pdf": (b"%PDF-1.7\n1 0 obj", "broken or cut short"),
        "locked.pdf": (blank_pdf("secret"), "locked with a password"),
        "bomb.docx": (docx_file(GOOD, a=b"0" * 210_000_000), "unpacks to more"),
        "film.mp4": (b"text", "It is no film"),
        "nul.txt": (b"a\0b", "not what the ending"),
        "any.zip": (docx_file(GOOD), "not taken in"),
    }
    for name, (content, _) in hostile.items():
        (folder / name).write_bytes(content)
    (folder / "good.docx").write_bytes(docx_file(GOOD, **{"..__..__etc__x": "x"}))
    told = taken(folder, named).splitlines()
    lines = dict(line.split(": ", 1) for line in told if ": " in line)
    wrong = [name for name, (_, said) in hostile.items() if "refused" not in lines[name] or said not in lines[name]]
    assert not wrong
    assert files() == {"good.docx"}
    assert told[-1].startswith("1 taken in as drafts")


def test_a_row_that_names_no_file_is_told_by_its_line(folder, named, tmp_path):
    (folder / "new.txt").write_text("The centre opens at six.")
    manifest = tmp_path / "m.csv"
    manifest.write_text("file,title\nnew.txt,Reception\n,\n,Nothing\n")
    told = taken(folder, named, "--manifest", str(manifest))
    assert "Line 4, which names no file: in the manifest, not in the folder" in told
    assert Document.objects.get(file_name="new.txt").title == "Reception"
    manifest.write_text("name,title\nnew.txt,Reception\n")
    with pytest.raises(CommandError, match="names no file"):
        taken(folder, named, "--manifest", str(manifest))


def test_a_line_of_a_manifest_that_is_no_row_is_told_and_passed_over(folder, named, tmp_path):
    (folder / "a.txt").write_text("Opens at six.")
    manifest = tmp_path / "m"
    broken = {
        '{"file": "a.txt", "title": "Reception"}\n{"file": ': "Line 2 of the manifest is not JSON",
        'file,title\nb.txt,Gate, north\na.txt,Cells,': "Line 2 of the manifest has more columns",
    }
    for text, said in broken.items():
        manifest.write_text(text)
        (line,) = [line for line in taken(folder, named, "--manifest", str(manifest)).splitlines() if "of the manifest" in line]
        assert line.startswith(said)
        assert line.endswith("passed over.")
    assert Document.objects.get(file_name="a.txt").title == "Reception"


def test_a_manifest_that_cannot_be_read_stops_the_import(folder, named, tmp_path):
    (folder / "a.txt").write_text("Opens at six.")
    manifest = tmp_path / "m"
    for content in (b'{"file": \n"a.txt"', b"[1, 2", b'file,title\na.txt,"x', b"PK\x03\x04\0\0\xff\xfe"):
        manifest.write_bytes(content)
        with pytest.raises(CommandError, match="manifest"):
            taken(folder, named, "--manifest", str(manifest))
    assert files() == set()


def test_a_row_of_several_lines_and_quotes_within_a_row_are_read(folder, named, tmp_path):
    for name in ("a.txt", "b.txt", "c.txt"):
        (folder / name).write_text(f"Opens at {name}.")
    manifest = tmp_path / "m.csv"
    rows = ['a.txt,"Reception\r\nof the ""centre"""', 'b.txt,Gate "north"', "c.txt,\u2028Ce\x02lls"]
    manifest.write_text("\r\n".join(["file,title", *rows, ""]))
    told = taken(folder, named, "--manifest", str(manifest))
    assert "passed over" not in told
    titles = dict(Document.objects.filter(is_own=False).values_list("file_name", "title"))
    assert titles == {"a.txt": 'Reception of the "centre"', "b.txt": 'Gate "north"', "c.txt": "Cells"}


def test_it_ends_badly_only_where_nothing_could_be_taken_in(folder, named):
    (folder / "empty.pdf").write_bytes(b"")
    with pytest.raises(SystemExit):
        call_command("guidance_import", str(folder), "--as", named, stdout=io.StringIO())
    (folder / "good.docx").write_bytes(docx_file(GOOD))
    call_command("guidance_import", str(folder), "--as", named, stdout=io.StringIO())


def test_a_page_that_inflates_without_end_ends_its_process_and_not_the_batch(folder, named):
    """A stream of a gigabyte of operators: the reader is ended by its limits."""
    import zlib

    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"0 " * 524_288) for _ in range(1_000)) + packer.flush()
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    body += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
    body += b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream endobj\n" % (len(packed), packed)
    (folder / "bomb.pdf").write_bytes(body + b"trailer<</Root 1 0 R>>\n%%EOF")
    (folder / "good.docx").write_bytes(docx_file(GOOD))
    assert "bomb.pdf: " in taken(folder, named)
    assert "good.docx" in files()


def test_a_scan_says_that_it_holds_no_text(folder, named):
    (folder / "scan.pdf").write_bytes(blank_pdf())
    assert "A scan without text" in taken(folder, named)


def test_a_name_that_turns_the_line_round_is_told_without_that(folder, named):
    (folder / "note\u202etxt.txt").write_text("The centre opens at six.")
    assert "\u202e" not in taken(folder, named)
    assert files() == {"notetxt.txt"}


def test_a_link_out_of_the_folder_is_none_of_its_files(folder, named, tmp_path):
    (tmp_path / "outside.txt").write_text("secret")
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    taken(folder, named)
    assert files() == set()


def test_the_same_folder_again_changes_nothing(folder, named):
    (folder / "a.txt").write_text("The centre opens at six.")
    assert "1 published without a second person" in taken(folder, named, "--publish")
    assert "0 published without a second person, 1 were already here" in taken(folder, named, "--publish")
    assert Version.objects.filter(document__is_own=False).count() == 1


def test_a_draft_that_stood_is_published_when_that_is_asked(folder, named):
    (folder / "a.txt").write_text("The centre opens at six.")
    taken(folder, named)
    taken(folder, named, "--publish")
    assert Version.objects.get(document__is_own=False).state == "published"


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_a_manifest_says_what_a_file_does_not(folder, named, tmp_path, kind):
    (folder / "new.txt").write_text("The centre opens at six.")
    (folder / "old.txt").write_text("The centre opens at eight.")
    manifest = tmp_path / f"m.{kind}"
    rows = [
        {"file": "new.txt", "title": "Reception", "nation": "Wales", "valid_from": "1 March 2026", "supersedes": "old.txt",
         "topics": "reception; safety", "origin": "regional", "published": "2020", "url": "https://example.org/new"},
        {"file": "old.txt"},
    ]  # fmt: skip
    if kind == "csv":
        head = ["file", "title", "nation", "valid_from", "supersedes", "topics", "origin", "published", "url"]
        lines = [",".join(head), *(",".join(row.get(name, "") for name in head) for row in rows)]
        manifest.write_text("\n".join(lines))
    else:
        manifest.write_text("\n".join(json.dumps(row) for row in rows))
    taken(folder, named, "--manifest", str(manifest), "--publish")
    document = Document.objects.get(file_name="new.txt")
    assert (document.title, document.nation, document.origin) == ("Reception", "wales", "regional")
    assert document.valid_from.isoformat() == "2026-03-01"
    assert document.topics == ["reception", "safety"]
    assert document.published_on == "2020"
    assert document.supersedes.file_name == "old.txt"
    found = json.loads(run("guidance_search", "reception opens", "--json"))
    told = {one["document"]: (one["in_force"], one["url"]) for one in found}
    assert told["new.txt"] == (True, "https://example.org/new")
    assert told["old.txt"] == (False, "")


def test_a_publisher_of_one_nation_says_the_nation_where_the_manifest_does_not(folder, named, tmp_path):
    cases = {
        "a.txt": ("Scottish Government", "", "scotland"), "b.txt": ("PSNI", "", "northern_ireland"),
        "c.txt": ("Home Office", "", "england_wales"), "d.txt": ("", "", "england_wales"),
        "e.txt": ("Scottish Government", "UK", "uk"),
    }  # fmt: skip
    rows = []
    for name, (publisher, said, _) in cases.items():
        (folder / name).write_text(f"The centre opens at six: {name}.")
        rows.append(json.dumps({"file": name, "publisher": publisher, "nation": said}))
    (tmp_path / "m.jsonl").write_text("\n".join(rows))
    taken(folder, named, "--manifest", str(tmp_path / "m.jsonl"))
    nations = dict(Document.objects.filter(is_own=False).values_list("file_name", "nation"))
    assert nations == {name: nation for name, (_, _, nation) in cases.items()}


def test_a_message_becomes_a_newsletter_with_what_came_with_it(folder, named):
    (folder / "mail.eml").write_text(
        "From: co-ordinator@region.example\nSubject: November newsletter\nDate: Mon, 2 Nov 2026 10:00:00 +0000\n"
        'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="X"\n\n--X\nContent-Type: text/plain\n\n'
        "Look at tenancies.\n--X\nContent-Type: text/plain\nContent-Disposition: attachment;"
        ' filename="../../att.txt"\n\nDust masks.\n--X--\n'
    )
    taken(folder, named)
    assert files() == {"region.example/mail.eml", "region.example/att.txt"}
    attached = Document.objects.get(file_name="region.example/att.txt")
    house = "Regional co-ordinator, region.example"
    assert (attached.origin, attached.publisher, attached.published_on) == ("regional", house, "2026-11-02")
    document = Document.objects.get(file_name="region.example/mail.eml")
    assert document.published_on == "2026-11-02"
    assert (document.title, document.origin, document.topics) == ("November newsletter", "regional", ["newsletter"])


def test_only_an_editor_of_the_force_takes_guidance_in(folder, fenmarch):
    officer = accounts.User.objects.get(id=a_member("frontline").user).username
    with pytest.raises(CommandError, match="no guidance editor"):
        call_command("guidance_import", str(folder), "--as", officer)
    with pytest.raises(CommandError, match="Say who"):
        call_command("guidance_import", str(folder))
    with pytest.raises(CommandError, match="no force"):
        call_command("guidance_import", str(folder), "--force", "nowhere")


def test_where_there_are_two_forces_one_is_named(folder, fenmarch):
    TenantFactory(slug="eastern", name="Eastern", reference_prefix="ER")
    with pytest.raises(CommandError, match="--force"):
        call_command("guidance_search", "anything")


def test_a_search_answers_in_json_and_keeps_only_known_words(folder, named):
    (folder / "a.txt").write_text("The reception centre opens at six.")
    taken(folder, named, "--publish")
    (one,) = json.loads(run("guidance_search", "reception Thanh", "--json", "--limit", "3"))
    assert one["document"] == "a.txt"
    assert {"title", "page", "passage", "score", "in_force", "warnings"} <= one.keys()
    kept = Search.objects.get()
    assert (kept.words, kept.dropped) == (["reception"], 1)


def test_a_name_in_no_known_letters_is_taken_in_all_the_same(folder, named):
    (folder / "caf\udce9.txt").write_text("The centre opens at six.")
    assert "1 taken in as drafts" in taken(folder, named)
    assert files() == {"caf?.txt"}


def test_what_cannot_be_kept_is_refused_and_the_others_go_in(folder, named, monkeypatch):
    whole = actions.take_in

    def falls_over(*, file_name, **rest):
        if file_name == "a.txt":
            raise OSError("no room")
        return whole(file_name=file_name, **rest)

    monkeypatch.setattr(actions, "take_in", falls_over)
    (folder / "a.txt").write_text("One.")
    (folder / "b.txt").write_text("Two.")
    assert "a.txt: refused. It cannot be kept: no room" in taken(folder, named)
    assert files() == {"b.txt"}


def test_what_a_manifest_says_of_a_file_that_stands_is_told_and_changes_nothing(folder, named, tmp_path):
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text("Opens at six.")
    manifest = tmp_path / "m.csv"
    manifest.write_text("file,title,nation,colour\na.txt,Reception,Wales,red\nb.txt,Gate,Scotland,red\n")
    for more in ((), ("--publish",)):
        told = taken(folder, named, "--manifest", str(manifest), *more)
        assert "b.txt: were already here, as a.txt" in told
        assert told.count("nothing was changed: nation, title.") == 1
        assert told.count("not known, and were not read: colour.") == 1
    manifest.write_text("file,title,classification\na.txt,Reception,OFFICIAL-SENSITIVE\n")
    taken(folder, named, "--manifest", str(manifest), "--publish")
    document = Document.objects.get(is_own=False)
    assert (document.file_name, document.title, document.nation) == ("a.txt", "Reception", "wales")


def test_a_draft_of_which_a_row_says_otherwise_or_a_marking_nobody_knows_stays_one(folder, named, tmp_path):
    (folder / "a.txt").write_text("Opens at six.")
    manifest = tmp_path / "m.csv"
    manifest.write_text("file,classification\na.txt,SECRET\n")
    told = taken(folder, named, "--manifest", str(manifest), "--publish")
    assert "'SECRET' is not known: it is taken as OFFICIAL-SENSITIVE, and a draft stays a draft" in told
    manifest.write_text("file,title\na.txt,Gate\n")
    taken(folder, named, "--manifest", str(manifest), "--publish")
    version = Version.objects.select_related("document").get()
    assert (version.state, version.document.classification) == ("draft", "OFFICIAL-SENSITIVE")
