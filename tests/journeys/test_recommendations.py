"""A report on a telephone without JavaScript: from taking it in to its clock, a step older than it refused, and a status."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.signed_in import session_of
from tests.journeys.harness.checks import check_page
from tests.journeys.harness.people import member_of, somebody


@pytest.fixture
def people(live):
    return {role: somebody(role, name=name) for role, name in (("coordinator", "F. Quist"), ("policing_body", "O. Tressider"))}


def test_a_report_from_taking_it_in_to_its_clock(phone, live, people):
    def enter(role, path):
        with within("fenmarch"):
            key = str(session_of(member_of(people[role])).session_key)
        phone.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live}])
        phone.goto(path)

    enter("coordinator", "/recommendations/reports")
    check_page(phone)
    phone.get_by_role("button", name="Add this report").click()
    expect(phone.locator("[data-next=invited_chief]")).to_contain_text("Late")
    check_page(phone, "report")
    here = phone.url
    phone.get_by_role("link", name="R2c").click()
    phone.get_by_label("Accepted", exact=True).check()
    phone.get_by_label("Who says so?").select_option("chief_officer")
    phone.get_by_label("Action", exact=True).fill("Brief custody")
    phone.get_by_role("button", name="Save").click()
    expect(phone.locator("[data-state=accepted]")).to_be_visible()
    check_page(phone, "recommendation")
    enter("policing_body", f"{here}/step")
    phone.get_by_label("What happened?").select_option("policing_body_comments")
    phone.get_by_label("On which day?").fill("16 June 2020")
    phone.get_by_role("button", name="Save").click()
    check_page(phone)
    expect(phone.get_by_label("On which day?")).to_have_value("16 June 2020")
    phone.get_by_label("On which day?").fill("16 June 2021")
    phone.get_by_role("button", name="Save").click()
    expect(phone.locator("[data-next=published]")).to_be_visible()
