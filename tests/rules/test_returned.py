"""The monthly return and the table for partners: what stands in them, what is hidden, and when a return is late."""

from datetime import date

import pytest

from lodestar.oversight.releases.rules.releases import (
    COUNTS,
    aggregate,
    counts_of_tables,
    month_line,
    monthly_return,
    months_of,
    period,
    table_lines,
    to_show,
)
from tests.offenders import each

MONTH, QUARTER = period("return", "2026-02"), period("aggregate", "2026-Q1")
NAMES = months_of(QUARTER)
NONE = dict.fromkeys(COUNTS, 0)


@each(("day", "is_late"), [(date(2026, 3, 1), False), (date(2026, 3, 10), False), (date(2026, 3, 11), True)])
def test_a_return_is_late_after_the_tenth(day, is_late):
    told = monthly_return("fenmarch", MONTH, day, NONE)
    assert (told["due_on"], told["late"]) == ("2026-03-10", is_late)


def test_small_counts_and_those_that_would_tell_of_one_are_hidden_and_named():
    told = monthly_return("fenmarch", MONTH, date(2026, 3, 1), NONE | {"children": 2, "received": 7, "nrm_sent": 9}, ["nrm_sent"])
    assert told["counts"] == NONE | {"children": None, "received": 7, "nrm_sent": None}
    assert told["hidden"] == ["children", "nrm_sent"]
    with pytest.raises(KeyError):
        monthly_return("fenmarch", MONTH, date(2026, 3, 1), {"children": 2})


def test_the_tables_for_partners_cross_nothing_and_an_age_of_which_nothing_is_said_is_nobody():
    rows = {"labour": {"adult": 9}, "sexual": {"child": 8, "not_known": 7}}
    whole = counts_of_tables(rows)
    told = aggregate("fenmarch", QUARTER, date(2026, 4, 1), rows, to_show(table_lines(rows), whole, {}))
    assert told["rows"] == [{"kind": "labour", "sum": 9}, {"kind": "sexual", "sum": 15}]
    assert (told["columns"], told["sums"], told["total"]) == (["adult", "child", "not_known"], [9, 8, 7], 24)


def test_a_small_kind_takes_another_with_it_and_what_a_month_showed_hides_the_sum():
    rows = {"labour": {"adult": 9}, "sexual": {"adult": 3}, "criminal": {"adult": 12}}
    whole = counts_of_tables(rows) | dict(zip(month_line("possible_victims", NAMES)[:-1], (10, 11, 3), strict=True))
    lines = [*table_lines(rows), month_line("possible_victims", NAMES)]
    numbers = to_show(lines, whole, {})
    assert [numbers["kind", kind] for kind in rows] == [None, None, 12]
    before = {("possible_victims", NAMES[0]): 10, ("possible_victims", NAMES[1]): 11}
    assert to_show(lines, whole, before)["victims", "all"] is None
