"""Trying the rules on a made-up case, on a telephone without JavaScript and at a desk."""

from tests.journeys.harness.checks import check_page
from tests.journeys.harness.hand import Hand
from tests.journeys.harness.people import sign_in, somebody


def test_a_made_up_case(phone):
    sign_in(phone, somebody("policy_owner"))
    hand = Hand(phone)
    hand.open("/assess")
    check_page(phone, "assess")
    hand.type("Date of encounter", "2 March 2026 2340")
    hand.type("Youngest they could be", "30")
    hand.type("Oldest they could be", "35")
    hand.type("Act", "Misuse of Drugs Act 1971")
    hand.type("Section", "5(3)")
    hand.type("Done on, or from", "2015-09")
    hand.choose("Agrees to the NRM", "No")
    hand.choose("Spoke alone", "Yes")
    hand.choose("Interpreter when asked", "None needed")
    check_page(phone, "assess-filled")
    hand.tap("Run the rules")
    assert phone.locator("h1").inner_text() == "What the rules answer"
    answer = phone.locator("main").inner_text()
    assert "Duty to Notify" in answer
    assert "shipped" in answer
    check_page(phone, "assess-answer")
    hand.tap("Change the facts or the date")
    assert phone.get_by_label("Date of encounter").input_value() == "2 March 2026 2340"
    assert phone.get_by_label("Spoke alone").input_value() == "yes"
