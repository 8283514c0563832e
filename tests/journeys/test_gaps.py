"""A commissioning officer reads a quarter's gaps and asks; the force answers; the answer is published."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from lodestar.partnership.commissioning.rules import quarter_of
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.accounts import UnitFactory
from tests.factories.cases import CaseFactory, PersonFactory
from tests.factories.commissioning import UnitDistrictFactory
from tests.factories.needs import NeedFactory
from tests.factories.signed_in import session_of
from tests.journeys.harness.checks import check_page
from tests.journeys.harness.people import member_of, somebody

LAST = quarter_of(quarter_of(timezone.localdate()).first - timedelta(days=1))


@pytest.fixture
def sessions(live):
    """Nine people of one unit whose need of legal advice was not met; the coordinator, and an officer of the policing body."""
    people = {role: somebody(role) for role in ("coordinator", "commissioning")}
    with within("fenmarch"):
        unit, at = UnitFactory(), LAST.begins + timedelta(days=1)
        UnitDistrictFactory(unit=unit, code="X07000001", name="Marlsea")
        case = CaseFactory(unit=unit)
        for _ in range(9):
            NeedFactory(person=PersonFactory(case=case), domain="legal", stage="before", since=at, recorded_at=at)
        return {role: str(session_of(member_of(person)).session_key) for role, person in people.items()}


def test_a_gap_becomes_a_question_with_a_published_answer(phone, live, sessions):
    def enter(role, path):
        phone.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": sessions[role], "url": live}])
        phone.goto(path)
        check_page(phone)

    enter("coordinator", "/commissioning/publish")
    phone.get_by_role("button", name="Publish it").click()
    expect(phone.locator("[data-total]")).to_have_text("9")
    enter("commissioning", "/")
    expect(phone.locator("[data-largest]")).to_contain_text("Not asked about")
    phone.get_by_role("link", name="2", exact=False).and_(phone.locator("[data-quarters] a")).first.click()
    check_page(phone, "gaps-quarter")
    expect(phone.get_by_role("table", name="What was needed")).to_contain_text("9")
    phone.get_by_role("link", name="Ask about this quarter").click()
    phone.get_by_label("About which line?").select_option("domain:legal")
    phone.get_by_label("Your question").fill("What stops it?")
    phone.get_by_role("button", name="Ask the force").click()
    where = phone.url
    check_page(phone, "gaps-question")
    enter("coordinator", where)
    phone.get_by_label("Answer of the force").fill("Both firms are full")
    phone.get_by_label("Yes", exact=True).check()
    phone.get_by_role("button", name="Answered by the force").click()
    enter("commissioning", where)
    phone.get_by_label("What does the policing body decide", exact=False).fill("We pay for two hours")
    phone.get_by_label("Follow it up in how many weeks?").fill("12")
    phone.get_by_role("button", name="Decided by the policing body").click()
    phone.get_by_label("The answer as it is published").fill("Two hours of advice are paid for")
    phone.get_by_label("Where is it published?").fill("https://example.org/answers")
    phone.get_by_role("button", name="Answer published").click()
    expect(phone.locator("main")).to_contain_text("https://example.org/answers")
    phone.goto("/cases")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("nothing here")
