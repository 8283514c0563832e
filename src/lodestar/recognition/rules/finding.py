"""Finding a sign in an officer's own words: synonyms, misspellings, the order of words do not matter.

It ranks sentences of a list by likeness to what was typed. It says nothing about any person, and keeps nothing.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache
from math import log

from lodestar.kernel.reference_lists import reference_list, rows_on

_WORD = re.compile(r"[a-z0-9]+")
_ENDINGS = ("ings", "ing", "edly", "ied", "ies", "ed", "es", "ly", "s")
_ALIKE = 0.8  # from here two spellings are taken for one word
_SYNONYM = 0.75  # what a synonym counts against the word itself


@dataclass(frozen=True)
class Sign:
    """One sign of the list. `about` is person or scene; `types` are those of exploitation it may point to."""

    code: str
    sentence: str
    group: str
    about: str
    types: tuple[str, ...]
    phrases: tuple[str, ...]


@lru_cache(maxsize=8)
def signs_on(day: date) -> tuple[Sign, ...]:
    """The signs that hold on a day, group by group as they are shown."""
    return tuple(
        Sign(row["code"], row["sentence"], row["group"], row["about"], tuple(row["types"]), tuple(row["phrases"]))
        for row in rows_on("recognition", "signs", day)
    )


def find_signs(words: str, signs: Sequence[Sign]) -> list[Sign]:
    """The signs that the words may mean, the likeliest first; empty when none is near. Words may be misspelt."""
    typed = _words(words)
    if not typed:
        return []
    index = _index(tuple(signs))
    found = []
    for position, texts in enumerate(index.texts):
        likeness = sorted((_likeness(typed, text, index.weights) for text in texts), reverse=True)
        total = likeness[0] + 0.15 * sum(likeness[1:4])
        if likeness[0] > 0.15:
            found.append((-total, position))
    return [index.signs[position] for _, position in sorted(found)]


@dataclass(frozen=True)
class _Index:
    signs: tuple[Sign, ...]
    texts: tuple[tuple[tuple[str, ...], ...], ...]  # of each sign: its sentence and phrases, as stems
    weights: Mapping[str, float]  # of each stem: the rarer, the heavier


@lru_cache(maxsize=8)
def _index(signs: tuple[Sign, ...]) -> _Index:
    texts = tuple(
        tuple(text for text in (tuple(_words(told)) for told in (sign.sentence, *sign.phrases)) if text)
        for sign in signs
    )
    counts = Counter(stem for of_sign in texts for stem in {stem for text in of_sign for stem in text})
    weights = {stem: 1 + log(len(signs) / count) for stem, count in counts.items()}
    return _Index(signs, texts, weights)


def _words(text: str) -> list[str]:
    """The stems of the words that matter, in their order."""
    plain = text.casefold().replace("’", "").replace("'", "").replace("-", " ")
    return [_stem(word) for word in _WORD.findall(plain) if word not in _common_words()]


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    """Words that stand in most sentences and tell none apart."""
    return frozenset(reference_list("recognition", "synonyms").header["common_words"])


@lru_cache(maxsize=8192)
def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            stem = word[: -len(ending)]
            return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else stem
    return word


@lru_cache(maxsize=1)
def _synonyms() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in reference_list("recognition", "synonyms").rows:
        stems = {_stem(word) for word in row["words"]}
        for stem in stems:
            found.setdefault(stem, set()).update(stems - {stem})
    return {stem: frozenset(others) for stem, others in found.items()}


@lru_cache(maxsize=65536)
def _same(typed: str, listed: str) -> float:
    """From 0 to 1, how far one word stands for the other."""
    if typed == listed:
        return 1.0
    if listed in _synonyms().get(typed, ()):
        return _SYNONYM
    if min(len(typed), len(listed)) < 4 or abs(len(typed) - len(listed)) > 3:
        return 0.0
    matcher = SequenceMatcher(None, typed, listed, autojunk=False)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    ratio = matcher.ratio()
    return ratio * 0.9 if ratio >= _ALIKE else 0.0


def _likeness(typed: Sequence[str], text: Sequence[str], weights: Mapping[str, float]) -> float:
    """How much of what was typed, and of the text, is in the other; rare words count more."""
    heaviest = max(weights.values(), default=1.0)
    matched_typed = weight_typed = 0.0
    best_of: dict[str, float] = {}
    for word in typed:
        weight = weights.get(word, heaviest * 0.5)
        weight_typed += weight
        best = 0.0
        for listed in text:
            same = _same(word, listed)
            best = max(best, same)
            if same > best_of.get(listed, 0.0):
                best_of[listed] = same
        matched_typed += best * weight
    if not best_of:
        return 0.0
    weight_text = sum(weights[stem] for stem in text)
    matched_text = sum(best_of.get(stem, 0.0) * weights[stem] for stem in text)
    return 0.5 * matched_typed / weight_typed + 0.5 * matched_text / weight_text
