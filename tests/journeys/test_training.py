"""A seminar is planned, people sign in by its code, a file adds partners, the questions at six months are answered, and the
coverage of a unit names who is missing."""

from datetime import datetime, timedelta

import time_machine

from lodestar.knowledge.training.models import Attendance, Course, Session, Sitting
from lodestar.platform.tenancy.tenant_transaction import within
from lodestar.platform.time.days import LONDON
from tests.factories.training import QuestionFactory
from tests.journeys.harness.checks import check_page
from tests.journeys.harness.hand import Hand
from tests.journeys.harness.people import member_of, sign_in, somebody

MORNING = datetime(2027, 3, 9, 9, 30, tzinfo=LONDON)
CAME = b"name,organisation\r\nIris Vane,Fen Refuge Trust\r\nOtis Greaves,Marlsea Food Bank\r\n"


def at_work(hand, user):
    hand.page.context.clear_cookies()
    sign_in(hand.page, user)
    hand.page.wait_for_url("**/my-work")


def save(hand, button="Save"):
    with hand.page.expect_navigation():
        hand.tap(button)
    check_page(hand.page)


def plan_the_seminar(hand):
    """A course that first responders must have, and a session of it today."""
    hand.open("/training/courses/new")
    hand.choose("Kind", "Seminar")
    hand.type("Title", "Modern slavery awareness seminar")
    hand.tick("Section 45 considered every time", role="checkbox")
    save(hand)
    hand.choose("Role", "Officer")
    hand.type("From", "1 March 2027")
    hand.type("Within how many days of taking up the role?", "30")
    save(hand)
    hand.tap("Plan a session", role="link")
    hand.type("Day", "9 March 2027")
    hand.type("Place", "Guildhall")
    save(hand)
    return hand.page.locator("[data-code]").inner_text()


def sign_in_by(hand, user, code):
    at_work(hand, user)
    hand.open("/training/attend")
    hand.type("Code", code)
    save(hand, "Sign in")


def import_partners(hand):
    with within("fenmarch"):
        session = Session.objects.get()
    hand.open(f"/training/sessions/{session.id}/import")
    for button in ("Check the file", "Record these people"):
        hand.page.locator("#file").set_input_files({"name": "came.csv", "mimeType": "text/csv", "buffer": CAME})
        save(hand, button)


def test_a_seminar_its_partners_its_questions_and_who_is_missing(phone):
    keeper, hand = somebody("training"), Hand(phone)
    officers = [somebody("frontline", name=f"PC {name}") for name in ("Brandreth", "Ferreira", "Wren")]
    with within("fenmarch"):
        for _ in range(12):
            QuestionFactory(recorded_by_id=member_of(keeper).user)
    with time_machine.travel(MORNING, tick=True):
        at_work(hand, keeper)
        code = plan_the_seminar(hand)
        for officer in officers[:2]:
            sign_in_by(hand, officer, code)
    with time_machine.travel(MORNING + timedelta(hours=1), tick=True):
        at_work(hand, keeper)
        import_partners(hand)
        assert phone.locator("[data-attended='4']").count() == 1
        with within("fenmarch"):
            assert sorted(Attendance.objects.values_list("how", flat=True)) == ["code", "code", "file", "file"]
    with time_machine.travel(MORNING + timedelta(days=190), tick=True):
        at_work(hand, officers[0])
        hand.tap(phone.locator("main a[href$='/six_months']"))
        for number in range(1, 11):
            hand.tick(phone.locator(f"[name=q{number}-answers][value='{number % 3 + 1}']"))
        save(hand, "Send my answers")
        assert phone.locator("[data-right=yes]").count() == 4
        with within("fenmarch"):
            assert Sitting.objects.get().answers.count() == 10
        at_work(hand, keeper)
        hand.open("/training/coverage")
        with within("fenmarch"):
            course = Course.objects.get()
            unit = str(member_of(officers[2]).unit)
        phone.locator("select[name=unit]").select_option(unit)
        phone.locator("select[name=course]").select_option(str(course.id))
        save(hand, "Show")
        assert phone.locator("[data-missing='1']").count() == 1
        assert phone.locator("main").get_by_text("PC Wren").count() == 1
        assert phone.locator("main").get_by_text("PC Ferreira").count() == 0
