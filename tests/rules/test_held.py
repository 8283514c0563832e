"""Of what time earlier records are held: every month of the year before has one."""

from datetime import date, timedelta

import pytest

from lodestar.intelligence.earlier_records.rules.earlier import KINDS, Coverage, erased_up_to, months_before

DAY = date(2026, 3, 10)
MONTHS = months_before(DAY)
ALL = {("stop", month): month for month in MONTHS}
LAST = DAY - timedelta(days=1)


def missing(months):
    return Coverage(months).missing("stop", DAY)


def test_the_year_before_touches_its_months():
    assert (MONTHS[0], MONTHS[-1], len(MONTHS)) == (date(2025, 3, 1), date(2026, 3, 1), 13)
    assert months_before(date(2026, 3, 1))[-1] == date(2026, 2, 1)  # of the month of the meeting nothing is before it
    assert len(months_before(date(2026, 3, 1))) == 12
    assert months_before(date(2026, 3, 2))[-1] == date(2026, 3, 1)  # of which one day is


def test_a_record_in_every_month_and_none_missing():
    assert missing(ALL) == ()


@pytest.mark.parametrize("month", MONTHS)
def test_one_month_without_a_record_is_missing(month):
    assert missing({key: day for key, day in ALL.items() if key[1] != month}) == (month,)


@pytest.mark.parametrize(("first", "is_missing"), [(LAST, False), (DAY, True), (DAY + timedelta(days=1), True)])
def test_in_the_month_of_the_meeting_only_a_record_before_it_says_something(first, is_missing):
    assert missing(ALL | {("stop", MONTHS[-1]): first}) == ((MONTHS[-1],) if is_missing else ())


def test_every_kind_is_held_or_it_is_not_whole():
    months = {(kind, month): month for kind in KINDS for month in MONTHS}
    assert Coverage(months).is_whole(DAY)
    for kind in KINDS:
        held = Coverage({key: day for key, day in months.items() if key[0] != kind})
        assert not held.is_whole(DAY)
        assert held.missing_kinds(DAY) == {kind: MONTHS}


ALWAYS = date.min


@pytest.mark.parametrize(
    ("kept", "day", "last"),
    [
        ([], DAY, date.min),
        ([(ALWAYS, 6)], date(2026, 10, 1), date(2026, 3, 31)),  # what came in on 1 April is kept until today
        ([(ALWAYS, 6)], date(2026, 8, 31), date(2026, 2, 28)),  # what came in that day was kept until 28 August
        ([(ALWAYS, 24), (date(2026, 9, 1), 6)], date(2026, 8, 31), date(2024, 8, 30)),  # not short yet
        ([(ALWAYS, 24), (date(2026, 9, 1), 6)], date(2026, 9, 1), date(2026, 2, 28)),
        ([(ALWAYS, 6), (date(2026, 9, 1), 24)], date(2027, 9, 1), date(2026, 2, 28)),  # gone stays gone
        ([(ALWAYS, 24), (date(2026, 9, 1), 3), (date(2026, 9, 1), 24)], date(2026, 9, 1), date(2024, 8, 31)),  # agreed anew
        ([(ALWAYS, 24), (date(2026, 9, 1), 3), (date(2026, 10, 1), 24)], date(2026, 12, 1), date(2026, 6, 29)),  # short a month
    ],
)
def test_what_the_clock_may_have_let_go_by_a_day(kept, day, last):
    assert erased_up_to(kept, day) == last


def test_what_may_have_been_let_go_is_not_held():
    held = Coverage(ALL, ((ALWAYS, 6),))
    assert held.missing("stop", DAY) == held.months_past_retention(DAY) == MONTHS[:7]  # March to September 2025
    year = Coverage(ALL, ((ALWAYS, 12),))
    assert year.missing("stop", DAY) == year.months_past_retention(DAY) == ()
    assert year.missing("stop", DAY, DAY + timedelta(days=1)) == MONTHS[:1]  # who was met, and written down later
    assert year.missing("stop", DAY, DAY - timedelta(days=100)) == ()
