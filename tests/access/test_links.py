"""Every link: what a page offers, its reader can open. And every form: sent back empty or with nonsense, none is a fault.

Each role opens its own pages of the world and follows every link on them, each address at most three times. A new page is here
without anybody naming it: pages are found by the table of addresses and by links.
"""

from collections import Counter, deque
from dataclasses import dataclass, field
from html import unescape

import pytest
from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve
from lxml import html

from lodestar.platform.accounts.permissions import ROLES
from lodestar.platform.text.ids import new_id
from tests.access import table
from tests.access.world import OWN, filled
from tests.offenders import each

MOST = 3  # of one address, for one role
LEFT_OUT = {"sign-out", "hide", "clock", "unhide"}  # they end or hide the session of the rest of the test
PAGES = [entry for entry in table.entries() if entry.kind != "sends"]
TYPED = {
    "empty": lambda name: "",
    "NUL": lambda name: "a\x00b",
    "long": lambda name: "x" * 70_000,
    "impossible": lambda name: "31 February 2026",
}


@dataclass
class Crawl:
    """What a role was shown: pages by address, links followed, forms found by the address that they stand on."""

    pages: int = 0
    links: int = 0
    dead: list[str] = field(default_factory=list)
    forms: dict[str, tuple[str, object]] = field(default_factory=dict)


def name_of(address: str) -> str:
    """The name of the address, with its parts that are no ids: each kind of paper or list counts by itself."""
    try:
        match = resolve(address.partition("?")[0])
    except Resolver404:
        return address
    return match.url_name or address


def begin(world, role) -> list[tuple[str, str]]:
    """The pages that the role sees of its own things, by the table, and its first page."""
    own = [entry for entry in PAGES if role in entry.lines and entry.sees(role, OWN) and entry.name not in LEFT_OUT]
    return [("/", "sign-in"), *((filled(entry.route, world.where(role, OWN)), "the table") for entry in own)]


def crawl(world, role) -> Crawl:
    """Opens the role's pages and all that they lead to."""
    client, shown, seen, counts = Client(raise_request_exception=False), Crawl(), set(), Counter()
    client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[role]
    waiting = deque(begin(world, role))
    while waiting:
        address, source = waiting.popleft()
        address = address.partition("#")[0]
        name = name_of(address)
        if address in seen or name in LEFT_OUT or counts[name] >= MOST:
            continue
        seen.add(address)
        counts[name] += 1
        response = client.get(address)
        shown.links += 1
        if response.status_code >= 400:
            shown.dead.append(f"{role}: {response.status_code} at {address}, from {source}")
        elif response.status_code in (301, 302, 303):
            waiting.append((response["Location"], address))
        elif response.headers.get("Content-Type", "").startswith("text/html"):
            shown.pages += 1
            page = html.fromstring(response.content.decode())
            for anchor in page.iter("a"):
                target = unescape(anchor.get("href") or "")
                if target.startswith("?"):
                    target = address.partition("?")[0] + target
                if target.startswith("/") and not target.startswith("//"):
                    waiting.append((target, address))
            for form in page.iter("form"):
                if (form.get("method") or "get").lower() == "post":
                    at = (form.get("action") or address).partition("#")[0]
                    shown.forms.setdefault(f"{name} {name_of(at)}", (at, form))
    return shown


CRAWLS: dict[str, Crawl] = {}


def crawled(world, role) -> Crawl:
    """The crawl of a role, done once for the tests of this file."""
    if role not in CRAWLS:
        CRAWLS[role] = crawl(world, role)
    return CRAWLS[role]


def test_every_link_on_every_page_opens_for_its_reader(world):
    dead = [fault for role in ROLES for fault in crawled(world, role).dead]
    found = [crawled(world, role) for role in ROLES]
    print(f"{len(ROLES)} roles, {sum(c.pages for c in found)} pages, {sum(c.links for c in found)} links, {len(dead)} dead")
    assert dead == []
