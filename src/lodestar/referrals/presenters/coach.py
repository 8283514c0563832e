"""The quality coach beside an account: what could be added, what is in place, and what the case has ready to use."""

from collections.abc import Sequence
from dataclasses import dataclass

from lodestar.design.words import in_words
from lodestar.referrals.rules.coach import Check


@dataclass(frozen=True)
class Coach:
    """The checks under their headings, what is open first; `signs` and `papers` are what the case has ready."""

    words: str
    parts: tuple[tuple[str, tuple[Check, ...]], ...]
    signs: tuple[str, ...]
    papers: tuple[str, ...]


def coach(checks: Sequence[Check], seen: Sequence[Sequence[str]], papers: Sequence[str]) -> Coach:
    """The checks for reading. How many are open is said once; nothing is weighed."""
    open_ones = tuple(check for check in checks if check.is_open)
    in_place = tuple(check for check in checks if not check.is_open)
    parts = [("Could be added", open_ones), ("In place", in_place)]
    count = len(open_ones)
    return Coach(
        words=f"{in_words(count)} {'thing' if count == 1 else 'things'} could be added.",
        parts=tuple((heading, shown) for heading, shown in parts if shown),
        signs=tuple(sign[0] for sign in seen),
        papers=tuple(papers),
    )
