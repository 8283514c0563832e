"""The coordinator's pages of referrals, on a telephone without JavaScript and at a desk."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from lodestar.casework.decisions.actions import file_decision
from lodestar.casework.investigations.actions import record_crime
from lodestar.casework.referrals.actions import record_referral
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.cases import a_case, a_person
from tests.factories.referrals import LetterFactory, LetterFiledFactory
from tests.journeys.harness.checks import check_page
from tests.journeys.harness.people import member_of, sign_in, somebody


@pytest.fixture
def recorded(live):
    """A referral that waits for information, a crime with no referral, and a letter of each kind."""
    user = somebody("coordinator", name="F. Quist")
    with within("fenmarch"):
        member, met = member_of(user), timezone.now() - timedelta(days=9)
        sent, without = (a_person(member, a_case(member, at=met), at=met, name=name) for name in ("Ana Popescu", "Petr Kowal"))
        referral = record_referral(
            by=member, at=met, person=sent, route="nrm", direction="made_by_us", seen=0, as_it_happened=True
        )
        file_decision(
            by=member, at=met, referral=referral, kind="info_asked", seen=0, decided_on=met.date(),
            answer_by=timezone.now().date(),
        )  # fmt: skip
        record_crime(by=member, at=met, person=without, kind="recorded", number="37/20418/26")
        LetterFactory(waits=True, added_by=user)
        letter = LetterFiledFactory(letter__added_by=user, referral=referral, filed_by=user).letter_id
    return user, sent, without, referral, letter


def test_the_coordinators_pages_hold_nothing_for_axe_and_fit(page, recorded):
    user, sent, without, referral, letter = recorded
    sign_in(page, user)
    pages = {
        "register": "/referrals", "register-received": "/referrals?kind=received",
        "no-crime": "/referrals/reconciled", "no-referral": "/referrals/reconciled?show=no_referral",
        "settle": f"/people/{sent.id}/reconciled", "letters": "/referrals/letters", "letter": f"/letters/{letter}",
        "decision": f"/referrals/{referral.id}/decision",
    }  # fmt: skip
    for name, path in pages.items():
        page.goto(path)
        check_page(page, name)
    page.goto(f"/people/{without.id}/reconciled")
    page.get_by_role("button", name="Save the reason").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why, in a few words")
    check_page(page)
    page.get_by_label("Why is that right?").fill("He has gone home, and the Met has the crime.")
    page.get_by_role("button", name="Save the reason").click()
    expect(page.get_by_text("No rows recorded here as open")).to_be_visible()
    page.get_by_role("link", name="Settled").click()
    expect(page.get_by_text("the Met has the crime")).to_be_visible()
    check_page(page, "settled")
