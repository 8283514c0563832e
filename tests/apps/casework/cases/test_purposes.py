"""What is recorded for one purpose and used for another is named, wants its own reason, and is written down."""

import io

import pytest
from django.core.management import CommandError, call_command

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.cases.models import Person
from lodestar.casework.disclosures.actions import record_purpose_changes
from lodestar.casework.disclosures.models import PurposeChange
from lodestar.casework.disclosures.rules import TABLES
from lodestar.platform.accounts.models import User
from lodestar.platform.audit.models import Event
from tests.apps.casework.cases.test_papers import held
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.every import tenant_models
from tests.factories.signed_in import form, signed_in

TO_COURT = {"recipient": "The CPS", "power": "An order of the court", "use": "prosecution", "reason": "It is ordered"}


@pytest.fixture
def here(fenmarch):
    officer = a_member("frontline", name="PC Brandreth")
    case = a_case(officer)
    person = a_person(officer, case, name="Petra Quill")
    held(person, officer)
    return officer, case, person


def test_every_table_about_a_person_says_for_what_it_is_kept():
    about = {
        model._meta.label
        for model in tenant_models()
        for field in model._meta.local_fields
        if field.is_relation and field.related_model is Person
    }
    assert about == {table for tables in TABLES.values() for table in tables}


def test_telling_an_address_for_a_trial_is_named_wants_a_reason_and_is_written_down_once_told(client, here):
    officer, _, person = here
    path = f"/people/{person.id}/address/told"
    page = signed_in(client, officer).post(path, form(**TO_COURT))
    assert page.status_code == 422
    assert "This was recorded to help them, and a prosecution is another purpose" in page.content.decode()
    assert client.post(path, form(**TO_COURT, crossing="She wants it herself")).status_code == 302
    assert not PurposeChange.objects.exists()  # nobody has been told yet
    inspector = a_member("detective_inspector", rank="detective_inspector")
    where = f"/addresses-told/{Event.objects.get(code='cases.address_telling_asked').subject}"
    shown = signed_in(client, inspector).get(where).content.decode()
    assert "this is another purpose" in shown
    assert "She wants it herself" in shown
    client.post(where, form(approved="yes", because="The court ordered it"))
    signed_in(client, officer).post(where, form(when=""))
    row = PurposeChange.objects.get()
    assert (row.recorded_for, row.used_for, row.recipient, row.reason) == (
        "support", "prosecution", "The CPS", "She wants it herself",
    )  # fmt: skip
    event = Event.objects.get(code="cases.purpose_crossed")
    assert (event.operation, event.recipient, event.power) == ("disclosure", "The CPS", "An order of the court")
    assert (event.fields, event.people, event.reason) == (["for_prosecution", "from_support"], [person.id], "")
    assert Event.objects.get(code="cases.address_told").fields == ["for_prosecution"]


def test_telling_it_to_keep_them_safe_crosses_nothing(client, here):
    officer, _, person = here
    told = {"recipient": "A refuge", "power": "Care Act 2014", "use": "safeguarding", "reason": "A bed", "happened": "on"}
    page = signed_in(client, officer).post(f"/people/{person.id}/address/told", form(**told, when="yesterday"))
    assert page.status_code == 302
    assert not PurposeChange.objects.exists()
    assert Event.objects.get(code="cases.address_told_without").fields == ["for_safeguarding"]


def test_people_given_out_for_something_else_cross_both_purposes_each_for_each(client, fenmarch):
    coordinator = a_member("coordinator")
    case = a_case(coordinator)
    people = [a_person(coordinator, case) for _ in range(2)]
    sent = {"reference": case.reference, "recipient": "A newspaper", "use": "other", "reason": "Section 20"}
    page = signed_in(client, coordinator).post("/exports/htcds", form(**sent))
    assert page.status_code == 422
    assert "to keep them from harm and for the investigation of offences" in page.content.decode()
    assert not Event.objects.filter(code="exchange.htcds_exported").exists()
    assert client.post("/exports/htcds", form(**sent, crossing="A judge ordered it")).status_code == 302
    assert {(row.person_id, row.recorded_for) for row in PurposeChange.objects.all()} == {
        (person.id, purpose) for person in people for purpose in ("safeguarding", "law_enforcement")
    }
    assert "for_other" in Event.objects.get(code="exchange.htcds_exported").fields


def test_the_command_asks_the_same(fenmarch):
    coordinator = a_member("coordinator")
    case = a_case(coordinator)
    a_person(coordinator, case)
    told = {
        "user": User.objects.get(id=coordinator.user).username, "recipient": "The CPS", "reason": "A trial", "kind": "json",
        "tenant": "", "use": "prosecution", "stdout": io.StringIO(), "stderr": io.StringIO(),
    }  # fmt: skip
    with pytest.raises(CommandError, match="another purpose"):
        call_command("export_htcds", case.reference, crossing=" ", **told)
    call_command("export_htcds", case.reference, crossing="They asked for it", **told)
    assert PurposeChange.objects.get().recorded_for == "safeguarding"


def test_what_was_used_otherwise_is_written_down_and_data_protection_reads_it_by_case_and_number(client, here):
    officer, case, person = here
    path = f"/people/{person.id}/other-use"
    sent = {"recorded_for": "support", "recipient": "Immigration", "power": "None", "reason": "On the phone", "when": "yesterday"}
    assert signed_in(client, officer).post(path, form(**sent | {"recipient": "A refuge"}, use="safeguarding")).status_code == 422
    assert client.post(path, form(**sent | {"recipient": ""}, use="immigration")).status_code == 422
    assert client.post(path, form(**sent, use="immigration")).status_code == 302
    assert "used for deciding or enforcing immigration" in client.get(path).content.decode()
    page = signed_in(client, a_member("data_protection")).get("/keeping").content.decode()
    assert f"Person {person.number} of {case.reference}" in page
    assert "On the phone" in page
    assert "Quill" not in page


def test_of_a_sealed_case_data_protection_reads_nothing_of_it(client, here):
    officer, case, person = here
    record_purpose_changes(
        by=officer, at=MET, people=[person], recorded_for=["support"], use="other", recipient="A paper", power="None",
        reason="It leaked",
    )  # fmt: skip
    data_protection = a_member("data_protection")
    assert "It leaked" in signed_in(client, data_protection).get("/keeping").content.decode()
    owners = [officer.user, a_member("supervisor").user]
    seal_case(by=a_member("coordinator"), at=MET, case=case, reason="A relative", owners=owners)
    assert "It leaked" not in client.get("/keeping").content.decode()
