"""Changing a setting of the rules, on a telephone without JavaScript and at a desk."""

from django.utils import timezone
from playwright.sync_api import expect

from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.settings import an_agreed_change, days_ahead
from tests.journeys.harness.checks import check_page
from tests.journeys.harness.hand import Hand
from tests.journeys.harness.people import member_of, sign_in, somebody


def test_one_proposes_and_a_second_agrees(phone, desk):
    first = somebody("policy_owner", name="Supt Okafor-Lund")
    second = somebody("policy_owner", name="Ravi Teesdale")
    with within("fenmarch"):
        an_agreed_change(member_of(first), member_of(second), reason="Two men in one car wash were enough last winter.")
    day = days_ahead(40)
    written = f"{day.day} {day:%B} {day.year}"
    sign_in(phone, first)
    hand = Hand(phone)
    hand.open("/rules/settings")
    check_page(phone, "settings")
    hand.tap("When the 24 hours to record a crime begin", "link")
    hand.tap("Propose a change", "link")
    check_page(phone, "setting-propose")
    hand.tap("Propose")
    expect(phone.get_by_role("alert")).to_be_visible()
    check_page(phone, "setting-propose-errors")
    hand.tick("From a positive reasonable-grounds decision")
    hand.type("From which day?", written)
    hand.type("Why?", "The crime registrar asks for it until the counting rules are read.")
    hand.tap("Propose")
    assert phone.url.endswith("/rules/settings/crime_recording_point#waiting")
    check_page(phone, "setting")
    sign_in(desk, second)
    desk.goto("/rules/settings")
    desk.get_by_role("link", name="When the 24 hours to record a crime begin").first.click()
    check_page(desk, "setting-change")
    desk.get_by_label("Yes, it holds from that day").check()
    desk.get_by_label("Why?").fill("The registrar and I have read them.")
    desk.get_by_role("button", name="Decide").click()
    assert desk.url.endswith("/rules/settings")
    desk.goto("/rules/settings/crime_recording_point")
    assert f"{written}" in desk.locator("table").inner_text()
    assert timezone.localdate() < day


def test_a_rule_is_confirmed_from_its_source_and_its_lists_are_read(page, live):
    owner = somebody("policy_owner", name="Supt Okafor-Lund")
    sign_in(page, owner)
    for path in ("/rules/lists", "/rules/lists/section45/schedule4?after=120", "/rules/lists/reference/contacts"):
        page.goto(path)
        check_page(page, path.split("?")[0].strip("/").replace("/", "-"))
    hand = Hand(page)
    hand.open("/rules/consider_reconsideration")
    check_page(page, "rule")
    hand.tap("Confirm it from its source", "link")
    hand.tap("I have read it, and the rule says the same")
    expect(page.get_by_role("alert")).to_be_visible()
    check_page(page, "rule-confirm-errors")
    hand.type("What did you read?", "Statutory guidance, version 3.14, paragraph 14.225")
    hand.tap("I have read it, and the rule says the same")
    assert page.url.endswith("/rules/consider_reconsideration#confirmed")
    assert "Statutory guidance, version 3.14, paragraph 14.225" in page.locator("main").inner_text()
    check_page(page)
