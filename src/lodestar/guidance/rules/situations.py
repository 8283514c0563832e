"""What several words of a question mean together: a lad, drugs and money owed are county lines, though none of them says so.

A situation is there when each of its sides is: something of it was typed, or is what the thesaurus says of what was typed,
in words that are not those of the other side: one word alone is no situation.
It is asked about as one thing more, for less than a word that was typed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from lodestar.guidance.rules.asking import MEANS, Concept
from lodestar.guidance.rules.words import stem, told, words

COUNTS = 0.6  # what a situation counts against a word that was typed
MOST = 4  # of one question, those with most words of it
LONGEST_PHRASE = 5  # words


@dataclass(frozen=True)
class Situation:
    """Sides that must all be there, each as phrases of which one is enough, and what guidance calls the whole."""

    code: str
    sides: tuple[frozenset[tuple[str, ...]], ...]
    means: tuple[tuple[str, ...], ...]


def situation(code: str, sides: Iterable[Iterable[str]], means: Iterable[str]) -> Situation:
    """From phrases in words."""
    return Situation(
        code,
        tuple(frozenset(_ways(side)) for side in sides),
        tuple(tuple(stem(word) for word in told(phrase)) for phrase in means),
    )


def _ways(phrases: Iterable[str]) -> Iterable[tuple[str, ...]]:
    """Each phrase as it is written and, where it keeps words, without those that tell nothing."""
    for phrase in phrases:
        written = tuple(stem(word) for word in words(phrase))
        short = tuple(stem(word) for word in told(phrase))
        yield written
        if len(short) > 1:
            yield short


def with_situations(question: str, found: Sequence[Concept], known: Iterable[Situation]) -> list[Concept]:
    """The concepts of a question, and after them the situations that they are together."""
    heard = _heard(question, found)
    there = [(sum(len(side & heard.keys()) for side in one.sides), one) for one in known if _is_there(one, heard)]
    there.sort(key=lambda pair: (-pair[0], pair[1].code))
    return [
        *found,
        *(Concept((one.code,), dict.fromkeys(one.means, MEANS), COUNTS) for _, one in there[:MOST]),
    ]


def _is_there(one: Situation, heard: Mapping[tuple[str, ...], frozenset[str]]) -> bool:
    """Whether each side is heard, in other words than the others."""
    by = [{heard[way] for way in side & heard.keys()} for side in one.sides]
    return all(by) and all(
        any(first.isdisjoint(second) for first in side for second in other) for side, other in combinations(by, 2)
    )


def _heard(question: str, found: Sequence[Concept]) -> Mapping[tuple[str, ...], frozenset[str]]:
    """What was typed and what it means, each with the words in which that was heard."""
    heard: dict[tuple[str, ...], frozenset[str]] = {}
    for concept in found:
        by = frozenset(map(stem, concept.words))
        for way, weight in concept.shown_by.items():
            if weight >= MEANS:
                heard.setdefault(way, by)
    typed = [stem(word) for word in words(question)]
    for length in range(1, LONGEST_PHRASE + 1):
        for start in range(len(typed)):
            phrase = tuple(typed[start : start + length])
            heard.setdefault(phrase, frozenset(phrase))
    return heard
