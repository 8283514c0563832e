"""A notification without a name is checked before it leaves."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from lodestar.casework.consent.actions import record_consent
from lodestar.casework.redaction.models import RedactionDecision
from lodestar.casework.safe_addresses.actions import record_address
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.cases import a_case, a_person
from tests.journeys.harness.checks import check_page
from tests.journeys.harness.hand import Hand
from tests.journeys.harness.people import member_of, sign_in, somebody

TEXT = (
    "Zahra was hit. PC Vale on 07700 900123 saw it. Her passport AB1234567 is gone. The shop is at SW1A 1AA. "
    "She sleeps at 12 Harbour Street."
)


def test_a_notification_without_a_name_leaves_only_once_it_is_checked(page, live):
    # Given an adult, her name held in Persian, who said no and does not want to be named, and the place where she sleeps
    officer = somebody("frontline", name="PC Brandreth")
    with within("fenmarch"):
        member = member_of(officer)
        met = timezone.now() - timedelta(hours=2)
        person = a_person(member, a_case(member, at=met), at=met, name="زهرا احمدی")
        said = {"nrm": False, "spoke_alone": True, "interpreter": "independent", "wants_support": False}
        record_consent(by=member, at=met, person=person, answer=said)
        record_address(by=member, at=met, person=person, address="12 Harbour Street, Lincoln", viewers=[])
    sign_in(page, officer)
    hand = Hand(page)
    hand.open(f"/people/{person.id}/writing")
    hand.tap("Begin")
    hand.tap("Back", "link")
    # When an officer writes what happened, with what must not leave in it
    hand.tap("What they had to do", "link")
    hand.type("How they were treated and kept in it", TEXT)
    hand.tap("Save and stop here")
    hand.tap("See what would go", "link")
    expect(page.get_by_text("1 text waits to be checked.")).to_be_visible()
    expect(page.get_by_text("Zahra was hit.")).to_have_count(0)
    check_page(page)
    # Then no file is made of it, and each match is marked with its kind in words
    hand.tap("PDF, tagged", "link")
    expect(page.get_by_role("heading", name="Check before it leaves")).to_be_visible()
    assert [mark.inner_text() for mark in page.locator("mark").all()] == [
        "Zahra [name]", "07700 900123 [telephone number]", "AB1234567 [passport number]", "SW1A 1AA [postcode]",
        "12 Harbour Street [part of an address: must go]",
    ]  # fmt: skip
    check_page(page, "check-before-it-leaves")
    # And the place where she sleeps can be kept by nobody
    for tick in page.get_by_role("checkbox").all():
        tick.check()
    hand.type("Why it may stay", "The shop’s owner and an officer")
    hand.tap("Save: I have read these")
    expect(page.get_by_role("alert")).to_contain_text("can never be sent")
    check_page(page, "check-before-it-leaves-refused")
    # And once it is gone, what was kept with a reason leaves
    page.get_by_label("The text to be shared").fill(TEXT.replace(" She sleeps at 12 Harbour Street.", ""))
    hand.tap("Save: I have read these")
    expect(page.get_by_text("The shop is at SW1A 1AA.")).to_be_visible()
    expect(page.get_by_text("Harbour Street")).to_have_count(0)
    with page.expect_download() as taken:
        hand.tap("PDF, tagged", "link")
    assert taken.value.path().read_bytes().startswith(b"%PDF-")
    with within("fenmarch"):
        assert RedactionDecision.objects.get().decided_by_id == officer.id
