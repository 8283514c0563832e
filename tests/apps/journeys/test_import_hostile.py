"""Files that nobody expected, for each of the commands that take one in: one clear sentence, or every row that can be read."""

import csv
import errno
import gzip
import io
import json
import os
import tracemalloc
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management.base import CommandError

from lodestar.cases.models import Case, Person
from lodestar.journeys.files_read import open_source
from lodestar.journeys.importing import Rejects
from lodestar.journeys.row_read import COLUMNS
from lodestar.kernel.table_text import NotRead
from lodestar.recognition.models import EarlierRecord, Note
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.importing import brought_in, table_of
from tests.factories.workbooks import sheet, workbook

pytestmark = pytest.mark.usefixtures("fenmarch")
COMMANDS = {"import_concerns": {}, "import_records": {"kind": "custody"}, "import_references": {}}
HEAD = ["incident_ref", "name", "narrative"]
ROW = ["INC 1", "Ana", "x"]


@pytest.fixture(params=sorted(COMMANDS))
def bring_in(request, tmp_path):
    MembershipFactory(user=UserFactory(username="okafor"), roles=["coordinator", "frontline"])

    def bring(content, name="file.csv", **options):
        options = {"user": "okafor", **COMMANDS[request.param], **options}
        return brought_in(request.param, tmp_path / name, content, **options)

    return bring


@pytest.fixture
def concerns(tmp_path):
    MembershipFactory(user=UserFactory(username="brandreth"), roles=["frontline"])

    def bring(content, name="file.csv", **options):
        return brought_in("import_concerns", tmp_path / name, content, user="brandreth", **options)

    return bring


def zipped(**parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), content)
    return made.getvalue()


REFUSED = {
    "a web page": (b"<html><table><tr><td>name</td></tr></table></html>", "a web page or XML"),
    "XML that reads files": (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hosts">]><a>&x;</a>', "or XML"),
    "a document": (b"{\\rtf1\\ansi name,age}", "RTF"),
    "packed": (gzip.compress(b"name\nAna\n"), "gzip"),
    "a database": (b"SQLite format 3\0" + bytes(5000), "a database"),
    "an .ods": (zipped(content_xml="<x/>"), r"\.ods"),
    "an .xlsb": (zipped(xl__workbook_bin="x"), r"\.xlsb"),
    "a .docx": (zipped(word__document_xml="<x/>"), r"\.docx"),
    "an archive of a table": (zipped(a="name,age"), "holds no workbook"),
    "an encrypted workbook": (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le") + bytes(500), "with a password"),
    "a workbook that is a bomb": (workbook(sheet([HEAD, ROW]), bomb=" " * 60_000_000), "unpacks to more than is read"),
    "a workbook cut short": (workbook(sheet([HEAD, ROW]))[:-30], "cannot be read"),
    "words": (b"Dear all, please find the return attached.\n", "do not name the columns"),
}


@pytest.mark.parametrize("kind", sorted(REFUSED))
def test_what_is_no_table_is_refused_in_one_sentence_that_says_what_it_is(bring_in, kind):
    content, words = REFUSED[kind]
    with pytest.raises(CommandError, match=rf"^Nothing was imported: [^\n]*{words}[^\n]*\.$"):
        bring_in(content)


def test_a_folder_a_pipe_and_what_is_not_there_are_refused_and_nothing_waits(bring_in, tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "folder.csv").mkdir()
    os.symlink(tmp_path / "nowhere.csv", tmp_path / "link.csv")
    for name, words in (("pipe.csv", "no file but a pipe"), ("folder.csv", "Is a directory"), ("link.csv", "No such file")):
        with pytest.raises(CommandError, match=words):
            bring_in(None, name=name)
    with pytest.raises(NotRead, match="a pipe or a device"):
        open_source(Path("/dev/null"))


def test_a_link_to_a_file_is_that_file(concerns, tmp_path):
    (tmp_path / "real.csv").write_text("name\nAna\n")
    os.symlink(tmp_path / "real.csv", tmp_path / "link.csv")
    assert concerns(None, name="link.csv")[1][-1] == "1 made, 0 stood already, 0 not imported"


BAD_JSON = {
    "a key twice": ('{"name": "A", "name": "B"}', "a key is given twice"),
    "no number": ('{"name": "A", "age": -Infinity}', "-Infinity is no value"),
    "a huge number": ('{"name": "A", "age": ' + "9" * 5000 + "}", "a number is too long"),
    "too deep": ('{"name": ' + "[" * 3000 + "]" * 3000 + "}", "nested too deep"),
    "no JSON": ('{"name": "A', "not JSON: Unterminated string"),
}


@pytest.mark.parametrize(
    ("line", "does"),
    [('{"name": "A", "name": "B"}', "put that right in it"), ('{"name": "A', "put it right there"), ('"Ana"', "in braces"),
     ('{"colour": "red"}', "call them as the columns"), ('{"name": " "}', "under one, such as narrative")],
)  # fmt: skip
def test_what_is_refused_is_told_what_to_do(concerns, line, does):
    code, told = concerns(f'{{"name": "Ana"}}\n{line}\n', name="file.jsonl")
    assert (code, told[-1]) == (2, "1 made, 0 stood already, 1 not imported")
    assert does in told[1]


def test_what_is_not_imported_goes_back_byte_for_byte_and_is_not_held_in_memory(tmp_path):
    tracemalloc.start()
    many, row = Rejects(), "x" * 100_000
    for _ in range(100):
        many.add(row)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()
    kept = Rejects()
    for raw in ("INC 1,caf\udce9\r\n", "", "INC 2,Ana"):
        kept.add(raw)
    assert kept.many == 2
    kept.write(tmp_path / "kept.csv", "\ufeffref,name\r\n")
    assert (tmp_path / "kept.csv").read_bytes() == b"\xef\xbb\xbfref,name\r\nINC 1,caf\xe9\r\nINC 2,Ana\n"


@pytest.mark.parametrize("step", ["write", "seek"])  # what waits is written then, or when it is read again
def test_a_disk_that_is_full_of_what_was_not_imported_is_told_of(tmp_path, monkeypatch, step):
    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    kept = Rejects()
    monkeypatch.setattr(kept, "_kept", SimpleNamespace(**{"write": len, "seek": int, step: full}))
    does = {"write": lambda: kept.add("INC 1,Ana\n"), "seek": lambda: kept.write(tmp_path / "kept.csv", "ref,name\n")}[step]
    with pytest.raises(CommandError, match="No space left on device: make room there, and import the file again"):
        does()
    assert not list(tmp_path.iterdir())


def test_a_file_that_names_columns_alone_is_told_of(concerns):
    assert concerns("incident_ref,name\n")[1][0] == (
        "note: the file names its columns and holds no row: look whether it is the one that was meant"
    )


@pytest.mark.parametrize("kind", sorted(BAD_JSON))
def test_a_line_of_json_that_is_none_is_told_for_what_it_is(bring_in, kind):
    line, words = BAD_JSON[kind]
    code, told = bring_in(f'\ufeff{{"colour": "red"}}\n{line}\n', name="file.jsonl")
    assert code == 2
    assert "line 2" in told[1]
    assert words in told[1]
    assert "\n" not in told[1]


ENCODED = {
    "utf-16-be": "utf-16-be", "utf-32 with its mark": "utf-32", "utf-32-le": "utf-32-le", "utf-32-be": "utf-32-be",
}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(ENCODED))
def test_wide_letters_without_a_mark(concerns, kind):
    names = ["Жанна Цой", "王小明", "សុខា", "Łukasz Żak"]
    code, _ = concerns(table_of([[f"I{n}", name, ""] for n, name in enumerate(names)], HEAD).encode(ENCODED[kind]))
    assert (code, set(Person.objects.values_list("name", flat=True))) == (0, set(names))


def test_what_an_old_encoding_was_taken_for_is_told_with_words_to_look_at(concerns):
    told = concerns(table_of([["I1", "Małgorzata Dąbrowska", ""], ["I2", "Łukasz Świątek", ""]], HEAD).encode("cp1250"))[1]
    assert told[0] == (
        "note: the file is not UTF-8: it was read as Windows-1250, so look at the letters of the names, such as Małgorzata, "
        "Dąbrowska, Łukasz"
    )
    told = concerns("name\nRūta\n".encode("cp1257"), name="b.csv")[1]
    assert "; if they are wrong it is Windows-" in told[0]
    told = concerns("name\nFranÃ§ois\n", name="c.csv")[1]
    assert told[0].startswith("note: letters such as those of FranÃ§ois look as if they had been saved wrongly before: they are")


def rejected(folder):
    return list(csv.reader(io.StringIO((folder / "book.xlsx.rejects.csv").read_text(encoding="utf-8-sig"))))


def test_sheets_are_named_with_their_rows_and_their_columns_may_stand_in_any_order(concerns, tmp_path):
    second = [["narrative", "incident_ref", "name"], ["y", "INC 2", "Bea"], ["", "", "", "", "8"]]
    book = workbook(sheet([HEAD, ROW, ["", "", "", "7"]]), sheet(second), sheet([["notes"]]))
    code, told = concerns(book, name="book.xlsx")
    assert code == 2
    assert told[:2] == [
        "note: the sheets S1, S2 were read one after the other", "note: sheets that name no columns were not read: S3",
    ]  # fmt: skip
    assert {line.split(": ")[0] for line in told[2:6]} == {f"sheet S{sheet}, row {row}" for sheet in (1, 2) for row in (2, 3)}
    assert Case.objects.get(imported_as="INC 2").what == "y"
    assert rejected(tmp_path) == [HEAD, ["", "", "", "7"], ["", "", "", "", "8"]]


def test_a_row_of_another_order_goes_back_in_the_order_of_the_first(concerns, tmp_path):
    second = [["narrative", "name", "incident_ref"], ["y", "Bea", "INC 2", "too much"]]
    concerns(workbook(sheet([HEAD, ROW]), sheet(second)), name="book.xlsx")
    assert rejected(tmp_path)[1] == ["INC 2", "Bea", "y", "too much"]


def test_formulas_without_a_value_and_those_that_failed_are_told_apart(concerns):
    row = ["INC 1", ('t="e"', "<f>VLOOKUP(1,2,3)</f><v>#N/A</v>"), ('t="str"', "<f>A1&amp;1</f>")]
    told = concerns(workbook(sheet([[*HEAD, "role"], [*row, "victim"]])), name="book.xlsx")[1]
    assert "a formula that had no value yet is kept as its text: narrative" in told[0]
    assert "what the spreadsheet could not work out is kept as text alone: name" in told[0]
    assert Person.objects.get().name == ""
    assert "name in the workbook: #N/A" in set(Note.objects.values_list("words", flat=True))
    assert Case.objects.get().what == "=A1&1"


JSONS = {
    "objects over several lines": "".join(json.dumps({"name": name}, indent=1) + "\n" for name in ("Ana", "Bea")),
    "a list over several lines that ends too soon": json.dumps([{"name": name} for name in ("Ana", "Bea", "Cea")], indent=1)[:-9],
    "a list that ends too soon": '[{"name": "Ana"}, {"name": "Bea"}, {"na',
}


@pytest.mark.parametrize("kind", sorted(JSONS))
def test_json_that_is_broken_further_down_keeps_what_came_before(concerns, kind):
    code, _ = concerns(JSONS[kind], name="file.json")
    assert set(Person.objects.values_list("name", flat=True)) == {"Ana", "Bea"}
    assert code == (2 if "too soon" in kind else 0)


def test_lists_and_parts_of_a_name_are_read_as_words(concerns):
    concerns(json.dumps({"name": {"first": "Ana", "last": "Pop"}, "nationality": ["Romanian", "Moldovan"]}), name="a.jsonl")
    assert Person.objects.get().name == "Ana Pop"
    assert "Nationality: Romanian, Moldovan" in set(Note.objects.values_list("words", flat=True))


def test_a_cell_of_many_lines_that_is_too_long_makes_nobody(concerns, tmp_path):
    content = 'name,narrative\r\nAna,"' + "and he said\r\n" * 15_000 + '"\r\nBea,short\r\n'
    code, told = concerns(content)
    assert (code, told[-1]) == (2, "1 made, 0 stood already, 1 not imported")
    assert "(lines 2 to 15002 are taken for one row)" in told[0]
    assert (tmp_path / "file.csv.rejects.csv").read_bytes().count(b"and he said") == 15_000


def test_names_of_columns_that_stand_twice_empty_ones_and_columns_without_a_name(concerns):
    told = concerns(",name,Name,,AGE,age,\r\nz,,Bea,,,17,\r\n")[1]
    assert "columns that stand twice" in told[0]
    person = Person.objects.get()
    assert (person.name, person.age_min) == ("Bea", 17)
    assert "column 1: z" in set(Note.objects.values_list("words", flat=True))


def test_marks_that_turn_the_direction_and_signs_that_nobody_sees(bring_in):
    code, told = bring_in("incident_ref,name,our_reference\r\n\u200b,\u202e\u2060,\u200d\r\n")
    assert code == 2
    assert "\u202e" not in "".join(told)
    assert (Case.objects.count(), EarlierRecord.objects.count()) == (0, 0)


def test_the_names_of_the_columns_may_stand_once_more_also_in_another_order(concerns, tmp_path):
    again = "\ufeffName;Narrative;Incident Ref\nBea;y;INC 2\nCea;z;INC 3;too much\n"
    code, told = concerns("incident_ref;name;narrative\nINC 1;Ana;x\nincident_ref;name;narrative\nINC 4;Dea;w\n" + again)
    assert (code, told[-1]) == (2, "3 made, 0 stood already, 1 not imported")
    assert set(Case.objects.values_list("imported_as", "what")) == {("INC 1", "x"), ("INC 4", "w"), ("INC 2", "y")}
    kept = (tmp_path / "file.csv.rejects.csv").read_text(encoding="utf-8")
    assert kept.endswith("Name;Narrative;Incident Ref\nCea;z;INC 3;too much\n")
    assert concerns(kept.replace(";too much", ""), name="mended.csv")[1][-1] == "1 made, 0 stood already, 0 not imported"
    assert Case.objects.get(imported_as="INC 3").what == "z"


def test_a_row_goes_back_under_its_own_names_however_often_those_change(concerns, tmp_path):
    bad = ",too much"
    one, other = f"name,phone\n{{}},077{bad}\n", f"phone,name\n077,{{}}{bad}\n"
    concerns(one.format("Ana") + other.format("Bea") + one.format("Cea"))
    mended = (tmp_path / "file.csv.rejects.csv").read_text(encoding="utf-8").replace(bad, "")
    assert concerns(mended, name="mended.csv")[1][-1] == "3 made, 0 stood already, 0 not imported"
    assert set(Person.objects.values_list("name", flat=True)) == {"Ana", "Bea", "Cea"}


def test_a_row_of_a_further_sheet_goes_back_under_its_own_names(concerns, tmp_path):
    bad = ["Cea", "INC 3", "z", "too much"]
    second = [["name", "incident_ref", "narrative"], bad]
    rows = [HEAD, ROW, ["name", "age", "incident_ref"], ["Bea", "17", "INC 2", "too much"]]
    concerns(workbook(sheet(rows), sheet(second), sheet([HEAD, [*ROW, "too much"]])), name="book.xlsx")
    mended = (tmp_path / "book.xlsx.rejects.csv").read_text(encoding="utf-8").replace(',"too much"', "")
    assert concerns(mended, name="mended.csv")[1][-1] == "2 made, 1 stood already, 0 not imported"
    assert set(Person.objects.values_list("name", "case__imported_as")) == {("Ana", "INC 1"), ("Bea", "INC 2"), ("Cea", "INC 3")}


@pytest.mark.parametrize("columns", [["incident_ref", "source", "place"], COLUMNS])
def test_a_row_that_holds_names_of_columns_is_a_row(concerns, columns):
    told = {"incident_ref": "A7", "source": "Phone", "place": "Address"}
    rows = [[told.get(name, "") for name in columns], [{"incident_ref": "A8"}.get(name, "x") for name in columns]]
    concerns("\n".join(",".join(row) for row in [columns, *rows]) + "\n")
    assert set(Case.objects.values_list("imported_as", "place")) >= {("A7", "Address")}
    assert Case.objects.count() == 2


def test_names_once_more_in_a_workbook(concerns):
    rows = [HEAD, ROW, HEAD, ["INC 2", "Bea", "y"], ["name", "age", "incident_ref"], ["Cea", "17", "INC 3"]]
    assert concerns(workbook(sheet(rows)), name="book.xlsx")[1][-1] == "3 made, 0 stood already, 0 not imported"
    assert Person.objects.get(name="Cea").age_min == 17


@pytest.mark.parametrize(
    "line", ["Total;;3", "Grand total: 3", "--------;----;---------", "(2 rows affected)", "Page 1 of 2", "*** End of report ***",
             "Printed by: PC 12", "OFFICIAL-SENSITIVE", "Protective marking: Official (Sensitive)", "[number];(surname first)"],
)  # fmt: skip
def test_what_a_report_writes_between_its_rows_makes_nobody(concerns, tmp_path, line):
    code, told = concerns(f"incident_ref;name;narrative\nINC 1;Ana;x\n{line}\nINC 2;Bea;End of report\n")
    assert (code, told[-1]) == (2, "2 made, 0 stood already, 1 not imported")
    assert line in (tmp_path / "file.csv.rejects.csv").read_text(encoding="utf-8")


def test_columns_of_a_time_are_told_of_as_such_and_not_as_strangers(concerns):
    told = concerns("incident_ref,happened_at,Time (UTC),Shoe\nINC 1,03/07/2026,22:30,38\n")[1]
    assert told[0] == "note: columns that are not known, kept as text: Shoe"
    assert told[1].startswith("note: columns of a time, put to the day beside it where both can be read, ")
    assert told[1].endswith(": Time (UTC)")
    assert "the time of happened_at was taken from Time (UTC): 22:30 utc" in told[2]


def test_a_line_of_json_is_never_one_about_a_report(concerns):
    told = concerns('{"narrative": "Run on 12/11/2026"}\n{"place": "Total", "age": 3}\n', name="a.jsonl")[1]
    assert told[-1] == "2 made, 0 stood already, 0 not imported"


def test_text_that_a_system_forced_on_a_spreadsheet_is_that_text(concerns):
    concerns('incident_ref,name,age\n="00123","=""Ana \'Annie\' Pop""",="17"\nINC 2,=1+1,16\n')
    assert set(Case.objects.values_list("imported_as", flat=True)) == {"00123", "INC 2"}
    assert set(Person.objects.values_list("name", "age_min")) == {("Ana 'Annie' Pop", 17), ("=1+1", 16)}


@pytest.mark.parametrize(
    "head",
    [
        "\u200bincident_ref,\u200fname\u200e,bo\u00adrn", "\u00ef\u00bb\u00bfincident_ref,Name,Born",
        '\u00ef\u00bb\u00bf"incident_ref","name","born"', '\ufeff\ufeff"incident_ref","name","born"',
    ],
)  # fmt: skip
def test_names_of_columns_among_signs_that_nobody_sees(concerns, head):
    assert not any("not known" in line for line in concerns(f"{head}\nINC 1,Ana,2009\n")[1])
    assert Case.objects.get().imported_as == "INC 1"
    assert Person.objects.get().birth_date == "2009"


def test_comments_on_cells_are_told_of_and_a_list_further_within_is_found(concerns):
    book = workbook(sheet([HEAD, ROW]), xl__comments1="<x/>")
    assert concerns(book, name="book.xlsx")[1][0].startswith("note: comments on cells were not read")
    within = json.dumps({"d": {"results": [{"name": "Bea"}, {"name": "Cea"}]}})
    assert concerns(within, name="a.json")[1][-1] == "2 made, 0 stood already, 0 not imported"


def test_days_of_a_workbook_that_counts_them_from_1904(concerns):
    head = ["incident_ref", "happened_at", "name", "born"]
    rows = [head, ["44867", 44867.9375, "Ana", "38598"], ["INC 2", "3/11/2026", "Bea", 31208]]
    told = concerns(workbook(sheet(rows), properties='<workbookPr date1904="1"/>'), name="book.xlsx")[1]
    assert told[0] == "note: the workbook counts its days from 1904: a number where a day is meant was read so"
    assert f"{Case.objects.get(imported_as='44867').encountered_at:%Y-%m-%d %H:%M}" == "2026-11-03 22:30"
    assert list(Person.objects.order_by("name").values_list("birth_date", flat=True)) == ["2009-09-04", ""]


def test_keys_that_are_no_columns_are_told_of_and_kept(concerns):
    told = concerns(json.dumps({"name": "Ana", "boot": 38, "other": None}), name="a.jsonl")[1]
    assert "; keys that are not known, kept as text: boot; " in told[0]
    assert "boot: 38" in set(Note.objects.values_list("words", flat=True))


def test_a_last_row_that_was_cut_off_is_told_of(concerns):
    told = concerns("incident_ref,name,born\nINC 1,Ana\nINC 2,Be")[1]
    assert ["the file ends within it" in line for line in told[:2]] == [False, True]
    assert "the file ends" not in "".join(concerns("incident_ref,name,born\nINC 3,Ana,2009", name="b.csv")[1])


def test_of_a_file_whose_days_begin_with_the_month_it_is_told_before_anything_comes_in(concerns):
    told = concerns("name,born\nAna,9/4/2009\nBea,9/13/2009\n", apply=False)[1]
    assert told[0].startswith("note: some days have the month first, such as 9/13/2009. Where both were possible, ")
    assert "the month first" not in concerns("name,born\nAna,9/4/2009\nBea,13/9/2009\n", apply=False)[1][0]


def test_a_workbook_that_breaks_while_its_first_rows_are_looked_at_keeps_those(concerns):
    broken = sheet([["name", "born"], ["Ana", "9/13/2009"], *[[f"Person {n}", n] for n in range(60)]])
    told = concerns(workbook(broken[: broken.index("Person 50")]), name="broken.xlsx")[1]
    assert told[0].startswith("note: some days have the month first")
    assert told[-2].startswith("the rest of the file was not read: the workbook cannot be read")
    assert Person.objects.filter(name="Ana").exists()


def test_a_row_that_a_workbook_hides_comes_in_and_is_told_of(concerns):
    shown = sheet([HEAD, ROW, ["INC 2", "Bea", "y"]]).replace('<row r="3">', '<row r="3" hidden="1">')
    told = concerns(workbook(shown), name="book.xlsx")[1]
    assert ["the workbook hides this row" in line for line in told[:2]] == [False, True]
    assert told[-1] == "2 made, 0 stood already, 0 not imported"
