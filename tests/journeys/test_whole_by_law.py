"""What makes the night whole: the referral sent, the crime number, a detective, a review, and who is on duty."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from lodestar.casework.consent.actions import record_consent
from lodestar.platform.accounts.models import Membership
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.accounts import DutyFactory
from tests.factories.administering import administering
from tests.factories.cases import a_case, a_person
from tests.factories.investigations import a_detective
from tests.journeys.harness.checks import check_page, picture
from tests.journeys.harness.hand import Hand
from tests.journeys.harness.people import member_of, sign_in, somebody


@pytest.fixture
def officer(own_database):
    return somebody("frontline", name="PC Brandreth")


def one_man(officer, **facts):
    """A man met two hours ago, who said yes alone and understood."""
    with within("fenmarch"):
        member = member_of(officer)
        met = timezone.now() - timedelta(hours=2)
        case = a_case(member, at=met)
        person = a_person(member, case, at=met, name="Rareș Munteanu", **facts)
        answer = {"nrm": True, "spoke_alone": True, "interpreter": "independent"}
        record_consent(by=member, at=met + timedelta(minutes=30), person=person, answer=answer)
    return case, person


def test_the_referral_is_recorded_and_its_reference_later(page, officer):
    _, person = one_man(officer)
    sign_in(page, officer)
    hand = Hand(page)
    hand.open(f"/people/{person.id}/referral")
    check_page(page)
    hand.open(f"/people/{person.id}/referral")
    picture(page, "referral")
    hand.type("When was it sent?", f"{timezone.localtime():%H%M}")
    hand.tap("Record it as sent")
    assert hand.taps == 1, "what the facts call for is chosen already"
    page.get_by_label("Reference, when it comes").fill("NRM-00123")
    page.get_by_role("button", name="Add the reference").click()
    expect(page.get_by_text("NRM-00123")).to_be_visible()
    check_page(page, "referral-recorded")


def test_what_is_not_the_route_is_asked_about(page, officer):
    _, person = one_man(officer)
    sign_in(page, officer)
    hand = Hand(page)
    hand.open(f"/people/{person.id}/referral")
    hand.tick("Duty to Notify, without a name")
    hand.tap("Record it as sent")
    expect(page.get_by_text("You are recording a Duty to Notify that was sent")).to_be_visible()
    check_page(page, "referral-out-of-line")
    hand.tick("It has been sent. Record it as it happened", role="checkbox")
    hand.tap("Record it as sent")
    expect(page.get_by_text("Not what the facts called for")).to_be_visible()
    picture(page, "referral-as-it-happened")


def test_for_a_child_one_way_only(page, officer):
    _, child = one_man(officer, age_min=15, age_max=15)
    sign_in(page, officer)
    page.goto(f"/people/{child.id}/referral")
    assert page.get_by_role("radio", name="Duty to Notify, without a name").count() == 0
    check_page(page, "referral-child")


def test_a_crime_number_for_each(page, officer):
    case, person = one_man(officer)
    with within("fenmarch"):
        a_person(member_of(officer), case, name="Jaz")
    sign_in(page, officer)
    hand = Hand(page)
    hand.open(f"/people/{person.id}/crime")
    check_page(page)
    hand.open(f"/people/{person.id}/crime")
    picture(page, "crime")
    hand.type("Crime number", "37/1201/26")
    hand.tap("Record it")
    expect(page.get_by_role("heading", name="37/1201/26")).to_be_visible()
    check_page(page, "crime-recorded")


def test_a_case_is_given_to_a_detective_and_below_pip2_is_refused_with_two_ways_on(page, officer):
    case, _ = one_man(officer)
    allocation = somebody("crime_allocation", name="Gwen Abara")
    with within("fenmarch"):
        a_detective(name="DC Leah Marchetti")
        a_detective(name="DC Tobias Wren")
        a_detective("trainee_detective", name="T/DC Priya Nandakumar")
    sign_in(page, allocation)
    hand = Hand(page)
    hand.open(f"/cases/{case.reference}/allocate")
    check_page(page, "allocate")
    hand.type("Someone else", "T/DC Priya Nandakumar")
    hand.tap("Give them the case")
    expect(page.get_by_text("T/DC Priya Nandakumar is not recorded as PIP2 on")).to_be_visible()
    check_page(page, "allocate-refused")
    hand.tap("It has already happened: record it")
    expect(page.get_by_text("It needs a PIP2 detective now")).to_be_visible()
    check_page(page, "allocate-happened")
    hand.tick("DC Leah Marchetti")
    hand.tap("Give them the case")
    expect(page.get_by_text("DC Leah Marchetti (PIP2) has it since")).to_be_visible()
    picture(page, "allocate-given")


def test_an_authority_and_a_review(page, officer):
    case, _ = one_man(officer)
    inspector = somebody("detective_inspector", name="DI Callum Haldane")
    with within("fenmarch"):
        with administering():
            Membership.objects.filter(user=inspector).update(rank="detective_inspector")
        a_detective("trainee_detective", name="T/DC Priya Nandakumar")
        a_detective(name="DC Leah Marchetti")
    sign_in(page, inspector)
    hand = Hand(page)
    hand.open(f"/cases/{case.reference}/authority")
    check_page(page, "authority")
    hand.tick("T/DC Priya Nandakumar")
    hand.choose("Supervised by a PIP2 detective", "DC Leah Marchetti")
    hand.type("Why it cannot wait for a PIP2 detective", "No PIP2 detective on until Wednesday 07:00.")
    hand.tap("Give authority for 24 hours")
    expect(page.get_by_text("by DI Callum Haldane’s authority until")).to_be_visible()
    check_page(page, "authority-given")
    hand.open(f"/cases/{case.reference}/review")
    check_page(page, "review")
    hand.type("Directions", "Noted.")
    hand.tap("Record the review")
    expect(page.get_by_text("“Noted” is not a direction").first).to_be_visible()
    picture(page, "review-refused")
    hand.type("Directions", "DC Marchetti: see the landlord by Friday. Seize both phones.")
    hand.tap("Record the review")
    expect(page.get_by_text("see the landlord by Friday")).to_be_visible()
    check_page(page, "review-recorded")


def test_who_is_on_duty(page):
    supervisor = somebody("supervisor", name="Sgt Dev Solanki")
    with within("fenmarch"):
        member = member_of(supervisor)
        DutyFactory(unit=None, unit_id=member.unit, user=supervisor)
    sign_in(page, supervisor)
    hand = Hand(page)
    hand.open("/duty")
    hand.tick("Duty supervisor")
    hand.choose("Who?", "Sgt Dev Solanki")
    hand.type("From", "tomorrow 1900")
    hand.type("To", "0500")
    hand.tap("Put them on duty")
    expect(page.get_by_role("button", name="Take it out")).to_be_visible()
    check_page(page, "duty")
