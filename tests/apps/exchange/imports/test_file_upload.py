"""A file of the force's own systems by a page: looked at first, its headings mapped once, taken in once, a bad row nobody's
trouble, nothing kept by looking."""

import csv
import io
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.utils import timezone

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.cases.models import Case, Person
from lodestar.casework.concerns.models import ImportedRow
from lodestar.casework.ledger import ledger
from lodestar.exchange.imports import import_run
from lodestar.exchange.imports.import_run import take_file_in, uploaded_file
from lodestar.information_governance.retention import actions as keeping
from lodestar.information_governance.retention import jobs
from lodestar.intelligence.earlier_records.models import EarlierRecord, ImportedFile
from lodestar.platform.audit.models import Event
from lodestar.platform.tables.mappings import decided_headings
from lodestar.platform.tables.models import HeadingMapping
from lodestar.platform.tables.rules import template_of
from tests.factories.accounts import a_member
from tests.factories.importing import table_of
from tests.factories.recognition import FileTakenInFactory
from tests.factories.signed_in import form, signed_in
from tests.factories.workbooks import workbook

pytestmark = pytest.mark.usefixtures("fenmarch")

LOOK = "/prompts/records/taking-in"
HEADINGS = "/prompts/records/taking-in/headings"
REPORT = "/prompts/records/taken-in/{}"
HEAD = ["incident_ref", "happened_at", "name", "role", "narrative"]
ROWS = [
    ["INC 1", "3/11/2025 02:25", "Ana Pop", "victim", "One room"],
    ["INC 1", "3/11/2025 02:25", "Ion Pop", "suspect", ""],
    ["INC 2", "30/02/2025", "Bea", "victim", ""],
]
BROKEN = table_of(ROWS, HEAD) + "INC 3,,Cid,victim,x,y,z\r\n"
CUSTODY = (
    "custody_ref,happened_at,name,born,narrative\r\n"
    "CU/1,3/2/2025,Callum,4/9/2010,The boss has his passport.\r\n"
    ",,,,\r\n"
    "CU/2,5/2/2025,Luk,1990,Nothing.\r\n"
)
THEIRS = "Incident No,Date,Surname,Forename,D.O.B.,Exhibit\r\nINC 9,3/11/2025,Pop,Ana,4/9/2011,A7\r\n"


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
    return sent(client, LOOK, content, kind, name, looked_at=mark)


def mapped(client, kind, **columns):
    """Decides about headings on the page that asks; underscores stand for spaces."""
    fields = {}
    for place, (heading, column) in enumerate(columns.items()):
        fields |= {f"heading_{place}": heading.replace("_", " "), f"column_{place}": column}
    return client.post(HEADINGS, form(kind=kind, **fields))


def test_looking_tells_each_row_and_keeps_nothing(client, coordinator):
    signed_in(client, coordinator)
    events = Event.objects.count()
    page = sent(client, LOOK, BROKEN)
    assert (page.status_code, len(page.content) <= 30_000) == (200, True)
    for told in ("1 would be new, 1 would be added to an existing case, 2 cannot", "it has 7 cells", "30/02/2025", "Line 5"):
        assert told in words(page)
    assert words(page).index("Line 5") < words(page).index("Line 2"), "those to look at come first"
    assert (Case.objects.count(), ImportedRow.objects.count(), Event.objects.count()) == (0, 0, events)


def test_every_row_that_can_be_is_taken_in_once(client, coordinator):
    signed_in(client, coordinator)
    page = taken(client, BROKEN)
    assert (page.status_code, page.url) == (302, REPORT.format(ImportedFile.objects.get().id))
    assert set(Person.objects.values_list("name", flat=True)) == {"Ana Pop", "Ion Pop"}
    assert ledger.differences(list(Case.objects.all())) == []
    assert "1 are new, 1 were added to an existing case, 2 were not imported." in words(client.get(page.url))
    again = sent(client, LOOK, BROKEN)
    assert "0 would be new, 2 are already here, 2 cannot be imported" in words(again)
    assert "looked_at" not in words(again), "there is nothing to take in"


def test_earlier_records_come_in_by_their_kind(client, coordinator):
    signed_in(client, coordinator)
    assert "may show a sign" in words(sent(client, LOOK, CUSTODY, "custody"))
    assert EarlierRecord.objects.count() == 0
    page = taken(client, CUSTODY, "custody", "return.csv")
    assert client.get(f"{page.url}/rejected").status_code == 404, "there is none"
    found = EarlierRecord.objects.values_list("reference", "kind", "file_name", "age_min")
    assert set(found) == {("CU/1", "custody", "return.csv", 14), ("CU/2", "custody", "return.csv", 34)}
    assert Person.objects.count() == 0
    assert "0 would be new, 2 are already here" in words(sent(client, LOOK, CUSTODY, "custody"))


def test_headings_of_another_system_are_mapped_once_by_a_person(client, coordinator):
    signed_in(client, coordinator)
    asked = words(sent(client, LOOK, THEIRS))
    for heading, column in (("D.O.B.", "born"), ("Surname", "surname"), ("Exhibit", ""), ("Incident No", "incident_ref")):
        assert f'value="{heading}"' in asked or heading == "Surname", heading
        assert not column or f'value="{column}"' in asked, column
    assert (HeadingMapping.objects.count(), Case.objects.count()) == (0, 0)
    for columns in ({"Exhibit": "colour"}, {"Exhibit": ""}, {"Date": "born", "D.O.B.": "born"}):
        assert mapped(client, "concerns", **columns).status_code == 422
    decided = {"Incident_No": "incident_ref", "Date": "happened_at", "D.O.B.": "born", "Exhibit": "ignore"}
    page = mapped(client, "concerns", **decided)
    assert (page.status_code, page.url) == (302, f"{LOOK}?kind=concerns")
    assert decided_headings("concerns") == {"incidentno": "incident_ref", "date": "happened_at", "dob": "born", "exhibit": ""}
    page = taken(client, THEIRS)
    person = Person.objects.select_related("case").get()
    assert (person.name, person.birth_date, person.case.imported_as) == ("Ana Pop", "2011-09-04", "INC 9")
    assert "A7" in str(ImportedRow.objects.get().typed), "what is not read stays with the row"
    assert "0 would be new, 1 are already here" in words(sent(client, LOOK, THEIRS))
    mark = mark_of(sent(client, LOOK, THEIRS.replace("Ana", "Bea")))
    mapped(client, "concerns", Exhibit="source")
    assert sent(client, LOOK, THEIRS.replace("Ana", "Bea"), looked_at=mark).status_code == 422, "it would be other rows now"
    assert decided_headings("concerns")["exhibit"] == "source"
    assert list(HeadingMapping.objects.filter(folded="exhibit").values_list("version", flat=True)) == [1, 2]
    assert 'value="source"' in words(client.get(f"{HEADINGS}?kind=concerns"))
    assert decided_headings("custody") == {}


def test_templates_are_handed_out_and_need_no_mapping(client, coordinator):
    signed_in(client, coordinator)
    for kind in ("concerns", "custody"):
        for ending in ("csv", "xlsx"):
            answer = client.get(f"{LOOK}/template?kind={kind}&as={ending}")
            assert "0 would be new" in words(sent(client, LOOK, answer.content, kind)), (kind, ending)
        template = template_of(kind)
        filled = table_of([list(template.example)], list(template.columns))
        assert "1 would be new" in words(sent(client, LOOK, filled, kind)), kind
    assert client.get(f"{LOOK}/template?kind=rumours").status_code == client.get(f"{HEADINGS}?kind=rumours").status_code == 404


def test_what_was_not_taken_in_is_a_file_that_runs_nothing_and_is_taken_in_once_it_is_put_right(client, coordinator):
    signed_in(client, coordinator)
    rows = [["INC 1", "3/11/2025", "Ana", "victim", ""], ["INC 5", "13/13/2025", "+Bea", "victim", "-1+1"]]
    page = taken(client, table_of(rows, HEAD))
    answer = client.get(f"{page.url}/rejected")
    assert answer["Content-Disposition"] == 'attachment; filename="not-taken-in.csv"'
    head, row = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert head == [*HEAD, "references_confirmed", "not_imported_because"]
    assert row[:6] == ["INC 5", "13/13/2025", "'+Bea", "victim", "'-1+1", ""]
    assert "happened_at “13/13/2025” is not read" in row[6]
    events = Event.objects.filter(code="recognition.rejected_taken")
    assert [event.by for event in events] == [coordinator.user]
    page = taken(client, answer.content.replace(b"13/13/2025", b"3/11/2025"))
    assert page.status_code == 302
    assert set(Person.objects.values_list("name", flat=True)) == {"Ana", "+Bea"}


def test_what_became_of_a_file_is_for_whoever_took_it_in(client, coordinator):
    page = taken(signed_in(client, coordinator), BROKEN)
    assert page.url in words(client.get(LOOK))
    assert client.get(page.url).status_code == 200
    assert [event.by for event in Event.objects.filter(code="recognition.file_report_viewed")] == [coordinator.user]
    signed_in(client, a_member("coordinator"))
    assert [client.get(path).status_code for path in (page.url, f"{page.url}/rejected")] == [404, 404]


def test_of_what_was_let_go_nothing_is_in_the_file_to_put_right(coordinator, monkeypatch):
    monkeypatch.setattr(
        "lodestar.exchange.imports.actions.concern_import.rows_gone", lambda _, rows, stands: {rows[0].key: "it was deleted"}
    )
    report = take_file_in(by=coordinator, at=timezone.now(), file=uploaded_file(table_of(ROWS[:1], HEAD).encode(), "concerns"))
    assert [(taken.what, taken.notes) for _, taken in report.lines] == [("let_go", ("it was deleted",))]
    assert report.rejected() == ""


def test_a_long_file_with_odd_rows_is_no_long_page(client, coordinator):
    rows = "".join(f"CU/{one},31/02/2025,{'Ünlü ' * 30},31/02/2010,,{'z' * 900}\r\n" for one in range(200))
    content = f"custody_ref,happened_at,name,born,age,narrative\r\n{rows}"
    looked = sent(signed_in(client, coordinator), LOOK, content, "custody")
    page = client.get(taken(client, content, "custody").url)
    for each in (looked, page):
        assert len(each.content) <= 30_000
        assert "160 more of its rows are not shown" in words(each)
    many = ",".join(f"Unheard of {number}" for number in range(60))
    asked = sent(client, LOOK, f"name,{many}\r\nAna{',x' * 60}\r\n", "custody")
    assert (asked.status_code, len(asked.content) <= 30_000) == (200, True)


def test_the_report_goes_with_the_days_of_a_draft(coordinator):
    _, young = (
        FileTakenInFactory(taken_at=timezone.now() - timedelta(days=days), taken_by_id=coordinator.user) for days in (400, 1)
    )
    assert keeping.erase_expired(by=jobs.NOBODY, at=timezone.now())["taken_in"] == 1
    assert list(ImportedFile.objects.all()) == [young]


def test_a_file_looked_at_as_one_kind_is_not_taken_in_as_another(client, coordinator):
    signed_in(client, coordinator)
    mark = mark_of(sent(client, LOOK, CUSTODY, "custody"))
    for content, kind in ((CUSTODY, "stop"), (CUSTODY + "CU/9,,X,,\r\n", "custody")):
        page = sent(client, LOOK, content, kind, looked_at=mark)
        assert (page.status_code, "not the file you checked" in words(page)) == (422, True)
    assert EarlierRecord.objects.count() == 0


@pytest.mark.parametrize("kind", ["concerns", "custody"])
def test_one_that_cannot_be_kept_stops_no_other(client, coordinator, monkeypatch, kind):
    name = "import_rows" if kind == "concerns" else "keep_records"
    real = getattr(import_run, name)

    def stumbles(**told):
        texts = [row.source_row for row in told.get("records", ())] or [row.cells_json for row in told["rows"]]
        if any("Ana" in text for text in texts):
            raise DatabaseError("too much")
        return real(**told)

    monkeypatch.setattr(import_run, name, stumbles)
    content = "incident_ref,name,happened_at\r\n" + "".join(f"{one},3/11/2025\r\n" for one in ("B1,Ana", "B1,Bea", "C1,Cid"))
    page = taken(signed_in(client, coordinator), content, kind)
    assert "2 are new, 1 were not imported." in words(client.get(page.url))
    rejected = client.get(f"{page.url}/rejected").content.decode("utf-8-sig")
    assert rejected.splitlines()[1].startswith('"B1","Ana"')
    model = Person if kind == "concerns" else EarlierRecord
    assert set(model.objects.values_list("name", flat=True)) == {"Bea", "Cid"}


def test_what_cannot_be_taken_in_is_said_in_one_sentence(client, coordinator):
    signed_in(client, coordinator)
    many = "name,happened_at\r\n" + "".join(f"Person {one},3/11/2025\r\n" for one in range(51))
    bomb = workbook([["name"], ["Ana"]], bomb=b" " * 51_000_000)
    for content, kind, says in (
        (b"", "concerns", "Choose the file"),
        (CUSTODY, "", "Say what is in the file"),
        (CUSTODY, "rumours", "Say what is in the file"),
        (many, "concerns", "the file contains more than 50 rows"),
        (b"x" * 2_000_001, "concerns", "The file is larger than 2 MB"),
        (b"%PDF-1.7\0", "custody", "neither text nor a workbook"),
        ("Total,12\r\nCallum,3\r\n", "custody", "none of the headings"),
        ('name\r\n"Ana\r\n', "custody", "quotation marks of line 2"),
        (bomb, "concerns", "unpacks to more than 50 MB"),
    ):
        page = sent(client, LOOK, content, kind)
        assert (page.status_code, says in words(page)) == (422, True), says
    assert (Case.objects.count(), EarlierRecord.objects.count()) == (0, 0)


def test_a_sealed_case_is_none_to_anybody_but_its_owners_and_who_took_it_in(client, coordinator):
    page = taken(signed_in(client, coordinator), table_of(ROWS[:1], HEAD))
    case = Case.objects.get()
    assert f'href="/cases/{case.reference}"' in words(client.get(page.url))
    owners = [a_member("investigator"), a_member("investigator")]
    seal_case(by=owners[0], at=case.recorded_at, case=case, reason="a source", owners=[one.user for one in owners])
    assert f'href="/cases/{case.reference}"' not in words(client.get(page.url))
    assert f"Already here {case.reference}" in words(sent(client, LOOK, table_of(ROWS[:1], HEAD)))
    signed_in(client, a_member("coordinator"))
    looked = words(sent(client, LOOK, table_of(ROWS[:2], HEAD)))
    assert case.reference not in looked
    assert "1 would be new, 1 would be added" in looked
