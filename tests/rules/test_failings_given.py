"""The six failings as they leave policing: an attacker who knows how the table is made, and has the monthly returns, is sure of
no small number."""

from datetime import date
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lodestar.oversight.releases.rules.releases import (
    CASES,
    LEAST,
    NEVER_YET,
    VERDICTS,
    Row,
    TellsOfFew,
    failing_counts,
    failing_lines,
    failings_given,
    month_line,
    months_of,
    period,
    to_show,
)
from tests.offenders import each

QUARTER = period("figure", "2026-Q1")
NAMES = months_of(QUARTER)


def rows_of(numbers):
    """Rows of the table from their four numbers by failing; what a failing never reads yet is nothing."""
    return [
        Row(number, f"failing {number}", 1, "a record", dict(zip(VERDICTS, four, strict=True)))
        for number, four in numbers.items()
    ]


def made(numbers, months=None, before=None):
    rows = rows_of(numbers)
    counts = failing_counts(rows)
    months = months or (counts[CASES], 0, 0)
    whole = counts | {("first_reports", name): number for name, number in zip(NAMES, months, strict=True)}
    shown_numbers = to_show([*failing_lines(rows), month_line("first_reports", NAMES)], whole, before or {})
    return failings_given("fenmarch", QUARTER, date(2026, 4, 2), rows, shown_numbers)


def shown(content):
    return {row["number"]: tuple(row[one] for one in VERDICTS) for row in content["rows"]}


def test_large_numbers_are_shown_with_their_sum():
    content = made({1: (9, 8, 7, 0), 2: (6, 6, 12, 0)})
    assert shown(content) == {1: (9, 8, 7, 0), 2: (6, 6, 12, 0)}
    assert (content["total"], content["least_shown"]) == (24, LEAST)


def test_a_small_number_takes_another_of_its_row_with_it():
    assert shown(made({2: (2, 30, 8, 0)}))[2] == (None, 30, None, 0)
    assert shown(made({2: (2, 30, 8, 5)}))[2] == (None, 30, 8, None)


def test_what_a_failing_never_reads_yet_hides_nothing():
    """That training is never told of is known to all, so that zero stands there and no number hides behind it."""
    found = shown(made({6: (0, 0, 40, 3)}))
    assert found[6] == (0, 0, None, None)


@each("number", range(1, 7))
def test_each_failing_reads_what_it_can_read(number):
    never = {3: ("did_not",), 6: ("happened", "did_not")}.get(number, ())
    four = tuple(0 if verdict in never else many for verdict, many in zip(VERDICTS, (20, 30, 40, 50), strict=True))
    assert shown(made({number: (20, 30, 40, 50)}))[number] == four


def test_could_not_have_of_the_same_cases_is_hidden_in_every_row_or_in_none():
    found = shown(made({1: (2, 0, 28, 10), 6: (0, 0, 30, 10)}))
    assert found[1][0] is None
    hidden = [found[number][3] is None for number in (1, 6)]
    assert len(set(hidden)) == 1


def test_a_month_that_was_shown_hides_the_sum_where_it_would_tell_of_another():
    before = {("first_reports", name): number for name, number in zip(NAMES, (20, 12), strict=False)}
    assert made({1: (10, 10, 15, 0)}, (20, 12, 3), before)["total"] is None
    assert made({1: (10, 10, 15, 0)}, (20, 12, 3))["total"] == 35


def test_a_month_is_hidden_where_the_table_of_its_quarter_would_tell_of_another():
    line = month_line("first_reports", NAMES)
    whole = dict(zip(line, (20, 12, 3, 35), strict=True))
    shown_numbers = to_show([line], whole, {CASES: 35})
    assert [shown_numbers[name] for name in line] == [20, None, None, 35], "the small one, and the next"
    again = to_show([line], whole, {CASES: 35, line[1]: 12})
    assert [again[name] for name in line] == [None, 12, None, 35], "what was shown is not hidden any more"
    with pytest.raises(TellsOfFew):
        to_show([line], whole, {CASES: 35, line[0]: 20, line[1]: 12})


PATIENT = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a slow machine takes its time
FOUR = st.lists(st.integers(0, 7), min_size=4, max_size=4)


@st.composite
def tables(draw):
    """Numbers of failings 1, 2 and 6 that come to the same: of 1 and 6 the same cases could not have."""
    four = draw(FOUR)
    total = sum(four)
    other = sorted(draw(st.lists(st.integers(0, total), min_size=3, max_size=3)))
    second = (other[0], other[1] - other[0], other[2] - other[1], total - other[2])
    return {1: tuple(four), 2: second, 6: (0, 0, total - four[3], four[3])}


@PATIENT
@given(tables())
def test_whoever_tries_all_that_fits_is_sure_of_no_small_number(numbers):
    content = made(numbers)
    told = shown(content)
    totals = [content["total"]] if content["total"] is not None else range(sum(numbers[1]) + 3)
    fours = [four for total in totals for four in _fours(total)]
    firsts = [four for four in fours if _fits(four, told[1]) and _fits((0, 0, sum(four) - four[3], four[3]), told[6])]
    seconds = [four for four in fours if _fits(four, told[2])]
    assert numbers[1] in firsts
    assert numbers[2] in seconds
    for number, found in ((1, firsts), (2, seconds)):
        for place in range(4):
            if 0 < numbers[number][place] < LEAST:
                assert len({four[place] for four in found}) > 1, (number, place, told)


def _fours(total):
    return [(a, b, c, total - a - b - c) for a, b, c in product(range(total + 1), repeat=3) if a + b + c <= total]


def _fits(four, told):
    return all(is_ is None or is_ == was for was, is_ in zip(four, told, strict=True))


@PATIENT
@given(tables())
def test_nothing_small_is_shown_and_what_is_shown_is_true(numbers):
    content = made(numbers)
    for number, four in numbers.items():
        for verdict, was, is_ in zip(VERDICTS, four, shown(content)[number], strict=True):
            assert is_ is None or (is_ == was and not 0 < was < LEAST) or (number, verdict) in NEVER_YET


@each("total", range(LEAST))
def test_a_quarter_with_few_cases_shows_none_of_them(total):
    content = made({1: (total, 0, 0, 0), 2: (0, 0, total, 0)})
    assert content["total"] in (None, 0)
    assert not [one for four in shown(content).values() for one in four if one]
