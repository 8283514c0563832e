"""Making a token for another system and revoking it, on a telephone without JavaScript and at a desk."""

from lodestar.tenancy.within import within
from tests.factories.accounts import ApiTokenFactory
from tests.journeys.harness.checks import check_page, picture
from tests.journeys.harness.hand import Hand
from tests.journeys.harness.people import sign_in, somebody


def test_a_token_is_made_shown_once_and_revoked(phone, desk):
    admin = somebody("administrator", name="Robin Achterberg")
    with within("fenmarch"):
        ApiTokenFactory(name="Custody system", made_by=admin)
    sign_in(phone, admin)
    hand = Hand(phone)
    hand.open("/tokens")
    check_page(phone)
    picture(phone, "tokens")
    hand.type("Which system is it for?", "Command and control")
    hand.tap("Make a token")
    text = phone.locator(".lode-out").inner_text()
    assert text.startswith("lodestar.fenmarch.")
    check_page(phone)
    picture(phone, "token-made")
    hand.tap("I have copied it", "link")
    assert text not in phone.content()
    hand.tap("Revoke the token of Command and control")
    assert phone.url.endswith("/tokens")
    assert phone.get_by_role("button", name="Revoke the token of Command and control").count() == 0
    sign_in(desk, somebody("administrator"))
    desk.goto("/tokens")
    assert desk.locator("h1").inner_text() == "Tokens of other systems"
    check_page(desk)
    picture(desk, "tokens")
