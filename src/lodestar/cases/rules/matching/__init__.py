"""Whether somebody may be known already: what two descriptions have in common, and what each is filed under."""

from lodestar.cases.rules.matching.blind_index import Mark, marks_of, sought_by
from lodestar.cases.rules.matching.match_reasons import (
    WORDS,
    Code,
    Described,
    Reason,
    is_match,
    match_reasons,
    may_match,
    rank,
)

__all__ = [
    "WORDS",
    "Code",
    "Described",
    "Mark",
    "Reason",
    "is_match",
    "marks_of",
    "match_reasons",
    "may_match",
    "rank",
    "sought_by",
]
