"""Looking back from a case: what stood in earlier records before it, told without blame, and what cannot be told."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from lodestar.casework.cases.models import Person
from tests.apps.casework.concerns.earlier import OTHER, a_concern, bring_in, ruben, signed_in
from tests.factories.accounts import a_member
from tests.factories.pure_figure import of_people
from tests.factories.records import EarlierRecordFactory, every_month

pytestmark = pytest.mark.usefixtures("fenmarch")


@pytest.fixture
def coordinator():
    return a_member("coordinator", name="Farida Quist")


def test_looking_back_lists_what_stood_before_with_its_source_and_blames_nobody(coordinator):
    person = a_concern(coordinator)
    bring_in(coordinator, ruben(), {**ruben(narrative=OTHER), "happened_at": timezone.now().strftime("%d/%m/%Y %H:%M")})
    browser = signed_in(coordinator)
    page = browser.get(f"/cases/{person.case.reference}/earlier").content.decode()
    for words in ("one way ticket", "Missing R/0 of", "Not known", "No earlier records of custody"):
        assert words in page
    for blame in ("missed", "failed", "ignored", "not acted", "should have", "overlooked"):
        assert blame not in page.lower()
    assert "Records before the first concern" in browser.get(f"/cases/{person.case.reference}").content.decode()


@time_machine.travel("2026-11-20 12:00")
def test_the_page_names_the_months_that_are_missing_and_what_would_tell(coordinator):
    person = a_concern(coordinator)
    path = f"/cases/{person.case.reference}/earlier"
    browser = signed_in(coordinator)
    assert "No earlier records of custody, missing, stop, address and call are here" in browser.get(path).content.decode()
    every_month(kinds=["custody", "missing", "stop", "address"])
    for month in (1, 2, 4, 8, 11):
        at = datetime(2026, month, 3, tzinfo=UTC)
        EarlierRecordFactory(kind="call", happened_at=at, recorded_at=timezone.now())
    page = browser.get(path).content.decode()
    assert (
        "Call records: none here for November 2025 to December 2025, March 2026, May 2026 to July 2026 and September 2026 to"
        " October 2026."
    ) in page
    assert "Import files for those months" in page
    assert "No earlier records of" not in page
    every_month()
    assert "Not known" not in browser.get(path).content.decode()


def test_the_figure_is_told_of_each_person(coordinator):
    first, later, other = a_concern(coordinator, days=20), a_concern(coordinator), a_concern(coordinator, name="Ana Lukić")
    a_concern(coordinator, name="Mina", born="")
    bring_in(coordinator, ruben(), ruben(record_ref="R/5", narrative="Came back."))
    rows, now = Person.objects.values("id"), timezone.now()
    found = of_people(rows, now)
    assert {person: (one.is_whole, bool(one.signs_at)) for person, one in found.items()} == {first.id: (False, True)}
    every_month()
    found = of_people(rows, timezone.now())
    assert {person: (one.is_whole, bool(one.signs_at)) for person, one in found.items()} == {
        first.id: (True, True), later.id: (True, False), other.id: (True, False),
    }  # fmt: skip
    assert of_people(rows, now - timedelta(days=1)) == {}  # nothing had come in yet
