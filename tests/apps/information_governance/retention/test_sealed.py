"""Letting somebody in a sealed case go: its named owners alone, two of them; nobody else learns that it is there."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from lodestar.casework.case_files.actions.case import seal_case, unseal_case
from lodestar.casework.cases.models import Person
from lodestar.information_governance.retention import actions
from lodestar.information_governance.retention.models import Disposal, RetentionDecision
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.keeping import DisposalFactory, ReviewDueFactory, a_request_of
from tests.factories.signed_in import read, sent
from tests.factories.signed_in import signed_in as as_member

TO_DECIDE = "asks to delete a person’s records in your sealed case"


@pytest.fixture
def scene(fenmarch):
    """Somebody in a sealed case, and its two named owners."""
    officer, owner = a_member("investigator", name="DC Otieno"), a_member("supervisor", name="PS Vance")
    person = a_person(officer, a_case(officer), name="Marmalade Quill")
    seal_case(by=owner, at=MET, case=person.case, reason="An aunt", owners=[officer.user, owner.user])
    person.refresh_from_db()
    return person, officer, owner


def test_two_of_its_owners_let_somebody_go_and_data_protection_sees_nothing_of_it(scene):
    person, officer, owner = scene
    keeper, path = a_member("data_protection"), f"/keeping/people/{person.id}"
    a_request_of(person)
    before = read(keeper, "/keeping").split("csrf")[0]
    assert path in read(officer, f"/people/{person.id}")
    assert sent(officer, path, does="let_go", let_go_for="they_ask", because="Nothing stands against it")["Location"] == (
        f"/cases/{person.case.reference}"
    )
    wish = Disposal.objects.get()
    decide = f"/keeping/disposals/{wish.id}"
    assert sent(officer, decide, decision="agreed").status_code == 404  # nobody agrees to their own
    assert TO_DECIDE not in read(officer, "/my-work")
    assert f"DC Otieno {TO_DECIDE}" in read(owner, "/my-work")
    others = [keeper, a_member("coordinator"), a_member("supervisor", unit=person.case.unit), a_member("detective_inspector")]
    for member in others:
        for one in (path, decide):
            assert sent(member, one, decision="agreed").status_code == 404
            assert as_member(Client(), member).get(one).status_code == 404
        assert TO_DECIDE not in read(member, "/my-work")
    assert read(keeper, "/keeping").split("csrf")[0] == before
    assert decide in read(owner, "/my-work")
    assert sent(owner, decide, decision="agreed")["Location"] == f"/cases/{person.case.reference}"
    assert not Person.objects.filter(id=person.id).exists()
    assert as_member(Client(), owner).get(f"/cases/{person.case.reference}").status_code == 200
    wish.refresh_from_db()
    assert (wish.asked_by_id, wish.decided_by_id, bool(wish.done_at)) == (officer.user, owner.user, True)


def test_who_is_to_be_looked_at_in_a_sealed_case_stands_in_the_work_of_its_owners_alone(scene):
    person, officer, owner = scene
    for category in ("victim", "other"):
        ReviewDueFactory(person=person, category=category, due_on=date(2026, 3, 2))
    path = f"/keeping/people/{person.id}"
    for member in (officer, owner):
        assert read(member, "/my-work").count(f'href="{path}"') == 1
    for member in (a_member("supervisor", unit=person.case.unit), a_member("data_protection")):
        assert path not in read(member, "/my-work")
    kept = sent(
        owner, path, does="keep", category="victim", until="1 March 2035", kept_for="risk", because="He comes out in 2034"
    )
    assert (kept.status_code, RetentionDecision.objects.get().decided_by_id) == (302, owner.user)
    DisposalFactory(person=person.id, case=person.case)
    assert f'href="{path}"' not in read(officer, "/my-work")  # it waits for whoever decides


def test_of_an_unsealed_case_data_protection_decides_and_whoever_has_it_does_not(fenmarch):
    officer = a_member("investigator")
    person = a_person(officer, a_case(officer))
    path = f"/keeping/people/{person.id}"
    assert as_member(Client(), officer).get(path).status_code == 404
    assert "Whether their records are still needed" not in read(officer, f"/people/{person.id}")
    keeper = a_member("data_protection")
    assert sent(keeper, path, does="let_go", let_go_for="recorded_wrongly", because="x")["Location"] == reverse("keeping")


def test_once_it_is_not_sealed_any_more_its_owners_decide_no_more(scene):
    person, officer, owner = scene
    wish = actions.ask_to_dispose(by=owner, at=MET, person=person, reason="recorded_wrongly", because="x")
    unseal_case(by=officer, at=MET, case=person.case, reason="It is over")
    assert as_member(Client(), officer).get(f"/keeping/disposals/{wish.id}").status_code == 404
    assert as_member(Client(), a_member("data_protection")).get(f"/keeping/disposals/{wish.id}").status_code == 200


def test_whoever_owns_it_is_led_there_from_what_is_asked(scene):
    person, officer, _owner = scene
    request = a_request_of(person)
    (task,) = request.tasks.all()
    assert f"/keeping/people/{person.id}" in read(officer, f"/request-tasks/{task.id}")
