"""Times as officers write them."""

from datetime import UTC, datetime

import pytest

from lodestar.kernel.written import CannotRead, read_partial, read_time, read_when

NOW = datetime(2026, 11, 25, 2, 57, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("0225", "2026-11-25T02:25:00+00:00"),
        ("02:25", "2026-11-25T02:25:00+00:00"),
        ("2.25am", "2026-11-25T02:25:00+00:00"),
        ("11 pm", "2026-11-24T23:00:00+00:00"),
        ("2350", "2026-11-24T23:50:00+00:00"),
        ("0300", "2026-11-25T03:00:00+00:00"),
    ],
)
def test_a_time_is_the_latest_such_moment(words, iso):
    assert read_time(words, NOW) == datetime.fromisoformat(iso)


@pytest.mark.parametrize("words", ["2570", "noonish", "99", "13pm", "0", "１２：７０"])
def test_what_is_no_time_says_how_to_write_one(words):
    with pytest.raises(CannotRead, match="Write it like 0225"):
        read_time(words, NOW)


@pytest.mark.parametrize(
    ("words", "iso", "exact"),
    [
        ("", None, None),
        ("now", "2026-11-25T02:57:00+00:00", True),
        ("yesterday 2230", "2026-11-24T22:30:00+00:00", True),
        ("3 March 2026 14:05", "2026-03-03T14:05:00+00:00", True),
        ("3/3/26 at 1405", "2026-03-03T14:05:00+00:00", True),
        ("14 July", "2026-07-14T00:00:00+01:00", False),
        ("26 nov", "2025-11-26T00:00:00+00:00", False),
        ("March 2026", "2026-03-01T00:00:00+00:00", False),
        ("2025", "2026-11-24T20:25:00+00:00", True),
        ("2025-11", "2025-11-01T00:00:00+00:00", False),
        ("last night", "2026-11-24T00:00:00+00:00", False),
    ],
)
def test_as_much_of_a_day_as_is_known(words, iso, exact):
    found = read_when(words, NOW)
    assert (found and (found.at.isoformat(), found.exact)) == (iso and (iso, exact))


@pytest.mark.parametrize("words", ["31 February 2026", "tomorrow", "3 March 2031", "soon", "2026-13", "30/2"])
def test_impossible_and_future_days_are_refused_with_words(words):
    with pytest.raises(CannotRead):
        read_when(words, NOW)


@pytest.mark.parametrize("words", ["1/1/0001", "0001-01-01", "3 March 1879 14:05", "1879-12"])
def test_a_year_before_anybody_who_is_met_today_was_born_is_a_slip(words):
    with pytest.raises(CannotRead, match="is before 1880"):
        read_when(words, NOW)


def test_the_first_year_that_is_believed():
    found = read_when("1 January 1880", NOW)
    assert found is not None
    assert found.at.date().isoformat() == "1880-01-01"


def test_the_hour_that_october_repeats_is_the_later_one_when_it_has_come():
    after = datetime(2026, 10, 25, 1, 45, tzinfo=UTC)
    assert read_time("0130", after) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    between = datetime(2026, 10, 25, 0, 45, tzinfo=UTC)
    assert read_time("0130", between) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2024", "2024"),
        ("March 2024", "2024-03"),
        ("mar, 2024", "2024-03"),
        ("2024-3", "2024-03"),
        ("2024-03-09", "2024-03-09"),
        ("9 March 2024", "2024-03-09"),
        ("9/3/24", "2024-03-09"),
        ("1880-01", "1880-01"),
        ("1879-12", ""),
        ("2199-12", "2199-12"),
        ("2200-01", ""),
        ("9 March", ""),
        ("31 February 2024", ""),
        ("2024-13", ""),
        ("today", ""),
        ("Yesterday", ""),
        ("tonight", ""),
        ("last night", ""),
        ("spring 2024", ""),
        ("", ""),
    ],
)
def test_a_date_that_is_known_in_part_is_read_as_far_as_it_goes_and_never_guessed(text, read):
    assert read_partial(text) == read


def test_with_its_day_the_hour_that_october_repeats_is_the_later_one_when_it_has_come():
    after = datetime(2026, 10, 26, 9, 0, tzinfo=UTC)
    found = read_when("25 October 0130", after)
    assert found is not None
    assert found.at.astimezone(UTC) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    between = read_when("25 October 2026 01:30", datetime(2026, 10, 25, 0, 45, tzinfo=UTC))
    assert between is not None
    assert between.at.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "names_day"),
    [
        ("2025", True), ("February 2026", False), ("2026-02", False), ("2024 1405", False), ("February 2026 1405", False),
        ("2026-02 1405", False), ("3 February 2026", True), ("2026-02-03 1405", True), ("yesterday", True), ("0225", True),
    ],
)  # fmt: skip
def test_whether_a_day_is_named(words, names_day):
    found = read_when(words, NOW)
    assert found is not None
    assert found.names_day is names_day
