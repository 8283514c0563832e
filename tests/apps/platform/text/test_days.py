"""Days, working days and ages: each boundary on its day, the day before and the day after."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.platform.obligations.ages import age_between, shifted
from lodestar.platform.time.days import (
    add_months,
    add_working_days,
    after_hours,
    age_on,
    anniversary,
    bank_holidays,
    end_of_day,
    is_working_day,
    london,
    london_date,
    start_of_day,
)
from lodestar.platform.time.fuzzy import partial_date
from tests.offenders import each

DAYS = st.dates(date(2015, 1, 1), date(2028, 11, 30))


@each(
    ("instant", "day"),
    [
        ("2026-06-30T22:59:59+00:00", date(2026, 6, 30)),
        ("2026-06-30T23:00:00+00:00", date(2026, 7, 1)),  # midnight of summer time
        ("2026-12-31T23:59:59+00:00", date(2026, 12, 31)),
        ("2026-03-02T04:30:00+05:00", date(2026, 3, 1)),
    ],
)
def test_the_day_is_that_of_london(instant: str, day: date) -> None:
    assert london_date(datetime.fromisoformat(instant)) == day


def test_an_instant_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        london_date(datetime(2026, 3, 1, 10, 0))


@each(
    ("start", "hours", "ends"),
    [
        # The clocks go forward at 01:00 UTC on 29 March 2026 and back on 25 October 2026; hours last as long as ever.
        ("2026-03-28T23:30:00+00:00", 24, "2026-03-30T00:30:00+01:00"),
        ("2026-10-24T23:30:00+01:00", 24, "2026-10-25T22:30:00+00:00"),
        ("2026-10-25T00:30:00+01:00", 1, "2026-10-25T01:30:00+01:00"),
        ("2026-10-25T00:30:00+01:00", 2, "2026-10-25T01:30:00+00:00"),
    ],
)
def test_hours_are_elapsed_time_over_a_change_of_clocks(start: str, hours: int, ends: str) -> None:
    found = after_hours(datetime.fromisoformat(start), hours)
    assert found == datetime.fromisoformat(ends)
    assert london(found).isoformat() == ends


def test_a_day_begins_and_ends_in_london() -> None:
    assert start_of_day(date(2026, 7, 1)) == datetime(2026, 6, 30, 23, 0, tzinfo=UTC)
    assert end_of_day(date(2026, 7, 1)) == datetime(2026, 7, 1, 22, 59, 59, tzinfo=UTC)
    assert end_of_day(date(2026, 3, 29)) - start_of_day(date(2026, 3, 29)) == timedelta(hours=22, minutes=59, seconds=59)


@each(
    ("day", "count", "ends"),
    [
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # Maundy Thursday: Good Friday, weekend, Easter Monday
        (date(2026, 3, 7), 1, date(2026, 3, 9)),  # a Saturday
        (date(2026, 12, 24), 1, date(2026, 12, 29)),  # Boxing Day is kept on Monday 28 December
        (date(2026, 3, 2), 5, date(2026, 3, 9)),
        (date(2026, 3, 9), -5, date(2026, 3, 2)),
        (date(2022, 6, 1), 1, date(2022, 6, 6)),  # the two days of the jubilee
        (date(2022, 9, 16), 1, date(2022, 9, 20)),  # the funeral of the Queen
        (date(2023, 5, 5), 1, date(2023, 5, 9)),  # the coronation
        (date(2020, 5, 1), 1, date(2020, 5, 4)),  # Early May was kept on the 8th
        (date(2020, 5, 7), 1, date(2020, 5, 11)),
        (date(2026, 3, 7), 0, date(2026, 3, 7)),
    ],
)
def test_working_days_pass_over_weekends_and_bank_holidays(day: date, count: int, ends: date) -> None:
    assert add_working_days(day, count) == ends


@given(DAYS, st.integers(1, 15))
def test_the_nth_working_day_has_n_working_days_up_to_it(day: date, count: int) -> None:
    ends = add_working_days(day, count)
    between = [day + timedelta(days=number) for number in range(1, (ends - day).days + 1)]
    assert is_working_day(ends)
    assert sum(map(is_working_day, between)) == count
    assert add_working_days(ends, -count) <= day or not is_working_day(day)


@each("year", range(2015, 2029))
def test_every_year_has_its_bank_holidays(year: int) -> None:
    days = sorted(day for day in bank_holidays() if day.year == year)
    assert len(days) == 8 + {2022: 2, 2023: 1}.get(year, 0)
    assert all(day.weekday() < 5 for day in days)


@each(
    ("day", "count", "ends"),
    [
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2022, 11, 30), 3, date(2023, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 10, 15), 3, date(2024, 1, 15)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(day: date, count: int, ends: date) -> None:
    assert add_months(day, count) == ends


@each(
    ("birth", "day", "age"),
    [
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 28), 19),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(2009, 9, 4), date(2027, 9, 3), 17),
        (date(2009, 9, 4), date(2027, 9, 4), 18),
        (date(2026, 1, 1), date(2025, 12, 31), -1),
    ],
)
def test_an_age_is_reached_as_the_birthday_begins(birth: date, day: date, age: int) -> None:
    assert age_on(birth, day) == age


@given(st.dates(date(1930, 1, 1), date(2020, 12, 31)), st.integers(0, 90))
def test_one_is_older_on_a_birthday_than_the_day_before(birth: date, years: int) -> None:
    birthday = anniversary(birth, years)
    assert age_on(birth, birthday) == years
    assert age_on(birth, birthday - timedelta(days=1)) == years - 1


@each(
    ("text", "earliest", "latest"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-11-03", date(2025, 11, 3), date(2025, 11, 3)),
    ],
)
def test_a_partial_date_keeps_every_day_it_may_be(text: str, earliest: date, latest: date) -> None:
    found = partial_date(text)
    assert (found.earliest, found.latest, str(found)) == (earliest, latest, text)
    assert found.is_exact == (earliest == latest)


@each("text", ["", "25", "2025-13", "2025-00", "2025-02-30", "2025-1-1", "2025-11-03T10:00", "0000", "1800", "٢٠٢٥"])
def test_anything_else_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"must be|is no date"):
        partial_date(text)


def test_an_age_lies_between_the_latest_and_the_earliest_birth() -> None:
    day = date(2026, 3, 2)
    assert age_between(partial_date("2008"), day, day) == (17, 18)
    assert age_between(partial_date("2008-03"), day, day) == (17, 18)
    assert age_between(partial_date("2008-04"), day, day) == (17, 17)
    assert age_between(partial_date("2008-03-02"), day, day) == (18, 18)


BIRTHS = st.dates(date(1960, 1, 1), date(2015, 12, 31))
LATER_DAYS = st.dates(date(2016, 1, 1), date(2026, 12, 31))


@given(BIRTHS, LATER_DAYS, LATER_DAYS, LATER_DAYS)
def test_bounds_told_on_one_day_hold_the_true_age_on_any_other(birth: date, told: date, one: date, other: date) -> None:
    first, last = sorted((one, other))
    age = age_on(birth, told)
    low, high = shifted((age, age), told, first, last)
    assert low is not None
    assert high is not None
    for day in (first, last, first + (last - first) // 2):
        assert low <= age_on(birth, day) <= high
    assert high - low <= age_on(first, last) + 2


@given(BIRTHS, LATER_DAYS)
def test_bounds_do_not_widen_on_their_own_day(birth: date, told: date) -> None:
    age = age_on(birth, told)
    assert shifted((age, age), told, told, told) == (age, age)
    assert shifted((None, age), told, told, told + timedelta(days=1)) == (None, age + 1)
    assert shifted((age, None), told, told, told) == (age, None)
