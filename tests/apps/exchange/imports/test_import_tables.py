"""Tables of concerns come in by the command: by template or mapped headings, each row once, a bad row never another's trouble."""

import json
from collections import Counter

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from lodestar.casework.cases.models import AllegedOffence, Case, Person
from lodestar.casework.concerns.models import ImportedRow, Note
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.safe_addresses.models import SafeAddress
from lodestar.exchange.imports import import_run
from lodestar.platform.tables.rules import KINDS, as_csv, as_xlsx, template_of
from lodestar.platform.tenancy.tenant_transaction import current_tenant
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.importing import brought_in, table_of
from tests.factories.workbooks import workbook

HEAD = ["Incident Ref", "HAPPENED_AT", "name", "born", "role", "person_ref", "narrative"]
NAMES = [
    "Nguyễn Thị Hồng", "Ştefan Țurcanu", "Përparim Gjoni", "Łukasz Żak", "Жанна Цой", "Γιώργος Νίκα", "نور حسن", "שרה לוי",
    "अनिता शर्मा", "রহিমা খাতুন", "ਗੁਰਪ੍ਰੀਤ", "முருகன்", "สมชาย ใจดี", "ሰላም ተስፋ", "王小明", "김민수", "O’Brien-Ó Néill",
]  # fmt: skip
MET = "2026-11-03 02:25"
ROWS = [
    ["INC 1", MET, "Ana", "2009", "victim", "N1", "Two people, one room;\nlocked"],
    ["INC 1", MET, "José", "04/09/1990", "suspect", "N2", ""],
    ["INC 2", "03/04/2026", "Ștefan", "", "witness", "N3", "Words"],
]
MANY = [[f"INC {n // 2}", MET, name, "", "victim", f"N{n}", ""] for n, name in enumerate(NAMES)]

pytestmark = pytest.mark.usefixtures("fenmarch")


@pytest.fixture
def bring_in(tmp_path):
    MembershipFactory(user=UserFactory(username="brandreth"), roles=["frontline"])

    def bring(content, name="concerns.csv", **options):
        return brought_in("import_concerns", tmp_path / name, content, **{"user": "brandreth", **options})

    return bring


def table(rows, head=HEAD, **dialect):
    return table_of(rows, head, **dialect)


def everything():
    models = (Case, Person, Note, Obligation, AllegedOffence, SafeAddress, ImportedRow)
    return [list(model.objects.order_by("id").values()) for model in models]


def why(lines, place):
    return next(line for line in lines if line.startswith(f"{place}: "))


def test_each_form_of_a_table_says_the_same_and_twice_changes_nothing(bring_in, tmp_path):
    book = workbook([HEAD, *ROWS])
    code, lines = bring_in(table(ROWS), apply=False)
    assert (code, Case.objects.count(), ImportedRow.objects.count()) == (0, 0, 0)
    assert "3 April 2026" in why(lines, "line 5"), "a day of which either figure may be the month stands in words"
    assert bring_in(table(ROWS))[1][-1] == "2 made, 1 added to a concern, 0 were already here, 0 not imported"
    first = Case.objects.get(imported_as="INC 1")
    assert first.what == "Two people, one room;\nlocked"
    people = list(Person.objects.filter(case=first).order_by("number").values_list("name", "birth_date", "roles"))
    assert people == [("Ana", "2009", ["possible_victim"]), ("José", "1990-09-04", ["suspect"])]
    before = everything()
    for number, content in enumerate((table(ROWS), table(ROWS, delimiter=";").encode("utf-16"), book)):
        for applies in (False, True):
            code, lines = bring_in(content, name=f"again{number}", apply=applies)
            assert (code, lines[-1].startswith("0 ")) == (0, True), lines
    windows = bring_in(table(ROWS).replace("Ș", "S").encode("cp1252"), apply=False)[1]
    assert "Windows-1252" in windows[0]
    assert everything() == before
    assert not list(tmp_path.glob("*.rejects*"))
    assert ledger.differences(list(Case.objects.all())) == []


def test_headings_that_nothing_maps_stop_all_until_each_is_mapped_or_ignored(bring_in, tmp_path):
    head = ["Incident No", "Date", "Forename", "Surname", "DOB", "Mobile", "WhatsApp", "Exhibit"]
    content = table([["INC 1", "3/11/2026", "Ana", "Pop", "4/9/2012", "07700 900123", "ana9", "A7"]], head)
    code, lines = bring_in(content)
    assert (code, Case.objects.count()) == (2, 0)
    assert "heading not mapped: DOB (may be born)" in lines
    mapping = tmp_path / "mapping.txt"
    decided = ("Incident No = incident_ref", "Date = happened_at", "DOB = born", "Mobile = phone", "# more", "WhatsApp = contact")
    mapping.write_text("\n".join(decided))
    assert bring_in(content, mapping=str(mapping))[1][0] == "heading not mapped: Exhibit"
    code, lines = bring_in(content, mapping=str(mapping), ignore=["exhibit"])
    assert code == 0, lines
    person = Person.objects.get()
    assert (person.name, person.birth_date) == ("Ana Pop", "2012-09-04")
    assert Obligation.objects.filter(person=person, code="tell_childrens_services_now").exists(), "the duties to a child"
    assert str(SafeAddress.objects.get().address).splitlines()[1:] == ["Phone: 07700 900123", "WhatsApp: ana9"]
    assert ["Exhibit", "A7"] in json.loads(str(ImportedRow.objects.get().typed))
    for lost in (["DOB"], ["d.o.b."]):
        with pytest.raises(CommandError, match="without the age in it"):
            bring_in(content, mapping=str(mapping), ignore=["exhibit", *lost])
    mapping.write_text("DOB = birthday\n")
    with pytest.raises(CommandError, match="line 1"):
        bring_in(content, mapping=str(mapping))


def test_a_row_that_is_not_read_is_rejected_with_the_reason_and_stops_no_other(bring_in, tmp_path):
    head = [*HEAD, "age"]
    bad = {
        "born": ["INC 1", MET, "Ana", "4/9/09", "victim", "N1", "", ""],
        "age": ["INC 1", MET, "Ana", "", "victim", "N1", "", "child"],
        "does not match": ["INC 1", MET, "Ana", "4/9/2009", "victim", "N1", "", "41"],
        "happened_at": ["INC 1", "12/31/2025", "Ana", "", "victim", "N1", "", ""],
        "not come": ["INC 1", "2099-01-01", "Ana", "", "victim", "N1", "", ""],
        "role": ["INC 1", MET, "Ana", "", "boss", "N1", "", ""],
        "happened_at or reported_at": ["INC 1", "", "Ana", "", "victim", "N1", "", ""],
        "lacks": ["Total", "", "", "", "", "", "", "12"],
        "formula": ["INC 1", MET, "=A1&B1", "", "victim", "N1", "", ""],
    }
    for number, row in enumerate(bad.values()):
        row[0] = row[0].replace("INC 1", f"INC {number}")
    good = ["INC 9", MET, "Bea", "", "victim", "N9", "", "15-17"]
    code, lines = bring_in(table([*bad.values(), [""] * 8, good], head))
    assert (code, lines[-1]) == (2, f"1 made, 0 were already here, {len(bad)} not imported")
    assert [reason for number, reason in enumerate(bad, 2) if reason not in why(lines, f"line {number}")] == []
    person = Person.objects.get()
    assert (person.name, person.age_min, person.age_max) == ("Bea", 15, 17)
    rejects = tmp_path / "concerns.csv.rejects.csv"
    text = rejects.read_text(encoding="utf-8-sig")
    assert (text.count("\n"), "'=A1&B1" in text) == (len(bad) + 1, True)
    mended = text.replace("4/9/09", "4/9/2009").encode("utf-8-sig")
    assert bring_in(mended, name="mended.csv")[1][-1] == f"1 made, 0 were already here, {len(bad) - 1} not imported"


def test_a_total_by_a_formula_in_a_workbook_is_no_row(bring_in):
    code, lines = bring_in(workbook([HEAD, ROWS[0], ["Total", None, "=COUNTA(C2:C2)"]]), name="a.xlsx")
    assert (code, lines[-1]) == (2, "1 made, 0 were already here, 1 not imported")
    assert "formula" in why(lines, "row 3")


def test_rows_of_one_reference_that_are_not_one_want_a_persons_word(bring_in, tmp_path):
    others = [["N/A", f"0{day}/11/2026", name, "", "victim", "", ""] for day, name in enumerate(("Ana", "Bea"), 2)]
    places = [["INC 4", MET, "Cid", "", "", "", ""], ["INC 4", "2026-11-04", "Dee", "", "", "", ""]]
    same = [["INC 5", MET, "Eve", "", "", "N5", ""], ["INC 5", MET, "Fay", "", "", "N5", ""]]
    code, lines = bring_in(table([*others, *places, *same]))
    assert (code, lines[-1], Case.objects.count()) == (2, "0 made, 0 were already here, 6 not imported", 0)
    said = {2: "differ in happened_at", 4: "differ in happened_at", 6: "differ in name"}
    for number, told in said.items():
        assert told in why(lines, f"line {number}")
    rejects = (tmp_path / "concerns.csv.rejects.csv").read_text(encoding="utf-8-sig")
    confirmed = rejects.replace('"","', '"yes","').replace("INC 5", "INC 50").encode("utf-8-sig")
    assert b'"yes"' in confirmed
    bring_in(table([["INC 4", MET, "Cid", "", "", "", ""]]))
    assert "another time" in why(bring_in(table([places[1]]), apply=False)[1], "line 2")
    yes = [[*row, "yes"] for row in places]
    assert bring_in(table(yes, [*HEAD, "references_confirmed"]))[1][-1] == (
        "0 made, 1 added to a concern, 1 were already here, 0 not imported"
    )
    assert Person.objects.filter(case__imported_as="INC 4").count() == 2


def test_a_later_row_completes_a_person_and_another_under_their_reference_is_refused(bring_in):
    bring_in(table(ROWS[:1]))
    case = Case.objects.get()
    later = [["INC 1", MET, "Ana", "", "suspect", "N1", "More"], ["INC 1", MET, "José", "", "", "N2", ""]]
    assert bring_in(table(later))[1][-1] == "0 made, 2 added to a concern, 0 were already here, 0 not imported"
    ana = Person.objects.get(name="Ana")
    assert (ana.roles, ana.birth_date, Person.objects.filter(case=case).count()) == (["possible_victim", "suspect"], "2009", 2)
    for applies in (False, True):
        code, lines = bring_in(table([["INC 1", MET, "Bea", "", "", "N1", ""]]), apply=applies)
        assert (code, "another name" in why(lines, "line 2")) == (2, True)
    assert ledger.differences([case]) == []


def test_rows_that_say_the_same_are_two_where_nothing_tells_who_and_one_where_it_does(bring_in):
    nobody = ["INC 1", MET, "", "", "victim", "", "Of the house"]
    named = ["INC 1", MET, "Ana", "", "victim", "", ""]
    known, born = ["INC 1", MET, "Bea", "", "", "N2", ""], ["INC 1", MET, "Cid", "2009", "", "", ""]
    rows = [nobody, nobody, nobody, named, named, known, known, born, born]
    code, lines = bring_in(table(rows))
    assert (code, lines[-1]) == (2, "1 made, 5 added to a concern, 2 were already here, 1 not imported")
    assert "person_ref" in why(lines, "line 6")
    assert Counter(Person.objects.values_list("name", flat=True)) == {"": 3, "Ana": 1, "Bea": 1, "Cid": 1}
    assert bring_in(table(rows))[1][-1] == "0 made, 8 were already here, 1 not imported"


def test_interrupted_and_run_again_it_ends_the_same(bring_in, monkeypatch):
    real, calls = import_run.import_rows, []

    def stops(**told):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(**told)

    monkeypatch.setattr(import_run, "import_rows", stops)
    with pytest.raises(KeyboardInterrupt):
        bring_in(table(MANY))
    assert 0 < Case.objects.count() < 9
    monkeypatch.undo()
    bring_in(table(MANY))
    assert Counter(Person.objects.values_list("name", flat=True)) == Counter(NAMES)
    assert Case.objects.count() == 9


def test_json_lines_of_the_columns_come_in_and_a_key_that_is_none_is_refused(bring_in, tmp_path):
    twice = [{"incident_ref": "N/A", "happened_at": f"2026-11-0{day}", "narrative": "x"} for day in (1, 2)]
    assert bring_in("\n".join(map(json.dumps, twice)), name="two.jsonl", apply=False)[1][-1].startswith("0 would be made")
    lines = [{"Incident_Ref": "INC 1", "happened_at": MET, "name": name, "age": 16} for name in NAMES[:2]]
    bad = [{**lines[0], "DOB": "2009"}, [1], {"name": "Cid", "happened_at": MET, "age": None, "phone": ["1", "2"]}]
    content = "\n".join(map(json.dumps, [*lines, *bad])) + '\n{"name": "Dee", "age": NaN}\n'
    code, told = bring_in(content, name="rows.jsonl")
    assert (code, told[-1]) == (2, "2 made, 1 added to a concern, 0 were already here, 3 not imported")
    assert "DOB" in why(told, "line 3")
    assert len((tmp_path / "rows.jsonl.rejects.jsonl").read_text().splitlines()) == 3
    assert {*Person.objects.values_list("age_min", flat=True)} == {16, None}


def test_a_file_that_is_none_is_refused_in_one_sentence(bring_in, tmp_path):
    for content in (b"", b"colour\nred\n", b"\xd0\xcf\x11\xe0", b'[{"name": "A"}]', b"a\0b", b"name,name\nA,B\n", b'name\n"A\n'):
        with pytest.raises(CommandError, match=r"^Nothing was imported: .*\.$"):
            bring_in(content)
    with pytest.raises(CommandError, match=r"give another --rejects\.$"):
        bring_in("name\nAna\n", rejects=str(tmp_path / "concerns.csv"))
    with pytest.raises(CommandError, match="is no file"):
        bring_in(None, name=".")
    assert Case.objects.count() == 0


def test_every_kind_has_a_template_and_the_command_writes_it(capfdbinary, bring_in):
    for kind in KINDS:
        call_command("import_template", kind, form="csv")
        assert capfdbinary.readouterr().out == as_csv(template_of(kind))
    for content in (as_csv(template_of("concerns")), as_xlsx(template_of("concerns"))):
        assert bring_in(content, apply=False)[1][-1].startswith("0 would be made")
    assert current_tenant() is not None
