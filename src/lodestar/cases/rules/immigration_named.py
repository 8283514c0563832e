"""Whether a recipient is immigration, by the words of its name, whatever purpose somebody chose. Pure.

The words are the dated list `cases/reference/immigration_recipients.toml`. Those who decide on referrals, who advise and who
judge have such words in their names and are not meant: their names are taken off first.
"""

import unicodedata
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from lodestar.cases.rules.disclosures import IMMIGRATION
from lodestar.kernel.reference_lists import rows_on

Words = tuple[str, ...]
_TAKEN_OFF = "|"  # stands where a name was taken off: no two words around it are beside each other


def use_in_effect(use: str, recipient: str, day: date) -> str:
    """What something is used for: deciding or enforcing immigration where the recipient is immigration, whatever was chosen."""
    return IMMIGRATION if names_immigration(recipient, day) else use


def names_immigration(recipient: str, day: date) -> bool:
    """Whether a recipient as it was written is immigration, or somebody there, by the list of that day."""
    apart, named, capitals = _listed(day)
    told: Sequence[str] = _words(recipient)
    for name in apart:
        told = _without(told, name)
    plain = [word.casefold() for word in told]
    return any(word in capitals for word in told) or any(_holds(plain, name) for name in named)


@lru_cache(maxsize=64)  # days of facts may be any
def _listed(day: date) -> tuple[tuple[Words, ...], tuple[Words, ...], frozenset[str]]:
    """The names to take off, the longest first; the names that are immigration; and the words that are in capitals alone."""
    rows = rows_on("cases", "immigration_recipients", day)
    apart = sorted((tuple(name.split()) for row in rows for name in row.get("apart", ())), key=len, reverse=True)
    named = (tuple(name.split()) for row in rows for name in row.get("words", ()))
    return tuple(apart), tuple(named), frozenset(word for row in rows for word in row.get("capitals", ()))


def _words(text: str) -> list[str]:
    """The words of a name: what is no letter or digit parts them, and letters that stand alone beside each other are one in
    capitals, as in U.K.V.I. and i.c.e."""
    folded = unicodedata.normalize("NFKC", text).replace("&", " and ")
    parted = "".join(letter if letter.isalnum() else " " for letter in folded).split()
    found: list[str] = []
    was_alone = False
    for word in parted:
        is_alone = len(word) == 1
        if is_alone and was_alone:
            found[-1] = (found[-1] + word).upper()
        else:
            found.append(word)
        was_alone = is_alone
    return found


def _without(told: Sequence[str], name: Words) -> Sequence[str]:
    plain, left, end = [word.casefold() for word in told], list[str](), 0
    for at, word in enumerate(told):
        if at >= end and plain[at] == name[0] and tuple(plain[at : at + len(name)]) == name:
            left.append(_TAKEN_OFF)
            end = at + len(name)
        elif at >= end:
            left.append(word)
    return left


def _holds(plain: Sequence[str], name: Words) -> bool:
    """Whether the words of a name stand beside each other, in their order."""
    return any(tuple(plain[at : at + len(name)]) == name for at in range(len(plain)))
