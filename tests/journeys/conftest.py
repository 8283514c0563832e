"""The browser tests: a served Lodestar with a database of the test's own, a phone without JavaScript, a desk with it.

def test_...(phone, live):
    user = somebody("frontline")
    sign_in(phone, user)
    hand = Hand(phone)                 counts screens, taps and what is typed
    ...
    check_page(phone)                  axe, width, weight
    picture(phone, "my-work")          with PICTURES=folder in the environment
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.browser import DESK, PHONE
from tests.journeys.harness.servers import within_this_process


@pytest.fixture
def live(own_database: str) -> Iterator[str]:
    """The address of Lodestar, served as the application's role from a database of this test's own."""
    with within_this_process() as address:
        yield address


@pytest.fixture
def phone(live: str, opened: Callable[..., Page]) -> Page:
    """A small telephone without JavaScript: every journey is whole on it."""
    return opened(PHONE, base_url=live, java_script_enabled=False)


@pytest.fixture
def desk(live: str, opened: Callable[..., Page]) -> Page:
    """A desktop with JavaScript."""
    return opened(DESK, base_url=live)
