"""A meeting of a board on a telephone without JavaScript: from the calendar to the chased action."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from lodestar.oversight.boards.actions import remind_late
from lodestar.oversight.boards.models import BoardAction
from lodestar.platform.design.when import day
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.cases import a_case, a_person
from tests.factories.signed_in import session_of
from tests.journeys.harness.checks import check_page
from tests.journeys.harness.people import member_of, somebody

YESTERDAY = day(timezone.now() - timedelta(days=1))


@pytest.fixture
def force(live):
    """A secretary, a member of a board, an officer who is on none, and a case of theirs."""
    people = {name: somebody(role, name=name) for name, role in (
        ("L. Farrant", "board_secretary"), ("Supt Osei", "board_member"), ("PC Lund", "frontline"),
    )}  # fmt: skip
    with within("fenmarch"):
        officer = member_of(people["PC Lund"])
        a_person(officer, a_case(officer, at=timezone.now()), at=timezone.now())
    return people


@pytest.fixture
def enter(phone, live, force):
    """Opens a page as somebody."""

    def opened(name, path):
        with within("fenmarch"):
            key = str(session_of(member_of(force[name])).session_key)
        phone.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live}])
        phone.goto(path)
        check_page(phone)

    return opened


def write(phone, path, **words):
    """Fills in a form."""
    phone.goto(path)
    for label, text in words.items():
        phone.get_by_label(label.replace("_", " ")).fill(text)
    check_page(phone)
    phone.get_by_role("button", name="Save").click()


def held(phone):
    """A board, with a meeting that was held yesterday: its pack, minutes, a decision and an action that is late."""
    phone.get_by_role("link", name="Add a board").click()
    write(phone, phone.url, What_is_the_board_called="Delivery Board", Terms_of_reference="It looks at the plan")
    board = phone.url
    write(phone, f"{board}/members", Colleague="Supt Osei", In_which_role="Head of crime")
    write(phone, f"{board}/meetings", Day=YESTERDAY, Time="10:00", Place="Headquarters")
    meeting = phone.url
    expect(phone.locator("[data-open='0']")).to_be_visible()
    write(phone, f"{meeting}/pack", As_at_which_day=YESTERDAY)
    check_page(phone, "board-pack")
    phone.get_by_role("link", name="Equality").click()
    check_page(phone)
    write(phone, f"{meeting}/minutes", Minutes="The board read the pack")
    write(phone, f"{meeting}/decisions", What_was_decided="Brief every team")
    phone.goto(f"{meeting}/actions")
    phone.get_by_label("From which decision?").select_option(index=1)
    for label, text in (("What has to be done?", "Brief Marlsea"), ("Who does it?", "PC Lund"), ("By which day?", YESTERDAY)):
        phone.get_by_label(label).fill(text)
    phone.get_by_role("button", name="Save").click()
    expect(phone.locator("[data-given='1']")).to_contain_text("Brief Marlsea")
    check_page(phone, "board-meeting")
    return board, meeting


def test_a_board_meeting_from_the_calendar_to_the_chased_action(phone, live, enter):
    enter("L. Farrant", "/boards")
    board, meeting = held(phone)
    with within("fenmarch"):
        assert remind_late(by=None, at=timezone.now()) == 1
        action = f"/boards/actions/{BoardAction.objects.get().id}"
    enter("PC Lund", "/my-work")
    expect(phone.get_by_text("Action of the Delivery Board")).to_be_visible()
    phone.goto(action)
    check_page(phone, "board-action")
    phone.get_by_label("Done, for the board to close").check()
    phone.get_by_label("Note").fill("Briefed on 3 March, see the rota")
    phone.get_by_role("button", name="Save").click()
    enter("L. Farrant", board)
    write(phone, f"{board}/meetings", Day="1 March 2090", Time="10:00", Place="Headquarters")
    expect(phone.locator("[data-open='1']")).to_contain_text("Done, for the board to close")
    phone.goto(action)
    phone.get_by_label("Closed by the board").check()
    phone.get_by_label("Note").fill("The rota was seen")
    phone.get_by_role("button", name="Save").click()
    expect(phone.locator("[data-state=closed]")).to_be_visible()
    enter("Supt Osei", "/boards")
    phone.get_by_role("link", name="Delivery Board", exact=True).click()
    check_page(phone, "board")
    expect(phone.locator("[data-decision='1']")).to_contain_text("Brief every team")
    phone.goto(meeting)
    expect(phone.locator("[data-minuted]")).to_be_visible()
    nothing = (action, "/measures", "/figures", "/plan/overview", "/requirements", "/recommendations", "/deep-dives", "/custody",
               f"{meeting}/minutes", "/cases/FM-1", "/boards/new")  # fmt: skip
    assert [phone.request.get(f"{live}{path.removeprefix(live)}").status for path in nothing] == [404] * len(nothing)
