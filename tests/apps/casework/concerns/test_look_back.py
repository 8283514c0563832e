"""Looking back from a case: what stood in earlier records before it, told without blame, and what cannot be told."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.case_files.actions.people import record_earlier_referral
from lodestar.casework.cases.models import Person
from lodestar.intelligence.earlier_records.queries import look_back
from tests.apps.casework.concerns.earlier import BORN, OTHER, SIGN, a_concern, all_held, bring_in, ruben, signed_in
from tests.factories.accounts import a_member
from tests.factories.records import EarlierRecordFactory

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
    all_held(coordinator, kinds=["custody", "missing", "stop", "address"])
    for month in (1, 2, 4, 8, 11):
        at = datetime(2026, month, 3, tzinfo=UTC)
        EarlierRecordFactory(kind="call", happened_at=at, recorded_at=timezone.now())
    page = browser.get(path).content.decode()
    assert (
        "Call records: none here for November 2025 to December 2025, March 2026, May 2026 to July 2026 and September 2026 to"
        " October 2026, and not confirmed that there were none."
    ) in page
    assert "Import files for those months" in page
    assert "No earlier records of" not in page
    all_held(coordinator)
    assert "Not known" not in browser.get(path).content.decode()


def period(at=None):
    at = at or timezone.now()
    return at - timedelta(days=400), at + timedelta(days=1)


def test_looked_back_tells_seen_nothing_recorded_and_cannot_tell_apart(coordinator):
    seen = a_concern(coordinator)
    nothing = a_concern(coordinator, name="Ana Lukić", born="2009-09-04")
    unknown = a_concern(coordinator, name="Mina", born="")
    suspect = a_concern(coordinator, belief="", roles=["suspect"], name="Not a victim")
    bring_in(coordinator, ruben())
    found = {one.reference: one for one in look_back.looked_back(*period(), coordinator)}
    assert {found[one.case.reference].answer for one in (nothing, unknown)} == {"cannot_tell"}  # four kinds are not held
    all_held(coordinator)
    found = {one.reference: one for one in look_back.looked_back(*period(), coordinator)}
    assert suspect.case.reference not in found
    assert {one: found[one.case.reference].answer for one in (seen, nothing, unknown)} == {
        seen: "seen", nothing: "nothing_recorded", unknown: "cannot_tell",
    }  # fmt: skip
    (before,) = found[seen.case.reference].seen
    assert (before.kind, before.reference) == ("missing", "R/0")
    assert "far_from_home_or_missing" in before.codes


def test_only_the_first_concern_looks_back_at_a_record(coordinator):
    first = a_concern(coordinator, days=20)
    later = a_concern(coordinator)
    bring_in(coordinator, ruben())
    found = {one.reference: len(one.seen) for one in look_back.looked_back(*period(), coordinator)}
    assert found == {first.case.reference: 1, later.case.reference: 0}


def test_a_record_after_the_concern_was_not_seen_before_it(coordinator):
    person = a_concern(coordinator, days=90)
    bring_in(coordinator, ruben())
    (one,) = [one for one in look_back.looked_back(*period(), coordinator) if one.reference == person.case.reference]
    assert one.seen == ()


def test_the_figure_is_told_of_each_person(coordinator):
    first, later, other = a_concern(coordinator, days=20), a_concern(coordinator), a_concern(coordinator, name="Ana Lukić")
    a_concern(coordinator, name="Mina", born="")
    bring_in(coordinator, ruben(), ruben(record_ref="R/5", narrative="Came back."))
    rows, now = Person.objects.values("id"), timezone.now()
    found = look_back.of_people(rows, now)
    assert {person: (one.is_whole, bool(one.signs_at)) for person, one in found.items()} == {first.id: (False, True)}
    all_held(coordinator)
    found = look_back.of_people(rows, timezone.now())
    assert {person: (one.is_whole, bool(one.signs_at)) for person, one in found.items()} == {
        first.id: (True, True), later.id: (True, False), other.id: (True, False),
    }  # fmt: skip
    assert look_back.of_people(rows, now - timedelta(days=1)) == {}  # nothing had come in yet


def test_who_another_body_had_referred_before_is_told(coordinator):
    person = a_concern(coordinator)
    record_earlier_referral(
        by=coordinator, at=timezone.now(), person=person, facts={"route": "nrm", "by": "A local authority", "on_date": "2020-02"}
    )
    (one,) = look_back.looked_back(*period(), coordinator)
    assert one.found_first_by == ("A local authority",)


def test_looking_back_over_a_period_shows_the_cases_that_the_member_sees(coordinator):
    owner = a_member("supervisor")
    sealed = a_concern(owner)
    seal_case(by=owner, at=timezone.now(), case=sealed.case, reason="x", owners=[owner.user, a_member("supervisor").user])
    bring_in(coordinator, ruben())
    assert look_back.looked_back(*period(), coordinator) == []
    assert len(look_back.looked_back(*period(), owner)) == 1


def test_looking_back_takes_the_same_queries_whatever_the_number(coordinator, django_assert_max_num_queries):
    for number in range(12):
        a_concern(coordinator, name=f"Person {chr(97 + number)}")
    bring_in(coordinator, *({"name": f"Person {chr(97 + n)}", "born": BORN, "narrative": SIGN} for n in range(12)))
    with django_assert_max_num_queries(10):
        found = look_back.looked_back(*period(), coordinator)
    assert [one.answer for one in found] == ["seen"] * 12
