"""Tables as text: encodings, marks between cells, and rows that are none."""

import io

import pytest

from lodestar.kernel import table_text
from lodestar.kernel.table_text import (
    Dialect,
    Line,
    NotRead,
    dialect_of,
    encoding_of,
    lines_of,
    records,
    said_separator,
)

KNOWN = frozenset({"name", "born", "narrative"})
NAMES = "name;born\nJosé Pérez;2009\nЖанна;2010\n"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (NAMES.encode(), "utf-8"),
        (NAMES.encode("utf-8-sig"), "utf-8-sig"),
        (NAMES.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + NAMES.encode("utf-16-be"), "utf-16"),
        (NAMES.encode("utf-16-le"), "utf-16-le"),
        (NAMES.encode("utf-16-be"), "utf-16-be"),
        (NAMES.encode("utf-32"), "utf-32"),
        ("name,born\nJosé,2009\nRené – “Zoë”,2010".encode("cp1252"), "old"),
        (NAMES.encode("utf-32-le"), "utf-32-le"),
        (NAMES.encode("utf-32-be"), "utf-32-be"),
        (("name\n" + "Жанна Цой, 王小明\n" * 30).encode("utf-16-le"), "utf-16-le"),
        (("name\n" + "Жанна Цой, 王小明\n" * 30).encode("utf-16-be"), "utf-16-be"),
        (("Жанна," * 9).encode() + b"Jos\xe9", "utf-8"),  # UTF-8 with one broken letter
        (b"name,born\n", "utf-8"),
        (b"na\0me,bo\0rn\n", "utf-8"),
    ],
)
def test_the_encoding_is_found(content, expected):
    assert encoding_of(io.BytesIO(content)) == expected


@pytest.mark.parametrize(("content", "words"), [(b"", "empty"), (bytes(range(256)) * 20, "neither text nor a workbook")])
def test_what_is_no_text_is_refused(content, words):
    with pytest.raises(NotRead, match=words):
        encoding_of(io.BytesIO(content))


@pytest.mark.parametrize("mark", [",", ";", "\t", "|", "^", "~", "\x1f"])
def test_the_separator_is_the_one_that_finds_most_names(mark):
    others = "Shoe" if mark in ",;" else "Shoe, size; other"
    held, dialect = dialect_of(mark.join(["Name", " BORN ", others]) + "\n", "", KNOWN)
    assert (held, dialect) == (2, Dialect(mark))


def test_quotes_and_slashes_are_found():
    assert dialect_of("'name','born'\n", "", KNOWN) == (2, Dialect(",", "'"))
    assert dialect_of('"name","born"\n', '"he said \\"no\\" twice","x"', KNOWN) == (2, Dialect(",", '"', "\\"))
    assert dialect_of("sep=;\n", "", KNOWN)[0] == 0
    assert (said_separator("sep=;\r\n"), said_separator("name;born\n")) == (";", "")


def rows(text, width=1):
    lines = (Line(n, one) for n, one in enumerate(io.StringIO(text, newline=""), 1))
    return [(row.number, row.cells, row.fault) for row in records(lines, Dialect(), width)]


def test_rows_with_line_breaks_mixed_ends_and_spaces():
    assert rows('a,"b\nc\r\nd",e\r\n\nf, "g",h\ri,,\n') == [
        (1, ("a", "b\nc\r\nd", "e"), ""),
        (5, ("f", "g", "h"), ""),
        (6, ("i", "", ""), ""),
    ]


def test_a_quote_that_is_never_closed_takes_no_other_row_with_it():
    told = rows('a,"open,b\nc,d\n"e",f\ng,5\'6" tall\nh,"i"j\nk,"l\n')
    assert [(number, cells) for number, cells, fault in told if not fault] == [
        (2, ("c", "d")), (3, ("e", "f")), (4, ("g", "5'6\" tall")),
    ]  # fmt: skip
    faults = {number: fault for number, _, fault in told if fault}
    assert set(faults) == {1, 5, 6}
    assert faults[6] == "a quotation mark is opened and never closed"


def test_a_quote_that_is_closed_by_a_later_row_is_found_by_what_follows():
    assert [number for number, _, fault in rows('a,"b\nc,"d"\ne,f\n') if fault] == [1]


def test_a_long_line_is_cut_and_the_next_one_is_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(table_text, "LONGEST_LINE", 10)
    file = tmp_path / "long.csv"
    file.write_bytes(b"short\n" + b"x" * 95 + b"\r\nlast\rend")
    found = list(lines_of(file, "utf-8"))
    assert [(line.number, line.text, line.is_cut) for line in found] == [
        (1, "short\n", False), (2, "x" * 11, True), (3, "last\r", False), (4, "end", False),
    ]  # fmt: skip
    assert [row.fault for row in records(iter(found), Dialect())] == [
        "", "it is longer than a million characters, too long to go back: shorten it in the file itself", "", "",
    ]  # fmt: skip


def test_a_space_after_a_closing_quote_is_none_of_the_text():
    assert rows('a, "b, c" , d\n"e" ,f,"g"  \n') == [(1, ("a", "b, c", "d"), ""), (2, ("e", "f", "g"), "")]


def test_half_a_letter_of_utf_16_is_told(tmp_path):
    file = tmp_path / "half.csv"
    file.write_bytes("Ana,16\nBea,17".encode("utf-16") + b"\0")
    assert [bool(row.fault) for row in records(lines_of(file, "utf-16"), Dialect())] == [False, True]


def test_bytes_that_are_no_letters_are_told_and_go_back_as_they_came(tmp_path):
    file = tmp_path / "broken.csv"
    file.write_bytes("a,Жанна\nb,Jos\n".encode().replace(b"Jos", b"Jos\xe9"))
    good, bad = records(lines_of(file, "utf-8"), Dialect())
    assert good.cells == ("a", "Жанна")
    assert "bytes that are not text" in bad.fault
    assert bad.raw.encode("utf-8", "surrogateescape") == b"b,Jos\xe9\n"


def test_a_text_that_is_too_long_is_one_row_and_not_a_row_a_line():
    words = f"{'and so on ' * 20}\n" * 1_000
    told = rows(f'a,"{words}"\nb,c\n', width=2)
    assert [(number, cells) for number, cells, _ in told] == [(1, ()), (1_002, ("b", "c"))]
    assert told[0][2] == "one of its cells is longer than 131,072 characters (lines 1 to 1001 are taken for one row)"


def test_a_text_that_is_never_closed_is_followed_by_the_next_line_that_is_a_row():
    told = rows('a,"open\nmore of it\nb,c\nd,e\n', width=2)
    assert [(number, cells) for number, cells, _ in told] == [(1, ()), (3, ("b", "c")), (4, ("d", "e"))]
    many = ",".join("abcdefgh")
    assert [number for number, cells, _ in rows(f'{many},"open\nx,y\na,b,c,d,e\n', width=9) if cells] == [3]
