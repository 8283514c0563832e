"""The monthly return and the table for partners: what stands in them, what is hidden, and when a return is late."""

from datetime import date

import pytest

from lodestar.oversight.releases.rules.releases import COUNTS, aggregate, monthly_return, period
from tests.offenders import each

MONTH, QUARTER = period("return", "2026-02"), period("aggregate", "2026-Q1")
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


def test_an_age_of_which_nothing_is_said_is_nobody():
    told = aggregate("fenmarch", QUARTER, date(2026, 4, 1), {"labour": {"adult": 9}, "sexual": {"child": 8, "not_known": 7}})
    assert [(row["kind"], row["counts"], row["sum"]) for row in told["rows"]] == [
        ("labour", [9, 0, 0], 9),
        ("sexual", [0, 8, 7], 15),
    ]
    assert (told["sums"], told["total"]) == ([9, 8, 7], 24)
