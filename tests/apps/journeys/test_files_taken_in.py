"""A file of the force's own systems by a page: looked at first, taken in once, a bad row nobody's trouble, nothing kept by
looking."""

import csv
import io
import json
import time
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.utils import timezone

from lodestar.cases import actions, ledger
from lodestar.cases.models import Case, Person
from lodestar.journeys import files_taken_in
from lodestar.journeys.files_taken_in import file_of
from lodestar.keeping import actions as keeping
from lodestar.keeping import jobs
from lodestar.recognition.models import EarlierRecord, FileTakenIn, RowTakenIn
from lodestar.recognition.presenters.files import Kept, lines_of
from lodestar.record.models import Event
from tests.factories.accounts import a_member
from tests.factories.importing import table_of
from tests.factories.recognition import FileTakenInFactory
from tests.factories.signed_in import form, signed_in
from tests.factories.statements import at_most
from tests.factories.workbooks import sheet, workbook

pytestmark = pytest.mark.usefixtures("fenmarch")

LOOK, TAKE = "/prompts/records/taking-in", "/prompts/records/taking-in/take"
REPORT = "/prompts/records/taken-in/{}"
HEAD = ["incident_ref", "happened_at", "name", "role", "narrative"]
ROWS = [
    ["INC 1", "3/11/2025 0225", "Ana Pop", "victim", "One room"],
    ["INC 1", "3/11/2025 0225", "Ion Pop", "suspect", ""],
    ["INC 2", "31/02/2025", "Bea", "victim", "=1+1"],
]
BROKEN = table_of(ROWS, HEAD) + "INC 3,,Cid,victim,x,y,z\r\n"
CUSTODY = (
    "custody_ref,happened_at,name,born,narrative\r\n"
    "CU/1,3/2/2025,Callum,4/9/2010,The boss has his passport.\r\n"
    ",,,,\r\n"
    "CU/2,5/2/2025,Luk,1990,Nothing.\r\n"
)


@pytest.fixture
def coordinator():
    return a_member("coordinator")


def sent(client, path, content, kind="concerns", name="file.csv", **more):
    content = content if isinstance(content, bytes) else content.encode()
    return client.post(path, form(file=SimpleUploadedFile(name, content), kind=kind, **more))


def words(page):
    return unescape(page.content.decode())


def mark_of(page):
    return words(page).split('name="looked_at" value="')[1][:64]


def taken(client, content, kind="concerns", name="file.csv"):
    mark = mark_of(sent(client, LOOK, content, kind, name))
    return sent(client, TAKE, content, kind, name, looked_at=mark)


def test_looking_tells_each_row_and_keeps_nothing(client, coordinator):
    signed_in(client, coordinator)
    events = Event.objects.count()
    with at_most(15):
        page = sent(client, LOOK, BROKEN)
    assert (page.status_code, len(page.content) <= 30_000) == (200, True)
    for told in (
        "Of the rows of the file 2 would be new, 1 would be added to a case that stands, 1 cannot be taken in.",
        "it has 7 cells where there are 5 columns", "happened_at “31/02/2025” is no time that can be read", "Line 5",
    ):  # fmt: skip
        assert told in words(page)
    assert words(page).index("Line 5") < words(page).index("Line 2"), "those to look at come first"
    assert (Case.objects.count(), RowTakenIn.objects.count(), Event.objects.count()) == (0, 0, events)


def test_every_row_that_can_be_is_taken_in_once(client, coordinator):
    signed_in(client, coordinator)
    page = taken(client, BROKEN)
    assert (page.status_code, page.url) == (302, REPORT.format(FileTakenIn.objects.get().id))
    assert set(Person.objects.values_list("name", flat=True)) == {"Ana Pop", "Ion Pop", "Bea"}
    assert Case.objects.get(imported_as="INC 2").what == "=1+1"
    assert ledger.differences(list(Case.objects.all())) == []
    after = words(client.get(page.url))
    assert "Of the rows of the file 2 are new, 1 were added to a case that stood, 1 were not taken in." in after
    assert all(case.reference in after for case in Case.objects.all())
    assert all(case.reference in words(client.get(LOOK)) for case in Case.objects.all())
    again = sent(client, LOOK, BROKEN)
    assert "0 would be new, 3 stand already, 1 cannot be taken in" in words(again)
    assert "looked_at" not in words(again), "there is nothing to take in"
    mark = mark_of(page=sent(client, LOOK, BROKEN + "INC 9,,Dee,victim,\r\n"))
    sent(client, TAKE, BROKEN + "INC 9,,Dee,victim,\r\n", looked_at=mark)
    assert Person.objects.count() == 4


def test_earlier_records_come_in_by_their_kind(client, coordinator):
    signed_in(client, coordinator)
    looked = sent(client, LOOK, CUSTODY, "custody")
    assert "2 would be new" in words(looked)
    assert "may show a sign" in words(looked)
    assert EarlierRecord.objects.count() == 0
    page = taken(client, CUSTODY, "custody", "return.csv")
    assert "Of the rows of the file 2 are new." in words(client.get(page.url))
    assert client.get(f"{page.url}/rejected").status_code == 404, "there is none"
    assert set(EarlierRecord.objects.values_list("reference", "kind", "file_name")) == {
        ("CU/1", "custody", "return.csv"), ("CU/2", "custody", "return.csv"),
    }  # fmt: skip
    assert Person.objects.count() == 0
    assert "0 would be new, 2 stand already" in words(sent(client, LOOK, CUSTODY, "custody"))


def test_what_was_not_taken_in_is_a_file_that_runs_nothing_and_is_taken_in_once_it_is_put_right(client, coordinator):
    signed_in(client, coordinator)
    head = [*HEAD, "=cmd()"]
    file = table_of([["INC 1", "3/11/2025", "Ana", "victim", "", ""], ["-", "", "", "", "", "=1+1"]], head)
    page = taken(client, file + 'INC 7,,"Bea\r\n')
    report = words(client.get(page.url))
    for told in ("1 are new, 2 were not taken in", "Line 3", "Line 4", Case.objects.get().reference, "shown to you alone"):
        assert told in report
    answer = client.get(f"{page.url}/rejected")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="not-taken-in.csv"'
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert lines[0] == [*HEAD, "'=cmd()", "as it came"]
    assert lines[1:] == [["'-", "", "", "", "", "'=1+1", ""], ["", "", "", "", "", "", 'INC 7,,"Bea']]
    assert [(event.by, event.subject) for event in Event.objects.filter(code="recognition.rejected_taken")] == [
        (coordinator.user, str(FileTakenIn.objects.get().id))
    ]
    right = answer.content.replace(b"'-", b"INC 5").replace(b'"","","","","","","INC 7,,""Bea"', b"")
    taken(client, right)
    assert set(Case.objects.values_list("imported_as", flat=True)) == {"INC 1", "INC 5"}


def test_what_became_of_a_file_is_for_whoever_took_it_in_and_tells_the_references_it_told(client, coordinator):
    page = taken(signed_in(client, coordinator), BROKEN)
    assert page.url in words(client.get(LOOK))
    events = Event.objects.filter(code="recognition.file_report_viewed")
    assert client.get(page.url).status_code == 200
    assert [event.by for event in events] == [coordinator.user]
    signed_in(client, a_member("coordinator"))
    assert page.url not in words(client.get(LOOK))
    for path in (page.url, f"{page.url}/rejected"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "name,what\nJosé,é è ê\nBad,".encode() + b"\xff\n"),
        ("a.jsonl", '{"name": "José"}\n'.encode() + b'{"name": "\xff"}\n'),
    ],
)
def test_a_byte_that_is_no_text_does_not_stop_the_others(client, coordinator, name, content):
    signed_in(client, coordinator)
    page = taken(client, content, name=name)
    assert page.status_code == 302
    assert Person.objects.get().name == "José"


def test_of_what_was_let_go_nothing_is_in_the_file_to_put_right(client, coordinator, monkeypatch):
    for module in ("rows_imported", "rows_together"):
        monkeypatch.setattr(f"lodestar.journeys.{module}.rows_gone", lambda _, rows: {rows[0][0].key: "it was let go"})
    file = file_of(table_of(ROWS[:1], HEAD).encode(), "file.csv", "concerns")
    report = files_taken_in.take_file_in(by=coordinator, at=timezone.now(), file=file)
    assert [(line.becomes, line.notes) for line in report.lines] == [("let_go", ("it was let go",))]
    assert files_taken_in.file_to_put_right(file, report.rejected) == ""


def test_a_long_file_with_odd_rows_is_no_long_report(client, coordinator):
    rows = "".join(f"CU/{one},31/02/2025,{'Ünlü ' * 30},31/02/2010,,{'z' * 900}\r\n" for one in range(200))
    page = taken(signed_in(client, coordinator), f"custody_ref,happened_at,name,born,age,{'y' * 90}\r\n{rows}", "custody")
    assert len(client.get(page.url).content) <= 30_000
    assert "160 more of its rows are not shown" in words(client.get(page.url))


def test_the_report_goes_with_the_days_of_a_draft(coordinator):
    old, young = (
        FileTakenInFactory(taken_at=timezone.now() - timedelta(days=days), taken_by_id=coordinator.user) for days in (400, 1)
    )
    assert keeping.let_beside_go(by=jobs.NOBODY, at=timezone.now())["taken_in"] == 1
    assert list(FileTakenIn.objects.all()) == [young]
    assert old not in FileTakenIn.objects.all()


def test_a_file_looked_at_as_one_kind_is_not_taken_in_as_another(client, coordinator):
    signed_in(client, coordinator)
    mark = mark_of(sent(client, LOOK, CUSTODY, "custody"))
    for content, kind in ((CUSTODY, "stop"), (CUSTODY + "CU/9,,X,,\r\n", "custody")):
        page = sent(client, TAKE, content, kind, looked_at=mark)
        assert (page.status_code, "not the file that you looked at" in words(page)) == (422, True)
    assert EarlierRecord.objects.count() == 0


@pytest.mark.parametrize("kind", ["concerns", "custody"])
def test_one_that_cannot_be_kept_stops_no_other(client, coordinator, monkeypatch, kind):
    name = "import_together" if kind == "concerns" else "import_records"
    real = getattr(files_taken_in, name)

    def stumbles(**told):
        rows = [row for rows in told["concerns"] for row in rows] if kind == "concerns" else told["records"]
        if any("Ana" in row.kept for row in rows):
            raise DatabaseError("too much")
        return real(**told)

    monkeypatch.setattr(files_taken_in, name, stumbles)
    content = "incident_ref,name\r\nA,Ana\r\nB,Bea\r\nC,Cid\r\n"
    page = taken(signed_in(client, coordinator), content, kind)
    assert "Of the rows of the file 2 are new, 1 were not taken in." in words(client.get(page.url))
    rejected = client.get(f"{page.url}/rejected").content.decode("utf-8-sig")
    assert rejected.splitlines()[1:] == ['"A","Ana"']
    model = Person if kind == "concerns" else EarlierRecord
    assert set(model.objects.values_list("name", flat=True)) == {"Bea", "Cid"}


def test_one_of_an_incident_that_cannot_be_kept_stops_no_other_of_it_and_what_goes_back_is_that_one(
    client, coordinator, monkeypatch
):
    real = files_taken_in.import_together

    def stumbles(**told):
        if any("Ana" in row.kept for rows in told["concerns"] for row in rows):
            raise DatabaseError("too much")
        return real(**told)

    monkeypatch.setattr(files_taken_in, "import_together", stumbles)
    content = "incident_ref,name,role\r\nA,,victim\r\nB,Bea,\r\nA,,victim\r\nA,Ana,\r\nA,Cid,\r\n"
    page = taken(signed_in(client, coordinator), content)
    assert "2 are new, 2 were added to a case that stood, 1 were not taken in." in words(client.get(page.url))
    rejected = client.get(f"{page.url}/rejected").content.decode("utf-8-sig")
    assert rejected.splitlines()[1:] == ['"A","Ana",""']
    assert sorted(Person.objects.values_list("name", flat=True)) == ["", "", "Bea", "Cid"]
    assert ledger.differences(list(Case.objects.all())) == []


STAY = "keep rows that say the same in one file"
NUMBERED = [["A", "", f"Ana {one}", "victim", ""] for one in range(60)]
GIRL = ["A", "", "unknown female", "victim", ""]


@pytest.mark.parametrize(
    ("rows", "is_told"),
    [
        (NUMBERED, False), ([*NUMBERED, NUMBERED[0]], False), ([GIRL, *NUMBERED], False), ([GIRL, *NUMBERED, GIRL], True),
        ([GIRL, GIRL, *NUMBERED], True), ([*NUMBERED, *[["", "", "", "", ""]] * 2], False),
    ],
)  # fmt: skip
def test_a_file_that_is_to_be_split_says_what_must_stay_together_where_it_must(client, coordinator, rows, is_told):
    signed_in(client, coordinator)
    page = words(sent(client, LOOK, table_of(rows, HEAD)))
    assert ("the file holds more than 50 rows: split it" in page, STAY in page) == (True, is_told)
    lines = "".join(json.dumps(dict(zip(HEAD, row, strict=True))) + "\n" for row in rows)
    assert (STAY in words(sent(client, LOOK, lines, name="file.jsonl"))) == is_told


def test_a_long_file_to_be_split_is_looked_through_in_a_moment(client, coordinator):
    signed_in(client, coordinator)
    began = time.process_time()
    many = "".join(f"Ana {one}\r\n" for one in range(100_000))
    for content in ("A\r\nB\r\n" * 300_000, many, many[:110_000] * 10):
        assert STAY not in words(sent(client, LOOK, f"name\r\n{content}"))
    assert time.process_time() - began < 10


MANY = "name\r\n" + "".join(f"Person {one}\r\n" for one in range(51))


@pytest.mark.parametrize(
    ("content", "kind", "says"),
    [
        (b"", "concerns", "Choose the file"),
        (CUSTODY, "", "Say what the file holds"),
        (CUSTODY, "rumours", "Say what the file holds"),
        (MANY, "concerns", "Nothing can be taken in: the file holds more than 50 rows"),
        (b"x" * 2_000_001, "concerns", "The file is larger than 2 MB"),
        (b"%PDF-1.7", "custody", "Nothing can be taken in: the file is a PDF"),
        (workbook(sheet([["name"], ["Ana"]]), bomb=" " * 61_000_000), "concerns", "unpacks to more than is read"),
    ],
)
@pytest.mark.parametrize("path", [LOOK, TAKE])
def test_what_cannot_be_taken_in_is_said_in_one_sentence(client, coordinator, path, content, kind, says):
    page = sent(signed_in(client, coordinator), path, content, kind)
    assert (page.status_code, says in words(page)) == (422, True)
    assert (Case.objects.count(), EarlierRecord.objects.count()) == (0, 0)


def test_a_long_report_is_no_long_page(client, coordinator):
    rows = "".join(f"CU/{one},31/02/2025,{'Ünlü ' * 30},31/02/2010,,{'z' * 900}\r\n" for one in range(200))
    page = sent(signed_in(client, coordinator), LOOK, f"custody_ref,happened_at,name,born,age,{'y' * 90}\r\n{rows}", "custody")
    assert len(page.content) <= 30_000
    assert "160 more of its rows are not shown" in words(page)


def test_a_sealed_case_is_none_to_anybody_but_its_owners_and_who_took_it_in(client, coordinator):
    taken(signed_in(client, coordinator), table_of(ROWS[:1], HEAD))
    case = Case.objects.get()
    owners = [a_member("investigator"), a_member("investigator")]
    actions.seal_case(by=owners[0], at=case.recorded_at, case=case, reason="a source", owners=[one.user for one in owners])
    assert f"Stands already {case.reference}" in words(sent(client, LOOK, table_of(ROWS[:1], HEAD)))
    assert case.reference not in words(client.get(LOOK))
    signed_in(client, a_member("coordinator"))
    looked = words(sent(client, LOOK, table_of(ROWS[:2], HEAD)))
    assert case.reference not in looked
    assert "1 would be new, 1 would be added" in looked


@pytest.mark.parametrize(
    ("role", "sees"), [("coordinator", True), ("analyst", True), ("frontline", False), ("supervisor", False)]
)
def test_who_may(client, role, sees):
    signed_in(client, a_member(role))
    assert client.get(LOOK).status_code == (200 if sees else 404)
    assert sent(client, TAKE, CUSTODY, "custody").status_code == (422 if sees else 404)


def test_a_report_leads_to_the_cases_that_the_reader_may_open(client, coordinator):
    signed_in(client, coordinator)
    page = taken(client, table_of([["INC 7", "3/11/2025 0225", "Ana", "victim", ""], ["INC 8", "", "Bea", "victim", ""]], HEAD))
    first, second = Case.objects.order_by("imported_as")
    owners = [a_member("investigator"), a_member("investigator")]
    actions.seal_case(by=owners[0], at=second.recorded_at, case=second, reason="A source", owners=[one.user for one in owners])
    after = words(client.get(page.url))
    assert f'href="/cases/{first.reference}"' in after
    assert f'href="/cases/{second.reference}"' not in after
    assert second.reference in after, "whoever brought it in is told what they were told then"


def test_what_is_told_of_a_row_ends_where_a_note_does():
    def told(*notes):
        ((_, _, shown),) = lines_of([Kept("line 2", "made", "", notes)]).rows
        return shown

    assert told("born is kept as typed", "age too") == "born is kept as typed; age too"
    assert told("a " * 140, "b " * 20, "c") == f"{'a ' * 140}; and 2 more to know of this row"
    assert told("long " * 100) == f"{('long ' * 60).strip()}…"
    assert told() == ""
