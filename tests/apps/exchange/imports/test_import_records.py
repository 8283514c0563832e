"""Earlier records come in: each once, nothing lost, a bad row nobody's trouble; they make nobody a person of a case."""

import json
import os

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from lodestar.casework.cases.models import Case, Person
from lodestar.exchange.imports import import_run
from lodestar.intelligence.earlier_records.models import EarlierPerson, EarlierRecord, RecordSign
from lodestar.platform.audit.models import Event
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.importing import brought_in, table_of
from tests.factories.workbooks import workbook

HEAD = ["Custody Ref", "happened_at", "surname", "forename", "DOB", "offence", "narrative", "nationality", "phone", "language"]
ROWS = [
    [
        "CU/1", "03/02/2026 02:25", "Ferris", "Callum", "04/09/2010", "PWITS class A", "Two phones; would not say whose.",
        "British", "07700 900123", "",
    ],
    ["CU/2", "05/02/2026", "Żak", "Łukasz", "1990", "Drink driving", "No concerns.", "Polish", "", "Polish"],
    ["CU/3", "13/02/2026", "", "", "", "", "The boss has his passport.", "", "", ""],
]  # fmt: skip

pytestmark = pytest.mark.usefixtures("fenmarch")


@pytest.fixture
def coordinator():
    return MembershipFactory(user=UserFactory(username="okafor", name="Ada Okafor"), roles=["coordinator"])


@pytest.fixture
def bring_in(coordinator, tmp_path):
    def bring(content, name="custody.csv", **options):
        return brought_in("import_records", tmp_path / name, content, user="okafor", **{"kind": "custody", **options})

    return bring


def table(rows, head=HEAD, **dialect):
    return table_of(rows, head, **dialect)


def test_a_dry_run_tells_each_row_and_writes_nothing(bring_in):
    code, lines = bring_in(table(ROWS), apply=False)
    assert lines == [
        "line 2: would be taken in CU/1; may show a sign; happened_at 03/02/2026 02:25 is 3 February 2026; born 04/09/2010 is "
        "4 September 2010",
        "line 3: would be taken in CU/2; happened_at 05/02/2026 is 5 February 2026",
        "line 4: would be taken in CU/3; may show a sign",
        "3 would be taken in, of which 2 may show a sign, 0 were already here, 0 not taken in. Nothing was written: run it again "
        "with --apply",
    ]
    assert (code, EarlierRecord.objects.count(), Event.objects.count()) == (0, 0, 0)


def test_what_a_record_says_is_kept_and_nobody_becomes_a_person_of_a_case(bring_in):
    code, lines = bring_in(table(ROWS))
    assert (code, lines[-1]) == (0, "3 taken in, of which 2 may show a sign, 0 were already here, 0 not taken in")
    callum, lukasz, boss = EarlierRecord.objects.order_by("reference")
    assert (callum.name, callum.birth_date, callum.age_min, callum.age_max) == ("Callum Ferris", "2010-09-04", 15, 15)
    assert (callum.offence, callum.reach, callum.kind, callum.file_name) == (
        "PWITS class A", "Phone: 07700 900123", "custody", "custody.csv",
    )  # fmt: skip
    assert (lukasz.birth_date, lukasz.age_min, lukasz.age_max, lukasz.happened_as) == ("1990", 35, 36, "05/02/2026")
    assert (boss.happened_at is None, boss.happened_as) == (False, "13/02/2026")
    assert ["nationality", "Polish"] in json.loads(lukasz.typed)
    signs = RecordSign.objects.order_by("record__reference", "code", "rule")
    assert list(signs.values_list("record__reference", "code", "rule", "rests_on")) == [
        ("CU/1", "more_than_one_phone", "words", "Two phones"),
        ("CU/1", "works_for_a_group", "child_held_for_drugs", "Held or stopped for “PWITS class A”, aged 15"),
        ("CU/3", "papers_held", "words", "The boss has his passport"),
    ]
    assert (Case.objects.count(), Person.objects.count()) == (0, 0)
    event = Event.objects.get(code="recognition.records_taken_in")
    assert "Callum" not in str(event.__dict__)


def test_nationality_changes_nothing_that_a_record_shows(bring_in):
    bring_in(table([[*row[:7], "Vietnamese", *row[8:]] for row in ROWS]))
    assert RecordSign.objects.count() == 3


def everything():
    return [list(model.objects.order_by("id").values()) for model in (EarlierPerson, EarlierRecord, RecordSign, Event)]


def test_twice_changes_nothing(bring_in, tmp_path):
    bring_in(table(ROWS))
    before = everything()
    for applies in (True, False):
        assert bring_in(table(ROWS), apply=applies)[1][-1].startswith("0 ")
    bring_in(table(ROWS), name="again.csv")
    assert everything() == before
    assert not list(tmp_path.glob("*.rejects*"))


def test_a_bad_row_stops_no_other_and_goes_where_it_can_be_put_right(bring_in, tmp_path):
    bad = [["CU/9", *[""] * 9], ["CU/8", "31/02/2026", *[""] * 4, "Words", "", "", ""]]
    code, lines = bring_in(table([*bad, *ROWS]))
    assert (code, lines[-1]) == (2, "3 taken in, of which 2 may show a sign, 0 were already here, 2 not taken in")
    assert "line 2: not taken in: it lacks what each row needs: happened_at or reported_at" in lines[0]
    kept = (tmp_path / "custody.csv.rejects.csv").read_text(encoding="utf-8-sig").splitlines()
    assert (len(kept), "CU/9" in kept[1], "there is no such day" in kept[2]) == (3, True, True)
    with pytest.raises(CommandError, match="would take the place of the file itself"):
        bring_in(table(ROWS), rejects=str(tmp_path / "custody.csv"))


def test_interrupted_and_run_again_it_ends_the_same(bring_in, monkeypatch):
    calls = []
    real = import_run.keep_records

    def stops(**told):
        calls.append(told)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(**told)

    rows = [[f"CU/{number}", *ROWS[0][1:]] for number in range(150)]
    monkeypatch.setattr(import_run, "keep_records", stops)
    with pytest.raises(KeyboardInterrupt):
        bring_in(table(rows))
    assert EarlierRecord.objects.count() == 100
    monkeypatch.undo()
    bring_in(table(rows))
    assert (EarlierRecord.objects.count(), EarlierPerson.objects.count(), RecordSign.objects.count()) == (150, 1, 300)


def test_the_same_person_missing_three_times_is_seen_whatever_the_files(bring_in):
    head = ["misper_ref", "happened_at", "name", "born", "narrative"]
    days = ("03/01/2026", "03/02/2026", "03/03/2026")
    for number, day in enumerate(days):
        name = ("Thị Hồng Nguyễn", "NGUYEN THI HONG", "Nguyễn Thị Hồng")[number]
        bring_in(table([[f"MP/{number}", day, name, "04/09/2010", "Came back."]], head), f"m{number}.csv", kind="missing")
    assert EarlierPerson.objects.count() == 1
    sign = RecordSign.objects.get()
    assert (sign.rule, sign.record.reference) == ("missing_again", "MP/2")
    assert "MP/0 of 3 January 2026; MP/1 of 3 February 2026; MP/2 of 3 March 2026" in sign.rests_on


def test_workbooks_and_json_lines_are_read_too(bring_in):
    head = ["stop_ref", "happened_at", "name", "dob", "narrative"]
    book = workbook([head, ["S/1", "03/02/2026", "Ana", "04/09/2010", "Two phones"]])
    assert bring_in(book, "stops.xlsx", kind="stop")[1][-1].startswith("1 taken in, of which 1")
    lines = '{"people": []}\n{"call_ref": "C/1", "happened_at": "2026-02-03", "name": "Ana", "born": "2010-09-04"}'
    code, told = bring_in(lines, "calls.jsonl", kind="call")
    assert (code, told[-1]) == (2, "1 taken in, of which 0 may show a sign, 0 were already here, 1 not taken in")
    assert EarlierPerson.objects.count() == 1


def test_one_record_as_custody_and_as_a_stop_are_two(bring_in):
    bring_in(table(ROWS[:1]))
    bring_in(table(ROWS[:1]), kind="stop")
    assert set(EarlierRecord.objects.values_list("kind", flat=True)) == {"custody", "stop"}


def test_only_who_may_takes_records_in(bring_in, tmp_path):
    MembershipFactory(user=UserFactory(username="brandreth"), roles=["frontline"])
    file = tmp_path / "x.csv"
    file.write_text(table(ROWS))
    with pytest.raises(CommandError, match="brandreth may not do that"):
        call_command("import_records", str(file), user="brandreth", kind="custody")
    with pytest.raises(CommandError, match="none of the headings"):
        bring_in("nothing,known\n1,2\n")


def test_a_file_whose_name_is_no_text_is_taken_in_under_one_that_can_be_kept(bring_in):
    name = os.fsdecode(b"enqu\xeates\n.csv")
    for applies in (False, True):
        code, lines = bring_in(table(ROWS), name=name, apply=applies)
        assert (code, lines[-1][:2]) == (0, "3 ")
    assert {*EarlierRecord.objects.values_list("file_name", flat=True)} == {"enqu\ufffdtes .csv"}
    code, lines = bring_in(table([*ROWS, ["CU/9", *[""] * 9]]), name=name)
    assert (code, "what was not taken in stands in" in lines[-2]) == (2, True)
