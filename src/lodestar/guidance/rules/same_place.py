"""Where another version says the same: under the same heading where it has it, else in the passage with most words in common."""

from collections.abc import Sequence

from lodestar.guidance.rules.words import terms

ENOUGH = 0.3  # of the words of both, so many in common


def same_places(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> list[int | None]:
    """For each old passage, as (heading, text), the place of the new one that says the same; None where none does."""
    later = [(heading, frozenset(terms(text))) for heading, text in new]
    return [_same_place(heading, frozenset(terms(text)), later) for heading, text in old]


def _same_place(heading: str, words: frozenset[str], later: Sequence[tuple[str, frozenset[str]]]) -> int | None:
    best, found = 0.0, None
    for place, (other, told) in enumerate(later):
        common = words & told
        alike = len(common) / len(words | told) if common else 0.0
        has_heading = bool(heading) and heading == other
        worth = alike + has_heading
        if worth > best and (has_heading or alike >= ENOUGH):
            best, found = worth, place
    return found
