"""Tables whose small numbers are hidden, with others so that nobody works them out by taking away. Plain Python.

In every line of numbers with their sum at its end in which anything is hidden, at least two numbers are, and together they come
to so much that each of them may be any number from one to four: what is nothing is mostly shown, so that each is known to be one
at least.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeVar

LEAST = 5  # a number from 1 to 4 is not shown

Cell = tuple[int, int]
Key = TypeVar("Key", bound=tuple[object, ...])  # by what a number is found; those of one table can be put in order


@dataclass(frozen=True)
class SuppressedTable:
    """A table as it may be shown. None is hidden. `rows` and `columns` are the sums of each, `total` of all."""

    cells: tuple[tuple[int | None, ...], ...]
    rows: tuple[int | None, ...]
    columns: tuple[int | None, ...]
    total: int | None


def suppressed(counts: Sequence[Sequence[int]], least: int = LEAST) -> SuppressedTable:
    """The table with what could tell of few people hidden.

    Sums are cells like the rest: a line is a row or column with its sum at the end, and of the whole the sum of sums. A
    line that needs another number hidden gives up its smallest. Raises ValueError for rows of different lengths.
    """
    high, wide = len(counts), len(counts[0]) if counts else 0
    whole = _with_sums(counts, high, wide)
    return _suppressed_table(whole, hidden_in(list(_lines(high, wide)), whole, least=least), high, wide)


def hidden_in(
    lines: Sequence[Sequence[Key]],
    whole: Mapping[Key, int],
    *,
    hidden: Iterable[Key] = (),
    shown: Collection[Key] = (),
    least: int = LEAST,
) -> set[Key]:
    """Which numbers of `whole` are hidden. A line is some of them with their sum at its end; one number may stand in several.

    `hidden` are hidden already, and `shown` were given out before and cannot be hidden any more: others are hidden instead.
    """
    hidden_names = {name for name, number in whole.items() if 0 < number < least} - set(shown) | set(hidden)
    changed = True
    while changed:
        changed = False
        for line in lines:
            more = _to_hide(line, whole, hidden_names, shown, least)
            changed = changed or bool(more)
            hidden_names |= more
    return hidden_names


def _with_sums(counts: Sequence[Sequence[int]], high: int, wide: int) -> dict[Cell, int]:
    """Every number by its place; the sums stand one row and one column beyond."""
    if any(len(row) != wide for row in counts):
        raise ValueError("every row has the same length")
    whole = {(row, column): counts[row][column] for row, column in product(range(high), range(wide))}
    whole |= {(row, wide): sum(counts[row]) for row in range(high)}
    whole |= {(high, column): sum(row[column] for row in counts) for column in range(wide)}
    whole[(high, wide)] = sum(sum(row) for row in counts)
    return whole


def _lines(high: int, wide: int) -> Iterator[list[Cell]]:
    yield from ([(row, column) for column in range(wide + 1)] for row in range(high + 1))
    yield from ([(row, column) for row in range(high + 1)] for column in range(wide + 1))


def _to_hide(line: Sequence[Key], whole: Mapping[Key, int], hidden: set[Key], shown: Collection[Key], least: int) -> set[Key]:
    """What else of a line must be hidden, the smallest first and nobody's last: with its sum shown, what is hidden can be
    worked out."""
    inside, end = line[:-1], line[-1]
    out = [cell for cell in inside if cell in hidden]
    if not out and end not in hidden:
        return set()
    more: set[Key] = set()
    left = [cell for cell in inside if cell not in hidden and cell not in shown]
    left.sort(key=lambda cell: (not whole[cell], whole[cell], cell))
    if end in hidden:
        # With every part shown the sum is no secret: one part is hidden with it.
        return {left[0]} if not out and left else set()
    while len(out) < 2 or sum(whole[cell] for cell in out) < least - 2 + len(out):
        if not left:
            return more if end in shown else more | {end}
        more.add(left[0])
        out.append(left.pop(0))
    return more


def _suppressed_table(whole: Mapping[Cell, int], hidden: set[Cell], high: int, wide: int) -> SuppressedTable:
    cell_values = {cell: None if cell in hidden else number for cell, number in whole.items()}
    return SuppressedTable(
        cells=tuple(tuple(cell_values[(row, column)] for column in range(wide)) for row in range(high)),
        rows=tuple(cell_values[(row, wide)] for row in range(high)),
        columns=tuple(cell_values[(high, column)] for column in range(wide)),
        total=cell_values[(high, wide)],
    )


def counts_shown(counts: Mapping[str, int], least: int = LEAST) -> dict[str, int | None]:
    """Numbers that are no parts of one another and have no sum: each hidden by itself where it is small."""
    return {name: None if 0 < number < least else number for name, number in counts.items()}
