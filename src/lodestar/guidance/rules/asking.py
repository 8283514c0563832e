"""What was asked, as concepts: each word with its other forms, what the thesaurus says it means, and how much each counts."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from lodestar.guidance.rules.words import FAINT, bare_words, stem, tells, told, words

MEANS = 0.65  # what a meaning from the thesaurus counts against the word itself
SAID_BESIDE = 0.6  # of that, what officers write for the same: slang of a wider sense than what was typed
OF_ITS_STEM = 0.3  # and what an entry means counts for another word of the same stem: "picked up" is no fruit picking
NEAR = 0.3  # what a word counts that is near the one typed in general English
MOST_NEAR = 5
AS_FAINT = 0.5  # and what a word does with which people only tell what happened
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
    written: tuple[tuple[str, ...], ...] = ()  # phrases with all their words, also those that tell nothing alone
    beside: tuple[tuple[str, ...], ...] = ()  # what else is written for the same
    spelt: frozenset[str] = frozenset()  # single words as they are written


@dataclass
class Concept:
    """One thing asked about: what would show it, each as terms that stand together, with what it counts (1: as typed);
    and what the whole of it counts against others."""

    words: tuple[str, ...]
    shown_by: dict[tuple[str, ...], float] = field(default_factory=dict)
    counts: float = 1.0


class Thesaurus:
    """Entries by what is written."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.means: dict[tuple[str, ...], dict[tuple[str, ...], float]] = {}
        for entry in entries:
            for said in filter(None, entry.says):
                _add(self.means.setdefault(said, {}), entry, said)
        self.longest = max(map(len, self.means), default=0)
        self.written: dict[tuple[str, ...], dict[tuple[str, ...], float]] = {}
        for entry in entries:
            for said in entry.written:
                _add(self.written.setdefault(said, {}), entry, ())
        self.spelt = frozenset(word for entry in entries for word in entry.spelt)
        self.longest_written = max(map(len, self.written), default=0)
        self.known = frozenset(term for said in self.means for term in said)

    def phrase_at(self, every: Sequence[str], place: int) -> Concept | None:
        """The longest phrase that stands at a place as it is written, common words and all."""
        for length in range(self.longest_written, 1, -1):
            means = self.written.get(tuple(stem(word) for word in every[place : place + length]))
            if means is not None:
                typed = tuple(stem(word) for word in every[place : place + length] if tells(word))
                shown_by = {typed: 1.0 if len(typed) > 1 else MEANS} if typed else {}  # one word of it is not the phrase
                for one, value in means.items():
                    shown_by.setdefault(one, value)
                return Concept(tuple(every[place : place + length]), shown_by)
        return None

    def meant_by(self, typed: Sequence[str]) -> Mapping[tuple[str, ...], float]:
        """What the words typed mean, and how much each counts. A single word is one of an entry as it is spelt there, or as one
        or several of it: "picked" and "letting" are of the stem of another word than was meant."""
        means = self.means.get(tuple(stem(word) for word in typed), {})
        word = typed[0]
        if len(typed) == 1 and self.spelt.isdisjoint(_one_and_several(word)):
            return {way: value * OF_ITS_STEM for way, value in means.items()}
        return means

    @classmethod
    def of(cls, rows: Iterable[tuple[Sequence[str], Sequence[str], bool]]) -> "Thesaurus":
        """From rows of (what is written, what it means, whether each finds the other), in words."""
        entries = []
        for says, means, both_ways in rows:
            one, other = _phrases(says), _phrases(means)
            entries.append(Entry(_alone(says), other, _written(says), one, _spelt(says)))
            if both_ways:
                entries.append(Entry(_alone(means), one, _written(means), other, _spelt(means)))
        return cls(entries)


def _one_and_several(word: str) -> tuple[str, ...]:
    several = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
    return (word, f"{word}s", several, word.removesuffix("s"), word.removesuffix("es"), re.sub("ies$", "y", word))


def _add(ways: dict[tuple[str, ...], float], entry: Entry, said: tuple[str, ...]) -> None:
    for value, phrases in ((MEANS, entry.means), (MEANS * SAID_BESIDE, entry.beside)):
        for one in phrases:
            if one and one != said:
                ways[one] = max(value, ways.get(one, 0.0))


def _spelt(texts: Iterable[str]) -> frozenset[str]:
    """The single words, as they are written."""
    alone = (each for text in texts if len(list(bare_words(text))) == 1 or "-" in text for each in _hyphens(text))
    return frozenset(told(each)[0] for each in alone if len(told(each)) == 1 and len(list(bare_words(each))) == 1)


def _written(texts: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    every = (tuple(stem(word) for word in words(text)) for text in texts)
    return tuple(phrase for phrase in every if len(phrase) > 1)


def _alone(texts: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """What is found without its common words: not a phrase of which one word is left, since "how old" is not "old"."""
    return _phrases(text for text in texts if len(told(text)) > 1 or len(list(words(text))) == 1)


def _phrases(texts: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(stem(word) for word in told(text)) for each in texts for text in _hyphens(each))


def _hyphens(text: str) -> tuple[str, ...]:
    """A text as it may be written with its hyphens: apart and as one. A paper has either, seldom both; where a part tells
    nothing alone ("re-trafficking", "move-on") it is found as one word."""
    if "-" not in text:
        return (text,)
    joined = text.replace("-", "")
    parts = [part for word in text.split() if "-" in word for part in bare_words(word)]
    return (" ".join(bare_words(text)), joined) if all(tells(part) for part in parts) else (joined,)


Like = Callable[[str], Mapping[str, float]]


def concepts(question: str, thesaurus: Thesaurus, mend: Like, near: Like = lambda _: {}) -> list[Concept]:
    """The concepts of a question. `mend` gives for a word that the library does not have those it may be a slip for, with
    how like they are, for one that it has, nothing; `near` the terms near a word that the library has, the nearest first."""
    found: list[Concept] = []
    waiting: list[str] = []
    every = list(words(question))[: 2 * MOST_WORDS]
    place = 0
    while place < len(every):
        phrase = thesaurus.phrase_at(every, place)
        if phrase is None:
            waiting.append(every[place])
            place += 1
            continue
        found += [*_one_by_one(waiting, thesaurus, mend, near), phrase]
        waiting = []
        place += len(phrase.words)
    found += _one_by_one(waiting, thesaurus, mend, near)
    _ages(question, found)
    return _once([one for one in found if one.shown_by])


def _one_by_one(every: Sequence[str], thesaurus: Thesaurus, mend: Like, near: Like) -> list[Concept]:
    """The concepts of words among which no phrase stands as it is written: of those that tell something."""
    asked = [word for word in every if tells(word)]
    found: list[Concept] = []
    place = 0
    while place < len(asked):
        taken = _phrase_at(asked, place, thesaurus)
        found.append(_concept(asked[place : place + taken], thesaurus, mend, near))
        place += taken
    return found


def _phrase_at(asked: Sequence[str], place: int, thesaurus: Thesaurus) -> int:
    for length in range(thesaurus.longest, 1, -1):
        if tuple(stem(word) for word in asked[place : place + length]) in thesaurus.means:
            return length
    return 1


def _concept(typed: Sequence[str], thesaurus: Thesaurus, mend: Like, near: Like) -> Concept:
    said = tuple(stem(word) for word in typed)
    shown_by: dict[tuple[str, ...], float] = {said: 1.0}
    meant_by = thesaurus.meant_by(typed)
    for way, value in meant_by.items():
        shown_by.setdefault(way, value)
    faint = len(typed) == 1 and typed[0] in FAINT
    if len(typed) == 1 and not meant_by:
        for word, likeness in mend(typed[0]).items():
            meant = (stem(word),)
            shown_by.setdefault(meant, MISSPELT * likeness)
            for way, value in thesaurus.means.get(meant, {}).items():
                shown_by.setdefault(way, MISSPELT * value * likeness)
        if faint:
            return Concept(tuple(typed), shown_by, AS_FAINT)
        for term, likeness in islice(near(typed[0]).items(), MOST_NEAR):
            shown_by.setdefault((term,), NEAR * likeness)
    return Concept(tuple(typed), shown_by, AS_FAINT if faint else 1.0)


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
