"""Referrals and crimes that belong together: who has the one without the other, and who said why that is right."""

from datetime import timedelta

import pytest

from lodestar.journeys.crime_recorded import record_crime
from lodestar.referrals.models import Pairing
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.referrals import PairingFactory

pytestmark = pytest.mark.usefixtures("fenmarch")
WHY_NOT = "The force where it happened records it."


@pytest.fixture
def coordinator():
    return a_member("coordinator")


def somebody(by, name="Anna", **facts):
    return a_person(by, a_case(by), name=name, **facts)


def paired(person):
    row = Pairing.objects.get(person=person)
    return row.referral_at, row.crime_at, row.settled


@pytest.mark.parametrize("before", [False, True])
def test_whatever_records_a_crime_pairs_it(coordinator, before):
    person = somebody(coordinator)
    if before:
        PairingFactory(person=person)
    record_crime(by=coordinator, at=MET + timedelta(hours=1), person=person, kind="recorded", number="37/1/26")
    assert paired(person) == (MET if before else None, MET + timedelta(hours=1), False)


@pytest.mark.parametrize("before", [False, True])
def test_why_no_crime_is_needed_settles_a_referral_sent_before_or_after(coordinator, before):
    person = somebody(coordinator)
    if before:
        PairingFactory(person=person)
    record_crime(by=coordinator, at=MET, person=person, kind="not_needed", why_not=WHY_NOT)
    assert paired(person) == (MET if before else None, None, True)


def test_not_possible_yet_settles_nothing(coordinator):
    person = PairingFactory(person=somebody(coordinator)).person
    record_crime(by=coordinator, at=MET, person=person, kind="not_possible", why_not="The system is down.")
    assert paired(person) == (MET, None, False)


def test_why_there_was_no_crime_says_nothing_of_the_crime_recorded_later(coordinator):
    person = somebody(coordinator)
    record_crime(by=coordinator, at=MET, person=person, kind="not_needed", why_not=WHY_NOT)
    record_crime(by=coordinator, at=MET, person=person, kind="recorded", number="37/1/26")
    assert paired(person) == (None, MET, False)


def test_a_second_number_opens_nothing_that_was_settled(coordinator):
    person = PairingFactory(person=somebody(coordinator), referral_at=None, crime_at=MET, settled=True).person
    record_crime(by=coordinator, at=MET + timedelta(hours=1), person=person, kind="recorded", number="37/2/26")
    assert paired(person) == (None, MET + timedelta(hours=1), True)
    record_crime(by=coordinator, at=MET, person=person, kind="not_needed", why_not=WHY_NOT)
    assert paired(person)[2]
