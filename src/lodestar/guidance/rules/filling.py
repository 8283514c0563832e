"""What is looked for where fewer documents answer than were asked for: weaker signs of the same matter.

One word of a thing that has several, a word that looks like one that was typed or is near it in general English, and the
words that the best answers have in common with other documents. What is found by them alone is related, and no answer.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from lodestar.guidance.rules.asking import Concept
from lodestar.guidance.rules.ranking import Library, Ranked, weights
from lodestar.guidance.rules.words import terms

PART = 0.5  # what one word counts of a thing that has several
ALIKE = 0.3  # a word that looks like one that was typed, or is near it
BESIDE = 0.25  # and a word of the best answers
OF_TITLE = 3  # a word of a title counts as so many in a passage
COMPANIONS = 16  # words of the best answers, those that tell most
BELOW = 0.9  # the best of what is filled up with stands so far below the last answer
SAME_TOPIC = 0.25  # what is gained by having all topics of the best answers
NOTHING_CLOSE = 0.5  # and where there is none, its score counts so much

Term = tuple[str, ...]


def weaker_signs(asked: Sequence[Concept], alike: Mapping[str, Mapping[str, float]]) -> list[Concept]:
    """Of each thing asked the words that are only a part of it, or like it. `alike`: of each word as typed, terms."""
    found = []
    for concept in asked:
        signs: dict[Term, float] = {}
        for way, value in concept.shown_by.items():
            for term in way:
                signs[(term,)] = max(signs.get((term,), 0.0), PART * value)
        for word in concept.words:
            for term, likeness in alike.get(word, {}).items():
                signs[(term,)] = max(signs.get((term,), 0.0), ALIKE * likeness)
        for way in concept.shown_by:
            signs.pop(way, None)
        if signs:
            found.append(Concept(concept.words, signs, concept.counts))
    return found


def companions(best: Iterable[tuple[str, str]], asked: Sequence[Concept]) -> list[Concept]:
    """The words of the best answers, each with how much they make of it. `best`: the title and the passage of each."""
    counts: Counter[str] = Counter()
    for title, passage in best:
        counts.update(terms(passage))
        for term in set(terms(title)):
            counts[term] += OF_TITLE
    for concept in asked:
        for way in concept.shown_by:
            for term in way:
                counts.pop(term, None)
    return [Concept((term,), {(term,): BESIDE * count / (count + 1)}) for term, count in counts.items()]


def most_telling(companions: Sequence[Concept], library: Library) -> list[Concept]:
    """Of the words of the best answers those that tell most and stand in other documents too."""
    worth = {}
    for concept in companions:
        (term,) = concept.words
        if library.in_documents.get(term, 0) > 1:
            worth[term] = max(weights([concept], library)[0].values())
    kept = set(sorted(worth, key=lambda term: (-worth[term], term))[:COMPANIONS])
    return [concept for concept in companions if concept.words[0] in kept]


def below(found: Sequence[Ranked], shared: Mapping[UUID, float], last: float | None) -> list[Ranked]:
    """What is filled up with, in its order and below the last answer. `shared`: of each version how much of the topics of
    the best answers it has (0 to 1); `last`: the score of the last answer, if there is one."""
    for one in found:
        one.score *= 1 + SAME_TOPIC * shared.get(one.version, 0.0)
        one.shows = 0.0
    listed = sorted(found, key=lambda one: (-one.score, str(one.version)))
    if listed:
        most = listed[0].score or 1.0
        share = NOTHING_CLOSE if last is None else min(NOTHING_CLOSE, BELOW * last / most)
        for one in listed:
            one.score *= share
    return listed
