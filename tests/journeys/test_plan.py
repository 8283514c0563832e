"""An item of the plan on a telephone without JavaScript: from a requirement to its completion, and the plan as it was before."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from lodestar.oversight.plan.models import PlanItem
from lodestar.oversight.plan.queries import items_as_at
from lodestar.oversight.requirements.actions import take_in_standard
from lodestar.platform.tenancy.tenant_transaction import within
from lodestar.platform.time.days import london_date
from tests.factories.signed_in import session_of
from tests.journeys.harness.checks import check_page
from tests.journeys.harness.people import member_of, somebody

TODAY = london_date(timezone.now())


@pytest.fixture
def force(live):
    """A coordinator who took a standard in, and a trainer who does not read oversight."""
    people = {"F. Quist": somebody("coordinator", name="F. Quist"), "M. Adeyinka": somebody("training", name="M. Adeyinka")}
    with within("fenmarch"):
        take_in_standard(by=member_of(people["F. Quist"]), at=timezone.now(), standard="hidden_victims_2021")
    return people


def written(days):
    day = TODAY + timedelta(days=days)
    return f"{day.day} {day:%B %Y}"


def sign_in_as(phone, live, user, path):
    with within("fenmarch"):
        key = str(session_of(member_of(user)).session_key)
    phone.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live}])
    phone.goto(path)
    check_page(phone)


def save(phone, **boxes):
    for label, words in boxes.items():
        phone.get_by_label(label.replace("_", " "), exact=False).first.fill(words)
    phone.get_by_role("button", name="Save").click()


def test_an_item_of_the_plan_from_a_requirement_to_its_completion(phone, live, force):
    def enter(name, path):
        sign_in_as(phone, live, force[name], path)

    enter("F. Quist", "/requirements")
    check_page(phone, "requirements")
    phone.get_by_role("link", name="R2b.", exact=False).click()
    check_page(phone, "requirement")
    expect(phone.locator("[data-state]")).to_be_visible()
    enter("F. Quist", "/plan/new")
    phone.get_by_label("Domain").select_option("training")
    phone.get_by_label("Prepare").check()
    phone.get_by_label("Which requirement").select_option(label="R2b. identify possible victims of modern slavery;")
    save(phone, What_will_be_done="Brief every shift", By_when_is_it=written(60), Who_owns_it="M. Adeyinka")
    here = phone.url
    phone.get_by_role("link", name="Add a milestone").click()
    check_page(phone)
    save(phone, Milestone="First briefing", By_when=written(20))
    with within("fenmarch"):
        item, begun = PlanItem.objects.get(), timezone.now()
    enter("M. Adeyinka", here)
    phone.get_by_label("Under way").check()
    save(phone)
    phone.get_by_role("link", name="First briefing").click()
    check_page(phone)
    save(phone, When_was_it_met=written(0), What_shows_it="Attendance list of the early shift")
    check_page(phone, "plan-item")
    phone.get_by_role("link", name="Change the item").click()
    check_page(phone)
    save(phone, By_when_is_it=written(90), Why_is_it_changed="The trainer was ill")
    enter("F. Quist", f"{here}/change")
    phone.get_by_label("Status, where").select_option("red")
    save(phone, Why_is_it_changed="No second trainer has been found")
    expect(phone.get_by_text("The rule says amber", exact=False)).to_be_visible()
    enter("M. Adeyinka", here)
    phone.get_by_label("Complete").check()
    save(phone, Note="Lists of all twelve shifts, held by training")
    expect(phone.locator("[data-state=complete]")).to_be_visible()
    enter("F. Quist", "/plan/overview")
    check_page(phone, "plan-overview")
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Save as PDF").click()
    assert download.value.suggested_filename == f"plan-{TODAY}.pdf"
    enter("F. Quist", "/plan")
    check_page(phone, "plan")
    with within("fenmarch"):
        then, now = items_as_at(begun)[0], items_as_at(timezone.now())[0]
    assert (then.state, then.due_on, then.milestones[0].met_on) == ("not_started", item.original_due_on, None)
    assert (now.state, now.due_on - then.due_on, now.milestones[0].met_on) == ("complete", timedelta(days=30), TODAY)
