"""What was asked, as concepts: each word with what the thesaurus says it means, and what it may be a slip for."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from lodestar.knowledge.search.rules.index import FAINT, bare_words, is_significant, significant_words, stem, words

MEANS = 0.65  # what a meaning from the thesaurus counts against the word itself
MISSPELT = 0.85  # and what the word does that somebody will have meant
_YOUNG = range(8, 18)  # a number from 8 to 17 beside a word for a person is an age
_PERSON = frozenset(
    stem(word)
    for word in ("lad", "lass", "boy", "girl", "kid", "child", "yearsold", "age", "aged", "he", "she", "male", "female")
)
MOST_WORDS = 40

Terms = tuple[str, ...]
Mend = Callable[[str], Mapping[str, float]]


@dataclass
class Concept:
    """One thing asked about: what would show it, each as terms of one passage, with what it counts (1: as typed); what the
    whole counts against others; and whether it is a word with which people only tell what happened."""

    words: Terms
    shown_by: dict[Terms, float] = field(default_factory=dict)
    counts: float = 1.0
    is_chatter: bool = False


class Thesaurus:
    """What words and phrases mean, by their terms. `written` are phrases with all their words, also those that tell nothing
    apart; `known` are the terms of all entries."""

    def __init__(self) -> None:
        self.means: dict[Terms, dict[Terms, float]] = {}
        self.written: dict[Terms, dict[Terms, float]] = {}
        self.longest = self.longest_written = 0
        self.known: frozenset[str] = frozenset()

    @classmethod
    def of(cls, rows: Iterable[tuple[Sequence[str], Sequence[str], bool]]) -> "Thesaurus":
        """From rows of (what is written, what it means, whether each finds the other), in words."""
        thesaurus = cls()
        for says, means, both_ways in rows:
            thesaurus._add(says, means)
            if both_ways:
                thesaurus._add(means, says)
        thesaurus.longest = max(map(len, thesaurus.means), default=0)
        thesaurus.longest_written = max(map(len, thesaurus.written), default=0)
        thesaurus.known = frozenset(term for phrase in thesaurus.means for term in phrase)
        return thesaurus

    def _add(self, says: Iterable[str], means: Iterable[str]) -> None:
        meant = [terms for terms in _phrases(means) if terms]
        for text in says:
            if (
                len(significant_words(text)) > 1 or len(list(words(text))) == 1
            ):  # of "how old" one word is left, which is not the phrase
                for phrase in filter(None, _phrases([text])):
                    self.means.setdefault(phrase, {}).update({terms: MEANS for terms in meant if terms != phrase})
            written = tuple(map(stem, words(text)))
            if len(written) > 1:
                self.written.setdefault(written, {}).update(dict.fromkeys(meant, MEANS))

    def phrase_at(self, every: Sequence[str], place: int) -> Concept | None:
        """The longest phrase that stands at a place as it is written, common words and all."""
        for length in range(self.longest_written, 1, -1):
            typed = every[place : place + length]
            means = self.written.get(tuple(map(stem, typed)))
            if means is not None:
                own = tuple(stem(word) for word in typed if is_significant(word))
                shown_by = {own: 1.0 if len(own) > 1 else MEANS} if own else {}  # one word of it is not the phrase
                return Concept(tuple(typed), {**shown_by, **{terms: value for terms, value in means.items() if terms != own}})
        return None


def _phrases(texts: Iterable[str]) -> list[Terms]:
    return [tuple(map(stem, significant_words(text))) for each in texts for text in _hyphens(each)]


def _hyphens(text: str) -> tuple[str, ...]:
    """A text as it may be written with its hyphens: apart and as one. A paper has either, seldom both; where a part tells
    nothing alone ("re-trafficking", "move-on") it is found as one word."""
    if "-" not in text:
        return (text,)
    joined = text.replace("-", "")
    parts = [part for word in text.split() if "-" in word for part in bare_words(word)]
    return (" ".join(bare_words(text)), joined) if all(is_significant(part) for part in parts) else (joined,)


def concepts(question: str, thesaurus: Thesaurus, mend: Mend) -> list[Concept]:
    """The concepts of a question. `mend` gives for a word that the library does not have those it may be a slip for, with
    how like they are, and for one that it has nothing."""
    matched: list[Concept] = []
    waiting: list[str] = []
    every = list(words(question))[: 2 * MOST_WORDS]
    place = 0
    while place < len(every):
        phrase = thesaurus.phrase_at(every, place)
        if phrase is None:
            waiting.append(every[place])
            place += 1
            continue
        matched += [*_one_by_one(waiting, thesaurus, mend), phrase]
        waiting = []
        place += len(phrase.words)
    matched += _one_by_one(waiting, thesaurus, mend)
    _ages(every, matched)
    return list({concept.words: concept for concept in reversed(matched) if concept.shown_by}.values())[::-1]


def _one_by_one(every: Sequence[str], thesaurus: Thesaurus, mend: Mend) -> list[Concept]:
    """The concepts of words among which no phrase stands as it is written: of those that tell something."""
    asked = [word for word in every if is_significant(word)]
    matched: list[Concept] = []
    place = 0
    while place < len(asked):
        lengths = range(thesaurus.longest, 1, -1)
        length = next((size for size in lengths if tuple(map(stem, asked[place : place + size])) in thesaurus.means), 1)
        matched.append(_concept(asked[place : place + length], thesaurus, mend))
        place += length
    return matched


def _concept(typed: Sequence[str], thesaurus: Thesaurus, mend: Mend) -> Concept:
    stems = tuple(map(stem, typed))
    meant = thesaurus.means.get(stems, {})
    shown_by: dict[Terms, float] = {stems: 1.0, **meant}
    if len(typed) == 1 and not meant:
        for word, likeness in mend(typed[0]).items():
            slip = (stem(word),)
            shown_by.setdefault(slip, MISSPELT * likeness)
            for terms, value in thesaurus.means.get(slip, {}).items():
                shown_by.setdefault(terms, MISSPELT * value * likeness)
    return Concept(tuple(typed), shown_by, is_chatter=len(typed) == 1 and typed[0] in FAINT)


def _ages(every: Sequence[str], matched: Sequence[Concept]) -> None:
    """A number that is an age under 18 asks for what is said of children. Other numbers tell little by themselves."""
    of_people = [place for place, word in enumerate(every) if stem(word) in _PERSON]
    for place, word in enumerate(every):
        if not re.fullmatch(r"\d{1,2}", word):
            continue
        is_age = int(word) in _YOUNG and any(abs(place - other) <= 3 for other in of_people)
        for concept in matched:
            if concept.words == (word,):
                concept.shown_by = {(word,): 0.3, ("child",): MEANS, ("age",): 0.4} if is_age else {(word,): 0.5}


def storable(question: str, library_words: frozenset[str], thesaurus: Thesaurus) -> tuple[list[str], int]:
    """Of a question the words that stand in the library or the thesaurus, and how many others there were, which are dropped."""
    asked = set(significant_words(question)[:MOST_WORDS])
    storable_words = sorted(word for word in asked if stem(word) in thesaurus.known or word in library_words)
    return storable_words, len(asked) - len(storable_words)


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
        tuple(tuple(stem(word) for word in significant_words(phrase)) for phrase in means),
    )


def _ways(phrases: Iterable[str]) -> Iterable[tuple[str, ...]]:
    """Each phrase as it is written and, where it keeps words, without those that tell nothing."""
    for phrase in phrases:
        written = tuple(stem(word) for word in words(phrase))
        short = tuple(stem(word) for word in significant_words(phrase))
        yield written
        if len(short) > 1:
            yield short


def with_situations(question: str, matched: Sequence[Concept], known_situations: Iterable[Situation]) -> list[Concept]:
    """The concepts of a question, and after them the situations that they are together."""
    heard = _heard(question, matched)
    there = [
        (sum(len(side & heard.keys()) for side in candidate.sides), candidate)
        for candidate in known_situations
        if _is_there(candidate, heard)
    ]
    there.sort(key=lambda pair: (-pair[0], pair[1].code))
    return [
        *matched,
        *(Concept((candidate.code,), dict.fromkeys(candidate.means, MEANS), COUNTS) for _, candidate in there[:MOST]),
    ]


def _is_there(candidate: Situation, heard: Mapping[tuple[str, ...], frozenset[str]]) -> bool:
    """Whether each side is heard, in other words than the others."""
    by = [{heard[way] for way in side & heard.keys()} for side in candidate.sides]
    return all(by) and all(
        any(first.isdisjoint(second) for first in side for second in other) for side, other in combinations(by, 2)
    )


def _heard(question: str, matched: Sequence[Concept]) -> Mapping[tuple[str, ...], frozenset[str]]:
    """What was typed and what it means, each with the words in which that was heard."""
    heard: dict[tuple[str, ...], frozenset[str]] = {}
    for concept in matched:
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
