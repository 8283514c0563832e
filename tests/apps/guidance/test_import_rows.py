"""Which row of a manifest is of which file, in whatever order and letters it is written; and which file is which document."""

import json

import pytest

from lodestar.guidance import actions
from lodestar.guidance.models import Document, Term
from tests.apps.guidance.test_import_command import files, folder, named, taken  # noqa: F401  # fixtures and what runs the command
from tests.kernel.test_hostile_documents import pdf


@pytest.fixture(autouse=True)
def _nothing_in_stock(monkeypatch):
    monkeypatch.setattr(actions, "stock", lambda **_: 0)


@pytest.fixture
def imports(folder, named, tmp_path):  # noqa: F811
    """Imports files, each with a text of its own, with a manifest of rows; returns the titles by name, and what was told."""

    def importing(names, rows, *, is_turned=False):
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(f"Opens at {name.encode('utf-8', 'surrogatepass')}.")
        rows = [row if isinstance(row, dict) else {"file": row, "title": f"Of {row}"} for row in rows]
        if is_turned:
            rows.reverse()
        (tmp_path / "m.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
        told = taken(folder, named, "--publish", "--manifest", str(tmp_path / "m.jsonl"))
        return dict(Document.objects.values_list("file_name", "title")), told

    return importing


def test_a_row_is_of_the_file_that_lies_where_it_says(imports):
    names = ["guide.txt", "old/guide.txt", "england/g.txt", "scotland/g.txt", "deep/h.txt", "caf\u00e9.txt"]
    rows = ["old/guide.txt", "guide.txt", "./england/g.txt", "scotland\\g.txt", "elsewhere/h.txt", "cafe\u0301.txt"]
    titles, told = imports(names, rows)
    assert titles == {
        "guide.txt": "Of guide.txt", "old/guide.txt": "Of old/guide.txt", "england/g.txt": "Of ./england/g.txt",
        "scotland/g.txt": "Of scotland\\g.txt", "h.txt": "Of elsewhere/h.txt", "caf\u00e9.txt": "Of cafe\u0301.txt",
    }  # fmt: skip
    assert "in the manifest" not in told


def test_a_row_of_a_file_that_is_not_there_is_told_and_is_of_no_other(imports):
    for is_turned in (False, True):
        titles, told = imports(["a/g.txt"], ["a/g.txt", "b/g.txt"], is_turned=is_turned)
        assert titles == {"g.txt": "Of a/g.txt"}
        assert "b/g.txt: in the manifest, not in the folder" in told


def test_a_name_that_two_files_have_is_of_neither_and_of_two_rows_of_a_file_the_last_is_taken(imports):
    titles, told = imports(["a/g.txt", "b/g.txt", "h.txt"], ["g.txt", "./h.txt", "h.txt", ".//h.txt"])
    assert titles["h.txt"] == "Of .//h.txt"
    assert "Of g.txt" not in titles.values()
    assert "g.txt: in the manifest, not in the folder, or several files" in told
    assert told.count("another row of the manifest is of the same file") == 2


def test_a_file_whose_accents_are_spelt_the_other_way_is_the_next_version(imports, folder):  # noqa: F811
    imports(["re\u0301gime.txt"], [])
    (folder / "re\u0301gime.txt").unlink()
    imports(["r\u00e9gime.txt"], [])
    assert Document.objects.get(file_name="r\u00e9gime.txt").versions.count() == 2


def test_files_whose_names_are_alike_when_they_are_safe_are_documents_of_their_own(imports):
    names = ["caf\udce9.txt", "caf\udcea.txt", "a\u202eb.txt", "ab.txt", "e\u0301.txt", "\u00e9.txt"]
    for _ in range(2):
        imports(names, [])
    assert set(Document.objects.filter(versions__state="published").values_list("versions__number", flat=True)) == {1}
    assert len(files()) == len(names)


def test_a_row_that_names_nothing_to_replace_leaves_the_others(imports):
    odd = "a\0\ud800.txt"
    rows = [{"file": "a.txt", "supersedes": odd, "topics": ["\0", odd], "title": odd, "published": odd, "nation": odd},
            {"file": "c.txt", "supersedes": "b.txt"}]  # fmt: skip
    _, told = imports(["a.txt", "b.txt", "c.txt"], rows)
    assert told.splitlines()[-1].startswith("3 published")
    assert Document.objects.get(file_name="c.txt").supersedes.file_name == "b.txt"
    assert "" not in Document.objects.get(file_name="a.txt").topics
    assert Term.objects.filter(versions__gt=0).exists()


def test_documents_that_would_replace_each_other_are_told_in_one_sentence(imports):
    rows = [{"file": "a.txt", "supersedes": "b.txt"}, {"file": "b.txt", "supersedes": "c.txt"},
            {"file": "c.txt", "supersedes": "./a.txt"}, {"file": "d.txt", "supersedes": "d.txt"}]  # fmt: skip
    _, told = imports(["a.txt", "b.txt", "c.txt", "d.txt"], rows)
    assert "c.txt: what it supersedes was left, ./a.txt. That is this document, or one that replaces it." in told
    assert "d.txt: what it supersedes was left" in told
    replaced = dict(Document.objects.values_list("file_name", "supersedes__file_name"))
    assert replaced == {"a.txt": "b.txt", "b.txt": "c.txt", "c.txt": None, "d.txt": None}


def test_a_title_that_several_have_is_told_and_the_document_itself_is_not_meant(imports):
    rows = [{"file": "new.txt", "title": "Gate", "supersedes": "Gate"}, {"file": "old.txt", "title": "Gate"}]
    imports(["new.txt", "old.txt"], rows)
    assert Document.objects.get(file_name="new.txt").supersedes.file_name == "old.txt"
    rows = [{"file": "third.txt", "title": "Way", "supersedes": "Gate"}]
    assert "More than one document has that title" in imports(["third.txt"], rows)[1]


def test_a_file_may_have_the_longest_name_that_there_is(folder, named):  # noqa: F811
    (folder / f"{'a' * 251}.txt").write_text("Opens at six.")
    (folder / f"{'b' * 251}.pdf").write_bytes(pdf(b"3 0 R", b"BT /F1 9 Tf (Opens at ten.) Tj ET"))
    (folder / f"{'c' * 251}.vtt").write_text("WEBVTT")
    told = taken(folder, named, "--publish")
    assert "2 published" in told
    assert "File name too long" not in told
