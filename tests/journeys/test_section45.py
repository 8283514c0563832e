"""A lad of 17 is arrested: the question, the full record, the second person, and a decision that opens it again. On a
telephone without JavaScript and at a desk."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from lodestar.casework.case_files.actions.case import give_case
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.referrals import actions as referrals
from lodestar.casework.section45.models import Countersignature, FullRecord, OutcomeRecorded
from lodestar.platform.accounts.models import Membership
from lodestar.platform.audit.models import Event
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.accounts import DutyFactory
from tests.factories.administering import administering
from tests.factories.full_records import callum
from tests.journeys.harness.checks import check_page
from tests.journeys.harness.hand import Hand
from tests.journeys.harness.people import member_of, sign_in, somebody

RECORD = "section45_full_record"
PARTS = (
    ("School record; birth certificate. Fact", ""),
    (
        "Says he owes £900 after a seizure. First-hand. Older man collects him. Reported",
        "“It was my idea”, said with the older man’s solicitor there",
    ),
    ("Threatened with a knife on 28 October. First-hand", "School not asked yet"),
)  # fmt: skip


@pytest.fixture
def people(live):
    """Who takes part, and Callum in a case that all of them see: the sergeant is of its unit."""
    users = {
        "officer": somebody("frontline", name="PC Brandreth"),
        "detective": somebody("investigator", name="DC Marchetti"),
        "sergeant": somebody("supervisor", name="Sgt Solanki"),
        "coordinator": somebody("coordinator", name="Ms Farrant"),
    }
    with within("fenmarch"):
        officer = member_of(users["officer"])
        met = timezone.now() - timedelta(minutes=40)
        _, case, person = callum(officer, at=met, place="custody", age_basis="document")
        give_case(by=officer, at=met, case=case, to=users["detective"].id)
        with administering():
            Membership.objects.filter(user=users["sergeant"]).update(unit=case.unit)
        DutyFactory(unit=case.unit, user=users["sergeant"], from_at=met + timedelta(hours=2), to_at=met + timedelta(hours=11))
    return users, case, person


def states(person):
    with within("fenmarch"):
        rows = Obligation.objects.filter(person=person, code=RECORD).exclude(state="not_owed")
        found = dict(rows.values_list("moment", "state"))
        assert ledger.differences([type(person.case).objects.get(id=person.case_id)]) == []
    return found


def write_parts(page):
    hand = Hand(page)
    for number, (this_way, other_way) in enumerate(PARTS, 1):
        hand.type(page.locator(f"#child_{number}_for"), this_way)
        hand.type(page.locator(f"#child_{number}_against"), other_way)
        page.locator(f"input[name=child_{number}_reading][value={'cannot_tell' if number == 3 else 'met'}]").check()
    if not page.locator("#duress").is_visible():  # the check of the page unfolds what it looks into
        hand.unfold("Duress, self-defence")
    hand.type(page.locator("#duress"), "Considered: the threat of 28 October")
    hand.type(page.locator("#missing"), "School record, asked for today")
    page.locator("#before").select_option("charge")
    page.locator("input[name=conclusion][value=likely]").check()
    hand.type(page.locator("#reason"), "Hold the charging decision until the school has answered.")


def test_from_the_arrest_to_the_decision_that_opens_it_again(page, people):
    users, case, person = people
    turn = Turns(page, users)
    turn("officer")
    offence = arrested(page, person)
    asked_the_question(page, person, case)
    turn("detective")
    refused_an_outcome(page, offence)
    decided(page, offence)
    assert states(person) == {"": "open"}
    turn("sergeant")
    countersigned(page, offence)
    assert states(person) == {"": "closed"}
    turn("coordinator")
    a_decision_is_filed(page, person)
    assert states(person) == {"": "open"}
    turn("detective")
    opened_again(page, offence)
    happened_without(page, offence, person)
    given_to_the_cps(page, offence, person)


class Turns:
    """One screen that several people use in turn: whoever was signed in before goes on where they were."""

    def __init__(self, page, users):
        self.page, self.users = page, users
        self.kept = {}
        self.now = ""

    def __call__(self, who):
        if self.now:
            self.kept[self.now] = self.page.context.cookies()
            self.page.context.clear_cookies()
        self.now = who
        if who in self.kept:
            self.page.context.add_cookies(self.kept[who])
        else:
            sign_in(self.page, self.users[who])


def arrested(page, person):
    hand = Hand(page)
    hand.open(f"/people/{person.id}")
    hand.tap("Suspected offences and outcomes", "link")
    check_page(page, "offences-none")
    hand.tap("Record it")
    expect(page.get_by_role("alert")).to_be_visible()
    check_page(page)
    hand.choose("What are they suspected of?", "Drugs: having them to sell")
    hand.type("When was it done?", "today")
    hand.tick("Arrested")
    hand.tap("Record it")
    check_page(page, "offence-arrested")
    assert hand.typed == ["today"]
    return page.url.split("/offences/")[1]


def asked_the_question(page, person, case):
    hand = Hand(page)
    hand.tap("Short question, section 45 of the Modern Slavery Act 2015", "link")
    hand.tick("Cannot rule out")
    hand.type("A few words why", "Older man waits for him, has his phone")
    hand.tap("Save")
    assert f"/cases/{case.reference}/do-now" in page.url


def refused_an_outcome(page, offence):
    hand = Hand(page)
    hand.open("/my-work")
    page.get_by_role("link", name="Complete the full section 45 record").first.click()
    assert f"/section-45/{offence}" in page.url
    check_page(page, "record-form")
    hand.tap("record it as “happened without”", "link")
    hand.tick("Charged")
    page.locator("input[name=at]").press("Enter")  # as if to authorise it: no button is there for that
    expect(page.get_by_text("Not authorised.")).to_be_visible()
    check_page(page, "outcome-refused")
    with within("fenmarch"):
        assert not OutcomeRecorded.objects.exists()


def decided(page, offence):
    hand = Hand(page)
    hand.tap("Write the record", "link")
    hand.tap("Decide")
    expect(page.get_by_role("alert")).to_be_visible()
    check_page(page, "record-lacking")
    assert page.locator("input[type=radio]:checked").count() == 0
    write_parts(page)
    hand.tap("Decide")
    expect(page.get_by_text("Waiting for countersign").first).to_be_visible()
    expect(page.get_by_text("For a supervisor who took no part")).to_be_visible()
    check_page(page, "record-waiting")
    with within("fenmarch"):
        assert FullRecord.objects.get().conclusion == "likely"


def countersigned(page, offence):
    hand = Hand(page)
    hand.open("/my-work")
    page.get_by_role("link", name="Countersign").first.click()
    assert page.url.endswith(f"/section-45/{offence}/countersign")
    check_page(page, "countersign")
    hand.tap("Countersign")
    expect(page.get_by_role("alert")).to_be_visible()
    check_page(page)
    hand.tick("I agree")
    hand.tap("Countersign")
    expect(page.get_by_text("I agree: you")).to_be_visible()
    check_page(page, "countersigned")
    with within("fenmarch"):
        assert Countersignature.objects.get().kind == "agree"


def a_decision_is_filed(page, person):
    with within("fenmarch"):
        coordinator = member_of(type(person.recorded_by).objects.get(name="Ms Farrant"))
        referrals.record_referral(
            by=coordinator, at=timezone.now(), person=person, route="nrm", direction="made_by_us", seen=0,
            reference="NRM-26-1", as_it_happened=True,
        )  # fmt: skip
    hand = Hand(page)
    hand.open(f"/people/{person.id}/referral")
    page.get_by_role("link", name="Decision").click()
    check_page(page, "decision")
    hand.tick("Reasonable grounds: negative")
    hand.tap("File it")
    expect(page.get_by_text("Look again at the full record")).to_be_visible()
    check_page(page, "decision-filed")


def opened_again(page, offence):
    hand = Hand(page)
    hand.open("/my-work")
    page.get_by_role("link", name="Complete the full section 45 record").first.click()
    expect(page.get_by_text("Open again").first).to_be_visible()
    assert page.locator("#child_2_for").input_value().startswith("Says he owes £900")
    assert page.locator("input[type=radio]:checked").count() == 0
    check_page(page, "record-again")


def happened_without(page, offence, person):
    hand = Hand(page)
    hand.tap("record it as “happened without”", "link")
    hand.tick("Charged")
    hand.tap("It has already happened: record it as happened without")
    expect(page.get_by_text("Without the full record")).to_be_visible()
    check_page(page, "outcome-without")
    hand.open(f"/people/{person.id}/offences")
    check_page(page, "offences")
    assert sorted(states(person).values()) == ["open", "open"]
    with within("fenmarch"):
        assert OutcomeRecorded.objects.get().happened_without


def given_to_the_cps(page, offence, person):
    """The summary says that the record is open again, and is logged as given out for prosecution."""
    hand = Hand(page)
    hand.open(f"/people/{person.id}/section-45/{offence}/cps-summary")
    check_page(page, "cps-summary")
    assert "open" in page.locator("[data-status]").inner_text().casefold()
    hand.type("Who is it for?", "Duty prosecutor")
    hand.type("Why do they need it?", "The charge is reviewed")
    hand.tick("Word")
    with page.expect_download() as given:
        hand.tap("Make the file and log it")
    assert given.value.suggested_filename.endswith(".docx")
    with within("fenmarch"):
        assert Event.objects.filter(operation="disclosure", people__contains=[person.id]).exists()
