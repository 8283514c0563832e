"""The order in which documents answer a question: the best passages, how much a document is about it, and its standing.

Each concept counts by how rare it is in the library. A passage is worth the sum of what it shows of each concept, more
where it shows many; a document is worth its best passage, some of the next ones, its title, and how much of the whole of it
is on the matter, for what length it has. What is in force comes before what is not.

The constants were fitted on 26 November 2026, one at a time, to 264 questions of the project's own and the
judged half that is there to be looked at (docs/adr/0014); each is at or beside the best of what was tried.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log
from typing import TypeVar
from uuid import UUID

from lodestar.guidance.rules.asking import Concept
from lodestar.guidance.rules.index import TITLE

Key = TypeVar("Key")
Places = Mapping[UUID, Mapping[str, Mapping[int, float]]]
NEXT_ONES = (0.3, 0.2)  # what the second passage and those after it add
TYPED_BY_ITSELF = (
    0.8  # how much of its own rarity a word as typed keeps, the rest is that of the commonest way to say it
)
MEANT_BY_ITSELF = 0.35  # and what the thesaurus says it means
# An abbreviation and the name that it is short for are one thing: what has the one is no better than what has the other.
SHORT_BY_ITSELF = 0.4  # in place of TYPED_BY_ITSELF
NAME_BY_ITSELF = 0.6  # in place of MEANT_BY_ITSELF
AS_NAME = 0.9  # in place of what a meaning counts
LONGEST_SHORT = 6  # letters
BESIDE_TYPED = 0.75  # what every other way to say it counts where the library has the word as typed
OF_TITLE = 1.8
OF_TOLD = 0.2  # that a thing stands anywhere in the document
OF_WHOLE = 0.75  # and how much all its passages show of it together:
WHOLE_SOON = 3  # BM25's k1 over the document
WHOLE_BY_LENGTH = 0.65  # BM25's b: a long one has much of everything
OF_NEARNESS = 0.4  # two things asked one after the other, and told close together
FAR = 8  # words between them halve that
ALL_SHOWN = 0.3  # what a passage loses that shows next to nothing of the question
NOT_IN_FORCE = 0.6
OF_FORCE = 1.06
FOR_FIRST_RESPONDERS = 1.06


@dataclass(frozen=True)
class Library:
    """How many passages there are, in how many of them each term asked for stands, how many documents there are, and in
    how many of those each term stands."""

    passages: int
    with_term: Mapping[str, int]
    documents: int = 1
    in_documents: Mapping[str, int] = field(default_factory=dict)

    def length(self, passages: int) -> float:
        """How long a document of so many passages is against the usual one."""
        return passages * self.documents / self.passages if self.passages else 1.0

    def rarity(self, terms: Sequence[str]) -> float:
        """How rare it is that these terms stand together; 0 where one is not in the library."""
        values = []
        for term in terms:
            count = self.with_term.get(term, 0)
            if not count:
                return 0.0
            values.append(log(1 + (self.passages - count + 0.5) / (count + 0.5)))
        return max(values, default=0.0) * (1 + 0.15 * (len(values) - 1))


@dataclass(frozen=True)
class Standing:
    """What of a document bears on its place: how long it is against the usual one, whether it is in force, of the force
    itself, for first responders."""

    length: float = 1.0
    in_force: bool = True
    is_of_force: bool = False
    is_for_first_responders: bool = False

    def factor(self) -> float:
        found = 1.0 if self.in_force else NOT_IN_FORCE
        found *= OF_FORCE if self.is_of_force else 1.0
        return found * (FOR_FIRST_RESPONDERS if self.is_for_first_responders else 1.0)


@dataclass
class Ranked:
    """A document's place: its score, its passages by number with theirs, the best first, and how much of the question
    some passage of it shows (0 to 1)."""

    version: UUID
    score: float
    shows: float = 0.0
    passages: list[tuple[int, float]] = field(default_factory=list)


def weights(asked: Sequence[Concept], library: Library) -> list[dict[tuple[str, ...], float]]:
    """Of each concept what each way to show it is worth: its rarity, drawn towards the commonest of them."""
    found = []
    for concept in asked:
        rare = {terms: library.rarity(terms) for terms in concept.shown_by}
        there = [value for value in rare.values() if value]
        if there:
            least = min(there)
            has_typed = any(value and concept.shown_by[terms] == 1.0 for terms, value in rare.items())
            beside = concept.counts * (BESIDE_TYPED if has_typed else 1.0)
            names = _names(concept, rare)
            of_typed = SHORT_BY_ITSELF if names else TYPED_BY_ITSELF
            worth: dict[tuple[str, ...], float] = {}
            for terms, value in rare.items():
                if not value:
                    continue
                if concept.shown_by[terms] == 1.0:
                    worth[terms] = concept.counts * _drawn(value, least, of_typed)
                elif terms in names:
                    worth[terms] = beside * AS_NAME * _drawn(value, least, NAME_BY_ITSELF)
                else:
                    worth[terms] = beside * concept.shown_by[terms] * _drawn(value, least, MEANT_BY_ITSELF)
            found.append(worth)
    return found


def _names(concept: Concept, rare: Mapping[tuple[str, ...], float]) -> set[tuple[str, ...]]:
    """What the word as typed is short for, as far as the library has it: a name of several words that begin with its letters, in
    their order, whatever follows (rg: reasonable grounds, reasonable grounds decision)."""
    typed = [terms[0] for terms, counts in concept.shown_by.items() if counts == 1.0 and len(terms) == 1]
    short = {word for word in typed if 2 <= len(word) <= LONGEST_SHORT}
    return {
        terms
        for terms, value in rare.items()
        if value and any("".join(term[0] for term in terms).startswith(word) for word in short)
    }


def _drawn(own: float, least: float, share: float) -> float:
    return share * own + (1 - share) * least


def ranked(
    worth: Sequence[Mapping[tuple[str, ...], float]],
    versions: Iterable[UUID],
    places: Places,
    standing: Mapping[UUID, Standing],
) -> list[Ranked]:
    """The versions in the order in which they answer. `places` holds of each version and term the weight in each passage."""
    whole = sum(max(concept.values()) for concept in worth) or 1.0
    found = []
    for version in versions:
        stands = standing.get(version, Standing())
        one = _of_version(worth, version, places.get(version, {}), whole, stands.length)
        one.score *= stands.factor()
        found.append(one)
    return sorted((one for one in found if one.score > 0), key=lambda one: (-one.score, str(one.version)))


def _of_version(
    worth: Sequence[Mapping[tuple[str, ...], float]],
    version: UUID,
    places: Mapping[str, Mapping[int, float]],
    whole: float,
    length: float,
) -> Ranked:
    passages: dict[int, float] = {}
    shown: dict[int, float] = {}
    about = title = 0.0
    soon = WHOLE_SOON * (1 - WHOLE_BY_LENGTH + WHOLE_BY_LENGTH * length)
    for concept in worth:
        top: dict[int, float] = {}
        most = max(concept.values())
        for terms, value in concept.items():
            if not all(term in places for term in terms):
                continue
            for number, weight in _together([places[term] for term in terms]):
                if value * weight > top.get(number, 0.0):
                    top[number] = value * weight
        title += min(top.pop(TITLE, 0.0), most)
        for number, value in top.items():
            passages[number] = passages.get(number, 0.0) + value
            shown[number] = shown.get(number, 0.0) + most
        if top:
            every = sum(top.values()) / most
            about += most * (OF_TOLD + OF_WHOLE * every / (every + soon))
    scored = [
        (number, value * (1 - ALL_SHOWN + ALL_SHOWN * shown[number] / whole)) for number, value in passages.items()
    ]
    scored.sort(key=lambda pair: (-pair[1], pair[0]))
    score = scored[0][1] if scored else 0.0
    score += sum(share * value for share, (_, value) in zip(NEXT_ONES, scored[1:], strict=False))
    return Ranked(version, score + OF_TITLE * title + about, max(shown.values(), default=0.0) / whole, scored[:10])


def _together(each: Sequence[Mapping[Key, float]]) -> Iterable[tuple[Key, float]]:
    """Where all of the terms stand, with the least of their weights."""
    if len(each) == 1:
        return each[0].items()
    first, *others = sorted(each, key=len)
    return [
        (number, min(weight, *(other[number] for other in others)))
        for number, weight in first.items()
        if all(number in other for other in others)
    ]


def nearness(worth: Sequence[Mapping[tuple[str, ...], float]], text: Sequence[str]) -> float:
    """What a passage gains where things that were asked one after the other stand close together. `text` are its terms."""
    where: dict[str, list[int]] = {}
    for place, term in enumerate(text):
        where.setdefault(term, []).append(place)
    stands = [_stands(concept, where) for concept in worth]
    found = 0.0
    for (one, other), (first, second) in zip(pairwise(stands), pairwise(worth), strict=True):
        if one and other:
            apart = min(abs(a - b) for a in one for b in other)
            least = min(max(first.values()), max(second.values()))
            found += least / (1 + max(0, apart - 1) / FAR)
    return OF_NEARNESS * found


def _stands(concept: Mapping[tuple[str, ...], float], where: Mapping[str, list[int]]) -> list[int]:
    """Where a passage shows a concept: each place of the first of its terms, the others being there too."""
    return [place for terms in concept if all(term in where for term in terms) for place in where[terms[0]][:10]]


def nearer(found: Sequence[Ranked], gains: Mapping[tuple[UUID, int], float]) -> list[Ranked]:
    """The order anew, with what the best passages of each gain by `nearness`."""
    for one in found:
        before = one.passages[0][1] if one.passages else 0.0
        one.passages = sorted(
            ((number, value + gains.get((one.version, number), 0.0)) for number, value in one.passages),
            key=lambda pair: (-pair[1], pair[0]),
        )
        if before:
            one.score *= 1 + (one.passages[0][1] - before) / (before * 2)
    return sorted(found, key=lambda one: (-one.score, str(one.version)))
