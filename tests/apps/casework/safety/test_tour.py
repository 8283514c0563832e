"""What is left when a tour ends: owed as long as an officer has something left, and no longer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.actions import hand_on, take_hand_on
from lodestar.casework.ledger.models import Handover, Obligation
from tests.factories.accounts import TourFactory, a_member
from tests.factories.cases import a_case, a_person, closed_somehow

pytestmark = pytest.mark.usefixtures("fenmarch")


def a_tour():
    officer = a_member("frontline")
    tour = TourFactory(user_id=officer.user, user=None)
    case = a_case(officer, at=timezone.now())
    return officer, tour, case, a_person(officer, case, at=timezone.now())


def what_is_left(case):
    return Obligation.objects.filter(case=case, code="hand_on_what_is_left").first()


def the_rest(case):
    rows = Obligation.objects.filter(case=case, state="open", owed_by="frontline").exclude(when="now")
    return list(rows.exclude(code="hand_on_what_is_left"))


def test_it_opens_at_the_end_of_the_tour_and_is_due_then():
    _, tour, case, _ = a_tour()
    owed = what_is_left(case)
    assert (owed.state, owed.opens_at, owed.due_at) == ("open", tour.to_at, tour.to_at)
    assert ledger.differences([case]) == []


def test_it_ends_when_everything_was_taken():
    officer, _, case, _ = a_tour()
    rest = the_rest(case)
    hand_on(by=officer, at=timezone.now(), case=case, obligations=rest)
    assert what_is_left(case).state == "open"
    waiting = list(Handover.objects.select_related("obligation").order_by("id"))
    coordinator = a_member("coordinator")
    take_hand_on(by=coordinator, at=timezone.now(), hand_ons=waiting[:1])
    assert what_is_left(case).state == "open"
    take_hand_on(by=coordinator, at=timezone.now(), hand_ons=waiting[1:])
    assert what_is_left(case).state == "not_owed"
    assert ledger.differences([case]) == []


def test_it_ends_when_everything_was_done():
    officer, _, case, _ = a_tour()
    closed_somehow(officer, case, the_rest(case), at=timezone.now())
    assert what_is_left(case).state == "not_owed"
    assert ledger.differences([case]) == []


def test_a_case_recorded_in_no_tour_owes_no_hand_on():
    officer = a_member("frontline")
    TourFactory(user_id=officer.user, user=None, to_at=timezone.now() - timedelta(minutes=30))
    case = a_case(officer)
    a_person(officer, case)
    assert what_is_left(case) is None
