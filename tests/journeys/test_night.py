"""A night: two teenagers found with wraps are recorded, made safe, handed on and allocated, at 320 px without JavaScript.

The budget (practice, section 12): at most 8 screens, 25 taps for the first person and 6 for each further, 3 typed sentences.
"""

from lodestar.cases import ledger
from lodestar.cases.models import Case, Obligation
from lodestar.tenancy.within import within
from tests.factories.accounts import AccreditationFactory
from tests.journeys.harness.checks import check_page
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
    hand.tap("End of tour: hand on what is left", role="link")
    check_page(page)
    with page.expect_navigation():
        hand.tap(page.get_by_role("button", name="Hand on all"))


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
    hand_on(hand)
    with within("fenmarch"):
        case = Case.objects.get()
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
    print(f"{hand.screens} screens, {hand.taps} taps, {len(hand.sentences)} sentences: {hand.sentences}")
    assert hand.screens <= 8
    assert hand.taps <= FIRST_PERSON + FURTHER_PERSON
    assert len(hand.sentences) <= 3
