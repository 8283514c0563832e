"""Files as other people's systems write them: nothing of one is lost, and each refusal is one sentence."""

import io
import json
from datetime import UTC, datetime

import pytest
from django.core.management.base import CommandError
from django.db import OperationalError
from psycopg.errors import LockNotAvailable

from lodestar.cases import ledger
from lodestar.cases.models import AllegedOffence, Case, Match, MatchAlert, Obligation, Person, SafeAddress
from lodestar.journeys import importing
from lodestar.journeys.management.commands import import_concerns
from lodestar.recognition.models import Note, RowTakenIn
from lodestar.record.models import Event
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.importing import brought_in, table_of
from tests.factories.workbooks import sheet, workbook

pytestmark = pytest.mark.usefixtures("fenmarch")
HEAD = ["incident_ref", "happened_at", "name", "born", "role", "phone", "narrative"]
ROW = ["INC 1", "03/11/2026 02:25", "Ana", "4/9/2009", "victim", "07700 900123", "Two people, one room"]


@pytest.fixture
def bring_in(tmp_path):
    MembershipFactory(user=UserFactory(username="brandreth"), roles=["frontline"])

    def bring(content, name="concerns.csv", **options):
        return brought_in("import_concerns", tmp_path / name, content, user="brandreth", **options)

    return bring


def table(rows, head=HEAD, **dialect):
    return table_of(rows, head, **dialect)


def kept():
    """Everything that can be read on the pages."""
    told = [str(value) for row in Case.objects.values_list("what", "place", "encountered_as") for value in row]
    told += [str(value) for row in Person.objects.values_list("name", "birth_date", "description") for value in row]
    return "\n".join([*told, *Note.objects.values_list("words", flat=True)])


HEADS = {
    "units": ["Incident Ref.", "Happened at (UK time)", "Name", "Born (dd/mm/yyyy)", "Role", "Phone", "Narrative"],
    "camels": ["incidentRef", "happenedAt", "name", "born", "role", "phone", "narrative"],
    "no marks": ["INCIDENTREF", "HAPPENEDAT", "NAME", "BORN", "ROLE", "PHONE", "NARRATIVE"],
    "other marks": ["incident/ref", "happened  at:", "*name", "born", "role", "phone", "narrative"],
    "hard spaces": ["incident\u00a0ref", "happened\u00a0at", "name", "born", "role", "phone", "narrative"],
}


@pytest.mark.parametrize("head", sorted(HEADS))
def test_columns_are_known_however_they_are_written(bring_in, head):
    assert bring_in(table([ROW], HEADS[head]))[1] == [f"line 2: made {Case.objects.get().reference} (INC 1)",
                                                     "1 made, 0 stood already, 0 not imported"]  # fmt: skip
    assert Person.objects.get().birth_date == "2009-09-04"
    assert Case.objects.get().encountered_at == datetime(2026, 11, 3, 2, 25, tzinfo=UTC)


@pytest.mark.parametrize(
    ("encoding", "name", "told"),
    [
        ("mac_roman", "José Ñúñez", "Mac Roman"), ("cp850", "José Ñúñez", "code page 850"),
        ("cp1250", "Zofia Łęcka", "Windows-1250"), ("cp852", "Zofia Łęcka", "code page 852"),
        ("cp1252", "François “x” – £5", "Windows-1252"), ("latin-1", "Zoë Müller", "Windows-1252"),
    ],
)  # fmt: skip
def test_old_encodings_are_told_apart_and_named(bring_in, encoding, name, told):
    told_of = bring_in(table([[*ROW[:2], name, *ROW[3:]]]).encode(encoding))[1]
    assert Person.objects.get().name == name
    first = next(word for word in name.split() if not word.isascii())
    said = f"note: the file is not UTF-8: it was read as {told}, so look at the letters of the names, such as {first}"
    assert told_of[0].startswith(said)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_single_quotation_marks_where_they_are_needed_alone(bring_in, separator):
    row = [*ROW[:6], f'He said "stay"{separator} 5\' tall']
    assert bring_in(table([row], quotechar="'", delimiter=separator))[0] == 0
    assert Case.objects.get().what == row[-1].replace("\t", " ")


def test_an_apostrophe_is_no_quotation_mark(bring_in):
    row = [*ROW[:2], "D'Arcy", *ROW[3:6], "'tis said, and more"]
    assert bring_in(table([row]) + "INC 2,,'Ana,,victim,,'\r\n")[0] == 0
    assert Case.objects.get(imported_as="INC 1").what == "'tis said, and more"


def test_an_old_mark_of_the_end_of_a_file_is_no_row(bring_in):
    assert bring_in(table([ROW]) + "\x1a")[1][-1] == "1 made, 0 stood already, 0 not imported"


LINES = [{"incident_ref": f"INC {n}", "name": f"Person {n}"} for n in range(3)]
JSONS = {
    "commas after the lines": "".join(json.dumps(line) + ",\n" for line in LINES),
    "a list line by line": "[\n" + ",\n".join(json.dumps(line) for line in LINES) + "\n]\n",
    "wrapped": json.dumps({"count": 3, "concerns": LINES}),
    "wrapped over several lines": json.dumps({"data": LINES}, indent=1),
    "camels": "\n".join(json.dumps({"incidentRef": line["incident_ref"], "name": line["name"]}) for line in LINES),
}


@pytest.mark.parametrize("kind", sorted(JSONS))
def test_json_as_systems_hand_it_over(bring_in, kind):
    code, told = bring_in(JSONS[kind], name="rows.json")
    assert (code, told[-1]) == (0, "3 made, 0 stood already, 0 not imported")
    assert set(Case.objects.values_list("imported_as", flat=True)) == {"INC 0", "INC 1", "INC 2"}


def test_a_long_list_that_is_not_read_as_a_whole_is_read_line_by_line(bring_in, monkeypatch):
    monkeypatch.setattr("lodestar.journeys.files_read.LARGEST_WHOLE", 10)
    assert bring_in(JSONS["a list line by line"], name="rows.json")[1][-1] == "3 made, 0 stood already, 0 not imported"


def test_every_sheet_with_the_same_columns_is_read_and_of_the_others_it_is_told(bring_in):
    first, second = [HEAD, ROW], [["Returns"], HEAD, ["INC 2", *ROW[1:]]]
    book = workbook(sheet(first), sheet([["name", "age"], ["Bea", 16]]), sheet(second), sheet([["nothing"]]))
    code, told = bring_in(book, name="book.xlsx")
    assert (code, told[-1]) == (0, "2 made, 0 stood already, 0 not imported")
    assert told[:3] == [
        "note: the sheets S1, S3 were read one after the other",
        "note: sheets that name no columns were not read: S4",
        "note: the sheet S2 names columns too, and others: to import it, save it as a file of its own",
    ]


def test_hidden_sheets_are_told_of_and_far_cells_are_not_passed_over(bring_in, tmp_path):
    hidden = sheet([HEAD, ROW]).replace("</sheetData>", '<row r="9"><c r="XFD9"><v>7</v></c></row></sheetData>')
    book = workbook(hidden, sheet([["x"]]))
    book = _edited(book, "xl/workbook.xml", '<sheet name="S2"', '<sheet state="hidden" name="S2"')
    code, told = bring_in(book, name="book.xlsx")
    assert code == 2
    assert told[0] == "note: hidden sheets were not read: S2"
    assert "row 9: not imported: it has 16384 cells where there are 7 columns" in told


def _edited(book, part, before, after):
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(name, text.replace(before, after) if name == part else text)
    return out.getvalue()


def test_what_a_workbook_escapes_is_read_as_it_was(bring_in):
    bring_in(workbook(sheet([HEAD, [*ROW[:6], "one_x000A_two_x005F_three"]])), name="book.xlsx")
    assert Case.objects.get().what == "one\ntwo_three"


def test_what_another_row_of_the_incident_says_of_the_time_is_kept(bring_in):
    bring_in(table([ROW, ["INC 1", "04/11/2026 0444", "Bea", *ROW[3:]]]))
    assert "Happened, as another row says: 04/11/2026 0444" in kept()


def test_the_reference_of_the_incident_can_be_read(bring_in):
    bring_in(table([["INC " + "9" * 300, *ROW[1:]]]))
    assert "Incident reference: INC " + "9" * 300 in kept()
    encounter = {"reference": "R" * 300, "encountered_at": "2026-03-02T23:40:00+00:00", "people": [{"id": "p1"}]}
    bring_in(json.dumps(encounter), name="one.jsonl")
    assert "R" * 300 in kept()


@pytest.mark.parametrize(("year", "words"), [(2126, "has not come yet: write when they were met"), (1926, "is before 1940")])
def test_an_encounter_of_another_century_is_refused(bring_in, year, words):
    sent = {"encountered_at": f"{year}-03-02T23:40:00+00:00", "people": [{"id": "p1"}]}
    code, told = bring_in(json.dumps(sent), name="one.jsonl")
    assert code == 2
    assert told[0].startswith(f"line 1: not imported: encountered_at: {words}")


def busy(times):
    """An import that is kept waiting for a lock this often."""
    left = [times]

    def write():
        if left[0]:
            left[0] -= 1
            raise OperationalError("lock timeout") from LockNotAvailable()
        return "done"

    return write


def test_a_busy_database_is_no_fault_of_a_row():
    assert importing.attempt(busy(importing.MOST_TRIES)) == "done"
    with pytest.raises(OperationalError):
        importing.attempt(busy(importing.MOST_TRIES + 1))


PEOPLE = [
    ["INC 1", "3/11/2026 0225", "Ana Pop", "4/9/2009", "victim", "07700 900123", "One"],
    ["INC 1", "3/11/2026 0300", "Ion Pop", "1980", "suspect", "07700 900124", "Two"],
    ["INC 2", "3/11/2026 0225", "Ana Pop", "4/9/2009", "victim", "", "Three"],
    ["", "", "Bea", "", "witness", "07700 900123", ""],
    ["INC 3", "3/11/2026 0225", "", "", "", "", "Nobody is named"],
    ["INC 1", "3/11/2026 0225", "Cid", "", "victim", "", "A row that comes later"],
    ["", "", "Bea", "", "witness", "07700 900123", ""],
]


def stands():
    """What stands, without ids and the times at which it was written."""
    cases = [
        (case.imported_as, case.what, case.place, case.encountered_at if case.imported_as.startswith("INC") else "",
         [(one.number, one.name, one.birth_date, one.roles, one.belief, one.sort_key, one.category)
          for one in case.people.order_by("number")],
         sorted(Note.objects.filter(case=case).values_list("words", "person__name")),
         sorted(Obligation.objects.filter(case=case).values_list("code", "state", "person__name", "owed_by")),
         sorted(AllegedOffence.objects.filter(person__case=case).values_list("stage", "person__name")),
         sorted(str(one.address) for one in SafeAddress.objects.filter(person__case=case)),
         sorted(RowTakenIn.objects.filter(case=case).values_list("key", "person__name")),
         sorted(Event.objects.filter(case=case.id).values_list("code", flat=True)))
        for case in Case.objects.order_by("imported_as")
    ]  # fmt: skip
    alike = sorted(Match.objects.values_list("person__name", "other__name", "outcome", "reasons"))
    return cases, alike, MatchAlert.objects.count()


def by_itself(monkeypatch, bring_in, rows):
    """What stands when each row's incident is written by itself, as a row is that comes by the programming interface."""
    monkeypatch.setattr(import_concerns, "ROWS_TOGETHER", 1)
    return bring_in(table(rows))


def test_rows_of_several_incidents_come_in_together_as_they_would_alone(bring_in, monkeypatch, fenmarch):
    from django.db import transaction

    with transaction.atomic():
        point = transaction.savepoint()
        by_itself(monkeypatch, bring_in, PEOPLE)
        alone, told = stands(), len(Person.objects.all())
        transaction.savepoint_rollback(point)
    monkeypatch.undo()
    assert Person.objects.count() == 0
    code, lines = bring_in(table(PEOPLE), name="together.csv")
    assert (code, lines[-1]) == (0, "4 made, 2 added to a concern, 1 stood already, 0 not imported")
    assert Person.objects.count() == told
    for one, other in zip(stands(), alone, strict=True):
        assert one == other
    assert ledger.differences(list(Case.objects.all())) == []
    assert len(stands()[1]) > 1  # the second Ana was found alike to the first


def test_one_that_cannot_be_kept_is_tried_without_the_others(bring_in, monkeypatch):
    def refuses(**told):
        raise ValueError("one of them")

    monkeypatch.setattr(import_concerns, "import_together", refuses)
    assert bring_in(table(PEOPLE))[1][-1] == "4 made, 2 added to a concern, 1 stood already, 0 not imported"


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, b"PK\x05\x06" + b"\0" * 18, b"\xef\xbb\xbf"])
def test_what_is_no_table_is_one_sentence(bring_in, content):
    with pytest.raises(CommandError, match=r"^Nothing was imported: [^.]+\.?[^.]*\.$"):
        bring_in(content)
