"""Days, times and ages as officers type them: each form, and what is none of them."""

from datetime import UTC, date, datetime

import pytest

from lodestar.platform.time.uk_dates import (
    CannotRead,
    day_in_words,
    read_age,
    read_any_day,
    read_birth,
    read_coming,
    read_day,
    read_partial,
    read_when,
)

NOW = datetime(2026, 11, 25, 2, 57, tzinfo=UTC)
TODAY = date(2026, 11, 25)


def refusal(read, text, *arguments):
    """What is said of a text that is refused; what it was read as where it was not."""
    try:
        return f"read as {read(text, *arguments)}"
    except CannotRead as refused:
        return str(refused).replace(f"“{text.strip()}”", "It")


def differing(read, cases, *arguments):
    """Of (text, what it means) those that are read as something else, each with what."""
    return [(text, found) for text, told in cases if (found := read(text, *arguments)) != told]


def test_a_time_or_as_much_of_a_day_as_is_known():
    def when(text):
        found = read_when(text, NOW)
        return found and (found.at.isoformat(timespec="minutes"), found.exact, found.names_day)

    cases = [
        ("", None), ("now", ("2026-11-25T02:57+00:00", True, True)),
        *((text, ("2026-11-25T02:25+00:00", True, True)) for text in ("0225", "02:25", "2.25am", "2.25 AM", "0225 hrs")),
        ("11 pm", ("2026-11-24T23:00+00:00", True, True)), ("2350", ("2026-11-24T23:50+00:00", True, True)),
        ("0300", ("2026-11-25T03:00+00:00", True, True)), ("2025", ("2026-11-24T20:25+00:00", True, True)),
        ("yesterday 2230", ("2026-11-24T22:30+00:00", True, True)), ("today 0225", ("2026-11-25T02:25+00:00", True, True)),
        ("last night", ("2026-11-24T00:00+00:00", False, True)), ("yesterday at 11 pm", ("2026-11-24T23:00+00:00", True, True)),
        ("3 March 2026 14:05", ("2026-03-03T14:05+00:00", True, True)),
        ("3/3/26 at 1405", ("2026-03-03T14:05+00:00", True, True)),
        ("3rd Mar, 2026", ("2026-03-03T00:00+00:00", False, True)), ("03.03.2026", ("2026-03-03T00:00+00:00", False, True)),
        ("14 July", ("2026-07-14T00:00+01:00", False, True)), ("26 nov", ("2025-11-26T00:00+00:00", False, True)),
        ("2025-11", ("2025-11-01T00:00+00:00", False, False)), ("Nov 2025", ("2025-11-01T00:00+00:00", False, False)),
        ("11/2025", ("2025-11-01T00:00+00:00", False, False)), ("2024 1405", ("2024-01-01T14:05+00:00", True, False)),
        ("2026-02-03 1405", ("2026-02-03T14:05+00:00", True, True)), ("1 January 1880", ("1880-01-01T00:00+00:00", False, True)),
    ]  # fmt: skip
    assert not differing(when, cases)


def test_what_is_no_time_or_has_not_come_is_refused_with_what_was_typed():
    cases = {
        "Write it like 0225": (
            "2570",
            "noonish",
            "99",
            "13pm",
            "0",
            "１２：７０",
            "soon",
            "31 February 2026",
            "2026-13",
            "30/2",
            "4 lis 2025",
        ),
        "has not come yet": ("tomorrow", "3 March 2031", "December 2026"),
        "is before 1880": ("1/1/0001", "0001-01-01", "3 March 1879 14:05", "1879-12"),
    }
    assert not [text for why, texts in cases.items() for text in texts if why not in refusal(read_when, text, NOW)]


def test_the_hour_that_october_repeats_is_the_later_one_when_it_has_come():
    half_past = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    for text, now, at in (
        ("0130", datetime(2026, 10, 25, 1, 45, tzinfo=UTC), half_past),
        ("0130", datetime(2026, 10, 25, 0, 45, tzinfo=UTC), half_past.replace(hour=0)),
        ("25 October 0130", datetime(2026, 10, 26, 9, tzinfo=UTC), half_past),
        ("25 October 2026 01:30", datetime(2026, 10, 25, 0, 45, tzinfo=UTC), half_past.replace(hour=0)),
    ):
        found = read_when(text, now)
        assert found is not None
        assert found.at.astimezone(UTC) == at, (text, now)


def test_of_a_day_alone_the_latest_it_can_mean():
    cases = [("0225", "25T02:25:00"), ("24 November", "24T23:59:59"), ("today", "25T02:57:00")]
    for text, iso in cases:
        written = read_when(text, NOW)
        assert written is not None
        assert written.latest(NOW) == datetime.fromisoformat(f"2026-11-{iso}+00:00"), text


def test_a_time_to_come():
    cases = [
        ("  ", None), ("now", "2026-11-25T02:57"), ("0257", "2026-11-25T02:57"), ("0256", "2026-11-26T02:56"),
        ("today 1900", "2026-11-25T19:00"), ("tomorrow at 0700", "2026-11-26T07:00"), ("24 November 0700", "2027-11-24T07:00"),
        ("25/11 0700", "2026-11-25T07:00"), ("3 March 2027, 07:00", "2027-03-03T07:00"), ("1 July 0700", "2027-07-01T06:00"),
        ("28 March 1900", "2027-03-28T18:00"),
    ]  # fmt: skip
    told = [(text, iso and datetime.fromisoformat(f"{iso}+00:00")) for text, iso in cases]
    assert not differing(read_coming, told, NOW)
    none = ("2570", "soon", "tomorrow", "3 March", "30 February 0700", "31/11 0700", "\x00")
    assert not [text for text in none if "Write it like 1900" not in refusal(read_coming, text, NOW)]
    assert "is past" in refusal(read_coming, "24 November 2026 0700", NOW)


def test_a_day_month_or_year_that_has_come():
    cases = [
        ("", ""), ("2026", "2026"), ("2025-11", "2025-11"), ("Nov 2025", "2025-11"), ("9 March 2026", "2026-03-09"),
        ("9/3/26", "2026-03-09"), ("yesterday", "2026-11-24"), ("26 November", "2025-11-26"), ("9 March 2026 1405", "2026-03-09"),
    ]  # fmt: skip
    assert not differing(read_day, cases, TODAY)
    none, ahead = ("0225", "14:05", "1405", "spring 2024", "1879"), ("2027", "26/11/2026", "tomorrow")
    for why, texts in (("It is not a day", none), ("It has not come yet", ahead)):
        assert not [text for text in texts if why not in refusal(read_day, text, TODAY)], why


def test_a_date_known_in_part_is_read_as_far_as_it_goes_and_never_guessed():
    cases = [
        ("2024", "2024"), ("March 2024", "2024-03"), ("mar, 2024", "2024-03"), ("2024-3", "2024-03"),
        ("2024-03-09", "2024-03-09"),
        ("9 March 2024", "2024-03-09"), ("9/3/24", "2024-03-09"), ("1880-01", "1880-01"), ("2199-12", "2199-12"),
        *((text, "") for text in ("1879-12", "2200-01", "9 March", "31 February 2024", "2024-13", "today", "spring 2024", "")),
    ]  # fmt: skip
    assert not differing(read_partial, cases)
    assert not differing(read_any_day, [("9 March 2027", date(2027, 3, 9)), ("March 2027", None), ("soon", None)])


def test_a_date_of_birth_is_a_day_a_month_or_a_year():
    cases = [
        ("  ", ""), ("2009", "2009"), ("September 2009", "2009-09"), ("sep 2009", "2009-09"), ("9/2009", "2009-09"),
        ("2009-09", "2009-09"), ("4 September 2009", "2009-09-04"), ("4th Sep, 2009", "2009-09-04"), ("4/9/2009", "2009-09-04"),
        ("04.09.09", "2009-09-04"), ("4-9-71", "1971-09-04"), ("2009-9-4", "2009-09-04"), ("29 February 2008", "2008-02-29"),
        ("25/11/26", "2026-11-25"), ("1906", "1906"),
    ]  # fmt: skip
    assert not differing(read_birth, cases, TODAY)
    cases = {
        "is no day of the calendar": ("31 February 2009", "4/13/2009", "0/9/2009", "0/2009", "2009-00-04", "0000", "2009-09-00"),
        "has not come yet": ("26 November 2026", "2027"),
        "more than 120 years ago": ("1066", "31 December 1905"),
        "is not a date of birth": ("4 Smarch 2009", "ju 2009", "about 16", "4/9", "20090904", "today"),
    }
    assert not [text for why, texts in cases.items() for text in texts if why not in refusal(read_birth, text, TODAY)]
    for born in ("2009", "2009-09", "2009-09-04"):
        assert read_birth(day_in_words(born), TODAY) == born
    assert read_birth("January 2026", date(2026, 1, 1)) == "2026-01"


def test_an_age_is_a_number_of_completed_years():
    assert not differing(read_age, [("", None), (" 17 ", 17), ("0", 0), ("120", 120)])
    for text in ("121", "17-18", "about 16", "-1", "１７", "9" * 5_000):
        with pytest.raises(CannotRead, match="is not an age in years"):
            read_age(text)
