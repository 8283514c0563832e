"""Failing 1 by look-back: signs that stood in earlier records and nobody considered, apart from none, and from what cannot be
told."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from lodestar.casework.cases.models import Person
from lodestar.information_governance.retention import actions as keeping
from lodestar.information_governance.retention.jobs import NOBODY
from lodestar.intelligence.earlier_records.models import PromptStep
from lodestar.intelligence.earlier_records.queries.records import read_coverage
from lodestar.intelligence.earlier_records.rules.earlier import KINDS
from lodestar.oversight.measures.rules.facts import CANNOT_TELL, DID_NOT, HAPPENED, Period
from lodestar.platform.obligations.settings import SettingRow, Settings, for_tenant
from lodestar.platform.time.days import london_date
from tests.apps.casework.concerns.earlier import a_concern, bring_in, ruben
from tests.apps.casework.concerns.earlier import signed_in as at_work
from tests.factories.accounts import a_member
from tests.factories.cases import a_case, a_person
from tests.factories.figures import verdicts
from tests.factories.pure_figure import of_people
from tests.factories.records import (
    EarlierRecordFactory,
    MetBeforeFactory,
    PromptFactory,
    PromptStepFactory,
    RecordSignFactory,
    every_month,
)
from tests.factories.settings import SettingChangeFactory, an_agreed_change, days_ahead

pytestmark = pytest.mark.usefixtures("fenmarch")


@pytest.fixture
def coordinator():
    return a_member("coordinator")


def verdict_of(member, person):
    today = london_date(timezone.now())
    return verdicts(member, 1, period=Period(today - timedelta(days=90), today))[person.case_id]


def ago(days):
    return timezone.now() - timedelta(days=days)


def considered(person, came_in, answered):
    """A record with a sign about this person that came in so many days ago, and a no to what it asks of so many days ago."""
    record = EarlierRecordFactory(happened_at=ago(60), recorded_at=ago(came_in))
    RecordSignFactory(record=record)
    MetBeforeFactory(earlier_person=record.earlier_person, person=person)
    prompt = PromptFactory(earlier_person=record.earlier_person, state="no")
    PromptStepFactory(prompt=prompt, what="no", reason="His school knows why.", to=None, at=ago(answered))


def test_signs_that_nobody_considered_were_missed(coordinator):
    person = a_concern(coordinator)
    bring_in(coordinator, ruben())
    assert not PromptStep.objects.filter(what="no").exists()
    assert verdict_of(coordinator, person) == HAPPENED


def test_nothing_held_is_cannot_tell_and_never_did_not(coordinator):
    person = a_concern(coordinator)
    assert verdict_of(coordinator, person) == CANNOT_TELL
    bring_in(coordinator, {"name": "Other", "born": "1970-01-02", "narrative": "x"})
    assert verdict_of(coordinator, person) == CANNOT_TELL  # four kinds are not held


def test_all_of_every_kind_held_and_no_sign_is_did_not_of_those_who_can_be_looked_for(coordinator):
    known, unknown = a_concern(coordinator), a_concern(coordinator, name="Mina", born="")
    every_month()
    assert (verdict_of(coordinator, known), verdict_of(coordinator, unknown)) == (DID_NOT, CANNOT_TELL)


def test_one_stray_record_of_each_kind_never_says_did_not(coordinator):
    person = a_concern(coordinator, days=20)
    for days in (300, 1):  # in the year before; and in the month of the meeting, after it
        for kind in KINDS:
            EarlierRecordFactory(kind=kind, happened_at=ago(days), recorded_at=ago(1))
        assert verdict_of(coordinator, person) == CANNOT_TELL


@time_machine.travel("2026-11-27 12:00", tick=False)
def test_a_record_in_every_month_is_held_and_one_month_less_of_one_kind_cannot_be_told(coordinator):
    person = a_concern(coordinator, days=26)  # on 1 November
    every_month(list(KINDS)[1:])
    assert verdict_of(coordinator, person) == CANNOT_TELL
    every_month(["custody"], but=[date(2026, 7, 1)])
    assert verdict_of(coordinator, person) == CANNOT_TELL
    EarlierRecordFactory(kind="custody", happened_at=datetime(2026, 7, 20, tzinfo=UTC), recorded_at=ago(1))
    assert verdict_of(coordinator, person) == DID_NOT


@pytest.mark.parametrize(
    ("came_in", "answered", "expected"),
    [
        (40, 20, DID_NOT),  # considered before the first concern, which was ten days ago
        (40, 5, HAPPENED),  # considered after it
        (15, 20, HAPPENED),  # of a record that had not come in
    ],
)
def test_signs_that_were_considered_before_the_first_concern_were_not_missed(coordinator, came_in, answered, expected):
    every_month()
    person = a_concern(coordinator, days=10)
    considered(person, came_in, answered)
    assert verdict_of(coordinator, person) == expected


def test_considered_signs_alone_do_not_say_that_there_were_no_others(coordinator):
    person = a_concern(coordinator, days=10)
    considered(person, 40, 20)
    assert verdict_of(coordinator, person) == CANNOT_TELL  # records of the other kinds may show what nobody considered
    told = of_people(Person.objects.filter(id=person.id).values("id"), timezone.now())[person.id]
    assert (told.is_whole, told.signs_at, told.was_considered) == (False, None, True)


def test_one_that_was_considered_does_not_stand_for_another_that_was_not(coordinator):
    every_month()
    person = a_concern(coordinator, days=10)
    considered(person, 40, 20)
    considered(person, 40, 5)
    assert verdict_of(coordinator, person) == HAPPENED


# --- what was let go, and what says no day ------------------------------------------------------------------------------------

FEBRUARY, AUGUST = datetime(2026, 2, 20, 12, tzinfo=UTC), datetime(2026, 8, 25, 12, tzinfo=UTC)


@pytest.fixture
def kept_for(monkeypatch):
    """Has earlier records be kept for so many months."""

    def ship(months):
        shipped = for_tenant("fenmarch", [SettingRow("keep_earlier_months", months)])
        monkeypatch.setattr("lodestar.platform.settings.queries._read", lambda: shipped)
        monkeypatch.setattr(
            "lodestar.intelligence.earlier_records.queries.records.SHIPPED", Settings("shipped", shipped.rows[-1:])
        )

    return ship


def test_the_shortest_time_for_which_the_force_agreed_to_keep_records_counts(coordinator):
    for value in ("6", "9"):
        facts = {"key": "keep_earlier_months", "value": value, "from_date": days_ahead(7)}
        an_agreed_change(a_member("coordinator"), a_member("supervisor"), **facts)
    an_agreed_change(a_member("coordinator"), a_member("supervisor"))  # of something else
    SettingChangeFactory(key="keep_earlier_months", value="3")  # nobody agreed
    assert read_coverage().kept_months == 6


def met_on(member, day):
    return a_person(member, a_case(member, at=day), name="Ruben Castellane", birth_date="2011-02-14", belief="signs_only")


@pytest.mark.parametrize(("met", "expected"), [("2026-10-01", CANNOT_TELL), ("2026-03-01", DID_NOT)])
def test_what_came_in_again_does_not_outlast_what_the_clock_let_go(coordinator, kept_for, met, expected):
    kept_for(6 if expected == CANNOT_TELL else 24)
    with time_machine.travel(FEBRUARY):
        every_month()
        of_then = {"happened_at": FEBRUARY, "recorded_at": FEBRUARY, "earlier_person__recorded_at": FEBRUARY}
        RecordSignFactory(record=EarlierRecordFactory(kind="custody", **of_then))
    with time_machine.travel(AUGUST):
        assert (keeping.erase_expired(by=NOBODY, at=timezone.now())["earlier"] > 0) == (expected == CANNOT_TELL)
        every_month()  # the same files again
    day = datetime.fromisoformat(f"{met}T12:00:00+00:00")
    with time_machine.travel("2026-10-20 12:00"):
        every_month()
        person = met_on(coordinator, day)
        period = Period(london_date(day), london_date(day))
        assert verdicts(coordinator, 1, period=period)[person.case_id] == expected
        page = at_work(coordinator).get(f"/cases/{person.case.reference}/earlier").content.decode()
    assert ("Records of the year before may have been deleted" in page) == (expected == CANNOT_TELL)


def test_who_was_written_down_only_after_the_clock_may_have_let_theirs_go_cannot_be_told(coordinator, kept_for):
    kept_for(13)
    met, later = datetime(2026, 10, 1, 12, tzinfo=UTC), datetime(2026, 11, 20, 12, tzinfo=UTC)
    with time_machine.travel(met + timedelta(hours=1)):
        soon = met_on(coordinator, met)
    with time_machine.travel(later):
        late = met_on(coordinator, met)
    with time_machine.travel("2026-11-27 12:00"):
        every_month()
        found = verdicts(coordinator, 1, period=Period(london_date(met), london_date(met)))
        assert (found[soon.case_id], found[late.case_id]) == (DID_NOT, CANNOT_TELL)


@pytest.mark.parametrize(("came_in", "expected"), [(2, CANNOT_TELL), (40, HAPPENED)])
def test_a_sign_of_a_day_not_known_is_never_did_not(coordinator, came_in, expected):
    every_month()
    person = a_concern(coordinator, days=10)
    record = EarlierRecordFactory(reference="MP/77", happened_at=None, recorded_at=ago(came_in))
    MetBeforeFactory(earlier_person=record.earlier_person, person=person)
    assert verdict_of(coordinator, person) == DID_NOT  # it shows nothing
    RecordSignFactory(record=record)
    assert verdict_of(coordinator, person) == expected  # what came in before the meeting is of before
    page = at_work(coordinator).get(f"/cases/{person.case.reference}/earlier").content.decode()
    assert ("it shows a sign, but the date is not known" in page) == (expected == CANNOT_TELL)
    assert ("No earlier records found" in page) == (expected == CANNOT_TELL)
