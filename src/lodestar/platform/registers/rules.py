"""The states of a row, and which may follow which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lodestar.platform.text.reference_lists import reference_list


@dataclass(frozen=True)
class StateRules:
    """The states of a register with their words, in their order; from each those that may follow (to itself: looked at, no
    change); those in which nothing is due; and the reasons to choose from on moving to some."""

    states: Mapping[str, str]
    moves: Mapping[str, Sequence[str]]
    closed: frozenset[str]
    reasons: Mapping[str, Mapping[str, str]]

    def following(self, before: str) -> Sequence[str]:
        """The states that may follow this one."""
        return self.moves.get(before, ())

    def allows(self, before: str, after: str, reason: str) -> bool:
        """Whether a row may go from one state to another for this reason; none where the state asks for none."""
        return after in self.following(before) and reason in self.reasons.get(after, {"": ""})

    def words(self, before: str, after: str) -> str:
        """What a move is called, on its button and in the history."""
        return self.states[after] if before != after else f"No change: {self.states[after].lower()}"


def state_rules(app: str, name: str) -> StateRules:
    """Those of a reference list: its rows have `code`, `name`, `next`, `closed` and `reasons` (each `code: words`)."""
    rows = reference_list(app, name).rows
    return StateRules(
        states={row["code"]: row["name"] for row in rows},
        moves={row["code"]: row.get("next", ()) for row in rows},
        closed=frozenset(row["code"] for row in rows if row.get("closed")),
        reasons={row["code"]: dict(line.split(": ", 1) for line in row["reasons"]) for row in rows if "reasons" in row},
    )
