"""Trying the rules on a made-up case, on a telephone without JavaScript and at a desk."""

from pathlib import Path

from tests.journeys.harness.checks import check_page
from tests.journeys.harness.hand import Hand
from tests.journeys.harness.people import sign_in, somebody

SAMPLES = Path(__file__).parents[1] / "rules" / "data" / "encounters-sample.jsonl"


def test_the_same_facts_on_two_dates(phone):
    sign_in(phone, somebody("policy_owner"))
    hand = Hand(phone)
    hand.open("/assess")
    check_page(phone, "assess")
    hand.type("First day", "1 October 2015")
    hand.type("Second day", "2 March 2026")
    hand.type("Youngest they could be", "30")
    hand.type("Oldest they could be", "35")
    hand.tap("Add an act of person 1")
    hand.type("Act", "Misuse of Drugs Act 1971")
    hand.type("Section", "5(3)")
    hand.type("Done on, or from", "2015-09")
    check_page(phone, "assess-act")
    hand.tap("Change Person 1: what they answered, and referrals before")
    hand.choose("Agrees to the NRM", "No")
    hand.choose("Spoke alone", "Yes")
    hand.choose("Interpreter", "None needed")
    check_page(phone, "assess-answers")
    hand.tap("Run the rules")
    assert phone.locator("h1").inner_text() == "The same facts on two dates"
    route = phone.get_by_role("row", name="Route")
    assert "Differs" in route.inner_text()
    assert "Duty to Notify" in route.locator("td").nth(1).inner_text()
    assert "shipped" in phone.locator("dl").inner_text()
    check_page(phone, "assess-compared")
    hand.tap("Change the facts or the dates")
    assert phone.get_by_label("Second day").input_value() == "2 March 2026"
    assert phone.get_by_label("Spoke alone").input_value() == "yes"


def test_facts_can_be_pasted_and_compared(page):
    sign_in(page, somebody("policy_owner"))
    page.goto("/assess")
    page.locator("summary").last.click()
    page.get_by_label("Facts").fill("{nothing}")
    page.get_by_role("button", name="Use these facts").click()
    assert page.get_by_label("Facts").input_value() == "{nothing}"
    check_page(page, "assess-bad-json")
    page.get_by_label("Facts").fill(SAMPLES.read_text().splitlines()[0])
    page.get_by_label("Second day").fill("1 May 2014")
    page.get_by_role("button", name="Run the rules", exact=True).first.click()
    assert page.locator("h1").inner_text() == "The same facts on two dates"
    check_page(page, "assess-sample")
