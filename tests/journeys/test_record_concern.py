"""An officer records a concern on a small telephone without JavaScript, and every screen, tap and word is counted."""

import re

import pytest

from lodestar.casework.cases.models import AllegedOffence, Case, Exploitation, Person
from lodestar.casework.concerns.models import SignSeen
from lodestar.platform.tenancy.tenant_transaction import within
from tests.journeys.harness.checks import check_page, picture
from tests.journeys.harness.hand import Hand
from tests.journeys.harness.people import sign_in, somebody


@pytest.fixture
def officer(phone):
    """A phone in the hand of an officer who is signed in."""
    user = somebody("frontline", name="PC Brandreth")
    sign_in(phone, user)
    phone.wait_for_url("**/my-work")
    return user


def test_two_teenagers_with_wraps_take_three_screens_twelve_taps_and_one_typed_field(phone, officer):
    hand = Hand(phone)
    hand.open("/record")
    check_page(phone, "record-who-new")
    hand.type("What is happening?", "Two lads with wraps behind the station, one keeps looking at a parked car")
    hand.tick("Street")
    hand.tick(phone.locator("#p1-age"))  # under 18
    hand.tick(phone.locator("#p1-part"))  # someone may be using them
    hand.tick(phone.locator("#p1-part-2"))  # suspected of something
    hand.tick(phone.locator("#p2-like"))
    check_page(phone, "record-who")
    hand.tap("Continue")

    assert phone.url.endswith("/safe")
    check_page(phone, "record-safe-new")
    hand.tick(phone.locator("#p1-danger"))
    hand.tick(phone.locator("#p2-danger-3"))
    hand.tap("Continue")

    assert phone.url.endswith("/signs/drugs")
    check_page(phone, "record-signs-new")
    hand.tick("Wraps or bags ready to sell", "checkbox")
    hand.tick(phone.locator("fieldset", has_text="Afraid, or looks to someone").get_by_label("Person 2", exact=True))
    check_page(phone, "record-signs")
    counted = (hand.screens, hand.taps + 1, len(hand.typed))
    hand.tap("That is all I saw")

    assert re.search(r"/cases/FM-\d\d-\d{4}/do-now$", phone.url)
    assert counted[0] <= 3
    assert counted[1] <= 12
    assert counted[2] == 1
    with within("fenmarch"):
        case = Case.objects.get()
        people = list(Person.objects.order_by("number"))
        assert case.what.startswith("Two lads")
        assert [(one.age_max, one.belief, one.out_of_danger, one.place) for one in people] == [
            (17, "signs_only", "yes", "street"),
            (17, "signs_only", "not_sure", "street"),
        ]
        assert AllegedOffence.objects.filter(stage="stop").count() == 2
        assert set(SignSeen.objects.values_list("code", "person__number")) == {
            ("wraps_ready_to_sell", None),
            ("afraid_looks_to_someone", 2),
        }
        assert Exploitation.objects.get().person == people[1]


NAMES = ("Nguyễn Thị Hồng Nhung", "ሰላም ገብረ", "محمد الأحمد", "Ω" * 60)


def test_a_name_in_any_script_an_age_in_dispute_and_a_search_in_ones_own_words(phone, officer):
    hand = Hand(phone)
    hand.open("/record")
    hand.type(phone.locator("#what"), "Nail bar, four women in a back room")
    for number, name in enumerate(NAMES[:2], 1):
        hand.type(phone.locator(f"#p{number}-name"), name)
    hand.tick(phone.locator("#p1-part"))
    phone.locator("summary", has_text="Age in years").first.click()
    hand.type(phone.locator("#p1-born"), "31 February 2009")
    hand.tap("Continue")
    told = phone.get_by_role("alert").inner_text()
    assert told.startswith("One thing could not be read. What you typed is kept: correct it and save again.")
    assert phone.locator("#p1-born").input_value() == "31 February 2009"
    assert phone.locator("#p2-name").input_value() == NAMES[1]
    check_page(phone, "record-who-error")

    phone.locator("#p1-born").fill("2001")
    phone.locator("#p1-basis").select_option(label="In dispute")
    phone.locator("#p1-age").check()
    phone.get_by_role("button", name="Add another person", exact=True).click()
    phone.wait_for_url("**/who?more=1")
    check_page(phone, "record-who-more")
    for number, name in enumerate(NAMES[2:], 1):
        phone.locator(f"#p{number}-name").fill(name)
    phone.get_by_role("button", name="Continue", exact=True).click()
    phone.wait_for_url("**/safe")
    check_page(phone, "record-safe-names")
    phone.get_by_role("button", name="Continue", exact=True).click()
    phone.wait_for_url("**/signs/drugs")
    phone.get_by_label("Not here? Find it in your own words").fill("gaffer's got all their pasports")
    phone.keyboard.press("Enter")
    phone.get_by_role("heading", name="Found", exact=True).wait_for()
    check_page(phone, "record-signs-found")
    phone.locator("fieldset", has_text="papers").get_by_label("All 4", exact=True).first.check()
    phone.locator("#belief").check()
    phone.get_by_role("button", name="Next group: labour", exact=True).click()
    phone.wait_for_url("**/signs/labour")
    check_page(phone, "record-signs-labour")
    with within("fenmarch"):
        people = list(Person.objects.order_by("number"))
        assert [one.name for one in people] == list(NAMES)
        assert {one.belief for one in people} == {"reasonable_grounds"}
        assert (people[0].age_min, people[0].birth_date, people[0].age_basis) == (17, "2001", "disputed")
        assert SignSeen.objects.count() == 4


def test_back_leads_to_what_was_saved(phone, officer):
    phone.goto("/record")
    phone.locator("#what").fill("Two lads")
    phone.locator("#p1-name").fill("Kieran")
    phone.get_by_role("button", name="Continue", exact=True).click()
    phone.wait_for_url("**/safe")
    phone.go_back()
    assert phone.url.endswith("/who")
    assert phone.locator("#p1-name").input_value() == "Kieran"
    phone.locator("#p1-name").fill("Kieran O’Dell")
    phone.get_by_role("button", name="Continue", exact=True).click()
    phone.wait_for_url("**/safe")
    with within("fenmarch"):
        assert [one.name for one in Person.objects.all()] == ["Kieran O’Dell"]


def test_a_supervisor_decides_on_the_signs_listed(page):
    sergeant = somebody("frontline", "supervisor", name="Sgt Solanki")
    sign_in(page, sergeant)
    page.wait_for_url("**/my-work")
    page.goto("/record")
    page.locator("#what").fill("Man living in the back of the car wash")
    page.locator("#p1-name").fill("Luan")
    page.locator("#p1-part").check()
    picture(page, "record-who-desk")
    page.get_by_role("button", name="Continue", exact=True).click()
    page.wait_for_url("**/safe")
    picture(page, "record-safe-desk")
    page.get_by_role("button", name="Continue", exact=True).click()
    page.wait_for_url("**/signs/drugs")
    page.get_by_role("button", name="Next group: labour", exact=True).click()
    page.wait_for_url("**/signs/labour")
    page.get_by_label("Paid little or nothing", exact=True).check()
    page.get_by_label("Lives where they work, and hardly leaves", exact=True).check()
    page.get_by_label("Anything else, in your words").fill("He said the boss keeps his card.")
    check_page(page, "record-signs-one")
    page.get_by_role("button", name="That is all I saw", exact=True).click()
    page.wait_for_url("**/do-now")
    with within("fenmarch"):
        person = Person.objects.get()
    page.goto(f"/people/{person.id}/belief")
    check_page(page, "belief")
    page.get_by_role("button", name="Save the decision", exact=True).click()
    assert "Nothing is decided yet" in page.get_by_role("alert").inner_text()
    page.get_by_label("There are reasonable grounds", exact=True).check()
    page.get_by_label("Why", exact=True).fill("He has no pay and no card.")
    page.get_by_role("button", name="Save the decision", exact=True).click()
    with within("fenmarch"):
        assert Person.objects.get().belief == "reasonable_grounds"


def test_two_tabs_that_say_different_things_are_both_shown(phone, officer):
    phone.goto("/record")
    phone.locator("#p1-name").fill("Kieran")
    phone.get_by_role("button", name="Continue", exact=True).click()
    phone.wait_for_url("**/safe")
    address = phone.url.replace("/safe", "/who")
    phone.goto(address)
    other = phone.context.new_page()
    other.goto(address)
    other.locator("#p1-name").fill("Kieron")
    other.get_by_role("button", name="Continue", exact=True).click()
    other.wait_for_url("**/safe")
    phone.locator("#p1-name").fill("Ciaran")
    phone.locator("#p1-age").check()
    phone.get_by_role("button", name="Continue", exact=True).click()
    phone.get_by_role("heading", name="A colleague saved this while you were writing").wait_for()
    check_page(phone, "record-who-clash")
    phone.get_by_role("button", name="Keep both, one after the other", exact=True).click()
    phone.wait_for_url("**/safe")
    with within("fenmarch"):
        person = Person.objects.get()
        assert (person.name, person.age_max) == ("Kieron / Ciaran", 17)
