"""People of a case for a partner's system: with a purpose, without what is sealed, and in again as the same facts."""

import io
import json
from datetime import timedelta
from html import unescape

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.case_files.actions.people import record_exploitation
from lodestar.casework.cases.models import Case, Person
from lodestar.casework.consent.actions import record_consent
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.queries.facts import encounters
from lodestar.casework.referrals import actions as referrals
from lodestar.casework.safe_addresses.actions import agree_contact, record_address
from lodestar.platform.accounts.models import Membership
from lodestar.platform.audit.models import Event
from lodestar.platform.obligations.encounter_form import encounter_form
from lodestar.platform.text.ids import new_id
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person, contact_rule
from tests.factories.signed_in import form, signed_in

pytestmark = pytest.mark.usefixtures("fenmarch")

WHERE = "12 Kestrel Lane"
TO = {"recipient": "Fen House, Ms Ray", "use": "support", "reason": "Sharing agreement 7"}


def told(**facts):
    coordinator = a_member("coordinator", name="F. Quist")
    case = a_case(coordinator, place="Car wash", links_abroad=True)
    person = a_person(
        coordinator, case, name="=Ana Popescu", language="Romanian", birth_date="1990-04-03", seized=["cash"],
        threats=["family_abroad"], needs=["medical"], **facts,
    )  # fmt: skip
    kind = {"type": "labour", "from_date": "2025-11", "where": ["uk"], "still_in_situation": False}
    record_exploitation(by=coordinator, at=MET, person=person, facts=kind)
    said = {"nrm": True, "spoke_alone": True, "interpreter": "independent", "capacity": "true"}
    record_consent(by=coordinator, at=MET, person=person, answer=said)
    record_address(by=coordinator, at=MET, person=person, address=WHERE, viewers=[])
    return coordinator, case, person


def exported(client, case, **more):
    return client.post("/exports/htcds", form(**({"reference": case.reference} | TO | more)))


def text(page):
    return unescape(page.content.decode())


def test_a_file_goes_with_its_purpose_and_holds_no_address(client):
    coordinator, case, person = told()
    page = exported(signed_in(client, coordinator), case)
    assert page.status_code == 302
    shown = text(client.get(page.url))
    for words in ("Fen House, Ms Ray", "Sharing agreement 7", "left out", "never in a file"):
        assert words in shown
    found = client.get(f"{page.url}/file")
    assert found["Content-Disposition"].endswith('.json"')
    assert case.reference not in found["Content-Disposition"]
    (record,) = json.loads(found.content)["records"]
    assert record["x_lodestar_name"] == "=Ana Popescu"
    assert record["vic_TypeOfExploitation"] == ["ForcedLabour"]
    assert WHERE not in found.content.decode()
    assert "cash" not in found.content.decode()
    event = Event.objects.get(code="exchange.htcds_exported")
    assert (event.operation, event.case, event.people) == ("disclosure", case.id, [person.id])
    assert (event.recipient, event.reason) == (TO["recipient"], TO["reason"])
    assert Event.objects.filter(code="exchange.file_taken", case=case.id).count() == 1


def test_what_was_listed_while_a_referral_was_written_goes_too_and_what_was_taken_back_does_not(client):
    coordinator, case, person = told()
    writing = referrals.begin_writing(by=coordinator, at=MET, person=person, version="2026-04")
    place = "\t".join(("Lincoln", "car wash", "2024-03-04", "", "Washed cars"))
    first = {"listed-control": "debt\noath", "listed-sectors": "car_wash", "listed-places": place}
    referrals.write_answers(by=coordinator, at=MET, writing=writing, answers=first, rows=0)
    referrals.write_answers(by=coordinator, at=MET, writing=writing, answers={"listed-control": "debt"}, rows=3)
    page = exported(signed_in(client, coordinator), case)
    (record,) = json.loads(client.get(f"{page.url}/file").content)["records"]
    assert record["vic_MethodsOfControl"] == ["ThreatensChildrenFamily", "DebtBondage"]
    assert [one["hte_City"] for one in record["hte"]] == ["Lincoln"]
    assert record["vic_LocationOfExploitation"] == "Lincoln, car wash"


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_no_suspicion_no_way_to_reach_anybody_and_nobody_else_is_in_a_file(client, kind):
    coordinator = a_member("coordinator", name="F. Quist")
    case = a_case(coordinator, place="Lincoln police station")
    person = a_person(
        coordinator, case, name="Ana Popescu", roles=["possible_victim", "suspect", "exploiter"], place="custody",
        language="Romanian, ring 07700 900123", helpers=["interpreter", "appropriate_adult"],
    )  # fmt: skip
    a_person(coordinator, case, name="Hoa Le")
    a_person(coordinator, case, name="Viktor Crane", roles=["exploiter"])
    record_address(by=coordinator, at=MET, person=person, address="12 Mill Lane, Lincoln LN1 1AA", viewers=[])
    agree_contact(by=coordinator, at=MET, person=person, rule=contact_rule())
    writing = referrals.begin_writing(by=coordinator, at=MET, person=person, version="2026-04")
    listed = ("Lincoln", "12 Mill Lane", "2024", "still", "Kept there with Hoa Le by Viktor Crane, ring 07700 900123")
    held = ("Lincoln", "HMP Lincoln", "2023", "", "Taken from there")
    places = "\n".join(map("\t".join, (listed, held)))
    referrals.write_answers(by=coordinator, at=MET, writing=writing, answers={"listed-places": places}, rows=0)
    page = exported(signed_in(client, coordinator), case, people="1", form=kind)
    for words in ("detention and seized items", "Place 2, what happened, is left out"):
        assert words in text(client.get(page.url))
    found = client.get(f"{page.url}/file").content.decode()
    for stays in ("suspect", "custody", "appropriate", "Mill", "Hoa", "900123", "LN1"):
        assert stays not in found, stays
    for goes in ("possible_victim", "interpreter", "Lincoln", "Taken from there"):
        assert goes in found, goes
    assert '"exploiter"' not in found


def test_a_spreadsheet_runs_nothing_of_it(client):
    coordinator, case, _ = told()
    page = exported(signed_in(client, coordinator), case, form="csv")
    found = client.get(f"{page.url}/file").content.decode()
    assert '"\'=Ana Popescu"' in found
    assert '"=' not in found


def test_the_name_of_an_adult_who_said_no_wants_a_reason_of_its_own(client):
    coordinator, case, person = told()
    said = {"nrm": False, "spoke_alone": True, "interpreter": "independent", "capacity": "true"}
    record_consent(by=coordinator, at=MET + timedelta(hours=1), person=person, answer=said)
    refused = exported(signed_in(client, coordinator), case)
    assert refused.status_code == 422
    assert 'href="#crossing"' in text(refused)
    who = Membership.objects.select_related("user").get(id=coordinator.membership).user.username
    given = {"user": who, "recipient": "Us", "reason": "A trial", "use": "support", "kind": "json", "tenant": "",
             "stdout": io.StringIO(), "stderr": io.StringIO()}  # fmt: skip
    with pytest.raises(CommandError, match="--although"):
        call_command("export_htcds", case.reference, **given)
    assert not Event.objects.filter(code="exchange.htcds_exported").exists()
    assert exported(client, case, crossing="She asked us to").status_code == 302
    event = Event.objects.get(code="exchange.named_after_no")
    assert (event.people, event.reason, event.recipient) == ([person.id], "She asked us to", TO["recipient"])
    record_consent(by=coordinator, at=MET + timedelta(hours=2), person=person, answer=said | {"may_be_named": True})
    assert exported(client, case).status_code == 302


@pytest.mark.parametrize("missing", ["recipient", "reason", "reference"])
def test_nothing_goes_without_a_purpose(client, missing):
    coordinator, case, _ = told()
    assert exported(signed_in(client, coordinator), case, **{missing: " "}).status_code == 422
    assert not Event.objects.filter(code="exchange.htcds_exported").exists()


def test_a_sealed_case_looks_like_none_and_a_file_of_one_is_gone(client):
    coordinator, case, _ = told()
    page = exported(signed_in(client, coordinator), case)
    owners = [coordinator.user, a_member("supervisor").user]
    seal_case(by=coordinator, at=MET, case=case, reason="A relative.", owners=owners)
    assert client.get(page.url).status_code == client.get(f"{page.url}/file").status_code == 404
    refused = exported(client, case)
    assert refused.status_code == 422
    other = client.post("/exports/htcds", form(reference="FM-99-9999", **TO))
    for page, reference in ((refused, case.reference), (other, "FM-99-9999")):
        assert f"Nothing that can be exported is recorded here under {reference}" in text(page)


def test_only_the_one_who_gave_the_purpose_has_the_file_and_an_officer_sees_none_of_it(client):
    coordinator, case, _ = told()
    page = exported(signed_in(client, coordinator), case)
    assert signed_in(client, a_member("coordinator")).get(page.url).status_code == 404
    officer = signed_in(client, a_member("frontline"))
    assert officer.get("/exports").status_code == officer.get("/exports/htcds").status_code == 404


def test_the_sender_chooses_the_people(client):
    coordinator, case, _ = told()
    second = a_person(coordinator, case, name="Ion")
    page = exported(signed_in(client, coordinator), case, people="2")
    assert [one["x_lodestar_name"] for one in json.loads(client.get(f"{page.url}/file").content)["records"]] == ["Ion"]
    assert Event.objects.get(code="exchange.htcds_exported").people == [second.id]
    assert exported(client, case, people="7").status_code == 422
    assert exported(client, case, people="one").status_code == 422


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_out_and_in_again_is_the_same_case_in_what_the_format_holds(client, tmp_path, kind):
    coordinator, case, person = told()
    out = io.StringIO()
    who = Membership.objects.select_related("user").get(id=coordinator.membership).user.username
    call_command("export_htcds", case.reference, user=who, recipient="Us", reason="A trial", use="support", kind=kind, tenant="",
                 stdout=out, stderr=io.StringIO())  # fmt: skip
    file = tmp_path / "out"
    file.write_bytes(out.getvalue().encode())
    said = io.StringIO()
    call_command("import_htcds", str(file), user=who, tenant="", stdout=said)
    assert said.getvalue() == f"already here, nothing changed: {case.reference}\n", "our own file makes no second case"
    assert Case.objects.count() == 1
    file.write_bytes(out.getvalue().replace(str(person.id), str(new_id())).encode())
    said = io.StringIO()
    call_command("import_htcds", str(file), user=who, tenant="", stdout=said)
    assert said.getvalue().startswith("made FM-")
    again = Case.objects.exclude(id=case.id).get()
    before, after = (encounter_form(encounters([one])[one.id]) for one in (case, again))
    assert after["encountered_at"] == before["encountered_at"]
    assert after["case"] == before["case"]
    (was,), (became,) = before["people"], after["people"]
    left = {"id", "seized", "suspected_of"}
    assert {key: became[key] for key in became.keys() - left} == {key: was[key] for key in was.keys() - left}
    assert became["seized"] == []
    person = Person.objects.get(case=again)
    assert (person.name, person.language) == ("=Ana Popescu", "Romanian")
    assert ledger.differences([again]) == []
    said = io.StringIO()
    call_command("import_htcds", str(file), user=who, tenant="", stdout=said)
    assert said.getvalue().startswith("already here")


def test_what_was_not_taken_is_said(tmp_path):
    coordinator = a_member("coordinator")
    who = Membership.objects.select_related("user").get(id=coordinator.membership).user.username
    file = tmp_path / "theirs.csv"
    file.write_text("prs_FirstName,prs_SecondName,prs_Email,vic_TypeOfExploitation\r\nAna,Popescu,a@example.org,ForcedLabour\r\n")
    said = io.StringIO()
    call_command("import_htcds", str(file), user=who, tenant="", stdout=said)
    assert "note: prs_Email cannot be stored here and was not imported." in said.getvalue()
    assert Person.objects.get().name == "Ana Popescu"
    assert Case.objects.get().encountered_at <= timezone.now()
