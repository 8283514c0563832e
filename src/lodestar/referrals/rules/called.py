"""Where a text says what somebody is called, and not the same word as a word: "Will said" and "will come", "May" and "may". Pure.

What is typed in a field for a name is looked for in every text that leaves, and left out. A field that says that nobody is named
names nobody; a word that sentences are made of is a name only where it is written as one; and a word that denies is left where it
stands, but in the whole of a name: a sentence without it would say the opposite (ADR 43).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from lodestar.cases.rules.matching.readings import NO_NAME, NO_NAME_OTHER, NO_NAME_TOGETHER, OF_A_SORT
from lodestar.kernel.spelling import Word, folded, words
from lodestar.referrals.rules.words_and_names import DENYING, MONTHS_TOO, NAMES_TOO, ORDINARY, WHOLE_NAMES

LAST_DAY = 31
PLAIN, TOO, LITTLE, DENIES = range(4)  # a name and nothing else; a name too; a word of every sentence; one that denies
_NOBODY = frozenset(map(folded, NO_NAME | NO_NAME_OTHER))
_TITLES = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "pc", "sgt"))  # no others: Sheikh and Pan are names
_SORT = frozenset(map(folded, OF_A_SORT))
_PHRASES = tuple(tuple(map(folded, phrase.split())) for phrase in NO_NAME_TOGETHER)
_ENDS = frozenset(".!?:;\n\r")
_OPENS = frozenset(" \t\u00a0\"“‘'([{*-–—•")
_JOINS = frozenset(" \t\u00a0-‐–’'")


@dataclass(frozen=True)
class Called:
    """What of a name is looked for: its parts with the kind of each, and which of them stand side by side in it."""

    parts: Mapping[str, int]
    beside: frozenset[tuple[str, str]]
    turned: frozenset[tuple[str, str]]  # the last before the first, as in a list


@lru_cache(maxsize=4096)
def called(name: str) -> Called:
    """What is looked for of a name. Nothing where it names nobody: `Not known`, `Unknown female`, `A man`."""
    read = [word.folded for word in words(name) if word.folded not in _TITLES]
    kept = _without_phrases([word for word in read if word not in _NOBODY])
    kinds = {word: _kind(word) for word in kept}
    names = {PLAIN, TOO} & set(kinds.values())
    if all(word in _SORT or word.isdigit() for word in kept):
        kinds = {word: LITTLE for word in kept if len(read) == 1 and word in WHOLE_NAMES}
    elif not names and (len(kept) < len(read) or DENIES in kinds.values()):
        kinds = {}  # surname not given; would not say
    turned = frozenset({(kept[-1], kept[0])}) if len(kept) > 1 else frozenset[tuple[str, str]]()
    return Called(kinds, frozenset(pairwise(kept)), turned)


def _without_phrases(read: Sequence[str]) -> list[str]:
    """The words without those that together say that nobody is named."""
    gone = {
        place
        for phrase in _PHRASES
        for start in range(len(read) - len(phrase) + 1)
        if tuple(read[start : start + len(phrase)]) == phrase
        for place in range(start, start + len(phrase))
    }
    return [word for place, word in enumerate(read) if place not in gone]


def _kind(word: str) -> int:
    if word in DENYING:
        return DENIES
    if word in NAMES_TOO:
        return TOO
    return LITTLE if word in ORDINARY or word in _SORT else PLAIN


def name_places(
    name: str, text: str, read: Sequence[Word], plain: Callable[[str, Sequence[Word]], Iterator[tuple[int, int]]]
) -> Iterator[tuple[int, int]]:
    """Where a text says what somebody is called: `plain` finds what is a name and nothing else."""
    sought = called(name)
    others = {part: kind for part, kind in sought.parts.items() if kind != PLAIN}
    for part in sought.parts.keys() - others.keys():
        yield from plain(part, read)
    if others:
        is_of_one_case = text.islower() or text.isupper()
        for place, word in enumerate(read):
            part = _part(text, word)
            if part in others and _stands_as_a_name(sought, part, place, text, read, is_of_one_case):
                yield word.start, word.end


def _part(text: str, word: Word) -> str:
    """The word as a part of a name: Will’s is Will."""
    typed = text[word.start : word.end].replace("’", "'")
    return word.folded[:-1] if typed.lower().endswith("'s") else word.folded


def _stands_as_a_name(
    sought: Called, part: str, place: int, text: str, read: Sequence[Word], is_of_one_case: bool
) -> bool:
    kind, word = sought.parts[part], read[place]
    is_capital = text[word.start].isupper() and not is_of_one_case
    near = list(_neighbours(place, text, read))
    in_order = any(pair in sought.beside for pair, _ in near)
    turned = in_order or any(pair in sought.turned for pair, _ in near)
    if kind == DENIES:
        return is_capital and any(
            pair in sought.beside | sought.turned and text[other.start].isupper() and _names(sought, other.folded)
            for pair, other in near
        )
    if kind == LITTLE:
        return (turned and (is_capital or is_of_one_case)) or (is_capital and not _begins(text, word.start))
    if part in MONTHS_TOO and any(_is_of_a_date(other, word) for _, other in near):
        return False
    return is_capital or is_of_one_case or in_order


def _names(sought: Called, part: str) -> bool:
    return sought.parts.get(part) in (PLAIN, TOO)


def _neighbours(place: int, text: str, read: Sequence[Word]) -> Iterator[tuple[tuple[str, str], Word]]:
    """The words right beside one, with nothing between them that ends a sentence: each as a pair in its order."""
    word = read[place]
    if place and set(text[read[place - 1].end : word.start]) <= _JOINS:
        yield (_part(text, read[place - 1]), _part(text, word)), read[place - 1]
    if place + 1 < len(read) and set(text[word.end : read[place + 1].start]) <= _JOINS:
        yield (_part(text, word), _part(text, read[place + 1])), read[place + 1]


def _begins(text: str, start: int) -> bool:
    """Whether a sentence begins here, where every word is written with a capital."""
    while start and text[start - 1] in _OPENS:
        start -= 1
    return not start or text[start - 1] in _ENDS


def _is_of_a_date(beside: Word, month: Word) -> bool:
    """Whether the word beside a month makes a day or a year of it: 3 May, May 2024."""
    figures = beside.folded.rstrip("stndrh")
    is_year = len(figures) == len("2024") and beside.start > month.start
    return figures.isdecimal() and (is_year or (len(figures) <= 2 and 0 < int(figures) <= LAST_DAY))
