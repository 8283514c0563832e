"""What a safe address and the way to reach somebody are known by in a text, however they were typed: the house with its street,
the postcode, numbers, mail. Pure.

A text that leaves says "12 Mill Ln" or "LN1 1AA" where what is held is an address of four lines, or a row of another system.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from lodestar.cases.rules.matching.reach import POSTCODE, SHORT_FOR, STREETS, plain_digits, telephones
from lodestar.cases.rules.reported import told_in
from lodestar.kernel.spelling import folded, words
from lodestar.referrals.rules.naming import Identifier

_NUMBER = re.compile(r"\+?\d[\d ()-]{6,30}\d")
_MAIL = re.compile(r"[^\s@]{1,100}@[^\s@]{1,200}")
_BETWEEN = re.compile(r"[,;\r\n]+")
_HOUSE = re.compile(r"\d{1,4}[a-z]?")
MOST_BETWEEN = 4  # words from the number of a house to the word of its street: 12 Upper St John's Street
_MORE = frozenset(("view", "wharf", "rise", "bank", "vale", "croft", "green", "fields"))  # that streets end with too
LEAST_STREET = 5  # letters of a street of one word: 12 Broadway
# What stands where nothing is known. Looked for, it would be cut out of every sentence that says it of something else.
_NOTHING = frozenset(
    map(folded, (
        "unknown", "not known", "not given", "not stated", "not applicable", "no fixed abode", "no fixed address", "nfa", "none",
        "nothing", "refused", "declined", "withheld", "homeless", "as above", "see above", "same as above", "the same",
    ))
)  # fmt: skip


def of_an_address(address: str, contact: str = "") -> tuple[Identifier, ...]:
    """Everything by which a place and a way to reach somebody could be told in a text. Of a way to contact them its numbers and
    mail alone, since the rest is advice."""
    values = [*told_in(address)]
    found = [Identifier("address", part) for part in _parts(values)]
    found += [Identifier("postcode", f"{out}{within}") for text in values for out, within in _postcodes(text)]
    for text in (*values, *told_in(contact)):
        found += [Identifier("telephone", number) for number in (*_NUMBER.findall(text), *sorted(telephones(text)))]
        found += [Identifier("email", mail) for mail in _MAIL.findall(text)]
    return tuple(dict.fromkeys(one for one in found if one.value))


def _parts(values: Sequence[str]) -> Iterator[str]:
    """The address as a whole, each part of it that has a figure, and houses with their streets; a town alone may be told."""
    yield from (text.strip() for text in values if folded(text) not in _NOTHING)
    parts = [part for text in values for part in map(str.strip, _BETWEEN.split(text)) if part]
    yield from (part for part in parts if any(map(str.isdecimal, part)))
    for one, other in pairwise(parts):  # 12, Mill Lane; or a column for the house and one for the street
        if is_house(one) != is_house(other):
            yield from houses(f"{one} {other}" if is_house(one) else f"{other} {one}")
    for part in parts:
        yield from houses(part)


def is_house(text: str) -> bool:
    """Whether a text is the number of a house and nothing else."""
    return bool(_HOUSE.fullmatch(folded(text)))


def houses(text: str) -> Iterator[str]:
    """Each number of a house with its street, in each spelling of the street's last word; and what follows a number with which
    the text begins, for streets whose last word tells nothing: 12 The Butts, 12 Broadway."""
    read = [word.folded for word in words(text)]
    for place, word in enumerate(read):
        near = range(place - 1, max(place - 2 - MOST_BETWEEN, -1), -1)
        number = next((at for at in near if _HOUSE.fullmatch(read[at])), None)
        if number is not None and number < place - 1 and (spellings := _STREETS.get(word)):
            yield from (" ".join([*read[number:place], one]) for one in spellings)
    begin = [word.folded for word in words(text.rpartition(":")[2])]  # after what somebody typed before it: Address: 12 The Butts
    if len(begin) > 1 and _HOUSE.fullmatch(begin[0]) and begin[1].isalpha():
        if len(begin[1]) >= LEAST_STREET:
            yield " ".join(begin[:2])
        if len(begin) > 2:
            yield " ".join(begin[:3])


def _postcodes(text: str) -> Iterable[tuple[str, str]]:
    return POSTCODE.findall(plain_digits(text))


def _streets() -> dict[str, tuple[str, ...]]:
    """Each word for a street, with all its spellings."""
    spellings = {
        whole: (whole, *(short for short, long in SHORT_FOR.items() if long == whole)) for whole in sorted(STREETS | _MORE)
    }
    return {word: every for every in spellings.values() for word in every}


_STREETS = _streets()
