"""The commands as they are run: a folder goes in, what is hostile does not, each row of a manifest is of its file, and again."""

import io
import json
import zipfile
from contextlib import suppress

import docx
import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfWriter

from lodestar.knowledge.library.models import Document, Version
from lodestar.knowledge.publishing.actions import letters
from lodestar.knowledge.publishing.actions.intake import take_in
from lodestar.knowledge.publishing.management.commands import guidance_import
from lodestar.knowledge.search.models import Search, Term
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
        "any.zip": (docx_file(GOOD), "cannot be imported"),
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


def test_it_ends_badly_only_where_nothing_could_be_taken_in(folder, named):
    (folder / "empty.pdf").write_bytes(b"")
    with pytest.raises(SystemExit):
        call_command("guidance_import", str(folder), "--as", named, stdout=io.StringIO())
    (folder / "good.docx").write_bytes(docx_file(GOOD))
    call_command("guidance_import", str(folder), "--as", named, stdout=io.StringIO())


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


def test_what_cannot_be_kept_is_refused_and_the_others_go_in(folder, named, monkeypatch):
    whole = take_in

    def falls_over(*, file_name, **rest):
        if file_name == "a.txt":
            raise OSError("no room")
        return whole(file_name=file_name, **rest)

    monkeypatch.setattr(letters, "take_in", falls_over)
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
        assert "b.txt: already here, as a.txt" in told
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


def found(question):
    return [one["document"] for one in json.loads(run("guidance_search", question, "--json"))]


def test_a_word_that_only_a_draft_that_stood_holds_is_found_once_that_is_published(folder, named):
    (folder / "a.txt").write_text("Ask at the quokka house.")
    (folder / "b.txt").write_text("Ask at the centre.")
    taken(folder, named)
    told = taken(folder, named, "--publish").splitlines()
    assert "a.txt: already here, as a.txt. It is published now" in told
    assert told[-1] == "2 published without a second person, 0 were already here, 0 refused"
    assert found("quokka")[:1] == ["a.txt"]


def test_what_a_run_published_before_it_broke_is_found(folder, named, monkeypatch):
    (folder / "a.txt").write_text("Ask at the quokka house.")
    (folder / "b.txt").write_text("Ask at the centre.")
    whole = take_in

    def breaks(*, file_name, **rest):
        if file_name == "b.txt":
            raise KeyboardInterrupt
        return whole(file_name=file_name, **rest)

    monkeypatch.setattr(letters, "take_in", breaks)
    with pytest.raises(KeyboardInterrupt):
        call_command("guidance_import", str(folder), "--as", named, "--publish")
    assert found("quokka") == ["a.txt"]


def test_what_a_run_that_was_killed_left_uncounted_the_next_counts(folder, named, monkeypatch):
    (folder / "a.txt").write_text("Ask at the quokka house.")
    with monkeypatch.context() as killed:
        killed.setattr(guidance_import, "count_terms", lambda: None)
        taken(folder, named, "--publish")
    assert found("quokka") == []
    said = taken(folder, named, "--publish").splitlines()[-1]
    assert said.startswith("0 published without a second person, 1 were already here")
    assert found("quokka") == ["a.txt"]
    assert Document.objects.get().file_name == "a.txt"


@pytest.fixture
def imports(folder, named, tmp_path):
    """Imports files, each with a text of its own, with a manifest of rows; returns the titles by name, and what was told."""

    def importing(names, rows, *, is_turned=False):
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(f"Opens at {name.encode('utf-8', 'surrogatepass')}.")
        rows = [row if isinstance(row, dict) else {"file": row, "title": f"Of {row}"} for row in rows]
        if is_turned:
            rows.reverse()
        (tmp_path / "m.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
        told = taken(folder, named, "--publish", *(["--manifest", str(tmp_path / "m.jsonl")] if rows else []))
        return dict(Document.objects.values_list("file_name", "title")), told

    return importing


def test_a_row_is_of_the_file_that_lies_where_it_says(imports):
    names = ["guide.txt", "old/guide.txt", "england/g.txt", "scotland/g.txt", "deep/h.txt", "caf\u00e9.txt"]
    rows = ["old/guide.txt", "guide.txt", "./england/g.txt", "scotland\\g.txt", "h.txt", "cafe\u0301.txt"]
    titles, told = imports(names, rows)
    assert titles == {
        "guide.txt": "Of guide.txt", "old/guide.txt": "Of old/guide.txt", "england/g.txt": "Of ./england/g.txt",
        "scotland/g.txt": "Of scotland\\g.txt", "h.txt": "Of h.txt", "caf\u00e9.txt": "Of cafe\u0301.txt",
    }  # fmt: skip
    assert "in the manifest" not in told


def test_a_row_of_a_file_that_is_not_there_is_told_and_is_of_no_other(imports):
    for is_turned in (False, True):
        titles, told = imports(["a/g.txt"], ["a/g.txt", "b/g.txt"], is_turned=is_turned)
        assert titles == {"g.txt": "Of a/g.txt"}
        assert "b/g.txt: in the manifest, not in the folder" in told


def test_a_file_whose_accents_are_spelt_the_other_way_is_the_next_version(imports, folder):
    imports(["re\u0301gime.txt"], [])
    (folder / "re\u0301gime.txt").unlink()
    imports(["r\u00e9gime.txt"], [])
    assert Document.objects.get(file_name="r\u00e9gime.txt").versions.count() == 2


def test_files_whose_names_are_alike_when_they_are_tidied_are_documents_of_their_own(imports):
    for _ in range(2):
        imports(["a\u202eb.txt", "ab.txt", "deep/c.txt", "deep/c\u200b.txt"], [])
    assert len(files()) == 4
    assert set(Document.objects.filter(is_own=False).values_list("versions__number", flat=True)) == {1}


def test_a_row_that_names_nothing_to_replace_leaves_the_others(imports):
    odd = "a\0\ud800.txt"
    rows = [{"file": "a.txt", "supersedes": odd, "topics": ["\0", odd], "title": odd, "published": odd, "nation": odd},
            {"file": "c.txt", "supersedes": "b.txt"}]  # fmt: skip
    _, told = imports(["a.txt", "b.txt", "c.txt"], rows)
    assert told.splitlines()[-1].startswith("3 published")
    assert Document.objects.get(file_name="c.txt").supersedes.file_name == "b.txt"
    assert "" not in Document.objects.get(file_name="a.txt").topics
    assert Term.objects.filter(versions__gt=0).exists()


def test_a_title_that_several_have_is_told_and_the_document_itself_is_not_meant(imports):
    rows = [{"file": "new.txt", "title": "Gate", "supersedes": "Gate"}, {"file": "old.txt", "title": "Gate"}]
    imports(["new.txt", "old.txt"], rows)
    assert Document.objects.get(file_name="new.txt").supersedes.file_name == "old.txt"
    rows = [{"file": "third.txt", "title": "Way", "supersedes": "Gate"}]
    assert "more than one document has that title" in imports(["third.txt"], rows)[1]
