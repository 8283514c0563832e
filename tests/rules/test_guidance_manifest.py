"""A manifest as people and their programs write it: its days, and what stands before its columns."""

from datetime import date

import pytest

from lodestar.guidance.forms import NotAManifest, read_manifest


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2020-03-24", date(2020, 3, 24)), ("24/03/2020", date(2020, 3, 24)), ("24 March 2020", date(2020, 3, 24)),
        ("24 Mar 2020", date(2020, 3, 24)), ("March 2020", date(2020, 3, 1)), ("Mar 2020", date(2020, 3, 1)),
        ("2020-03", date(2020, 3, 1)), ("2020", date(2020, 1, 1)), ("2020-03-24T10:00:00Z", date(2020, 3, 24)),
        ("24-03-2020", date(2020, 3, 24)), ("24.3.2020", date(2020, 3, 24)), ("24/03/20", date(2020, 3, 24)),
        ("2020-03-24 10:00", date(2020, 3, 24)), ("24/03/2020 00:00:00", date(2020, 3, 24)),
        ("24th March 2020", date(2020, 3, 24)),
        ("24TH MARCH 2020", date(2020, 3, 24)), ("1 OCTOBER 2023", date(2023, 10, 1)), ("1 Sept 2023", date(2023, 9, 1)),
        ("9999-12-31", date(9999, 12, 31)),
        ("24 March", None), ("03/24/2020", None), ("yesterday", None), ("soon", None), ("10:00", None), ("x" * 10_000, None),
    ],
)  # fmt: skip
def test_a_day_is_read_as_it_is_written(said, day):
    (row,) = read_manifest(f"file,published\na.txt,{said}\n".encode()).rows
    assert row.about.published_on == day
    assert bool(row.not_understood) is (day is None)


@pytest.mark.parametrize(
    "before",
    ["sep=,\n", "SEP=,\r\n", '"sep=,"\n', "sep=,,\n", "# of March\n", "#of March, of Jo\n\n# and April\n", "\n# one\nsep=,\n"],
)
def test_what_stands_before_the_columns_is_no_row(before):
    told = read_manifest(f"{before}file,title\na.txt,Reception\n#b.txt,Gate\n".encode())
    assert [(row.file, row.about.title) for row in told.rows] == [("a.txt", "Reception"), ("#b.txt", "Gate")]
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
