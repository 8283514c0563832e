"""Lists of people in custody and charged: matched exactly or by a decision, recorded in the case at once, and counted."""

import io
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from lodestar.casework.case_files.actions.people import record_offence
from lodestar.casework.cases.models import AllegedOffence, Person
from lodestar.casework.custody.models import ListedPerson
from lodestar.casework.disclosures.models import ImmigrationDisclosure
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.section45.models import OutcomeRecorded
from lodestar.platform.notices.models import Notice
from lodestar.platform.tables.rules import as_csv, template_of
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.signed_in import form, signed_in

NOW = timezone.now().replace(second=0, microsecond=0)
ARREST = f"{NOW - timedelta(hours=5):%Y-%m-%d %H:%M}"


def run(command, folder, rows, *, by, applies=True):
    file, out = folder / f"{command}.csv", io.StringIO()
    headings = list(dict.fromkeys(name for row in rows for name in row))
    lines = [headings, *([row.get(name, "") for name in headings] for row in rows)]
    file.write_text("\n".join(",".join(line) for line in lines), encoding="utf-8")
    with suppress(SystemExit):
        call_command(f"import_{command}", str(file), user=by.username, tenant=by.tenant, apply=applies, stdout=out)
    return out.getvalue()


@pytest.fixture
def coordinator(fenmarch):
    return a_member("coordinator")


def test_a_list_of_custody_is_recorded_where_the_reference_says_who_it_is(coordinator, tmp_path, client):
    inspector = a_member("detective_inspector", rank="detective_inspector")
    case = a_case(a_member("frontline"))
    person = a_person(coordinator, case, name="Kai Moss", birth_date="2009-09-04", roles=["possible_victim"])
    row = {
        "reference": "CU/99/1", "arrested_at": ARREST, "name": "K. Moss", "offence": "Illegal entry", "immigration_arrest": "yes",
        "case_reference": case.reference, "person_number": str(person.number), "immigration_informed_at": ARREST,
    }  # fmt: skip
    said = run("custody", tmp_path, [row], by=coordinator, applies=False)
    assert "POSSIBLE VICTIM" in said
    with within(coordinator.tenant):
        assert not ListedPerson.objects.exists()
    assert "1 recorded" in run("custody", tmp_path, [row], by=coordinator)
    assert "1 were already here" in run("custody", tmp_path, [row], by=coordinator)
    with within(coordinator.tenant):
        assert Person.objects.get(id=person.id).held_from is not None
        assert AllegedOffence.objects.get(person=person).stage == "arrest"
        assert Obligation.objects.filter(person=person, code="section45_first_question", state="open").exists()
        assert ImmigrationDisclosure.objects.get(person=person).happened_without
        assert Notice.objects.filter(kind="immigration_arrest", to=inspector.user).exists()
    released = row | {"released_at": f"{NOW - timedelta(hours=1):%Y-%m-%d %H:%M}"}
    assert "1 recorded" in run("custody", tmp_path, [released], by=coordinator)
    with within(coordinator.tenant):
        assert Person.objects.get(id=person.id).released_at is not None
    assert case.reference in signed_in(client, coordinator).get("/custody/lists").content.decode()


def test_a_charge_while_section_45_is_open_is_recorded_as_happened_without(coordinator, tmp_path):
    case = a_case(a_member("frontline"))
    person = a_person(coordinator, case, name="Kai Moss", roles=["possible_victim"], belief="reasonable_grounds")
    offence = {"act": "Misuse of Drugs Act 1971", "section": "5(3)"}
    record_offence(by=coordinator, at=MET, person=person, facts={"stage": "arrest", **offence})
    row = offence | {
        "reference": "CH/1", "charged_at": ARREST, "case_reference": case.reference, "person_number": str(person.number),
    }  # fmt: skip
    bad = row | {"reference": "CH/2", "person_number": "9"}
    said = run("charges", tmp_path, [row, bad], by=coordinator)
    assert "1 recorded" in said
    assert f"{case.reference} has no person 9" in said
    theft = record_offence(by=coordinator, at=MET, person=person, facts={"stage": "arrest", "title": "Theft"})
    run("charges", tmp_path, [{name: row[name] for name in row if name not in offence} | {"reference": "CH/3"}], by=coordinator)
    assert not OutcomeRecorded.objects.filter(offence=theft).exists(), "a charge that names nothing is of no named offence"
    OutcomeRecorded.objects.exclude(offence__act=offence["act"]).get()
    with within(coordinator.tenant):
        outcome = OutcomeRecorded.objects.get(offence__act=offence["act"])
        assert (outcome.kind, outcome.happened_without) == ("charge", True)
        assert AllegedOffence.objects.get(act=offence["act"]).stage == "charged"


def test_a_name_and_a_birth_are_decided_by_a_person_and_sealed_ones_are_not_shown(coordinator, tmp_path, client):
    sealer = a_member("coordinator")
    case, sealed = a_case(a_member("frontline")), a_case(a_member("frontline"), sealed=True, seal_reason="Staff")
    same = {"name": "Kai Moss", "birth_date": "2009-09-04", "roles": ["possible_victim"]}
    person = a_person(coordinator, case, **same)
    hidden = a_person(sealer, sealed, **same | {"name": "Ada Fenn"})
    rows = [
        {"reference": "CU/1", "arrested_at": ARREST, "name": "Kai Moss", "born": "04/09/2009", "offence": "Theft"},
        {"reference": "CU/2", "arrested_at": ARREST, "name": "Ada Fenn", "born": "04/09/2009", "offence": "Theft"},
        {"reference": "CU/3", "arrested_at": ARREST, "offence": "Theft", "case_reference": sealed.reference,
         "person_number": str(hidden.number)},
    ]  # fmt: skip
    said = run("custody", tmp_path, rows, by=coordinator)
    assert sealed.reference not in said
    page = signed_in(client, coordinator).get("/custody/lists").content.decode()
    assert "Kai Moss" in page
    assert "Ada Fenn" not in page
    with within(coordinator.tenant):
        row, other = ListedPerson.objects.get(reference="CU/1"), ListedPerson.objects.get(reference="CU/2")
        assert row.person_id is None
        assert ListedPerson.objects.get(reference="CU/3").person_id == hidden.id
    assert client.get(f"/custody/lists/{other.id}").status_code == 404
    path = f"/custody/lists/{row.id}"
    assert client.post(path, form()).status_code == 422
    assert client.post(path, form(person=str(person.id))).status_code == 302
    with within(coordinator.tenant):
        assert ListedPerson.objects.get(reference="CU/1").person_id == person.id
        assert Person.objects.get(id=person.id).held_from is not None


def test_the_templates_in_the_documentation_are_those_of_the_commands():
    folder = Path(__file__).parents[4] / "docs" / "templates"
    for name, kind in (("custody", "detained"), ("charges", "charges")):
        assert (folder / f"{name}.csv").read_bytes() == as_csv(template_of(kind))
