"""Quarters and months: which days they have, when they are over, and until when a return of one is in time."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from lodestar.oversight.measures.rules import facts as figures
from lodestar.oversight.releases.rules.releases import Period, latest_over, months_of, period, quarter_of
from tests.offenders import each

ONE_DAY = timedelta(days=1)
YEAR = {
    "2026-Q1": ("2026-01", "2026-02", "2026-03"),
    "2026-Q2": ("2026-04", "2026-05", "2026-06"),
    "2026-Q3": ("2026-07", "2026-08", "2026-09"),
    "2026-Q4": ("2026-10", "2026-11", "2026-12"),
}


@each(("name", "months"), YEAR.items())
def test_a_quarter_is_its_three_months(name, months):
    quarter = period("aggregate", name)
    assert quarter is not None
    assert quarter == period("figure", name)
    assert months_of(quarter) == months
    each = [period("return", month) for month in months]
    assert quarter.first == each[0].first
    assert quarter.after == each[2].after
    for one in each:
        assert quarter_of(one) == quarter
    assert (each[0].after, each[1].after) == (each[1].first, each[2].first)


@each(
    ("kind", "name"),
    [("return", "2026-00"), ("return", "2026-13"), ("return", "2026-Q1"), ("return", "1999-01"), ("return", "2026-1"),
     ("figure", "2026-Q0"), ("figure", "2026-Q5"), ("figure", "2026-01"), ("aggregate", "")],
)  # fmt: skip
def test_what_is_no_period_is_none(kind, name):
    assert period(kind, name) is None


def test_a_period_is_over_on_the_first_day_after_it():
    month = period("return", "2026-02")
    assert (month.first, month.after) == (date(2026, 2, 1), date(2026, 3, 1))
    assert not month.is_over(date(2026, 2, 28))
    assert month.is_over(date(2026, 3, 1))
    assert (month.begins, month.ends) == (datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC))


@each(("name", "due"), [("2026-02", date(2026, 3, 10)), ("2026-12", date(2027, 1, 10))])
def test_a_return_is_in_time_until_the_tenth_of_the_next_month(name, due):
    assert period("return", name).return_due == due


@each("day", [date(2026, 1, 1) + number * ONE_DAY for number in range(0, 800, 13)])
def test_the_latest_that_is_over_ends_last_before_the_day(day):
    for kind, long in (("figure", 92), ("aggregate", 92), ("return", 31)):
        latest = period(kind, latest_over(kind, day))
        assert latest is not None
        assert latest.is_over(day)
        assert day - latest.after < timedelta(days=long)


@each(
    ("day", "quarter", "month"),
    [
        (date(2026, 1, 1), "2025-Q4", "2025-12"),
        (date(2026, 3, 31), "2025-Q4", "2026-02"),
        (date(2026, 4, 1), "2026-Q1", "2026-03"),
        (date(2026, 12, 31), "2026-Q3", "2026-11"),
    ],
)
def test_the_latest_that_is_over_on_a_day(day, quarter, month):
    assert (latest_over("figure", day), latest_over("aggregate", day), latest_over("return", day)) == (quarter, quarter, month)


def test_a_period_is_told_from_one_that_ends_later():
    month = period("return", "2026-02")
    assert month == Period("2026-02", date(2026, 2, 1), date(2026, 3, 1))
    assert month != replace(month, after=date(2026, 3, 2))


def test_a_period_of_the_figure_holds_both_its_ends_and_nothing_else():
    march = figures.Period(date(2026, 3, 1), date(2026, 3, 31))
    assert (march.begins, march.ends) == (datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 31, 23, tzinfo=UTC))
    assert march.holds(march.begins)
    assert march.holds(march.ends - timedelta(microseconds=1))
    assert not march.holds(march.ends)
    assert not march.holds(march.begins - timedelta(microseconds=1))


def test_the_last_twelve_months_end_before_the_month_under_way():
    for today in (date(2026, 3, 1), date(2026, 3, 31)):
        assert figures.last_twelve_months(today) == figures.Period(date(2025, 3, 1), date(2026, 2, 28))


@each(
    ("first", "last", "before"),
    [
        (date(2026, 1, 1), date(2026, 3, 31), (date(2025, 1, 1), date(2025, 3, 31))),
        (date(2025, 2, 1), date(2025, 2, 28), (date(2024, 2, 1), date(2024, 2, 29))),  # a whole month stays one
        (date(2024, 1, 1), date(2024, 2, 28), (date(2023, 1, 1), date(2023, 2, 28))),
        (date(2024, 2, 28), date(2024, 2, 28), (date(2023, 2, 28), date(2023, 2, 28))),
        (date(2025, 2, 28), date(2025, 2, 28), (date(2024, 2, 28), date(2024, 2, 28))),
        (date(2024, 2, 1), date(2024, 2, 29), (date(2023, 2, 1), date(2023, 2, 28))),
        (date(2024, 2, 29), date(2024, 2, 29), (date(2023, 2, 28), date(2023, 2, 28))),
        (date(2026, 3, 9), date(2026, 3, 9), (date(2025, 3, 9), date(2025, 3, 9))),
        (date(2026, 4, 6), date(2027, 4, 5), (date(2025, 4, 6), date(2026, 4, 5))),
    ],
)
def test_the_same_days_a_year_before(first, last, before):
    assert figures.a_year_before(figures.Period(first, last)) == figures.Period(*before)
