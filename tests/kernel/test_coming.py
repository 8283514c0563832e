"""Times to come, and the last instant that words can mean."""

from datetime import UTC, datetime

import pytest

from lodestar.kernel.written import CannotRead, read_coming, read_when

NOW = datetime(2026, 11, 25, 2, 57, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("now", "2026-11-25T02:57"),
        ("0257", "2026-11-25T02:57"),
        ("0256", "2026-11-26T02:56"),
        ("today 1900", "2026-11-25T19:00"),
        ("tomorrow at 0700", "2026-11-26T07:00"),
        ("24 November 0700", "2027-11-24T07:00"),
        ("25/11 0700", "2026-11-25T07:00"),
        ("3 March 2027, 07:00", "2027-03-03T07:00"),
        ("1 July 0700", "2027-07-01T06:00"),
    ],
)
def test_the_next_such_time(words, iso):
    assert read_coming(words, NOW) == datetime.fromisoformat(f"{iso}+00:00")


@pytest.mark.parametrize("words", ["2570", "soon", "tomorrow", "3 March", "30 February 0700", "31/11 0700", "\x00"])
def test_what_is_no_time_to_come_says_how_to_write_one(words):
    with pytest.raises(CannotRead, match="Write it like 1900"):
        read_coming(words, NOW)


def test_what_is_past_is_said_to_be():
    with pytest.raises(CannotRead, match="is past"):
        read_coming("24 November 2026 0700", NOW)


def test_blank_is_none():
    assert read_coming("  ", NOW) is None


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("0225", "2026-11-25T02:25:00"),
        ("24 November", "2026-11-24T23:59:59"),
        ("today", "2026-11-25T02:57:00"),
        ("3 July 2026", "2026-07-03T22:59:59"),
    ],
)
def test_of_a_day_alone_the_latest_it_can_mean(words, iso):
    written = read_when(words, NOW)
    assert written is not None
    assert written.latest(NOW) == datetime.fromisoformat(f"{iso}+00:00")
