"""A patrol records a woman who may have been met before, on a small telephone without JavaScript; her owner and a coordinator
find what is theirs to know."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.intelligence.identities.models import IdentityLink, Match, MatchAlert, PersonIndexKey
from lodestar.platform.accounts.models import Membership
from lodestar.platform.tenancy.tenant_transaction import within
from tests.browser import PHONE
from tests.factories.accounts import DutyFactory
from tests.factories.administering import administering
from tests.factories.cases import MET, a_case, a_person
from tests.factories.contacts import a_contact
from tests.journeys.harness.checks import check_page, picture
from tests.journeys.harness.people import member_of, sign_in, somebody

HER = "Oksana Melnychenko"
IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|FM-\d\d-\d{4}|\b\d\d:\d\d\b|value=\"\w{64}\"")


@pytest.fixture
def team(live):
    """A patrol; the owners of her case, of another unit; a coordinator on duty."""
    found = {
        "patrol": somebody("frontline", name="PC Brandreth"),
        "owner": somebody("investigator", name="DC Abara"),
        "second": somebody("supervisor", name="DS Lind"),
        "coordinator": somebody("coordinator", name="Ms Quill"),
    }
    with within("fenmarch"):
        DutyFactory(user=found["coordinator"], post="coordinator", from_at=timezone.now(),
                    to_at=timezone.now() + timedelta(hours=9))  # fmt: skip
    return found


def met_before(team, *, sealed):
    with within("fenmarch"):
        owner, second = member_of(team["owner"]), member_of(team["second"])
        case = a_case(owner)
        person = a_person(owner, case, name=HER, birth_date="1994-05-17")
        if sealed:
            owners = [owner.user, second.user]
            seal_case(by=second, at=MET, case=case, reason="A relative in the force.", owners=owners)
        return case, person


def at_work(opened, live, user):
    page = opened(PHONE, base_url=live, java_script_enabled=False)
    sign_in(page, user)
    page.wait_for_url(re.compile("/(my-work|morning-list)$"))
    return page


def record_her(page):
    page.goto("/record")
    page.locator("#what").fill("A woman sleeps in the shop")
    page.locator("#p1-name").fill(HER)
    page.locator("#p1-part").check()
    page.locator("summary", has_text="Age in years").first.click()
    page.locator("#p1-born").fill("17 May 1994")
    page.get_by_role("button", name="Continue", exact=True).click()


def test_a_patrol_that_records_somebody_of_a_sealed_case_sees_nothing_and_her_owner_does(live, team, opened):
    patrol = at_work(opened, live, team["patrol"])
    record_her(patrol)
    patrol.wait_for_url("**/safe")
    unknown = IDS.sub("", patrol.content())
    with within("fenmarch"):
        PersonIndexKey.objects.all().delete()  # whoever was just recorded is not found again
    case, _ = met_before(team, sealed=True)

    record_her(patrol)
    patrol.wait_for_url("**/safe")
    assert IDS.sub("", patrol.content()) == unknown
    with within("fenmarch"):
        match = Match.objects.get()
        assert match.outcome == "sealed"
        assert MatchAlert.objects.filter(match=match).count() == 2

    owner = at_work(opened, live, team["owner"])
    check_page(owner, "my-work-alerted")
    owner.get_by_role("link", name=f"Someone similar to a person in {case.reference} was recorded").click()
    told = owner.locator("main").inner_text()
    assert "PC Brandreth" in told
    with within("fenmarch"):
        assert match.person.case.reference not in owner.content()
    check_page(owner, "alert")
    owner.get_by_label("What did you do?").fill("Rang them.")
    owner.get_by_role("button", name="I have seen this", exact=True).click()
    owner.wait_for_url("**/alerts")
    check_page(owner, "alerts")
    assert "Rang them." in owner.locator("main").inner_text()


def test_a_code_is_quoted_and_a_coordinator_compares_links_and_takes_it_back(live, team, opened):
    case, _ = met_before(team, sealed=False)
    with within("fenmarch"), administering():
        Membership.objects.filter(user=team["patrol"]).update(phone="01632 960 444")
    with within("fenmarch"):
        a_contact(member_of(team["coordinator"]), "duty_coordinator", "01632 960 155")
    patrol = at_work(opened, live, team["patrol"])
    record_her(patrol)
    patrol.wait_for_url("**/met?then=safe")
    with within("fenmarch"):
        code = Match.objects.get().code
    told = patrol.locator("main").inner_text()
    assert "Someone else may already be helping a person like this" in told
    assert f"Ring Ms Quill on 01632 960 155 now, quote {code}" in told
    assert case.reference not in patrol.content()
    check_page(patrol, "met-code")
    patrol.get_by_role("link", name="Continue: are they safe right now?", exact=True).click()
    patrol.wait_for_url("**/safe")

    coordinator = at_work(opened, live, team["coordinator"])
    check_page(coordinator)
    coordinator.goto("/matches")
    check_page(coordinator, "matches")
    coordinator.get_by_label("The code an officer quotes").fill(f"{code[:2].lower()} {code[2:]}")
    coordinator.get_by_role("button", name="Open", exact=True).click()
    coordinator.get_by_role("heading", name=f"Code {code}").wait_for()
    check_page(coordinator)
    coordinator.get_by_role("link", name=f"{HER} and {HER}").click()
    coordinator.get_by_role("heading", name="Are they the same person?").wait_for()
    check_page(coordinator, "match")
    assert not coordinator.locator("input[name=reasons]:checked").count()  # what a machine found is looked at, not agreed to
    coordinator.get_by_label("Born on the same day", exact=True).check()
    coordinator.get_by_label("Why, in your words").fill("The same scar on her left hand.")
    coordinator.get_by_role("button", name="The same person: link", exact=True).click()
    coordinator.get_by_text("They are linked as one person.").wait_for()
    check_page(coordinator, "match-linked")
    with within("fenmarch"):
        link = IdentityLink.objects.select_related("one__case", "other__case").get()
        assert (link.undone_at, "The same scar" in link.words) == (None, True)
    coordinator.get_by_role("link", name="Everything recorded about one", exact=True).click()
    assert f"in {case.reference}" in coordinator.locator("main").inner_text()
    picture(coordinator, "person-also")
    coordinator.go_back()
    coordinator.get_by_label("Why undo the link?").fill("Two sisters.")
    coordinator.get_by_role("button", name="Take the link back", exact=True).click()
    coordinator.get_by_role("button", name="The same person: link", exact=True).wait_for()
    with within("fenmarch"):
        assert IdentityLink.objects.get().undone_why == "Two sisters."


def test_whom_the_patrol_may_see_they_are_shown_and_say_what_they_think(live, team, opened):
    with within("fenmarch"):
        mine = member_of(team["patrol"])
        case = a_case(mine)
        a_person(mine, case, name="Oksana Melnichenko", birth_date="1994-05-17")
    patrol = at_work(opened, live, team["patrol"])
    record_her(patrol)
    patrol.wait_for_url("**/met?then=safe")
    check_page(patrol, "met-seen")
    assert case.reference in patrol.locator("main").inner_text()
    patrol.get_by_role("button", name=re.compile("^This is the same person as")).click()
    assert "Recorded as the same person" in patrol.locator("main").inner_text()
    check_page(patrol, "met-said")
