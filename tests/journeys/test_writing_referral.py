"""A short referral written on a telephone of 320 pixels without JavaScript, and what is common to another victim."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from lodestar.casework.consent.actions import record_consent
from lodestar.casework.referrals.actions import begin_writing, record_referral, write_answers
from lodestar.casework.referrals.models import Answer
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.cases import a_case, a_person
from tests.journeys.harness.checks import check_page
from tests.journeys.harness.hand import Hand
from tests.journeys.harness.people import member_of, sign_in, somebody


@pytest.fixture
def officer(live):
    return somebody("frontline", name="PC Brandreth")


def somebody_met(officer, answer):
    """An adult in a case of the officer's, asked alone."""
    with within("fenmarch"):
        member = member_of(officer)
        met = timezone.now() - timedelta(hours=2)
        person = a_person(member, a_case(member, at=met), at=met, name="Anna Kowalska")
        said = {"nrm": answer, "spoke_alone": True, "interpreter": "not_needed", "wants_support": answer}
        record_consent(by=member, at=met, person=person, answer=said)
    return person


def test_a_short_referral_is_written_on_a_telephone(phone, officer):
    person = somebody_met(officer, answer=True)
    sign_in(phone, officer)
    hand = Hand(phone)
    hand.open(f"/people/{person.id}")
    hand.tap("Write the referral", "link")
    check_page(phone, "writing-begin")
    hand.tap("Begin")
    hand.tap("Back", "link")
    check_page(phone, "writing")
    hand.tap("What they had to do", "link")
    hand.type("What they had to do", "Picked leeks from six to six, and slept in a caravan.")
    hand.tap("Save and look again")
    expect(phone.get_by_role("heading", name="What would make it stronger")).to_be_visible()
    check_page(phone, "writing-account")
    hand.tap("Save and go on")
    check_page(phone, "writing-where")
    hand.type("Towns in the UK", "nowhere at all")
    hand.tap("Save and go on")
    expect(phone.get_by_role("alert")).to_contain_text("is not on the Home Office’s list")
    check_page(phone, "writing-refused")
    hand.type("Towns in the UK", "lincoln")
    hand.tap("Save and go on")
    hand.tick("Made to commit crime: drugs, growing cannabis, begging, theft", "checkbox")
    check_page(phone, "writing-kind")
    hand.tap("Save and stop here")
    expect(phone.get_by_text("5 of the 12 answers for tonight are there.")).to_be_visible()
    for section in ("age", "us", "notice", "who", "view", "person", "evidence", "answer"):
        hand.open(f"{phone.url.partition('/sections')[0]}/sections/{section}")
        check_page(phone, f"writing-{section}")
        hand.tap("Back", "link")
    hand.tap("See what would go", "link")
    expect(phone.get_by_text("Picked leeks from six to six")).to_be_visible()
    check_page(phone, "writing-preview")
    phone.get_by_role("link", name="Copy page 1,").click()
    assert person.case.reference in phone.locator("body").inner_text()
    with within("fenmarch"):
        assert sorted(Answer.objects.values_list("code", flat=True)) == [
            "types-of-exploitation", "what-were-they-required-to-do", "where-exploitation-happened-uk-city",
        ]  # fmt: skip


def test_a_second_victim_starts_from_what_is_common_on_a_telephone(phone, officer):
    first = somebody_met(officer, answer=True)
    with within("fenmarch"):
        member = member_of(officer)
        writing = begin_writing(by=member, at=timezone.now(), person=first, version="2026-04")
        answers = {
            "who-exploited-pv": "A man called Skip, with a white van.",
            "where-exploitation-happened-uk-city": "Lincoln",
            "types-of-exploitation": "types-of-exploitation-forced-to-work",
            "what-were-they-required-to-do": "Anna picked leeks.",
        }
        write_answers(by=member, at=timezone.now(), writing=writing, answers=answers, rows=0)
        second = a_person(member, first.case, name="Bela Nagy")
    sign_in(phone, officer)
    hand = Hand(phone)
    hand.open(f"/people/{second.id}/writing")
    hand.tap("Begin")
    expect(phone.get_by_role("heading", name="Start from what is common")).to_be_visible()
    expect(phone.get_by_text("Anna picked leeks.")).to_have_count(0)
    expect(phone.get_by_role("checkbox", checked=True)).to_have_count(0)
    check_page(phone, "writing-common")
    hand.tick(phone.get_by_role("checkbox", name="Who did it"))
    hand.tap("Copy what is ticked")
    hand.open(f"{phone.url.partition('/sections')[0]}/sections/who")
    expect(phone.get_by_label("Who did it", exact=True)).to_have_value("A man called Skip, with a white van.")
    with within("fenmarch"):
        assert [row.code for row in Answer.objects.filter(writing__person=second)] == ["who-exploited-pv"]


def test_the_rest_is_sent_the_next_morning_from_a_telephone(phone, officer):
    person = somebody_met(officer, answer=True)
    with within("fenmarch"):
        member = member_of(officer)
        writing = begin_writing(by=member, at=timezone.now(), person=person, version="2026-04")
        record_referral(
            by=member, at=timezone.now(), person=person, route="nrm", direction="made_by_us", seen=0, details={"gaps": True}
        )
        answers = {"how-they-were-treated": "Shouted at, and never alone."}
        write_answers(by=member, at=timezone.now(), writing=writing, answers=answers, rows=0)
    sign_in(phone, officer)
    hand = Hand(phone)
    hand.open(f"/writings/{writing.id}")
    hand.tap("Send supplementary information", "link")
    expect(phone.get_by_text("Shouted at, and never alone.")).to_be_visible()
    check_page(phone, "writing-rest")
    hand.type("How", "By e-mail")
    hand.tap("Record supplementary information as sent")
    phone.wait_for_url(f"**/writings/{writing.id}")
    hand.tap("Send supplementary information", "link")
    expect(phone.get_by_text("Nothing has been written since it was sent.")).to_be_visible()
