"""Partial dates, and ages between bounds."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.kernel.days import age_on
from lodestar.kernel.fuzzy import partial_date
from lodestar.kernel.person_age import age_between, shifted
from tests.offenders import each


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


@each(
    "text", ["", "25", "2025-13", "2025-00", "2025-02-30", "2025-1-1", "2025-11-03T10:00", "0000", "1800", "٢٠٢٥"]
)
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
DAYS = st.dates(date(2016, 1, 1), date(2026, 12, 31))


@given(BIRTHS, DAYS, DAYS, DAYS)
def test_bounds_told_on_one_day_hold_the_true_age_on_any_other(birth: date, told: date, one: date, other: date) -> None:
    first, last = sorted((one, other))
    age = age_on(birth, told)
    low, high = shifted((age, age), told, first, last)
    assert low is not None
    assert high is not None
    for day in (first, last, first + (last - first) // 2):
        assert low <= age_on(birth, day) <= high
    assert high - low <= age_on(first, last) + 2


@given(BIRTHS, DAYS)
def test_bounds_do_not_widen_on_their_own_day(birth: date, told: date) -> None:
    age = age_on(birth, told)
    assert shifted((age, age), told, told, told) == (age, age)
    assert shifted((None, age), told, told, told + timedelta(days=1)) == (None, age + 1)
    assert shifted((age, None), told, told, told) == (age, None)
