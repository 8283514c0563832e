"""A manifest as people and their programs write it: its days, and what stands before its columns."""

from datetime import date

import pytest

from lodestar.guidance.forms import NotAManifest, read_manifest


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


def test_what_stands_before_the_columns_is_no_row():
    for before in ("sep=,\n", "SEP=,\r\n", '"sep=,"\n', "sep=,,\n", "# of March\n", "#of March, of Jo\n\n# and April\n"):
        told = read_manifest(f"{before}file,title\na.txt,Reception\n#b.txt,Gate\n".encode())
        assert [(row.file, row.about.title) for row in told.rows] == [("a.txt", "Reception"), ("#b.txt", "Gate")], before
        assert (told.not_read, told.not_known) == ([], "")


@pytest.mark.parametrize("divider", [";", "|"])
def test_the_divider_that_excel_is_told_is_taken(divider):
    told = read_manifest(f"sep={divider}\nfile{divider}title\na.txt{divider}Reception, cells\n".encode())
    assert [(row.file, row.about.title) for row in told.rows] == [("a.txt", "Reception, cells")]


def test_a_column_may_be_called_after_its_numbers_and_a_line_is_told_by_its_own():
    told = read_manifest(b"#,file,title\n1,a.txt,Reception\n")
    assert [row.file for row in told.rows] == ["a.txt"]
    told = read_manifest(b"sep=,\n# of March\nfile,title\na.txt,Reception\nb.txt,Gate,north,x\n")
    assert told.not_read[0].startswith("Line 5 of the manifest has more columns")


def test_what_is_remarks_alone_is_no_manifest():
    assert read_manifest(b"# of March\n").rows == []
    with pytest.raises(NotAManifest):
        read_manifest(b"# of March\nname\na.txt\n")
