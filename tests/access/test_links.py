"""Every link: what a page offers, its reader can open. And every form: sent back empty or with nonsense, none is a fault.

Each role opens its own pages of the world and follows every link on them, each address at most twice. A new page is here
without anybody naming it: pages are found by the table of addresses and by links.
"""

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from html import unescape

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve
from lxml import html

from lodestar.platform.accounts.permissions import ROLES
from lodestar.platform.text.ids import new_id
from tests.access import table
from tests.access.world import OWN, every_url, filled, is_of_a_thing

MOST = 2  # of one address of a thing, for one role; of an address that is the same for everybody one
LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"')
FORM = re.compile(r'<form\b[^>]*\bmethod="post".*?</form>', re.DOTALL)
ACTION = re.compile(r'^<form\b[^>]*\baction="([^"]*)"')
ROUTES = {pattern.name: route for route, pattern in every_url()}
START = {"case", "person", "owed", "new-one"}
LEFT_OUT = {"sign-out", "hide", "clock", "unhide"}  # they end or hide the session of the rest of the test
PAGES = [entry for entry in table.entries() if entry.kind != "sends"]
NEVER_CHANGED = {"csrfmiddlewaretoken", "submission_key", "form_path", "form_of"}  # without them no form is read at all
NONSENSE = ("a\x00b", "x" * 70_000, "31 February 2026")  # each text of a form gets another of them
KINDS = ("empty", "nonsense", "hidden changed")


@dataclass
class Crawl:
    """What a role was shown: pages by address, links followed, forms found by the address that they stand on."""

    pages: int = 0
    links: int = 0
    dead: list[str] = field(default_factory=list)
    forms: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)  # by page and action; action and markup


def name_of(address: str) -> str:
    """The name of the address, with its parts that are no ids: each kind of paper or list counts by itself."""
    try:
        match = resolve(address.partition("?")[0])
    except Resolver404:
        return address
    return match.url_name or address


def most_of(name: str) -> int:
    """How often a role opens an address of this name."""
    return MOST if name not in ROUTES or is_of_a_thing(ROUTES[name]) else 1


def begin(world, role) -> list[tuple[str, str]]:
    """The role's first page, its own case and person where it sees them, and the pages of its own that no list leads to."""
    own = [entry for entry in PAGES if entry.name in START and entry.sees(role, OWN)]
    return [
        ("/", "sign-in"),
        ("/more", "sign-in"),
        *((filled(entry.route, world.where(role, OWN)), "the table") for entry in own),
    ]


def crawl(world, role) -> Crawl:
    """Opens the role's pages and all that they lead to."""
    client, shown, seen, counts = Client(raise_request_exception=False), Crawl(), set(), Counter()
    client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[role]
    waiting = deque(begin(world, role))
    while waiting:
        address, source = waiting.popleft()
        address = address.partition("#")[0]
        name = name_of(address)
        if address in seen or name in LEFT_OUT or counts[name] >= most_of(name):
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
            page = response.content.decode()
            for target in map(unescape, LINK.findall(page)):
                if target.startswith("?"):
                    target = address.partition("?")[0] + target
                if target.startswith("/") and not target.startswith("//"):
                    waiting.append((target, address))
            for form in FORM.findall(page):
                action = unescape("".join(ACTION.findall(form))) or address
                shown.forms.setdefault((name, name_of(action)), (action, form))
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
    assert not dead, chr(10).join(dead)


# --- forms ---------------------------------------------------------------------------------------------------------------


def fields_of(markup: str) -> list[html.HtmlElement]:
    """The fields that a browser sends, without files and buttons."""
    found = html.fromstring(markup).iter("input", "textarea", "select")
    return [each for each in found if each.get("name") and each.get("type") not in ("file", "submit", "image")]


def sent_as(fields: list[html.HtmlElement], kind: str) -> dict[str, list[str]]:
    """What a browser would send for a form filled in as one of `KINDS`; of its choices the last is chosen."""
    values: dict[str, list[str]] = {}
    for number, field_ in enumerate(fields):
        name, how = field_.get("name"), field_.get("type", "text")
        if how == "hidden":
            value = "zz" if kind == "hidden changed" and name not in NEVER_CHANGED else field_.get("value", "")
        elif field_.tag == "select" or how in ("radio", "checkbox"):
            if kind == "empty":
                continue
            value = ([option.get("value", "") for option in field_.iter("option")] or [field_.get("value", "on")])[-1]
            values.pop(name, None) if how == "radio" else None
        else:
            value = {"empty": "", "nonsense": NONSENSE[number % len(NONSENSE)], "hidden changed": "words"}[kind]
        values.setdefault(name, []).append(value)
    return values | {"submission_key": [str(new_id())]}


def faults_of_form(client, action, fields, kind) -> list[str]:
    """What is wrong with the answer to a form that is sent as one of `KINDS`; what it wrote is undone."""
    values = sent_as(fields, kind)
    with transaction.atomic():
        response = client.post(action, values)
        transaction.set_rollback(True)
    if response.status_code >= 500:
        return [f"{kind}: {response.status_code} at {action}"]
    day = NONSENSE[2]
    typed = any(
        day in values[field_.get("name")] for field_ in fields if field_.tag == "textarea" or field_.get("type") == "text"
    )
    if response.status_code == 422 and typed and day not in response.content.decode():
        return [f"{kind}: what was typed does not come back at {action}"]
    return []


def test_no_form_that_a_page_shows_is_a_fault(world):
    tried, faults = set(), []
    for role in ROLES:
        client = Client(raise_request_exception=False)
        client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[role]
        for action, markup in crawled(world, role).forms.values():
            fields = fields_of(markup)
            form = (name_of(action), *sorted({field_.get("name") for field_ in fields}))
            if form not in tried and form[0] not in LEFT_OUT:
                tried.add(form)
                faults += [f"{role}: {fault}" for kind in KINDS for fault in faults_of_form(client, action, fields, kind)]
    print(f"{len(tried)} forms, each sent in {len(KINDS)} ways, {len(faults)} faults")
    assert not faults, "\n".join(faults)
