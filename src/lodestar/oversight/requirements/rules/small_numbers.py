"""Which counts in a piece of evidence are hidden from whoever is not of the force, and its words without them. Pure."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

from lodestar.oversight.requirements.evidence import Evidence
from lodestar.platform.statistics.suppression import LEAST, hidden_in
from lodestar.platform.time.uk_dates import MONTHS

# Of a kind that counts people or cases small numbers are hidden; a plan item or a document has dates and no counts.
COUNTS_PEOPLE = frozenset({"measure", "deep_dive", "training", "obligation"})
NUMBER = re.compile(r"\d(?:[\d,]*\d)?(?:\.\d+)?")
_SHARE = re.compile(r",? ?\d[\d.]*%(?: \([^)]*%\))?| \(\d[\d.]* to \d[\d.]*%\)")
_OF = re.compile(r"(?<![\d,])(\d[\d,]*) of (\d(?:[\d,]*\d)?)")
_DATE = rf"\d{{1,2}} (?:{'|'.join(month.capitalize() for month in MONTHS)}) \d{{4}}"
HIDDEN, FEWER, ALL_BUT = " (share not shown)", f"fewer than {LEAST}", f"all but fewer than {LEAST} of"


def as_it_leaves(evidence: Evidence) -> Evidence:
    """A piece of evidence as it may be seen outside the force: its small numbers are hidden."""
    hidden = small_numbers(evidence.kind, evidence.words, evidence.numbers)
    return replace(evidence, words=hidden_words(evidence.words, hidden), numbers=() if hidden else evidence.numbers)


def number_of(token: str) -> float:
    """A number as it is written in a text."""
    return float(token.replace(",", ""))


def small_numbers(kind: str, words: str, numbers: Iterable[float]) -> frozenset[int]:
    """The counts in a piece of evidence that may not leave the force by the rule of releases: small ones, and those that would
    give one away beside their whole. None where it counts nobody."""
    if kind not in COUNTS_PEOPLE:
        return frozenset()
    counts = [int(number) for number in numbers if number == int(number)]
    pairs = ((int(number_of(part)), int(number_of(whole))) for part, whole in _OF.findall(words))
    lines = [[part, whole - part, whole] for part, whole in pairs]
    if kind == "measure" and len(counts) == 3:  # of so many, and for how many of these it cannot be told
        part, whole, untold = counts
        known = whole - untold
        lines += [[part, known - part, known], [untold, known, whole], [part, untold, known - part, whole]]
    lines = [line for line in lines if min(line) >= 0]
    numbers_there = {(number,): number for number in chain(counts, *lines)}
    hidden = {number for (number,) in hidden_in([[(number,) for number in line] for line in lines], numbers_there)}
    return frozenset(hidden & {*counts, *(line[0] for line in lines), *(line[-1] for line in lines)})


def hidden_words(words: str, hidden: frozenset[int]) -> str:
    """The words with each hidden count as *fewer than five* and without the shares that would give it away."""
    if not hidden:
        return words

    def pair(match: re.Match[str]) -> str:
        part, whole = (int(number_of(token)) for token in match.groups())
        if whole in hidden and whole < LEAST:
            return FEWER
        if part not in hidden or whole in hidden:
            return match[0]
        return f"{FEWER} of {match[2]}" if part < LEAST else f"{ALL_BUT} {match[2]}" if whole - part < LEAST else match[0]

    words = _OF.sub(pair, _SHARE.sub(HIDDEN, words))
    pieces = re.split(f"({re.escape(ALL_BUT)}|{re.escape(FEWER)}|{_DATE})", words)
    words = "".join(
        piece if nth % 2 else NUMBER.sub(lambda token: _token_words(token[0], hidden), piece) for nth, piece in enumerate(pieces)
    )
    return words[:1].upper() + words[1:]


def _token_words(token: str, hidden: frozenset[int]) -> str:
    return token if number_of(token) not in hidden else FEWER if number_of(token) < LEAST else "(number not shown)"
