"""Every page, for everybody who may open it, on the narrowest telephone: nothing stands out at its side, nothing is cut."""

import pytest
from django.conf import settings
from django.test import Client

from tests.access import table, world
from tests.browser import PHONE
from tests.factories.signed_in import signed_in

# Unfolds everything, and says what is wider than the window and which boxes are too small for the day or time in them.
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
  return found
}"""


@pytest.fixture
def everything(live):
    return world.build()


def pages(made, role):
    """The addresses of all pages that this role sees of what is theirs."""
    for entry in table.entries():
        if entry.kind != "sends" and entry.sees(role, world.OWN):
            yield entry.name, world.filled(entry.route, made.where(role, world.OWN))


def test_no_page_is_wider_than_the_narrowest_telephone(live, everything, opened):
    page = opened(PHONE, base_url=live, java_script_enabled=False)
    wrong, seen = [], set()
    for role, member in everything.members.items():
        client = signed_in(Client(), member)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live}])
        for name, path in pages(everything, role):
            answer = client.get(path)
            is_page = answer["Content-Type"].startswith("text/html") and "attachment" not in answer.get("Content-Disposition", "")
            if answer.status_code != 200 or not is_page:
                continue
            page.goto(path, wait_until="domcontentloaded")
            seen.add(name)
            wrong += [f"{role} {path}: {fault}" for fault in page.evaluate(WIDE)]
    assert not wrong, "\n".join(wrong)
    assert len(seen) > 50
