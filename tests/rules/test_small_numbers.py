"""Small numbers are hidden, and nobody works them out: an attacker who tries every table that fits what is shown is not sure."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.platform.statistics.suppression import LEAST, SuppressedTable, counts_shown, hidden_in, suppressed
from tests.offenders import each

X = None


@each(
    ("counts", "cells", "rows", "columns", "total"),
    [
        ([], (), (), (), 0),
        ([[0, 0]], ((0, 0),), (0,), (0, 0), 0),
        ([[5, 9]], ((5, 9),), (14,), (5, 9), 14),
        ([[20, 30], [40, 50]], ((20, 30), (40, 50)), (50, 90), (60, 80), 140),
        # one small number: another of its row, one of its column, and where those cross
        ([[4, 30], [40, 50]], ((X, X), (X, X)), (34, 90), (44, 80), 124),
        # a sum that is hidden stands in for a part: what is nothing is shown beside it
        ([[1, 0, 0], [20, 30, 40]], ((X, 0, 0), (X, 30, 40)), (X, X), (21, 30, 40), 91),
        ([[1, 20], [0, 30], [0, 40]], ((X, X), (0, 30), (0, 40)), (21, 30, 40), (X, X), 91),
        # two that come to five together are enough: nothing else is hidden with them
        ([[1, 4, 30], [40, 50, 60], [4, 1, 7]], ((X, X, 30), (40, 50, 60), (X, X, 7)), (35, 150, 12), (45, 55, 97), 197),
        ([[4, 30, 9], [40, 50, 60], [8, 7, 6]], ((X, 30, X), (40, 50, 60), (X, 7, X)), (43, 150, 21), (52, 87, 75), 214),
    ],
)  # fmt: skip
def test_a_table_as_it_may_be_shown(counts: Any, cells: Any, rows: Any, columns: Any, total: Any) -> None:
    assert suppressed(counts) == SuppressedTable(cells, rows, columns, total)


@each(("number", "shown"), [(0, 0), (1, X), (4, X), (5, 5), (6, 6)])
def test_the_least_number_is_five(number: int, shown: int | None) -> None:
    assert LEAST == 5
    assert counts_shown({"a": number, "b": 70}) == {"a": shown, "b": 70}
    assert suppressed([[number, 70, 80]]).cells[0][0] == shown


def test_what_was_given_out_cannot_be_hidden_and_another_is_instead() -> None:
    line = [["a", "b", "c", "sum"]]
    whole = {"a": 3, "b": 10, "c": 20, "sum": 33}
    names = [[(name,) for name in line[0]]]
    numbers = {(name,): number for name, number in whole.items()}
    assert hidden_in(names, numbers) == {("a",), ("b",)}
    assert hidden_in(names, numbers, shown=[("b",)]) == {("a",), ("c",)}
    assert hidden_in(names, numbers, shown=[("a",)]) == set(), "it was shown: nothing is left to hide"
    assert hidden_in(names, numbers, hidden=[("c",)], shown=[("a",)]) == {("c",), ("b",)}
    assert hidden_in(names, numbers, shown=[("b",), ("c",)]) == {("a",), ("sum",)}
    assert hidden_in(names, numbers, shown=[("b",), ("c",), ("sum",)]) == {("a",)}
    assert hidden_in(names, numbers | {("a",): 9}, hidden=[("sum",)]) == {("sum",), ("a",)}
    assert hidden_in(names, numbers, hidden=[("sum",)]) == {("sum",), ("a",)}


def test_numbers_of_which_each_can_be_but_one_hide_their_sum() -> None:
    line = [(0, place) for place in range(8)]
    ones = dict(zip(line, (1, 1, 1, 1, 1, 0, 0, 5), strict=True))
    assert hidden_in([line], ones) == {*line}
    assert hidden_in([line], ones | {line[5]: 9, line[7]: 14}) == {*line[:6]}


def test_rows_of_different_lengths_are_no_table() -> None:
    with pytest.raises(ValueError, match="same length"):
        suppressed([[1, 2], [3]])


TABLES = st.integers(1, 3).flatmap(
    lambda wide: st.lists(st.lists(st.integers(0, 12), min_size=wide, max_size=wide), min_size=1, max_size=3)
)


@given(TABLES)
def test_nothing_small_is_shown_and_what_is_shown_is_true(counts: list[list[int]]) -> None:
    shown = suppressed(counts)
    flat = [*(number for row in shown.cells for number in row), *shown.rows, *shown.columns, shown.total]
    assert not [number for number in flat if number is not None and 0 < number < LEAST]
    for row, told in zip(counts, shown.cells, strict=True):
        assert all(is_ is None or is_ == was for was, is_ in zip(row, told, strict=True))
    assert shown.total in (None, sum(map(sum, counts)))


@given(TABLES)
def test_no_line_can_be_taken_away_from_its_sum(counts: list[list[int]]) -> None:
    shown = suppressed(counts)
    lines = [*zip(counts, shown.cells, shown.rows, strict=True)]
    turned = zip(*counts, strict=True), zip(*shown.cells, strict=True)
    lines += [*zip(*turned, shown.columns, strict=True)]
    lines += [([sum(row) for row in counts], shown.rows, shown.total)]
    lines += [([sum(row[at] for row in counts) for at in range(len(counts[0]))], shown.columns, shown.total)]
    for was, told, end in lines:
        gone = [number for number, is_ in zip(was, told, strict=True) if is_ is None]
        if end is None:
            assert gone, "a hidden sum with every part shown"
        elif gone:
            assert len(gone) > 1
            assert sum(gone) >= LEAST - 2 + len(gone)


SMALL = st.integers(2, 2).flatmap(
    lambda wide: st.lists(st.lists(st.integers(0, 6), min_size=wide, max_size=wide), min_size=2, max_size=2)
)


@settings(max_examples=12, deadline=None)
@given(SMALL)
def test_whoever_tries_every_table_that_fits_is_sure_of_no_small_number(counts: list[list[int]]) -> None:
    shown = suppressed(counts)
    fits = [table for table in _tables() if suppressed_like(table, shown)]
    assert [tuple(row) for row in counts] in [list(table) for table in fits]
    for row, column in product(range(2), range(2)):
        if 0 < counts[row][column] < LEAST:
            assert len({table[row][column] for table in fits}) > 1


def _tables() -> Any:
    return (((a, b), (c, d)) for a, b, c, d in product(range(14), repeat=4))


def suppressed_like(table: Any, shown: SuppressedTable) -> bool:
    """Whether the table has the numbers that are shown, wherever they are."""
    cells = all(
        told is None or told == number
        for row, line in zip(table, shown.cells, strict=True)
        for number, told in zip(row, line, strict=True)
    )
    rows = all(told is None or told == sum(row) for row, told in zip(table, shown.rows, strict=True))
    columns = all(told is None or told == sum(col) for col, told in zip(zip(*table, strict=True), shown.columns, strict=True))
    return cells and rows and columns and shown.total in (None, sum(map(sum, table)))
