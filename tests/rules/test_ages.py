"""Whether a person is treated as a child: every bound, statement, paper, dispute or look that leaves it reasonable to
believe."""

from datetime import date
from typing import Any

from lodestar.platform.obligations.ages import is_birthday_known, treat_as
from lodestar.platform.obligations.encounter_reading import reading
from lodestar.platform.obligations.settings import SHIPPED, SettingRow, for_tenant
from lodestar.platform.time.days import london
from tests.offenders import each
from tests.rules.meeting import act, child, codes_of, facts, owed, person_of, someone


def treated(birth: dict[str, Any] | None, **told: Any) -> str:
    found: str = person_of(someone(birth=birth, **told))["treat_as"]
    return found


@each(
    ("birth", "expected"),
    [
        ({"age_min": 17, "age_max": 17, "basis": "stated"}, "child"),
        ({"age_min": 18, "age_max": 18, "basis": "stated"}, "adult"),
        ({"age_min": 17, "age_max": 40, "basis": "stated"}, "child"),
        ({"age_min": 16, "age_max": 22, "basis": "disputed"}, "child"),
        ({"age_min": 16, "age_max": 16, "basis": "assessed"}, "child"),
        ({"age_min": 18, "age_max": 20, "basis": "assessed"}, "adult"),
        ({"age_min": 17, "age_max": 20, "basis": "assessed"}, "child"),
        ({"age_min": 16, "age_max": 19, "basis": "estimated"}, "child"),
        ({"age_min": 18, "age_max": 20, "basis": "estimated"}, "adult"),
        ({"age_max": 17}, "child"),
        ({"age_max": 20}, "child"),  # nothing says 18 or more
        ({"age_max": 25}, "child"),  # up to here an upper bound alone leaves doubt
        ({"age_max": 26}, "not_known"),  # nor does this point to under 18
        ({"age_max": 45}, "not_known"),
        ({"age_min": 18}, "adult"),
        ({"age_min": 12}, "child"),
        ({"age_min": 19, "age_max": 19, "basis": "disputed"}, "child"),  # the dispute itself leaves it open
        ({"age_min": 25, "age_max": 45, "basis": "disputed"}, "child"),
        ({"age_min": 26, "age_max": 45, "basis": "disputed"}, "adult"),
        ({"age_min": 35, "age_max": 45, "basis": "disputed"}, "adult"),
        ({"basis": "disputed"}, "child"),
        ({"basis": "unknown"}, "not_known"),
        ({"basis": "stated"}, "not_known"),
        ({}, "not_known"),
        (None, "not_known"),
        ({"date": "2008-03-03"}, "child"),  # 18 on the day after they were met
        ({"date": "2008-03-02"}, "adult"),
        ({"date": "2008-03-01"}, "adult"),
        ({"date": "2008"}, "child"),
        ({"date": "2007"}, "adult"),
        ({"date": "2008-03", "basis": "document"}, "child"),
        # A paper says adult, they or their looks say otherwise: the paper may be the exploiter's.
        ({"date": "2000-01-01", "age_min": 16, "age_max": 17, "basis": "document"}, "child"),
        ({"date": "2000-01-01", "age_max": 17, "basis": "document"}, "child"),
        ({"date": "2000-01-01", "age_min": 16, "age_max": 17, "basis": "assessed"}, "adult"),
        ({"date": "2009-01-01", "age_min": 20, "age_max": 25, "basis": "assessed"}, "child"),
    ],
)
def test_each_reading_of_an_age(birth: dict[str, Any] | None, expected: str) -> None:
    assert treated(birth) == expected


@each(("year", "expected"), [("2026-02-28", "child"), ("2026-03-01", "adult")])
def test_born_on_29_february_one_is_18_on_1_march(year: str, expected: str) -> None:
    found = person_of(someone(birth={"date": "2008-02-29"}), encountered_at=f"{year}T12:00:00+00:00")
    assert found["treat_as"] == expected


@each(
    ("instant", "expected"),
    [("2026-06-30T22:59:00+00:00", "child"), ("2026-06-30T23:00:00+00:00", "adult")],  # midnight in London
)
def test_a_birthday_begins_at_midnight_in_london(instant: str, expected: str) -> None:
    assert person_of(someone(birth={"date": "2008-07-01"}), encountered_at=instant)["treat_as"] == expected


def test_where_nothing_is_said_of_the_age_now_the_age_at_an_act_tells_it() -> None:
    young = act(on="2026-03-01", age_then_min=16, age_then_max=16)
    grown = act(on="2012-01-01", age_then_min=16, age_then_max=16)
    undated = act(on=None, age_then_min=16, age_then_max=16)
    assert treated(None, suspected_of=[young]) == "child"
    assert treated(None, suspected_of=[grown]) == "adult"
    assert treated(None, suspected_of=[undated]) == "not_known"


@each(
    ("told", "low", "high"),
    [
        ([("2025-03-02", 16, 16)], 17, 17),  # a year to the day holds one birthday
        ([("2025-03-03", 16, 16)], 16, 17),
        ([({"from": "2024-03-02", "to": "2025-03-02"}, 16, 16)], 17, 18),
        ([("2025-03-02", 16, None)], 17, None),
        ([("2025-03-02", None, 16)], None, 17),
        ([("2025-03-02", 16, 16), ("2025-03-02", 18, 18)], 17, 19),
        ([("2025-03-02", 16, None), ("2025-03-02", None, 18)], 17, 19),
        ([({"from": None, "to": "2025-03-02"}, 16, 16)], None, None),
        ([({"from": "2025-03-02", "to": None}, 16, 16)], None, None),
        ([({"from": None, "to": "2025-03-02"}, 12, 12), ("2025-03-02", 16, 16)], 17, 17),
    ],
)
def test_the_age_at_dated_acts_leaves_open_what_any_of_them_does(told: list[Any], low: int | None, high: int | None) -> None:
    acts = [act(on=on, age_then_min=least, age_then_max=most) for on, least, most in told]
    age = reading(facts(someone(birth=None, suspected_of=acts)), SHIPPED).people[0].age
    assert (age.low, age.high) == (low, high)


def test_an_age_not_known_is_asked_for_now_and_a_known_one_is_not() -> None:
    assert "establish_age" in codes_of(someone(birth=None))
    assert "establish_age" in codes_of(someone(birth={"age_max": 25, "basis": "estimated"})), "may be under 18, by appearance"
    assert "establish_age" not in codes_of(someone(birth={"age_max": 17, "basis": "estimated"}))
    assert "tell_childrens_services_now" not in codes_of(someone(birth=None))
    assert "establish_age" not in codes_of(someone(birth={"age_min": 16}))
    assert "establish_age" not in codes_of(someone(birth=None, alive=False))


@each(
    ("birth", "is_owed"),
    [
        ({"age_min": 16, "age_max": 22, "basis": "disputed"}, True),
        ({"age_min": 16, "age_max": 19, "basis": "estimated"}, True),
        ({"age_min": 17, "age_max": 17, "basis": "estimated"}, True),
        ({"age_min": 15, "age_max": 16, "basis": "estimated"}, False),
        ({"age_min": 18, "age_max": 20, "basis": "estimated"}, True),
        ({"age_min": 19, "age_max": 20, "basis": "estimated"}, False),
        ({"age_min": 18, "age_max": 18, "basis": "stated"}, False),
        ({"age_min": 9, "age_max": 11, "basis": "estimated"}, False),
        ({"age_min": 30, "age_max": 40, "basis": "estimated"}, False),
        ({"age_min": 16, "age_max": 16, "basis": "stated"}, False),
    ],
)
def test_an_age_in_dispute_or_guessed_around_18_is_assessed(birth: dict[str, Any], is_owed: bool) -> None:
    assert ("age_assessment" in codes_of(someone(birth=birth))) == is_owed


def test_another_statement_of_the_age_reopens_the_assessment() -> None:
    first = owed(facts(someone(birth={"age_min": 16, "age_max": 22, "basis": "disputed"})), "age_assessment")
    again = owed(facts(someone(birth={"age_min": 17, "age_max": 22, "basis": "disputed"})), "age_assessment")
    assert first[0].key == again[0].key
    assert first[0].rests_on != again[0].rests_on


@each(
    ("birth", "birthday"),
    [
        ({"date": "2009-09-04"}, "2027-09-04"),
        ({"date": "2009-09"}, "2027-09-01"),  # the earliest reading
        ({"age_min": 16, "age_max": 16}, "2027-03-03"),  # 17 tomorrow at the earliest
        ({"age_min": 17, "age_max": 17}, "2026-03-03"),
        ({"age_min": 16, "age_max": 22, "basis": "disputed"}, "2026-03-03"),
        ({"age_min": 16, "age_max": 18}, "2026-03-03"),  # a child until shown to be 18
        ({"age_min": 10}, "2026-03-03"),
        ({"age_max": 9}, "2034-03-03"),
        # Treated as a child, they are not 18 yet, whatever a paper or half a date says.
        ({"date": "2008"}, "2026-03-03"),
        ({"date": "2000-01-01", "age_min": 16, "age_max": 17, "basis": "document"}, "2026-03-03"),
        ({"date": "2008-03-02", "age_min": 16, "age_max": 17, "basis": "document"}, "2026-03-03"),
        ({"date": "2008-03-03"}, "2026-03-03"),
        ({"date": "2007-03-02"}, "2025-03-02"),
    ],
)
def test_the_18th_birthday_is_the_earliest_the_facts_allow(birth: dict[str, Any], birthday: str) -> None:
    read = reading(facts(someone(birth=birth)), SHIPPED)
    assert [str(when) for when in read.people[0].events["birthday_18"]] == [birthday]


@each(
    ("birth", "met_on", "days"),
    [
        # Known to the day, the 90 days are reckoned from it, also when they had begun before the meeting.
        ({"date": "2008-06-01"}, "2026-03-02", ["2026-03-03", "2026-06-01"]),
        ({"date": "2008-05-31"}, "2026-03-02", ["2026-03-02", "2026-05-31"]),
        ({"date": "2008-05-30"}, "2026-03-02", ["2026-03-01", "2026-05-30"]),
        # Known only between bounds, what would lie before the meeting is wanted on the next working day ...
        ({"date": "2008-06"}, "2026-03-02", ["2026-03-03", "2026-06-01"]),
        ({"date": "2008-06"}, "2026-03-03", ["2026-03-03", "2026-06-01"]),
        ({"date": "2008-05"}, "2026-03-02", ["2026-03-03", "2026-05-01"]),
        ({"age_min": 17, "age_max": 17}, "2026-03-02", ["2026-03-03", "2026-03-03"]),
        # ... and no later than the first day on which they may be 18, here a Saturday.
        ({"age_min": 17, "age_max": 17}, "2026-03-06", ["2026-03-07", "2026-03-07"]),
        ({"date": "2008-05"}, "2026-03-06", ["2026-03-09", "2026-05-01"]),
        ({"age_min": 16, "age_max": 16}, "2026-03-02", ["2026-12-03", "2027-03-03"]),
    ],
)
def test_nobody_is_late_for_a_birthday_that_is_only_guessed_at(birth: dict[str, Any], met_on: str, days: list[str]) -> None:
    found = owed(facts(someone(birth=birth), encountered_at=f"{met_on}T12:00:00+00:00"), "turning_18_consent")
    assert [one.moment for one in found] == ["90 days before", "on the day"]
    assert [str(london(one.due).date()) for one in found if one.due] == days


@each(
    ("born", "is_known"), [("2008-03-03", True), ("2008-03-02", False), ("2008-03-01", False), ("2008-04", False), (None, False)]
)
def test_the_birthday_of_a_child_is_known_to_the_day_or_not_at_all(born: str | None, is_known: bool) -> None:
    person = facts(child(birth={"date": born, "age_max": 17, "basis": "document"})).people[0]
    assert is_birthday_known(person, date(2026, 3, 2)) == is_known


def test_a_birthday_that_may_be_near_says_so() -> None:
    near, far = (owed(facts(someone(birth={"age_min": age, "age_max": age})), "turning_18_consent")[0].why for age in (17, 16))
    assert near == (*far, "The day they turn 18 is not known, and may be near.")


def test_a_force_may_set_how_far_a_dispute_reaches_from_a_day() -> None:
    own = for_tenant("fenmarch", [SettingRow("age_in_doubt_up_to", 18, start=date(2026, 3, 2))])
    disputed = someone(birth={"age_min": 19, "age_max": 19, "basis": "disputed"})
    assert person_of(disputed, settings=own)["treat_as"] == "adult"
    assert person_of(disputed, settings=own, encountered_at="2026-03-01T23:59:00+00:00")["treat_as"] == "child"


def test_the_reason_says_the_age_and_how_it_is_known() -> None:
    encounter = facts(someone(birth={"age_min": 16, "age_max": 22, "basis": "disputed"}))
    found = treat_as(encounter, encounter.people[0], SHIPPED)
    assert found.why == "May be under 18: 16 to 22, in dispute."
