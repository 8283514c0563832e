"""Finding a sign in an officer's own words: synonyms, misspellings, the order of words do not matter.

It ranks sentences of a list by likeness to what was typed. It says nothing about any person, and keeps nothing.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache
from math import log
from operator import mul

from lodestar.kernel.reference_lists import reference_list, rows_on

_WORD = re.compile(r"[a-z0-9]+")
_ENDINGS = ("ings", "ing", "edly", "ied", "ies", "ed", "es", "ly", "s")
_DOUBLED = re.compile(r"([a-z])\1$")  # stop and stopped, call and calls: one letter at the end of a stem
_SHORTEST = 4  # letters: shorter words are too like others to be taken for a misspelling of one
_ALIKE = 0.8  # from here two spellings are taken for one word
_MISSPELT = 0.9  # what a like spelling counts against the word itself, times how like it is
_SYNONYM = 0.75  # what a synonym counts against the word itself
_UNKNOWN = 0.5  # what a word that no sign has counts against the rarest that one has
LONGEST = 200  # letters of what is looked for: each word is compared with each of all signs
_NEAR = 0.15  # a sign is found when one of its texts is more like the words than this
_ALSO_NEAR = 0.15  # what each further text counts against the likest


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
    """The signs that the words may mean, the likeliest first; empty when none is near. Words may be misspelt.

    Of a longer text the first `LONGEST` letters are looked at."""
    typed = _words(words[:LONGEST])
    if not typed:
        return []
    index = _index(tuple(signs))
    word_weights = [index.weights.get(word, index.unknown) for word in typed]
    ranked = []
    for position, texts in enumerate(index.texts):
        likest, *others = sorted((_likeness(typed, word_weights, text, index.weights) for text in texts), reverse=True)
        if likest > _NEAR:
            ranked.append((-likest - _ALSO_NEAR * sum(others[:3]), position))
    return [index.signs[position] for _, position in sorted(ranked)]


@dataclass(frozen=True)
class _Index:
    signs: tuple[Sign, ...]
    texts: tuple[tuple[tuple[str, ...], ...], ...]  # of each sign: its sentence and phrases, as stems
    weights: Mapping[str, float]  # of each stem: the rarer, the heavier
    unknown: float  # the weight of a stem that none of the texts has


@lru_cache(maxsize=8)
def _index(signs: tuple[Sign, ...]) -> _Index:
    texts = tuple(
        tuple(text for text in (tuple(_words(wording)) for wording in (sign.sentence, *sign.phrases)) if text)
        for sign in signs
    )
    counts = Counter(stem for of_sign in texts for stem in {stem for text in of_sign for stem in text})
    weights = {stem: 1 + log(len(signs) / count) for stem, count in counts.items()}
    return _Index(signs, texts, weights, _UNKNOWN * max(weights.values(), default=0.0))


def _words(text: str) -> list[str]:
    """The stems of the words that matter, in their order."""
    plain = text.casefold().replace("’", "").replace("'", "").replace("-", " ")
    return [stem(word) for word in _WORD.findall(plain) if word not in common_words()]


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Words that stand in most sentences and tell none apart."""
    return frozenset(reference_list("recognition", "synonyms").header["common_words"])


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """The word without its ending, so that stop, stops and stopped are one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return _DOUBLED.sub(r"\1", word[: -len(ending)])
    return _DOUBLED.sub(r"\1", word)


@lru_cache(maxsize=1)
def _synonyms() -> Mapping[str, frozenset[str]]:
    by_stem: dict[str, set[str]] = {}
    for row in reference_list("recognition", "synonyms").rows:
        stems = {stem(word) for word in row["words"]}
        for word_stem in stems:
            by_stem.setdefault(word_stem, set()).update(stems - {word_stem})
    return {word_stem: frozenset(others) for word_stem, others in by_stem.items()}


def is_synonym(word_stem: str, other: str) -> bool:
    """Whether officers use one of these stems for the other."""
    return other in _synonyms().get(word_stem, ())


@lru_cache(maxsize=65536)
def _same(typed: str, listed: str) -> float:
    """From 0 to 1, how far one word stands for the other."""
    if typed == listed:
        return 1.0
    if listed in _synonyms().get(typed, ()):
        return _SYNONYM
    if min(len(typed), len(listed)) < _SHORTEST or not get_close_matches(typed, [listed], cutoff=_ALIKE):
        return 0.0
    return _MISSPELT * SequenceMatcher(None, listed, typed).ratio()


def _likeness(typed: Sequence[str], word_weights: Sequence[float], text: Sequence[str], weights: Mapping[str, float]) -> float:
    """How much of what was typed, and of the text, is in the other. `told` are the weights of the words typed."""
    of_typed = _share([max(_same(word, listed) for listed in text) for word in typed], word_weights)
    of_text = _share([max(_same(word, listed) for word in typed) for listed in text], [weights[stem] for stem in text])
    return 0.5 * (of_typed + of_text)


def _share(shares: Sequence[float], weights: Sequence[float]) -> float:
    return sum(map(mul, shares, weights)) / sum(weights)


# The groups of the list that are a kind of exploitation; the others hold signs of any.
TYPE_OF_GROUP = {"drugs": "criminal", "labour": "labour", "sexual": "sexual", "domestic": "domestic"}
SIGNS_ONLY, NONE = "signs_only", "none"
THREAT = "threatened_or_family_threatened"


def exploitation_types(signs: Iterable[Sign]) -> tuple[str, ...]:
    """The types that the signs laid on one person point to, in the order of the list.

    A sign that can point to several types says nothing of the type while another sign says it; alone it is taken for
    the type of the group under which it was ticked.
    """
    sign_list = list(signs)
    plain = [TYPE_OF_GROUP[sign.group] for sign in sign_list if _is_of_its_group(sign) and len(sign.types) == 1]
    shared = [TYPE_OF_GROUP[sign.group] for sign in sign_list if _is_of_its_group(sign)]
    return tuple(dict.fromkeys(plain or shared))


def _is_of_its_group(sign: Sign) -> bool:
    return TYPE_OF_GROUP.get(sign.group) in sign.types


def belief_after(
    current: str,
    *,
    answered: str = "",
    is_decided: bool = False,
    may_be_used: bool,
    has_signs: bool,
    has_new_sign: bool,
) -> str:
    """The belief to record: what was answered just now; else what stands, with signs for a supervisor to decide on.

    `answered` is this writer's own answer, empty when not answered. `is_decided` says that somebody answered before. A
    new sign opens again what was *no reasonable grounds recorded yet*. Signs taken back leave nothing behind, unless
    somebody had decided (Modern Slavery Act 2015 s52(1): it is a person who believes).
    """
    if answered:
        return answered
    if not current or (current == NONE and has_new_sign):
        return SIGNS_ONLY if may_be_used or has_signs else current
    if current == SIGNS_ONLY and not is_decided and not may_be_used and not has_signs:
        return ""
    return current


def threats_after(current: Iterable[str], *, had: Collection[str], has: Collection[str]) -> tuple[str, ...]:
    """The threats recorded, with the one that the sign of a threat says: whether to them or to their family is asked later.

    `had` and `has` are the signs laid on the person before and now. The sign taken back takes that one with it.
    """
    recorded = tuple(current)
    if THREAT in has and not recorded:
        return ("person",)
    return () if THREAT in had and THREAT not in has and recorded == ("person",) else recorded
