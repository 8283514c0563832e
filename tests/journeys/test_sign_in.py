"""Signing in, on a telephone without JavaScript and at a desk."""

from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories import accounts
from tests.journeys.harness.checks import check_page
from tests.journeys.harness.hand import Hand
from tests.journeys.harness.people import sign_in_by_page, somebody


def test_the_way_in_holds_nothing_for_axe_and_rings_without_signing_in(page):
    page.goto("/sign-in")
    check_page(page, "sign-in")
    page.locator("summary", has_text="I cannot get in").click()
    assert page.locator("a.lode-ring").first.get_attribute("href").startswith("tel:")


def test_a_wrong_answer_is_said_without_saying_which(phone):
    hand = Hand(phone)
    hand.open("/sign-in")
    hand.type("User name", "nobody")
    hand.type("Password", "wrong words here")
    hand.type("Code from your app", "123456")
    hand.tap("Sign in")
    assert phone.get_by_role("alert").inner_text().startswith("You are not signed in yet")
    assert phone.get_by_label("User name").input_value() == "nobody"
    assert phone.get_by_label("Password").input_value() == ""
    assert phone.title() == "Error: Sign in - Lodestar"
    assert (hand.screens, hand.loads, hand.taps, len(hand.typed), len(hand.sentences)) == (1, 2, 1, 3, 1)
    check_page(phone)


def test_hide_leaves_a_clock(phone):
    sign_in_by_page(phone, somebody("frontline"))
    phone.goto("/hide")
    assert phone.url.endswith("/clock")
    assert phone.title() == "Clock"
    check_page(phone, "clock")


def test_whoever_serves_in_two_places_says_where_they_are_today(phone):
    user = somebody("frontline")
    accounts.TenantFactory(slug="eastern", name="Eastern regional unit", reference_prefix="ER")
    with within("eastern"):
        accounts.MembershipFactory(user=user, roles=["coordinator"])
    sign_in_by_page(phone, user)
    check_page(phone, "start")
    Hand(phone).tap("Eastern regional unit Coordinator")
    assert phone.url.endswith("/morning-list")
