"""Giving out, on a telephone and at a desk: a case for a partner's system, and the numbers of a month and a quarter."""

import re

import pytest
from playwright.sync_api import expect

from lodestar.oversight.releases.models import ReleaseGiven
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.cases import a_case, a_person
from tests.journeys.harness.checks import check_page
from tests.journeys.harness.hand import Hand
from tests.journeys.harness.people import member_of, sign_in, somebody


@pytest.fixture
def coordinator(live):
    return somebody("coordinator", name="F. Quist")


def test_a_case_and_numbers_are_given_out(page, coordinator):
    with within("fenmarch"):
        member = member_of(coordinator)
        case = a_case(member)
        a_person(member, case, name="Ana Popescu", language="Romanian")
    sign_in(page, coordinator)
    hand = Hand(page)
    hand.open("/exports/htcds")
    hand.tap("Record it and continue")
    expect(page.get_by_role("alert")).to_contain_text("Write the reference of a case")
    check_page(page, "exports-htcds")
    hand.type("Case", case.reference)
    hand.type("Who is it for?", "Fen House, Ms Ray")
    hand.tick("Helping them")
    hand.type("Why are you sharing it?", "Sharing agreement 7")
    hand.tap("Record it and continue")
    expect(page.get_by_text("is never in a file")).to_be_visible()
    check_page(page, "export")
    for kind, period in (("The monthly return", "2026-03"), ("Figures for partners, for a quarter", "2026-Q1")):
        hand.open("/exports/numbers")
        hand.tick(kind)
        hand.type("Of which quarter or month?", period)
        hand.type("Who is it for?", "The region")
        hand.type("Why are you sharing it?", "Monthly")
        check_page(page, "exports-numbers")
        hand.tap("Record it and show it")
        expect(page).to_have_url(re.compile(r"/exports/numbers/[0-9a-f-]{36}$"))
        check_page(page, f"release-{period}")
    hand.open("/exports")
    check_page(page, "exports")
    with within("fenmarch"):
        given = set(ReleaseGiven.objects.values_list("release__kind", "recipient", "reason"))
    assert given == {("return", "The region", "Monthly"), ("aggregate", "The region", "Monthly")}
