"""What two people let go, or the clock, does not come in again from where it came: by no command, page, token or other file."""

import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.utils import timezone

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.cases.models import Case, Person
from lodestar.casework.concerns.models import ImportedRow, SuppressedImport
from lodestar.casework.concerns.queries import ROW, find_erased
from lodestar.exchange.imports.actions.earlier_reports import WasLetGo
from lodestar.exchange.imports.import_run import look_at_file, take_file_in, uploaded_file
from lodestar.information_governance.retention import actions, jobs
from lodestar.information_governance.retention.models import ErasureCount
from lodestar.intelligence.earlier_records.models import EarlierPerson, EarlierRecord
from lodestar.platform.accounts.permissions import Permission
from tests.apps.exchange.exports.test_taking_in import THEIRS, taken
from tests.factories.accounts import MembershipFactory, TenantFactory, UserFactory, a_member, a_token
from tests.factories.cases import MET
from tests.factories.importing import brought_in, table_of
from tests.factories.recognition import LetGoFactory

HEAD = ["incident_ref", "happened_at", "person_ref", "name", "role", "narrative"]
ANA = ["INC 1", "03/11/2025 02:25", "N1", "Ana Pop", "victim", "One room"]
ION = ["INC 1", "03/11/2025 02:25", "N2", "Ion Pop", "victim", ""]
BEA = ["", "04/11/2025", "", "Bea Quill", "victim", "Alone"]
SAMPLES = Path(__file__).parents[3] / "rules" / "data" / "encounters-sample.jsonl"

pytestmark = pytest.mark.usefixtures("fenmarch")


@pytest.fixture
def officer():
    return MembershipFactory(user=UserFactory(username="brandreth"), roles=["frontline"])


@pytest.fixture
def bring_in(officer, tmp_path):
    def bring(rows, name="concerns.csv", head=HEAD, command="import_concerns", user="brandreth", **options):
        content = rows if isinstance(rows, str) else table_of(rows, head)
        return brought_in(command, tmp_path / name, content, user=user, **options)

    return bring


def let_them_go(person):
    one, two = a_member("data_protection"), a_member("data_protection")
    row = actions.ask_to_dispose(by=one, at=timezone.now(), person=person, reason="recorded_wrongly", because="Someone else")
    actions.dispose(by=two, at=timezone.now(), disposal=row, answer="")


def called(name):
    return Person.objects.select_related("case").get(name=name)


def why(lines, place="line 2"):
    return next(line for line in lines if line.startswith(f"{place}: "))


def test_a_row_whose_person_two_people_let_go_is_refused_in_one_sentence_and_its_neighbour_stands(bring_in, tmp_path):
    bring_in([ANA, ION])
    let_them_go(called("Ana Pop"))
    for applies in (False, True):
        code, lines = bring_in([ANA, ION], apply=applies)
        assert (code, set(Person.objects.values_list("name", flat=True))) == (2, {"Ion Pop"})
        assert not list(tmp_path.glob("*.rejects*"))
        told = why(lines)
        assert told.startswith("line 2: not imported: it was deleted on ")
        assert "as two people decided" in told
        assert "an officer records that as a concern" in told
        assert "were already here" in lines[-1] or "stands already" in lines[-1]
    assert not ImportedRow.objects.filter(person__name="Ana Pop").exists()


def test_looked_at_it_is_refused_as_often_as_it_stands_in_the_file(bring_in):
    bring_in([ANA, ION])
    let_them_go(called("Ana Pop"))
    rows = [ANA, BEA, ANA, BEA]
    said = [bring_in(rows, apply=applies)[1][-1] for applies in (False, True)]
    assert said[0].startswith("1 would be made, 0 were already here, 3 not imported")
    assert said[1] == "1 made, 0 were already here, 3 not imported"


def test_with_the_last_of_a_case_nothing_of_the_file_makes_it_anew_beside_others_or_alone(bring_in):
    bring_in([ANA, ION, BEA])
    for name in ("Ana Pop", "Ion Pop", "Bea Quill"):
        let_them_go(called(name))
    new = ["INC 9", "05/11/2025", "", "Cid", "witness", ""]
    for rows in ([ANA, ION, BEA, new], [BEA], [ION, ANA]):
        assert bring_in(rows)[0] == 2
        assert set(Person.objects.values_list("name", flat=True)) <= {"Cid"}
    assert Case.objects.exclude(imported_as=None).count() == 1


def test_a_row_put_right_at_its_source_brings_the_person_back_neither_but_somebody_else_of_the_incident_comes(bring_in):
    bring_in([ANA, ION])
    let_them_go(called("Ana Pop"))
    changed = [*ANA[:5], "One room, two beds"]
    new = ["INC 1", "03/11/2025 02:25", "N3", "Cid", "victim", ""]
    _, lines = bring_in([changed, new])
    assert why(lines).startswith("line 2: not imported: it was deleted on ")
    assert set(Person.objects.values_list("name", flat=True)) == {"Ion Pop", "Cid"}


def test_by_a_page_the_row_is_told_of_as_one_that_cannot_be_taken_in(officer):
    member = a_member("coordinator")
    content = table_of([ANA, ION], HEAD).encode()
    take_file_in(by=member, at=timezone.now(), file=uploaded_file(content, "concerns"))
    let_them_go(called("Ana Pop"))
    for report in (
        look_at_file(member, uploaded_file(content, "concerns"), timezone.now()),
        take_file_in(by=member, at=timezone.now(), file=uploaded_file(content, "concerns")),
    ):
        assert [taken.what for _, taken in report.lines] == ["let_go", "stood"]
        assert report.lines[0][1].notes[0].startswith("it was deleted on ")
    assert not Person.objects.filter(name="Ana Pop").exists()


@pytest.fixture
def send(officer):
    bearer = f"Bearer {a_token(a_member('administrator'), Permission.CONCERN_BY_TOKEN)}"

    def sent(told):
        headers = {"Authorization": bearer, "Lodestar-As": "brandreth"}
        body = json.dumps(told).encode()
        response = Client().generic("POST", "/api/v1/concerns", body, headers=headers, content_type="application/json")
        return response.status_code, response.json()

    return sent


def test_through_the_interface_a_row_and_an_encounter_are_refused(send):
    row = dict(zip(HEAD, ANA, strict=True))
    encounter = json.loads(SAMPLES.read_text().splitlines()[0])
    assert [send(row)[0], send(encounter)[0]] == [201, 201]
    for person in Person.objects.select_related("case"):
        let_them_go(person)
    for told in (row, encounter):
        status, answer = send(told)
        assert (status, list(answer)) == (422, ["reference", "errors"])
        assert answer["errors"][0]["message"].startswith("it was deleted on ")
    assert not Person.objects.exists()


def test_an_encounter_of_a_file_is_refused_too_and_by_its_reference_whatever_else_it_says(bring_in, tmp_path):
    line = SAMPLES.read_text().splitlines()[0]
    bring_in(line, "e.jsonl")
    for person in Person.objects.select_related("case"):
        let_them_go(person)
    for applies in (False, True):
        code, lines = bring_in(line, "e.jsonl", apply=applies)
        assert (code, "it was deleted on " in lines[0]) == (2, True)
    assert not Person.objects.exists()
    assert not list(tmp_path.glob("*.rejects*"))


def test_earlier_records_that_the_clock_let_go_are_not_taken_in_again(bring_in, tmp_path):
    MembershipFactory(user=UserFactory(username="okafor"), roles=["coordinator"])
    head = ["custody_ref", "happened_at", "name", "born", "narrative"]
    rows = [["CU/1", "3/2/2020", "Callum", "4/9/2000", "Nothing."], ["CU/2", "3/2/2020", "Luk", "5/9/2000", "Nothing."]]
    file = uploaded_file(table_of([rows[0]], head).encode(), "custody")
    take_file_in(by=a_member("coordinator"), at=timezone.now() - timedelta(days=5 * 365), file=file)
    assert actions.erase_expired(by=jobs.NOBODY, at=timezone.now())["earlier"] == 1
    for applies in (False, True):
        code, lines = bring_in(rows, "custody.csv", head, "import_records", "okafor", kind="custody", apply=applies)
        assert code == 2
        assert why(lines).startswith("line 2: not taken in: it was deleted on ")
        assert "at the end of its retention period" in why(lines)
        assert not list(tmp_path.glob("*.rejects*"))
    assert EarlierPerson.objects.count() == 1
    assert list(EarlierRecord.objects.values_list("reference", flat=True)) == ["CU/2"]


def test_the_sentence_is_the_same_of_a_sealed_case_and_the_mark_tells_of_nobody(bring_in):
    bring_in([ANA, BEA])
    owners = [a_member("supervisor").user, a_member("coordinator").user]
    for name in ("Ana Pop", "Bea Quill"):
        person = called(name)
        if name == "Bea Quill":
            seal_case(by=a_member("frontline"), at=MET, case=person.case, reason="An aunt", owners=owners)
        let_them_go(person)
    _, lines = bring_in([ANA, BEA])
    assert why(lines).removeprefix("line 2") == why(lines, "line 3").removeprefix("line 3")
    fields = {field.name for field in SuppressedImport._meta.local_fields}
    assert fields == {"id", "tenant", "mark", "gone_on", "by_two", "until"}
    assert (
        SuppressedImport.objects.filter(until__gt=timezone.localdate() + timedelta(days=365 * 9)).count()
        == SuppressedImport.objects.count()
        > 2
    )


def test_a_mark_is_of_one_force_alone_and_holds_when_a_key_is_put_before_the_old_one(bring_in, settings):
    bring_in([BEA])
    key = ImportedRow.objects.get().key
    let_them_go(called("Bea Quill"))
    settings.FIELD_KEYS = f"{'n' * 40},{settings.FIELD_KEYS}"
    assert find_erased([(ROW, key)])
    TenantFactory(slug="eastern", name="Eastern", reference_prefix="ER")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lodestar.casework.concerns.queries.current_tenant", lambda: "eastern")
        assert not find_erased([(ROW, key)])


def test_a_mark_goes_on_its_day_and_not_before_by_the_clock_alone(fenmarch):
    today = timezone.localdate()
    over, stays = LetGoFactory(until=today - timedelta(days=2)), LetGoFactory(until=today)
    with pytest.raises(ProgrammingError), transaction.atomic():
        over.delete()
    assert actions.erase_expired(by=jobs.NOBODY, at=timezone.now())["let_go"] == 1
    assert list(SuppressedImport.objects.all()) == [stays]
    assert ErasureCount.objects.get(what="beside: let_go").number == 1
    with connection.cursor() as cursor:  # whatever day it is told to be
        cursor.execute("select concerns_remove_suppressed_imports(%s)", [today + timedelta(days=4000)])
    assert list(SuppressedImport.objects.all()) == [stays]


def test_a_case_of_another_bodys_system_that_was_let_go_is_not_taken_in():
    coordinator = a_member("coordinator")
    taken(coordinator)
    let_them_go(called("Ana Popescu"))
    with pytest.raises(WasLetGo, match="it was deleted on "):
        taken(coordinator)
    assert set(Person.objects.values_list("name", flat=True)) == {"Ion"}


def test_by_the_command_nothing_is_told_as_made_of_a_file_of_which_a_case_was_let_go(tmp_path):
    taken(a_member("coordinator"))
    let_them_go(called("Ion"))
    MembershipFactory(user=UserFactory(username="okafor"), roles=["coordinator"])
    before, out = Case.objects.count(), io.StringIO()
    file = tmp_path / "theirs.json"
    file.write_text(json.dumps([{"prs_FirstName": "Bea"}, THEIRS[1]]))
    with pytest.raises(CommandError, match="Nothing was imported"):
        call_command("import_htcds", str(file), user="okafor", stdout=out)
    assert (out.getvalue(), Case.objects.count()) == ("", before)
