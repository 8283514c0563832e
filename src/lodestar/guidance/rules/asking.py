"""What was asked, as concepts: each word with its other forms, what the thesaurus says it means, and how much each counts."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lodestar.guidance.rules.words import stem, told, words

MEANS = 0.75  # what a meaning from the thesaurus counts against the word itself
MISSPELT = 0.85  # and what the word does that somebody will have meant
_YOUNG = range(8, 18)  # a number from 8 to 17 beside a word for a person is an age
_PERSON = frozenset(
    stem(word)
    for word in ("lad", "lass", "boy", "girl", "kid", "child", "yearsold", "age", "aged", "he", "she", "male", "female")
)
MOST_WORDS = 40


@dataclass(frozen=True)
class Entry:
    """One entry of the thesaurus, as terms: what is written, and what guidance calls it."""

    says: tuple[tuple[str, ...], ...]
    means: tuple[tuple[str, ...], ...]


@dataclass
class Concept:
    """One thing asked about: what would show it, each as terms that stand together, with what it counts (1: as typed)."""

    words: tuple[str, ...]
    shown_by: dict[tuple[str, ...], float] = field(default_factory=dict)


class Thesaurus:
    """Entries by what is written."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.means: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for entry in entries:
            for said in entry.says:
                if said:
                    self.means.setdefault(said, []).extend(one for one in entry.means if one and one != said)
        self.longest = max(map(len, self.means), default=0)
        self.known = frozenset(term for said in self.means for term in said)

    @classmethod
    def of(cls, rows: Iterable[tuple[Sequence[str], Sequence[str], bool]]) -> "Thesaurus":
        """From rows of (what is written, what it means, whether each finds the other), in words."""
        entries = []
        for says, means, both_ways in rows:
            one, other = _phrases(says), _phrases(means)
            entries.append(Entry(one, (*other, *one) if len(one) > 1 else other))
            if both_ways:
                entries.append(Entry(other, (*one, *other) if len(other) > 1 else one))
        return cls(entries)


def _phrases(texts: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(stem(word) for word in told(text)) for text in texts)


def concepts(question: str, thesaurus: Thesaurus, mend: Callable[[str], Mapping[str, float]]) -> list[Concept]:
    """The concepts of a question. `mend` gives for a word that the library does not have those it may be a slip for, with
    how like they are; for one that it has, nothing."""
    asked = told(question)[:MOST_WORDS]
    found: list[Concept] = []
    place = 0
    while place < len(asked):
        taken = _phrase_at(asked, place, thesaurus)
        found.append(_concept(asked[place : place + taken], thesaurus, mend))
        place += taken
    _ages(question, found)
    return _once(found)


def _phrase_at(asked: Sequence[str], place: int, thesaurus: Thesaurus) -> int:
    for length in range(min(thesaurus.longest, len(asked) - place), 1, -1):
        if tuple(stem(word) for word in asked[place : place + length]) in thesaurus.means:
            return length
    return 1


def _concept(typed: Sequence[str], thesaurus: Thesaurus, mend: Callable[[str], Mapping[str, float]]) -> Concept:
    said = tuple(stem(word) for word in typed)
    shown_by: dict[tuple[str, ...], float] = {said: 1.0}
    for means in thesaurus.means.get(said, ()):
        shown_by.setdefault(means, MEANS)
    if len(typed) == 1 and said not in thesaurus.means:
        for word, likeness in mend(typed[0]).items():
            meant = (stem(word),)
            shown_by.setdefault(meant, MISSPELT * likeness)
            for means in thesaurus.means.get(meant, ()):
                shown_by.setdefault(means, MISSPELT * MEANS * likeness)
    return Concept(tuple(typed), shown_by)


def _ages(question: str, found: Sequence[Concept]) -> None:
    """A number that is an age under 18 asks for what is said of children. Other numbers tell little by themselves."""
    everything = list(words(question))
    of_people = {place for place, word in enumerate(everything) if stem(word) in _PERSON}
    for place, word in enumerate(everything):
        if not re.fullmatch(r"\d{1,2}", word):
            continue
        is_age = int(word) in _YOUNG and any(abs(place - other) <= 3 for other in of_people)
        for concept in found:
            if concept.words == (word,):
                concept.shown_by = {(word,): 0.3, ("child",): MEANS, ("age",): 0.4} if is_age else {(word,): 0.5}


def _once(found: Sequence[Concept]) -> list[Concept]:
    """Two concepts that mean the same count once."""
    kept: list[Concept] = []
    for concept in found:
        twin = next(
            (one for one in kept if next(iter(one.shown_by)) in concept.shown_by or one.words == concept.words), None
        )
        if twin is None:
            kept.append(concept)
            continue
        for terms, weight in concept.shown_by.items():
            twin.shown_by[terms] = max(weight, twin.shown_by.get(terms, 0))
    return kept


def storable(question: str, known: frozenset[str], thesaurus: Thesaurus) -> tuple[list[str], int]:
    """Of a question the words that stand in the library or the thesaurus, and how many others there were, which are dropped."""
    asked = set(told(question)[:MOST_WORDS])
    kept = sorted(word for word in asked if stem(word) in thesaurus.known or word in known)
    return kept, len(asked) - len(kept)
