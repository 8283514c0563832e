"""A night at 320 px without JavaScript: two teenagers found with wraps are recorded, made safe, given a crime record each, handed
on and allocated; an adult too, with the talk about consent.

The budget of a scene (practice, section 12: safety, the talk recorded, the section 45 question, the crime record, hand-on):
at most 8 screens, 25 taps for the first person and 6 for each further, 3 typed sentences. Children are told and heard; no
consent of theirs is waited for, so that their talk is no part of the scene. To allocate is another's work, counted apart.
"""

import re

from lodestar.casework.cases.models import Case
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.platform.audit.models import Event
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.accounts import AccreditationFactory
from tests.journeys.harness.checks import check_page, picture
from tests.journeys.harness.hand import Hand
from tests.journeys.harness.people import sign_in, somebody

FIRST_PERSON, FURTHER_PERSON = 25, 6


def record(hand):
    """The concern: three screens."""
    page = hand.page
    hand.open("/record")
    hand.type("What is happening?", "Two lads with wraps behind the station, one looks at a parked car before he speaks")
    hand.tick("Street")
    hand.tick(page.locator("#p1-age"))  # under 18
    hand.tick(page.locator("#p1-part"))  # someone may be using them
    hand.tick(page.locator("#p1-part-2"))  # suspected of something
    hand.tick(page.locator("#p2-like"))
    hand.tap("Continue")
    hand.tick(page.locator("#p1-danger"))
    hand.tick(page.locator("#p2-danger-3"))
    hand.tap("Continue")
    hand.tick("Wraps or bags ready to sell", "checkbox")
    hand.tick(page.locator("#belief"))  # reasonable grounds
    hand.tap("That is all I saw")


def make_safe(hand):
    """The lines of the first hour, for both at once; the short question for each."""
    page = hand.page
    check_page(page)
    for _ in range(7):
        both = page.get_by_role("button", name="done for Both")
        if not both.count():
            break
        told = page.locator("#tell_childrens_services_now input[type=text]:visible").first
        if told.count() and "tell_childrens" in (both.first.get_attribute("name") or ""):
            hand.type(told, "Mo Hartley")
        with page.expect_navigation():  # else the page that goes is counted, and has no button any more
            hand.tap(both.first)
    line = page.locator("#section45_first_question")
    for fieldset in line.locator("fieldset").all():
        hand.tick(fieldset.get_by_label("Cannot rule out"))
    hand.type(line.get_by_label("A few words why").first, "Older man in a car has their phones")
    with page.expect_navigation():
        hand.tap(line.get_by_role("button", name="Save"))


def hand_on(hand):
    """What is left goes to the morning list."""
    page = hand.page
    hand.tap("End of shift: hand over what is left", role="link")
    check_page(page)
    with page.expect_navigation():
        hand.tap(page.get_by_role("button", name="Hand over all"))


def crime_records(hand, victims):
    """The record of each victim, to be copied. Without a script the whole stands there as text, to be selected."""
    page = hand.page
    hand.tap(page.get_by_role("link", name="the crime record, to copy").first)
    for number in range(1, victims + 1):
        check_page(page)
        whole = page.locator("section", has=page.get_by_role("heading", name="Full text")).locator(".lode-out")
        assert f"/{number}\n" in whole.inner_text()
        picture(page, f"crime-record-{number}")
        if number < victims:
            hand.tap(page.get_by_role("region", name="The other victims’ records").get_by_role("link").first)


def within_budget(hand, people):
    print(f"{hand.screens} screens, {hand.taps} taps, {len(hand.sentences)} sentences: {hand.sentences}")
    assert hand.screens <= 8
    assert hand.taps <= FIRST_PERSON + FURTHER_PERSON * (people - 1)
    assert len(hand.sentences) <= 3


def test_the_night_stays_within_its_budget(phone, opened, live):
    officer, clerk = somebody("frontline", name="PC Brandreth"), somebody("crime_allocation", name="Gwen Abara")
    detective = somebody("investigator", name="DC Marchetti")
    with within("fenmarch"):
        AccreditationFactory(user=detective, code="pip2")
    sign_in(phone, officer)
    phone.wait_for_url("**/my-work")
    hand = Hand(phone)
    record(hand)
    make_safe(hand)
    crime_records(hand, 2)
    hand_on(hand)
    within_budget(hand, people=2)
    with within("fenmarch"):
        case = Case.objects.get()
        made = Event.objects.filter(code="exchange.crime_pack_made", case=case.id)
        assert sorted(len(event.people) for event in made) == [1, 1], "one of each victim"
        left = Obligation.objects.filter(case=case, state="open", owed_by="frontline", when="now")
        assert list(left.values_list("code", "person__number")) == []

    phone.context.clear_cookies()
    sign_in(phone, clerk)
    phone.wait_for_url("**/my-work")
    hand.open(f"/cases/{case.reference}/allocate")
    check_page(phone)
    hand.open(f"/cases/{case.reference}/allocate")
    hand.tick(phone.get_by_label("DC Marchetti"))
    hand.tap(phone.get_by_role("main").get_by_role("button").first)
    with within("fenmarch"):
        case.refresh_from_db()
        assert case.owner_id == detective.id
        assert ledger.differences([case]) == []


def record_an_adult(hand):
    """The concern of one adult."""
    page = hand.page
    hand.open("/record")
    hand.type("What is happening?", "Woman asleep in the back of the car wash, she has no phone and no papers")
    hand.tick("Other building")
    hand.tick(page.locator("#p1-age-3"))  # over 25
    hand.tick(page.locator("#p1-part"))  # someone may be using them
    hand.tap("Continue")
    hand.tick(page.locator("#p1-danger"))
    hand.tap("Continue")
    hand.tick(page.locator("#belief"))
    hand.tap("That is all I saw")


def talk(hand):
    """One talk: four things said, alone, no interpreter needed, yes."""
    page = hand.page
    hand.tap(page.get_by_role("link", name="ask them about a referral, alone").first)
    check_page(page)
    for box in page.locator("input[name=said]").all():
        hand.tick(box)
    hand.tick(page.locator("input[name=alone]").first)
    hand.tick(page.locator("input[name=interpreter][value=not_needed]"))
    hand.tick(page.locator("input[name=answer][value=yes]"))
    hand.tap("Save and stop here")


def alone(hand):
    """The lines that are still open for one person, one tap each."""
    for _ in range(7):
        done = hand.page.get_by_role("button", name=re.compile("^Done"))
        if not done.count():
            break
        with hand.page.expect_navigation():
            hand.tap(done.first)


def test_the_night_of_an_adult_stays_within_its_budget_with_the_talk(phone, live):
    officer = somebody("frontline", name="PC Brandreth")
    sign_in(phone, officer)
    phone.wait_for_url("**/my-work")
    hand = Hand(phone)
    record_an_adult(hand)
    phone.wait_for_url("**/do-now**")
    talk(hand)
    alone(hand)
    crime_records(hand, 1)
    hand_on(hand)
    within_budget(hand, people=1)
    with within("fenmarch"):
        case = Case.objects.get()
        left = Obligation.objects.filter(case=case, state="open", owed_by="frontline", when="now")
        assert list(left.values_list("code", flat=True)) == []
        assert ledger.differences([case]) == []
