"""The order in which documents answer a question: BM25 over passages, with the title, the length and the state of each.

A concept is worth the rarity of the terms that show it. A passage is worth what it shows of every concept; a document is worth
its best passages, each next one half of the one before, and its title, less the longer it is: a long paper has something of
everything. What is in force comes before what is not. The constants: docs/adr/0047.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from uuid import UUID

from lodestar.knowledge.search.rules.asking import Concept, Terms
from lodestar.knowledge.search.rules.index import TITLE

Worth = Mapping[Terms, float]
Places = Mapping[UUID, Mapping[str, Mapping[int, float]]]

BEST_PASSAGES = (1.0, 0.5, 0.25, 0.12)
OF_TITLE = 1.2
LENGTH_PRIOR = 0.08  # the score of a document is divided by its length, against the usual one, to this power
OF_EACH_FURTHER_TERM = 0.15  # how much rarer a phrase is than its rarest term
MOST_OF_CHATTER = 1.0  # how rare a word may be with which people only tell what happened
NOT_IN_FORCE = 0.6
OF_FORCE = 1.06
FOR_FIRST_RESPONDERS = 1.06


@dataclass(frozen=True)
class Library:
    """How many passages and documents there are, and in how many passages each term asked for stands."""

    passages: int
    with_term: Mapping[str, int]
    documents: int = 1

    def length(self, passages: int) -> float:
        """How long a document of so many passages is against the usual one."""
        return max(passages, 1) * self.documents / self.passages if self.passages else 1.0

    def rarity(self, terms: Sequence[str]) -> float:
        """How rare it is that these terms stand together; 0 where one is not in the library."""
        counts = [self.with_term.get(term, 0) for term in terms]
        return self._rarity(min(counts)) * (1 + OF_EACH_FURTHER_TERM * (len(counts) - 1)) if all(counts) else 0.0

    @property
    def rarest(self) -> float:
        """How rare a word is that the library does not have."""
        return self._rarity(0)

    def _rarity(self, count: int) -> float:
        return log(1 + (self.passages - count + 0.5) / (count + 0.5))


@dataclass(frozen=True)
class RankingFactors:
    """What of a document bears on its place: how long it is against the usual one, whether it is in force, of the force
    itself, for first responders."""

    length: float = 1.0
    in_force: bool = True
    is_of_force: bool = False
    is_for_first_responders: bool = False

    def factor(self) -> float:
        """What its score is multiplied by."""
        factor = self.length**-LENGTH_PRIOR * (1.0 if self.in_force else NOT_IN_FORCE)
        factor *= OF_FORCE if self.is_of_force else 1.0
        return factor * (FOR_FIRST_RESPONDERS if self.is_for_first_responders else 1.0)


@dataclass
class Ranked:
    """A document's place: its score, its passages by number with theirs, the best first, and how strongly it answers by its
    words: its score, whatever its length and state, against all that was asked (1: each thing once in one passage)."""

    version: UUID
    score: float
    strength: float = 0.0
    passages: list[tuple[int, float]] = field(default_factory=list)


def weights(asked: Iterable[Concept], library: Library) -> list[dict[Terms, float]]:
    """Of each concept that the library has what each way to show it is worth."""
    result = []
    for concept in asked:
        most = MOST_OF_CHATTER if concept.is_chatter else library.rarest
        rarity = {terms: min(library.rarity(terms), most) for terms in concept.shown_by}
        worth = {terms: concept.counts * value * concept.shown_by[terms] for terms, value in rarity.items() if value}
        if worth:
            result.append(worth)
    return result


def unknown_worth(asked: Iterable[Concept], library: Library) -> float:
    """What the concepts are worth that the library has no word of: no passage shows them."""
    missing = (concept for concept in asked if not any(library.rarity(terms) for terms in concept.shown_by))
    return sum(MOST_OF_CHATTER if concept.is_chatter else library.rarest for concept in missing)


def ranked(
    worth: Sequence[Worth],
    versions: Iterable[UUID],
    places: Places,
    standing: Mapping[UUID, RankingFactors],
    unknown: float = 0.0,
) -> list[Ranked]:
    """The versions in the order in which they answer. `places` holds of each version and term the weight in each passage;
    `unknown` is what else was asked that nothing shows."""
    whole = sum(max(concept.values()) for concept in worth) + unknown
    ranked_versions = [_ranked(worth, version, places.get(version, {}), whole) for version in versions]
    for ranked_version in ranked_versions:
        ranked_version.score *= standing.get(ranked_version.version, RankingFactors()).factor()
    answering = (ranked_version for ranked_version in ranked_versions if ranked_version.score > 0)
    return sorted(answering, key=lambda ranked_version: (-ranked_version.score, str(ranked_version.version)))


def _ranked(worth: Sequence[Worth], version: UUID, places: Mapping[str, Mapping[int, float]], whole: float) -> Ranked:
    passages: dict[int, float] = {}
    title = 0.0
    for concept in worth:
        best: dict[int, float] = {}
        for terms, value in concept.items():
            for number, weight in _together(terms, places):
                best[number] = max(value * weight, best.get(number, 0.0))
        title += min(best.pop(TITLE, 0.0), max(concept.values()))
        for number, gained in best.items():
            passages[number] = passages.get(number, 0.0) + gained
    scored = sorted(passages.items(), key=lambda pair: (-pair[1], pair[0]))[:10]
    score = OF_TITLE * title + sum(share * value for share, (_, value) in zip(BEST_PASSAGES, scored, strict=False))
    return Ranked(version, score, score / whole if whole else 0.0, scored)


def _together(terms: Terms, places: Mapping[str, Mapping[int, float]]) -> Iterable[tuple[int, float]]:
    """The passages in which all of the terms stand, with the least of their weights."""
    if not all(term in places for term in terms):
        return ()
    first, *others = (places[term] for term in terms)
    if not others:
        return first.items()
    return [
        (number, min(weight, *(other[number] for other in others)))
        for number, weight in first.items()
        if all(number in other for other in others)
    ]
