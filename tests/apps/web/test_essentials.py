"""The essentials: a file to carry along that says until when it holds, and a page that stands without a database."""

import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
import time_machine
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from lodestar.casework.ledger.models import Obligation
from lodestar.config.jobs import make_essentials
from lodestar.directory.contacts.queries import contact_book
from lodestar.directory.contacts.rules import kinds
from lodestar.knowledge.library.models import Version
from lodestar.knowledge.library.presenters.essentials import LARGEST, ROOM, essentials, essentials_path, pack
from lodestar.knowledge.library.queries.essentials import first_night, no_longer_shown, published_essentials
from lodestar.knowledge.library.queries.library import facts
from lodestar.knowledge.publishing.actions.intake import About, take_in
from lodestar.knowledge.publishing.actions.stages import publish, withdraw
from lodestar.knowledge.publishing.actions.stock import stock
from lodestar.platform.audit.models import Event
from lodestar.platform.files.text_alone import read
from tests.factories.accounts import a_member
from tests.factories.cases import a_case, a_person
from tests.factories.contacts import a_contact
from tests.factories.guidance import a_draft, a_published_version, bring_few_pages
from tests.factories.signed_in import signed_in
from tests.factories.statements import at_most
from tests.offenders import each

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _var(settings, tmp_path, monkeypatch):
    settings.VAR = tmp_path / "var"
    bring_few_pages(monkeypatch)


@pytest.fixture
def editor(fenmarch):
    member = a_member("guidance_editor")
    stock(by=member, at=timezone.now())
    return member


def made(now=NOW):
    return pack("Fenmarch Police", published_essentials(now.date()), facts(), contact_book(now), now)


class Reading(HTMLParser):
    """What a file asks of elsewhere, and what runs in it."""

    def __init__(self, html):
        super().__init__()
        self.asked, self.handlers, self.open = [], [], []
        self.feed(html)
        assert self.open == [], "every part that is opened is closed"

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.handlers += [name for name in given if name.startswith("on") or name == "style"]
        self.asked += [given[name] for name in ("src", "href", "action", "data") if given.get(name, "#")[0] != "#"]
        if tag not in ("meta", "link", "br", "img", "!doctype"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_file_asks_nothing_of_elsewhere_is_dated_and_says_until_when_it_holds(editor):
    found = made()
    read = Reading(found.html)
    assert found.name == "lodestar-essentials-2026-11-30.html"
    assert {address.split(":")[0] for address in read.asked} == {"tel"}
    assert read.handlers == []
    assert "Made on 30 November 2026. It is valid until 14 December 2026." in found.html
    assert 'data-until="2026-12-14T12:00:00+00:00" role="alert" hidden' in found.html
    assert len(found.html.encode()) < LARGEST
    assert found.html.count("<h1") == 1
    assert found.html.index("Who to ring</h2>") < found.html.index("The first hour with someone who may be a victim</h2>")


def test_the_browser_says_that_it_is_out_of_date_after_fourteen_days(editor, chromium, tmp_path):
    for days, is_past in ((13, False), (15, True)):
        file = tmp_path / f"{days}.html"
        file.write_text(made(timezone.now() - timedelta(days=days)).html)
        page = chromium.new_page(viewport={"width": 320, "height": 640})
        problems = []
        page.on("console", lambda said, problems=problems: problems.append(said.text))
        page.goto(file.as_uri())
        assert page.locator("#past").is_visible() is is_past
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert page.evaluate("getComputedStyle(document.querySelector('.until')).borderLeftWidth") == "6px"
        assert problems == []
        page.close()


def test_the_file_holds_what_is_published_with_its_warnings_and_nothing_else(editor):
    words = "Ring the desk on 0300 303 8151 & write <b>it</b> down."
    own = a_published_version(editor, words, title="Our own desk", origin="force")
    a_published_version(editor, "What a ministry says.", title="A national guide")
    a_draft(editor, "Nobody approved this.", title="A draft", origin="force")
    found = made()
    assert "Our own desk</h2>" in found.html
    assert "<mark>0300 303 8151</mark> &amp; write &lt;b&gt;it&lt;/b&gt; down." in found.html
    assert "Differs from the force’s confirmed number: 0800 808 3733" in found.html
    assert "What a ministry says." not in found.html
    assert "Nobody approved this." not in found.html
    withdraw(by=editor, at=timezone.now(), version=own, because="It is wrong.")
    assert "Our own desk" not in made().html


def test_the_file_holds_the_numbers_that_the_force_has_set_and_says_which_it_has_not(editor):
    a_contact(editor, "coroner", "01632 960 123")
    found = made().html
    assert '<a class="ring" href="tel:01632960123">01632 960 123</a>' in found
    assert found.count("data-missing=") == len(kinds()) - 1
    assert 'data-missing="coroner"' not in found


def test_what_has_no_room_is_named_and_the_file_stays_below_two_megabytes(editor):
    for number in range(3):
        a_published_version(editor, f"{number} " + "<&> 'long' " * 60_000, title=f"Long {number}", origin="force")
    found = made()
    assert len(found.html.encode()) < LARGEST
    assert found.left_out
    assert f"<li>{found.left_out[0]}</li>" in found.html
    assert ROOM < LARGEST


def test_it_is_saved_from_its_page_and_written_by_the_command(editor, tmp_path, capsys):
    client = signed_in(Client(), a_member("frontline"))
    assert "/guidance/pack/file" in client.get("/guidance/pack").content.decode()
    got = client.get("/guidance/pack/file")
    assert re.fullmatch(r'attachment; filename="lodestar-essentials-[\d-]{10}\.html"', got["Content-Disposition"])
    assert "sandbox" in got["Content-Security-Policy"]
    call_command("guidance_pack", to=str(tmp_path / "out.html"), tenant="fenmarch")
    assert "holds until" in capsys.readouterr().out
    assert "Modern slavery: the essentials" in (tmp_path / "out.html").read_text()


# --- without a database ------------------------------------------------------------------------------------------------


def away(execute, sql, params, many, context):
    raise OperationalError("the connection is lost")


@pytest.mark.parametrize("is_made", [True, False])
def test_without_a_database_the_essentials_stand_at_their_own_address_and_where_a_page_was_wanted(editor, is_made):
    if is_made:
        make_essentials(0)
    assert essentials_path().exists() is is_made
    client = signed_in(Client(raise_request_exception=False), editor)
    with connection.execute_wrapper(away):
        own, other = Client().get("/essentials"), client.get("/guidance")
    assert (own.status_code, other.status_code) == (200, 503)
    for page in (own, other):
        text = page.content.decode()
        assert "tel:999" in text
        assert "What to do now" in text
        assert "The first hour with someone who may be a victim" in text
        assert len(page.content) < 30_000
        Reading(text)
    assert "cannot reach its records" in other.content.decode()
    assert "cannot reach its records" not in own.content.decode()


def test_the_worker_makes_them_anew_and_leaves_out_what_a_force_has_withdrawn(editor):
    assert no_longer_shown(timezone.localdate()) == set()
    version = Version.objects.get(document__file_name="custody.md")
    title = version.document.title
    with time_machine.travel(NOW, tick=False):
        make_essentials(0)
    assert title in essentials_path().read_text()
    assert "As of 12:00 on 30 November 2026." in essentials_path().read_text()
    withdraw(by=editor, at=timezone.now(), version=version, because="Ours is better.")
    make_essentials(0)
    assert title not in essentials_path().read_text()
    assert sorted(path.name for path in essentials_path().parent.iterdir()) == ["essentials.html", "numbers.json"]


def test_each_topic_of_the_first_night_is_there_with_its_date_and_sources():
    page = essentials(NOW)
    assert len(first_night()) == 9
    for topic in first_night():
        assert topic.title in page
        assert topic.sources
        assert all(heading and paragraphs for heading, paragraphs in topic.parts)
    assert page.count(" November 2026. From: ") == len(first_night())


# The pages of steps that an officer opens, each with the step of which its link tells.
OF_PERSON = {
    "consent": "reach_nrm_or_dtn", "referral": "refer_nrm", "crime": "record_crime", "contact": "agree_safe_contact",
    "section-45-question": "section45_first_question", "offers": "offer_again_later",
}  # fmt: skip


@pytest.fixture
def officer(fenmarch):
    return a_member("frontline")


@pytest.fixture
def asks(officer):
    return signed_in(Client(), officer)


@pytest.fixture
def person(officer):
    return a_person(officer, a_case(officer, police_areas=["fenmarch"]), place="custody")


def published(name, words):
    editor, content = a_member("guidance_editor"), words.encode()
    taken = take_in(
        by=editor, at=timezone.now(), file_name=name, content=content, read=read(content, "txt"),
        about=About(title=f"Guide {name}"),
    )  # fmt: skip
    publish(by=editor, at=timezone.now(), version=taken.version, alone=True)
    return taken.version


def link_on(page):
    found = re.search(r'href="([^"]+)">Guidance for th', page.content.decode())
    assert found, "no link to the guidance of the step"
    return found[1]


@each("page", OF_PERSON)
def test_a_step_of_a_person_leads_to_what_guidance_says_which_is_written_down_with_the_case(page, person, asks):
    code = OF_PERSON[page]
    version = published("guide.txt", f"Of {code.replace('_', ' ')} this guide says more.")
    second = published("second.txt", f"Of {code.replace('_', ' ')} another says as much and a little more.")
    href = link_on(asks.get(f"/people/{person.id}/{page}"))
    asks.get(f"/rules/{code}")  # the words that widen a search are read once by a process
    with at_most(15):
        shown = asks.get(href)
    assert "this guide says more" in shown.content.decode()
    assert f'href="/people/{person.id}/{page}" class="govuk-back-link"' in shown.content.decode()
    assert "<h2" in shown.content.decode().partition("<h3")[0]  # no level of heading is passed over
    assert len(shown.content) < 30_000
    events = Event.objects.filter(code="guidance.shown", case=person.case_id)
    assert {(event.subject, *event.fields) for event in events} == {(str(version.id), code), (str(second.id), code)}


def test_the_first_screen_has_one_link_to_it_and_from_there_to_its_other_lines(person, asks):
    reference = person.case.reference
    first = Obligation.objects.filter(case=person.case, state="open", line__isnull=False).order_by("line").first()
    version = published("guide.txt", f"Of {first.code.replace('_', ' ')} this guide says more.")
    page = asks.get(f"/cases/{reference}/do-now")
    assert page.content.decode().count("/guidance/") == 1
    shown = asks.get(link_on(page))
    assert "this guide says more" in shown.content.decode()
    assert f'href="/cases/{reference}/do-now"' in shown.content.decode()
    assert shown.content.decode().count(f"/cases/{reference}/guidance/") == 6
    assert Event.objects.get(code="guidance.shown").subject == str(version.id)


def test_a_step_that_no_rule_makes_has_none(person, asks):
    assert asks.get(f"/people/{person.id}/guidance/nothing_of_the_kind").status_code == 404
    assert asks.get(f"/cases/{person.case.reference}/guidance/nothing_of_the_kind").status_code == 404
