"""A woman with a baby who said no to the NRM, at half past two on a bank holiday: a place away from where she was held, the
service's answer by link, the first five days, and help offered again. Another said never again and is left in peace."""

from datetime import timedelta

import pytest
import time_machine

from lodestar.casework.consent.actions import record_consent
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.needs.models import BridgeEntry
from lodestar.casework.safe_addresses.actions import agree_contact
from lodestar.casework.service_referrals.models import PlaceRequest, ServiceReferral
from lodestar.platform.tenancy.tenant_transaction import within
from tests.browser import PHONE
from tests.factories.cases import a_case, a_person, contact_rule
from tests.factories.service_records import NIGHT, TERMS, a_service
from tests.journeys.harness.checks import check_page, picture
from tests.journeys.harness.hand import Hand
from tests.journeys.harness.people import member_of, sign_in, somebody


@pytest.fixture(autouse=True)
def at_night():
    """It is 02:30 on a bank holiday, and goes on."""
    with time_machine.travel(NIGHT, tick=True):
        yield


def the_directory(advisor):
    """One service near where she was held; one away from it, for mothers, in Vietnamese; one that is closed; one for men."""
    a_service(advisor, "near", name="Quay House")
    a_service(advisor, "far", name="Marlsea Mothers", at=(53.2, 1.3))
    closed = (*TERMS[:4], "bank_holidays:closed")
    a_service(advisor, "closed", name="Weekday House", at=(53.1, 1.3), terms=closed)
    a_service(advisor, "men", name="Lads Hostel", at=(53.1, 1.3), terms=(*TERMS[:1], "sex:male", *TERMS[2:]))


def who_said_no(officer, name, **wish):
    """Somebody who said no to the NRM nine days ago, and wishes this about contact."""
    met = NIGHT - timedelta(days=9)
    person = a_person(officer, a_case(officer, at=met), at=met, name=name, language="Vietnamese", age_min=25, age_max=25)
    no = {"nrm": False, "spoke_alone": True, "interpreter": "independent"}
    record_consent(by=officer, at=met, person=person, answer=no | wish)
    return person


def find_a_place(hand, person):
    page = hand.page
    hand.open(f"/people/{person.id}/tonight")
    check_page(page)
    hand.type("Near where?", "52.6, 1.3")
    hand.type("Not near where?", "52.6, 1.3")
    hand.type("How many kilometres around it?", "10")
    hand.tick("Where they were exploited")
    hand.tick("Woman or girl")
    hand.type("How many come with them?", "1")
    hand.type("Who must stay together?", "Her baby")
    hand.tap("Search for a place")
    found = page.locator("[data-place] h2")
    assert found.all_inner_texts() == ["Marlsea Mothers", "Weekday House", "Quay House"]
    assert page.locator("[data-place='3'][data-danger]").count() == 1
    check_page(page, "tonight")
    hand.tap(page.locator("[data-place='1']").get_by_role("link", name="Ask for this place"))
    save(hand)
    for state in ("offered", "taken"):
        hand.tick(page.locator(f"[name=to][value={state}]"))
        save(hand)
    check_page(page, "place")


def save(hand):
    with hand.page.expect_navigation():
        hand.tap("Save")


def refer(hand, person):
    """The referral and its link, as shown once."""
    page = hand.page
    hand.open(f"/people/{person.id}/services?domain=accommodation&service_name=Marlsea")
    check_page(page)
    hand.tick("Marlsea Mothers")
    hand.type("What is needed, in one line", "A room for a mother and a baby")
    hand.tick(page.locator("[name=agreed][value=yes]"))
    hand.choose("Who decided", "The person")
    hand.choose("How they were asked", "In person, where agreed")
    save(hand)
    hand.tap(page.get_by_role("main").get_by_role("link", name="Make a link"))
    hand.tap("Make the link")
    return page.locator("[data-link] .lode-out").inner_text().strip()


def the_service_answers(partner, address):
    """Opening the link spends nothing and says no name; the button answers, once."""
    for _ in range(2):
        partner.goto(address)
        assert "Linh" not in partner.content() + partner.url
    check_page(partner, "answer")
    partner.get_by_role("button", name="Yes, we can help").click()
    assert partner.goto(address).status == 404
    with within("fenmarch"):
        assert ServiceReferral.objects.get().state == "accepted"


def arrange_the_first_days(hand, person):
    page = hand.page
    hand.open(f"/people/{person.id}/bridge")
    gaps = int(page.locator("[data-gaps]").get_attribute("data-gaps"))
    page.get_by_role("main").locator("select").first.select_option(index=1)
    save(hand)
    check_page(page, "bridge")
    picture(page, "bridge")
    with within("fenmarch"):
        assert BridgeEntry.objects.count() == 1
    assert int(page.locator("[data-gaps]").get_attribute("data-gaps")) < gaps


def test_a_place_a_link_the_first_days_and_help_offered_again(phone, opened, live):
    officer, advisor = somebody("frontline", name="PC Brandreth"), somebody("advisor", name="Ros Ilic")
    with within("fenmarch"):
        the_directory(member_of(advisor))
        linh, petra = who_said_no(member_of(officer), "Linh Tran"), who_said_no(member_of(officer), "Petra Novak")
        agree_contact(by=member_of(officer), at=NIGHT - timedelta(days=9), person=linh, rule=contact_rule())
        record_consent(
            by=member_of(advisor), at=NIGHT - timedelta(days=2), person=petra,
            answer={"contact_again": "unwanted", "leaves_referral": True, "leaflet": ""},
        )  # fmt: skip
    sign_in(phone, officer)
    hand = Hand(phone)
    find_a_place(hand, linh)
    with within("fenmarch"):
        assert PlaceRequest.objects.values_list("state", "service__own_id").get() == ("taken", "far")

    phone.context.clear_cookies()
    sign_in(phone, advisor)
    phone.wait_for_url("**/my-work")
    assert phone.locator("main").get_by_text("Linh T.").count() > 0
    assert phone.locator("main").get_by_text("Petra").count() == 0, "left in peace"
    check_page(phone, "reach-list")
    partner = opened(PHONE, base_url=live, java_script_enabled=False)
    the_service_answers(partner, refer(hand, linh))
    arrange_the_first_days(hand, linh)
    hand.open(f"/people/{linh.id}/offers")
    hand.tick(phone.locator("[name=outcome][value=yes]"))
    hand.tick(phone.locator("[name=how][value=met]"))
    save(hand)
    phone.wait_for_url("**/consent**")
    with within("fenmarch"):
        offers = Obligation.objects.filter(code="offer_again_later", person=petra).exclude(state="not_owed")
        assert not offers.exists(), "never again"
        assert ledger.differences([linh.case, petra.case]) == []
