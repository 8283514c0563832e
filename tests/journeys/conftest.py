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
from contextlib import ExitStack

import pytest
from playwright.sync_api import Page

from tests.browser import DESK, PHONE
from tests.databases import speaking_to
from tests.journeys.harness.servers import within_this_process


@pytest.fixture(scope="session")
def server(emptied, django_db_blocker) -> Iterator[str]:
    """The address of the server that the first journey starts and all go on with."""
    with ExitStack() as running:
        with django_db_blocker.unblock(), speaking_to(emptied[0]):
            address = running.enter_context(within_this_process())
        yield address


@pytest.fixture
def live(own_database: str, server: str) -> str:
    """The address of Lodestar, served as the application's role from this test's database."""
    return server


@pytest.fixture
def phone(live: str, opened: Callable[..., Page]) -> Page:
    """A small telephone without JavaScript: every journey is whole on it."""
    return opened(PHONE, base_url=live, java_script_enabled=False)


@pytest.fixture
def desk(live: str, opened: Callable[..., Page]) -> Page:
    """A desktop with JavaScript."""
    return opened(DESK, base_url=live)


@pytest.fixture(params=["phone", pytest.param("desk", marks=pytest.mark.long)])
def page(request: pytest.FixtureRequest) -> Page:
    """A telephone without scripts, and, left to `--all`, a desk with them."""
    return request.getfixturevalue(request.param)
