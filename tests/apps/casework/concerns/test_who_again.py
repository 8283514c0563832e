"""Two who write the first screen at once, and putting right what was recorded: nothing lost, nothing left on the wrong person."""

from html import unescape

import pytest

from lodestar.casework.cases.models import AllegedOffence, Case, Person
from lodestar.casework.concerns.models import Note
from lodestar.casework.ledger.models import Obligation
from tests.apps.casework.concerns.filled import sent
from tests.factories.cases import a_person


def words(response):
    return unescape(response.content.decode())


def test_two_officers_who_change_different_answers_both_have_theirs(phone, record):
    case = record(p1__name="Kieran")
    mine, theirs = phone.get(f"/record/{case.id}/who"), phone.get(f"/record/{case.id}/who")
    phone.post(f"/record/{case.id}/who", sent(theirs, p1__language="Slovak"))
    response = phone.post(f"/record/{case.id}/who", sent(mine, p1__age="adult", where="Marlsea"))
    assert response.status_code == 302
    person = Person.objects.get()
    assert (person.language, person.age_min, person.name) == ("Slovak", 18, "Kieran")


@pytest.mark.parametrize(("keep", "name"), [("mine", "Ciaran"), ("theirs", "Kieron"), ("both", "Kieron / Ciaran")])
def test_two_officers_who_change_the_same_answer_choose(phone, record, keep, name):
    case = record(p1__name="Kieran")
    address = f"/record/{case.id}/who"
    mine, theirs = phone.get(address), phone.get(address)
    phone.post(address, sent(theirs, p1__name="Kieron"))
    response = phone.post(address, sent(mine, p1__name="Ciaran", p1__language="Irish"))
    assert response.status_code == 422
    html = words(response)
    assert "A colleague saved this while you were writing" in html
    assert "<title>Error: " in html
    assert "Ciaran" in html
    assert "Kieron" in html
    assert Person.objects.get().name == "Kieron"
    assert phone.post(address, sent(response, keep=keep)).status_code == 302
    assert (Person.objects.get().name, Person.objects.get().language) == (name, "Irish")


def test_a_choice_between_two_counts_only_for_the_two_that_were_shown(phone, record):
    case = record(p1__name="Kieran")
    address = f"/record/{case.id}/who"
    mine, theirs = phone.get(address), phone.get(address)
    phone.post(address, sent(theirs, p1__name="Kieron"))
    clash = phone.post(address, sent(mine, p1__name="Ciaran"))
    phone.post(address, sent(phone.get(address), p1__name="Kirin"))
    again = phone.post(address, sent(clash, keep="mine"))
    assert again.status_code == 422
    assert "Kirin" in words(again)


def test_what_was_told_before_is_kept_when_it_is_changed(phone, record):
    case = record(what="Two lads")
    phone.post(f"/record/{case.id}/who", sent(phone.get(f"/record/{case.id}/who"), what="Three lads"))
    assert Case.objects.get().what == "Three lads"
    assert list(Note.objects.values_list("kind", "words")) == [("before", "Two lads")]


def test_saving_what_is_there_changes_nothing(phone, record):
    case = record(p1__name="Kieran", p1__age="may_be_under_18", p1__part=["used", "suspect"], when="3 March 2026")
    before = (Person.objects.get().version, Case.objects.get().version, AllegedOffence.objects.values().get())
    assert phone.post(f"/record/{case.id}/who", sent(phone.get(f"/record/{case.id}/who"))).status_code == 302
    assert (Person.objects.get().version, Case.objects.get().version, AllegedOffence.objects.values().get()) == before


def test_what_was_laid_on_the_wrong_person_is_taken_back(phone, record):
    case = record(p1__part=["used", "suspect"], p1__offence="theft")
    address = f"/record/{case.id}/who"
    phone.post(address, sent(phone.get(address), p1__part=["there"]))
    person = Person.objects.get()
    assert (person.roles, person.belief, AllegedOffence.objects.count()) == ([], "", 0)
    assert Note.objects.get(kind="taken_back").words == "Suspected of: theft (Stopped)"
    still = Obligation.objects.filter(state="open", person=person).values_list("code", flat=True)
    assert list(still) == ["establish_age"]


def test_another_offence_takes_the_place_of_the_first(phone, record):
    case = record(p1__part=["suspect"], p1__offence="theft")
    address = f"/record/{case.id}/who"
    phone.post(address, sent(phone.get(address), p1__offence="blade", p1__stage="arrest"))
    assert AllegedOffence.objects.values_list("section", "stage").get() == ("139", "arrest")


def test_a_role_and_an_age_that_the_screen_has_no_answer_for_stay(phone, record, officer):
    case = record()
    a_person(officer, case, roles=["witness"], belief="", age_min=40, age_max=41, birth_date="2009", name="From elsewhere")
    address = f"/record/{case.id}/who"
    assert phone.post(address, sent(phone.get(address), p1__name="Known now", p1__part=["used"])).status_code == 302
    person = Person.objects.get()
    assert (person.name, person.roles, person.age_min, person.birth_date) == (
        "Known now",
        ["possible_victim", "witness"],
        40,
        "2009",
    )
