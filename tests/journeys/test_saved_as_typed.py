"""Each answer is saved as it is left, and says so; neither an ended session, a colleague, nor another who signs in loses or
mixes up a word."""

from django.contrib.sessions.models import Session
from django.core.cache import cache
from playwright.sync_api import expect

from lodestar.casework.referrals.models import Answer
from lodestar.platform.tenancy.tenant_transaction import within
from tests.journeys.harness.checks import check_page, picture
from tests.journeys.harness.people import sign_in, somebody
from tests.journeys.test_nine_faults import WORK, account, begun, box, officer, told

__all__ = ["officer"]  # the fixture


def line(page):
    return page.locator(".govuk-form-group", has=box(page)).locator(".lode-saved")


def leave(page, words):
    box(page).fill(words)
    box(page).blur()


def test_an_answer_is_saved_as_it_is_left_with_its_author_and_every_version(desk, officer):
    writing = begun(officer)
    sign_in(desk, officer)
    desk.goto(account(writing))
    leave(desk, "Picked leeks.")
    expect(line(desk)).to_contain_text("Saved")
    expect(desk.locator("[aria-live=polite]")).to_contain_text("What they had to do: Saved")
    check_page(desk, "saved-as-typed")
    leave(desk, "Picked leeks, six to six.")
    taken = desk.locator(".govuk-form-group", has=desk.get_by_role("group", name="Were they taken anywhere?"))
    taken.get_by_label("No", exact=True).check()
    expect(taken.locator("> .lode-saved")).to_contain_text("Saved")
    with within("fenmarch"):
        rows = Answer.objects.filter(writing=writing, code=WORK).order_by("number")
        assert [(row.number, row.words, row.written_by_id) for row in rows] == [
            (1, "Picked leeks.", officer.id), (2, "Picked leeks, six to six.", officer.id),
        ]  # fmt: skip
    desk.get_by_role("button", name="Save and go on", exact=True).click()
    desk.wait_for_url("**/sections/where")
    with within("fenmarch"):
        assert Answer.objects.filter(writing=writing, code=WORK).count() == 2, "the page saved nothing twice"


def test_what_is_typed_after_a_session_ended_stays_and_is_saved_once_signed_in_again(desk, officer):
    writing = begun(officer)
    sign_in(desk, officer)
    desk.goto(account(writing))
    Session.objects.all().delete()
    leave(desk, "Picked leeks.")
    expect(line(desk)).to_contain_text("you are signed out. What you typed stays here")
    expect(box(desk)).to_have_value("Picked leeks.")
    picture(desk, "saved-signed-out")
    cache.clear()
    other = desk.context.new_page()
    sign_in(other, officer)
    other.wait_for_load_state()
    desk.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(line(desk)).to_contain_text("Saved")
    assert told(writing)[WORK] == "Picked leeks."
    desk.get_by_role("button", name="Save and go on", exact=True).click()
    desk.wait_for_url("**/sections/where")


def test_nothing_typed_by_one_is_saved_as_anothers(desk, officer):
    writing = begun(officer)
    sign_in(desk, officer)
    desk.goto(account(writing))
    Session.objects.all().delete()
    leave(desk, "Picked leeks.")
    expect(line(desk)).to_contain_text("you are signed out")
    other = desk.context.new_page()
    sign_in(other, somebody("coordinator", name="Ms Farrant"))
    other.wait_for_load_state()
    desk.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(line(desk)).to_contain_text("someone else is signed in here now")
    expect(box(desk)).to_have_value("Picked leeks.")
    assert WORK not in told(writing)
