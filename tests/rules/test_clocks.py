"""Whole encounters against clocks that were worked out by hand: the two changes of the clocks, bank holidays and their
substitute days, midnight in London."""

from datetime import UTC, date, datetime

from lodestar.platform.time.days import london
from tests.offenders import each
from tests.rules.meeting import NO, YES, child, due_of, facts, owed, someone, with_events

HOURS = {
    1: ("make_safe", "see_alone_with_independent_interpreter", "safe_place", "threat_to_life_assessment"),
    8: ("golden_hour_evidence", "phone_and_tracking_check", "who_sent_the_helper"),
    24: ("explain_who_will_know", "refer_nrm", "record_crime", "agree_safe_contact"),
    72: ("needs_assessment",),
}


@each(
    ("at", "ends"),
    [
        # forward at 01:00 UTC on 29 March 2026
        ("2026-03-28T00:59:59+00:00", ("28T01:59:59+00", "28T08:59:59+00", "29T00:59:59+00", "31T01:59:59+01")),
        ("2026-03-28T01:00:00+00:00", ("28T02:00:00+00", "28T09:00:00+00", "29T02:00:00+01", "31T02:00:00+01")),
        ("2026-03-29T00:30:00+00:00", ("29T02:30:00+01", "29T09:30:00+01", "30T01:30:00+01", "01T01:30:00+01")),
        # back at 01:00 UTC on 25 October 2026: half past one comes twice
        ("2026-10-24T23:30:00+01:00", ("25T00:30:00+01", "25T06:30:00+00", "25T22:30:00+00", "27T22:30:00+00")),
        ("2026-10-25T01:30:00+01:00", ("25T01:30:00+00", "25T08:30:00+00", "26T00:30:00+00", "28T00:30:00+00")),
        ("2026-10-25T01:30:00+00:00", ("25T02:30:00+00", "25T09:30:00+00", "26T01:30:00+00", "28T01:30:00+00")),
        # told with another offset
        ("2026-03-02T04:30:00+05:30", ("02T00:00:00+00", "02T07:00:00+00", "02T23:00:00+00", "04T23:00:00+00")),
    ],
)
def test_hours_are_elapsed_and_shown_on_a_london_clock(at: str, ends: tuple[str, ...]) -> None:
    person = someone(
        consent=YES,
        needs=["safe_place"],
        threats=["person"],
        helpers=["solicitor"],
        exploitation=[{"type": "criminal", "still_in_situation": True}],
    )
    for (hours, codes), end in zip(HOURS.items(), ends, strict=True):
        for code in codes:
            due = due_of(code, person, encountered_at=at)
            assert due is not None
            assert due[8:-3] == end, (hours, code, due)


@each(
    ("at", "day"),
    [
        ("2026-03-02T23:40:00+00:00", "2026-03-03"),
        ("2026-03-06T23:40:00+00:00", "2026-03-09"),  # a Friday night
        ("2026-03-08T23:59:00+00:00", "2026-03-09"),
        ("2026-04-02T10:00:00+01:00", "2026-04-07"),  # Maundy Thursday
        ("2026-04-06T23:30:00+01:00", "2026-04-07"),  # the last half hour of Easter Monday
        ("2026-04-06T23:30:00+00:00", "2026-04-08"),  # half past midnight in London
        ("2026-05-01T10:00:00+01:00", "2026-05-05"),
        ("2026-12-24T12:00:00+00:00", "2026-12-29"),
        ("2026-12-25T12:00:00+00:00", "2026-12-29"),
        ("2026-12-31T12:00:00+00:00", "2027-01-04"),
        ("2021-12-24T12:00:00+00:00", "2021-12-29"),  # both days of Christmas have a substitute
        ("2022-06-01T12:00:00+01:00", "2022-06-06"),
        ("2022-09-16T12:00:00+01:00", "2022-09-20"),
        ("2022-12-23T12:00:00+00:00", "2022-12-28"),
        ("2023-05-05T12:00:00+01:00", "2023-05-09"),
        ("2023-12-29T12:00:00+00:00", "2024-01-02"),
        ("2020-05-07T12:00:00+01:00", "2020-05-11"),
        ("2027-12-24T12:00:00+00:00", "2027-12-29"),
        ("2028-04-13T12:00:00+01:00", "2028-04-18"),
        ("2026-06-30T22:30:00+00:00", "2026-07-01"),  # half past eleven in London
        ("2026-06-30T23:30:00+00:00", "2026-07-02"),  # half past midnight
    ],
)
def test_the_next_working_day_ends_at_midnight_in_london(at: str, day: str) -> None:
    young, doubted = child(needs=["food"]), someone(consent={**YES, "capacity": "in_doubt"})
    for code, person in (
        ("strategy_meeting", young),
        ("child_trafficking_guardian", young),
        ("refer_support_service", young),
        ("best_interests_decision", doubted),
    ):
        assert str(due_of(code, person, encountered_at=at)).startswith(f"{day}T23:59:59"), code


@each(
    ("at", "days"),
    [
        ("2026-03-22T23:30:00+00:00", ("2026-03-29", "2026-04-19", "2026-06-20")),
        ("2026-06-30T23:10:00+00:00", ("2026-07-08", "2026-07-29", "2026-09-29")),  # 1 July in London
    ],
)
def test_help_is_offered_again_on_rows_that_open_on_their_day(at: str, days: tuple[str, ...]) -> None:
    found = owed(facts(someone(consent=NO), encountered_at=at), "offer_again_later")
    for one, day in zip(found, days, strict=True):
        assert one.opens_at
        assert one.due
        assert london(one.opens_at).isoformat().startswith(f"{day}T00:00:00")
        assert london(one.due).isoformat().startswith(f"{day}T23:59:59")


@each(
    ("code", "event", "at", "due"),
    [
        ("tell_regional_unit", "crime_recorded", "2026-06-30T23:10:00+00:00", "2026-07-02T23:59:59+01:00"),
        ("investigation_plan", "crime_recorded", "2026-10-24T11:00:00+00:00", "2026-10-27T11:00:00+00:00"),
        ("allocate_pip2_owner", "crime_recorded", "2026-03-28T23:30:00+00:00", "2026-03-30T00:30:00+01:00"),
        ("refer_victim_services", "crime_reported", "2026-04-02T11:00:00+00:00", "2026-04-08T23:59:59+01:00"),
        ("victim_liaison_or_navigator", "crime_recorded", "2026-12-24T12:00:00+00:00", "2026-12-29T23:59:59+00:00"),
        ("section45_no_suspected_offence", "crime_recorded", "2026-03-02T23:50:00+00:00", "2026-03-30T23:59:59+01:00"),
        ("victim_update", "suspect_bail", "2026-03-07T10:00:00+00:00", "2026-03-09T23:59:59+00:00"),
        ("victim_update", "charge", "2026-04-02T10:00:00+00:00", "2026-04-07T23:59:59+01:00"),
        ("tell_victim_before_release", "suspect_to_be_released", "2026-03-29T01:00:00+00:00", "2026-03-29T02:00:00+01:00"),
    ],
)
def test_what_starts_with_an_event_of_the_ledger(code: str, event: str, at: str, due: str) -> None:
    told = with_events(facts(someone(consent=YES)), person=[(event, datetime.fromisoformat(at))])
    if code in ("tell_regional_unit", "investigation_plan", "allocate_pip2_owner"):
        told = with_events(facts(someone(consent=YES)), case=[(event, datetime.fromisoformat(at))])
    (found,) = owed(told, code)
    assert found.due
    assert london(found.due).isoformat() == due


def test_each_step_against_a_suspect_has_its_own_working_day() -> None:
    steps = [("suspect_arrest", datetime(2026, 3, 6, 22, 0, tzinfo=UTC)), ("suspect_bail", date(2026, 3, 7))]
    found = owed(with_events(facts(someone(consent=YES)), person=steps), "victim_update")
    assert [(one.moment, one.due and london(one.due).date()) for one in found] == [
        ("suspect_arrest 2026-03-06", date(2026, 3, 9)),
        ("suspect_bail 2026-03-07", date(2026, 3, 9)),
    ]
