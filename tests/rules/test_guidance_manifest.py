"""A manifest as people and their programs write it: its days, and what stands before its columns."""

from datetime import date

import pytest

from lodestar.guidance.forms import NotAManifest, read_manifest
from tests.each_case import each_case


@each_case(
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


@each_case(
    "before",
    ["sep=,\n", "SEP=,\r\n", '"sep=,"\n', "sep=,,\n", "# of March\n", "#of March, of Jo\n\n# and April\n", "\n# one\nsep=,\n"],
)
def test_what_stands_before_the_columns_is_no_row(before):
    told = read_manifest(f"{before}file,title\na.txt,Reception\n#b.txt,Gate\n".encode())
    assert [(row.file, row.about.title) for row in told.rows] == [("a.txt", "Reception"), ("#b.txt", "Gate")]
    assert (told.not_read, told.not_known) == ([], "")


@each_case("divider", [";", "|"])
def test_the_divider_that_excel_is_told_is_taken(divider):
    told = read_manifest(f"sep={divider}\nfile{divider}title\na.txt{divider}Reception, cells\n".encode())
    assert [(row.file, row.about.title) for row in told.rows] == [("a.txt", "Reception, cells")]


def test_a_line_is_told_by_its_number():
    told = read_manifest(b"sep=,\n# of March\nfile,title\na.txt,Reception\nb.txt,Gate,north,x\n")
    assert told.not_read[0].startswith("Line 5 of the manifest has more columns")


def test_what_is_remarks_alone_is_no_manifest():
    assert read_manifest(b"# of March\n").rows == []
    with pytest.raises(NotAManifest):
        read_manifest(b"# of March\nname\na.txt\n")


@each_case(
    ("lines", "said"),
    [
        (['{"file": "a.txt", "title": "Reception"}', '{"file": "b.txt", "title": ', '{"file": "c.txt", "title": "Cells"}'],
         "Line 2 of the manifest is not JSON"),
        (["{not JSON", '{"file": "a.txt", "title": "Reception"}', '{"file": "c.txt", "title": "Cells"}'],
         "Line 1 of the manifest is not JSON"),
        (['{"file": "a.txt", "title": "Reception"}', '"b.txt"', '{"file": "c.txt", "title": "Cells"}'],
         "Line 2 of the manifest is no row"),
        (["file,title", "a.txt,Reception", 'b.txt,"Gate', 'c.txt,"Cells"'], "Line 3 of the manifest is a broken row"),
        (["file,title", "a.txt,Reception", "b.txt,Gate, north", "c.txt,Cells,"], "Line 3 of the manifest has more columns"),
        (["file,title", "a.txt,Reception", f"b.txt,{'G' * 200_000}", "c.txt,Cells"], "Line 3 of the manifest is a broken row"),
    ],
)  # fmt: skip
def test_a_broken_line_of_a_manifest_is_told_and_passed_over(lines, said):
    told = read_manifest("\n".join(lines).encode())
    assert [(row.file, row.about.title) for row in told.rows] == [("a.txt", "Reception"), ("c.txt", "Cells")]
    (line,) = told.not_read
    assert line.startswith(said)
    assert line.endswith("passed over.")


@each_case("text", ['{"file": \n"a.txt"', "{\n[\n", "[1, 2", 'file,title\na.txt,"x'])
def test_a_manifest_without_one_line_that_can_be_read_is_none(text):
    with pytest.raises(NotAManifest):
        read_manifest(text.encode())


def test_quotes_within_a_row_and_letters_of_windows_are_read():
    rows = ['a.txt,"Reception of the ""centre"""', 'b.txt,"Gate" (north)', "c.txt,Ce\x02lls"]
    told = read_manifest("\r\n".join(["file,title", *rows, ""]).encode())
    titles = ['Reception of the "centre"', "Gate (north)", "Cells"]
    assert ([row.about.title for row in told.rows], told.not_read) == (titles, [])
    for kept_as, said in (("cp1252", "as Windows writes it"), ("utf-16", "is UTF-16 text"), ("utf-8-sig", "")):
        told = read_manifest("file;title\r\ncaf\u00e9.txt;Caf\u00e9 \u2013 \u201copen\u201d\r\n".encode(kept_as))
        assert told.rows[0].about.title == "Caf\u00e9 \u2013 \u201copen\u201d", kept_as
        assert (said in told.guessed) is bool(told.guessed or not said), kept_as
    with pytest.raises(NotAManifest, match="is no text"):
        read_manifest(b"PK\x03\x04\0\0\xff\xfe")
