"""The first hour, on a telephone without JavaScript and at a desk."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from lodestar.casework.ledger import ledger
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.accounts import DutyFactory, UserFactory
from tests.factories.cases import AllegedOffenceFactory, a_case, a_person
from tests.journeys.harness.checks import check_page, picture
from tests.journeys.harness.hand import Hand
from tests.journeys.harness.people import member_of, sign_in, somebody


def two_lads(officer, minutes=40):
    """Kieran, 16, and Jaz, whose age nobody knows, stopped together; Sgt Solanki is on duty."""
    with within("fenmarch"):
        member = member_of(officer)
        met = timezone.now() - timedelta(minutes=minutes)
        case = a_case(member, at=met)
        sergeant = UserFactory(name="Sgt Solanki")
        DutyFactory(unit_id=member.unit, unit=None, user=sergeant)
        kieran = a_person(
            member, case, at=met, name="Kieran", age_min=16, age_max=16, age_basis="stated", needs=["food"],
            roles=["possible_victim", "suspect"],
        )  # fmt: skip
        jaz = a_person(member, case, at=met, name="Jaz", age_min=None, age_max=None)
        AllegedOffenceFactory(person=kieran, title="possession with intent to supply", stage="stop")
        ledger.recalculate([case.id], ledger.Cause(by=member.user, at=met, code="cases.opened"))
    return case, kieran, jaz


FOUR_THINGS = (
    "The Home Office decides. For some people its immigration side does.",
    "Police will know.",
    "They need not talk to the police.",
    "If they say no, a note without their name goes to the Home Office, and the police keep a crime record.",
)


def test_the_lines_are_answered_and_saved_together(page):
    officer = somebody("frontline", name="PC Brandreth")
    case, _, _ = two_lads(officer)
    sign_in(page, officer)
    hand = Hand(page)
    hand.open(f"/cases/{case.reference}/do-now")
    check_page(page, "do-now")
    hand.open(f"/cases/{case.reference}/do-now")  # folded again
    save = page.get_by_role("button", name="Save all lines filled in")
    hand.type("Who stays with them", "PC Ferreira stays with both")
    hand.tick(page.locator("#make_safe").get_by_label("Both"), "checkbox")
    stuck = page.locator("#safe_place")
    stuck.locator("summary").click()
    stuck.get_by_label("Because").fill("No foster bed until 04:00.")
    hand.tap(save)
    expect(page.get_by_text("You saved “Done for both” at")).to_be_visible()
    expect(stuck.get_by_text("Not saved yet")).to_be_visible()
    check_page(page, "do-now-time-asked")
    stuck.get_by_label("Not possible yet").check()
    hand.type("Time, like 0225", "2570")
    hand.tap(save)
    expect(page.get_by_role("alert").get_by_text("“2570” is not a time")).to_be_visible()
    check_page(page, "do-now-error")
    hand.type("Time, like 0225", f"{timezone.localtime(case.encountered_at):%H%M}")
    hand.tap(save)
    expect(page.get_by_text("PC Ferreira stays with both")).to_be_visible()
    assert page.get_by_text("When did it happen?").count() == 0
    expect(stuck.get_by_text("Passed to Sgt Solanki")).to_be_visible()
    expect(stuck.get_by_text("Still open.")).to_be_visible()
    hand.tap("Answer line 4 for Jaz", role="link")
    hand.type("Youngest they could be", "15")
    hand.type("Oldest they could be", "15")
    hand.tick("They said so")
    page.get_by_role("main").get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#establish_age").get_by_text("Recorded:")).to_be_visible()
    hand.tap(page.get_by_role("link", name="Earlier answers"))
    check_page(page)
    hand.tick("Cannot rule out")
    hand.type("A few words why", "Older man waiting in the car")
    page.get_by_role("main").get_by_role("button", name="Save", exact=True).click()
    picture(page, "do-now-later")
    expect(page.get_by_text("3 of 7 answered, 4 open.")).to_be_visible()
    check_page(page)


def test_an_adult_is_asked_and_the_way_is_shown(page):
    officer = somebody("frontline", name="PC Brandreth")
    with within("fenmarch"):
        member = member_of(officer)
        case = a_case(member, at=timezone.now() - timedelta(minutes=20))
        person = a_person(member, case, at=case.encountered_at, name="Ardit Gjokeja", age_min=27, age_max=27)
    sign_in(page, officer)
    page.wait_for_url("**/my-work")
    hand = Hand(page)
    hand.open(f"/cases/{case.reference}/do-now")
    hand.tap("Ardit Gjokeja: ask them about a referral, alone", role="link")
    check_page(page, "consent")
    for said in FOUR_THINGS:
        hand.tick(said, role="checkbox")
    hand.tick(page.get_by_label("Yes").first)
    hand.tick(page.get_by_label("Independent"))
    hand.type("Language", "Albanian")
    hand.type("Job number", "88213")
    hand.tick("They want time")
    hand.tap("Save and see what follows")
    assert page.get_by_role("heading", level=1).inner_text().startswith("Ask again, by")
    expect(page.get_by_text("They want time. That is an answer.")).to_be_visible()
    check_page(page, "route-ask")
    assert (hand.screens, hand.taps, len(hand.sentences)) == (3, 9, 0)
    hand.open(f"/people/{person.id}/consent")
    check_page(page, "consent-again")


def test_a_child_is_told_and_heard(page):
    officer = somebody("frontline", name="PC Brandreth")
    _, kieran, _ = two_lads(officer)
    sign_in(page, officer)
    page.goto(f"/people/{kieran.id}/consent")
    check_page(page, "consent-child")
    page.goto(f"/people/{kieran.id}/consent")
    page.get_by_label("What happens now, in words they understand.").check()
    page.get_by_label("What they want, in their words").fill("To be near his nan")
    page.get_by_role("button", name="Save and see what follows").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Refer to the National Referral Mechanism"
    check_page(page, "route-nrm")


def test_what_is_left_is_handed_on_and_taken_in_the_morning(page, opened, live):
    officer, coordinator = somebody("frontline", name="PC Brandreth"), somebody("coordinator", name="F. Quist")
    case, _, _ = two_lads(officer)
    sign_in(page, officer)
    hand = Hand(page)
    hand.open(f"/cases/{case.reference}/do-now")
    hand.tap("End of shift: hand over what is left", role="link")
    check_page(page, "hand-on")
    hand.type("What the next person needs to know", "Kieran wants to be near his nan")
    page.get_by_role("button", name="Hand over all").click()
    expect(page.get_by_text("Not taken yet")).to_be_visible()
    check_page(page, "hand-on-waiting")
    other = opened(page.viewport_size, base_url=live, java_script_enabled=False)
    sign_in(other, coordinator)
    other.goto("/morning-list")
    check_page(other, "morning-list")
    expect(other.get_by_text("“Kieran wants to be near his nan”").first).to_be_visible()
    other.get_by_role("button", name="Take it line 1").click()
    other.get_by_role("button", name="Take all").click()
    expect(other.get_by_text("Nothing recorded to accept yet.")).to_be_visible()
    check_page(other, "morning-list-taken")
    page.goto(f"/cases/{case.reference}/do-now")
    expect(page.get_by_text("Taken by F. Quist at").first).to_be_visible()
    assert page.get_by_text("Not taken yet").count() == 0


def test_thirty_people_are_light_and_readable(page):
    officer = somebody("frontline", name="PC Brandreth")
    with within("fenmarch"):
        member = member_of(officer)
        case = a_case(member, at=timezone.now() - timedelta(minutes=20))
        for number in range(1, 31):
            a_person(member, case, at=case.encountered_at, description=f"Packer, wristband {number}", age_min=20, age_max=40)
    sign_in(page, officer)
    page.goto(f"/cases/{case.reference}/do-now")
    check_page(page, "do-now-thirty")
    page.locator("#make_safe").get_by_label("Packer, wristband 17", exact=True).check()
    page.get_by_role("button", name="Save what is filled in").click()
    page.get_by_role("link", name="Line 2 One by one").click()
    check_page(page, "do-now-thirty-line-2")


def test_what_a_colleague_did_meanwhile_is_where_the_keyboard_begins(page):
    officer = somebody("frontline", name="PC Brandreth")
    _, _, jaz = two_lads(officer)
    sign_in(page, officer)
    page.wait_for_url("**/my-work")
    other = page.context.new_page()
    for one, age in ((page, "16"), (other, "15"), (page, "")):
        if age:
            one.goto(f"/people/{jaz.id}/age")
            one.get_by_label("Youngest they could be").fill(age)
        if one is other or not age:
            one.get_by_role("main").get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert "A colleague changed Jaz while" in page.get_by_role("alert").inner_text()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Youngest they could be")).to_be_focused()
    expect(page.get_by_label("Youngest they could be")).to_have_value("16")
    check_page(page)
