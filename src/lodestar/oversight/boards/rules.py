"""States of an action of a board, how much a decision shows, and counts whose small numbers are hidden. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from lodestar.oversight.measures.rules.values import Value
from lodestar.platform.registers.rules import state_rules
from lodestar.platform.statistics.intervals import count_words
from lodestar.platform.statistics.suppression import hidden_in, suppressed
from lodestar.platform.text.reference_lists import reference_list

APP = "boards"
ACTION = state_rules(APP, "action_states")
OPEN, DONE = "open", "done"
REFUSALS = {row["code"]: row["name"] for row in reference_list(APP, "refusals").rows}
STANDING = [row["name"] for row in reference_list(APP, "standing_items").rows]
BANDS = {"child": "Child or may be", "adult": "Adult", "not_known": "Age not known"}
CARE = {True: "Yes", False: "No", None: "Not known"}
CAME = {  # what came of a person, one of these: no other table of the same people stands beside this one
    "rg_positive": "NRM, positive", "rg_negative": "NRM, negative", "nrm": "NRM, not decided",
    "dtn": "Duty to Notify alone", "": "Neither by then",
}  # fmt: skip
Place = tuple[str, str, str]  # table, row, column


def number_words(number: int | None) -> str:
    """A count for a pack: one that is hidden says so."""
    return "Not shown" if number is None else f"{number:,}"


def parts_of(value: Value) -> list[int]:
    """A value as parts that come to its denominator; of a count the count alone."""
    hits = value.numerator or 0
    if value.denominator is None:
        return [hits]
    if "cannot_tell" in value.further:
        return [hits, value.further["did_not"], value.further["cannot_tell"]]
    return [hits, max(0, value.denominator - hits)]


def share_words(parts: Sequence[int | None]) -> str:
    """What is said of such parts, their sum last."""
    hits, *rest, total = parts
    if not rest or total == 0:
        return "None" if rest else number_words(hits)
    if len(rest) == 2 and total is not None and rest[-1] == total:
        return f"Cannot tell ({total:,})"
    if len(rest) == 1:
        return "Not shown" if hits is None or total is None else count_words(hits, total)
    did_not, untold = rest  # the share is of those of whom it can be told
    if (hits, did_not) == (0, 0):
        return f"Cannot tell ({number_words(untold).lower()})"
    share = "Not shown" if hits is None or did_not is None else count_words(hits, hits + did_not, " that can be told")
    return f"{share}; cannot tell {number_words(untold)}"


def row_shown(parts: Sequence[int]) -> list[int | None]:
    """Parts with their sum last, as they may be shown: no small part, and none that could be worked out."""
    table = suppressed([parts])
    return [*table.cells[0], table.rows[0]]


def year_shown(quarters: Sequence[Sequence[int]]) -> list[int | None]:
    """The sum of the parts of four quarters with their own sum last, as it may stand beside each of the quarters: the packs of
    the year show them one by one. A year is always the same four quarters: of two that overlap one could be taken from the
    other."""
    rows = [row_shown(parts) for parts in quarters]
    numbers = [[*parts, sum(parts)] for parts in quarters]
    whole = {(place, column): number for place, row in enumerate(numbers) for column, number in enumerate(row)}
    hidden = {(place, column) for place, row in enumerate(rows) for column, number in enumerate(row) if number is None}
    year, columns = len(rows), range(len(rows[0]))
    lines = [[(place, column) for place in range(year + 1)] for column in columns]
    if len(columns) > 2:  # one part is its own sum
        lines.append([(year, column) for column in columns])
    shown = {*whole} - hidden
    whole |= {(year, column): sum(row[column] for row in numbers) for column in columns}
    if len(columns) > 3 and any(row[-1] is None for row in rows):  # two parts of that quarter could be told from the others
        hidden |= {(year, column) for column in columns[:-1]}
    not_shown = hidden_in(lines, whole, hidden=hidden, shown=shown)
    return [None if (year, column) in not_shown else whole[year, column] for column in columns]


def panels_shown(panels: Mapping[str, Mapping[str, Mapping[str, int]]]) -> dict[Place, int | None]:
    """Tables (name, row, column) of the same people by several groups, as they may stand side by side. The sums of rows are in
    the column `all`; those of columns, the same in every table, in the table and row `""`. All have the same columns."""
    whole: dict[Place, int] = {}
    lines: list[list[Place]] = []
    for name, rows in panels.items():
        columns = [*next(iter(rows.values())), "all"]
        for row, counts in rows.items():
            whole |= {(name, row, column): ({**counts, "all": sum(counts.values())})[column] for column in columns}
            lines.append([(name, row, column) for column in columns])
        for column in columns:
            whole["", "", column] = sum(whole[name, row, column] for row in rows)
            lines.append([*((name, row, column) for row in rows), ("", "", column)])
        lines.append([("", "", column) for column in columns])
    hidden = hidden_in(lines, whole)
    return {place: None if place in hidden else number for place, number in whole.items()}


def counts_with_sum(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Counts that come to a whole, which has the name `""`."""
    table = suppressed([list(counts.values())])
    return dict(zip(counts, table.cells[0], strict=True)) | {"": table.total}


def decision_state(actions: Iterable[bool]) -> str:
    """How much a decision shows (a code of `evidence.STATES`): that the board decided is a dated word; that every action which
    followed from it is closed, with its evidence, is a record."""
    closed = list(actions)
    return "evidenced" if closed and all(closed) else "weak"
