"""`bench/referral [ROUNDS] [JOURNEY...]`: our referral in a real browser, with shortest answers, beside the Home Office's form.

ROUNDS times (5) each of the journeys: adult, dtn, cooperating, child, second, unprepared. It begins on the page of the person,
with what a force holds by then: the concern, the talk about referral, the crime number, and who is writing. *Unprepared* is an
adult of the demo force who agreed, as the seed leaves them: no crime number, no place, no telephone of the writer. Copying what
is ready into the national form is counted beside it: a box copied and pasted, or a choice picked. Every question the form wants
an answer to is answered. Counted as the form was: a click for each option, each field gone into and each button or link; an
input for each field typed into or picked from. Targets: 12 pages, 60 clicks, 30 inputs (a second victim 15), 30 kB a page, and
nothing for axe to find. Prints, and asserts nothing but that no question is left open.
"""

import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bench.journeys import free_port, session_of, until_it_answers
from bench.referral_told import THEIRS, TITLES, told_of
from bench.scenery import load, prepare_pages, seed, set_up, spread

VERSION = "2026-04"
AGAIN = 5  # rounds
TARGETS = (12, 60, 30)  # pages, clicks, inputs
SECOND = 15  # inputs


@dataclass
class Hand:
    """One person at one page, and what they do to get to the end."""

    page: object
    clicks: int = 0
    inputs: int = 0
    answered: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # questions that cost a click, by page
    pages: list[str] = field(default_factory=list)
    sizes: dict[str, int] = field(default_factory=dict)
    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    violations: list[str] = field(default_factory=list)
    looks: bool = True  # whether each page is given to axe
    copying: tuple[int, int, int] = (0, 0, 0)  # boxes copied, choices picked, pages of the national form

    def press(self, what) -> None:
        """A button or link that leads to another page; takes its time until that page is whole."""
        self.clicks += 1
        began = time.perf_counter()
        with self.page.expect_navigation(wait_until="load"):
            what.click()
        self.arrived((time.perf_counter() - began) * 1000)

    def arrived(self, ms: float) -> None:
        """Takes down the page that stands now."""
        name = urlsplit(self.page.url).path.rpartition("/")[2]
        name = {"writing": "begin", "preview": "what would go"}.get(name, "overview" if "-" in name else name)
        self.took[name].append(ms)
        html = self.page.evaluate("fetch(location.href).then(answer => answer.text())")
        self.sizes[name] = max(self.sizes.get(name, 0), len(html.encode()))
        if name not in self.pages:
            self.pages.append(name)
            if self.looks:
                self.violations += _violations(self.page)

    def answer(self, code: str, told: str) -> None:
        """One question, if it stands open on the page."""
        control = self.page.locator(f'[name="{code}"]:visible')
        if not control.count():
            return
        kind = control.first.evaluate("one => one.type")
        if told in self.page.evaluate("name => new FormData(document.forms.f).getAll(name)", code):
            return  # it stands there already
        self.answered[urlsplit(self.page.url).path.rpartition("/")[2]].append(code)
        if kind in ("radio", "checkbox"):
            for value in told.split("\n"):
                self.clicks += 1
                self.page.locator(f'[name="{code}"][value="{value}"]').check()
            return
        self.clicks += 1
        self.inputs += 1
        if kind == "select-one":
            control.first.select_option(told)
        else:
            control.first.click()
            control.first.fill(told)


def _violations(page) -> list[str]:
    from tests.journeys.harness.checks import _axe

    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    found = _axe.run(page).response["violations"]
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = false })")
    return [f"{urlsplit(page.url).path.rpartition('/')[2]}: {one['id']}" for one in found]


def walk(hand: Hand, person, told: dict[str, str]) -> None:
    """From the page of the person to the page of what would go, with every question answered that the form asks."""
    page = hand.page
    page.goto(f"/people/{person}")
    hand.press(page.get_by_role("link", name="Write the referral", exact=True))
    hand.press(page.get_by_role("button", name="Begin", exact=True))
    if page.url.endswith("/common"):
        boxes = page.get_by_role("checkbox")
        for number in range(boxes.count()):
            hand.clicks += 1
            boxes.nth(number).check()
        hand.press(page.get_by_role("button", name="Copy what is ticked", exact=True))
    for _ in range(20):
        for code in _on(page, told):
            hand.answer(code, told[code])
        ways = page.get_by_role("button", name="Save and go on", exact=True)
        hand.press(ways if ways.count() else page.get_by_role("button", name="Save, and see what would go", exact=True))
        if "/sections/" not in page.url:
            break
    hand.copying = _copying(page)


def _copying(page) -> tuple[int, int, int]:
    """How many boxes are copied into the national form, how much is picked there, and on how many of its pages."""
    copied = picked = pages = 0
    while True:
        boxes = page.locator("section[data-field]")
        with_button = page.locator("section[data-field]:has(a[data-copy])").count()
        copied, picked = copied + with_button, picked + boxes.count() - with_button
        pages += page.locator("section.lode-pack").count()
        further = page.get_by_role("link", name="The next pages")
        if not further.count():
            return copied, picked, pages
        page.goto(further.get_attribute("href"))


def _on(page, told: dict[str, str]) -> Iterator[str]:
    names = page.evaluate("[...document.forms.f.elements].map(one => one.name)")
    yield from (name for name in dict.fromkeys(names) if name in told)


def left_open(person, force: str) -> list[str]:
    """The fields of the form that are named as missing."""
    from django.utils import timezone

    from lodestar.casework.referral_forms.rules.form import missing
    from lodestar.casework.referrals.models import ReferralDraft
    from lodestar.casework.referrals.queries import writing as queries
    from lodestar.platform.tenancy.tenant_transaction import within

    with within(force):
        writing = ReferralDraft.objects.select_related("person__case").get(person=person)
        return [one.name for one in missing(queries.sheet_of(writing).form_pages(timezone.localdate()))]


FORCE = "lincolnshire"  # one that the form's list of forces names


@contextmanager
def served() -> Iterator[str]:
    """The production server, in processes of its own."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "python:lodestar.config.server", "-w", "2", "--threads", "4",
         "-b", f"127.0.0.1:{port}", "--log-level", "error", "lodestar.config.wsgi"],
    )  # fmt: skip
    try:
        until_it_answers(server, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def main(rounds: int, names: list[str]) -> None:
    set_up()
    prepare_pages()
    if "unprepared" in names:
        print(seed(1))
    from django.conf import settings
    from playwright.sync_api import sync_playwright

    from bench.referral_met import demo_officer, demo_person, met
    from launcher import browser as chromium
    from tests.browser import DESK, FLAGS
    from tests.journeys.harness.people import sign_in, somebody

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    path = os.environ.get("LODESTAR_CHROMIUM") or chromium.find()
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for name in names:
            hands = []
            force = "fenmarch" if name == "unprepared" else FORCE
            for number in range(rounds):
                is_demo = name == "unprepared"
                officer = demo_officer() if is_demo else somebody("frontline", name="PC Hanna Brandreth", tenant=FORCE)
                page = browser.new_context(viewport=DESK, base_url=address, locale="en-GB").new_page()
                if is_demo:
                    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(officer.username), "url": address}
                    page.context.add_cookies([cookie])
                else:
                    sign_in(page, officer)
                    page.wait_for_load_state()
                hands.append(Hand(page, looks=number == 0))
                person = demo_person(officer, number) if is_demo else met(officer, name)
                walk(hands[-1], person, told_of(name))
                gaps = left_open(person, force)
                assert gaps == [], f"{name}: left open {gaps}"
                page.context.close()
            report(name, hands)
        browser.close()


def report(name: str, hands: list[Hand]) -> None:
    """What it took, beside the Home Office's form."""
    one, sections = hands[0], [page for page in hands[0].pages if page not in ("begin", "overview", "what would go")]
    pages, shown, clicks, inputs, median, most = THEIRS[name]
    print(f"\n{TITLES[name]} ({load()})")
    print(f"  ours: {len(sections)} pages of questions, {one.clicks} clicks, {one.inputs} inputs typed or picked, "
          f"heaviest page {max(one.sizes.values())} bytes, axe {len(one.violations)}")  # fmt: skip
    print("  copying into the national form: {} boxes copied and pasted, {} choices picked, {} of its pages".format(*one.copying))
    print(f"  the Home Office's form: {pages} pages, {clicks} clicks, {inputs} inputs, {shown} fields shown; "
          f"submit to next page {median} ms in the middle, {most} at most; heaviest page 61 kB, axe 17 on 13 pages")  # fmt: skip
    most_inputs = SECOND if name == "second" else TARGETS[2]
    met = len(sections) <= TARGETS[0] and one.clicks <= TARGETS[1] and one.inputs <= most_inputs
    met = met and max(one.sizes.values()) <= 30_000 and not one.violations
    print(f"  targets ({TARGETS[0]} pages, {TARGETS[1]} clicks, {most_inputs} inputs, 30,000 bytes, axe 0): "
          f"{'met' if met else 'NOT MET'}")  # fmt: skip
    took: dict[str, list[float]] = defaultdict(list)
    for hand in hands:
        for page, times in hand.took.items():
            took[page] += times
    for page in one.pages:
        print(f"  {page:14} {one.sizes[page]:6} bytes  {spread(took[page])}  {' '.join(one.answered[page])}")
    for violation in one.violations:
        print(f"  axe: {violation}")


if __name__ == "__main__":
    words = sys.argv[1:]
    number = int(words.pop(0)) if words and words[0].isdecimal() else AGAIN
    main(number, words or list(TITLES))
