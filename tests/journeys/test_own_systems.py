"""A case for the force's other systems, on a telephone without JavaScript and at a desk with it: the video, the crime record, the
incident log, an intelligence submission, and the references that come back."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from lodestar.casework.cases.models import Case
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.exchange.exports.models import ExternalReference
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.cases import a_case, a_person
from tests.journeys.harness.checks import check_page
from tests.journeys.harness.people import member_of, sign_in, somebody


@pytest.fixture
def scene(live):
    officer = somebody("frontline", name="PC Brandreth")
    with within("fenmarch"):
        member = member_of(officer)
        now = timezone.now()
        case = a_case(member, at=now, place="Behind the station", what="Two lads with wraps, a man in a car watches.")
        kieran = a_person(member, case, at=now, name="Kieran Doyle", age_min=15, age_max=16)
        a_person(member, case, at=now, name="Jaz Mallory", age_min=15, age_max=15)
    return officer, case, kieran


def test_a_case_goes_to_the_forces_other_systems_and_comes_back(page, scene):
    officer, case, kieran = scene
    sign_in(page, officer)
    page.wait_for_url("**/my-work")
    page.goto(f"/people/{kieran.id}/first-account")
    page.get_by_label("Video reference").fill("BWV-7714")
    page.get_by_label("Number of the officer who wore it").fill("4471")
    page.get_by_label("Jaz Mallory").check()
    page.get_by_label("Phones").check()
    check_page(page, "first-account")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Body-worn video BWV-7714")).to_be_visible()
    check_page(page, "first-account-recorded")
    page.goto(f"/people/{kieran.id}/crime-record")
    expect(page.get_by_text("officer 4471").first).to_be_visible()
    check_page(page, "crime-record")
    page.goto(f"/cases/{case.reference}/out")
    expect(page.get_by_text("Modern slavery is being investigated: two may have been exploited")).to_be_visible()
    expect(page.locator("#log + .lode-out")).not_to_contain_text("Mallory")
    page.get_by_label("Incident log reference").fill("fp-0441")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("FP-0441").first).to_be_visible()
    check_page(page, "case-out")
    page.get_by_role("link", name="Make a 3x5x2 submission").click()
    assert page.locator("input[type=radio]:checked").count() == 0
    check_page(page, "intelligence")
    page.get_by_role("button", name="Make the sheet").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose how far the source can be relied on")
    for label in ("2: Untested", "A: Known directly to the source", "P: Lawful sharing permitted"):
        page.get_by_label(label, exact=True).check()
    page.get_by_role("button", name="Make the sheet").click()
    expect(page.locator("#sheet + .lode-out")).to_contain_text("Source evaluation: 2: Untested")
    check_page(page, "intelligence-made")
    with within("fenmarch"):
        assert list(ExternalReference.objects.values_list("reference", flat=True)) == ["FP-0441"]
        assert not Obligation.objects.filter(case=case, code="golden_hour_evidence", state="open").exists()
        assert ledger.differences([Case.objects.get(id=case.id)]) == []


def test_one_tap_puts_a_field_of_the_record_on_the_clipboard(desk, scene):
    officer, _, kieran = scene
    page = desk
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(page, officer)
    page.wait_for_url("**/my-work")
    page.goto(f"/people/{kieran.id}/crime-record")
    page.get_by_role("link", name="Copy Name", exact=True).click()
    expect(page.get_by_text("Copied").first).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "Kieran Doyle"
    page.get_by_role("link", name="Copy the full text").click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.includes('Crime record of one victim'))")


def test_the_order_of_the_record_is_filed_by_its_owner(phone, live):
    sign_in(phone, somebody("policy_owner", name="A. Bryce"))
    phone.goto("/exports/crime-record-order")
    check_page(phone, "crime-record-order")
    phone.get_by_label("What is the crime system called?").fill("CrimeBook")
    phone.get_by_label("Fields, in order").fill("name: Surname")
    phone.get_by_role("button", name="File it").click()
    expect(phone.get_by_text("by A. Bryce")).to_be_visible()
