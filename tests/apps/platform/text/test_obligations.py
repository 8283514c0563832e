"""How `due` is reckoned: every way the list has of saying it, over changes of clocks, weekends and changes of law."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from lodestar.platform.obligations.obligations import Moment, moments, obligation_rows, owe, reminders, row_for
from lodestar.platform.time.days import london
from tests.offenders import each

MET = datetime(2026, 3, 6, 23, 40, tzinfo=UTC)  # a Friday
DAY = date(2026, 3, 6)


def due(rule: dict[str, Any] | None, *conditions: str, **events: Any) -> list[tuple[str, str | None]]:
    """Name and due time, on a London clock, of each moment; an event is one time or several."""
    told = {name: when if isinstance(when, tuple) else (when,) for name, when in events.items()}
    found = moments(rule, told, frozenset(conditions))
    return [(one.name, london(one.due).isoformat() if one.due else None) for one in found]


@each(
    ("rule", "event", "ends"),
    [
        ({"hours": 24}, MET, "2026-03-07T23:40:00+00:00"),
        ({"hours": 1}, DAY, "2026-03-06T01:00:00+00:00"),
        ({"days": 7}, MET, "2026-03-13T23:59:59+00:00"),
        ({"days": 28}, date(2026, 3, 2), "2026-03-30T23:59:59+01:00"),
        ({"days": 30, "inclusive": True}, date(2026, 3, 1), "2026-03-30T23:59:59+01:00"),
        ({"days": 45, "inclusive": True}, date(2022, 12, 12), "2023-01-25T23:59:59+00:00"),
        ({"days": -90}, date(2027, 9, 4), "2027-06-06T23:59:59+01:00"),
        ({"months": 3}, date(2023, 11, 30), "2024-02-29T23:59:59+00:00"),
        ({"working_days": 1}, MET, "2026-03-09T23:59:59+00:00"),
        # 23:40 UTC on 30 June is 1 July in London: the day counts from there.
        ({"working_days": 1}, datetime(2026, 6, 30, 23, 40, tzinfo=UTC), "2026-07-02T23:59:59+01:00"),
        ({"days": 1}, datetime(2026, 6, 30, 22, 59, tzinfo=UTC), "2026-07-01T23:59:59+01:00"),
    ],
)
def test_each_unit_ends_where_it_says(rule: dict[str, Any], event: Any, ends: str) -> None:
    assert due({"from": "it", **rule}, it=event) == [("", ends)]


def test_without_a_clock_nothing_is_due_or_waits() -> None:
    assert moments(None, {}) == (Moment(),)


def test_an_event_not_in_the_facts_is_named() -> None:
    assert moments({"from": "crime_recorded", "hours": 24}, {}) == (Moment("", None, "crime_recorded"),)


def test_the_earliest_of_several_events_counts_and_then_the_other() -> None:
    rule = {"from": ["new_evidence", "referral_sent"], "working_days": 1}
    sent = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
    assert due(rule, new_evidence=MET, referral_sent=sent) == [("", "2026-03-05T23:59:59+00:00")]
    assert moments(rule, {})[0].due_from == "new_evidence"
    assert due({"from": "found", "or_from": "encountered_at", "hours": 72}, encountered_at=MET) == [
        ("", "2026-03-09T23:40:00+00:00")
    ]


def test_each_event_opens_its_own_moment_and_none_is_named_by_the_first() -> None:
    rule = {"from": ["arrest", "rg_decision"], "each": True, "working_days": 1, "before": ["hearing"]}
    assert due(rule, arrest=MET, rg_decision=(date(2026, 3, 2), date(2026, 3, 20))) == [
        ("rg_decision 2026-03-02", "2026-03-03T23:59:59+00:00"),
        ("arrest 2026-03-06", "2026-03-09T23:59:59+00:00"),
        ("rg_decision 2026-03-20", "2026-03-23T23:59:59+00:00"),
    ]
    assert moments(rule, {}) == (Moment("", None, "arrest", ("hearing",)),)


def test_what_a_duty_must_precede_counts_when_it_is_earlier() -> None:
    rule = {"from": ["arrest"], "each": True, "working_days": 1, "before": ["hearing"]}
    hearing = datetime(2026, 3, 7, 10, 0, tzinfo=UTC)
    assert due(rule, arrest=MET, hearing=hearing) == [("arrest 2026-03-06", "2026-03-07T10:00:00+00:00")]
    assert due(rule, arrest=MET, hearing=date(2026, 3, 30))[0][1] == "2026-03-09T23:59:59+00:00"


def test_a_duty_that_only_precedes_names_what() -> None:
    rule = {"before": ["charge_decision", "hearing"]}
    assert moments(rule, {}) == (Moment("", None, None, ("charge_decision", "hearing")),)
    assert due(rule, hearing=date(2026, 3, 30), charge_decision=date(2026, 4, 2)) == [("", "2026-03-29T23:59:59+01:00")]


def test_the_first_condition_that_holds_decides() -> None:
    rule = obligation_rows()["reach_nrm_or_dtn"][0].due
    assert rule is not None
    for conditions, ends in (
        ((), "2026-03-07T23:40:00+00:00"),
        (("wants_time",), "2026-03-09T23:40:00+00:00"),
        (("wants_time", "contact_lost"), "2026-03-06T23:40:00+00:00"),
    ):
        assert due(dict(rule), *conditions, encountered_at=MET) == [("", ends)]


def test_the_smallest_of_the_hours_that_apply() -> None:
    rule = {"from": "it", "hours": 24, "or_hours": {"custody_child_or_still_exploited": 4}}
    assert due(rule, it=MET) == [("", "2026-03-07T23:40:00+00:00")]
    assert due(rule, "custody_child_or_still_exploited", it=MET) == [("", "2026-03-07T03:40:00+00:00")]


def test_the_decision_chooses_the_limit() -> None:
    rule = {"from": "letter", "if_positive": {"days": 45}, "if_negative": {"working_days": 9}}
    assert due(rule, "positive", letter=DAY) == [("", "2026-04-20T23:59:59+01:00")]
    assert due(rule, "negative", letter=DAY) == [("", "2026-03-19T23:59:59+00:00")]


def test_reviews_go_on_one_beyond_those_done_and_each_opens_when_the_last_is_due() -> None:
    rule = {"from": "crime_recorded", "hours": 72, "then_days": [7, 28], "repeat_days": 28}
    told = {"crime_recorded": (MET,)}
    names = [one.name for one in moments(rule, told)]
    assert names == ["72 hours", "day 7", "day 28", "day 56"]
    assert [one.name for one in moments(rule, told, done=3)] == names
    assert [one.name for one in moments(rule, told, done=5)] == [*names, "day 84", "day 112"]
    found = moments(rule, told)
    assert found[0].opens_at is None
    assert [one.opens_at for one in found[1:]] == [one.due for one in found[:-1]]
    assert [london(one.due).isoformat() for one in found if one.due][3] == "2026-05-01T23:59:59+01:00"
    waiting = moments(rule, {})
    assert [(one.name, one.due, one.due_from) for one in waiting] == [("72 hours", None, "crime_recorded")]


def test_what_waits_for_a_birthday_opens_on_its_day() -> None:
    rule = {"from": "birthday_18", "days": -90, "then_days": [0]}
    found = moments(rule, {"birthday_18": (date(2027, 9, 4),)})
    assert [(one.name, one.opens_at, one.due) for one in found] == [
        ("90 days before", datetime(2027, 6, 5, 23, 0, tzinfo=UTC), datetime(2027, 6, 6, 22, 59, 59, tzinfo=UTC)),
        ("on the day", datetime(2027, 9, 3, 23, 0, tzinfo=UTC), datetime(2027, 9, 4, 22, 59, 59, tzinfo=UTC)),
    ]


def test_days_each_are_moments_that_open_on_their_day() -> None:
    found = moments({"from": "refusal", "days_each": [7, 28, 90]}, {"refusal": (MET,)})
    assert [(one.name, one.opens_at and london(one.opens_at).date(), one.due and london(one.due).date()) for one in found] == [
        ("day 7", date(2026, 3, 13), date(2026, 3, 13)),
        ("day 28", date(2026, 4, 3), date(2026, 4, 3)),
        ("day 90", date(2026, 6, 4), date(2026, 6, 4)),
    ]
    assert [one.due_from for one in moments({"from": "refusal", "days_each": [7, 28]}, {})] == ["refusal"] * 2


def test_reminders_lie_inside_the_limit() -> None:
    rule = obligation_rows()["consider_reconsideration"][1].due
    found = reminders(rule, {"decision_notice": (date(2024, 2, 22),)})
    assert [(name, london(when).date()) for name, when in found] == [
        ("warn_days", date(2024, 3, 3)),
        ("request_by_days", date(2024, 3, 18)),
    ]
    assert reminders(rule, {}) == ()


@each(
    ("decided", "days", "basis"),
    [
        (date(2022, 12, 12), 45, "guidance"),
        (date(2022, 12, 13), 30, "policy"),
        (date(2022, 12, 14), 30, "policy"),
        (date(2023, 1, 29), 30, "policy"),
        (date(2023, 1, 30), 30, "law"),
        (date(2023, 1, 31), 30, "law"),
    ],
)
def test_the_recovery_row_is_that_of_the_decision_not_of_the_encounter(decided: date, days: int, basis: str) -> None:
    row = row_for("recovery_period_minimum", {"rg_decision": (decided,)}, date(2026, 1, 1))
    assert row is not None
    assert (row.due or {})["days"] == days
    assert row.basis == basis


@each(("notice", "unit"), [(date(2024, 2, 21), "months"), (date(2024, 2, 22), "days"), (date(2024, 2, 23), "days")])
def test_the_limit_of_reconsideration_is_that_of_the_notice(notice: date, unit: str) -> None:
    row = row_for("consider_reconsideration", {"decision_notice": (notice,)}, date(2026, 1, 1))
    assert row is not None
    assert unit in (row.due or {})


def test_without_the_event_the_encounter_chooses_the_row_and_before_any_row_nothing_is_owed() -> None:
    row = row_for("recovery_period_minimum", {}, date(2022, 12, 12))
    assert row is not None
    assert (row.due or {})["days"] == 45
    assert owe("explain_home_office_role", {}, date(2021, 11, 7), person="p1", why=("because",)) == []
    assert len(owe("explain_home_office_role", {}, date(2021, 11, 8), person="p1", why=("because",))) == 1


def test_a_code_that_is_not_in_the_list_is_no_code() -> None:
    with pytest.raises(KeyError):
        owe("no_such_duty", {}, DAY, person=None, why=("because",))
