"""A quarter's deep dive on a telephone without JavaScript: from the sample to the re-audit."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from lodestar.oversight.deep_dives import actions
from lodestar.oversight.deep_dives.models import CaseReview, DeepDive
from lodestar.oversight.deep_dives.rules.questions import items_of, quarter_of
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.cases import a_case, a_person
from tests.factories.deep_dives import DeepDiveFactory, DrawnCaseFactory, answers
from tests.factories.signed_in import session_of
from tests.journeys.harness.checks import check_page
from tests.journeys.harness.people import member_of, somebody


@pytest.fixture
def force(live):
    """A case of a detective, two reviewers and a coordinator."""
    people = {name: somebody(role, name=name) for name, role in (
        ("F. Quist", "coordinator"), ("DI Pascoe", "reviewer"), ("Sgt Vaughan", "reviewer"), ("DC Marchetti", "investigator"),
    )}  # fmt: skip
    with within("fenmarch"):
        detective = member_of(people["DC Marchetti"])
        a_person(detective, a_case(detective, at=timezone.now()), at=timezone.now())
    return people


def answered():
    """The deep dive, answered by both reviewers and submitted by the second; and the first marking."""
    with within("fenmarch"):
        dive, now = DeepDive.objects.get(), timezone.now()
        first, second = CaseReview.objects.select_related("reviewer", "drawn__case").order_by("marking")
        for review in (first, second):
            member, items = member_of(review.reviewer), items_of(dive.version)
            actions.save_section(by=member, at=now, review=review, items=items, answers=answers(), seen=1)
        actions.submit_review(by=member, at=now, review=second)
    return dive, first


def test_a_deep_dive_from_the_sample_to_the_re_audit(phone, live, force):
    def enter(name, path):
        with within("fenmarch"):
            key = str(session_of(member_of(force[name])).session_key)
        phone.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live}])
        phone.goto(path)
        check_page(phone)

    enter("F. Quist", "/deep-dives/new")
    phone.get_by_label("Quarter").select_option(index=1)
    phone.get_by_role("button", name="Draw a deep dive").click()
    expect(phone.locator("[data-seed]")).to_be_visible()
    check_page(phone, "deep-dive")
    dive, first = answered()
    case = f"/deep-dives/{dive.id}/cases/1"
    enter(first.reviewer.name, case)
    phone.get_by_role("link", name="B. Immediate safety").click()
    check_page(phone, "deep-dive-questions")
    phone.get_by_label("B3.", exact=False).select_option("partly")
    phone.get_by_label("Note on B3").fill("Asked on the second day")
    phone.get_by_label("Evidence for B3").fill("Review 1")
    phone.get_by_role("button", name="Save and continue").click()
    phone.goto(case)
    phone.get_by_role("button", name="Submit the review").click()
    expect(phone.locator("[data-submitted]")).to_be_visible()
    enter("DC Marchetti", f"{case}/result")
    expect(phone.locator("[data-grade=good]")).to_be_visible()
    enter("F. Quist", f"/deep-dives/{dive.id}/findings/new")
    phone.get_by_label("Question").select_option("B3")
    phone.get_by_label("What has to change?").fill("Ask for a nurse at once")
    phone.get_by_label("Who acts on it?").fill("DC Marchetti")
    phone.get_by_role("button", name="Add a finding").click()
    phone.get_by_role("link", name="Close the deep dive").click()
    phone.get_by_role("button", name="Close the deep dive").click()
    check_page(phone, "deep-dive-report")
    with within("fenmarch"):
        finding = dive.findings.get()
        later = quarter_of(dive.last + timedelta(days=1))
        again = DrawnCaseFactory(dive=DeepDiveFactory(first=later.first, last=later.last), case=first.drawn.case)
    enter("DC Marchetti", f"/deep-dives/findings/{finding.id}")
    phone.get_by_label("Done, to be re-audited").check()
    phone.get_by_label("Note").fill("Briefed on 3 March")
    phone.get_by_role("button", name="Save").click()
    enter("F. Quist", f"/deep-dives/{again.dive_id}/report")
    expect(phone.get_by_role("table", name="Re-audit of earlier findings")).to_contain_text("Too few to say: 0 of 1")
    phone.goto(f"/deep-dives/findings/{finding.id}")
    phone.get_by_label("Re-audited: better").check()
    phone.get_by_role("button", name="Save").click()
    expect(phone.locator("[data-state=better]")).to_be_visible()
