"""Tables in files: their encodings, marks and workbooks; and their values, read strictly."""

import io
from datetime import UTC, date, datetime, time

import pytest

from lodestar.platform.tables.table_files import (
    NotRead,
    TwoHeadings,
    columns_for,
    encoding_of,
    folded_heading,
    headings_as_shown,
    text_table,
)
from lodestar.platform.tables.values import Unreadable, in_words, read_age, read_birth, read_day, read_moment, refuse_other_age
from lodestar.platform.tables.workbook import workbook_table
from tests.factories.workbooks import workbook

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


def text(content):
    content = content if isinstance(content, bytes) else content.encode()
    return text_table(lambda: io.BytesIO(content), encoding_of(lambda: io.BytesIO(content)))


def book(content):
    return workbook_table(lambda: io.BytesIO(content), lambda heading: heading == "name")


def read(table):
    return [(row.number, row.cells, row.fault) for row in table.rows()]


def is_read(read, typed):
    try:
        read(typed)
    except Unreadable:
        return False
    return True


def test_each_encoding_and_mark_says_the_same():
    rows = 'name,what\r\n"Müller; Ana","a, b\nc"\r\n\r\n,\r\nŁ,"say ""so"""\r\n'
    others = [rows.encode(), rows.encode("utf-8-sig"), rows.encode("utf-16")]
    others.append(rows.replace(",", "\t").replace("a\t b", "a, b").encode())
    others.append(rows.replace("Müller; Ana", "Müller§ Ana").replace(",", ";").replace("a; b", "a, b").replace("§", ";").encode())
    for content in others:
        assert read(text(content)) == [(2, ("Müller; Ana", "a, b\nc"), ""), (6, ("Ł", 'say "so"'), "")], content
    old = text("name\r\nMüller\r\n".encode("cp1252"))
    assert (old.encoding, read(old)) == ("cp1252", [(2, ("Müller",), "")])
    marked = text(b"\xef\xbb\xbfname\r\nM\xfcller\r\n")
    assert (marked.headings, read(marked)) == (("name",), [(2, ("Müller",), "")])


def test_what_is_no_row_says_why_and_stops_no_other():
    found = read(text(b'name,what\r\nAna\r\nBea,1,2\r\nCid,=1+1\r\nDee,"=""007"""\r\nEve,\x81\xfc\r\nFay,1,,\r\n'))
    assert [(number, bool(fault)) for number, _, fault in found] == [
        (2, True), (3, True), (4, True), (5, False), (6, True), (7, False),
    ]  # fmt: skip
    assert found[3][1] == ("Dee", "007")


def test_what_is_no_table_is_refused_as_a_whole():
    for content in (b"", b"\xff\xfea", b"na\0me", b'name\r\n"Ana\r\n', b'name\r\nA\r\n"A"b\r\n'):
        with pytest.raises(NotRead):
            text(content)


def test_a_workbook_is_read_by_its_first_sheet_with_headings_and_no_formula_is():
    day, at = datetime(2026, 3, 9), datetime(2026, 3, 9, 2, 25)
    rows = [
        ["name", "born", "at", "age", None], ["Ana", day, at, 17], [None, ""], ["Total", None, None, "=SUM(D2:D3)"],
        ["Bea", date(2026, 3, 9), time(2, 25), 17.0], ["Cid", "x", "#N/A", ""], ["Dee", "", "", "", "too much"],
    ]  # fmt: skip
    found = book(workbook([["Report of March"]], rows, [["name"]]))
    assert (found.headings, found.unit) == (("name", "born", "at", "age"), "row")
    assert "S2" in found.notes[0]
    told = read(found)
    assert [told[0], told[2]] == [
        (2, ("Ana", "2026-03-09", "2026-03-09 02:25", "17"), ""), (5, ("Bea", "2026-03-09", "02:25", "17"), ""),
    ]  # fmt: skip
    assert [(number, fault.split(",")[0]) for number, _, fault in (told[1], told[3], told[4])] == [
        (4, "age holds a formula"), (6, "at holds what the spreadsheet could not work out: put its value there"),
        (7, "it has 5 cells where there are 4 headings"),
    ]  # fmt: skip


def test_a_workbook_that_is_a_bomb_or_broken_is_refused():
    whole = workbook([["name"], ["Ana"]])
    for content in (
        workbook([["name"]], bomb=b"0" * 51_000_000), workbook([["name"]], entity=b"<!DOCTYPE x [<!ENTITY a 'a'>]>"),
        workbook([["name"]], later=b" " * 999_995 + b"<!DOCTYPE x>"), workbook([["name"]], wide="<!DOCTYPE x>".encode("utf-16")),
        whole[:-200], b"PK\x03\x04" + b"0" * 200, workbook([["colour"]]),
    ):  # fmt: skip
        with pytest.raises(NotRead):
            book(content)


def test_headings_are_the_same_by_their_letters_and_figures_alone():
    assert {folded_heading(one) for one in ("D.O.B.", "dob", " D O B ", "ＤＯＢ", "d_o-b")} == {"dob"}
    assert (folded_heading("#"), folded_heading("Ім’я")) == ("#", "імя")
    assert headings_as_shown(("a  b", "", "c")) == ("a b", "column 2", "c")
    names = {"dob": "born", "born": "born", "mobile": "phone", "tel": "phone", "x": ""}
    assert columns_for(["Tel", "Mobile", "X", "Dobb"], names, frozenset({"phone"})) == ("phone", "phone", "", None)
    with pytest.raises(TwoHeadings):
        columns_for(["DOB", "Born"], names)


def test_days_ages_and_times_are_read_or_refused():
    faults = []
    for typed, day in {"2026-03-09": (2026, 3, 9), "9/3/2026": (2026, 3, 9), "03/04/2026": (2026, 4, 3), "9-3-2026": (2026, 3, 9),
                       "09.03.2026": (2026, 3, 9)}.items():  # fmt: skip
        faults += [typed] if read_day(typed) != date(*day) else []
    no_days = ("9/3/26", "12/31/2025", "31/02/2026", "2026-3-9", "March 2026", "40000", "2026", "2026-13-01", "yesterday")
    faults += [typed for typed in (*no_days, "٣/٣/٢٠٢٦") if is_read(read_day, typed)]
    for typed, ages in {"17": (17, 17), "15-17": (15, 17), "15 – 17": (15, 17)}.items():
        faults += [typed] if read_age(typed) != ages else []
    faults += [typed for typed in ("17-15", "abt 17", "1234", "", "17 months", "130") if is_read(read_age, typed)]
    assert faults == []


def test_when_something_happened():
    assert read_moment("9/3/2026 02:25", "", NOW) == (datetime(2026, 3, 9, 2, 25, tzinfo=UTC), True)
    assert read_moment("2026-07-09T02:25:10Z", "", NOW) == (datetime(2026, 7, 9, 2, 25, tzinfo=UTC), True)
    assert read_moment("2026-07-09 02:25+0100", "", NOW) == (datetime(2026, 7, 9, 1, 25, tzinfo=UTC), True)
    assert read_moment("9/7/2026", "02:25", NOW) == (datetime(2026, 7, 9, 1, 25, tzinfo=UTC), True)
    assert read_moment("9/7/2026", "", NOW) == (datetime(2026, 7, 8, 23, tzinfo=UTC), False)
    later, exact = read_moment("25/10/2026 01:30", "", NOW)
    assert (later.astimezone(UTC), exact) == (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), False)
    for typed, clock in (
        ("1/12/2026", ""), ("9/3/1926", ""), ("9/3/2026 0225", ""), ("9/3/2026 25:00", ""), ("9/3/2026 02:25", "02:25"),
        ("9/3/2026", "night"), ("last night", ""),
    ):  # fmt: skip
        with pytest.raises(Unreadable):
            read_moment(typed, clock, NOW)


def test_births_and_the_ages_beside_them():
    on = date(2026, 11, 30)
    born = {"04/09/2009": "2009-09-04", "2009-09": "2009-09", "2009": "2009", "2009-09-04 00:00": "2009-09-04"}
    assert {typed: read_birth(typed, on) for typed in born} == born
    for typed in ("1/12/2026", "1890", "4/9/09", "14"):
        with pytest.raises(Unreadable):
            read_birth(typed, on)
    refuse_other_age("2009-09-04", (16, 18), on)
    with pytest.raises(Unreadable):
        refuse_other_age("2009-09-04", (41, 41), on)
    assert [in_words(one) for one in ("03/04/2026 02:25", "13/04/2026", "4/4/2026", "2026-04-03")] == ["3 April 2026", "", "", ""]
