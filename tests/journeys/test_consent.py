"""The rest of the ladder, leaflets, and help offered again until it is not wished for: on a telephone and at a desk."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from lodestar.casework.cases.models import ConsentAnswer
from lodestar.casework.consent.actions import record_consent
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.cases import LeafletTranslationFactory, a_case, a_person
from tests.journeys.harness.checks import check_page
from tests.journeys.harness.hand import Hand
from tests.journeys.harness.people import member_of, sign_in, somebody

ARABIC = "# مساعدة يمكنك الحصول عليها\n\nيمكنك أن تقول نعم أو لا.\n\n# يمكنك العودة\n\nفي أي وقت."
WITHOUT = "If no agreed contact allowed it: why was it made?"


@pytest.fixture
def officer(live):
    return somebody("frontline", name="PC Brandreth")


def who_said_no(officer, days=9):
    with within("fenmarch"):
        member = member_of(officer)
        met = timezone.now() - timedelta(days=days)
        person = a_person(member, a_case(member, at=met), at=met, name="Ardit Hoxha")
        said = {"nrm": False, "spoke_alone": True, "interpreter": "not_needed"}
        record_consent(by=member, at=met, person=person, answer=said)
    return person


def test_help_is_offered_again_until_it_is_unwanted(page, officer):
    person = who_said_no(officer)
    sign_in(page, officer)
    hand = Hand(page)
    hand.open(f"/people/{person.id}/offers")
    expect(page.get_by_text("Late")).to_be_visible()
    check_page(page, "offers")
    hand.tap("Save")
    expect(page.get_by_role("alert")).to_contain_text("Say what the outcome was")
    hand.tick("They still say no")
    hand.type(WITHOUT, "They came to the front counter")
    hand.tap("Save")
    check_page(page, "offers-made")
    hand.tick("“Please do not contact me again”")
    hand.type(WITHOUT, "They came to the front counter")
    hand.tap("Save")
    expect(page.get_by_role("heading", name="How they can come back")).to_be_visible()
    check_page(page, "offers-unwanted")
    hand.open(f"/people/{person.id}")
    expect(page.get_by_text("They asked not to be contacted again.")).to_be_visible()
    hand.open(f"/people/{person.id}/consent")
    check_page(page, "consent-rest")
    with within("fenmarch"):
        assert list(ConsentAnswer.objects.order_by("recorded_at").values_list("contact_again", flat=True)) == ["", "unwanted"]


def test_leaflets_are_shown_in_both_directions(page, live):
    coordinator = somebody("coordinator", name="F. Quist")
    with within("fenmarch"):
        LeafletTranslationFactory(language="arabic", text=ARABIC)
    sign_in(page, coordinator)
    for address in ("", "/english", "/albanian", "/arabic", "/arabic/file"):
        page.goto(f"/leaflets{address}")
        check_page(page, f"leaflets{address.replace('/', '-')}")
        if address.count("/") == 1:
            told = page.locator("main div[lang][dir]").first
            expected = ("ar", "rtl") if address == "/arabic" else ("en-GB", "ltr")  # Albanian waits for its checked translation
            assert (told.get_attribute("lang"), told.get_attribute("dir")) == expected
