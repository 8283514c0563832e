"""Of what time earlier records are held: every month of the year before has one, or somebody said that all are here."""

from datetime import date, timedelta

import pytest

from lodestar.intelligence.earlier_records.rules.earlier import KINDS, Coverage, erased_up_to, months_before, why_not_whole

DAY = date(2026, 3, 10)
MONTHS = months_before(DAY)
ALL = {("stop", month): month for month in MONTHS}
FIRST, LAST = DAY - timedelta(days=365), DAY - timedelta(days=1)


def missing(months=None, *spans, day=DAY):
    return Coverage(months or {}, tuple(("stop", *span) for span in spans)).missing("stop", day)


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


@pytest.mark.parametrize(
    ("spans", "lacks"),
    [
        ([(FIRST, LAST)], ()),
        ([(FIRST - timedelta(days=900), LAST + timedelta(days=900))], ()),
        ([(FIRST + timedelta(days=1), LAST)], MONTHS[:1]),
        ([(FIRST, LAST - timedelta(days=1))], MONTHS[-1:]),
        ([(date(2025, 9, 15), LAST), (FIRST, date(2025, 9, 14))], ()),  # one after the other
        ([(date(2025, 9, 16), LAST), (FIRST, date(2025, 9, 14))], (date(2025, 9, 1),)),  # but for a day
        ([(FIRST, date(2025, 12, 31)), (date(2025, 6, 1), LAST)], ()),  # over each other
        ([(FIRST, date(2025, 9, 14)), (date(2025, 9, 15),) * 2, (date(2025, 9, 16), LAST)], ()),  # one of a day
        ([], MONTHS),
    ],
)
def test_what_was_said_to_be_all_here_counts_to_the_day(spans, lacks):
    assert missing({}, *spans) == tuple(lacks)


def test_months_with_a_record_and_spans_complete_each_other():
    months = {key: day for key, day in ALL.items() if key[1] != date(2025, 7, 1)}
    assert missing(months, (date(2025, 7, 1), date(2025, 7, 31))) == ()
    assert missing(months, (date(2025, 7, 2), date(2025, 7, 31))) == (date(2025, 7, 1),)


def test_every_kind_is_held_or_it_is_not_whole():
    spans = [(kind, FIRST, LAST) for kind in KINDS]
    assert Coverage({}, tuple(spans)).is_whole(DAY)
    for place, (kind, *_) in enumerate(spans):
        held = Coverage({}, tuple(spans[:place] + spans[place + 1 :]))
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


def test_what_may_have_been_let_go_is_not_held_whatever_is_said_of_it():
    held = Coverage(ALL, (("stop", FIRST, LAST),), ((ALWAYS, 6),))
    assert held.missing("stop", DAY) == held.months_past_retention(DAY) == MONTHS[:7]  # March to September 2025
    year = Coverage(ALL, (("stop", FIRST, LAST),), ((ALWAYS, 12),))
    assert year.missing("stop", DAY) == year.months_past_retention(DAY) == ()
    assert year.missing("stop", DAY, DAY + timedelta(days=1)) == MONTHS[:1]  # who was met, and written down later
    assert year.missing("stop", DAY, DAY - timedelta(days=100)) == ()


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        (FIRST, LAST, ""), (LAST, LAST, ""), (None, LAST, "first and last day"), (FIRST, None, "first and last day"),
        (LAST, FIRST, "before"),
        (FIRST, DAY, "not over yet"), (FIRST, DAY + timedelta(days=1), "not over yet"),
    ],
)  # fmt: skip
def test_days_that_are_over_and_in_order_can_be_said_of(first, last, why):
    found = why_not_whole(first, last, DAY)
    assert why in found
    assert bool(found) == bool(why)
