"""A date of birth as people write it, as far as it is known."""

from datetime import date, timedelta

import pytest

from lodestar.kernel.month_names import day_in_words
from lodestar.kernel.written import CannotRead
from lodestar.recognition.rules.born import read_birth

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("  ", ""),
        ("2009", "2009"),
        ("September 2009", "2009-09"),
        ("sep 2009", "2009-09"),
        ("9/2009", "2009-09"),
        ("2009-09", "2009-09"),
        ("4 September 2009", "2009-09-04"),
        ("4th Sep, 2009", "2009-09-04"),
        ("4/9/2009", "2009-09-04"),
        ("04.09.09", "2009-09-04"),
        ("4-9-71", "1971-09-04"),
        ("2009-9-4", "2009-09-04"),
        ("29 February 2008", "2008-02-29"),
        ("25/11/26", "2026-11-25"),
    ],
)
def test_a_day_a_month_or_a_year_is_enough(text, expected):
    assert read_birth(text, TODAY) == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("31 February 2009", "is no day of the calendar"),
        ("29/2/2009", "is no day of the calendar"),
        ("4/13/2009", "is no day of the calendar"),
        ("13/2009", "is no day of the calendar"),
        ("0/9/2009", "is no day of the calendar"),
        ("0/2009", "is no day of the calendar"),
        ("2009-00-04", "is no day of the calendar"),
        ("0000", "is no day of the calendar"),
        ("2009-09-00", "is no day of the calendar"),
        ("26 November 2026", "has not come yet"),
        ("2027", "has not come yet"),
        ("1066", "more than 120 years ago"),
        ("4 Smarch 2009", "is not a date of birth"),
        ("ju 2009", "is not a date of birth"),
        ("about 16", "is not a date of birth"),
        ("4/9", "is not a date of birth"),
        ("20090904", "is not a date of birth"),
    ],
)
def test_what_cannot_be_read_is_repeated_with_how_to_write_it(text, why):
    with pytest.raises(CannotRead, match=why) as refused:
        read_birth(text, TODAY)
    assert str(refused.value).startswith(f"“{text}”")
    assert "or leave it blank" in str(refused.value)


@pytest.mark.parametrize("text", ["2026", "January 2026", "1 January 2026"])
def test_a_year_and_a_month_have_come_from_their_first_day(text):
    first = date(2026, 1, 1)
    assert read_birth(text, first) == read_birth(text, TODAY)
    with pytest.raises(CannotRead, match="has not come yet"):
        read_birth(text, first - timedelta(days=1))


def test_the_oldest_were_born_in_the_year_120_years_ago():
    assert read_birth("1906", TODAY) == "1906"
    with pytest.raises(CannotRead, match="more than 120 years ago"):
        read_birth("31 December 1905", TODAY)


@pytest.mark.parametrize(
    ("born", "expected"),
    [("2009", "2009"), ("2009-09", "September 2009"), ("2009-09-04", "4 September 2009")],
)
def test_what_is_recorded_is_shown_in_words_and_reads_back_as_the_same(born, expected):
    assert day_in_words(born) == expected
    assert read_birth(day_in_words(born), TODAY) == born
