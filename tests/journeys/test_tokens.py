"""Making a token for another system and revoking it, on a telephone without JavaScript and at a desk."""

from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.accounts import ApiTokenFactory
from tests.journeys.harness.checks import check_page
from tests.journeys.harness.hand import Hand
from tests.journeys.harness.people import sign_in, somebody


def test_a_token_is_made_shown_once_and_revoked(page, live):
    admin = somebody("administrator", name="Robin Achterberg")
    with within("fenmarch"):
        ApiTokenFactory(name="Custody system", made_by=admin)
    sign_in(page, admin)
    hand = Hand(page)
    hand.open("/tokens")
    check_page(page, "tokens")
    hand.type("Which system is it for?", "Command and control")
    hand.tap("Make a token")
    text = page.locator(".lode-out").inner_text()
    assert text.startswith("lodestar.fenmarch.")
    check_page(page, "token-made")
    hand.tap("I have copied it", "link")
    assert text not in page.content()
    hand.tap("Revoke the token of Command and control")
    assert page.url.endswith("/tokens")
    assert page.get_by_role("button", name="Revoke the token of Command and control").count() == 0
