"""Workbooks: what their cells say, and what is refused in one sentence."""

import io
import zipfile

import pytest

from lodestar.kernel import workbook
from lodestar.kernel.table_text import NotRead
from lodestar.kernel.workbook import NOT_READ, TOO_LARGE, Workbook
from tests.factories.workbooks import MAIN, STYLES, sheet
from tests.factories.workbooks import workbook as made


@pytest.fixture
def read(tmp_path):
    def rows(content, which=0):
        path = tmp_path / "book.xlsx"
        path.write_bytes(content)
        return list(Workbook(path).rows(which))

    return rows


def test_cells_are_read_as_people_see_them(read):
    row = [
        "نور", 16, 16.0, 447700900123, ('s="1"', "<v>46000</v>"), ('s="2"', "<v>46000.5</v>"), ('t="b"', "<v>1</v>"),
        ('t="e"', "<v>#N/A</v>"), ('t="s"', "<v>1</v>"), ('t="s"', "<v></v>"), 4.47700900123e11, 1.5,
    ]  # fmt: skip
    (found,) = read(made(sheet([row]), shared="<si><t>a</t></si><si><r><t>two </t></r><r><t>parts</t></r></si>"))
    assert found.cells == (
        "نور", "16", "16", "447700900123", "2025-12-09", "2025-12-09 12:00", "TRUE", "#N/A", "two parts", "", "447700900123",
        "1.5",
    )  # fmt: skip


@pytest.mark.parametrize("place", ["9", "2", "-1", "x", "1.0", "999999999", "1" * 40])
def test_a_text_that_the_workbook_does_not_hold_is_lost_and_none_other(read, place):
    shared = "<si><t>a</t></si><si><t>b</t></si>"
    lost = ('t="s"', f"<v>{place}</v>")
    rows = read(made(sheet([["x", lost], [lost]]), shared=shared))
    assert [(row.cells, row.lost) for row in rows] == [(("x", ""), {1}), (("",), {0})]
    held = [('t="s"', "<v>0</v>"), ('t="s"', "<v>1</v>")]
    assert [row.lost for row in read(made(sheet([held]), shared=shared))] == [frozenset()]


def test_a_lost_text_that_goes_over_several_rows_is_lost_in_each(read):
    told = sheet([[('t="s"', "<v>9</v>"), "x"], ["", "y"]]).replace(
        "</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells>'
    )
    assert [row.lost for row in read(made(told))] == [{0}, {0}]


def test_how_a_word_is_pronounced_is_no_part_of_it(read):
    shared = "<si><t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh></si>"
    assert read(made(sheet([[('t="s"', "<v>0</v>")]]), shared=shared))[0].cells == ("東京",)


def test_a_formula_is_the_value_it_had_or_its_own_text(read):
    link = ("", '<f>HYPERLINK("http://example.org")</f>')
    cells = [('t="str"', "<f>A1&amp;B1</f><v>Ana</v>"), link, ("", "<f>1+1</f><v>2</v>")]
    (found,) = read(made(sheet([cells])))
    assert found.cells == ("Ana", '=HYPERLINK("http://example.org")', "2")
    assert found.formulas == {0, 1, 2}


def test_rows_and_columns_stand_where_they_say(read):
    xml = sheet([]).replace(
        "<sheetData>", '<sheetData><row r="4"><c r="C4"><v>7</v></c><c><v>8</v></c></row><row/><row><c><v>9</v></c></row>'
    )
    assert [(row.number, row.cells) for row in read(made(xml))] == [(4, ("", "", "7", "8")), (6, ("9",))]


def test_a_number_in_a_cell_for_days_that_is_none_stays_a_number_and_a_time_is_a_time(read):
    row = [('s="1"', "<v>17</v>"), ('s="2"', "<v>0.100694444</v>"), ('s="1"', "<v>367</v>"), ('s="1"', "<v>0</v>")]
    assert read(made(sheet([row])))[0].cells == ("17", "02:25", "1901-01-01", "0")


def test_a_cell_that_goes_over_several_rows_counts_for_each(read):
    rows = [["INC 1", "Ana", ('t="e"', "<v>#N/A</v>")], ["", "Bea"], ["", "", "", "x"], ["", "Cea"]]
    merges = "".join(f'<mergeCell ref="{ref}"/>' for ref in ("A1:A3", "B1:C1", "C1:C2"))
    found = read(made(sheet(rows).replace("</sheetData>", f"</sheetData><mergeCells>{merges}</mergeCells>")))
    assert [row.cells[0] for row in found] == ["INC 1", "INC 1", "INC 1", ""]
    assert (found[1].cells, found[1].errors, found[1].merged) == (("INC 1", "Bea", "#N/A"), {2}, {0, 2})
    assert not found[3].merged


def test_days_are_counted_from_1904_where_the_workbook_says_so(read):
    told = made(sheet([[('s="1"', "<v>44538</v>")]]), properties='<workbookPr date1904="1"/>')
    assert read(told)[0].cells == ("2025-12-09",)


def test_the_second_sheet(read):
    assert read(made(sheet([["a"]]), sheet([["b"]])), 1)[0].cells == ("b",)


def zipped(**parts):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name, text in parts.items():
            file.writestr(name.replace("__", "/"), text)
    return content.getvalue()


BAD_XML = sheet([["a"]])[:-20]
EVIL = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 and nothing more", NOT_READ),
        (made(sheet([["a"]]))[:-60], NOT_READ),
        (zipped(readme="x"), "the file is an archive that holds no workbook"),
        (zipped(xl__workbook="x"), "the file is an archive that holds no workbook"),
        (made(BAD_XML), NOT_READ),
        (made(sheet([["&f;"]], before=EVIL)), "a document type of its own"),
        (made(), "no sheet that can be seen"),
        (made(sheet([["a"]])).replace(b"xl/styles.xml", b"../../../a.xm"), ""),
    ],
)
def test_what_is_no_workbook_or_not_safe_is_refused_in_one_sentence(read, content, words):
    if not words:
        assert read(content)[0].cells == ("a",)  # a part with a name of its own is never looked at
        return
    with pytest.raises(NotRead, match=words):
        read(content)


def test_entities_in_a_shared_text_reach_no_file(read):
    shared = f'<?xml version="1.0"?>{EVIL}<sst {MAIN}><si><t>&f;</t></si></sst>'
    with pytest.raises(NotRead, match="a document type of its own"):
        read(made(sheet([[('t="s"', "<v>0</v>")]]), xl__sharedStrings=shared))


def test_a_bomb_is_refused_before_it_is_unpacked(read, monkeypatch):
    bomb = made(sheet([["a"]]), xl__media=" " * 30_000_000)
    with pytest.raises(NotRead, match=TOO_LARGE):
        read(bomb)
    monkeypatch.setattr(workbook, "MOST_UNPACKED", len(STYLES) - 1)
    with pytest.raises(NotRead, match=TOO_LARGE):
        read(made(sheet([["a"]])))


def test_a_part_that_lies_about_its_size_is_read_no_further_than_it_may_go(read, monkeypatch):
    path_bytes = made(sheet([["a" * 50_000]]))
    assert len(read(path_bytes)) == 1
    monkeypatch.setattr(workbook._Bounded, "__init__", lambda self, part, _: vars(self).update(_part=part, _left=10))
    with pytest.raises(NotRead, match=TOO_LARGE):
        read(path_bytes)
