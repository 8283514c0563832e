"""What every page must pass, whoever it is for."""

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

HEAVIEST = 30_000  # bytes of HTML before compression
INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|\sstyle=|<style|\son[a-z]+=\"", re.IGNORECASE)
_axe = Axe()
_IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")
_twins: dict[Browser, Page] = {}


def check_page(page: Page, name: str = "") -> None:
    """The page as it stands: nothing for axe to find with everything unfolded, no sideways scrolling, light, one h1. With a
    name, a picture of it before."""
    if name:
        picture(page, name)
    if not _is_audited(page):
        check_accessible(page)
    check_width(page)
    check_html(page.content())
    assert page.locator("h1").count() == 1, f"{page.url} has {page.locator('h1').count()} first headings"


def check_accessible(page: Page) -> None:
    """axe-core finds nothing (WCAG 2.0 to 2.2 A and AA, and best practice), every `details` open."""
    with scripted(page) as seen:
        seen.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        violations = _axe.run(seen).response["violations"]
    found = [f"{one['id']}: {one['help']}\n    {node['html'][:200]}" for one in violations for node in one["nodes"]]
    assert not found, f"{page.url}\n" + "\n".join(found)


def _is_audited(page: Page) -> bool:
    """Whether axe has seen this page in this run, in whichever of its processes: its address but for ids, its title, its width,
    and which parts and errors it has."""
    page.wait_for_load_state()
    parts = page.evaluate("['h1', '.govuk-error-summary', 'form', 'fieldset', 'table', 'details'].map(one => "
                          "document.querySelectorAll(one).length && document.querySelector(one).className)")  # fmt: skip
    path = _IDS.sub("#", urlsplit(page.url).path)
    key = (path, (page.viewport_size or {}).get("width"), page.title(), str(parts))
    mark = Path(os.environ["LODESTAR_VAR"]) / "shown_to_axe" / hashlib.sha256(repr(key).encode()).hexdigest()
    mark.parent.mkdir(exist_ok=True)
    try:
        mark.mkdir()
    except FileExistsError:
        return True
    return False


@contextmanager
def scripted(page: Page) -> Iterator[Page]:
    """The page itself; for one that runs no script the same HTML in one that does, since axe waits for ever without."""
    page.wait_for_load_state()  # what a tap led to may only just have begun
    if page.evaluate("document.body.classList.contains('js-enabled')"):
        yield page
        return
    twin = _twin(page)
    html, address = page.content(), page.url.partition("#")[0]
    twin.route(address, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    try:
        twin.goto(address)
        yield twin
    finally:
        twin.goto("about:blank")  # what its scripts began ends here
        twin.unroute(address)


def _twin(page: Page) -> Page:
    """A page of the same browser and size that runs scripts, nobody signed in: one for all, which has read the styles."""
    browser = page.context.browser
    assert browser is not None
    assert page.viewport_size is not None
    if browser not in _twins:
        _twins[browser] = browser.new_context().new_page()
    _twins[browser].set_viewport_size(page.viewport_size)
    return _twins[browser]


def check_width(page: Page) -> None:
    """Nothing is wider than the window."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px wider than the window"


def check_html(html: str) -> None:
    """Within the budget of a page, and with nothing that the content security policy would have to forbid."""
    assert len(html.encode()) <= HEAVIEST, f"{len(html.encode())} bytes of HTML, {HEAVIEST} are allowed"
    inline = INLINE.search(html)
    assert inline is None, f"inline script or style: {html[inline.start() : inline.start() + 80]}"


def picture(page: Page, name: str) -> None:
    """Keeps a picture of the whole page where the environment's PICTURES says; without it does nothing."""
    folder = os.environ.get("PICTURES")
    if folder:
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True, caret="initial")
