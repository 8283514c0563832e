"""What is left when a tour ends: owed as long as an officer has something left, and no longer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lodestar.casework.cases.models import Case
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


def test_what_opens_after_all_was_handed_over_is_the_coordinators_and_nothing_changes_hands_before():
    officer, _, case, first = a_tour()
    done, *rest = the_rest(case)
    closed_somehow(officer, case, [done], at=timezone.now())
    hand_on(by=officer, at=timezone.now(), case=case, obligations=rest)
    late = [a_person(officer, case, at=timezone.now(), name="Mina")]
    theirs = Obligation.objects.filter(case=case, owed_by="frontline").exclude(code="hand_on_what_is_left")
    assert set(theirs.values_list("with_role", "holder")) == {("frontline", officer.user)}
    coordinator = a_member("coordinator")
    take_hand_on(by=coordinator, at=timezone.now(), hand_ons=list(Handover.objects.select_related("obligation")))
    late.append(a_person(officer, case, at=timezone.now(), name="Tomas"))
    assert set(theirs.filter(person__in=late).values_list("with_role", "holder")) == {("coordinator", coordinator.user)}
    assert set(theirs.filter(person=first, when="now").values_list("holder", flat=True)) == {officer.user}
    done.refresh_from_db()
    assert (done.state, done.holder_id) == ("closed", officer.user)
    assert ledger.differences([case]) == []
    Case.objects.filter(id=case.id).update(interim_owner=(other := a_member("frontline")).user)
    ledger.recalculate([case.id], ledger.Cause(by=other.user, at=timezone.now(), code="cases.changed"))
    assert set(theirs.filter(person__in=late).values_list("holder", flat=True)) == {other.user}


def test_an_officer_who_kept_something_goes_on_with_the_case():
    officer, _, case, _ = a_tour()
    hand_on(by=officer, at=timezone.now(), case=case, obligations=the_rest(case)[1:])
    take_hand_on(by=a_member("coordinator"), at=timezone.now(), hand_ons=list(Handover.objects.select_related("obligation")))
    late = a_person(officer, case, at=timezone.now(), name="Tomas")
    theirs = Obligation.objects.filter(person=late, owed_by="frontline")
    assert set(theirs.values_list("holder", flat=True)) == {officer.user}
    assert ledger.differences([case]) == []
