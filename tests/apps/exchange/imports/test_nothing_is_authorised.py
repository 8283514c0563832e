"""Neither a file nor another system gives leave: what it tells of has happened, is counted and late at once, and it has no word
by which a charge, an allocation or a disclosure to immigration enforcement would be authorised."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from lodestar.casework.allocation.models import Allocation
from lodestar.casework.case_files.actions.people import record_offence
from lodestar.casework.disclosures.models import ImmigrationDisclosure
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.section45.models import OutcomeRecorded
from lodestar.platform.tables.rules import KINDS, template_of
from tests.apps.exchange.api.test_openapi import DOCUMENT
from tests.apps.exchange.imports.test_concerns_api import officer, send
from tests.apps.exchange.imports.test_custody_lists import ARREST, run
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person
from tests.offenders import each

__all__ = ["officer", "send"]  # fixtures

pytestmark = pytest.mark.usefixtures("fenmarch")
LEAVE = re.compile("approv|authori|allocat|countersign|decided_by|grounds_given|permi")
ACT = {"act": "Misuse of Drugs Act 1971", "section": "5(3)"}
LOOKS = ("inspector_looks_at_happened_without", "coordinator_looks_at_happened_without")


def keys(schema):
    """Every key that may stand in what has this schema."""
    for name, part in schema.get("properties", {}).items():
        yield name
        yield from keys(part)
    if "items" in schema:
        yield from keys(schema["items"])


def test_no_table_and_no_report_has_a_word_for_leave():
    told = {name for kind in KINDS for name in template_of(kind).columns}
    for name in ("Encounter", "Person", "Row"):
        told |= set(keys(DOCUMENT["components"]["schemas"][name]))
    assert [name for name in sorted(told) if LEAVE.search(name)] == []


def a_row(by, kind, folder, **told):
    case = a_case(a_member("frontline"))
    person = a_person(by, case, name="Kai Moss", roles=["possible_victim"])
    record_offence(by=by, at=MET, person=person, facts={"stage": "arrest", **ACT})
    row = {"reference": "X/1", "case_reference": case.reference, "person_number": str(person.number), **told}
    assert "1 recorded" in run(kind, folder, [row], by=by)


def a_charge_in_a_file(by, folder, send):
    a_row(by, "charges", folder, charged_at=ARREST, **ACT)


def an_immigration_arrest_in_a_file(by, folder, send):
    a_row(by, "custody", folder, arrested_at=ARREST, name="K. Moss", offence="Illegal entry", immigration_arrest="yes",
          immigration_informed_at=ARREST)  # fmt: skip


def a_charge_in_a_report(by, folder, send):
    person = {"id": "p1", "roles": ["possible_victim", "suspect"], "belief": "reasonable_grounds"}
    met = (timezone.now() - timedelta(hours=5)).isoformat()
    status, _ = send({"encountered_at": met, "people": [person | {"suspected_of": [ACT | {"stage": "charged"}]}]})
    assert status == 201


@each(
    ("happens", "charges", "told"),
    [(a_charge_in_a_file, 1, 0), (an_immigration_arrest_in_a_file, 0, 1), (a_charge_in_a_report, 1, 0)],
)
def test_what_is_told_has_happened_without_and_is_late_at_once(send, tmp_path, happens, charges, told):
    happens(a_member("coordinator"), tmp_path, send)
    assert list(OutcomeRecorded.objects.values_list("happened_without", "record")) == [(True, None)] * charges
    assert list(ImmigrationDisclosure.objects.values_list("happened_without", "approved")) == [(True, None)] * told
    assert not Allocation.objects.exists()
    looks = dict(Obligation.objects.filter(code__in=LOOKS, state="open").values_list("code", "due_at"))
    assert set(looks) == set(LOOKS)
    assert looks[LOOKS[0]] < timezone.now()


def test_a_report_that_says_who_has_the_case_or_who_agreed_is_refused_or_says_nothing(send):
    encounter = {"encountered_at": "2026-03-02T23:40:00Z", "people": [{"id": "p1", "roles": ["possible_victim"]}]}
    for key in ("allocated_to", "authorised_by", "approved"):
        for told in (encounter | {key: "brandreth"}, encounter | {"people": [encounter["people"][0] | {key: "brandreth"}]}):
            assert send(told)[0] < 500, key
    assert not Allocation.objects.exists()
    assert not ImmigrationDisclosure.objects.exists()
    assert not OutcomeRecorded.objects.exists()
