"""A real browser for tests: Debian's Chromium, driven by Playwright."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, sync_playwright

PHONE: ViewportSize = {"width": 320, "height": 640}
DESK: ViewportSize = {"width": 1280, "height": 900}
PATIENCE = 10_000  # milliseconds for any one thing to be there
# As root there is no sandbox to be had; the rest keeps Chromium from calling home, which no test may do.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, started once for each process that runs tests."""
    path = os.environ.get("LODESTAR_CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if not path:
        pytest.fail("The browser tests need Chromium. On Debian, as root: apt-get install chromium-headless-shell", pytrace=False)
    # Playwright keeps an event loop in this thread for as long as the process lives, and Django takes that for an
    # asynchronous caller. Nothing here is: each call waits for its answer.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def watched(context: BrowserContext) -> tuple[Page, list[str]]:
    """A page, and the list that everything it complains of goes into: refused by the policy, broken, not found."""
    page, complaints = context.new_page(), []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "the server responded with a status of" not in message.text:
            complaints.append(f"{message.text} ({message.location.get('url')})")

    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page, complaints


@pytest.fixture
def opened(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages, each with cookies of its own, and fails the test at its end if one of them complained.

    That a server answered with an error is for the test to judge and no complaint.
    """
    contexts: list[BrowserContext] = []
    heard: list[list[str]] = []

    def open_page(viewport: ViewportSize, **options: Any) -> Page:
        local: dict[str, Any] = {"locale": "en-GB", "timezone_id": "Europe/London"}
        contexts.append(chromium.new_context(viewport=viewport, **local, **options))
        contexts[-1].set_default_timeout(PATIENCE)
        page, complaints = watched(contexts[-1])
        heard.append(complaints)
        return page

    yield open_page
    for context in contexts:
        context.close()
    complaints = [one for page in heard for one in page]
    assert not complaints, "the browser complained:\n" + "\n".join(complaints)
