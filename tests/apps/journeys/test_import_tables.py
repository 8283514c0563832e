"""Tables of concerns come in: any dialect, each row once, nothing lost, nothing run, a bad row never another's trouble."""

import csv
import json

import pytest
from django.core.management.base import CommandError
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from lodestar.cases import actions as cases
from lodestar.cases import ledger
from lodestar.cases.models import AllegedOffence, Case, MatchAlert, Obligation, Person, SafeAddress
from lodestar.journeys import rows_imported
from lodestar.journeys.management.commands import import_concerns
from lodestar.recognition.models import Note, RowTakenIn
from tests.factories.accounts import MembershipFactory, UserFactory, a_member
from tests.factories.importing import brought_in, table_of
from tests.factories.workbooks import sheet, workbook

HEAD = ["Incident Ref", "HAPPENED_AT", "name", "born", "role", "person_ref", "narrative", "shoe size"]
NAMES = [
    "Nguyễn Thị Hồng", "Ştefan Țurcanu", "Përparim Gjoni", "Łukasz Żak", "Жанна Цой", "Γιώργος Νίκα", "نور حسن", "שרה לוי",
    "अनिता शर्मा", "রহিমা খাতুন", "ਗੁਰਪ੍ਰੀਤ", "முருகன்", "สมชาย ใจดี", "ሰላም ተስፋ", "王小明", "김민수", "O’Brien-Ó Néill",
]  # fmt: skip

pytestmark = pytest.mark.usefixtures("fenmarch")


@pytest.fixture
def officer():
    return MembershipFactory(user=UserFactory(username="brandreth"), roles=["frontline"])


@pytest.fixture
def bring_in(officer, tmp_path):
    def bring(content, name="concerns.csv", **options):
        return brought_in("import_concerns", tmp_path / name, content, **{"user": "brandreth", **options})

    return bring


def table(rows, head=HEAD, **dialect):
    return table_of(rows, head, **dialect)


ROWS = [
    ["INC 1", "03/11/2026 02:25", "Ana", "2009", "victim", "N1", "Two people, one room;\nlocked", "38"],
    ["INC 1", "03/11/2026 02:25", "José", "04/09/1990", "suspect", "N2", "", ""],
    ["INC 2", "31/02/2026", "Ștefan", "31/02/2009", "witness", "N3", '=HYPERLINK("http://example.org";"x")', "=1+1"],
]
PLAIN = [[cell.replace("Ș", "S") for cell in row] for row in ROWS]
DIALECTS = {
    "commas": table(ROWS).encode(),
    "with a mark": table(ROWS).encode("utf-8-sig"),
    "utf-16": table(ROWS, delimiter="\t").encode("utf-16"),
    "utf-16 without a mark": table(ROWS, delimiter="\t").encode("utf-16-le"),
    "semicolons": table(ROWS, delimiter=";").encode(),
    "sep": ("sep=|\r\n" + table(ROWS, delimiter="|")).encode(),
    "tabs, all quoted": table(ROWS, delimiter="\t", quoting=csv.QUOTE_ALL).encode(),
    "windows": table(PLAIN, delimiter=";").encode("cp1252"),
    "slashes": table(ROWS, doublequote=False, escapechar="\\", quoting=csv.QUOTE_ALL).encode(),
    "single quotes, lone line ends": table(ROWS, quotechar="'", quoting=csv.QUOTE_ALL, lineterminator="\n").encode(),
    "old line ends": table([[cell.replace("\n", " ") for cell in row] for row in ROWS], lineterminator="\r").encode(),
    "a title first": ("Weekly return\r\n\r\n" + table(ROWS)).encode(),
}  # fmt: skip


@pytest.mark.parametrize("dialect", sorted(DIALECTS))
def test_every_dialect_says_the_same(bring_in, dialect):
    code, lines = bring_in(DIALECTS[dialect])
    assert (code, lines[-1]) == (0, "2 made, 1 added to a concern, 0 stood already, 0 not imported")
    assert any("columns that are not known, kept as text: shoe size" in line for line in lines)
    first, second = Case.objects.order_by("imported_as")
    assert (first.imported_as, first.what.split()) == ("INC 1", ["Two", "people,", "one", "room;", "locked"])
    assert second.what == '=HYPERLINK("http://example.org";"x")'
    people = list(Person.objects.filter(case=first).order_by("number"))
    assert [(one.name, one.birth_date, one.roles) for one in people] == [
        ("Ana", "2009", ["possible_victim"]), ("José", "1990-09-04", ["suspect"]),
    ]  # fmt: skip
    words = "\n".join(Note.objects.filter(case=second).values_list("words", flat=True))
    for kept in ("31/02/2026", "Born, as typed: 31/02/2009", "shoe size: =1+1"):
        assert kept in words
    assert ledger.differences([first, second]) == []


def test_twice_changes_nothing_and_a_dry_run_writes_nothing(bring_in, tmp_path):
    code, lines = bring_in(table(ROWS), apply=False)
    assert lines[1:] == [
        "line 2: would be made (INC 1)",
        "line 4: would be added to (INC 1)",
        "line 5: would be made (INC 2); happened_at “31/02/2026” is no time that can be read or has not come, and is kept as "
        "typed; no time that can be read: the time of the import stands for when they were met; born “31/02/2009” is no date of "
        "birth that can be read, and is kept as typed",
        "2 would be made, 1 would be added to a concern, 0 stood already, 0 not imported. Nothing was written: run it again "
        "with --apply",
    ]
    assert (code, Case.objects.count(), RowTakenIn.objects.count()) == (0, 0, 0)
    bring_in(table(ROWS))
    before = everything()
    for applies in (True, False):
        assert bring_in(table(ROWS), apply=applies)[1][-1].startswith("0 ")
    assert bring_in(table(ROWS))[1][-1] == "0 made, 3 stood already, 0 not imported"
    assert everything() == before
    assert len(list(tmp_path.iterdir())) == 1


def everything():
    return [
        list(model.objects.order_by("id").values())
        for model in (Case, Person, Note, Obligation, AllegedOffence, SafeAddress, RowTakenIn)
    ]


def state():
    """What stands, without the times at which it was written."""
    return [
        (case.imported_as, case.what, case.place,
         [(one.number, one.name, one.roles, one.belief) for one in case.people.order_by("number")],
         sorted(Note.objects.filter(case=case).values_list("words", flat=True)),
         sorted(Obligation.objects.filter(case=case, state="open").values_list("code", flat=True)))
        for case in Case.objects.order_by("imported_as")
    ]  # fmt: skip


MANY = [[f"INC {n // 2}", "03/11/2026 02:25", name, "", "victim", f"N{n}", "", ""] for n, name in enumerate(NAMES)]


def test_interrupted_and_run_again_it_ends_the_same(bring_in, monkeypatch):
    monkeypatch.setattr(import_concerns, "ROWS_TOGETHER", 4)
    real, calls = import_concerns.import_together, []

    def stops(**told):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(**told)

    monkeypatch.setattr(import_concerns, "import_together", stops)
    with pytest.raises(KeyboardInterrupt):
        bring_in(table(MANY))
    assert 0 < Case.objects.count() < 9
    monkeypatch.undo()
    bring_in(table(MANY))
    found = state()
    assert [name for _, _, _, people, *_ in found for _, name, *_ in people] == NAMES
    assert len(found) == 9


def test_a_bad_row_stops_no_other_and_comes_in_when_it_is_put_right(bring_in, tmp_path):
    lines = table(MANY[:2]).splitlines(keepends=True)
    bad = ['INC 0,03/11/2026 02:25,"open, ,,N9,,\r\n', "INC 9,3 Nov 2026,Ana,,victim,N9,one,two,three,four\r\n", ",,,,,,,39\r\n"]
    raw = "".join([*lines[:2], *bad, *lines[2:]]).encode() + b"INC 8,,Jos\xe9,,,,,\r\n"
    code, told = bring_in(raw)
    assert (code, told[-1]) == (2, "1 made, 1 added to a concern, 0 stood already, 4 not imported")
    assert [line.split(": ", 2)[2].split(":")[0] for line in told if "not imported:" in line] == [
        "a quotation mark is opened and never closed",
        "it has 10 cells where there are 8 columns", "it says nothing under a column that is known",
        "it holds bytes that are not text in the encoding of the file",
    ]  # fmt: skip
    rejects = tmp_path / "concerns.csv.rejects.csv"
    assert rejects.read_bytes() == lines[0].encode("utf-8-sig") + "".join(bad).encode() + b"INC 8,,Jos\xe9,,,,,\r\n"
    assert bring_in(None, name=rejects.name)[1][-1] == "0 made, 0 stood already, 4 not imported"
    mended = rejects.read_bytes().replace(b'"open', b"open").replace(b",three,four", b"").replace(b"Jos\xe9", "José".encode())
    code, told = bring_in(mended, name="mended.csv")
    assert (code, told[-1]) == (2, "2 made, 1 added to a concern, 0 stood already, 1 not imported")
    assert list(Person.objects.filter(case__imported_as="INC 0").order_by("number").values_list("name", flat=True)) == [
        *NAMES[:2], "open",
    ]  # fmt: skip


def test_a_row_that_the_database_refuses_stops_none_of_its_incident(bring_in, monkeypatch):
    real = rows_imported.import_rows

    def refuses(**told):
        if any("Person 1" in row.kept for row in told["rows"]):
            raise DatabaseError("too much")
        return real(**told)

    monkeypatch.setattr(import_concerns, "import_rows", refuses)
    rows = [["INC 1", "3/11/2026", f"Person {n}", "", "victim", f"N{n}", "", ""] for n in range(3)]
    code, told = bring_in(table(rows))
    assert (code, told[-1]) == (2, "1 made, 1 added to a concern, 0 stood already, 1 not imported")
    assert told[-2].startswith("what was not imported stands in ")
    assert sorted(Person.objects.values_list("name", flat=True)) == ["Person 0", "Person 2"]


def test_one_person_in_two_rows_is_one_person_and_what_differs_is_kept(bring_in):
    rows = [
        ["INC 1", "3/11/2026", "Ana", "", "victim", "N1", "", ""],
        ["INC 1", "3/11/2026", "Anna", "2009", "suspect", "N1", "", ""],
    ]
    assert bring_in(table(rows))[1][-1] == "1 made, 1 added to a concern, 0 stood already, 0 not imported"
    person = Person.objects.get()
    assert (person.name, person.birth_date, person.roles, person.belief) == (
        "Ana", "2009", ["possible_victim", "suspect"], "signs_only",
    )  # fmt: skip
    assert AllegedOffence.objects.get().stage == "stop"
    assert "Name, as another row says: Anna" in set(Note.objects.values_list("words", flat=True))


def test_a_later_file_adds_its_people_to_the_concern_that_stands(bring_in):
    bring_in(table(ROWS[:1]))
    case = Case.objects.get()
    assert bring_in(table(ROWS[:2]), name="more.csv")[1][1:] == [
        f"line 2: stood already, nothing changed: {case.reference} (INC 1)", f"line 4: added to {case.reference} (INC 1)",
        "0 made, 1 added to a concern, 1 stood already, 0 not imported",
    ]  # fmt: skip
    assert Person.objects.filter(case=case).count() == 2
    assert ledger.differences([case]) == []


@pytest.mark.parametrize("rows", [19, 20, 21, 45])
def test_no_row_is_lost_where_the_looking_for_the_names_ends(bring_in, rows):
    lines = "".join(f"Person {n}\n" for n in range(rows))
    assert bring_in(f"name\n{lines}", apply=False)[1][-1].startswith(f"{rows} would be made")
    book = workbook(sheet([[f"Person {n}"] for n in range(-1, rows)]).replace("Person -1", "name"))
    assert bring_in(book, name="book.xlsx", apply=False)[1][-1].startswith(f"{rows} would be made")


def test_a_sealed_concern_is_none_to_anybody_but_its_owners_and_who_brought_it(bring_in):
    bring_in(table(ROWS[:1]))
    case = Case.objects.get()
    MembershipFactory(user=UserFactory(username="quill"), roles=["frontline"])
    owners = [a_member("investigator"), a_member("investigator")]
    cases.seal_case(by=owners[0], at=case.recorded_at, case=case, reason="a source", owners=[one.user for one in owners])
    told = bring_in(table(ROWS[:2]), name="more.csv", user="quill")[1]
    assert case.reference not in "\n".join(told)
    assert told[-1] == "1 made, 1 added to a concern, 0 stood already, 0 not imported"
    assert Person.objects.filter(case=case).count() == 1
    assert bring_in(table(ROWS[:2]), name="more.csv", user="quill")[1][-1] == "0 made, 2 stood already, 0 not imported"
    told = bring_in(table(ROWS[:2]), name="more.csv")[1]
    assert told[-1] == "0 made, 1 added to a concern, 1 stood already, 0 not imported"
    alerts = set(MatchAlert.objects.filter(of_case__isnull=False).values_list("of_case", "came", "to"))
    assert alerts == {(case.id, came, one.user) for one in owners for came in ("again", "added")}


def test_where_they_live_is_sealed_and_is_no_safe_contact(bring_in):
    head = ["name", "role", "address", "phone", "happened_at"]
    row = ["Ana", "victim", "=12 Mill Lane\nLincoln", "+44 7700 900123", "3/11/2026"]
    bring_in(table([row], head))
    kept = SafeAddress.objects.get()
    assert kept.address.splitlines() == [
        "As it was reported. Nobody has checked that it is safe.", "Address: =12 Mill Lane, Lincoln", "Phone: +44 7700 900123",
    ]  # fmt: skip
    assert kept.contact == ""
    assert "Mill Lane" not in "".join(Note.objects.values_list("words", flat=True))
    assert json.loads(RowTakenIn.objects.get().typed)[0] == ["address", "=12 Mill Lane\nLincoln"]


def test_a_missing_field_rejects_no_row(bring_in):
    code, told = bring_in("name\nAna\n")
    assert (code, told[-1]) == (0, "1 made, 0 stood already, 0 not imported")
    assert bring_in("incident_ref\nINC 7\n", name="b.csv")[1][-1] == "1 made, 0 stood already, 0 not imported"


def test_json_lines_of_the_columns(bring_in):
    lines = [{"Incident_Ref": "INC 1", "name": name, "age": 16, "shoes": [38]} for name in NAMES[:3]]
    code, told = bring_in("\n".join(json.dumps(line) for line in lines), name="rows.jsonl")
    assert (code, told[-1]) == (0, "1 made, 2 added to a concern, 0 stood already, 0 not imported")
    assert list(Person.objects.order_by("number").values_list("name", "age_min")) == [(name, 16) for name in NAMES[:3]]
    assert bring_in(json.dumps(lines, indent=1), name="whole.json")[1][-1] == "0 made, 3 stood already, 0 not imported"
    assert "shoes: [38]" in set(Note.objects.values_list("words", flat=True))


def test_numbers_that_are_none_stop_no_other(bring_in):
    lines = '{"name": "Ana", "age": 1e400}\n{"name": "Bea", "age": NaN}\n{"name": "Cid", "age": 16.0}\n'
    told = bring_in(lines, name="a.jsonl")[1]
    assert told[-1] == "2 made, 0 stood already, 1 not imported"
    assert list(Person.objects.order_by("name").values_list("name", "age_min")) == [("Ana", None), ("Cid", 16)]


def test_a_workbook(bring_in, tmp_path):
    formula = ('t="str"', '<f>"A"&amp;"na"</f><v>Ana</v>')
    row = ["INC 1", ('s="2"', "<v>46329.1006944444</v>"), formula, 40060, "victim", "N1", "=cmd|' /C calc'!A0"]
    rows = [["Returns"], HEAD, row]
    code, told = bring_in(workbook(sheet([["nothing here"]]), sheet(rows)), name="concerns.xlsx")
    assert (code, told[-1]) == (0, "1 made, 0 stood already, 0 not imported")
    assert "only the sheet S2 was read, not S1" in told[1]
    assert "row 3: made" in told[2]
    assert "a formula was read as the value it had: name" in told[2]
    case, person = Case.objects.get(), Person.objects.get()
    assert (case.what, f"{case.encountered_at:%Y-%m-%d %H:%M}") == ("=cmd|' /C calc'!A0", "2026-11-03 02:25")
    assert (person.name, person.birth_date) == ("Ana", "2009-09-04")
    rows.append(["", "", "", "", "", "", "", "", "=1+1"])
    assert bring_in(workbook(sheet(rows[1:])), name="concerns.xlsx")[0] == 2
    assert (tmp_path / "concerns.xlsx.rejects.csv").read_text().splitlines()[-1].endswith("\"'=1+1\"")


def test_a_workbook_that_breaks_further_down_keeps_what_came_before(bring_in):
    broken = sheet([["name", "age"], *[[f"Person {n}", n] for n in range(200)]])
    code, told = bring_in(workbook(broken[: broken.index("Person 150")]), name="broken.xlsx")
    assert code == 2
    assert told[-2].startswith("the rest of the file was not read: the workbook cannot be read")
    assert f"{Person.objects.count()} made" in told[-1]
    assert Person.objects.count() >= 20


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (bytes(range(256)) * 99, "neither text nor a workbook"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 99, "a workbook of the old kind"),
        (b"%PDF-1.7", "is a PDF"),
        (b"PK\x03\x04", "the workbook cannot be read"),
        (workbook(sheet([["a", "b"]])), "do not name the columns"),
        (b"colour;size\nred;9\n", "do not name the columns"),
        (b'"never closed' + b"x" * 2_000_000, "do not name the columns"),
    ],
)
def test_a_file_that_is_none_is_refused_in_one_sentence(bring_in, content, words):
    with pytest.raises(CommandError, match=f"^Nothing was imported: .*{words}.*\\.$"):
        bring_in(content)
    assert Case.objects.count() == 0


def test_a_line_without_end_and_zero_bytes_stop_no_other(bring_in):
    told = bring_in(b"name,age\nA\0na,16\n" + b"x" * 3_000_000 + b"\nBela,17\n")[1]
    assert "zero bytes in it were left out" in told[0]
    assert told[1] == (
        "line 3: not imported: it is longer than a million characters, too long to go back: shorten it in the file itself"
    )
    assert list(Person.objects.order_by("name").values_list("name", flat=True)) == ["Ana", "Bela"]


def test_the_file_of_rejected_rows_never_takes_the_place_of_the_file(bring_in, tmp_path):
    with pytest.raises(CommandError, match=r"give another --rejects\.$"):
        bring_in("name\nAna\n", rejects=str(tmp_path / "concerns.csv"))
    assert bring_in("name\nA\nB,C\n", rejects=str(tmp_path / "bad.csv"), apply=False)[0] == 2
    assert (tmp_path / "bad.csv").read_text() == "\ufeffname\nB,C\n"


def test_a_dry_run_asks_no_more_of_the_database_for_many_incidents_than_for_few(bring_in):
    def asked(incidents):
        rows = [[f"INC {n}", "", f"Ana {n}", "2009", "victim", "", "", ""] for n in range(incidents)]
        with CaptureQueriesContext(connection) as queries:
            bring_in(table(rows), apply=False)
        return len(queries)

    assert asked(30) == asked(3)


def test_a_dry_run_tells_of_what_comes_far_apart_in_a_file_as_it_would_become(bring_in):
    far = [[f"INC {n}", "", "Bea", "2009", "victim", "", "", ""] for n in range(2, 70)]
    rows = [ROWS[0], *far, ROWS[1], ROWS[0]]
    code, lines = bring_in(table(rows), apply=False)
    assert code == 0
    assert [line.partition(";")[0] for line in (lines[1], *lines[-3:-1])] == [
        "line 2: would be made (INC 1)", "line 72: would be added to (INC 1)", "line 73: stands already: (INC 1)",
    ]  # fmt: skip
    assert bring_in(table(rows))[1][-1] == "69 made, 1 added to a concern, 1 stood already, 0 not imported"
