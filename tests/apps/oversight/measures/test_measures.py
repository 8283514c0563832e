"""Measures: what each comes to, that a stored value stays what it was, and who sees which cases behind it."""

import io
import json
from dataclasses import replace
from datetime import UTC, date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.information_governance.retention.actions import ask_to_dispose, dispose
from lodestar.oversight.deep_dives.queries import Grade
from lodestar.oversight.measures import jobs
from lodestar.oversight.measures.access import scope_for, whole_force
from lodestar.oversight.measures.actions import store_values
from lodestar.oversight.measures.models import StoredValue
from lodestar.oversight.measures.queries import training, values
from lodestar.oversight.measures.queries.figure import Reading
from lodestar.oversight.measures.queries.registry import COUNTS
from lodestar.oversight.measures.queries.values import values_of
from lodestar.oversight.measures.rules.facts import Period, quarter_of
from lodestar.oversight.measures.rules.values import measures_on, periods_to_store
from lodestar.platform.accounts.models import Membership
from lodestar.platform.audit.models import Event
from lodestar.platform.time.days import london_date
from tests.factories.accounts import a_member
from tests.factories.administering import administering
from tests.factories.cases import MET
from tests.factories.closures import CourtOrderFactory
from tests.factories.figures import HOUR, MARCH, QUERY, met, sealed_by
from tests.factories.investigations import AllocationFactory, CrimeFactory
from tests.factories.referrals import ReferralFactory
from tests.factories.signed_in import form, signed_in
from tests.factories.statements import at_most

pytestmark = pytest.mark.usefixtures("fenmarch")
FEBRUARY = Period(date(2026, 2, 1), date(2026, 2, 28))


@pytest.fixture
def coordinator():
    return a_member("coordinator")


def march(member, code, at=None):
    return values_of(scope_for(member), [FEBRUARY, MARCH], at or timezone.now(), [code], is_past=at is not None)[code]


def judged(member, case, number):
    reading = Reading(scope_for(member), MARCH, timezone.now(), is_past=False, only=number)
    return next(row.verdicts[number].verdict for row in reading.cases(earlier=False) if row.id == case.id)


def by_command(who, **options):
    out = io.StringIO()
    asked = {"first": "2026-03-01", "last": "31 March 2026", "reason": "A check", "known": "", "json": True} | options
    call_command("measures", user=who.username, tenant="", stdout=out, **asked)
    return {row["code"]: row for row in json.loads(out.getvalue())}


def test_rows_are_counted_in_their_period_and_sealed_cases_never(coordinator):
    for hours in (2, 30, 40):
        case, person = met(coordinator)
        ReferralFactory(person=person, route="nrm", sent_at=MET + hours * HOUR)
        CrimeFactory(person=person, at=MET + hours * HOUR)
        AllocationFactory(case=case, kind="happened_without" if hours == 2 else "pip2", at=MET)
    _, other = met(coordinator)
    ReferralFactory(person=other, route="nrm", direction="received_for_investigation", sent_at=MET)
    hidden, person = met(coordinator)
    ReferralFactory(person=person, route="nrm", sent_at=MET)
    CrimeFactory(person=person, at=MET)
    sealed_by(coordinator, hidden)
    numbers = {code: march(coordinator, code) for code in COUNTS}
    assert [value.numerator for value in numbers["nrm-made"]] == [0, 3]
    assert [numbers[code][1].of for code in ("referrals-received", "crimes-recorded", "below-pip2")] == ["1", "3", "1 of 3"]
    assert (numbers["hours-to-referral"][1].median, numbers["hours-to-referral"][1].denominator) == (30, 3)
    assert numbers["crime-in-24-hours"][1].words == "Too few to say (1 of 4)"


def test_staff_and_orders_are_counted_on_the_last_day_of_each_period(coordinator, monkeypatch):
    case, person = met(coordinator)
    CourtOrderFactory(person=person, state="made", made_on=date(2026, 2, 10), from_on=date(2026, 2, 10), to_on=date(2026, 3, 9))
    CourtOrderFactory(person=person, state="made", made_on=date(2026, 3, 31), from_on=date(2026, 3, 31))
    CourtOrderFactory(person=person, state="considered")
    assert [value.numerator for value in march(coordinator, values.ORDERS)] == [1, 1]
    scope, now = scope_for(coordinator), timezone.now()
    assert list(values.cases_behind(scope, values.ORDERS, MARCH, now, is_rest=False)) == [case]
    with administering():
        Membership.objects.update(from_date=date(2026, 3, 1))
    monkeypatch.setattr(values, "trained_at", lambda pairs: dict.fromkeys(pairs, True))
    assert [value.of for value in march(coordinator, values.COVERAGE)] == ["0 of 0", "1 of 1"]


def test_every_measure_is_counted_in_few_statements(coordinator):
    met(coordinator)
    defined, scope, now = measures_on(MARCH.last), scope_for(coordinator), timezone.now()
    assert {code for code, row in defined.items() if "failing" not in row} == {
        *COUNTS, values.ORDERS, values.COVERAGE, values.GRADED,
    }  # fmt: skip
    for code in defined:
        with at_most(1 if code in COUNTS else 7):
            values_of(scope, [FEBRUARY, MARCH], now, [code], is_past=False)
    with at_most(16):
        values_of(scope, [FEBRUARY, MARCH], now, list(defined), is_past=False)


def test_a_stored_value_is_what_it_was_after_an_edit_a_seal_and_a_disposal(coordinator):
    case, person = met(coordinator)
    _, other = met(coordinator)
    for one in (person, other):
        ReferralFactory(person=one, route="nrm", sent_at=MET)
    calculated = march(coordinator, "nrm-made", timezone.now())[1]
    assert (calculated.numerator, calculated.stored_at) == (2, None)
    store_values(by=coordinator, at=timezone.now(), period=MARCH)
    stored = by_command(coordinator, known=str(london_date(timezone.now())))
    seal_case(
        by=coordinator, at=timezone.now(), case=case, reason="A relative.", owners=[coordinator.user, a_member("supervisor").user]
    )
    wish = ask_to_dispose(by=coordinator, at=timezone.now(), person=other, reason="recorded_wrongly", because="Another")
    dispose(by=a_member("coordinator"), at=timezone.now(), disposal=wish, answer="")
    assert march(coordinator, "nrm-made")[1].numerator == 0
    after = by_command(coordinator, known=str(london_date(timezone.now())))
    assert after == stored
    assert (after["nrm-made"]["numerator"], after["missed-signs"]["denominator"]) == (2, 2)
    assert all(row["stored_at"] for row in after.values())
    before = march(coordinator, "nrm-made", timezone.now() - timedelta(days=1))[1]
    assert (before.numerator, before.stored_at) == (0, None)  # nothing was stored by then


def test_the_command_answers_all_measures_and_is_logged(coordinator):
    met(coordinator)
    rows = by_command(coordinator)
    assert list(rows) == list(measures_on(MARCH.last))
    keys = {"code", "version", "title", "numerator", "denominator", "value", "interval", "stored_at", "caveat"}
    assert all(row.keys() == keys for row in rows.values())
    assert (rows["not-trained"]["denominator"], rows["not-trained"]["value"], rows["nrm-made"]["interval"]) == (1, None, None)
    assert rows["not-trained"]["stored_at"] is None
    assert Event.objects.get(code="analysis.figure_taken").reason == "A check"


def test_what_is_due_is_stored_once_and_the_running_quarter_each_week(coordinator):
    met(coordinator)
    ended, running = periods_to_store(london_date(timezone.now()))
    assert jobs.store_due(coordinator.tenant) == len(ended) + 1
    assert jobs.store_due(coordinator.tenant) == 1
    rows = StoredValue.objects.filter(code="nrm-made")
    assert rows.count() == len(ended) + 2
    assert rows.filter(first=running.first, last=running.last).count() == 2
    assert running == quarter_of(london_date(timezone.now()))
    spans = {(period.last - period.first).days + 1 for period in ended}
    assert {7, 365} <= spans | {366}


def test_a_value_of_a_running_period_says_nothing_once_it_is_over(coordinator):
    store_values(by=None, at=MARCH.ends - timedelta(days=3), period=MARCH)
    early = march(coordinator, "nrm-made", MARCH.ends - timedelta(days=1))[1]
    late = march(coordinator, "nrm-made", MARCH.ends + timedelta(days=1))[1]
    assert (early.stored_at, late.stored_at) == (MARCH.ends - timedelta(days=3), None)


def test_pages_show_numbers_and_cases_and_no_sealed_one(client, coordinator):
    shown, person = met(coordinator)
    hidden, other = met(coordinator)
    for one in (person, other):
        CrimeFactory(person=one, at=MET)
    sealed_by(coordinator, hidden)
    signed_in(client, coordinator)
    codes = list(measures_on(MARCH.last))
    at = timezone.now().astimezone(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    addresses = [
        "/measures",
        "/measures/trained-or-not",
        *(f"/measures/{code}?by={by}" for code in (codes[3], codes[6], codes[-1]) for by in ("month", "x")),
    ]
    for address in addresses:
        with at_most(20 if address == "/measures" else 15):
            page = client.get(address, QUERY | {"at": at} if "?" not in address else {})
        assert (page.status_code, len(page.content) <= 30_000) == (200, True), address
    assert client.get("/measures/no-such").status_code == 404
    listed = client.get("/measures/crimes-recorded/cases", QUERY).content.decode()
    assert (shown.reference in listed, hidden.reference in listed) == (True, False)
    assert Event.objects.filter(code="analysis.cases_listed", subject="crimes-recorded counted").exists()
    rest = client.get("/measures/crime-in-24-hours/cases", QUERY | {"which": "rest"}).content.decode()
    assert shown.reference not in rest
    assert client.get("/measures", {"first": "March"}).status_code == 422


def test_crime_totals_are_imported_by_a_page(client, coordinator):
    signed_in(client, coordinator)
    this_month = london_date(timezone.now()).replace(day=1)
    last = (this_month - timedelta(days=1)).replace(day=1)
    for crimes in (4, 417):
        file = SimpleUploadedFile("totals.csv", f"Month,Crimes\r\n{last:%Y-%m},{crimes}\r\n".encode())
        assert client.post("/measures/crime-totals", form(file=file)).status_code == 302
    table = client.get("/measures/crimes-recorded", {"by": "month"}).content.decode()
    assert table.count(">417<") == 1
    assert ">421<" not in table
    for wrong in ("month,crimes\r\n2099-01,4\r\n", "month,crimes\r\n2026-01,-4\r\n", "a,b\r\n1,2\r\n"):
        bad = client.post("/measures/crime-totals", form(file=SimpleUploadedFile("totals.csv", wrong.encode())))
        assert bad.status_code == 422, wrong


def test_failing_6_by_who_was_trained_and_failing_5_by_the_deep_dive(coordinator, monkeypatch):
    case, _ = met(coordinator)
    AllocationFactory(case=case, at=MET, owner_id=a_member("investigator").user)
    assert judged(coordinator, case, 6) == "cannot_tell"
    for answer, told in ((True, "did_not"), (False, "happened")):
        monkeypatch.setattr(training, "trained_at", lambda pairs, answer=answer: dict.fromkeys(pairs, answer))
        assert judged(coordinator, case, 6) == told
    grade = Grade("inadequate", london_date(timezone.now()), ())
    monkeypatch.setattr(training, "grades_of", lambda cases: dict.fromkeys(cases, grade))
    assert judged(coordinator, case, 5) == "happened"
    monkeypatch.setattr(values, "grades_of", lambda cases: dict.fromkeys(cases, replace(grade, decided_on=MARCH.last)))
    assert march(coordinator, "deep-dive-good")[1].further == {"requires_improvement": 0, "inadequate": 1}


def test_the_whole_force_counts_what_a_unit_does_not(coordinator):
    met(coordinator)
    supervisor = a_member("supervisor")
    store_values(by=None, at=timezone.now(), period=MARCH)
    mine = values_of(scope_for(supervisor), [MARCH], timezone.now(), ["not-trained"], is_past=True)["not-trained"][0]
    all_of_it = values_of(whole_force(), [MARCH], timezone.now(), ["not-trained"], is_past=True)["not-trained"][0]
    assert (mine.stored_at, all_of_it.stored_at is not None) == (None, True)
