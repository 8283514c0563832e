"""The library on a small telephone without JavaScript: asked in an officer's words, kept by two editors, read again."""

import re

from django.utils import timezone
from playwright.sync_api import expect

from lodestar.knowledge.publishing.actions.stock import stock
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.guidance import a_draft, a_published_version
from tests.journeys.harness.checks import check_page, picture
from tests.journeys.harness.hand import Hand
from tests.journeys.harness.people import member_of, sign_in, somebody

ASKED = {
    "lad 16 found with wraps says he owes them do i nick him": "A young person with drugs who says they owe money",
    "nrm consent adult refuses what now": "no",
    "s45 drugs adult can he use it": "45",
    "turns 18 next week nrm": "18",
    "cannabis grow lad locked in": "annabis",
}
OLD = "To arrange support, call the Salvation Army on 0300 303 8151. Support then goes on for a time."
NEW = "To arrange support, call the Salvation Army on 0800 808 3733. Support then goes on for a time."


def test_five_questions_are_answered_and_open_at_the_passage(page, live):
    officer, editor = somebody("frontline"), somebody("guidance_editor")
    with within("fenmarch"):
        stock(by=member_of(editor), at=timezone.now())
    sign_in(page, officer)
    hand = Hand(page)
    hand.open("/guidance")
    check_page(page)
    label = page.locator("label[for=q]")
    assert label.evaluate("label => label.clientHeight < 2 * parseFloat(getComputedStyle(label).lineHeight)")  # one line
    picture(page, "guidance")
    for number, (question, title) in enumerate(ASKED.items()):
        hand.type("Ask in your own words", question)
        hand.tap("Search")
        check_page(page, f"guidance-found-{number}")
        first = page.locator(".lode-result h3 a").filter(has_text=re.compile(title)).first
        hand.tap(first)
        place = page.url.partition("#")[2]
        expect(page.locator(f"#{place}")).to_be_in_viewport()
        if not number:
            check_page(page, "guidance-document")
        hand.open("/guidance")
    hand.open("/guidance/topics/custody")
    check_page(page, "guidance-topic")


def test_a_new_version_is_approved_and_the_reader_of_the_old_one_is_told_what_changed(phone, desk):
    officer, first = somebody("frontline"), somebody("guidance_editor", name="Maeve Lindqvist")
    second = somebody("guidance_editor", name="Jonah Achebe")
    with within("fenmarch"):
        stock(by=member_of(first), at=timezone.now())
        old = a_published_version(member_of(first), OLD, file_name="support.txt", title="Support at night")
    path = f"/guidance/documents/{old.document_id}"
    sign_in(phone, officer)
    hand = Hand(phone)
    hand.open(path)
    expect(phone.locator("mark")).to_have_text("0300 303 8151")
    expect(phone.locator("main")).to_contain_text("Differs from the force’s confirmed number: 0800 808 3733")
    check_page(phone, "guidance-differs")
    with within("fenmarch"):
        new = a_draft(member_of(first), NEW, file_name="support.txt", title="Support at night")
    hand.open(f"/guidance/versions/{new.id}")
    assert "Nothing here" in phone.title() or "not here" in phone.locator("h1").inner_text().lower()
    sign_in(desk, second)
    desk.goto("/guidance/keeping")
    check_page(desk, "guidance-keeping")
    desk.get_by_role("link", name="Support at night, version 2").click()
    check_page(desk, "guidance-stage")
    desk.get_by_role("button", name="Approve it").click()
    desk.get_by_role("button", name="Publish it").click()
    expect(desk.locator("main")).to_contain_text("Published. Added")
    hand.open("/guidance")
    expect(phone.locator("main")).to_contain_text("Changed since you read it")
    hand.tap("Support at night", "link")
    hand.tap("What changed since then", "link")
    expect(phone.locator("del")).to_contain_text("0300 303 8151.")
    expect(phone.locator("ins")).to_contain_text("0800 808 3733.")
    check_page(phone, "guidance-changed")
    hand.tap("I have read and understood this version")
    expect(phone.locator("main")).not_to_contain_text("changed since you read it")


def test_the_pages_of_an_editor_fit_a_small_telephone(page, live):
    editor = somebody("guidance_editor", name="Maeve Lindqvist")
    with within("fenmarch"):
        stock(by=member_of(editor), at=timezone.now())
        version = a_published_version(member_of(editor), OLD, title="Support at night")
    sign_in(page, editor)
    for path in ("keeping", "add", "words", "words/new", f"versions/{version.id}/stage",
                 f"documents/{version.document_id}/about"):  # fmt: skip
        page.goto(f"/guidance/{path}")
        check_page(page, "guidance-" + path.split("/")[0] + path.split("/")[-1][:6])
    hand = Hand(page)
    hand.open(f"/guidance/versions/{version.id}/stage")
    hand.tap("Withdraw it")
    expect(page.get_by_role("alert")).to_be_visible()
    check_page(page)
    hand.open("/guidance/words/new")
    hand.tap("Save")
    expect(page.get_by_role("alert")).to_be_visible()
    check_page(page)
