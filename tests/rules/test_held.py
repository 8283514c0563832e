"""Of what time earlier records are held: every month of the year before has one."""

from datetime import date, timedelta

import pytest

from lodestar.intelligence.earlier_records.rules.earlier import KINDS, Coverage, months_before

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


@pytest.mark.parametrize(
    ("kept", "late", "is_too_late"), [(24, 365, False), (24, 366, True), (12, 0, False), (12, 1, True), (6, 0, True)]
)
def test_who_is_written_down_after_the_clock_may_have_let_a_record_of_the_year_before_go(kept, late, is_too_late):
    assert Coverage(ALL, kept).is_too_late(DAY, DAY + timedelta(days=late)) is is_too_late
