"""What follows a decision on a referral, by the law of the day of that decision."""

from datetime import UTC, date, datetime
from typing import Any

from lodestar.cases.rules import SettingRow, for_tenant
from lodestar.kernel.days import london
from tests.offenders import each
from tests.rules.meeting import YES, codes_of, due_of, facts, owed, person_of, someone, with_events


def decided(decision: str | None, on: str | None = None, **told: Any) -> dict[str, Any]:
    earlier = {"route": "nrm", "by": "Kent Police", "same_events": True, "decision": decision, "decided_on": on, **told}
    return someone(earlier_referral=earlier, consent=YES)


@each(
    ("on", "due"),
    [
        ("2022-12-11", "2023-01-24T23:59:59+00:00"),
        ("2022-12-12", "2023-01-25T23:59:59+00:00"),
        ("2022-12-13", "2023-01-11T23:59:59+00:00"),
        ("2023-01-29", "2023-02-27T23:59:59+00:00"),
        ("2023-01-30", "2023-02-28T23:59:59+00:00"),
        ("2026-03-01", "2026-03-30T23:59:59+01:00"),
        ("2026-06-11", "2026-07-10T23:59:59+01:00"),
        (None, None),
    ],
)
def test_the_recovery_period_of_the_day_of_the_decision(on: str | None, due: str | None) -> None:
    assert due_of("recovery_period_minimum", decided("rg_positive", on)) == due


@each(
    ("on", "notice", "due"),
    [
        ("2024-02-21", None, "2024-05-21T23:59:59+01:00"),
        ("2024-02-22", None, "2024-03-23T23:59:59+00:00"),
        ("2024-02-23", None, "2024-03-24T23:59:59+00:00"),
        ("2024-02-20", "2024-02-22", "2024-03-23T23:59:59+00:00"),  # the notice counts, not the decision
        ("2023-11-30", None, "2024-02-29T23:59:59+00:00"),
        (None, "2026-03-02", "2026-04-01T23:59:59+01:00"),
        (None, None, None),
    ],
)
@each("decision", ["rg_negative", "cg_negative"])
def test_reconsideration_by_the_limit_of_the_day_of_the_notice(
    decision: str, on: str | None, notice: str | None, due: str | None
) -> None:
    assert due_of("consider_reconsideration", decided(decision, on, notice_on=notice)) == due


@each(
    ("notice", "due"),
    [
        ("2024-02-21", "2024-05-21T23:59:59+01:00"),
        ("2026-02-28", "2026-03-30T23:59:59+01:00"),  # the day before the force's own value
        ("2026-03-01", "2026-06-01T23:59:59+01:00"),
    ],
)
def test_the_force_sets_how_long_reconsideration_can_be_asked_for_by_the_day_of_the_notice(notice: str, due: str) -> None:
    own = for_tenant("fenmarch", [SettingRow("reconsideration_limit", "3_months", start=date(2026, 3, 1))])
    person = person_of(decided("rg_negative", notice), settings=own)
    found = {one["code"]: one["due"] for one in person["obligations"]}
    assert found["consider_reconsideration"] == due
    positive = person_of(decided("rg_positive", notice), settings=own)
    assert "consider_reconsideration" not in {one["code"] for one in positive["obligations"]}


def test_an_event_that_is_missing_is_named() -> None:
    obligations = {one["code"]: one for one in person_of(decided("rg_negative"))["obligations"]}
    assert obligations["consider_reconsideration"]["due_from"] == "decision_notice"


def test_a_negative_decision_about_other_events_asks_for_no_reconsideration() -> None:
    assert "consider_reconsideration" not in codes_of(decided("rg_negative", same_events=False))
    assert "consider_reconsideration" not in codes_of(decided("rg_positive"))


def test_a_referral_that_may_be_about_the_same_events_keeps_its_clocks() -> None:
    """Not known is not no: a right that is lost by waiting is not lost for want of a tick."""
    negative = decided("rg_negative", "2026-02-20", same_events=None)
    assert due_of("consider_reconsideration", negative) == "2026-03-22T23:59:59+00:00"
    assert "watch_reasonable_grounds_decision" in codes_of(decided(None, same_events=None))
    (found,) = owed(facts(negative), "consider_reconsideration")
    assert found.why == ("The decision is negative.", "Whether it was about the same events is not known.")
    (known,) = owed(facts(decided("rg_negative", "2026-02-20")), "consider_reconsideration")
    assert known.why == ("The decision is negative.",)


@each(
    ("decision", "notice", "due"),
    [
        ("cg_positive", "2026-03-02", "2026-04-16T23:59:59+01:00"),
        ("cg_negative", "2026-03-02", "2026-03-13T23:59:59+00:00"),
        ("cg_negative", "2026-03-26", "2026-04-10T23:59:59+01:00"),  # over Easter
    ],
)
def test_support_ends_some_time_after_the_letter(decision: str, notice: str, due: str) -> None:
    assert due_of("plan_before_support_ends", decided(decision, notice_on=notice)) == due


def test_a_referral_without_a_decision_is_watched() -> None:
    assert "watch_reasonable_grounds_decision" in codes_of(decided(None))
    assert "watch_reasonable_grounds_decision" not in codes_of(decided("rg_positive"))
    assert "watch_reasonable_grounds_decision" not in codes_of(decided(None, same_events=False))
    assert "watch_reasonable_grounds_decision" not in codes_of(decided(None, route="dtn"))


def test_new_evidence_is_sent_within_one_working_day() -> None:
    assert (
        due_of("send_supplementary_information", decided("rg_positive", new_evidence=True))
        == "2026-03-03T23:59:59+00:00"
    )
    assert "send_supplementary_information" not in codes_of(decided("rg_positive", new_evidence=None))


def test_an_earlier_referral_is_named_in_a_new_one() -> None:
    assert "mention_earlier_referral" in codes_of(decided("withdrawn"))
    assert "mention_earlier_referral" in codes_of(decided(None, route="dtn"))
    assert "mention_earlier_referral" not in codes_of(decided(None))


def test_our_own_decision_starts_its_own_clocks_beside_the_earlier_one() -> None:
    person = someone(
        earlier_referral={"route": "nrm", "same_events": False, "decision": "rg_negative", "decided_on": "2025-01-10"},
        consent=YES,
    )
    told = [("referral_sent", datetime(2026, 3, 3, 2, 0, tzinfo=UTC)), ("rg_positive", date(2026, 3, 9))]
    found = owed(with_events(facts(person), person=told), "recovery_period_minimum")
    assert [(one.subject, one.due and london(one.due).date()) for one in found] == [("own", date(2026, 4, 7))]
    assert owed(with_events(facts(person), person=told), "watch_reasonable_grounds_decision") == []
    assert len(owed(with_events(facts(person), person=told[:1]), "watch_reasonable_grounds_decision")) == 1


def test_a_changed_decision_reopens() -> None:
    first = owed(facts(decided("rg_negative", "2026-03-01")), "consider_reconsideration")[0]
    other = owed(facts(decided("rg_negative", "2026-03-02")), "consider_reconsideration")[0]
    assert first.key == other.key
    assert first.rests_on != other.rests_on


def test_found_to_be_an_adult_they_are_asked() -> None:
    grown = someone(birth={"age_min": 20, "age_max": 20, "basis": "assessed"})
    told = [("age_settled", date(2026, 3, 6))]
    (found,) = owed(with_events(facts(grown), person=told), "seek_adult_consent")
    assert found.due
    assert london(found.due).date() == date(2026, 3, 9)
    assert owed(facts(grown), "seek_adult_consent") == []
