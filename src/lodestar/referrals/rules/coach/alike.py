"""Whether one text is much of another: by runs of eight words, without saying which text the other is."""

from collections import Counter
from collections.abc import Iterator, Sequence

RUN = 8


def share(words: Sequence[str], other: Sequence[str]) -> int:
    """Of 100 runs of eight words of a text, how many stand in another; 0 for a text of fewer words."""
    own = set(_runs(words))
    return 100 * len(own.intersection(_runs(other))) // max(len(own), 1)


def repeats(words: Sequence[str]) -> int:
    """Of 100 runs of eight words of a text, how many it says more than once; 0 for a text of fewer words."""
    counted = Counter(_runs(words))
    if not counted:
        return 0
    return 100 * sum(number for number in counted.values() if number > 1) // counted.total()


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    plain = [word.casefold() for word in words]
    return zip(*(plain[start:] for start in range(RUN)), strict=False)
