"""A supervisor decides on the signs listed: a named person, with a reason, and nothing counted."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.concerns import queries
from lodestar.casework.concerns.actions import decide_belief
from lodestar.casework.concerns.models import BeliefDecision
from lodestar.casework.ledger.models import Obligation
from lodestar.platform.accounts.models import Draft, Unit
from lodestar.platform.text.ids import new_id
from tests.apps.casework.concerns.filled import sent
from tests.factories.accounts import a_member
from tests.factories.cases import PersonFactory
from tests.factories.recognition import NoteFactory, SignSeenFactory
from tests.factories.signed_in import signed_in


@pytest.fixture
def luan(record):
    """Someone whom somebody may be using, in a case with a sign and words."""
    case = record(p1__name="Luan", p1__part=["used"], what="Car wash")
    person = Person.objects.get()
    SignSeenFactory(case=case, person=person, code="paid_little_or_nothing")
    SignSeenFactory(case=case, code="lives_where_they_work")
    NoteFactory(case=case, words="The boss keeps his card.")
    return person


@pytest.fixture
def sergeant(officer):
    """The supervisor of the officer's unit."""
    return a_member("supervisor", name="Sgt Solanki", unit=Unit.objects.get(id=officer.unit))


@pytest.fixture
def desk(sergeant):
    return signed_in(Client(), sergeant)


def address(person):
    return f"/people/{person.id}/belief"


def state(code):
    return Obligation.objects.get(code=code).state


def words(response):
    return unescape(response.content.decode())


def test_signs_and_words_are_read_before_anything_is_decided(desk, luan):
    html = words(desk.get(address(luan)))
    for part in ("Paid little or nothing", "Lives where they work", "The boss keeps his card.", "Car wash"):
        assert part in html
    assert " checked" not in html
    assert "Luan" not in html.split("</title>")[0]


def test_reasonable_grounds(desk, luan, sergeant):
    assert state("decide_belief") == "open"
    page = desk.get(address(luan))
    response = desk.post(address(luan), sent(page, belief="reasonable_grounds", because="No pay, no card"))
    assert response.url == f"/cases/{Case.objects.get().reference}"
    luan.refresh_from_db()
    decision = BeliefDecision.objects.get()
    assert (luan.belief, decision.because, decision.how, decision.by_id) == (
        "reasonable_grounds",
        "No pay, no card",
        "decided",
        sergeant.user,
    )
    assert state("decide_belief") == "not_owed"


def test_grounds_found_later_count_from_then(luan, sergeant):
    at = timezone.now() + timedelta(hours=5)
    decide_belief(by=sergeant, at=at, person=luan, version=luan.version, belief="reasonable_grounds")
    assert queries.events_and_evidence([luan.case_id])[0][luan.case_id][luan.id] == [("belief_formed", at)]
    luan.refresh_from_db()
    decide_belief(by=sergeant, at=at + timedelta(days=1), person=luan, version=luan.version, belief="reasonable_grounds")
    assert queries.events_and_evidence([luan.case_id])[0][luan.case_id][luan.id] == [("belief_formed", at)]


def test_no_grounds_yet_leaves_the_reason_owed_until_it_is_given(desk, luan):
    desk.post(address(luan), sent(desk.get(address(luan)), belief="none"))
    assert (state("decide_belief"), state("record_reason_no_grounds")) == ("not_owed", "open")
    typed = {"belief": "none", "because": "He says he is a partner", "would_change": "The pay slips"}
    desk.post(address(luan), sent(desk.get(address(luan)), **typed))
    assert state("record_reason_no_grounds") == "closed"
    html = words(desk.get(address(luan)))
    assert "The pay slips" in html
    assert "Sgt Solanki" in html


def test_nothing_chosen_decides_nothing_and_keeps_the_words(desk, luan):
    response = desk.post(address(luan), sent(desk.get(address(luan)), because="Half a thought"))
    assert response.status_code == 422
    assert "Nothing is decided yet" in words(response)
    assert "Half a thought" in words(response)
    assert BeliefDecision.objects.count() == 0


@pytest.mark.parametrize(("keep", "belief", "rows"), [("mine", "none", 2), ("theirs", "reasonable_grounds", 1)])
def test_two_who_decide_at_once_see_both(desk, luan, keep, belief, rows):
    mine, theirs = desk.get(address(luan)), desk.get(address(luan))
    desk.post(address(luan), sent(theirs, belief="reasonable_grounds"))
    response = desk.post(address(luan), sent(mine, belief="none", because="Mine"))
    assert response.status_code == 422
    assert "A colleague decided while you were writing" in words(response)
    assert "Mine" in words(response)
    assert desk.post(address(luan), sent(response, keep=keep)).status_code == 302
    luan.refresh_from_db()
    assert (luan.belief, BeliefDecision.objects.count()) == (belief, rows)


@pytest.mark.parametrize("how", ["hidden", "refused"])
def test_whoever_comes_back_to_a_decision_is_told_of_a_colleagues(desk, luan, sergeant, how):
    mine, theirs = desk.get(address(luan)), desk.get(address(luan))
    if how == "hidden":
        desk.post("/hide", sent(mine, belief="none", because="Mine"))
    colleague = signed_in(Client(), sergeant)
    colleague.post(address(luan), sent(theirs, belief="reasonable_grounds"))
    if how == "hidden":
        back = colleague.get(f"{address(luan)}?draft={Draft.objects.get().key}")
    else:
        back = desk.post(address(luan), sent(mine, because="Mine"))
    assert "Mine" in words(back)
    response = colleague.post(address(luan), sent(back, belief="none", submission_key=[str(new_id())]))
    assert response.status_code == 422
    assert "A colleague decided while you were writing" in words(response)
    assert colleague.post(address(luan), sent(response, keep="mine")).status_code == 302


def test_another_change_of_the_person_is_no_clash(desk, luan, phone):
    page = desk.get(address(luan))
    who = f"/record/{luan.case_id}/who"
    phone.post(who, sent(phone.get(who), p1__name="Luan Hoxha"))
    assert desk.post(address(luan), sent(page, belief="reasonable_grounds")).status_code == 302
    luan.refresh_from_db()
    assert (luan.name, luan.belief) == ("Luan Hoxha", "reasonable_grounds")


def test_a_name_from_right_to_left_does_not_take_the_age_and_the_number_to_its_other_side(desk, phone, record):
    case = record(p1__name="محمد", p1__low="15", p1__high="15", p1__part=["used"], p2__name="محمد")
    for number in range(3, 9):
        PersonFactory(case=case, number=number, name="محمد", roles=["possible_victim"])
    person = Person.objects.get(number=1)
    pages = [words(desk.get(address(person)))]
    pages += [words(phone.get(f"/record/{case.id}/{screen}")) for screen in ("who", "who?more=1", "safe", "signs/labour")]
    assert all(said in html for said, html in zip(("Also recorded", "Same as", "", "tick for"), pages[1:], strict=True))
    for html in pages:
        assert "\u2068محمد\u2069" in html
        assert "<bdi>\u2068" not in html, "told apart twice: what follows the name goes to its other side"
