"""What happened before what it wants was done is recorded, and looked at: by the duty inspector within four hours, and by
the coordinator on the next working day, where nobody else puts it right."""

from datetime import UTC, datetime, timedelta

from lodestar.exchange.assess.rules import answer
from lodestar.platform.obligations.facts import Encounter
from lodestar.platform.obligations.happened_without import owed_looks
from lodestar.platform.obligations.settings import SHIPPED
from lodestar.platform.time.days import end_of_day
from tests.offenders import each
from tests.rules.meeting import act, facts, owed, someone, with_events

FRIDAY = datetime(2026, 3, 6, 14, 5, tzinfo=UTC)
MONDAY = end_of_day(datetime(2026, 3, 9, tzinfo=UTC).date())
INSPECTOR, COORDINATOR = "inspector_looks_at_happened_without", "coordinator_looks_at_happened_without"

PLAIN = facts(someone(suspected_of=[act()]))
OUTCOME = with_events(PLAIN, person=[("section45_happened_without 1", FRIDAY)])
ALLOCATED = with_events(PLAIN, case=[("allocated_below_pip2", FRIDAY)])
REFERRED = with_events(PLAIN, person=[("referral_out_of_line", FRIDAY)])


@each(
    ("happened", "person", "subject", "moment"),
    [
        (OUTCOME, "p1", "1", "happened without 2026-03-06T14:05:00Z"),
        (ALLOCATED, None, "", "happened without 2026-03-06T14:05:00Z"),
        (REFERRED, "p1", "", "sent 2026-03-06T14:05:00Z"),
    ],
)
def test_the_duty_inspector_looks_at_it(happened: Encounter, person: str | None, subject: str, moment: str) -> None:
    (found,) = owed(happened, INSPECTOR)
    assert (found.person, found.subject, found.moment) == (person, subject, moment)
    assert found.due == FRIDAY + timedelta(hours=4)


@each(("happened", "looks"), [(OUTCOME, True), (ALLOCATED, True), (REFERRED, False)])
def test_the_coordinator_looks_too_and_puts_a_referral_right_instead(happened: Encounter, looks: bool) -> None:
    assert [one.due for one in owed(happened, COORDINATOR)] == ([MONDAY] if looks else [])
    assert [one.due for one in owed(happened, "put_referral_right")] == ([] if looks else [FRIDAY])


def test_each_time_is_looked_at_once() -> None:
    again = FRIDAY + timedelta(hours=1)
    twice = with_events(PLAIN, case=[("allocated_below_pip2", at) for at in (FRIDAY, again, FRIDAY)])
    assert [one.due for one in owed(twice, INSPECTOR)] == [at + timedelta(hours=4) for at in (FRIDAY, again)]


def test_of_what_is_owed_more_than_once_assess_tells_the_earliest_time() -> None:
    found = {one["code"]: one["due"] for one in answer(OUTCOME, SHIPPED)["people"][0]["obligations"]}
    assert found["section45_full_record"] == "2026-03-06T14:05:00+00:00"


def test_nothing_is_looked_at_while_nothing_went_ahead() -> None:
    assert owed(PLAIN, INSPECTOR) == owed(PLAIN, COORDINATOR) == []


def test_a_safe_address_that_was_told_too_early_is_looked_at_by_both() -> None:
    told = owed_looks(with_events(PLAIN, person=[("address_told_without", FRIDAY)]), SHIPPED)
    assert {(one.code, one.person, one.moment, one.due) for one in told} == {
        (INSPECTOR, "p1", "address told 2026-03-06T14:05:00Z", FRIDAY + timedelta(hours=4)),
        (COORDINATOR, "p1", "address told 2026-03-06T14:05:00Z", MONDAY),
    }
    assert owed_looks(PLAIN, SHIPPED) == []


def test_immigration_that_was_told_without_approval_is_looked_at_by_both_and_late_at_once() -> None:
    told = with_events(PLAIN, person=[("immigration_disclosure", FRIDAY)])
    moment = "immigration told 2026-03-06T14:05:00.000000Z"
    assert [(one.person, one.moment, one.due) for one in owed(told, INSPECTOR)] == [("p1", moment, FRIDAY + timedelta(hours=4))]
    assert [(one.person, one.moment, one.due) for one in owed(told, COORDINATOR)] == [("p1", moment, MONDAY)]


def test_what_is_only_proposed_to_immigration_is_looked_at_by_nobody_but_whoever_decides() -> None:
    proposed = with_events(PLAIN, person=[("immigration_disclosure_proposed", FRIDAY)])
    assert owed(proposed, INSPECTOR) == owed(proposed, COORDINATOR) == []
    assert len(owed(proposed, "immigration_disclosure_needs_approval")) == 1


def test_each_proposal_and_each_telling_needs_a_decision_of_its_own() -> None:
    later = FRIDAY + timedelta(minutes=1)
    events = [("immigration_disclosure", FRIDAY), ("immigration_disclosure_proposed", FRIDAY)]
    events += [("immigration_disclosure_proposed", later)]
    found = owed(with_events(PLAIN, person=events), "immigration_disclosure_needs_approval")
    assert [(one.moment, one.why) for one in found] == [
        ("told 2026-03-06T14:05:00.000000Z", ("Something has gone to Immigration Enforcement without approval.",)),
        ("proposed 2026-03-06T14:05:00.000000Z", ("A disclosure to Immigration Enforcement is proposed.",)),
        ("proposed 2026-03-06T14:06:00.000000Z", ("A disclosure to Immigration Enforcement is proposed.",)),
    ]
    assert owed(PLAIN, "immigration_disclosure_needs_approval") == []
