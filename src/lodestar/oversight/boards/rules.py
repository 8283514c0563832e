"""States of an action of a board, how much a decision shows, and counts whose small numbers are hidden. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from lodestar.oversight.measures.rules.values import Value
from lodestar.platform.registers.rules import state_rules
from lodestar.platform.statistics.intervals import interval_words
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
    """What may be share_words of such parts, their sum last."""
    hits, *rest, total = parts
    if not rest or total == 0:
        return "None" if rest else number_words(hits)
    if len(rest) == 2 and total is not None and rest[-1] == total:
        return f"Cannot tell ({total:,})"
    stated_parts = "Not shown" if hits is None or total is None else f"{hits:,} of {total:,}, {interval_words(hits, total)}"
    return f"{stated_parts}; cannot tell {number_words(rest[-1])}" if len(rest) == 2 else stated_parts


def nested_shown(inner: Sequence[int], outer: Sequence[int]) -> tuple[list[int | None], list[int | None]]:
    """The parts of a quarter and those of the year that it is part of, as they may stand side by side, each with their sum last:
    neither a small part nor what the rest of the year holds can be worked out."""
    table = suppressed([inner, [max(0, all_of - of) for of, all_of in zip(inner, outer, strict=True)]])
    return [*table.cells[0], table.rows[0]], [*table.columns, table.total]


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
