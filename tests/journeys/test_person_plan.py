"""What a person was promised, on paper and once by a link: options read back, the plan agreed and printed, opened with the code
agreed face to face, and then like no page; feedback asked by somebody outside the team."""

import re
from datetime import timedelta
from functools import partial

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from lodestar.casework.contact_promises.actions import make_promise
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.person_plans.models import FeedbackAsked, PlanLink, ReadBack
from lodestar.casework.safe_addresses.actions import agree_contact
from lodestar.platform.tenancy.tenant_transaction import within
from tests.browser import PHONE
from tests.factories.cases import a_case, a_person, closed_somehow, contact_rule
from tests.factories.signed_in import session_of
from tests.journeys.harness.checks import check_page
from tests.journeys.harness.people import member_of, somebody


@pytest.fixture
def people(live):
    """An officer who met Linh long ago, her advisor, and another advisor."""
    return {name: somebody(role, name=name) for name, role in (
        ("PC Brandreth", "frontline"), ("Ros Ilic", "advisor"), ("Jo Mensah", "advisor"),
    )}  # fmt: skip


@pytest.fixture
def linh(people):
    with within("fenmarch"):
        officer, advisor, now = member_of(people["PC Brandreth"]), member_of(people["Ros Ilic"]), timezone.now()
        met = now - timedelta(days=60)
        person = a_person(
            officer, a_case(officer, at=met), at=met, name="Linh Tran", language="Vietnamese", age_min=25, age_max=25
        )
        closed_somehow(officer, person.case, list(Obligation.objects.filter(case=person.case, code="make_safe")), at=met)
        agree_contact(by=officer, at=now, person=person, rule=contact_rule())
        make_promise(
            by=advisor, at=now, people=[person], kind="call_back", by_when=now + timedelta(days=3), words="About the room"
        )
    return person


def _press(page, button):
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()


def linh_opens_it(linhs, address, linh):
    """A wrong code shows the box again, the agreed one opens the plan, and then there is a page that says nothing."""
    for code, is_open in (("another", False), ("blue door 7", True)):
        linhs.goto(address)
        expect(linhs.locator("[data-cannot-hide]")).to_be_visible()
        assert linhs.title() == "A note"
        check_page(linhs)
        linhs.get_by_label("The code that you agreed").fill(code)
        linhs.get_by_role("button", name="Open the note").click()
        assert (linhs.locator("[data-plan]").count() == 1) is is_open
        assert (linhs.get_by_text("This is not the code. Try again.").count() == 0) is is_open
        check_page(linhs)
    check_page(linhs, "note")
    for word in ("Linh", "Tran", "police", "victim", "slavery", "About the room", linh.case.reference):
        assert word.casefold() not in linhs.locator("body").inner_text().casefold()
    assert linhs.goto(address).status == 404
    expect(linhs.get_by_text("This page is not here any more.")).to_be_visible()
    with within("fenmarch"):
        assert PlanLink.objects.get().opened_at
        assert ReadBack.objects.get().understood == "yes"


def test_a_plan_is_printed_and_opened_once_by_its_link(phone, opened, live, people, linh):
    def enter(name, path):
        with within("fenmarch"):
            key = str(session_of(member_of(people[name])).session_key)
        phone.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live}])
        phone.goto(path)
        check_page(phone)

    press = partial(_press, phone)
    enter("PC Brandreth", f"/people/{linh.id}/options")
    phone.get_by_label("Yes").check()
    phone.get_by_label("What they said, in their own words").fill("I can say no, and come back")
    press("Save")
    check_page(phone, "options")
    enter("PC Brandreth", f"/people/{linh.id}/interpreter/block")
    phone.get_by_label("Interpreter’s own number").fill("BL-7")
    phone.get_by_label("Block this interpreter for them").check()
    phone.get_by_label("Why?").fill("Came with the employer once")
    press("Save")
    expect(phone.locator("[data-blocked]")).to_contain_text("BL-7")
    check_page(phone, "interpreter")

    enter("Ros Ilic", f"/people/{linh.id}/plan")
    phone.get_by_label("Who are you to them?").select_option("adviser")
    phone.get_by_label("Your first name").fill("Ros")
    phone.get_by_label("Language").select_option("english")
    press("Save")
    expect(phone.locator("[data-plan]")).to_contain_text("Ros will call you before the end of ")
    check_page(phone, "plan")
    with phone.expect_download() as paper:
        phone.get_by_role("link", name="Print (PDF)").click()
    assert paper.value.suggested_filename == "note.pdf"
    phone.get_by_role("link", name="Make a link").click()
    check_page(phone, "plan-link")
    phone.get_by_label("Text").check()
    phone.get_by_label("Code agreed face to face").fill("Blue Door 7")
    press("Make the link")
    message = phone.locator("[data-link]").inner_text()

    linhs = opened(PHONE, base_url=live, java_script_enabled=False)
    linh_opens_it(linhs, re.search(r"http\S+", message)[0], linh)
    enter("Jo Mensah", f"/people/{linh.id}/feedback")
    for question, answer in (("knows", "yes"), ("informed", "partly"), ("they_came", "yes")):
        phone.locator(f"[name={question}][value={answer}]").check()
    press("Save")
    expect(phone.locator("[data-saved]")).to_contain_text("Saved.")
    check_page(phone, "feedback")
    with within("fenmarch"):
        assert FeedbackAsked.objects.get().person_id == linh.id
