"""The figure, on a telephone without JavaScript and at a desk: it opens to its cases, and nothing in its file runs."""

import csv
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from lodestar.casework.ledger.actions import answer_duty
from lodestar.casework.ledger.models import Obligation
from lodestar.platform.audit.models import Event
from lodestar.platform.design.when import day, on
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.cases import a_case, a_person
from tests.journeys.harness.checks import check_page
from tests.journeys.harness.hand import Hand
from tests.journeys.harness.people import member_of, sign_in, somebody

HOSTILE = ("=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1")
DAYS_AGO = timedelta(days=3)


@pytest.fixture
def recorded(live):
    """A case whose first step was late, and cases whose words a spreadsheet would run; met three days ago."""
    user = somebody("coordinator", name="F. Quist")
    met = (timezone.now() - DAYS_AGO).replace(second=0, microsecond=0)
    with within("fenmarch"):
        member = member_of(user)
        late = a_case(member, at=met, what="A man asleep in a van.")
        a_person(member, late, at=met)
        owed = Obligation.objects.get(case=late, code="make_safe")
        later = met + timedelta(hours=5)
        answer_duty(by=member, at=later, case=late, obligations=[owed], kind="done")
        for words in HOSTILE:
            a_person(member, a_case(member, at=met, what=words), at=met)
    return user, late, on(met)


def test_the_figure_opens_to_its_cases_and_its_file_has_no_formula(page, recorded, tmp_path):
    user, late, met = recorded
    sign_in(page, user)
    hand = Hand(page)
    hand.open("/figures")
    hand.unfold("From any day to any day")
    hand.type("From", day(met))
    hand.type("To", day(met))
    hand.tap("Show")
    expect(page.get_by_text(day(met)).first).to_be_visible()
    expect(page.get_by_text("is never counted as “did not”")).to_be_visible()
    check_page(page, "figure")
    hand.tap("1 No immediate safety: happened", role="link")
    expect(page.get_by_role("link", name=late.reference)).to_be_visible()
    expect(page.get_by_text("Done later than it was due: dealing with danger")).to_be_visible()
    check_page(page, "figure-cases")
    hand.tap(late.reference, role="link")
    expect(page).to_have_url(re.compile(rf"/cases/{late.reference}$"))
    page.go_back()
    page.go_back()
    hand.tap("6 Staff not trained: cannot tell", role="link")
    expect(page.get_by_text("To know it:")).to_be_visible()
    check_page(page, "figure-cannot-tell")
    hand.tap("Download the list as CSV", role="link")
    hand.tap("Record it and download")
    expect(page.get_by_role("alert")).to_contain_text("Write why you are downloading it")
    check_page(page, "figure-take")
    hand.type("Why are you downloading it?", "The monthly meeting")
    with page.expect_download() as coming:
        hand.tap("Record it and download")
    kept = tmp_path / "list.csv"
    coming.value.save_as(kept)
    head, *rows = list(csv.reader(Path(kept).read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 1 + len(HOSTILE)
    assert head[0] == "case"
    assert not [cell for row in rows for cell in row if cell.lstrip()[:1] in ("=", "+", "-", "@")]
    with within("fenmarch"):
        assert Event.objects.filter(code="analysis.figure_taken", reason="The monthly meeting").count() == 1
        assert Event.objects.filter(code="analysis.file_taken").count() == 1


def test_the_definitions_hold_nothing_for_axe(phone, recorded):
    sign_in(phone, recorded[0])
    phone.goto("/figures/definitions")
    expect(phone.get_by_role("heading", name="5. Cases not properly investigated")).to_be_visible()
    check_page(phone, "figure-definitions")
