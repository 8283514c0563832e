"""Services: an import and its refusals, the commands, an edit, a count of places, and a place for a person tonight."""

import json
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError

from lodestar.casework.consent.actions import record_consent
from lodestar.casework.safe_addresses.actions import record_address
from lodestar.casework.services.actions import import_services, record_capacity
from lodestar.casework.services.models import AvoidedArea, PlaceSearch, Service, ServiceChange
from lodestar.casework.services.queries import documents
from lodestar.casework.services.rules.records import ServiceFile, read_file
from lodestar.platform.accounts.models import User
from lodestar.platform.audit.models import Event
from tests.factories.accounts import a_member
from tests.factories.cases import a_case, a_person
from tests.factories.service_records import DAILY, NIGHT, TERMS, a_record, a_service, attributes
from tests.factories.signed_in import form, signed_in
from tests.factories.statements import at_most

pytestmark = pytest.mark.usefixtures("fenmarch")


@pytest.fixture(autouse=True)
def at_night():
    """It is 02:30 on a bank holiday throughout."""
    with time_machine.travel(NIGHT, tick=False):
        yield


def become(by, *records, applies=True, is_page=False):
    outcomes = import_services(by=by, at=NIGHT, file=ServiceFile(records, is_page), applies=applies)
    return [one.became for one in outcomes]


def username(member):
    return User.objects.get(id=member.user).username


def ran(*words):
    """The exit code of the command, and the lines that it prints."""
    out = StringIO()
    code = 0
    try:
        call_command("service_list", *words, stdout=out, stderr=StringIO())
    except SystemExit as left:
        code = left.code
    return code, out.getvalue()


def test_what_is_imported_is_exported_the_same_and_again_it_is_unchanged():
    by = a_member("coordinator")
    odd = a_record("s1", x_own=[{"deep": [1, 1.5, None, True, "Å"]}], minimum_age=18.0, contacts=None, wait_time="")
    assert become(by, odd, applies=False) == ["created"]
    assert not Service.objects.exists(), "a dry run writes nothing"
    several = become(by, odd, a_record("s2"), {"name": "no id"}, 7, odd)
    assert several == ["created", "created", "refused", "refused", "refused"]
    assert next(one for one in documents() if one["id"] == "s1") == odd
    assert become(by, dict(reversed(odd.items())), odd | {"id": "s3"}) == ["unchanged", "created"]
    assert become(by, odd | {"wait_time": True}, applies=False) == ["updated"]
    assert become(by, odd | {"x_own": [{"deep": [True, 1.5, None, True, "Å"]}]}) == ["updated"], "true is not 1"
    row = Service.objects.get(own_id="s1")
    assert (row.version, row.needs, row.languages, row.organisation) == (2, ["accommodation"], ["vi"], "Harbour Trust")
    assert Event.objects.filter(code="services.imported").count() == 3
    short = {"id": "s2", "name": "Harbour house two", "status": "inactive"}
    assert become(by, short, is_page=True) == ["updated"], "a page has short records: what they leave out stays"
    assert next(one for one in documents() if one["id"] == "s2")["languages"]


def test_a_safe_address_is_never_taken_in_by_file_or_form_and_nobody_learns_whose_it_is(client):
    by = a_member("coordinator")
    person = a_person(by, a_case(by))
    record_address(by=by, at=NIGHT, person=person, address="Flat 2, 14 Mill Road, Eldham EL1 2AB", viewers=[])
    address = {"address_1": "14 mill rd flat 2", "city": "Eldham", "postal_code": "el12ab"}
    bad = a_record("s1", service_at_locations=[{"id": "a", "location": {"id": "l", "addresses": [address]}}])
    outcome = import_services(by=by, at=NIGHT, file=ServiceFile([bad, a_record("s2")]), applies=True)
    assert [one.became for one in outcome] == ["refused", "created"]
    assert not any(word in outcome[0].errors[0].casefold() for word in ("mill", "person", "safe", "victim"))


def test_the_commands_print_what_they_promise(tmp_path):
    coordinator, officer = a_member("coordinator"), a_member("frontline")
    who, file = username(coordinator), tmp_path / "services.json"
    file.write_text(json.dumps({"contents": [a_record("s1", capacities=None), a_record("s2", status="nearly")]}))
    code, printed = ran("import", str(file), "--as", who, "--apply")
    lines = [json.loads(line) for line in printed.splitlines()]
    assert code == 2
    assert lines[0] == {"id": "s1", "became": "created", "errors": []}
    assert (lines[1]["became"], bool(lines[1]["errors"])) == ("refused", True)
    assert json.loads(ran("export", "--as", who)[1]) == [a_record("s1", capacities=None)]
    file.write_text(json.dumps({"at": "2026-12-28T02:30:00Z", "person": {"age": 20}, "near": None, "not_near": []}))
    answer = json.loads(ran("tonight", str(file), "--as", username(officer))[1])
    assert (answer["services"][0]["id"], answer["services"][0]["capacity"]) == ("s1", {"places": None, "said_at": None})
    assert answer["near_misses"] == []
    analyst = username(a_member("analyst"))
    for words in (["import", str(file), "--as", username(officer)], ["tonight", "nowhere.json", "--as", who],
                  ["export", "--as", "x"], ["export", "--as", analyst]):  # fmt: skip
        with pytest.raises(CommandError):
            call_command("service_list", *words)
    file.write_text('{"at": "no"}')
    with pytest.raises(CommandError):
        call_command("service_list", "tonight", str(file), "--as", who)


def test_a_count_of_places_is_written_into_the_record_and_no_older_file_undoes_it(client):
    officer = a_member("frontline")
    row = a_service(a_member("coordinator"), "s1", capacities=None)
    signed_in(client, officer)
    path = f"/services/{row.id}/places"
    assert client.post(path, form(places="many", said_by="")).status_code == 422
    assert client.post(path, form(places="2", said_by="Duty manager")).status_code == 302
    assert "Duty manager" in client.get(f"/services/{row.id}").content.decode()
    row.refresh_from_db()
    entry = row.document["capacities"][0]
    assert (entry["available"], entry["unit"], row.facts["places"]) == (2, {"name": "places"}, 2)
    record_capacity(by=officer, at=NIGHT, service=row, places=9, said_by="Earlier", said_at=NIGHT - timedelta(hours=1))
    by = a_member("coordinator")
    record = row.document | {"capacities": [entry | {"available": 7, "updated": "2026-12-28T02:00:00Z"}]}
    assert become(by, record) == ["unchanged"], "the count of the file is older"
    record["capacities"] = [entry | {"available": 7, "updated": "2026-12-28T03:00:00Z"}]
    assert become(by, record) == ["updated"]
    row.refresh_from_db()
    assert row.facts["places"] == 7
    kinds = sorted(ServiceChange.objects.values_list("kind", flat=True))
    assert kinds == ["capacity", "capacity", "imported", "imported"]


def test_a_service_is_added_edited_once_and_withdrawn(client):
    signed_in(client, a_member("advisor"))
    typed = {
        "name": "Harbour house", "organisation": "Harbour Trust", "languages": "Vietnamese, sq", "need": ["accommodation"],
        "hours": "times", "dependants": "yes", "town": "Eldham", "latitude": "52.6", "longitude": "1.3",
    }  # fmt: skip
    times = {"days": ["MO"], "opens": "2000", "closes": "0800"}
    ages = {"minimum_age": "30", "maximum_age": "20"}
    for wrong in ({"name": ""}, {"languages": "Klingon"}, {"longitude": ""}, ages, {"days": []}):
        assert client.post("/services/add", form(**typed | times | wrong)).status_code == 422, wrong
    assert client.post("/services/add", form(**typed | times)).status_code == 302
    row = Service.objects.get()
    assert (row.own_id, row.languages, row.facts["terms"]["dependants"]) == (row.document["id"], ["sq", "vi"], ["yes"])
    path = f"/services/{row.id}/edit"
    edit = typed | {"name": "Harbour house two", "hours": "as_now", "version": "1"}
    assert client.post(path, form(**edit)).status_code == 302
    assert client.post(path, form(**edit)).status_code == 422, "a colleague was faster"
    row.refresh_from_db()
    assert (row.name, row.facts["schedules"][0][9]) == ("Harbour house two", "20:00")
    assert client.post(path, form(**edit | {"version": "2"}, withdraw="1")).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.document["status"]) == ("inactive", "inactive")


def test_a_file_is_looked_at_then_taken_in_by_page_and_saved_again(client):
    signed_in(client, a_member("coordinator"))
    text = json.dumps([a_record("s1"), {"id": "s2"}])
    assert client.post("/services/file", form(text=text)).status_code == 200
    assert not Service.objects.exists()
    assert client.post("/services/file/take", form(text=text)).status_code == 302
    assert list(read_file(client.get("/services/export").content).records) == [a_record("s1")]
    assert client.post("/services/file/take", form(text="[")).status_code == 422
    signed_in(client, a_member("frontline"))
    assert client.get("/services/file").status_code == 404


def test_the_list_is_narrowed_and_says_what_is_stale(client):
    by = a_member("coordinator")
    day = DAILY | {"opens_at": "09:00", "closes_at": "17:00"}
    a_service(by, "s1", name="Open all night")
    a_service(by, "s2", name="Closed at night", schedules=[day], assured_date="2026-01-01")
    albanian = {"languages": [{"code": "sqi"}], "attributes": attributes("need:legal"), "schedules": None}
    a_service(by, "s3", name="Speaks Albanian", **albanian)
    a_service(by, "s4", name="Withdrawn", status="inactive")
    signed_in(client, a_member("frontline"))
    with at_most(15):
        page = client.get("/services").content.decode()
    assert (page.count("data-service"), page.count("data-stale"), len(page) < 30_000) == (3, 1, True)
    for query, name in (("words=harbour&open=1", "Open all night"), ("stale=1", "Closed at night"),
                        ("language=sq", "Speaks Albanian"), ("need=legal", "Speaks Albanian")):  # fmt: skip
        page = client.get(f"/services?{query}").content.decode()
        assert (name in page, page.count("data-service")) == (True, 1), query


def test_a_place_is_found_at_night_away_from_where_she_was_held(client):
    officer, coordinator = a_member("frontline"), a_member("coordinator")
    person = a_person(officer, a_case(officer), language="Vietnamese", birth_date="2001-05-17")
    no = {"nrm": False, "spoke_alone": True, "interpreter": "independent"}
    record_consent(by=officer, at=NIGHT, person=person, answer=no)
    near = a_service(coordinator, "near", name="Near where she was held")
    a_service(coordinator, "far", name="Far away", at=(53.2, 1.3))
    a_service(coordinator, "men", name="For men", terms=(*TERMS[:1], "sex:male", *TERMS[2:]))
    a_service(coordinator, "asked", name="She said no", at=(53.2, 1.3), organization={"name": "Old Trust"})
    signed_in(client, officer)
    path = f"/people/{person.id}/tonight"
    page = client.get(path).content.decode()
    assert all(known in page for known in ('value="25"', 'value="Vietnamese"', 'value="declined" checked'))
    typed = {"near": "52.6, 1.3", "years": "25", "sex": "female", "languages": "Vietnamese", "dependants": "1", "recourse": "no",
             "nrm": "declined", "mobility": "step_free", "refuses": "old trust", "avoid": "52.6, 1.3", "avoid_km": "10",
             "avoid_kind": "exploitation", "together": "Her baby"}  # fmt: skip
    assert client.post(path, form(**typed | {"avoid_km": ""})).status_code == 422
    assert client.post(path, form(**typed | {"near": "Nowhere"})).status_code == 422
    assert client.post(path, form(**typed)).status_code == 302
    with at_most(15):
        page = client.get(path).content.decode()
    assert page.index("Far away") < page.index("data-danger") < page.index("Near where she was held")
    assert f"/people/{person.id}/place?service={near.id}" in page
    assert [page.count(f'data-missing="{word}"') for word in ("sex", "refused")] == [1, 1]
    assert len(page) < 30_000
    area = AvoidedArea.objects.get()
    assert client.post(path, form(**typed | {"avoid": "", "remove": str(area.id)})).status_code == 302
    assert "data-danger" not in client.get(path).content.decode()
    assert PlaceSearch.objects.count() == 2
    signed_in(client, a_member("frontline"))
    assert client.get(path).status_code == 404
