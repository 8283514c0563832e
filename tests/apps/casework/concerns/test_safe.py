"""The second screen: are they safe right now?"""

from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.ledger.models import Obligation
from tests.apps.casework.concerns.filled import people_in, sent
from tests.factories.accounts import DutyFactory, UserFactory, a_member
from tests.factories.cases import a_person
from tests.factories.contacts import a_contact


def address(case, query=""):
    return f"/record/{case.id}/safe{query}"


def test_who_to_ring_stands_above_every_question(phone, record, officer):
    case = record(p1__name="Kieran")
    DutyFactory(unit_id=officer.unit, user=UserFactory(name="Sgt Solanki"))
    a_contact(a_member("coordinator"), "duty_sergeant", "01632 960 118")
    html = unescape(phone.get(address(case)).content.decode())
    assert 'href="tel:999"' in html
    assert html.index("tel:999") < html.index("Sgt Solanki") < html.index("Safe right now?")


def test_a_form_drawn_for_people_of_another_case_lands_on_nobody(phone, record):
    one, other = record(p1__name="Kieran"), record(p1__name="Jaz")
    drawn = sent(phone.get(address(one)), p1__danger="no")
    assert phone.post(address(other), drawn).status_code == 404
    assert set(Person.objects.values_list("out_of_danger", flat=True)) == {""}


def test_danger_needs_and_who_may_control_them(phone, record):
    case = record(p1__name="Kieran", p2__name="Jaz", p1__part=["used"])
    typed = {
        "p1__danger": "yes",
        "p2__danger": "not_sure",
        "p1__needs": ["food"],
        "p2__needs": ["protection", "medical"],
        "p2__more": ["safe_place"],
    }
    response = phone.post(address(case), sent(phone.get(address(case)), controller="yes", **typed))
    assert response.url == f"/record/{case.id}/signs/drugs"
    kieran, jaz = Person.objects.order_by("number")
    assert (kieran.out_of_danger, kieran.needs) == ("yes", ["food"])
    assert (jaz.out_of_danger, jaz.needs) == ("not_sure", ["safe_place", "medical", "protection"])
    assert Case.objects.get().controller_there == "yes"
    owed = set(Obligation.objects.filter(state="open", person=jaz).values_list("code", flat=True))
    assert {"medical_and_basic_care_first", "safe_place"} <= owed


def test_saved_with_anything_blank_it_changes_nothing(phone, record):
    case = record(p1__name="Kieran")
    assert phone.post(address(case), sent(phone.get(address(case)))).status_code == 302
    assert (Person.objects.get().version, Case.objects.get().version) == (1, 1)


@pytest.mark.parametrize(("keep", "danger"), [("mine", "no"), ("theirs", "yes")])
def test_two_officers_who_answer_differently_choose(phone, record, keep, danger):
    case = record(p1__name="Kieran")
    mine, theirs = phone.get(address(case)), phone.get(address(case))
    phone.post(address(case), sent(theirs, p1__danger="yes", p1__needs=["food"]))
    response = phone.post(address(case), sent(mine, p1__danger="no"))
    assert response.status_code == 422
    assert Person.objects.get().out_of_danger == "yes"
    assert b"Keep both" not in response.content
    phone.post(address(case), sent(response, keep=keep))
    person = Person.objects.get()
    assert (person.out_of_danger, person.needs) == (danger, ["food"])


def test_needs_ticked_by_two_can_both_be_kept(phone, record):
    case = record(p1__name="Kieran")
    mine, theirs = phone.get(address(case)), phone.get(address(case))
    phone.post(address(case), sent(theirs, p1__needs=["food"]))
    response = phone.post(address(case), sent(mine, p1__needs=["medical"]))
    assert b"Keep both" in response.content
    phone.post(address(case), sent(response, keep="both"))
    assert Person.objects.get().needs == ["medical", "food"]


def test_an_answer_lands_on_the_person_it_was_given_for(phone, record, officer):
    case = record(p1__name="Kieran")
    page = phone.get(address(case))
    a_person(officer, case, name="Jaz")
    phone.post(address(case), sent(page, p1__danger="no"))
    assert dict(Person.objects.values_list("name", "out_of_danger")) == {"Kieran": "no", "Jaz": ""}


def test_many_people_are_asked_after_in_turn(phone, record, officer):
    case = record()
    for number in range(7):
        a_person(officer, case, name=f"Woman {number}")
    first = phone.get(address(case))
    assert len(people_in(first)) == 5
    response = phone.post(address(case), sent(first, p5__danger="yes"))
    assert response.url == address(case, "?from=6")
    second = phone.get(response.url)
    assert len(people_in(second)) == 2
    with CaptureQueriesContext(connection) as written:
        response = phone.post(response.url, sent(second, p7__danger="no", p6__needs=["food"], controller="no"))
    assert response.url == f"/record/{case.id}/signs/drugs"
    assert sum("SAVEPOINT" not in query["sql"] for query in written.captured_queries) <= 40
    assert Person.objects.get(number=7).out_of_danger == "no"
