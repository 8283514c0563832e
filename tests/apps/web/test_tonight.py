"""Authorities that run, and beside a supervisor's decisions directions and their answers."""

from datetime import UTC, datetime, timedelta
from html import unescape
from itertools import product

import pytest
from django.test import Client
from django.utils import timezone

from lodestar.casework.allocation import actions as allocations
from lodestar.casework.cases.models import Case
from lodestar.casework.investigations import actions
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.queries.worklists import Worklists, listed
from lodestar.directory.contacts.presenters import numbers
from lodestar.directory.contacts.presenters.numbers import ABOUT, ring_now
from lodestar.directory.contacts.rules import Book, kinds
from lodestar.platform.accounts.models import Unit
from lodestar.platform.obligations.obligations import obligation_rows
from lodestar.platform.reference.queries import contacts_on
from tests.factories.accounts import a_member
from tests.factories.cases import AllegedOffenceFactory, a_case, a_person
from tests.factories.contacts import a_contact, drama_book
from tests.factories.investigations import a_detective
from tests.factories.signed_in import form, html_of, signed_in
from tests.factories.statements import at_most
from tests.offenders import each

pytestmark = pytest.mark.usefixtures("fenmarch")
HOUR = timedelta(hours=1)


@pytest.fixture
def sergeant(officer):
    return a_member("supervisor", name="Sgt Solanki", unit=Unit.objects.get(id=officer.unit))


@pytest.fixture
def case(officer):
    case = a_case(officer, at=timezone.now() - 2 * HOUR)
    a_person(officer, case, at=timezone.now() - 2 * HOUR)
    return case


def an_authority(case, at, name="T/DC Nandakumar"):
    trainee = a_detective("trainee_detective", name=name)
    inspector = a_member("detective_inspector", name="DI Haldane", rank="detective_inspector")
    allocations.give_authority(by=inspector, at=at, case=case, owner=trainee.user, seen=0, reason="Both at court.")
    return inspector


def test_an_authority_that_runs_stands_on_the_case_with_its_end(client, sergeant, case):
    given = timezone.now() - HOUR + timedelta(minutes=5)
    an_authority(case, given)
    html = html_of(signed_in(client, sergeant), f"/cases/{case.reference}")
    assert "T/DC Nandakumar has it by DI Haldane’s authority" in html
    assert "in 23 hours; then a PIP2 detective is needed" in html
    assert "Owner: T/DC Nandakumar, by authority that runs out" in html


def test_when_it_has_ended_the_allocation_is_owed_again_and_the_case_says_so(client, sergeant, case):
    an_authority(case, timezone.now() - 25 * HOUR)
    row = Obligation.objects.get(case=case, code="allocate_pip2_owner", state="open")
    assert row.due_at == row.opens_at < timezone.now()
    assert ledger.differences([Case.objects.get(id=case.id)]) == []
    html = html_of(signed_in(client, sergeant), f"/cases/{case.reference}")
    assert "The authority ended: allocate a PIP2 detective" in html
    assert "by authority that ended" in html
    assert row.id in {one.id for one in listed_for(a_member("crime_allocation"))}


def listed_for(member):
    return listed({"mine": Worklists(member).mine()}, timezone.now(), 50)["mine"]


def test_directions_wait_with_whoever_has_the_case_and_their_answer_comes_back(client, sergeant, case):
    detective = a_detective(name="DC Marchetti")
    allocations.allocate(by=a_member("crime_allocation"), at=timezone.now() - HOUR, case=case, owner=detective.user, seen=0)
    at = timezone.now()
    actions.review(by=sergeant, at=at, case=case, directions="Get the school's record by Friday.", seen=0)
    actions.review(by=sergeant, at=at, case=case, directions="Photograph the rooms.", seen=1)
    owed = {row.moment: row for row in Obligation.objects.filter(case=case, code="answer_directions")}
    assert set(owed) == {"review 1", "review 2"}, "a review besides those owed directs too"
    assert {row.holder_id for row in owed.values()} == {detective.user}
    html = html_of(signed_in(client, sergeant), "/my-work")
    assert html.count("Not answered") == 2
    page = f"/owed/{owed['review 1'].id}"
    assert "Get the school's record by Friday." in html_of(signed_in(client, detective), page)
    assert client.post(page, form(kind="done", record_decided="")).status_code == 422
    assert client.post(page, form(kind="done", record_decided="Here since Thursday")).status_code == 302
    assert ledger.differences([Case.objects.get(id=case.id)]) == []
    signed_in(client, sergeant)
    with at_most(15):
        html = html_of(client, "/my-work")
    assert html.count("Not answered") == 1
    assert ">Done<" in html
    assert "DC Marchetti" in (page := html_of(client, f"/cases/{case.reference}/review"))
    assert "Here since Thursday" in page


def test_an_interim_owner_answers_directions_while_nobody_else_has_the_case(client, officer, sergeant, case):
    actions.review(by=sergeant, at=timezone.now(), case=case, directions="Photograph the rooms.", seen=0)
    row = Obligation.objects.get(case=case, code="answer_directions")
    typed = form(kind="done", record_decided="Done at 04:00")
    assert signed_in(client, officer).post(f"/owed/{row.id}", typed).status_code == 302


def test_a_review_before_no_further_action_is_with_a_detective_inspector_alone(client, officer, sergeant):
    case = a_case(officer, at=timezone.now() - 2 * HOUR)
    AllegedOffenceFactory(person=a_person(officer, case), stage="no_further_action")
    ledger.recalculate([case.id], ledger.Cause(by=officer.user, at=timezone.now(), code="cases.changed"))
    row = Obligation.objects.get(case=case, code="di_review_before_no_further_action", state="open")
    inspector = a_member("detective_inspector", rank="detective_inspector")

    def has_it(member):
        return row.id in {one.id for one in listed({"mine": Worklists(member).mine()}, timezone.now(), 100)["mine"]}

    assert (has_it(sergeant), has_it(inspector)) == (False, True)
    page = html_of(signed_in(client, sergeant), f"/owed/{row.id}")
    assert "Detective inspector has this." in page
    assert client.post(f"/owed/{row.id}", form(kind="done")).status_code == 404
    signed_in(client, inspector)
    stuck = form(kind="not_possible", because="The file has not come yet.")
    assert client.post(f"/owed/{row.id}", stuck).status_code == 302
    assert (has_it(sergeant), has_it(inspector)) == (False, True), "nobody else can do it"
    assert client.post(f"/owed/{row.id}", form(kind="done")).status_code == 422, "its page answers it"
    assert ledger.differences([Case.objects.get(id=case.id)]) == []


NIGHT, DAY = datetime(2026, 11, 24, 2, 30, tzinfo=UTC), datetime(2026, 11, 24, 11, tzinfo=UTC)


@each("code", ABOUT)
def test_each_is_a_duty_of_the_list_and_somebody_answers_by_day_and_by_night(code: str) -> None:
    assert code in obligation_rows()
    for now, book in product((NIGHT, DAY), (Book(), drama_book())):
        numbers = ring_now(ABOUT[code], now, book)
        assert len(numbers) >= len(ABOUT[code])
        assert all(one.number or one.missing in kinds() for one in numbers)


def test_every_service_in_the_contacts_is_rung_about_something() -> None:
    codes = {*kinds(), *(row["code"] for row in contacts_on(NIGHT.date()))}
    known = {code.removesuffix("_day").removesuffix("_night") for code in codes}
    assert known - {code for codes in ABOUT.values() for code in codes} == {"duty_coordinator"}


def test_beside_a_death_stands_whom_to_ring_until_the_force_sets_its_coroner(client, fenmarch, monkeypatch):
    supervisor, coordinator = a_member("supervisor"), a_member("coordinator")
    case = a_case(supervisor, deaths=1)
    row = Obligation.objects.get(case=case, code="tell_coroner")
    a_contact(coordinator, "duty_inspector", "01632 960 100")
    page = signed_in(client, supervisor).get(f"/owed/{row.id}").content.decode()
    assert 'data-missing="coroner"' in page
    assert 'href="tel:01632960100"' in page, "the duty inspector, instead"
    a_contact(coordinator, "coroner", "01632 960 400")
    page = client.get(f"/owed/{row.id}").content.decode()
    assert 'href="tel:01632960400"' in page
    assert "data-missing" not in page
    assert 'data-missing="coroner"' not in client.get("/ring").content.decode(), "whoever is at work sees their force's"
    monkeypatch.setattr(numbers, "stored_books", list)  # what a worker kept
    assert 'data-missing="coroner"' in Client().get("/ring").content.decode(), "it knows no force"


def test_the_number_stands_beside_what_is_owed_until_it_is_answered(client, fenmarch):
    officer = a_member("frontline")
    person = a_person(officer, a_case(officer), age_min=30, age_max=30, needs=["safe_place"])
    row = Obligation.objects.get(person=person, code="safe_place")
    housing = a_contact(a_member("coordinator"), "emergency_housing", "01632 960 233").telephone
    assert housing in unescape(signed_in(client, officer).get(f"/owed/{row.id}").content.decode())
    Obligation.objects.filter(id=row.id).update(state="closed", closed_at=row.case.encountered_at)
    assert housing not in unescape(client.get(f"/owed/{row.id}").content.decode())
