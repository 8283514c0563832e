"""A text as the coach reads it: its words, its sentences, and where the phrases of `coach_words` stand in it.

One pass, whatever the text: nothing here looks back, and nothing grows faster than the text.
"""

import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from operator import contains

from lodestar.platform.text.reference_lists import rows_on

_WORD = re.compile(
    r"[\w.+-]{1,64}@[\w.-]{1,99}"
    r"|(?:\+\d\d ?|\b0)\d{2,4} ?\d{3,4} ?\d{3,4}\b"
    r"|\d+(?:[/.:,-]\d+)*(?:st|nd|rd|th|am|pm|hrs|s)?"
    r"|[^\W\d_]+(?:'[^\W\d_]+)*"
)
# What a word looks like, and the sign that stands for it in a phrase.
_SHAPES = (
    ("#", re.compile(r"\d[\d/.:,-]*[a-z]*")),
    ("####", re.compile(r"(?:19|20)\d\d")),
    ("#/#", re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}")),
    ("#:#", re.compile(r"\d{1,2}[.:]\d\d(?:am|pm|hrs)?|\d{1,4}(?:am|pm|hrs)")),
    ("@", re.compile(r".+@.+")),
    ("<telephone>", re.compile(r"(?:\+\d\d ?|0)\d{2,4} ?\d{3,4} ?\d{3,4}")),
)
_BREAK = re.compile(r"[.!?;][\"')\]]*\s+|\n[^\S\n]*(?=\n|[-*\u2022\u00b7\d#])")
_PLAIN = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " "})
_NOT_NAME = "<not_name>"
LONGEST_PHRASE = 6  # words


@dataclass(frozen=True)
class Hit:
    """A phrase where it stands: on which page, in which sentence of it, from which letter, and as it is written."""

    page: str
    sentence: int
    start: int
    text: str


@dataclass(frozen=True)
class Read:
    """Pages that were read: their words in order, how many words each sentence and paragraph holds, and every hit by list."""

    words: Mapping[str, Sequence[str]]
    sentences: Sequence[int]
    paragraphs: Sequence[int]
    hits: Mapping[str, Sequence[Hit]]

    def of(self, lists: Iterable[str]) -> Iterator[Hit]:
        """The hits of some lists."""
        for name in lists:
            yield from self.hits.get(name, ())


class _Phrases:
    """The phrases of a day, found by their first word and, where they have more, their second."""

    def __init__(self, rows: Iterable[Mapping[str, object]]) -> None:
        self.single: dict[str, list[str]] = defaultdict(list)
        self.longer: dict[tuple[str, str], list[tuple[Sequence[str], str]]] = defaultdict(list)
        self.classes: dict[str, list[str]] = defaultdict(list)
        self.begun: set[str] = set()
        for row in rows:
            code, words = str(row["code"]), row["words"]
            for phrase in words if isinstance(words, list) else ():
                self._add(code, phrase, is_class=bool(row.get("is_class")))

    def _add(self, code: str, phrase: str, *, is_class: bool) -> None:
        first, *rest = phrase.split()
        if is_class:
            self.classes[phrase].append("#" if code == "number" else f"<{code}>")
        elif rest:
            self.longer[first, rest[0]].append((rest[1:], code))
        else:
            self.single[first].append(code)
        self.begun.update(part.rstrip("*") for part in (first, *rest) if part.endswith("*"))

    def keys(self, word: str) -> tuple[str, ...]:
        """Everything that may stand for a word in a phrase."""
        plain = word.casefold()
        phrase_keys = [plain, "_", *self.classes.get(plain, ())]
        phrase_keys += [f"{begun}*" for begun in self.begun if plain.startswith(begun)]
        phrase_keys += [sign for sign, shape in _SHAPES if shape.fullmatch(plain)]
        if word.istitle() and word[1:] and _NOT_NAME not in phrase_keys:
            phrase_keys.append("^")
        return tuple(phrase_keys)


def words_of(text: str) -> list[str]:
    """The words of a text as they are read here."""
    return [match[0] for match in _WORD.finditer(text.translate(_PLAIN))]


def read(pages: Mapping[str, str], day: date) -> Read:
    """Reads pages with the words of a day. The pages are kept apart: no phrase and no sentence goes from one to another."""
    phrases = _Phrases(rows_on("referral_forms", "coach_words", day))
    words: dict[str, list[str]] = {}
    hits: dict[str, list[Hit]] = defaultdict(list)
    sentences: list[int] = []
    paragraphs: list[int] = []
    for page, text in pages.items():
        plain = text.translate(_PLAIN)
        matches = list(_WORD.finditer(plain))
        words[page] = [match[0] for match in matches]
        breaks = list(_BREAK.finditer(plain))
        places = _places(matches, [match.end() for match in breaks])
        sentences += Counter(places).values()
        paragraphs += Counter(_places(matches, [match.end() for match in breaks if "\n" in match[0]])).values()
        for name, begin, length in _matches(phrases, words[page], places):
            start, end = matches[begin].start(), matches[begin + length - 1].end()
            hits[name].append(Hit(page, places[begin], start, text[start:end]))
    return Read(words, sentences, paragraphs, hits)


def _places(words: Iterable[re.Match[str]], breaks: Sequence[int]) -> list[int]:
    """Of each word, after how many of the breaks it stands."""
    return [bisect(breaks, word.start()) for word in words]


def _matches(phrases: _Phrases, words: Sequence[str], places: Sequence[int]) -> Iterator[tuple[str, int, int]]:
    """The longest phrase of each list at each place, none within another of its list: list, first word, number of words."""
    keys_by_word = {word: phrases.keys(word) for word in set(words)}
    keys = [keys_by_word[word] for word in words]
    taken: dict[str, int] = {}
    for begin in range(len(keys)):
        longest: dict[str, int] = {}
        for name, length in _phrases_at(phrases, keys, begin):
            longest[name] = max(length, longest.get(name, length))
        for name, length in longest.items():
            end = begin + length
            if begin >= taken.get(name, begin) and places[begin] == places[end - 1]:
                taken[name] = end
                yield name, begin, length


def _phrases_at(phrases: _Phrases, keys: Sequence[Sequence[str]], begin: int) -> Iterator[tuple[str, int]]:
    """Every phrase that begins at a word: its list, and how many words it has."""
    own, *following = keys[begin : begin + LONGEST_PHRASE]
    for key in own:
        for name in phrases.single.get(key, ()):
            yield name, 1
    for pair in product(own, following[0]) if following else ():
        for rest, name in phrases.longer.get(pair, ()):
            next_keys = following[1 : len(rest) + 1]
            if len(next_keys) == len(rest) and all(map(contains, next_keys, rest)):
                yield name, len(rest) + 2
