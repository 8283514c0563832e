"""The API of concerns: a token, an officer who is named, one first report in, one case once."""

import json
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.cases.models import Case, Person
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.section45.models import OutcomeRecorded
from lodestar.exchange.imports import import_files
from lodestar.platform.accounts.access import member_from
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.audit.models import Event
from lodestar.platform.notices.models import Notice
from lodestar.platform.tables.mappings import map_headings
from tests.factories.accounts import MembershipFactory, UserFactory, a_member, a_token

SAMPLES = Path(__file__).parents[3] / "rules" / "data" / "encounters-sample.jsonl"
ROW = {"incident_ref": "INC 1", "happened_at": "03/11/2026 02:25", "Name": "Nguyễn Thị Hồng", "age": 16, "role": "victim"}

pytestmark = pytest.mark.usefixtures("fenmarch")


@pytest.fixture
def officer():
    return MembershipFactory(user=UserFactory(username="brandreth"), roles=["frontline"])


@pytest.fixture
def send(officer):
    bearer = f"Bearer {a_token(a_member('administrator'), Permission.CONCERN_BY_TOKEN)}"

    def sent(told, name="brandreth", **more):
        headers = {"Authorization": bearer, "Lodestar-As": name} | more
        body = told if isinstance(told, bytes) else json.dumps(told).encode()
        client = Client(enforce_csrf_checks=True)
        response = client.generic("POST", "/api/v1/concerns", body, headers=headers, content_type="application/json")
        return response.status_code, response.json()

    return sent


def test_every_encounter_makes_a_case_once(send):
    lines = [json.loads(line) for line in SAMPLES.read_text().splitlines()]
    made = [send(line) for line in lines]
    assert [status for status, _ in made] == [201] * 8
    again = [send(line) for line in lines]
    assert [(status, told["became"]) for status, told in again] == [(200, "stood")] * 8
    assert [told["case"] for _, told in again] == [told["case"] for _, told in made]
    assert ledger.differences(list(Case.objects.all())) == []


def test_a_charge_that_is_reported_with_section_45_open_is_counted_and_due_at_once(send):
    charged = {"act": "Misuse of Drugs Act 1971", "section": "4(3)", "stage": "charged"}
    victim = {"id": "p1", "roles": ["possible_victim", "suspect"], "belief": "reasonable_grounds", "suspected_of": [charged]}
    send({"encountered_at": "2026-03-02T23:40:00Z", "people": [victim]})
    assert list(OutcomeRecorded.objects.values_list("kind", "happened_without")) == [("charge", True)]
    look = Obligation.objects.get(code="inspector_looks_at_happened_without")
    assert (look.state, look.due_at < timezone.now()) == ("open", True)


def test_a_row_of_the_columns_makes_a_case_and_another_adds_to_it(send, officer):
    status, told = send(ROW)
    case = Case.objects.get()
    assert (status, told) == (201, {"reference": "INC 1", "case": case.reference, "became": "made", "notes": told["notes"]})
    assert case.opened_by_id == officer.user_id
    assert send(ROW)[1]["became"] == "stood"
    assert send(ROW | {"person_ref": "N 7", "born": "31/02/2009"})[0] == 422
    status, told = send(ROW | {"person_ref": "N 7", "born": "2009"})
    assert (status, told["became"]) == (200, "added")
    assert Person.objects.filter(case=case).count() == 2
    assert Event.objects.filter(code="recognition.concern_handed_over", role="token").count() == 4


@pytest.mark.parametrize(
    "told", [b"{", b"7", b"[]", {"colour": "red"}, {"reference": "R"}, {"name": " "}, {"encountered_at": "soon", "name": "Ana"}]
)
def test_what_says_nothing_is_told_and_makes_nothing(send, told):
    status, answer = send(told)
    assert status == 422
    assert answer["errors"]
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    ("told", "path"),
    [
        ({"officer": "x"}, "name"), ({"narrative": {"a": 1}}, "narrative"), ({"narrative": " \n"}, "name"),
        ({"narrative": True}, "narrative"), ({"name": 7}, "name"), ({"name": "Ana", "place": {"town": "x"}}, "place"),
        ({"name": "Ana", "age": [14]}, "age"), ({"name": "Ana", "role": "king"}, "role"),
        ({"encountered_at": "2026-11-01T02:00:00Z"}, "people"),
        ({"encountered_at": "2026-11-01T02:00:00Z", "case": {}, "people": [{"id": "p1", "birth": {}}]}, "people[0]"),
    ],
)  # fmt: skip
def test_what_names_nobody_and_nothing_is_refused_with_its_path(send, told, path):
    status, answer = send(told)
    assert (status, [fault["path"] for fault in answer["errors"]], Case.objects.count()) == (422, [path], 0)


def test_another_encoding_is_told_of_in_words(send):
    status, answer = send('{"name": "Ana"}'.encode("utf-16"))
    assert (status, answer["errors"]) == (422, [{"path": "", "message": "is not text in UTF-8"}])


def test_a_key_that_is_no_column_is_refused_until_the_force_has_mapped_it(send, officer):
    status, told = send(ROW | {"DOB": "4/9/2012"})
    assert (status, "DOB" in told["errors"][0]["message"], Case.objects.count()) == (422, True, 0)
    map_headings(by=member_from(officer), at=timezone.now(), kind="concerns", columns={"D.O.B.": "born"})
    assert send(ROW | {"DOB": "4/9/2012"})[0] == 422, "the age beside it is another"
    assert send(ROW | {"DOB": "4/9/2012", "age": 14, "happened_at": "2026-11-03", "happened_time": "02:25"})[0] == 201
    assert Person.objects.get().birth_date == "2012-09-04"
    assert f"{Case.objects.get().encountered_at:%Y-%m-%d %H:%M}" == "2026-11-03 02:25"


def test_what_cannot_be_kept_is_told(send):
    status, told = send({"reference": "R", "encountered_at": "2026-11-01T02:00:00Z", "case": {"deaths": 1_000_000}})
    assert (status, told["reference"]) == (422, "R")
    assert told["errors"][0]["message"] == import_files.WHY_NOT_KEPT


def test_an_officer_who_may_record_has_to_be_named(send):
    reader = MembershipFactory(user=UserFactory(username="reader"), roles=["data_protection"])
    for name in ("", "nobody", reader.user.username):
        status, told = send(ROW, name)
        assert status == 422
        assert "Lodestar-As" in told["errors"][0]["message"]
    assert Case.objects.count() == 0


def test_a_token_that_asks_the_rules_records_nothing_and_the_other_way_about(send):
    asks = f"Bearer {a_token(a_member('administrator'))}"
    assert send(ROW, Authorization=asks)[0] == 403
    assert send(ROW, Authorization="Bearer x")[0] == 401
    records = a_token(a_member("administrator"), Permission.CONCERN_BY_TOKEN)
    headers = {"Authorization": f"Bearer {records}"}
    assert Client().post("/api/v1/assess", "{}", content_type="application/json", headers=headers).status_code == 403
    assert Case.objects.count() == 0


def test_a_sealed_case_answers_as_it_did_to_whoever_handed_it_over_and_to_others_as_if_it_were_not_there(send):
    lines = SAMPLES.read_text().splitlines()
    told = send(lines[0].encode())[1]
    case = Case.objects.get()
    owners = [a_member("investigator"), a_member("investigator")]
    seal_case(by=owners[0], at=case.recorded_at, case=case, reason="a source", owners=[one.user for one in owners])
    assert send(lines[0].encode()) == (200, told | {"became": "stood"})
    MembershipFactory(user=UserFactory(username="quill"), roles=["frontline"])
    status, others = send(lines[0].encode(), "quill")
    assert (status, others["became"]) == (201, "made")
    assert others["case"] not in (None, case.reference)
    assert send(lines[0].encode(), "quill") == (200, others | {"became": "stood"})
    row = send({"incident_ref": case.imported_as, "name": "Ana"}, "quill")
    assert (row[0], row[1]["case"]) == (200, others["case"])
    assert set(Notice.objects.filter(kind="report_again").values_list("case", "to")) == {(case.id, one.user) for one in owners}
