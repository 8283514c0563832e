"""Where a text says what somebody is called, and not the same word as a word: "Will said" and "will come", "May" and "may". Pure.

What is typed in a field for a name is looked for in every text that leaves, and left out. A field that says that nobody is named
names nobody; a word that sentences are made of is a name only where it is written as one; and a word that denies is left where it
stands, but in the whole of a name: a sentence without it would say the opposite (ADR 43).
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, zip_longest
from string import digits as DIGITS
from unicodedata import combining

from lodestar.cases.rules.matching.readings import NO_NAME, NO_NAME_OTHER, NO_NAME_TOGETHER, OF_A_SORT
from lodestar.cases.rules.matching.readings import words as words_of
from lodestar.kernel.reference_lists import reference_list
from lodestar.kernel.spelling import Word, folded, words
from lodestar.referrals.rules.words_and_names import (
    CODES,
    DENYING,
    DESCRIBING,
    DO,
    GOES_ON,
    LANGUAGES,
    MONTHS_TOO,
    NAMES_TOO,
    NEVER_DO,
    OF_A_SAYING,
    ORDINARY,
    ROLES,
    SHARED,
    SMALL,
    SORTS_TOO,
    THINGS,
    TRADES,
)

LAST_DAY = 31
PLAIN, TOO, LITTLE, DENIES = range(4)  # a name and nothing else; a name too; a word of every sentence; one that denies
_NOBODY = frozenset(map(folded, NO_NAME | NO_NAME_OTHER))
_TITLES = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "pc", "sgt"))  # no others: Sheikh and Pan are names
_NOT_READ = _TITLES | {""}
_SORT = frozenset(map(folded, OF_A_SORT)) | ROLES
_DESCRIBES = DESCRIBING | (_SORT - SHARED - words_of("nil none null test xx n k nk a of with in from and name no not uk"))
_SAYS_NOBODY = _NOBODY | _DESCRIBES
_IS_NO_NAME = _DESCRIBES | ORDINARY
_AFTER_FIGURES = frozenset(("", "s", "st", "nd", "rd", "th", "y", "yr", "yrs", "yo"))
_SPOKEN = frozenset(word.folded for row in reference_list("cases", "leaflets").rows for word in words(row["name"]))
_LANGUAGES = LANGUAGES | (_SPOKEN - DESCRIBING - NAMES_TOO - _SORT)
_PHRASES = tuple(tuple(map(folded, phrase.split())) for phrase in NO_NAME_TOGETHER)
_ENDS = frozenset(".!?\n\r")  # no colon: what follows it begins no sentence by itself
_OPENS = frozenset(" \t\u00a0\"“‘'([{*-–—•")
_JOINS = frozenset(" \t\u00a0-‐–’'")


@dataclass(frozen=True)
class Called:
    """What of a name is looked for: its parts with the kind of each, and which of them stand side by side in it."""

    parts: Mapping[str, int]
    beside: frozenset[tuple[str, str]]
    turned: frozenset[tuple[str, str]]  # the last before the first, as in a list


@lru_cache(maxsize=4096)
def called(name: str, shared: frozenset[str] = frozenset()) -> Called:
    """What is looked for of a name, but for the words that are `shared`. Nothing where it names nobody: `Not known`, `Unknown
    female`, `A man`; but whatever else a field says, what is a name besides: `An (surname unknown)`."""
    typed = words(name)
    counted = [_uncounted(name, word, after) for word, after in zip_longest(typed, typed[1:])]
    read = [word for word in counted if word.folded not in _NOT_READ]
    rest = [word for word in read if not _is_loose(name, word)]
    if len(rest) < len(read) and _is_off(name, read, rest):
        read = rest
    return _called(name, read, shared)


def _called(name: str, read: Sequence[Word], shared: frozenset[str]) -> Called:
    kept = _without_phrases([word for word in _without_things(name, read) if word.folded not in _NOBODY])
    parts = [word.folded for word in kept]
    kinds = {part: _kind(part) for part in parts}
    is_described = len(read) > 1 and not _DESCRIBES.isdisjoint(parts)
    no_names = _SORT | TRADES if is_described else frozenset[str]()
    is_named = any(kind == PLAIN or (kind == TOO and part not in no_names) for part, kind in kinds.items())
    says_nobody = is_described or len(kept) < len(read) or DENIES in kinds.values()
    if _SORT.issuperset(parts) or (says_nobody and not is_named):
        denies = DENIES in kinds.values()
        kinds = dict.fromkeys(_shared(name, read, is_described=is_described, denies=denies), LITTLE)
    else:  # Speaker Dube, and not Dube, chef
        kinds |= {word.folded: TOO for word in kept if word.folded in ROLES and name[word.start].isupper()}
    beside = frozenset(pair for pair in pairwise(parts) if kinds.keys() >= set(pair) and not _DESCRIBES.issuperset(pair))
    ends = {(parts[-1], parts[0])} if len(parts) > 1 else set[tuple[str, str]]()
    turned = frozenset(pair for pair in ends if kinds.keys() >= set(pair))
    return Called(_but_for(shared, kinds, _surname(name, read)) if shared else kinds, beside, turned)


def _but_for(shared: Collection[str], kinds: Mapping[str, int], surname: str) -> Mapping[str, int]:
    """The parts without these; nor does what only says who somebody is name anybody then: of `An Nguyen, a girl` it is An."""
    describing = {part for part, kind in kinds.items() if kind == LITTLE and (part in _DESCRIBES or len(part) == 1)} - {surname}
    return {part: kind for part, kind in kinds.items() if part not in shared and part not in describing}


def _surname(name: str, read: Sequence[Word]) -> str:
    """The last word of a name that says what people are as well, where it has a capital directly behind another name: Mary Guest,
    and not Mary, guest."""
    for before, last in pairwise(read[-2:]):
        is_apart = name[before.end : last.start].strip() or name[last.end :].strip()
        is_behind = before.folded not in _SAYS_NOBODY and not is_apart
        if is_behind and last.folded in DESCRIBING and name[last.start].isupper():
            return last.folded
    return ""


def _uncounted(name: str, word: Word, after: Word | None) -> Word:
    """The word without the number by which a field counts those without a name, or whose; empty if it is short for such, or is a
    figure itself: victim2, VP1, 20s, manager's."""
    plain = word.folded.rstrip(DIGITS)
    is_counted = plain != word.folded or (after is not None and after.folded.isdecimal())
    is_figure = word.folded[0].isdecimal() and word.folded.lstrip(DIGITS) in _AFTER_FIGURES
    if is_figure or (is_counted and _is_code(name, word, plain)):
        return replace(word, folded="")
    if name[word.start : word.end].replace("’", "'").endswith("'s") and plain[:-1] in _IS_NO_NAME:
        plain = plain[:-1]
    return replace(word, folded=plain) if plain in _IS_NO_NAME else word


def _is_code(name: str, word: Word, plain: str) -> bool:
    return plain in CODES and not name[word.start : word.end].startswith("Ip")


def _is_loose(name: str, word: Word) -> bool:
    """Whether a word is short for somebody without a name, or a language; people are called so too: IP Wai Yan, Tamil Selvi."""
    return word.folded in _LANGUAGES or _is_code(name, word, word.folded)


def _is_off(name: str, read: Sequence[Word], rest: Sequence[Word]) -> bool:
    """Whether such words name nobody, as the rest of the field says of somebody, or a short form alone. IP Man is a name."""
    if not rest:
        return read[0].folded in CODES
    is_man = len(rest) == 1 and rest[0].folded == "man" and name[rest[0].start].isupper() and not name[rest[0].end :].strip()
    return not (is_man and name[: rest[0].start].strip().isalpha()) and not _called(name, rest, frozenset()).parts


def _without_things(name: str, read: Sequence[Word]) -> Sequence[Word]:
    """The words without the things with which a field goes on about somebody without a name: Man in a red cap. Any other word is
    kept, which may be a name: unknown in sook."""
    is_nobody, goes_on, things = False, False, set[Word]()
    for before, word, after in zip((None, *read), read, (*read[1:], None), strict=False):
        is_beside = before is not None and not name[before.end : word.start].strip()
        is_thing = word.folded in THINGS and name[word.start : word.end].islower() and not _is_name_beside(name, word, after)
        if goes_on and is_beside and is_thing:
            things.add(word)
        elif word.folded in GOES_ON:
            goes_on = is_nobody
        elif word.folded not in _NOBODY and _kind(word.folded) == PLAIN:
            break
        is_nobody = is_nobody or word.folded in _SAYS_NOBODY
    return [word for word in read if word not in things]


def _is_name_beside(name: str, word: Word, after: Word | None) -> bool:
    """Whether a name follows directly, so that both may be one: woman at cap hoa."""
    if after is None or after.folded in THINGS or name[word.end : after.start].strip():
        return False
    return _kind(after.folded) == PLAIN


def _shared(name: str, read: Sequence[Word], *, is_described: bool, denies: bool) -> Iterator[str]:
    """The words of a field that names nobody which are names all the same. `An` is one in `An, a girl`, none in `an adult`."""
    for word, after in zip_longest(read, read[1:]):
        is_apart = after is None or bool(name[word.end : after.start].strip())
        is_of_the_sort = is_described and (word.folded in SORTS_TOO or not is_apart)
        if word.folded in SHARED and not is_of_the_sort and not (denies and word.folded in OF_A_SAYING):
            yield word.folded


def _without_phrases(read: Sequence[Word]) -> list[Word]:
    """The words without those that together say that nobody is named."""
    told = tuple(word.folded for word in read)
    gone = {
        place
        for phrase in _PHRASES
        for start in range(len(read))
        if told[start : start + len(phrase)] == phrase
        for place in range(start, start + len(phrase))
    }
    return [word for place, word in enumerate(read) if place not in gone]


def _kind(word: str) -> int:
    if word in DENYING:
        return DENIES
    if word in NAMES_TOO:
        return TOO
    return LITTLE if word in ORDINARY or word in _SORT or word in DESCRIBING else PLAIN


def name_places(
    sought: Called,
    text: str,
    read: Sequence[Word],
    plain: Callable[[str, Sequence[Word]], Iterator[tuple[int, int]]],
    *,
    is_wide: bool,
) -> Iterator[tuple[int, int]]:
    """Where a text says what somebody is called: `plain` finds what is a name and nothing else. `is_wide`: a word of every
    sentence also where a sentence begins with it, for whoever looks at each place before anything goes."""
    if is_wide:
        sought = replace(sought, parts={part: TOO if kind == LITTLE else kind for part, kind in sought.parts.items()})
    others = {part: kind for part, kind in sought.parts.items() if kind != PLAIN}
    for part in sought.parts.keys() - others.keys():
        yield from plain(part, read)
    if others:
        is_whole, shouted = text.islower() or text.isupper(), _shouted(text, read, SMALL - sought.parts.keys())
        for place, word in enumerate(read):
            part, is_of_one_case = _part(text, word), is_whole or place in shouted
            if part in others and (
                _has_marks(text, word) or _stands_as_a_name(sought, part, place, text, read, is_of_one_case)
            ):
                yield word.start, word.end


def _shouted(text: str, read: Sequence[Word], small: Collection[str]) -> set[int]:
    """The places of words whose capitals tell nothing, since most of the small words of their sentence are in capitals too; where
    it has none, of the text. A list in capitals has none: Present: DO, MAI."""
    loud = [_loudness(text[word.start : word.end]) for word in read]
    told = [one if word.folded in small else 0 for one, word in zip(loud, read, strict=True)]
    total, begin, found = sum(told), 0, set[int]()
    for end, (word, after) in enumerate(zip_longest(read, read[1:]), 1):
        if after is None or not _ENDS.isdisjoint(text[word.end : after.start]):
            most = sum(told[begin:end]) if any(told[begin:end]) else total
            found.update(place for place in range(begin, end) if loud[place] == 1 and most > 0)
            begin = end
    return found


def _loudness(typed: str) -> int:
    """1 of a word in capitals, -1 of one with small letters, 0 of a script that has no capitals."""
    return typed.isupper() - (typed != typed.upper())


def _part(text: str, word: Word) -> str:
    """The word as a part of a name: Will’s is Will."""
    typed = text[word.start : word.end].replace("’", "'")
    return word.folded[:-1] if typed.lower().endswith("'s") else word.folded


def _has_marks(text: str, word: Word) -> bool:
    """Whether it was typed with marks or letters that no English word has: Mỹ, Cần, Đỗ."""
    return any(not sign.isascii() and (sign.isalpha() or combining(sign)) for sign in text[word.start : word.end])


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
        does = part in NEVER_DO and any(pair[1] in DO for pair, _ in near)  # it is none of DO itself
        return (turned and (is_capital or is_of_one_case)) or (is_capital and (does or not _begins(text, word.start)))
    if part in MONTHS_TOO and any(_is_a_date(pair) for pair, _ in near):
        return False
    return is_capital or is_of_one_case or in_order


def _names(sought: Called, part: str) -> bool:
    return sought.parts.get(part) in (PLAIN, TOO)


def _neighbours(place: int, text: str, read: Sequence[Word]) -> Iterator[tuple[tuple[str, str], Word]]:
    """The words right beside one, with nothing between them that ends a sentence: each as a pair in its order."""
    word = read[place]
    if place and _JOINS.issuperset(text[read[place - 1].end : word.start]):
        yield (_part(text, read[place - 1]), _part(text, word)), read[place - 1]
    if place + 1 < len(read) and _JOINS.issuperset(text[word.end : read[place + 1].start]):
        yield (_part(text, word), _part(text, read[place + 1])), read[place + 1]


def _begins(text: str, start: int) -> bool:
    """Whether a sentence begins here, where every word is written with a capital."""
    while start and text[start - 1] in _OPENS:
        start -= 1
    return not start or text[start - 1] in _ENDS


def _is_a_date(pair: tuple[str, str]) -> bool:
    """Whether of a month and the word beside it that makes a day or a year of it: 3 May, May 2024."""
    before, after = (word.rstrip("stndrh") for word in pair)
    is_year = after.isdecimal() and len(after) == len("2024")
    return is_year or any(one.isdecimal() and len(one) <= 2 and 0 < int(one) <= LAST_DAY for one in (before, after))
