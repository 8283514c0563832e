"""Every page, for everybody who may open it, on the narrowest telephone: nothing stands out at its side, nothing is cut, and no
full stop begins a line."""

import uuid

import pytest
from django.conf import settings

from tests.access import table, world
from tests.access.asking import browser
from tests.browser import PHONE
from tests.databases import TEMPLATE, connected_to, made_once
from tests.journeys.harness.servers import within_this_process

# Unfolds everything, and says what is wider than the window, which boxes are too small for the day or time in them, and which
# full stops and commas have left the words they end.
WIDE = """() => {
  document.querySelectorAll('details').forEach(one => { one.open = true })
  const found = [], page = document.documentElement
  if (page.scrollWidth > page.clientWidth) {
    const out = [...document.querySelectorAll('main *')].find(one => one.getBoundingClientRect().right > page.clientWidth)
    found.push(`${page.scrollWidth - page.clientWidth} px wider than the window: ${out ? out.outerHTML.slice(0, 120) : ''}`)
  }
  for (const box of document.querySelectorAll('input.govuk-input')) {
    const small = box.value && box.value.length < 16 && box.scrollWidth > box.clientWidth
    if (small) found.push(`“${box.value}” is cut in its box #${box.id}`)
  }
  const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const text = texts.currentNode, ended = text.previousElementSibling
    const last = ended ? ended.textContent.split(/\\s/).at(-1) : ''
    if (!last || last.length > 24 || !/^[.,;:!?)”]/.test(text.data) || !ended.getClientRects().length) continue
    const range = document.createRange()
    range.setStart(text, 0)
    range.setEnd(text, 1)
    const [sign] = range.getClientRects(), word = [...ended.getClientRects()].at(-1)
    if (sign && sign.top >= word.bottom) found.push(`“${text.data[0]}” begins a line after “${ended.textContent.slice(-40)}”`)
  }
  return found
}"""


@pytest.fixture
def everything(django_db_setup, django_db_blocker, tmp_path_factory):
    """The world of the access matrix, in a database of this test's own."""
    with django_db_blocker.unblock():
        template, made = made_once("world", world.build, tmp_path_factory)
        with connected_to(f"{TEMPLATE}_narrow_{uuid.uuid4().hex[:12]}", template):
            yield made


@pytest.fixture
def live(everything):
    with within_this_process() as address:
        yield address


def pages(made, role):
    """The addresses of all pages that this role sees of what is theirs."""
    for entry in table.entries():
        if entry.kind != "sends" and entry.sees(role, world.OWN):
            yield entry.name, world.filled(entry.route, made.where(role, world.OWN))


# For each role that sees it a page has other links, and little else: that takes a minute, and is left to `--all`.
@pytest.mark.parametrize("for_each_role", [False, pytest.param(True, marks=pytest.mark.long)])
def test_no_page_is_wider_than_the_narrowest_telephone(live, everything, opened, for_each_role):
    page = opened(PHONE, base_url=live, java_script_enabled=False)
    wrong, shows = [], {}
    for role, cookie in everything.sessions.items():
        client = browser(everything, role)
        page.goto("/ring")
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live}])
        for name, path in pages(everything, role):
            is_new = name not in shows
            if is_new:  # a file to keep would be no page for the browser to go to
                answer = client.get(path)
                shows[name] = is_page(answer)
            if not shows[name] or not (is_new or for_each_role):
                continue
            page.set_content((answer if is_new else client.get(path)).content.decode())
            assert page.evaluate("document.styleSheets.length"), path
            wrong += [f"{role} {path}: {fault}" for fault in page.evaluate(WIDE)]
    assert not wrong, "\n".join(wrong)
    assert sum(shows.values()) > 50


def is_page(answer):
    is_kept = "attachment" in answer.get("Content-Disposition", "")
    return answer.status_code == 200 and answer["Content-Type"].startswith("text/html") and not is_kept


def test_the_full_stop_stays_with_what_is_masked(live, everything, opened):
    page = opened(PHONE, base_url=live, java_script_enabled=False)
    path = next(path for name, path in pages(everything, "frontline") if name == "person")
    page.goto("/ring")
    page.set_content(browser(everything, "frontline").get(path).content.decode())
    assert page.locator(".lode-masked").count(), path
    for width in range(300, 400, 4):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate(WIDE) == []
