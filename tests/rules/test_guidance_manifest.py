"""A manifest as people and their programs write it: its days, and what stands before its columns."""

from datetime import date

import pytest

from lodestar.knowledge.publishing.forms.manifest import NotAManifest, read_manifest


def test_a_partial_date_is_read_as_it_is_written():
    days = {
        "2020-03-24": "2020-03-24", "24/03/2020": "2020-03-24", "24 Mar 2020": "2020-03-24", "March 2020": "2020-03",
        "2020-03": "2020-03", "2020": "2020", "2020-03-24T10:00:00Z": "2020-03-24", "24.3.2020": "2020-03-24",
        "24/03/2020 00:00:00": "2020-03-24", "24th March 2020": "2020-03-24", "1 OCTOBER 2023": "2023-10-01",
        "24 March": "", "03/24/2020": "", "yesterday": "", "10:00": "", "x" * 10_000: "",
    }  # fmt: skip
    rows = {said: read_manifest(f"file,published\na.txt,{said}\n".encode()).rows[0] for said in days}
    assert {said: row.about.published_on for said, row in rows.items()} == days
    assert [said for said, row in rows.items() if bool(row.not_understood) is bool(days[said])] == []


def test_what_holds_in_a_year_holds_from_its_first_day_to_its_last():
    (row,) = read_manifest(b"file,valid_from,valid_to,review\na.txt,2020,2021-02,2022\n").rows
    assert (row.about.valid_from, row.about.valid_to) == (date(2020, 1, 1), date(2021, 2, 28))
    assert row.about.review_by == date(2022, 1, 1)


def test_only_a_web_address_is_kept_as_source():
    rows = read_manifest(b"file,url\na.txt,https://example.org/a.pdf\nb.txt,javascript:alert(1)\nc.txt,\n").rows
    assert [row.about.url for row in rows] == ["https://example.org/a.pdf", "", ""]
    assert [bool(row.not_understood) for row in rows] == [False, True, False]


def test_a_table_is_divided_as_its_first_line_is_and_a_line_that_is_no_row_is_told():
    told = read_manifest(b"#;file;title\n1;a.txt;Reception, cells\n2;b.txt;Gate;north\n\n")
    assert [(row.file, row.about.title) for row in told.rows] == [("a.txt", "Reception, cells")]
    assert told.not_read[0].startswith("Line 3 of the manifest has more columns")
    assert "#" in told.not_known


def test_a_row_of_several_lines_and_quotes_within_a_row_are_read():
    rows = ['a.txt,"Reception\r\nof the ""centre"""', 'b.txt,Gate "north"', "c.txt,\u2028Ce\x02lls"]
    told = read_manifest("\r\n".join(["file,title", *rows, ""]).encode())
    assert [row.about.title for row in told.rows] == ['Reception of the "centre"', 'Gate "north"', "Cells"]


def test_json_is_a_list_or_a_row_a_line():
    for text in ('[{"file": "a.txt"}, 7]', '{"file": "a.txt"}\n{"file": \n'):
        told = read_manifest(text.encode())
        assert [row.file for row in told.rows] == ["a.txt"]
        assert told.not_read[0].startswith("Line 2 of the manifest")


def test_letters_are_utf_8_or_those_of_windows_and_the_mark_of_utf_16_is_known():
    for encoding, is_guessed in (("utf-8", False), ("utf-8-sig", False), ("utf-16", False), ("cp1252", True)):
        told = read_manifest("file,title\na.txt,Café\n".encode(encoding))
        assert (told.rows[0].about.title, bool(told.guessed)) == ("Café", is_guessed), encoding


def test_what_names_no_file_is_no_manifest():
    for content in (b"name\na.txt\n", b'file,title\na.txt,"Gate\n', b"[1", b"\xff\0", b"{\n"):
        with pytest.raises(NotAManifest):
            read_manifest(content)
