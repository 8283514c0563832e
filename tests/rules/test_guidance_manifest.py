"""A manifest: CSV or JSON lines, each row read as the form of the page reads it."""

from datetime import date

import pytest

from lodestar.knowledge.publishing.forms.manifest import NotAManifest, read_manifest


def test_days_are_read_as_the_page_reads_them():
    days = {
        "2020-03-24": "2020-03-24", "24/03/2020": "2020-03-24", "24 Mar 2020": "2020-03-24", "March 2020": "2020-03",
        "2020-03": "2020-03", "2020": "2020", "24th March 2020": "2020-03-24", "24 March": "", "yesterday": "",
    }  # fmt: skip
    rows = {said: read_manifest(f"file,published\na.txt,{said}\n".encode()).rows[0] for said in days}
    assert {said: row.about.published_on for said, row in rows.items()} == days
    assert [said for said, row in rows.items() if bool(row.not_understood) is bool(days[said])] == []
    (row,) = read_manifest(b"file,valid_from,review\na.txt,1 March 2026,2027-03-01\n").rows
    assert (row.about.valid_from, row.about.review_by) == (date(2026, 3, 1), date(2027, 3, 1))


def test_what_the_page_would_refuse_is_told_and_the_rest_is_taken():
    (row,) = read_manifest(b"file,url,nation,title\nb.txt,javascript:alert(1),Atlantis,Gate\n").rows
    assert (row.about.url, row.about.nation, row.about.title) == ("", "", "Gate")
    assert len(row.not_understood) == 2
    assert not row.is_not_published


def test_a_table_is_divided_as_its_first_line_is_and_a_line_that_is_no_row_is_told():
    told = read_manifest(b"#;file;title\n1;a.txt;Reception, cells\n2;b.txt;Gate;north\n\n")
    assert [(row.file, row.about.title) for row in told.rows] == [("a.txt", "Reception, cells")]
    assert told.notes[0].startswith("Line 3 of the manifest")
    assert "#" in told.notes[1]


def test_json_is_a_row_a_line():
    told = read_manifest(b'{"file": "a.txt", "topics": ["cells", "safety"], "nation": "Wales"}\n{"file": \n')
    assert [(row.file, row.about.topics, row.about.nation) for row in told.rows] == [("a.txt", ["cells", "safety"], "wales")]
    assert told.notes == ["Line 2 of the manifest is not JSON: it was passed over."]


def test_letters_are_utf_8_or_those_of_windows_and_the_mark_of_utf_16_is_known():
    for encoding, is_guessed in (("utf-8", False), ("utf-8-sig", False), ("utf-16", False), ("cp1252", True)):
        told = read_manifest("file,title\na.txt,Café\n".encode(encoding))
        assert (told.rows[0].about.title, bool(told.notes)) == ("Café", is_guessed), encoding


def test_what_names_no_file_is_no_manifest():
    for content in (b"name\na.txt\n", b'file,title\na.txt,"Gate\n', b"[1", b"\xff\0", b"{\n"):
        with pytest.raises(NotAManifest):
            read_manifest(content)
