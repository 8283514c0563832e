"""The nine faults that the Home Office's form was driven into, one test each: here none of them loses a word, puts one into
another person's referral, or sends what may not go."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect

from lodestar.casework.case_files.actions.people import change_person
from lodestar.casework.consent.actions import record_consent
from lodestar.casework.referrals import actions
from lodestar.casework.referrals.models import Answer, ReferralDraft
from lodestar.casework.referrals.queries import writing as queries
from lodestar.config.sessions import SessionStore
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.accounts import PASSWORD, code_of
from tests.factories.cases import a_case, a_person
from tests.journeys.harness.checks import check_html, check_page
from tests.journeys.harness.hand import Hand
from tests.journeys.harness.people import member_of, sign_in, somebody

VERSION = "2026-04"
START = "how-did-the-exploitation-start"
WORK = "what-were-they-required-to-do"
LABELS = {START: "How it began", WORK: "What they had to do"}
TELEPHONE = "07911 123456"


@pytest.fixture
def officer(live):
    return somebody("frontline", name="PC Brandreth")


def begun(officer, name="Anna Kowalska", *, answer=True):
    """A referral begun about an adult who was asked alone."""
    with within("fenmarch"):
        member, met = member_of(officer), timezone.now() - timedelta(hours=2)
        person = a_person(member, a_case(member, at=met), at=met, name=name)
        said = {"nrm": answer, "spoke_alone": True, "interpreter": "not_needed", "wants_support": answer}
        record_consent(by=member, at=met, person=person, answer=said)
        return actions.begin_writing(by=member, at=timezone.now(), person=person, version=VERSION)


def written(officer, writing, **answers):
    with within("fenmarch"):
        rows = Answer.objects.filter(writing=writing).count()
        told = {code.replace("_", "-"): words for code, words in answers.items()}
        actions.write_answers(by=member_of(officer), at=timezone.now(), writing=writing, answers=told, rows=rows)


def told(writing):
    with within("fenmarch"):
        return dict(queries.sheet_of(ReferralDraft.objects.select_related("person__case").get(id=writing.id)).given_answers)


def account(writing):
    return f"/writings/{writing.id}/sections/account"


def box(page, code=WORK):
    return page.get_by_label(LABELS[code], exact=True)


def until(page, holds):
    """Waits for what a page that was left has still sent."""
    for _ in range(200):
        if holds():
            return
        page.wait_for_timeout(25)
    assert holds()


def gone_from_every_text(page):
    """What would go, all pages of it, in words."""
    found = []
    while True:
        found.append(page.locator("main").inner_text())
        more = page.get_by_role("link", name="The next pages")
        if not more.count():
            return "\n".join(found)
        more.click()
        page.wait_for_load_state()


# --- 1: the session is gone while somebody writes ------------------------------------------------------------------------------


def test_fault_1_a_session_that_is_gone_keeps_what_was_typed(phone, officer):
    writing = begun(officer)
    sign_in(phone, officer)
    phone.goto(account(writing))
    box(phone).fill("Picked leeks from six to six.")
    Session.objects.all().delete()
    phone.get_by_role("button", name="Save and go on", exact=True).click()
    expect(phone.get_by_role("heading", name="You were signed out")).to_be_visible()
    expect(phone.get_by_label("What you wrote", exact=True)).to_have_value("Picked leeks from six to six.")


def test_fault_1_an_old_session_gives_the_text_back_after_signing_in(phone, officer):
    writing = begun(officer)
    sign_in(phone, officer)
    phone.goto(account(writing))
    box(phone).fill("Picked leeks from six to six.")
    (cookie,) = [one["value"] for one in phone.context.cookies() if one["name"] == "session"]
    session = SessionStore(cookie)
    session["seen"] = (timezone.now() - timedelta(hours=2)).isoformat()
    session.save()
    phone.get_by_role("button", name="Save and go on", exact=True).click()
    cache.clear()  # the same six digits once more: a half minute has gone by
    phone.get_by_label("User name", exact=True).fill(officer.username)
    phone.get_by_label("Password", exact=True).fill(PASSWORD)
    phone.get_by_label("Code from your app", exact=True).fill(code_of(officer))
    phone.get_by_role("button", name="Sign in", exact=True).click()
    expect(box(phone)).to_have_value("Picked leeks from six to six.")
    phone.get_by_role("button", name="Save and go on", exact=True).click()
    phone.wait_for_url("**/sections/where")
    assert told(writing)[WORK] == "Picked leeks from six to six."


# --- 2 and 3: back, forward, and the link that leaves --------------------------------------------------------------------------


def test_fault_2_back_and_forward_keep_unsent_text(desk, officer):
    writing = begun(officer)
    sign_in(desk, officer)
    desk.goto(f"/writings/{writing.id}")
    desk.goto(account(writing))
    box(desk).fill("Picked leeks.")
    box(desk).blur()
    expect(desk.locator(".lode-saved")).to_contain_text("Saved")
    desk.go_back()
    desk.go_forward()
    expect(box(desk)).to_have_value("Picked leeks.")
    assert told(writing)[WORK] == "Picked leeks."


def test_fault_3_leaving_by_the_link_at_the_top_keeps_unsent_text(desk, officer):
    writing = begun(officer)
    sign_in(desk, officer)
    desk.goto(account(writing))
    box(desk).press_sequentially("Picked leeks.")
    desk.get_by_role("link", name="Back", exact=True).click()
    desk.wait_for_url(f"**/writings/{writing.id}")
    until(desk, lambda: told(writing).get(WORK) == "Picked leeks.")
    desk.goto(account(writing))
    expect(box(desk)).to_have_value("Picked leeks.")


# --- 4: stopping in the middle -------------------------------------------------------------------------------------------------


def test_fault_4_one_can_stop_on_a_page_that_is_not_answered(phone, officer):
    writing = begun(officer)
    sign_in(phone, officer)
    phone.goto(account(writing))
    phone.get_by_role("button", name="Save and stop here", exact=True).click()
    phone.wait_for_url(f"**/writings/{writing.id}")
    phone.goto(account(writing))
    box(phone).fill("Picked le")
    phone.get_by_role("button", name="Save and stop here", exact=True).click()
    phone.wait_for_url(f"**/writings/{writing.id}")
    expect(phone.get_by_role("alert")).to_have_count(0)
    assert told(writing)[WORK] == "Picked le"


# --- 5 and 6: two tabs ---------------------------------------------------------------------------------------------------------


def test_fault_5_a_second_tab_leaves_the_first_where_it_was_with_its_text(phone, officer):
    first, second = begun(officer), begun(officer, "Bela Nagy")
    sign_in(phone, officer)
    phone.goto(account(first))
    box(phone).fill("Anna picked leeks.")
    other = phone.context.new_page()
    other.goto(account(second))
    phone.get_by_role("button", name="Save and go on", exact=True).click()
    phone.wait_for_url(f"**/writings/{first.id}/sections/where")
    assert told(first)[WORK] == "Anna picked leeks."
    assert WORK not in told(second)


def test_fault_6_one_persons_account_never_lands_on_anothers(phone, officer):
    first, second = begun(officer), begun(officer, "Bela Nagy")
    sign_in(phone, officer)
    phone.goto(account(first))
    other = phone.context.new_page()
    other.goto(account(second))
    box(other).fill("Bela washed cars.")
    other.get_by_role("button", name="Save and go on", exact=True).click()
    other.wait_for_url("**/sections/where")
    box(phone).fill("Anna picked leeks.")
    phone.get_by_role("button", name="Save and go on", exact=True).click()
    phone.wait_for_url("**/sections/where")
    assert (told(first)[WORK], told(second)[WORK]) == ("Anna picked leeks.", "Bela washed cars.")
    with within("fenmarch"):
        assert Answer.objects.filter(writing=second, code=WORK).count() == 1


# --- 7 and 8: an answer that changes which way it goes -------------------------------------------------------------------------


def with_a_telephone(officer):
    writing = begun(officer)
    written(
        officer, writing, what_were_they_required_to_do="Picked leeks.", does_pv_need_support="yes", pv_phone_number="yes",
        pv_phone_number_yes=TELEPHONE,
    )  # fmt: skip
    return writing


def test_fault_7_a_consent_taken_back_sends_no_telephone(phone, officer):
    writing = with_a_telephone(officer)
    sign_in(phone, officer)
    phone.goto(f"/writings/{writing.id}/preview")
    assert TELEPHONE in gone_from_every_text(phone)
    with within("fenmarch"):
        answer = {"nrm": False, "spoke_alone": True, "interpreter": "not_needed"}
        record_consent(by=member_of(officer), at=timezone.now(), person=writing.person, answer=answer)
    phone.goto(f"/writings/{writing.id}/preview")
    expect(phone.get_by_role("heading", name="Duty to Notify: exactly what would be sent")).to_be_visible()
    text = gone_from_every_text(phone)
    assert "Picked leeks." in text
    assert TELEPHONE not in text
    with phone.expect_download() as taken:
        phone.get_by_role("link", name="Word", exact=True).click()
    assert TELEPHONE.encode() not in taken.value.path().read_bytes()


def test_fault_8_an_adult_who_is_a_child_is_asked_nothing_again_and_no_hidden_number_goes(phone, officer):
    writing = with_a_telephone(officer)
    sign_in(phone, officer)
    phone.wait_for_load_state()
    hand = Hand(phone)
    with within("fenmarch"):
        facts = {"age_min": 16, "age_max": 16, "age_basis": "document", "birth_date": "2010"}
        change_person(
            by=member_of(officer), at=timezone.now(), person=writing.person, facts=facts, version=writing.person.version
        )
    hand.open(f"/writings/{writing.id}/preview")
    text = gone_from_every_text(phone)
    assert "Picked leeks." in text
    assert TELEPHONE not in text
    assert hand.screens == 1, "no page has to be walked again"


# --- 9: long accounts ----------------------------------------------------------------------------------------------------------


def test_fault_9_nine_long_accounts_are_kept_whole_on_light_pages(phone, officer):
    writing = begun(officer)
    sign_in(phone, officer)
    long = ("She said so, and we wrote it down. " * 415)[:14_500].strip()
    for section in ("account", "notice", "who", "view", "age", "person"):
        phone.goto(f"/writings/{writing.id}/sections/{section}")
        boxes = phone.locator("textarea:visible")
        for number in range(boxes.count()):
            boxes.nth(number).fill(long)
        phone.get_by_role("button", name="Save and stop here", exact=True).click()
        phone.wait_for_url(f"**/writings/{writing.id}")
        phone.goto(f"/writings/{writing.id}/sections/{section}")
        check_html(phone.content())
    kept = [code for code, words in told(writing).items() if words == long]
    assert len(kept) >= 9
    phone.goto(account(writing))
    check_page(phone, "writing-long")
    phone.get_by_role("link", name="Read and change all").first.click()
    assert len(phone.locator("textarea").input_value()) == len(long)
    check_page(phone, "writing-alone")
    phone.locator("textarea").fill(f"{long} More.")
    phone.get_by_role("button", name="Save, and back to the section", exact=True).click()
    phone.wait_for_url("**/sections/account")
    assert f"{long} More." in told(writing).values()
    phone.goto(f"/writings/{writing.id}")
    expect(phone.get_by_text("may not save more")).to_be_visible()
