"""Passkeys in a real browser with a device of its own that has a finger: made, used, removed. And the force's own sign-in."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from lodestar.platform.accounts.models import User
from lodestar.platform.tenancy.tenant_transaction import within
from tests.browser import DESK, PHONE
from tests.factories.accounts import PASSWORD, ForceIdentityFactory
from tests.journeys.harness.checks import check_page, picture
from tests.journeys.harness.people import sign_in_by_page, somebody
from tests.provider.started import provider_at, started

NAMED = "anna.brandreth@force.example"


def device(page: Page, **more: bool) -> str:
    """Gives the page a device that makes passkeys, whose holder shows a finger; its id."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    found: str = session.send("WebAuthn.addVirtualAuthenticator", {"options": options | more})["authenticatorId"]
    return found


@pytest.fixture
def by_name(live: str) -> str:
    """The address by name: a browser gives no passkeys to a bare number."""
    return live.replace("127.0.0.1", "localhost")


def test_a_passkey_is_made_used_and_removed(by_name: str, opened: Callable[..., Page]) -> None:
    user = somebody("frontline", name="PC Brandreth")
    page = opened(DESK, base_url=by_name)
    device(page)
    sign_in_by_page(page, user)
    page.get_by_role("link", name="Your account").click()
    check_page(page, "account")
    page.get_by_label("Name of this passkey").fill("work telephone")
    page.get_by_label("Your six digits, or your password").fill("wrong")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_text("not your password or the code").wait_for()
    page.get_by_label("Your six digits, or your password").fill(PASSWORD)
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_text("Not used yet").wait_for()
    picture(page, "account-with-passkey")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/my-work")
    page.goto("/account")
    assert "with a passkey" in page.locator("main").inner_text()
    page.get_by_role("link", name="Name or remove").click()
    check_page(page, "passkey")
    page.get_by_label("Your six digits, or your password").fill(PASSWORD)
    page.get_by_role("button", name="Remove this passkey").click()
    page.get_by_text("You have none").wait_for()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("That passkey is not known here").wait_for()


def test_a_device_without_finger_or_pin_makes_none(by_name: str, opened: Callable[..., Page]) -> None:
    user = somebody("frontline")
    page = opened(PHONE, base_url=by_name)
    device(page, hasUserVerification=False, isUserVerified=False)
    sign_in_by_page(page, user)
    page.goto("/account")
    page.get_by_label("Name of this passkey").fill("bare key")
    page.get_by_label("Your six digits, or your password").fill(PASSWORD)
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_text("Nothing came of it").wait_for()
    page.goto("/account")
    assert "You have none" in page.locator("main").inner_text()


def test_without_javascript_the_page_says_what_there_is_instead(phone: Page) -> None:
    sign_in_by_page(phone, somebody("frontline"))
    phone.goto("/account")
    check_page(phone, "account-plain")
    assert phone.get_by_role("button", name="Add a passkey").count() == 0
    assert "Your six digits let you in as before." in phone.locator("main").inner_text()


@pytest.fixture
def provider(live: str) -> Iterator[str]:
    """The force's own sign-in, which knows this server."""
    names = [live, live.replace("127.0.0.1", "localhost")]
    with started([f"{name}/sign-in/force/fenmarch/back" for name in names], [f"{name}/sign-in" for name in names]) as at:
        yield at


def test_in_by_the_force_with_a_passkey_as_second_proof_and_out_of_both(
    by_name: str, provider: str, opened: Callable[..., Page], settings: object
) -> None:
    settings.FORCE_SIGN_IN = {"fenmarch": provider_at(provider)}  # type: ignore[attr-defined]  # pytest-django's
    user = somebody("frontline", name="PC Brandreth")
    with within("fenmarch"):
        ForceIdentityFactory(user=user, named=NAMED)
    page = opened(PHONE, base_url=by_name)
    device(page)
    sign_in_by_page(page, user)
    page.goto("/account")
    page.get_by_label("Name of this passkey").fill("telephone")
    page.get_by_label("Your six digits, or your password").fill(PASSWORD)
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_text("Not used yet").wait_for()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/sign-in?next=/rules")
    check_page(page, "sign-in-by-force")
    page.get_by_role("button", name="Sign in with Fenmarch Police").click()
    page.get_by_role("button", name="without", exact=True).click()
    page.wait_for_url("**/sign-in/second")
    check_page(page, "second-proof")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/rules")
    page.get_by_role("link", name="Your account").click()
    page.get_by_role("button", name="Sign out").click()
    picture(page, "signed-out-here")
    page.get_by_role("link", name="sign out there too").click()
    page.get_by_role("button", name="Logout").click()
    page.wait_for_url(f"{by_name}/sign-in")
    assert User.objects.count() == 2  # the person, and whoever added the account


def test_a_stranger_to_lodestar_is_told_whom_to_ask(
    by_name: str, provider: str, opened: Callable[..., Page], settings: object
) -> None:
    settings.FORCE_SIGN_IN = {"fenmarch": provider_at(provider)}  # type: ignore[attr-defined]  # pytest-django's
    somebody("frontline")
    page = opened(PHONE, base_url=by_name, java_script_enabled=False)
    page.goto("/sign-in/force/fenmarch")
    page.get_by_role("button", name="stranger").click()
    assert "ask your force’s administrator of Lodestar" in page.locator("main").inner_text()
    check_page(page, "not-let-in")
