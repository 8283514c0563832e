"""A case is given to another than the first of the ranking, and counted; a detective's week to a closing that is refused and then
given; an exploiter's bail, of which the victim is informed first."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from lodestar.casework.allocation.models import Allocation
from lodestar.casework.case_files.actions.case import give_case
from lodestar.casework.cases.models import Case
from lodestar.casework.closures.models import ClosingRequest
from lodestar.casework.contact_promises.models import Promise
from lodestar.casework.court_orders.models import CourtOrder, OrderBreach
from lodestar.casework.enquiries.models import DecisionEntry, LineOfEnquiry
from lodestar.casework.evidence.models import Account
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.prosecutions.models import ProsecutionEntry
from lodestar.casework.safe_addresses.actions import agree_contact
from lodestar.casework.suspects.models import SuspectRelease
from lodestar.platform.accounts.models import Membership
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.accounts import AccreditationFactory
from tests.factories.administering import administering
from tests.factories.cases import a_case, a_person, contact_rule
from tests.factories.promises import PromiseFactory
from tests.journeys.harness.checks import check_page
from tests.journeys.harness.hand import Hand
from tests.journeys.harness.people import member_of, sign_in, somebody
from tests.journeys.test_section45 import Turns


@pytest.fixture
def people(live):
    """Who takes part, and a case of a woman and of the man who exploited her."""
    users = {
        "officer": somebody("frontline", name="PC Brandreth"),
        "allocation": somebody("crime_allocation", name="Ms Pell"),
        "detective": somebody("investigator", name="DC Marchetti"),
        "other": somebody("investigator", name="DC Abara"),
        "liaison": somebody("victim_liaison", name="Ros Ilic"),
        "inspector": somebody("detective_inspector", name="DI Varga"),
    }
    with within("fenmarch"):
        with administering():
            Membership.objects.filter(user=users["inspector"]).update(rank="detective_inspector")
        for name in ("detective", "other"):
            AccreditationFactory(user_id=users[name].id, code="pip2")
        officer, met = member_of(users["officer"]), timezone.now() - timedelta(hours=2)
        case = a_case(officer, at=met)
        victim = a_person(officer, case, at=met, name="Linh Tran", roles=["possible_victim"], belief="reasonable_grounds")
        agree_contact(by=officer, at=met, person=victim, rule=contact_rule())
        exploiter = a_person(officer, case, at=met, name="Marek Dole", roles=["exploiter"], category="suspect")
        for name in ("detective", "liaison"):
            give_case(by=officer, at=met, case=case, to=users[name].id)
    return users, case, victim, exploiter


def save(hand, button="Save"):
    with hand.page.expect_navigation():
        hand.tap(button)


def test_a_case_is_given_over_the_ranking_and_counted(page, people):
    users, case, _, _ = people
    sign_in(page, users["allocation"])
    hand = Hand(page)
    hand.open(f"/cases/{case.reference}/allocate")
    check_page(page, "allocate")
    ranked = page.locator("input[name=owner]")
    assert ranked.count() == 2
    assert ranked.first.is_checked()
    chosen = ranked.nth(1).get_attribute("value")
    hand.tick(ranked.nth(1))
    save(hand, "Give them the case")
    expect(page.get_by_role("alert")).to_be_visible()
    with within("fenmarch"):
        assert not Allocation.objects.exists()
    hand.choose("Why another than the first", "They know the case or its people")
    hand.type("Why them", "Took her first account in another case")
    save(hand, "Give them the case")
    with within("fenmarch"):
        row = Allocation.objects.get()
        assert (str(row.owner_id), row.override) == (chosen, "knows_case")
    expect(page.get_by_role("main")).to_contain_text("they know the case or its people")


def plan(hand, case):
    hand.open(f"/cases/{case.reference}/plan/write")
    hand.type("What the investigation is to reach", "Who held her passport, and where the money went")
    for choice in hand.page.get_by_role("main").locator("select").all():
        choice.select_option("pursue")
    check_page(hand.page, "plan-write")
    hand.tap(hand.page.get_by_role("main").locator("button").last)
    with within("fenmarch"):
        assert LineOfEnquiry.objects.filter(case=case).count() > 3
        assert Obligation.objects.get(case=case, code="investigation_plan").state == "closed"


def decide(hand, case):
    hand.open(f"/cases/{case.reference}/decisions/add")
    hand.type("What was decided", "Go on without her evidence if she withdraws")
    hand.type("Reason", "Bank and telephone records show the control")
    hand.tap(hand.page.get_by_role("main").locator("button").last)
    with within("fenmarch"):
        assert DecisionEntry.objects.get().number == 1


def account(hand, victim):
    hand.open(f"/people/{victim.id}/accounts/add")
    hand.choose("How", "Written statement")
    hand.tap(hand.page.get_by_role("main").locator("button").last)
    with within("fenmarch"):
        assert Account.objects.get().person_id == victim.id


def order(hand, case):
    page = hand.page
    hand.open(f"/cases/{case.reference}/orders")
    page.locator("select[name=order_kind]").select_option(index=1)
    page.locator("select[name=person]").select_option(index=2)
    save(hand, "Continue")
    hand.tick(page.locator("input[name=to][value=made]"))
    hand.type("Court", "Eastfleet Magistrates’ Court")
    hand.type("Day it was made", "today")
    hand.type("Conditions, each on its own line", "Not to contact her\nNot to hold documents of others")
    save(hand)
    with within("fenmarch"):
        row = CourtOrder.objects.get()
        assert (row.state, row.conditions.count()) == ("made", 2)
    hand.open(f"/orders/{row.id}/breach")
    check_page(page, "order-breach")
    hand.type("What was done about it?", "Arrested for the breach")
    hand.tick(page.locator("input[name=victim_informed]").first)
    save(hand)
    with within("fenmarch"):
        assert OrderBreach.objects.get().order_id == row.id


def cps(hand, case):
    hand.open(f"/cases/{case.reference}/cps/advice_asked")
    hand.type("Who in the CPS?", "Duty prosecutor")
    hand.type("What you asked, and what was sent", "Early advice on evidence without the victim")
    save(hand, "Record it")
    with within("fenmarch"):
        assert ProsecutionEntry.objects.get().kind == "advice_asked"


def ask_to_close(hand, case):
    page = hand.page
    hand.open(f"/cases/{case.reference}/closing")
    assert page.locator("[data-open]").count() > 3
    hand.tick("Closing the case")
    hand.type(page.locator("textarea[name=rationale]"), "Every line is followed")
    for box in page.locator("input[name^=outcome_]").all():
        box.fill("18")
    check_page(page, "closing-ask")
    save(hand, "Ask")
    with within("fenmarch"):
        assert ClosingRequest.objects.get().decided_at is None


def close(hand, case):
    """Refused while nobody said of each open point why it does not stop it; then given."""
    page = hand.page
    hand.open(f"/cases/{case.reference}/closing")
    check_page(page, "closing-decide")
    hand.tick("Yes")
    hand.type(page.locator("textarea[name=because]"), "The evidence is spent")
    save(hand, "Decide")
    expect(page.get_by_role("alert")).to_be_visible()
    with within("fenmarch"):
        assert ClosingRequest.objects.get().decided_at is None
    for box in page.locator("input[name^=point_]").all():
        box.fill("Handed to the support service")
    hand.tick("Yes")
    save(hand, "Decide")
    with within("fenmarch"):
        assert ClosingRequest.objects.get().approved
        assert Case.objects.filter(id=case.id).exists()
    hand.open(f"/cases/{case.reference}/status")
    expect(page.get_by_role("heading", level=1)).to_have_text("Closed")


def test_a_detectives_week(page, people):
    users, case, victim, _ = people
    with within("fenmarch"):
        broken = PromiseFactory(
            person=victim, owner_id=users["detective"].id, by_when=timezone.now() - timedelta(days=1), words="Ring back",
        )  # fmt: skip
    turn = Turns(page, users)
    turn("detective")
    hand = Hand(page)
    plan(hand, case)
    decide(hand, case)
    account(hand, victim)
    hand.open(f"/promises/{broken.id}")
    assert page.locator("[data-outcome=Broken]").count() == 1
    order(hand, case)
    cps(hand, case)
    hand.open(f"/cases/{case.reference}/investigation")
    check_page(page, "investigation")
    hand.open(f"/cases/{case.reference}/timeline")
    check_page(page, "timeline")
    assert page.locator("svg circle").count() > 3
    ask_to_close(hand, case)
    turn("inspector")
    close(hand, case)


def test_an_exploiters_bail_of_which_the_victim_is_informed_first(page, people):
    users, case, _, exploiter = people
    turn = Turns(page, users)
    turn("detective")
    hand = Hand(page)
    hand.open(f"/cases/{case.reference}/suspects")
    hand.tap(page.locator(f"button[value='{exploiter.id}']"))
    suspect = page.url
    hand.tick(page.locator("input[name=to][value=bailed]"))
    hand.type("If it is planned: when?", "tomorrow 0900")
    save(hand)
    with within("fenmarch"):
        release = SuspectRelease.objects.get()
        assert release.happened_at is None
    turn("liaison")
    hand.open(f"/releases/{release.id}")
    check_page(page, "release")
    page.locator("main a[href^='/promises/']").first.click()
    hand.tick(page.locator("input[name=to][value=done]"))
    page.locator("select[name=done_how]").select_option(index=1)
    hand.tick(page.locator("input[name=plan]"))
    save(hand)
    with within("fenmarch"):
        row = Promise.objects.get(about=release.id)
        assert row.done_at is not None
        assert row.plan_at is not None
    turn("detective")
    hand.open(suspect)
    hand.tick(page.locator("input[name=to][value=bailed]"))
    save(hand)
    hand.open(f"/releases/{release.id}")
    assert page.locator("[data-uninformed]").count() == 0
